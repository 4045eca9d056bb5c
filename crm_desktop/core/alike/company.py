"""Company names taken apart and compared: without 有限公司, brackets, spaces, Co., Ltd., and the city in front.

深圳市腾讯计算机系统有限公司 → place (广东, 深圳), core 腾讯计算机系统, brand 腾讯. A Latin word counts as one unit, a Chinese
character as one. Simplified and traditional, full and half width, capitals and small letters are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from crm_desktop.core.alike import places
from crm_desktop.core.alike.distance import apart, overlap
from crm_desktop.core.alike.words import (
    BRANCH,
    BRANCHES,
    FORM,
    FORM_ENDS,
    FORMS,
    LATIN_TRADES,
    MEANINGS,
    SMALL,
    TRADE_LENGTHS,
    TRADES,
)
from crm_desktop.core.find.fold import FOLD, fold
from crm_desktop.core.find.pinyin import usual_readings
from crm_desktop.core.words import _

_LATIN = re.compile(r"[a-z]")
_UNITS = re.compile(r"[a-z0-9]+|[^ a-z0-9]")
_BRACKETS = re.compile(r"[(（\[【〔「<《]([^()（）\[\]【】〔〕「」<>《》]{1,20})[)）\]】〕」>》]")
# What offices write beside a name: 【停用】, （老客户）.
_REMARK = re.compile("停用|停止|暂停|作废|废弃|失效|无效|关闭|注销|倒闭|重复|老客户|新客户|欠款|黑名单|备用|测试|勿")
_DISTRICT = re.compile(r"(?:^|[省市州])([^省市区县]{1,4}[区县])")
_NUMERALS = frozenset("一二三四五六七八九十东西南北0123456789")
_DIGITS = re.compile(r"\d+")
_DOUBLED = re.compile(r"(.)\1")
_SOUTHERN = re.compile(r"((?<=[aei])n(?=g)|[zcs](?=h))[gh]")  # what half the country does not tell apart
_LONGEST = 120  # characters of a name that are looked at


class Company(NamedTuple):
    """A company name taken apart. units: of the core; brand: how many of them are the brand."""

    raw: str
    core: str
    sound: str
    units: tuple[str, ...]
    brand: str
    brand_sound: str
    trade: str
    place: places.Path
    branch: str
    latin: bool


class Alike(NamedTuple):
    """How near two names are, of 100 (100: the same), and why, as a marked sentence with its values."""

    score: int
    why: str
    values: dict[str, str]


class _Sounds(dict[int, str]):
    """For str.translate: a folded character by its usual reading."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        sound = self[code] = letter if letter.isascii() else usual_readings().get(letter, letter)
        return sound


SOUND = _Sounds()


class _SoundOf(dict[str, str]):
    """The same for a single character."""

    def __missing__(self, letter: str) -> str:
        sound = self[letter] = letter.translate(SOUND)
        return sound


_SOUND_OF = _SoundOf()


def _sound(text: str) -> str:
    return text if text.isascii() else text.translate(SOUND)


def parse(name: str) -> Company | None:
    """The parts of a name; None when it says nothing."""
    folded, place = _folded(name)
    if _LATIN.search(folded):
        return _mixed(name, folded, place)
    core, brand, place, branch = _chinese(folded.replace(" ", ""), place)
    return _made(name, core, tuple(core), brand, place, branch, latin=False) if core else None


def keys_of(name: str) -> list[str]:
    """`keys` of a name that nobody asks more about: of a Chinese one in half the time."""
    folded, place = _folded(name)
    if _LATIN.search(folded):
        mixed = _mixed(name, folded, place)
        return keys(mixed) if mixed else []
    core, brand, _place, _branch = _chinese(folded.replace(" ", ""), place)
    if not core:
        return []
    sounds = list(map(_SOUND_OF.__getitem__, core))
    found = ["n" + "".join(sorted("".join(sounds))), "h" + "".join(sounds[:2])]
    return [*found, "h" + "".join(sounds[: len(brand)])] if len(brand) > 2 else found


def _folded(name: str) -> tuple[str, places.Path]:
    """A name for comparing, without brackets, and the place that stood in them."""
    raw = name[:_LONGEST]
    place: places.Path = ()
    if not raw.isascii() and not raw.isalpha():
        raw, place = _without_brackets(raw)
    return fold(raw), place


