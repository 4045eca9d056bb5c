"""How Chinese characters are read: for finding by pinyin and for sorting lists by sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from crm_desktop.core.places import RESOURCES

SORT_KEY_LENGTH = 40
_PERSON_NAME = 4  # characters; a surname's own reading counts only in names as short as a person's


def _entries(name: str) -> Iterator[tuple[str, str]]:
    """The lines of a table in resources/pinyin: the word before the first space, and what follows it."""
    text = (RESOURCES / "pinyin" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            head, _, tail = line.partition(" ")
            yield head, tail


@cache
def usual_readings() -> dict[str, str]:
    """Character → its usual reading. Loaded when first needed."""
    table: dict[str, str] = {}
    for syllable, letters in _entries("syllables.txt"):
        table.update(dict.fromkeys(letters, syllable))
    return table


@cache
def polyphones() -> dict[str, tuple[str, ...]]:
    """Character → all its readings, the usual one first, for those that have several."""
    return {letter: tuple(readings.split()) for letter, readings in _entries("polyphones.txt")}


@cache
def _any_polyphone() -> re.Pattern[str]:
    return re.compile(f"[{''.join(polyphones())}]")


@cache
def _spoken_words() -> dict[str, list[str]]:
    """Two characters → their readings, where a polyphone is read otherwise than usual."""
    return {word: spoken.split() for word, spoken in _entries("words.txt")}


@cache
def _surnames() -> dict[str, str]:
    return {name: spoken.replace(" ", "") for name, spoken in _entries("surnames.txt")}


@cache
def simplified() -> dict[str, str]:
    """Traditional or variant character → the simplified one."""
    return {old: new for new, others in _entries("traditional.txt") for old in others}


def readings(letter: str) -> tuple[str, ...]:
    """All readings of a (simplified) character, the usual one first; () when it has none."""
    several = polyphones().get(letter)
    if several:
        return several
    usual = usual_readings().get(letter)
    return (usual,) if usual else ()


@cache
def _read_so() -> dict[str, str]:
    letters: dict[str, str] = dict(_entries("syllables.txt"))
    for letter, spoken in polyphones().items():
        for reading in spoken[1:]:
            letters[reading] = letters.get(reading, "") + letter
    return letters


def characters(syllable: str, most: int) -> str:
    """The commonest characters that are read so, at most `most`: 天 before 殄 before 㐁."""
    return "".join(sorted(_read_so().get(syllable, ""), key=_rarity)[:most])


def _rarity(letter: str) -> int:
    """GB 2312 holds the 3,755 commonest characters in its first part and 3,008 others in its second."""
    try:
        return 0 if letter.encode("gb2312")[0] < 0xD8 else 1
    except UnicodeEncodeError:
        return 2


def spellings(folded: str) -> list[str]:
    """How sort keys begin for names that begin so: as a word, as a surname, and by other readings of its polyphones."""
    ways = [spell(folded)]
    for size in (2, 1):
        surname = _surnames().get(folded[:size])
        if surname:
            ways.append((surname + spell(folded[size:]))[:SORT_KEY_LENGTH])
    first = polyphones().get(folded[:1], ())
    ways += [(reading + spell(folded[1:]))[:SORT_KEY_LENGTH] for reading in first]
    return list(dict.fromkeys(ways))


class _Spoken(dict[int, str]):
    """For str.translate: a folded character as it is spelled in a sort key; polyphones as they are."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter in polyphones() or letter.isascii():
            spelled = letter if letter != " " else ""
        else:
            spelled = usual_readings().get(letter) or _named(letter)
        self[code] = spelled
        return spelled


def _named(letter: str) -> str:
    """A letter of another script by its Unicode name (Ж → zhe, か → ka), so that it sorts the same everywhere."""
    words = unicodedata.name(letter, f"U {ord(letter):x}").split(" WITH ")[0].lower()
    return "".join(sign for sign in words.rsplit(" ", 1)[-1] if sign.isascii() and sign.isalnum())


_SPOKEN = _Spoken()


def spell(folded: str) -> str:
    """The sort key of an already folded name without spaces (see fold)."""
    folded = folded[:SORT_KEY_LENGTH]
    surname = ""
    if 1 < len(folded) <= _PERSON_NAME and not folded.isascii():
        for size in (2, 1):
            spoken = _surnames().get(folded[:size])
            if spoken:
                surname, folded = spoken, folded[size:]
                break
    key = folded.translate(_SPOKEN)
    if not key.isascii():
        key = "".join(_by_words(folded))
    return (surname + key)[:SORT_KEY_LENGTH]


def _by_words(folded: str) -> list[str]:
    """Spell a name that holds polyphones: by the word they stand in (银行 yinhang), otherwise as usual (行 xing)."""
    spelled = [_SPOKEN[code] for code in map(ord, folded)]
    words = _spoken_words()
    for found in _any_polyphone().finditer(folded):
        place = found.start()
        onward = words.get(folded[place : place + 2])
        backward = words.get(folded[place - 1 : place + 1]) if place else None
        if onward:
            spelled[place] = onward[0]
        elif backward:
            spelled[place] = backward[1]
        else:
            spelled[place] = polyphones()[found.group()][0]
    return spelled
