"""How near two company names are, and why: the same but for form and place, a slip of the pen, short for, or two companies."""

from __future__ import annotations

import re

from crm_desktop.core.alike import bodies, known, latin_names, places
from crm_desktop.core.alike import signs as signs_
from crm_desktop.core.alike.company import Company
from crm_desktop.core.alike.distance import apart, overlap
from crm_desktop.core.alike.latin import GENERIC, LATIN_TRADES, MEANINGS, SAID_OF_ANY, spelled_trade
from crm_desktop.core.alike.likeness import (
    BRAND,
    BUT_FORM,
    ELSEWHERE,
    LETTER,
    NEAR,
    NEAR_TRADE,
    ORDER,
    SAME,
    SCRIPT,
    SHORT,
    SOUNDS,
    Alike,
)
from crm_desktop.core.alike.words import PLAIN_TRADES, SAID_TRADES, TRADES
from crm_desktop.core.find.fold import FOLD

_DISTRICT = re.compile(r"(?:^|[省市州])([^省市区县]{1,4}[区县])")
_NUMERALS = frozenset("一二三四五六七八九十甲乙丙丁东西南北中大小上下0123456789")
_RANKS = frozenset("省市区县镇乡村州")
_DIGITS = re.compile(r"\d+")
_DOUBLED = re.compile(r"(.)\1")
_SOUTHERN = re.compile(r"((?<=[aei])n(?=g)|[zcs](?=h))[gh]")  # what half the country does not tell apart
_GROUP = re.compile(r"(?:集团|集團|控股)[)）]?(?:股份|投资)?(?:有限责任|有限)?(?:公司)?$|\b(?:group|holdings?|hldgs?)\b", re.IGNORECASE)
_OF_ANOTHER = re.compile("附属|附中|附小|学院|医院|小学|中学|研究院|研究所|出版社|分院|分校|幼儿园|医学院|集团")
_ANOTHER_TOWN = 66
_TWO = 2
_OWNER = re.compile("[老阿小](.)|(.)记")  # 老王五金店, 王记五金店
_HOUSE = re.compile("(.)[家记氏]$")  # 老王家五金店, 王氏五金店
_STAGE = re.compile(r"\b(?:i{1,3}|iv|vi{0,3}|ix|x)\b", re.IGNORECASE)  # Fund II
_OFFICE = re.compile("(?:局|委员会|[健改]委|法院|检察院)$")
_STEM = 6  # letters in which construction and construções are one word
_LATIN_BRAND = 6  # letters: of shorter Latin brands every other letter makes another brand


def compare(one: Company, other: Company, few: bool = True) -> Alike | None:
    """How near two names are; None when they are different companies. A branch and its head are different. few: hardly another record
    is called so, which makes it likelier that a name half right is meant for this one."""
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
    if one.latin and other.latin and (_other_words(one.units, other.units) or _other_stage(one.raw, other.raw)):
        return None
    if one.brand_sound == other.brand_sound:
        found = _of_one_brand(one, other, few)
        if found is not None:
            return found
        if one.brand == other.brand and not one.latin and not other.latin:
            return None  # what follows the brand are lines of business, and they are two
    found = _nearly(one, other, few)
    if found is not None or (one.latin and not other.latin) or (other.latin and not one.latin):
        return found or _spelled_nearly(one, other)
    return latin_names.compare(one, other, few) if one.latin else _chinese(one, other, few)


