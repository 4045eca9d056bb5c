"""Column headings as people write them, brought to one spelling, with the unit they carry."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_BRACKETS = re.compile(r"[(（\[【<《]([^)）\]】>》]*)[)）\]】>》]")
_REQUIRED = re.compile(r"必填|必輸|必输|required|选填|選填|可选|optional|mandatory", re.I)
_UNITS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"亿|億|(?:hundred\s*)millions?\s*cny"), 100_000_000),
    (re.compile(r"百[万萬]|\bmillions?\b|\bm\b"), 1_000_000),
    (re.compile(r"十[万萬]"), 100_000),
    (re.compile(r"[万萬]|\b10k\b"), 10_000),
    (re.compile(r"千(?!克|米|瓦)|\bthousands?\b|\bk\b"), 1_000),
)
_MONEY_WORD = re.compile(r"元|币|幣|cny|rmb|usd|¥|￥|\$|twd|nt|万|萬|亿|億|千|thousand|million|\bk\b|\bm\b")
_MONEY_UNIT = re.compile(
    r"(单位|單位|unit)?[:：\s]*(人民币|人民幣|新台币|新臺幣|cny|rmb|usd|twd|nt\$?|¥|￥|\$|元|圆|角|分|yuan)+"
)
_NOISE = re.compile(r"[\s_\-*:：/\\.,，。、;；'\"“”’‘·#?？!！|%]+")
_NUMBERING = re.compile(r"^\s*\d+\s*[.、．]\s*(?=\D)")


@dataclass(frozen=True)
class Heading:
    """A heading taken apart: `key` is its spelling without case, blanks, signs and brackets; `loose` the same with the
    words in brackets kept; `scale` what amounts below it are multiplied with (（万元） -> 10,000)."""

    text: str
    key: str
    loose: str
    scale: int = 1


def heading(text: str) -> Heading:
    """Take a heading apart."""
    plain = unicodedata.normalize("NFKC", text).replace("_x000D_", "")
    plain = _NUMBERING.sub("", plain)
    scale = 1
    kept = []
    for inside in _BRACKETS.findall(plain):
        if _REQUIRED.search(inside):
            continue
        found = _scale(inside)
        if found is not None:
            scale = found
            continue
        kept.append(inside)
    outside = _BRACKETS.sub(" ", plain)
    return Heading(text, spelling(outside), spelling(outside + " ".join(kept)), scale)


def spelling(text: str) -> str:
    """Letters and digits alone, in small letters: 'E-mail 1 - Value' and 'email1value' are the same."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def _scale(unit: str) -> int | None:
    """10,000 for '万元', 1 for '元', None for words that are no unit of money."""
    small = unit.casefold().strip()
    if not small or len(small) > 12 or not _MONEY_WORD.search(small):
        return None
    for pattern, scale in _UNITS:
        if pattern.search(small):
            return scale
    return 1 if _MONEY_UNIT.fullmatch(small) else None