def _without_brackets(name: str) -> tuple[str, places.Path]:
    """The name without bracketed places and remarks such as （深圳）, （集团）; other brackets only lose their signs."""
    found: places.Path = ()
    for match in _BRACKETS.finditer(name):
        inside = match.group(1).translate(FOLD).replace(" ", "")
        path = places.whole(inside)
        if path is not None or FORM.fullmatch(inside) or _REMARK.search(inside):
            found = found or path or ()
            name = name.replace(match.group(), "")
    return name, found


def _chinese(squeezed: str, place: places.Path) -> tuple[str, str, places.Path, str]:
    """The core of a name without Latin words, its brand, the place and the branch."""
    squeezed, branch = _branch(squeezed)
    core = _formless(squeezed)
    length, path = places.before(squeezed, loose=True)
    brand = _stripped(core[length:])
    if length and len(brand) < 2:
        length, path = places.before(squeezed)
        brand = _stripped(core[length:])
    if length:
        # More than lines of business must be left: the place of 北京银行 belongs to its name.
        if len(core) - length > 1 and brand:
            core, place = core[length:], path or place
        else:
            brand = _stripped(core)
    return core, brand if len(brand) > 1 else core, place, branch


def _branch(name: str) -> tuple[str, str]:
    if name[-1:] not in _BRANCH_ENDS or (name.endswith("有限公司") and "第" not in name[-6:]):
        return name, ""
    found = BRANCH.search(name)
    if found is None:
        return name, ""
    branch = found.group("named") or found.group("bare")
    return name[: len(name) - len(branch)] or name, branch


_BRANCH_ENDS = frozenset("司处部厂店行")


_USUAL_FORM = "有限公司"
_MORE_BEFORE = frozenset("团股份资")  # 集团, 控股, 股份, 投资: more of the form may stand before it


def _formless(name: str) -> str:
    if name.endswith(_USUAL_FORM) and name[-5:-4] not in _MORE_BEFORE and name[:-4][-1:] not in FORM_ENDS and len(name) > 4:
        return name[:-4]
    found = FORM.search(name) if name[-1:] in FORM_ENDS else None
    rest = name[: found.start()] if found else name
    while rest != name and rest:
        name, found = rest, FORM.search(rest) if rest[-1] in FORM_ENDS else None
        rest = name[: found.start()] if found else name
    return rest or name


def _stripped(core: str) -> str:
    """The core without the lines of business at its end; "" when there is nothing else."""
    end = len(core)
    while end:
        for length in TRADE_LENGTHS.get(core[end - 1], ()):
            if length <= end and core[end - length : end] in TRADES:
                end -= length
                break
        else:
            break
    return core[:end]


def _mixed(raw: str, folded: str, place: places.Path) -> Company | None:
    """A name with Latin words, with or without Chinese characters among them."""
    chinese = "".join(unit for unit in _UNITS.findall(folded) if not unit[0].isascii())
    if chinese:
        folded, place = _without_chinese_form(folded, place)
    words = [word for word in _UNITS.findall(folded) if word not in SMALL]
    branch = " ".join(word for word in words if word in BRANCHES)
    kept = [word for word in words if word not in FORMS and word not in BRANCHES] or words
    if len(kept) > 1:
        path = places.spelled().get(kept[0])
        if path is not None and any(word not in LATIN_TRADES for word in kept[1:]):
            kept, place = kept[1:], path or place
    if not kept:
        return None
    units = tuple(kept)
    last = len(units)
    while last > 1 and (units[last - 1] in LATIN_TRADES or _ends_a_trade(units[:last])):
        last -= 1 if units[last - 1] in LATIN_TRADES else 2
    brand = "".join(units[: max(last, 1)])
    return _made(raw, "".join(units), units, brand, place, branch, latin=True)


def _without_chinese_form(folded: str, place: places.Path) -> tuple[str, places.Path]:
    """A mixed name without 有限公司 at its end and without the Chinese place before it."""
    text = folded.strip()
    length, path = places.before(text)
    text = text[length:]
    bare = text.rstrip()
    found = FORM.search(bare)
    return (bare[: found.start()] if found else bare), path or place


def _ends_a_trade(units: Sequence[str]) -> bool:
    return "".join(units[-2:]) in TRADES and len(units) > 2


