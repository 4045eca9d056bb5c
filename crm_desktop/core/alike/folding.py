"""Company names as they are compared: one script, one width, small letters, without what stands in brackets and says nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from crm_desktop.core.alike import places
from crm_desktop.core.alike.words import FORM
from crm_desktop.core.find import pinyin
from crm_desktop.core.find.fold import FOLD, fold

_BRACKETS = re.compile(r"[(（\[【〔「<《]([^()（）\[\]【】〔〕「」<>《》]{1,20})[)）\]】〕」>》]")
_SIGNS = re.compile(r"[(（\[【〔「<《)）]")
_FORM_SHORT = frozenset("股 有 株 个人".split())
_KOREAN = re.compile(r"㈜|[(（]주[)）]|주식회사|유한회사")  # （股）公司, （株）
_HALF = re.compile(r"^(?P<before>[^()（）]*)[)）](?P<on>.*)$|^(?P<to>.*)[(（](?P<after>[^()（）]*)$", re.DOTALL)
_DOTS = re.compile(r"\.\s?[^\W\d_]\.")
_DOTTED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]\.\s?){2,}")  # G.m.b.H., (H.K.)
# What offices write beside a name: 【停用】, （老客户）.
_REMARK = re.compile("停用|停止|暂停|作废|废弃|失效|无效|关闭|注销|倒闭|重复|老客户|新客户|欠款|黑名单|备用|测试|勿")
_SPELLED = str.maketrans(dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)) | dict(pair.split("=") for pair in (
    "ё=yo ж=zh х=kh ц=ts ч=ch ш=sh щ=shch ъ= ь= ю=yu я=ya і=i ї=yi є=ye ґ=g"
).split()))  # fmt: skip
_RUSSIAN = re.compile(r"\b(?:[озпн]?ао|ооо|тоо|тов|ип|чп)\b")
_LONGEST = 120  # characters of a name that are looked at


def plain(name: str) -> bool:
    """Whether a name is of nothing but Chinese characters which are compared as they stand: `folded` would give it back, in five times
    the time."""
    return len(name) <= _LONGEST and _simplified().fullmatch(name) is not None


@cache
def _simplified() -> re.Pattern[str]:
    """Chinese characters but traditional and variant ones, in ranges: as single ones they take ten times as long to be made a pattern."""
    begin, end = 0x4E00, 0x9FFF
    others = sorted(code for code in map(ord, pinyin.simplified()) if begin <= code <= end)
    between = zip([begin, *(code + 1 for code in others)], [*(code - 1 for code in others), end], strict=True)
    return re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in between if first <= last)}]+")


def folded(name: str) -> tuple[str, places.Path]:
    """A name for comparing, without brackets, and the place that stood in them."""
    raw = name[:_LONGEST]
    place: places.Path = ()
    if "Ѐ" <= raw < "Ԁ":
        raw = _RUSSIAN.sub(" ", raw.casefold()).translate(_SPELLED)  # Балтмебель is Baltmebel
    if raw.isalpha():
        if raw[0] < "가":
            return fold(raw), place
        return _of_korea(raw), place
    if not raw.isascii():
        if "．" in raw:
            raw = unicodedata.normalize("NFKC", raw)
        if "㈱" in raw:
            raw = raw.replace("㈱", "株式会社")
        if "㈜" in raw or "가" <= raw[0] <= "힣" or "가" <= raw[-1] <= "힣":
            return _of_korea(raw), place
        if "’" in raw or "´" in raw:
            raw = raw.replace("’", "").replace("´", "")
    if "." in raw and _DOTS.search(raw):
        raw = _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found.group()) + " ", raw)
    if _SIGNS.search(raw):
        raw, place = _without_brackets(raw)
    if "'" in raw:
        raw = raw.replace("'", "")  # Int'l
    return fold(raw), place


def _of_korea(name: str) -> str:
    """A name in Korean letters without its form; folding takes the letters apart, which makes any two alike."""
    return unicodedata.normalize("NFC", fold(_KOREAN.sub(" ", name)))


@lru_cache(2_000)
def _left_out(inside: str) -> places.Path | None:
    """The place that stands in brackets, () for what says nothing else of the company; None for what belongs to its name."""
    inside = inside.translate(FOLD).replace(" ", "")
    path = places.in_brackets(inside) if inside.isascii() else places.whole(inside, loose=True)
    if path is None and (inside in _FORM_SHORT or FORM.fullmatch(inside) or _REMARK.search(inside)):
        return ()
    return path


def _without_brackets(name: str) -> tuple[str, places.Path]:
    """The name without bracketed places and remarks such as （深圳）, （集团）; other brackets only lose their signs."""
    found: places.Path = ()
    for match in _BRACKETS.finditer(name):
        path = _left_out(match.group(1))
        if path is not None:
            found = found or path
            name = name.replace(match.group(), "" if not match.group(1).isascii() else " ")
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
