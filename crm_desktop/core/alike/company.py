"""Company names taken apart: without 有限公司, brackets, spaces, Co., Ltd., and the city in front.

深圳市腾讯计算机系统有限公司 → place (广东, 深圳), core 腾讯计算机系统, brand 腾讯. A Latin word counts as one unit, a Chinese
character as one. Simplified and traditional, full and half width, capitals and small letters are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from crm_desktop.core.alike import bodies, known, latin, places, signs
from crm_desktop.core.alike.words import (
    BRANCH,
    BRANCH_KIND,
    CUT_FORM,
    FORM,
    FORM_ENDS,
    TRADE_LENGTHS,
    TRADES,
    WRONG_FORM,
)
from crm_desktop.core.find.fold import FOLD, fold
from crm_desktop.core.find.pinyin import usual_readings

_LATIN = re.compile(r"[a-z]")
_LETTERS = re.compile(r"[a-z]+")
_UNITS = re.compile(r"[a-z0-9]+|[^ a-z0-9]")
_BRACKETS = re.compile(r"[(（\[【〔「<《]([^()（）\[\]【】〔〕「」<>《》]{1,20})[)）\]】〕」>》]")
# What offices write beside a name: 【停用】, （老客户）.
_SIGNS = re.compile(r"[(（\[【〔「<《)）]")
_FORM_SHORT = frozenset("股 有 株 个人".split())  # （股）公司, （株）
_BEFORE = ("株式会社", "有限会社")
_BEGIN = frozenset("株有")
_HALF = re.compile(r"^(?P<before>[^()（）]*)[)）](?P<on>.*)$|^(?P<to>.*)[(（](?P<after>[^()（）]*)$", re.DOTALL)
_DOTS = re.compile(r"\.\s?[A-Za-z]\.")
_DOTTED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]\.\s?){2,}")  # G.m.b.H., (H.K.)
_ORDINAL = re.compile(r"(?<=第)[1-9]\d?(?!\d)")
_MISREAD = re.compile(r"(?<=[a-z])[01](?=[a-z])|(?<=[a-z]{3})0\b|\b[58](?=[a-z]{3})")  # G0lden, A1pha, 5mart: what a scanner reads
_MEANT = {"0": "o", "1": "l", "5": "s", "8": "b"}
_REMARK = re.compile("停用|停止|暂停|作废|废弃|失效|无效|关闭|注销|倒闭|重复|老客户|新客户|欠款|黑名单|备用|测试|勿")
# What Taiwan says for it, in simplified characters.
_ACROSS = {"资讯": "信息", "软体": "软件", "硬体": "硬件", "网路": "网络", "电脑": "计算机", "印表机": "打印机", "积体电路": "集成电路",
           "雷射": "激光", "镭射": "激光", "塑胶": "塑料", "通讯": "通信", "影印": "复印", "伺服器": "服务器", "数位": "数字",
           "程式": "程序", "律所": "律师事务所", "会计所": "会计师事务所", "税所": "税务师事务所"}  # fmt: skip
_SAID_ACROSS = re.compile("|".join(_ACROSS))
_ACROSS_SIGNS = re.compile("[讯体路脑表积射胶影伺位式所]")
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


class _SumOf(dict[str, int]):
    """A character as a number: the sum of those of the letters it sounds like."""

    def __missing__(self, letter: str) -> int:
        number = self[letter] = sum(crc32(one.encode()) for one in _SOUND_OF[letter])
        return number


_SUM_OF = _SumOf()


def _sound(text: str) -> str:
    return text if text.isascii() else text.translate(SOUND)


def parse(name: str) -> Company | None:
    """The parts of a name; None when it says nothing."""
    folded, place = _folded(name)
    if _LATIN.search(folded) and not _hardly_latin(folded):
        return _mixed(name, folded, place)
    core, brand, place, branch = _chinese(signs.joined(folded.replace(" ", "")), place)
    return _made(name, core, tuple(core), brand, place, branch, latin=False) if core else None


def keys_of(name: str) -> list[str]:
    """`keys` of a name that nobody asks more about: of a Chinese one in half the time."""
    folded, place = _folded(name)
    if _LATIN.search(folded) and not _hardly_latin(folded):
        mixed = _mixed(name, folded, place)
        return keys(mixed) if mixed else []
    core, brand, _place, _branch = _chinese(signs.joined(folded.replace(" ", "")), place)
    if not core:
        return []
    sounds = list(map(_SOUND_OF.__getitem__, core))
    found = ["h" + "".join(sounds[:2])]
    if len(core) > _SHORT:
        found.append(_all_letters(core))
    if len(brand) > 2:
        found.append("h" + "".join(sounds[: len(brand)]))
    return found


def _hardly_latin(folded: str) -> bool:
    """Whether a name is Chinese but for a few letters that spell nothing: TCL科技, 3D打印."""
    if folded.isascii():
        return False
    words = _LETTERS.findall(folded)
    return len(words) == 1 and len(words[0]) < 5 and len(folded) > len(words[0]) + 2 and not (
        len(words[0]) > 3 and latin.syllables_of(words[0])
    )


def _folded(name: str) -> tuple[str, places.Path]:
    """A name for comparing, without brackets, and the place that stood in them."""
    raw = name[:_LONGEST]
    place: places.Path = ()
    if not raw.isalpha():
        if "．" in raw:
            raw = unicodedata.normalize("NFKC", raw)
        if _DOTS.search(raw):
            raw = _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found.group()) + " ", raw)
        if "㈱" in raw:
            raw = raw.replace("㈱", "株式会社")
        if _SIGNS.search(raw):
            raw, place = _without_brackets(raw)
        if "'" in raw or "’" in raw or "´" in raw:
            raw = raw.replace("'", "").replace("’", "").replace("´", "")  # Int'l
    return fold(raw), place


def _without_brackets(name: str) -> tuple[str, places.Path]:
    """The name without bracketed places and remarks such as （深圳）, （集团）; other brackets only lose their signs."""
    found: places.Path = ()
    for match in _BRACKETS.finditer(name):
        inside = match.group(1).translate(FOLD).replace(" ", "")
        path = places.in_brackets(inside) if inside.isascii() else places.whole(inside, loose=True)
        if path is not None or inside in _FORM_SHORT or FORM.fullmatch(inside) or _REMARK.search(inside):
            found = found or path or ()
            name = name.replace(match.group(), "" if not inside.isascii() else " ")
    half = _HALF.match(name) if _SIGNS.search(name) else None
    if half is not None:  # the other bracket was lost
        beginning, end = half.group("before") or half.group("to") or "", half.group("on") or half.group("after") or ""
        cut, path = places.behind(beginning) if half.group("before") is not None else (0, ())
        beginning = beginning[: len(beginning) - cut]
        if not cut:
            cut, path = places.before(end)
            end = end[cut:]
        found, name = found or path, beginning + end if cut else name
    return name, found


def _chinese(squeezed: str, place: places.Path) -> tuple[str, str, places.Path, str]:
    """The core of a name without Latin words, its brand, the place and the branch."""
    if "第" in squeezed:
        squeezed = _ORDINAL.sub(lambda found: _in_chinese(int(found.group())), squeezed)
    if _ACROSS_SIGNS.search(squeezed):
        squeezed = _SAID_ACROSS.sub(lambda found: _ACROSS[found.group()], squeezed)
    if squeezed[:1] in _BEGIN and squeezed.startswith(_BEFORE) and len(squeezed) > 5:
        squeezed = squeezed[4:]
    squeezed, branch = _branch(squeezed)
    core = formless(squeezed)
    full = known.in_full().get(core)
    if full is not None and (core == squeezed or not known.SCHOOL.search(full)):
        return full, full, (), branch
    if core[-2:] in places.tails():
        core, place = _place_behind(core, place)
    length, path = places.before(squeezed, loose=True)
    brand = stripped(core[length:])
    if length and len(brand) < 2 and not bodies.shortly(core[length:]):
        length, path = places.before(squeezed)
        brand = stripped(core[length:])
    if length:
        # More than lines of business must be left: the place of 北京银行 belongs to its name, and that of 安平县人民医院.
        if len(core) - length > 1 and brand and not bodies.of_its_place(brand) and not bodies.shortly(core[length:]):
            core, place = core[length:], path or place
        else:
            if path and len(core) > length:
                core, place = path[-1] + core[length:], path
            core = bodies.called(core)
            brand = stripped(core)
    elif bodies.placed(brand):
        core = bodies.called(core)
        brand = stripped(core)
    return core, brand if len(brand) > 1 else core, place, branch


def _place_behind(core: str, place: places.Path) -> tuple[str, places.Path]:
    """恒通电子深圳: the core without the place behind it, when a line of business stands before that."""
    cut, path = places.behind(core)
    rest = core[: len(core) - cut]
    return (rest, path or place) if cut and len(stripped(rest)) < len(rest) else (core, place)


def _in_chinese(number: int) -> str:
    """第9 is 第九."""
    tens, ones = divmod(number, 10)
    signs = " 一二三四五六七八九"
    return ((signs[tens] if tens > 1 else "") + ("十" if tens else "") + signs[ones]).replace(" ", "")


def _branch(name: str) -> tuple[str, str]:
    """The name of the whole and that of its branch: 徐州分公司, also where it says 徐州市分公司."""
    if name[-1:] not in _BRANCH_ENDS or (name.endswith("有限公司") and "第" not in name[-6:]):
        return name, ""
    found = BRANCH.search(name)
    if found is None:
        return name, ""
    branch = found.group("named") or found.group("bare")
    kind = BRANCH_KIND.search(branch)
    label = branch[: kind.start()] if kind else branch
    if not found.group("named"):
        cut, _path = places.behind(name[: len(name) - len(branch) + len(label)])
        label = label[-(cut or 2) :]
        branch = label + (kind.group() if kind else "")
    path = places.whole(label.removeprefix("驻"))
    plain = (path[-1] if path else places.bare(label)) + (kind.group() if kind else "")
    return name[: len(name) - len(branch)] or name, plain


_BRANCH_ENDS = frozenset("司处部厂店行")


_USUAL_FORM = "有限公司"
_FORM_SIGNS = re.compile("[有限司责集股控]")
_MORE_BEFORE = frozenset("团股份资")  # 集团, 控股, 股份, 投资: more of the form may stand before it


def formless(name: str) -> str:
    if name.endswith(_USUAL_FORM) and name[-5:-4] not in _MORE_BEFORE and name[:-4][-1:] not in FORM_ENDS and len(name) > 4:
        return name[:-4]
    name = name[:-1] if name.endswith("司司") else name
    whole, found = name, FORM.search(name) if name[-1:] in FORM_ENDS else None
    rest = name[: found.start()] if found else name
    while rest != name and rest:
        name, found = rest, FORM.search(rest) if rest[-1] in FORM_ENDS else None
        rest = name[: found.start()] if found else name
    rest = rest or name
    if not _FORM_SIGNS.search(rest, len(rest) - 6):
        return rest
    for pattern, least in ((CUT_FORM, 0),) if rest != whole else ((WRONG_FORM, 4), (CUT_FORM, 0)):
        wrong = pattern.search(rest)
        if wrong is not None:
            before = rest[: wrong.start()]
            # 富有 and 创意无限 are names: only behind a line of business it is sure that a form was meant.
            if (least and len(before) >= least) or len(stripped(before)) < len(before):
                return formless(before)
    return rest


def stripped(core: str) -> str:
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
    chinese = not folded.isascii()
    if chinese:
        folded, place = _without_chinese_form(folded, place)
    if not folded.replace(" ", "").isalpha():
        folded = _MISREAD.sub(lambda found: _MEANT[found.group()], folded)
    words = latin.put_together(_UNITS.findall(folded) if chinese else folded.split())
    branch = "" if latin.BRANCHES.isdisjoint(words) else " ".join([word for word in words if word in latin.BRANCHES])
    kept = [word for word in words if word not in latin.SAY_NOTHING] or [word for word in words if word not in latin.SMALL]
    if len(kept) > 1:
        kept, place = _placeless(kept, place)
    if not kept:
        return None
    written = latin.CANON
    units = tuple([written.get(word, word) for word in kept])
    last, trades = len(units), latin.trades()
    while last > 1:
        word = units[last - 1]
        if word in trades or (len(word) > 7 and latin.spelled_trade(word)):
            last -= 1
        elif chinese and _ends_a_trade(units[:last]):
            last -= 2
        else:
            break
    brand = "".join(units[: max(last, 1)])
    return _made(raw, "".join(units), units, brand, place, branch, latin=True)


def _placeless(words: list[str], place: places.Path) -> tuple[list[str], places.Path]:
    """The words of a Latin name without the town before them or behind them."""
    spelled = places.spelled()
    while len(words) > 1 and words[0] in spelled and not latin.LATIN_TRADES.issuperset(words[1:]):
        words, place = words[1:], spelled[words[0]] or place
        while len(words) > 1 and words[0] in _OF_A_PLACE:
            words = words[1:]
    if len(words) > 1 and words[0] in places.small_spelled() and latin.syllables_of(words[1]) and words[1] not in latin.trades():
        words = words[1:]
    while len(words) > 1:
        path = latin.place(words[-1]) or spelled.get(words[-1])
        if not path and words[-1] not in spelled:
            break
        words, place = words[:-1], place or path or ()
    return words, place


_OF_A_PLACE = frozenset("city province municipality sheng shi district county qu xian".split())


def _without_chinese_form(folded: str, place: places.Path) -> tuple[str, places.Path]:
    """A mixed name without 有限公司 at its end and without the Chinese place before it."""
    text = _SAID_ACROSS.sub(lambda found: _ACROSS[found.group()], folded.strip())
    length, path = places.before(text, loose=True)
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


_SHORT = 3
"""Signs of a Chinese name that its beginning and its brand are all of: its letters need no key of their own among those that are stored."""


def keys(name: Company) -> list[str]:
    """What names that may be alike have in common: all their letters, the beginning, the brand."""
    head = "".join(name.units[:2]) if not name.latin or len(name.units[0]) == 1 else name.units[0]
    found = ["h" + _sound(head)]
    if name.latin or len(name.units) > _SHORT:
        found.append(_all_letters(name.sound))
    if "h" + name.brand_sound not in found:
        found.append("h" + name.brand_sound)
    return found


def _all_letters(name: str) -> str:
    """The same for names of the same letters in whatever order: they have one sum, which is had in less time than their order."""
    return f"n{sum(map(_SUM_OF.__getitem__, name))}"


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
        sounds = [_SOUND_OF[sign] for sign in name.brand]
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


@lru_cache(4_000)
def parsed(name: str) -> Company | None:
    """`parse`, remembered for names asked about again and again."""
    return parse(name)