def _made(
    raw: str, core: str, units: tuple[str, ...], brand: str, place: places.Path, branch: str, latin: bool
) -> Company:
    sound = _sound(core)
    brand_sound = sound if brand == core else _sound(brand)
    return Company(raw, core, sound, units, brand, brand_sound, core[len(brand) :], place, branch, latin)


def keys(name: Company) -> list[str]:
    """What names that may be alike have in common: all their letters, the beginning, the brand."""
    head = "".join(name.units[:2]) if not name.latin or len(name.units[0]) == 1 else name.units[0]
    found = ["n" + "".join(sorted(name.sound)), "h" + _sound(head)]
    if "h" + name.brand_sound not in found:
        found.append("h" + name.brand_sound)
    return found


def more_keys(name: Company) -> list[str]:
    """Keys for a mistake at the beginning of a name: all of it, and without its first or its second unit."""
    units = name.units
    if len(units) < (2 if name.latin else 4):
        return []
    if name.latin and len(units) > 2:
        return ["h" + units[0] + units[1], *_one_off(name)]
    return _one_off(name)


def _one_off(name: Company) -> list[str]:
    units = name.units
    first, rest = units[0], "".join(units[2:])
    return ["d" + name.sound, "d" + (units[1] + rest).translate(SOUND), "d" + (first + rest).translate(SOUND)]


SAME = _("the same name")
BUT_FORM = _("the names differ only in “{parts}”")
ELSEWHERE = _("the same name in another place")
SOUNDS = _("the names sound the same")
ORDER = _("the same words in another order")
SHORT = _("“{short}” is short for the other name")
LETTER = _("the names differ in one character")
SCRIPT = _("the same name in another script")
NEAR = _("the names are nearly the same")
BRAND = _("the same “{brand}” in the same place")


def compare(one: Company, other: Company) -> Alike | None:
    """How near two names are; None when they are different companies. A branch and its head are different."""
    if one.branch != other.branch:
        return None
    agree = one.place == other.place or places.agree(one.place, other.place)
    if one.core == other.core:
        return _same(one, other) if agree else Alike(50, ELSEWHERE, {})
    if not agree:
        return None
    if one.sound == other.sound:
        if one.latin != other.latin:
            return Alike(90, SCRIPT, {})
        return Alike(90 if len(one.brand) > 2 else 75, SOUNDS, {})
    if len(one.sound) == len(other.sound) and sorted(one.sound) == sorted(other.sound) and _same_bag(one, other):
        return Alike(88, ORDER, {})
    if one.brand_sound == other.brand_sound:
        found = _of_one_brand(one, other)
        if found is not None:
            return found
        if one.brand == other.brand and not one.latin and not other.latin:
            return None  # what follows the brand are lines of business, and they are two
    return _nearly(one, other)


def _same_bag(one: Company, other: Company) -> bool:
    return sorted(one.units) == sorted(other.units) or one.latin != other.latin or sorted(one.core) == sorted(other.core)


def _same(one: Company, other: Company) -> Alike:
    here, there = (name.raw.translate(FOLD).replace(" ", "") for name in (one, other))
    if here == there:
        return Alike(100, SAME, {})
    beside = (_left_over(one, here), _left_over(other, there))
    districts = [found[1] for found in map(_DISTRICT.search, beside) if found]
    if len(districts) > 1 and not districts[0].endswith(districts[1]) and not districts[1].endswith(districts[0]):
        return Alike(50, ELSEWHERE, {})  # the second primary school of two districts
    told = " / ".join(dict.fromkeys(filter(None, beside)))
    return Alike(100, BUT_FORM, {"parts": told}) if told else Alike(100, SAME, {})


def _left_over(name: Company, whole: str) -> str:
    """What a name has beside its core: 深圳市 … 有限公司, Co. Ltd."""
    if name.latin and name.raw.isascii():
        words = name.raw.replace(",", " ").split()
        return " ".join(word for word in words if word.translate(FOLD).replace(" ", "") not in name.units)
    core = name.core
    before, found, after = whole.partition(core)
    return " … ".join(filter(None, (before, after))) if found else ""