def _other_words(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two Latin names of three words at least differ in two of them, or in one that is quite another: a slip is made in one, and
    leaves its beginning. Most that share a word are told apart by that."""
    here, there = len(one), len(other)
    least = min(here, there)
    if least < 3:
        return False
    wrong = least - sum([word in other for word in one])
    if wrong == 1 and here == there:
        a, b = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
        if a[0] == b[0] or a in other or b in one or a in GENERIC or b in GENERIC:
            return False
        return a[1:4] not in (b[1:4], b[:3]) and b[1:4] != a[:3]
    return wrong > 1


def _other_stage(one: str, other: str) -> bool:
    """Fund II and Fund III, Plant I and Plant IV. A single letter alone may be a person's initial."""
    here, there = (set(map(str.casefold, _STAGE.findall(name))) for name in (one, other))
    return here != there and (bool(here and there) or max(map(len, here | there)) > 1)


def may_be_one(one: Company, other: Company) -> bool:
    """Whether nothing speaks against a Chinese and a Latin name being one: neither the place nor the branch nor the line of business."""
    latin, chinese = (one, other) if one.latin else (other, one)
    return one.branch == other.branch and places.agree(one.place, other.place) and _one_trade(latin, chinese)


def _same_bag(one: Company, other: Company) -> bool:
    return sorted(one.units) == sorted(other.units) or one.latin != other.latin or sorted(one.core) == sorted(other.core)


def _same(one: Company, other: Company) -> Alike:
    here, there = (name.raw.translate(FOLD).replace(" ", "") for name in (one, other))
    if here == there:
        return Alike(100, SAME, {})
    if places.below(one.place, other.place):
        return Alike(_ANOTHER_TOWN, ELSEWHERE, {})
    towns = {place[-1] for place in (one.place, other.place) if place}
    if len(towns) > 1 and _OFFICE.search(one.core) and not one.core.startswith(tuple(towns)):
        return Alike(50, ELSEWHERE, {})  # the tax offices of a city and of a district somewhere
    if known.in_full().get(one.core) == one.core:
        return Alike(100, SHORT, {"short": min(one.raw, other.raw, key=len)})  # 中石化
    mine, theirs = _left_over(one, here), _left_over(other, there)
    districts = [found[1] for found in map(_DISTRICT.search, (" … ".join(mine), " … ".join(theirs))) if found]
    if len(districts) > 1 and not districts[0].endswith(districts[1]) and not districts[1].endswith(districts[0]):
        return Alike(50, ELSEWHERE, {})  # the second primary school of two districts
    only = (_joined(one, mine, theirs), _joined(other, theirs, mine))
    told = " / ".join(dict.fromkeys(filter(None, only)))
    return Alike(100, BUT_FORM, {"parts": told}) if told else Alike(100, SAME, {})


def _left_over(name: Company, whole: str) -> list[str]:
    """What a name has beside its core, piece by piece: 深圳市 and 有限公司, Co. and Ltd."""
    if name.latin and name.raw.isascii():
        words = name.raw.replace(",", " ").split()
        return [word for word in words if word.translate(FOLD).replace(" ", "") not in name.units]
    before, found, after = whole.partition(name.core)
    return [piece for piece in (before, after) if piece] if found else []


def _joined(name: Company, pieces: list[str], others: list[str]) -> str:
    """The pieces that are not in the other name as well."""
    there = {piece.strip(".").casefold() for piece in others}
    only = [piece for piece in pieces if piece.strip(".").casefold() not in there]
    return (" " if name.latin and name.raw.isascii() else " … ").join(only)


def _of_one_brand(one: Company, other: Company, few: bool) -> Alike | None:
    shared = len(one.brand) if not one.latin else len(one.brand_sound)
    if shared < (3 if one.latin else 2):
        return None
    short, long = (one, other) if len(one.core) <= len(other.core) else (other, one)
    if one.latin == other.latin and (not short.trade or long.trade.startswith(short.trade)) and _is_group(short) and not _is_group(long):
        return Alike(58, SHORT, {"short": short.raw})  # a group is another company than its members
    if not short.trade:
        rare = few or shared > 2 or one.latin or other.latin or (one.place == other.place and bool(one.place))
        if shared < 3 and one.brand != other.brand and not (one.latin or other.latin):
            rare = False  # 李华 is not 利华电子, unless there is more
        return Alike(72 if rare else 58, SHORT, {"short": short.raw})
    if one.latin != other.latin:
        latin, chinese = (one, other) if one.latin else (other, one)
        if _one_trade(latin, chinese):
            return Alike(72, SCRIPT, {})
        said = len(chinese.brand) > 2 and set(latin.units[1:]) <= SAID_OF_ANY
        return Alike(64 if said else 58, SCRIPT, {})
    if one.latin:
        return Alike(78, SHORT, {"short": short.raw}) if _words_shortened(short, long) else None
    if long.trade.startswith(short.trade) or long.trade.endswith(short.trade) or (short.trade in long.trade and one.brand == other.brand):
        return Alike(76 if len(one.brand) > 2 else 70, SHORT, {"short": short.raw})
    if len(one.trade) > 2 and apart(one.trade, other.trade, 1) <= 1 and not _numbered_apart(one.trade, other.trade):
        return Alike(74, LETTER, {})
    if _said_so(short.trade, long.trade):
        return Alike(70, SHORT, {"short": short.raw})
    there = one.place == other.place and bool(one.place)
    if one.brand == other.brand and _near_trades(one.trade, other.trade) and (there or few or len(one.brand) > 2):
        return Alike(66, NEAR_TRADE, {"brand": one.brand})
    if len(one.place) > 1 and one.place == other.place and overlap(one.trade, other.trade) > 0.3:
        return Alike(58, BRAND, {"brand": one.brand})
    return None


def _is_group(name: Company) -> bool:
    return _GROUP.search(name.raw.strip()) is not None


def _said_so(short: str, long: str) -> bool:
    """Whether a line of business is short for the other: its signs stand in that in their order (汽配, 汽车零配件), or it is called so."""
    if any(said == short and meant in long for said, meant in SAID_TRADES):
        return True
    signs = iter(long)
    return len(short) > 1 and all(sign in signs for sign in short)


def _near_trades(one: str, other: str) -> bool:
    """Whether two lines of business are one but for the words that everybody puts behind it: 电子科技, 电子技术, 国际贸易, 国际商贸."""
    here, there = (PLAIN_TRADES.sub("", trade) for trade in (one, other))
    if not here and not there:
        return any(one[-2:] in pair and other[-2:] in pair for pair in _SAME_TRADES)
    return here == there or {here, there} <= {"信息", "网络"} or (bool(here and there) and overlap(here, there) >= 0.5)


_SAME_TRADES = tuple(tuple(several.split()) for several in (
    "科技 技术", "贸易 商贸 经贸 外贸", "进出口 国际 贸易", "实业 企业 工业", "管理 服务 咨询", "制造 设备 机械",
))  # fmt: skip


def _spelled_nearly(one: Company, other: Company) -> Alike | None:
    """A Chinese name and one in letters whose brand is spelled a little otherwise: 长 as chang and zhang, 行 as hang and xing."""
    latin, chinese = (one, other) if one.latin else (other, one)
    if chinese.sound.startswith(latin.brand_sound) and len(latin.brand_sound) > max(6, len(chinese.brand_sound)):
        return Alike(66, SCRIPT, {}) if _one_trade(latin, chinese) else None
    if len(chinese.brand) < 3 or min(len(latin.brand_sound), len(chinese.brand_sound)) < 7:
        return None
    if apart(latin.brand_sound, chinese.brand_sound, 2) > 2 or (len(latin.brand_sound) != len(chinese.brand_sound) and (
        apart(latin.brand_sound, chinese.brand_sound, 1) > 1
    )):
        return None
    return Alike(64, SCRIPT, {}) if not latin.trade or not chinese.trade or _one_trade(latin, chinese) else None


def _chinese(one: Company, other: Company, few: bool) -> Alike | None:
    """Two Chinese names that are not the same but for a slip: one is the beginning of the other, or leaves signs of it out."""
    short, long = (one, other) if len(one.core) <= len(other.core) else (other, one)
    if short.core == bodies.called(long.core):
        return Alike(76, SHORT, {"short": short.raw})  # 恒泰职院
    if bodies.placed(long.brand) or _numbered_apart(one.core, other.core) or _one_telling_sign(one, other):
        return None
    if long.core.startswith(short.core) and len(short.core) > max(2, len(long.brand) - 1):
        group = _is_group(short) and not _is_group(long)
        return None if _OF_ANOTHER.search(long.core, len(short.core)) else Alike(58 if group else 72, SHORT, {"short": short.raw})
    if len(short.core) > 4 and long.core[:3] == short.core[:3] and abs(len(one.brand) - len(other.brand)) < 2:
        signs = iter(long.core)
        if all(sign in signs for sign in short.core) and not (set(long.core) - set(short.core)) & _NUMERALS:
            return Alike(68, SHORT, {"short": short.raw})
    if one.trade and (one.trade == other.trade or _near_trades(one.trade, other.trade)):
        return _near_brands(one, other, few)
    return None


def _near_brands(one: Company, other: Company, few: bool) -> Alike | None:
    """Brands in one line of business: a sign of three was lost, or one is taken for another that looks or sounds like it."""
    here, there = sorted((one.brand, other.brand), key=len)
    if len(there) == len(here) + 1 and len(here) > 1:
        signs = iter(there)
        if all(sign in signs for sign in here):
            more = next((b for a, b in zip(here, there, strict=False) if a != b), there[-1])
            known = one.place == other.place
            known = known and one.trade == other.trade
            return Alike(62, LETTER, {}) if more not in _NUMERALS and more not in _RANKS and (known or few or len(here) > 2) else None
    if len(here) == len(there) and len(here) > 1:
        wrong = [(a, b) for a, b in zip(here, there, strict=True) if a != b]
        if len(wrong) == 1 and signs_.look_alike(*wrong[0]) and not set(wrong[0]) <= _NUMERALS:
            return Alike(64, LETTER, {})
        if len(here) > 2 and one.brand_sound == other.brand_sound:
            return Alike(66, SOUNDS, {})
        if len(here) > 3 and len(wrong) == 1 and not set(wrong[0]) <= _NUMERALS:
            return Alike(62, LETTER, {})
    return None


def _one_trade(latin: Company, chinese: Company) -> bool:
    """Whether an English line of business may be the Chinese one; so when nothing is known of it."""
    written = "".join(unit for unit in latin.units if not unit.isascii())
    if written:
        return written in chinese.trade or chinese.trade in written or overlap(written, chinese.trade) > 0.5
    spelled = [unit for unit in latin.units[1:] if spelled_trade(unit)]
    if spelled:
        sound = chinese.sound[len(chinese.brand_sound) :]
        return any(unit in sound or sound in unit for unit in spelled)
    known = [MEANINGS[word] for word in latin.units if word in MEANINGS]
    return not known or any(sign in chinese.trade for signs in known for sign in signs)


def _words_shortened(short: Company, long: Company) -> bool:
    """Global Tech – Global Technology; Golden Star Intl – Golden Star International."""
    if len(short.units) > len(long.units) or short.core[0] != long.core[0]:
        return False
    return all(
        _shortened(*sorted(pair, key=len)) or (at > 0 and pair[0][:_STEM] == pair[1][:_STEM])
        for at, pair in enumerate(zip(short.units, long.units, strict=False))
    )


def _shortened(short: str, long: str) -> bool:
    if long.startswith(short):
        return len(short) > 1 or short == long
    if short in LATIN_TRADES and long in LATIN_TRADES and short[:4] == long[:4]:
        return True  # Trade, Trading
    signs = iter(long)
    return len(short) > 2 and short[0] == long[0] and all(sign in signs for sign in short)


def _nearly(one: Company, other: Company, few: bool) -> Alike | None:
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
        if bodies.is_called(one.core) and bodies.is_called(other.core):
            return None
        return _one_letter(one, other, few)
    if shorter > 5 and overlap(one.core, other.core) >= 0.72 and one.units[:2] == other.units[:2]:
        return Alike(68, NEAR, {})
    return None


def _numbered_apart(one: str, other: str) -> bool:
    """第一建筑 and 第二建筑, plant 2 and plant 3: sisters, not slips."""
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return True
    if abs(len(one) - len(other)) == 1:
        short, long = sorted((one, other), key=len)
        at = next((at for at, sign in enumerate(short) if sign != long[at]), len(short))
        return long[at] in _RANKS and long[at + 1 :] == short[at:]  # the people's hospitals of a county and of a town
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


def _one_telling_sign(one: Company, other: Company) -> bool:
    """Whether the one sign in which names of one length differ is a family's (老王家, 王记), or half of a brand of two."""
    if len(one.core) != len(other.core):
        return False
    houses = [found[1] for found in (_HOUSE.search(one.brand), _HOUSE.search(other.brand)) if found]
    if len(houses) == 2 and houses[0] != houses[1]:
        return True
    return one.core[_TWO:] == other.core[_TWO:] and one.core[:_TWO] != other.core[:_TWO] and _says_little(one.core[_TWO:])


def _says_little(rest: str) -> bool:
    """Whether what follows the first two signs begins with a line of business (恒泰书局人民路店) or is a place: the two are the brand."""
    return any(rest[:size] in TRADES for size in (2, 3, 4)) or places.whole(rest) is not None


def _one_letter(one: Company, other: Company, few: bool) -> Alike | None:
    """One character differs: a slip, unless it makes another of the many brands of two characters, or is the owner's name."""
    southern = _SOUTHERN.sub(r"\1", one.sound) == _SOUTHERN.sub(r"\1", other.sound)
    owners = [found[1] or found[2] for found in map(_OWNER.match, (one.core, other.core)) if found]
    if len(owners) == 2 and owners[0] != owners[1] and (not one.trade or len(one.brand) < 3):
        return Alike(66, LETTER, {}) if southern else None
    if _one_telling_sign(one, other):
        wrong = next(pair for pair in zip(one.core, other.core, strict=True) if pair[0] != pair[1])
        return Alike(66, LETTER, {}) if southern or signs_.look_alike(*wrong) else None
    if one.trade and one.trade == other.trade and min(len(one.brand), len(other.brand)) < 3:
        if _DOUBLED.sub(r"\1", one.brand) == _DOUBLED.sub(r"\1", other.brand):
            return Alike(76, LETTER, {})
        if one.place == other.place and abs(len(one.brand) - len(other.brand)) == 1:
            short, long = sorted((one.brand, other.brand), key=len)
            if long.endswith(short) and long[0] not in _RANKS:
                return Alike(66, LETTER, {})  # the first character was lost when the cell was marked
        return Alike(66, LETTER, {}) if southern else _near_brands(one, other, few)
    return Alike(84, LETTER, {})
