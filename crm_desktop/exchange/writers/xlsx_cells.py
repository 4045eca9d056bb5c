"""Turns a packet of values of one column into the contents of its cells, a whole packet at a time.

A cell of a sheet's XML is its address, what opens a cell of this sort, its contents, and what closes it. What does not fit into
the column's own sort (text among numbers, text whose blanks must be kept) is an odd cell, of another sort.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from crm_desktop.exchange.cells import as_text

LONGEST = 32_767  # characters Excel allows in a cell
# Numbers of the cell styles in xlsx_frame.STYLES; style 0 shows a number as it is.
STYLE = {"plain": 0, "head": 1, "text": 2, "number": 3, "money": 4, "percent": 5, "day": 6, "moment": 7, "total": 8}
# What stands between a cell's address and its contents, and behind them.
OPEN = {sort: b'" s="%d"><v>' % style for sort, style in STYLE.items()} | {
    "text": b'" s="2" t="inlineStr"><is><t>',
    "kept": b'" s="2" t="inlineStr"><is><t xml:space="preserve">',
    "head": b'" s="1" t="inlineStr"><is><t xml:space="preserve">',
}
CLOSE = dict.fromkeys(OPEN, b"</v></c>") | dict.fromkeys(("text", "kept", "head"), b"</t></is></c>")

# A sign no cell can hold stands between texts that are treated together.
_BETWEEN = "\x02"
_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_CODE = re.compile(b"_x[0-9A-Fa-f]{4}_")
_FIRST_DAY = date(1899, 12, 30).toordinal()
_SAFE_FROM = date(1900, 3, 1)  # Excel counts a 29 February 1900; earlier days are written as text
_EXACT = 10**15

Odd = dict[int, tuple[str, bytes]]
"""Place in the packet -> sort and contents."""
Contents = Callable[[Sequence[Any]], tuple[list[bytes], Odd]]


def escape_all(texts: Sequence[str]) -> list[bytes]:
    """Texts as XML holds them. They are joined, searched once for what is special, and taken apart again; TypeError when one
    is no text."""
    return _escaped(_joined(texts)) if texts else []


def _joined(texts: Sequence[str]) -> bytes:
    """Texts in a row, with nothing in them that XML cannot hold."""
    joined = _BETWEEN.join(texts)
    try:
        raw = joined.encode()
    except UnicodeEncodeError:  # half of a pair of surrogates
        return _coded(texts)
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if controls >= len(texts) or "\uffff" in joined or "\ufffe" in joined or (b"_" in raw and _CODE.search(raw)):
        return _coded(texts)
    return raw


def _coded(texts: Sequence[str]) -> bytes:
    return _BETWEEN.join([_UNFIT.sub(_code, text) for text in texts]).encode()


def _code(match: re.Match[str]) -> str:
    """Characters XML cannot hold, as Excel writes them; halves of a pair are replaced."""
    char = match[0]
    return "\ufffd" if char >= "\ud800" else f"_x{ord(char):04X}_"


def _escaped(raw: bytes) -> list[bytes]:
    if b"&" in raw:
        raw = raw.replace(b"&", b"&amp;")
    if b"<" in raw:
        raw = raw.replace(b"<", b"&lt;")
    if b">" in raw:
        raw = raw.replace(b">", b"&gt;")
    return raw.split(_BETWEEN.encode())


def _texts(values: Sequence[Any]) -> tuple[list[bytes], Odd]:
    """Inline strings: never a formula, never a number."""
    try:
        raw = _joined(values)
    except TypeError:
        values = [value if type(value) is str else as_text(value) for value in values]
        raw = _joined(values)
    if len(raw) > LONGEST and max(map(len, values)) > LONGEST:
        raw = _joined([text[:LONGEST] for text in values])
    contents = _escaped(raw)
    odd: Odd = {}
    if _loses_space(raw):
        odd = {place: ("kept", text) for place, text in enumerate(contents) if _loses_space(text)}
    return contents, odd


def _loses_space(raw: bytes) -> bool:
    """Whether readers of XML might drop white space of a text or of texts in a row."""
    if b"\n" in raw or b"\t" in raw:
        return True
    return b" " in raw and (raw[:1] == b" " or raw[-1:] == b" " or b"  " in raw or b" \x02" in raw or b"\x02 " in raw)


def _odd_text(value: Any) -> tuple[str, bytes]:
    return "kept", escape_all([as_text(value)[:LONGEST]])[0]


def _numbers(values: Sequence[Any]) -> tuple[list[bytes], Odd]:
    return _each(values, _number)


def _number(value: Any) -> bytes | None:
    if isinstance(value, (int, float, Decimal)) and -_EXACT < value < _EXACT:
        return (format(value, "f") if isinstance(value, Decimal) else str(value + 0)).encode()
    return b"" if value is None or value == "" else None


def _days(values: Sequence[Any]) -> tuple[list[bytes], Odd]:
    return _each(values, _day)


@lru_cache(4_096, typed=True)
def _day(value: Any) -> bytes | None:
    if type(value) is date and value >= _SAFE_FROM:
        return b"%d" % (value.toordinal() - _FIRST_DAY)
    return None if value else b""


def _moments(values: Sequence[Any]) -> tuple[list[bytes], Odd]:
    return _each(values, _moment)


def _moment(value: Any) -> bytes | None:
    if isinstance(value, datetime) and value.date() >= _SAFE_FROM:
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return b"%.10f" % (value.toordinal() - _FIRST_DAY + seconds / 86_400)
    return None if value else b""


def _each(values: Sequence[Any], form: Callable[[Any], bytes | None]) -> tuple[list[bytes], Odd]:
    """Contents one by one; what `form` gives None for is written as text."""
    odd: Odd = {}
    contents: list[bytes] = []
    for place, content in enumerate(map(form, values)):
        if content is None:
            content = b""
            odd[place] = _odd_text(values[place])
        contents.append(content)
    return contents, odd


def _mixed(values: Sequence[Any]) -> tuple[list[bytes], Odd]:
    """Each cell by what it holds, as it came out of another sheet."""
    odd: Odd = {}
    for place, value in enumerate(values):
        if value is None or value == "":
            continue
        sort = _SORTS.get(type(value), "text")
        if sort == "text":
            odd[place] = _odd_text(value)
            continue
        contents, strange = CONTENTS[sort]([value])
        odd[place] = strange.get(0) or ("plain" if isinstance(value, float) else sort, contents[0])
    return [b""] * len(values), odd


_SORTS = {int: "number", float: "number", date: "day", datetime: "moment"}
CONTENTS: dict[str, Contents] = {
    "text": _texts,
    "number": _numbers,
    "money": _numbers,
    "percent": _numbers,
    "day": _days,
    "moment": _moments,
    "mixed": _mixed,
    "picture": lambda values: ([b""] * len(values), {}),  # it lies over its cell
}