def _of_one_brand(one: Company, other: Company) -> Alike | None:
    shared = len(one.brand) if not one.latin else len(one.brand_sound)
    if shared < (3 if one.latin else 2):
        return None
    short, long = (one, other) if len(one.core) <= len(other.core) else (other, one)
    if not short.trade:
        return Alike(72, SHORT, {"short": short.raw})
    if one.latin != other.latin:
        return Alike(72 if _one_trade(*((one, other) if one.latin else (other, one))) else 58, SCRIPT, {})
    if one.latin:
        return Alike(78, SHORT, {"short": short.raw}) if _words_shortened(short, long) else None
    if long.trade.startswith(short.trade) or long.trade.endswith(short.trade):
        return Alike(76, SHORT, {"short": short.raw})
    if len(one.trade) > 2 and apart(one.trade, other.trade, 1) <= 1:
        return Alike(74, LETTER, {})
    if len(one.place) > 1 and one.place == other.place and overlap(one.trade, other.trade) > 0.3:
        return Alike(58, BRAND, {"brand": one.brand})
    return None


def _one_trade(latin: Company, chinese: Company) -> bool:
    """Whether an English line of business may be the Chinese one; so when nothing is known of it."""
    written = "".join(unit for unit in latin.units if not unit.isascii())
    if written:
        return written in chinese.trade or chinese.trade in written or overlap(written, chinese.trade) > 0.5
    known = [MEANINGS[word] for word in latin.units if word in MEANINGS]
    return not known or any(sign in chinese.trade for signs in known for sign in signs)


def _words_shortened(short: Company, long: Company) -> bool:
    """Global Tech – Global Technology; Golden Star Intl – Golden Star International."""
    if len(short.units) > len(long.units) or short.core[0] != long.core[0]:
        return False
    return all(_shortened(*sorted(pair, key=len)) for pair in zip(short.units, long.units, strict=False))


def _shortened(short: str, long: str) -> bool:
    if long.startswith(short):
        return len(short) > 1 or short == long
    if short in LATIN_TRADES and long in LATIN_TRADES and short[:4] == long[:4]:
        return True  # Trade, Trading
    signs = iter(long)
    return len(short) > 2 and short[0] == long[0] and all(sign in signs for sign in short)


def _nearly(one: Company, other: Company) -> Alike | None:
    here, there = len(one.core), len(other.core)
    shorter, longer = (here, there) if here < there else (there, here)
    if longer - shorter > 2 or shorter < 4:
        return _shortened_words(one, other)
    if _numbered_apart(one.core, other.core):
        return None
    if one.latin or other.latin:
        most = 2 if shorter > 11 else 1
        if shorter > 5 and apart(one.sound, other.sound, most) <= most:
            return Alike(80, NEAR, {})
        return _shortened_words(one, other)
    if longer - shorter <= 1 and apart(one.core, other.core, 1) <= 1:
        return _one_letter(one, other)
    if shorter > 5 and overlap(one.core, other.core) >= 0.72 and one.units[:2] == other.units[:2]:
        return Alike(68, NEAR, {})
    return None


def _numbered_apart(one: str, other: str) -> bool:
    """第一建筑 and 第二建筑, plant 2 and plant 3: sisters, not slips."""
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return True
    if len(one) != len(other):
        return False
    different = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(different) == 1 and set(different[0]) <= _NUMERALS


def _shortened_words(one: Company, other: Company) -> Alike | None:
    """Latin names whose brand is of several words, one of them cut short."""
    if not (one.latin and other.latin) or min(len(one.units), len(other.units)) < 2:
        return None
    if one.core[0] != other.core[0] or len(one.units) != len(other.units):
        return None
    short, long = (one, other) if len(one.core) <= len(other.core) else (other, one)
    if _words_shortened(short, long):
        return Alike(78, SHORT, {"short": short.raw})
    return None


def _one_letter(one: Company, other: Company) -> Alike | None:
    """One character differs: a slip, unless it makes another of the many brands of two characters."""
    if one.trade and one.trade == other.trade and min(len(one.brand), len(other.brand)) < 3:
        if _DOUBLED.sub(r"\1", one.brand) == _DOUBLED.sub(r"\1", other.brand):
            return Alike(76, LETTER, {})
        southern = _SOUTHERN.sub(r"\1", one.brand_sound) == _SOUTHERN.sub(r"\1", other.brand_sound)
        return Alike(66, LETTER, {}) if southern else None
    return Alike(84, LETTER, {})


@lru_cache(4_000)
def parsed(name: str) -> Company | None:
    """`parse`, remembered for names asked about again and again."""
    return parse(name)
