"""How near two company names are, and why: the same but for form and place, a slip of the pen, short for, or two companies."""

from __future__ import annotations

import re
from typing import NamedTuple

from crm_desktop.core.alike import bodies, known, places
from crm_desktop.core.alike.company import Company
from crm_desktop.core.alike.distance import apart, overlap
from crm_desktop.core.alike.words import LATIN_TRADES, MEANINGS
from crm_desktop.core.find.fold import FOLD
from crm_desktop.core.words import _

_DISTRICT = re.compile(r"(?:^|[省市州])([^省市区县]{1,4}[区县])")
_NUMERALS = frozenset("一二三四五六七八九十甲乙丙丁东西南北中0123456789")
_RANKS = frozenset("省市区县镇乡村州")
_DIGITS = re.compile(r"\d+")
_DOUBLED = re.compile(r"(.)\1")
_SOUTHERN = re.compile(r"((?<=[aei])n(?=g)|[zcs](?=h))[gh]")  # what half the country does not tell apart
_GROUP = re.compile(r"集团|集團|控股|\b(?:group|holdings?|hldgs?)\b", re.IGNORECASE)
_LATIN_BRAND = 6  # letters: of shorter Latin brands every other letter makes another brand


class Alike(NamedTuple):
    """How near two names are, of 100 (100: the same), and why, as a marked sentence with its values."""

    score: int
    why: str
    values: dict[str, str]


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
    if known.in_full().get(one.core) == one.core:
        return Alike(100, SHORT, {"short": min(one.raw, other.raw, key=len)})  # 中石化
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
    if (not short.trade or long.trade.startswith(short.trade)) and _GROUP.search(short.raw) and not _GROUP.search(long.raw):
        return Alike(58, SHORT, {"short": short.raw})  # a group is another company than its members
    if not short.trade:
        return Alike(72, SHORT, {"short": short.raw})
    if one.latin != other.latin:
        return Alike(72 if _one_trade(*((one, other) if one.latin else (other, one))) else 58, SCRIPT, {})
    if one.latin:
        return Alike(78, SHORT, {"short": short.raw}) if _words_shortened(short, long) else None
    if long.trade.startswith(short.trade) or long.trade.endswith(short.trade) or (len(one.brand) > 2 and short.trade in long.trade):
        return Alike(76, SHORT, {"short": short.raw})
    if len(one.trade) > 2 and apart(one.trade, other.trade, 1) <= 1 and not _numbered_apart(one.trade, other.trade):
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
        if one.trade == other.trade and min(len(one.brand), len(other.brand)) < _LATIN_BRAND and not _same_letters(one, other):
            return _shortened_words(one, other)
        most = 2 if shorter > 11 else 1
        if shorter > 5 and apart(one.sound, other.sound, most) <= most:
            return Alike(80, NEAR, {})
        return _shortened_words(one, other)
    if longer - shorter <= 1 and apart(one.core, other.core, 1) <= 1:
        if bodies.placed(one.brand) and bodies.placed(other.brand):
            return None  # two places, or two offices of one
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
    return len(different) == 1 and (set(different[0]) <= _NUMERALS or set(different[0]) <= _RANKS)


def _same_letters(one: Company, other: Company) -> bool:
    """Whether a letter was only doubled, or has changed places."""
    return sorted(one.brand) == sorted(other.brand) or _DOUBLED.sub(r"\1", one.brand) == _DOUBLED.sub(r"\1", other.brand)


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
        if one.place == other.place and abs(len(one.brand) - len(other.brand)) == 1:
            short, long = sorted((one.brand, other.brand), key=len)
            if long.endswith(short) and long[0] not in _RANKS:
                return Alike(66, LETTER, {})  # the first character was lost when the cell was marked
        southern = _SOUTHERN.sub(r"\1", one.brand_sound) == _SOUTHERN.sub(r"\1", other.brand_sound)
        return Alike(66, LETTER, {}) if southern else None
    return Alike(84, LETTER, {})
