"""Company names taken apart: without 有限公司, brackets, spaces, Co., Ltd., and the city in front.

深圳市腾讯计算机系统有限公司 → place (广东, 深圳), core 腾讯计算机系统, brand 腾讯. A Latin word counts as one unit, a Chinese
character as one. Simplified and traditional, full and half width, capitals and small letters are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from crm_desktop.core.alike import bodies, known, latin, places, signs
from crm_desktop.core.alike.folding import folded
from crm_desktop.core.alike.sounds import sound_of
from crm_desktop.core.alike.words import BRANCH, BRANCH_KIND, FORM, TRADES, formless, stripped, usual_form

_LATIN = re.compile(r"[a-z]")
_LETTERS = re.compile(r"[a-z]+")
_UNITS = re.compile(r"[a-z0-9]+|[^ a-z0-9]")
_BEFORE = ("株式会社", "有限会社")
_ORDINAL = re.compile(r"(?<=第)[1-9]\d?(?!\d)")
_MISREAD = re.compile(r"(?<=[a-z])[01](?=[a-z])|(?<=[a-z]{3})0\b|\b[58](?=[a-z]{3})")  # G0lden, A1pha, 5mart: what a scanner reads
_MEANT = {"0": "o", "1": "l", "5": "s", "8": "b"}
# What Taiwan says for it, in simplified characters.
_ACROSS = {"资讯": "信息", "软体": "软件", "硬体": "硬件", "网路": "网络", "电脑": "计算机", "印表机": "打印机", "积体电路": "集成电路",
           "雷射": "激光", "镭射": "激光", "塑胶": "塑料", "通讯": "通信", "影印": "复印", "伺服器": "服务器", "数位": "数字",
           "程式": "程序", "律所": "律师事务所", "会计所": "会计师事务所", "税所": "税务师事务所"}  # fmt: skip
_SAID_ACROSS = re.compile("|".join(_ACROSS))
_ACROSS_SIGNS = frozenset("讯体路脑表积射胶影伺位式所")
_TO_MEND = re.compile(f"[{''.join(_ACROSS_SIGNS | signs.FIRSTS)}第]")


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


def parse(name: str) -> Company | None:
    """The parts of a name; None when it says nothing."""
    text, place = folded(name)
    if with_latin(text):
        return mixed(name, text, place)
    core, brand, place, branch = chinese(text, place)
    return _made(name, core, tuple(core), brand, place, branch, latin=False) if core else None


def with_latin(text: str) -> bool:
    """Whether there are Latin words in a (folded) name."""
    return _LATIN.search(text) is not None and not _hardly_latin(text)


def _hardly_latin(text: str) -> bool:
    """Whether a name is Chinese but for a few letters that spell nothing: TCL科技, 3D打印."""
    if text.isascii():
        return False
    words = _LETTERS.findall(text)
    return len(words) == 1 and len(words[0]) < 5 and len(text) > len(words[0]) + 2 and not (
        len(words[0]) > 3 and latin.syllables_of(words[0])
    )


def chinese(text: str, place: places.Path) -> tuple[str, str, places.Path, str]:
    """The core of a (folded) name without Latin words, its brand, the place and the branch."""
    squeezed = text.replace(" ", "")
    if _TO_MEND.search(squeezed):
        squeezed = _mended(squeezed)
    if squeezed.startswith(_BEFORE) and len(squeezed) > 5:
        squeezed = squeezed[4:]
    if usual_form(squeezed) and squeezed[-6:-5] != "第":  # the quick way for most
        core, branch = squeezed[:-4], ""
    else:
        squeezed, branch = _branch(squeezed)
        core = formless(squeezed)
    full = known.in_full().get(core)
    if full is not None and (core == squeezed or not known.SCHOOL.search(full)):
        return full, full, (), branch
    tails = places.tails()
    if core[-2:] in tails:
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
    if not length and len(core) > len(brand) > 3 and brand[-2:] in tails:
        core, brand, place = _place_between(core, brand, place)
    return core, brand if len(brand) > 1 else core, place, branch


def _mended(name: str) -> str:
    """A name with signs that were read as two put together, numbers and the words of Taiwan as they are written here."""
    name = signs.joined(name)
    if "第" in name:
        name = _ORDINAL.sub(lambda found: _in_chinese(int(found.group())), name)
    return name if _ACROSS_SIGNS.isdisjoint(name) else _SAID_ACROSS.sub(lambda found: _ACROSS[found.group()], name)


def _place_behind(core: str, place: places.Path) -> tuple[str, places.Path]:
    """恒通电子深圳: the core without the place behind it, when a line of business stands before that."""
    cut, path = places.behind(core)
    rest = core[: len(core) - cut]
    return (rest, path or place) if cut and len(stripped(rest)) < len(rest) else (core, place)


def _place_between(core: str, brand: str, place: places.Path) -> tuple[str, str, places.Path]:
    """恒通深圳电子: the core and the brand without the place behind the brand."""
    cut, path = places.behind(brand)
    if not cut or len(brand) - cut < 2 or brand[-cut:] in _ALSO_WORDS or not places.agree(path, place):
        return core, brand, place
    return brand[:-cut] + core[len(brand) :], brand[:-cut], path or place


_ALSO_WORDS = frozenset("大同 长治 安康 兴安 吉安 泰安 淮安 延安 东方 海口 白银 保定 长春 长乐 太仓 永安 平安 安平 永兴 长兴 长安".split())


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


def mixed(raw: str, text: str, place: places.Path) -> Company | None:
    """A (folded) name with Latin words, with or without Chinese characters among them."""
    with_signs = not text.isascii()
    if with_signs:
        text, place = _without_chinese_form(text, place)
    if not text.replace(" ", "").isalpha():
        text = _MISREAD.sub(lambda found: _MEANT[found.group()], text)
    words = latin.put_together(_UNITS.findall(text) if with_signs else text.split())
    branch = "" if latin.BRANCHES.isdisjoint(words) else " ".join([word for word in words if word in latin.BRANCHES])
    kept = [word for word in words if word not in latin.SAY_NOTHING] or [word for word in words if word not in latin.SMALL]
    if len(kept) > 1:
        kept, place = _placeless(kept, place)
    if not kept:
        return None
    written = latin.CANON
    units = tuple([written.get(word, word) for word in kept])
    if "ue" in text or "oe" in text or "ae" in text:
        units = tuple(map(latin.without_dots, units))
    last, trades = len(units), latin.trades()
    while last > 1:
        word = units[last - 1]
        if word in trades or (len(word) > 7 and latin.long_trade(word)):
            last -= 1
        elif with_signs and _ends_a_trade(units[:last]):
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
    small = len(words) > 1 and words[0] in places.small_spelled() and words[1] not in spelled
    if small and latin.syllables_of(words[1]) and words[1] not in latin.trades():
        words = words[1:]
    while len(words) > 1:
        path = latin.place(words[-1]) or spelled.get(words[-1])
        if not path and words[-1] not in spelled:
            break
        words, place = words[:-1], place or path or ()
    return words, place


_OF_A_PLACE = frozenset("city province municipality sheng shi district county qu xian".split())


def _without_chinese_form(text: str, place: places.Path) -> tuple[str, places.Path]:
    """A mixed name without 有限公司 at its end and without the Chinese place before it."""
    text = _SAID_ACROSS.sub(lambda found: _ACROSS[found.group()], text.strip())
    abroad = latin.ABROAD.match(text)
    length, path = (abroad.end(), (latin.LANDS[abroad.group()],)) if abroad else places.before(text, loose=True)
    text = text[length:]
    bare = text.rstrip()
    found = FORM.search(bare)
    return (bare[: found.start()] if found else bare), path or place


def _ends_a_trade(units: Sequence[str]) -> bool:
    return "".join(units[-2:]) in TRADES and len(units) > 2


def _made(
    raw: str, core: str, units: tuple[str, ...], brand: str, place: places.Path, branch: str, latin: bool
) -> Company:
    sound = sound_of(core)
    brand_sound = sound if brand == core else sound_of(brand)
    return Company(raw, core, sound, units, brand, brand_sound, core[len(brand) :], place, branch, latin)
