"""Keys that company names share which may be one: who has none in common with another is never compared with it."""

from __future__ import annotations

from crm_desktop.core.alike import latin
from crm_desktop.core.alike.company import Company, chinese, mixed, with_latin
from crm_desktop.core.alike.folding import folded
from crm_desktop.core.alike.sounds import SOUND, SOUND_OF, SUM_OF, sound_of

_SHORT = 3
"""Signs of a Chinese name that its beginning and its brand are all of: its letters need no key of their own among those that are stored."""


def keys(name: Company) -> list[str]:
    """What names that may be alike have in common: all their letters, the beginning, the brand."""
    head = "".join(name.units[:2]) if not name.latin or len(name.units[0]) == 1 else name.units[0]
    found = ["h" + sound_of(head)]
    if name.latin or len(name.units) > _SHORT:
        found.append(_all_letters(name.sound))
    if "h" + name.brand_sound not in found:
        found.append("h" + name.brand_sound)
    return found


def keys_of(name: str) -> list[str]:
    """`keys` of a name that nobody asks more about: of a Chinese one in half the time."""
    text, place = folded(name)
    if with_latin(text):
        parsed = mixed(name, text, place)
        return keys(parsed) if parsed else []
    return keys_of_chinese(text)


def keys_of_chinese(text: str) -> list[str]:
    """The same of a (folded) name without Latin words."""
    core, brand, _place, _branch = chinese(text, ())
    if not core:
        return []
    sounds = list(map(SOUND_OF.__getitem__, brand))  # the core begins with it
    found = ["h" + "".join(sounds[:2])]
    if len(core) > _SHORT:
        found.append(_all_letters(core))
    if len(brand) > 2:
        found.append("h" + "".join(sounds))
    return found


def _all_letters(name: str) -> str:
    """The same for names of the same letters in whatever order: they have one sum, which is had in less time than their order."""
    return f"n{sum(map(SUM_OF.__getitem__, name))}"


def without_slip(name: Company) -> list[str]:
    """Parts of a name that still stand in it when there is a slip among the first signs: none of its keys leads there."""
    units = name.units
    if not name.latin:
        return ["".join(units[cut:]) for cut in (1, 2) if len(units) - cut > 2]
    word = units[0]
    halves = [word[len(word) // 2 :], word[: len(word) // 2]] if len(word) > 5 else []
    return [" ".join(units[1:]), *halves] if len(name.brand) > len(word) else halves


def more_keys(name: Company) -> list[str]:
    """Keys for what happens at the beginning of a name: all of it, without its first or its second unit, its brand in its province, with
    a sign less, and, of Latin names, each of its words."""
    units = name.units
    found = []
    where = name.place[0] if name.place else ""
    if where:
        found.append(f"b{where}{name.brand_sound}")
    if name.branch:
        found.append(f"b{name.branch}{name.brand_sound}")
    if name.latin:
        return found + _more_latin(name)
    if len(units) <= _SHORT:
        found.append(_all_letters(name.sound))
    if len(units) > 3:
        found += _one_off(name)
    if 2 < len(name.brand) < 6:
        sounds = [SOUND_OF[sign] for sign in name.brand]
        found += ["o" + "".join(sounds[:at] + sounds[at + 1 :]) for at in range(len(sounds))]
        found.append("o" + "".join(sounds))
    elif len(name.brand) == 2:
        found.append("o" + name.brand_sound)
    return found


def _more_latin(name: Company) -> list[str]:
    units = name.units
    found = []
    if len(units) > 1:
        found = _one_off(name)
    if len(units) > 2:
        found += ["h" + units[0] + units[1], "h" + "".join(word[0] for word in units)]
    syllables = latin.syllables_of(units[0])
    if len(syllables) > 2:
        found.append("h" + syllables[0] + syllables[1])
        found += ["o" + "".join((*syllables[:at], *syllables[at + 1 :])) for at in range(len(syllables))]
    if units[0] == name.brand and len(name.brand) > 5:
        found += [f"x{name.brand[:4]}|{name.trade}", f"x{name.brand[-4:]}|{name.trade}"]
    return found


def _one_off(name: Company) -> list[str]:
    units = name.units
    first, rest = units[0], "".join(units[2:])
    return ["d" + name.sound, "d" + (units[1] + rest).translate(SOUND), "d" + (first + rest).translate(SOUND)]
