"""Turns a packet of values of one column into the contents of its cells, a whole packet at a time.

A cell's XML is a template with one gap; `ROW` stands in it for the row's number. What does not fit into the column's own
template (text among numbers, text whose blanks must be kept) is an odd cell and brings its whole XML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.exchange.cells import as_text

ROW = "\x01"
LONGEST = 32_767  # characters Excel allows in a cell
# Numbers of the cell styles in xlsx_frame.STYLES; style 0 shows a number as it is.
STYLE = {"head": 1, "text": 2, "number": 3, "money": 4, "percent": 5, "day": 6, "moment": 7, "total": 8}

# A printable sign nobody writes, so that one test tells whether a whole packet holds only printable characters.
_BETWEEN = "\u2980"
_INSTEAD = "\u2759"
_UNFIT = re.compile("[\x00-\x08\x0b-\x0d\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_DAY = date(1899, 12, 30).toordinal()
_SAFE_FROM = date(1900, 3, 1)  # Excel counts a 29 February 1900; earlier days are written as text
_EXACT = 10**15

Odd = dict[int, str]
Contents = Callable[[Sequence[Any]], tuple[list[str], Odd]]


def template(sort: str, letter: str) -> str:
    """The XML of a cell of this sort in column `letter`, with %s for its contents."""
    if sort == "text":
        return f'<c r="{letter}{ROW}" s="{STYLE["text"]}" t="inlineStr"><is><t>%s</t></is></c>'
    return f'<c r="{letter}{ROW}" s="{STYLE[sort]}"><v>%s</v></c>'


def escape_all(texts: Sequence[str]) -> list[str]:
    """XML-escape many texts in one go: they are joined, searched once for what is special, and taken apart again."""
    return _escaped(texts, _BETWEEN.join(texts))


def _escaped(texts: Sequence[str], joined: str) -> list[str]:
    if joined.count(_BETWEEN) != len(texts) - 1:
        return [escape_all([text.replace(_BETWEEN, _INSTEAD)])[0] for text in texts]
    if "&" in joined:
        joined = joined.replace("&", "&amp;")
    if "<" in joined:
        joined = joined.replace("<", "&lt;")
    if ">" in joined:
        joined = joined.replace(">", "&gt;")
    if not joined.isprintable() or "_x" in joined:
        joined = _UNFIT.sub(_code, joined)
    return joined.split(_BETWEEN)


def _code(match: re.Match[str]) -> str:
    """Characters XML cannot hold, as Excel writes them; halves of a pair are replaced."""
    char = match[0]
    return "\ufffd" if char >= "\ud800" else f"_x{ord(char):04X}_"


def _texts(values: Sequence[Any]) -> tuple[list[str], Odd]:
    """Inline strings: never a formula, never a number."""
    texts = values
    try:
        joined = _BETWEEN.join(values)
    except TypeError:
        texts = [value if type(value) is str else as_text(value) for value in values]
        joined = _BETWEEN.join(texts)
    if len(joined) > LONGEST and max(map(len, texts)) > LONGEST:
        texts = [text[:LONGEST] for text in texts]
        joined = _BETWEEN.join(texts)
    escaped = _escaped(texts, joined)
    if not _loses_space(joined, _BETWEEN):
        return escaped, {}
    return escaped, {
        place: _odd_text(text)
        for place, (raw, text) in enumerate(zip(texts, escaped, strict=True))
        if _loses_space(raw)
    }


def _loses_space(text: str, between: str = "") -> bool:
    """Whether readers of XML might drop white space of `text` (or of the texts joined in it)."""
    if "\n" in text or "\t" in text or "  " in text or text[:1] == " " or text[-1:] == " ":
        return True
    return bool(between) and (f" {between}" in text or f"{between} " in text)


def _odd_text(escaped: str) -> str:
    # The gap for the column's letter is filled by the writer.
    return f'<c r="%s{ROW}" s="{STYLE["text"]}" t="inlineStr"><is><t xml:space="preserve">{escaped.replace("%", "%%")}</t></is></c>'


def _as_odd_text(value: Any) -> str:
    return _odd_text(escape_all([as_text(value)[:LONGEST]])[0])


def _numbers(values: Sequence[Any]) -> tuple[list[str], Odd]:
    contents: list[str] = []
    odd: Odd = {}
    for place, value in enumerate(values):
        if value is None or value == "":
            contents.append("")
        elif isinstance(value, (int, float, Decimal)) and -_EXACT < value < _EXACT:
            contents.append(format(value, "f") if isinstance(value, Decimal) else str(value + 0))
        else:
            contents.append("")
            odd[place] = _as_odd_text(value)
    return contents, odd


def _days(values: Sequence[Any]) -> tuple[list[str], Odd]:
    contents: list[str] = []
    odd: Odd = {}
    for place, value in enumerate(values):
        if not value:
            contents.append("")
        elif type(value) is date and value >= _SAFE_FROM:
            contents.append(str(value.toordinal() - _FIRST_DAY))
        else:
            contents.append("")
            odd[place] = _as_odd_text(value)
    return contents, odd


def _moments(values: Sequence[Any]) -> tuple[list[str], Odd]:
    contents: list[str] = []
    odd: Odd = {}
    for place, value in enumerate(values):
        if not value:
            contents.append("")
        elif isinstance(value, datetime) and value.date() >= _SAFE_FROM:
            seconds = value.hour * 3600 + value.minute * 60 + value.second
            contents.append(f"{value.toordinal() - _FIRST_DAY + seconds / 86_400:.10f}")
        else:
            contents.append("")
            odd[place] = _as_odd_text(value)
    return contents, odd


def _mixed(values: Sequence[Any]) -> tuple[list[str], Odd]:
    """Each cell by what it holds, as it came out of another sheet."""
    odd: Odd = {}
    for place, value in enumerate(values):
        if value is None or value == "":
            continue
        sort = _SORTS.get(type(value), "text")
        contents, strange = CONTENTS[sort]([value])
        style = 0 if isinstance(value, float) else STYLE[sort]
        odd[place] = strange.get(0) or (
            _as_odd_text(value) if sort == "text" else f'<c r="%s{ROW}" s="{style}"><v>{contents[0]}</v></c>'
        )
    return [""] * len(values), odd


_SORTS = {int: "number", float: "number", date: "day", datetime: "moment"}
CONTENTS: dict[str, Contents] = {
    "text": _texts,
    "number": _numbers,
    "money": _numbers,
    "percent": _numbers,
    "day": _days,
    "moment": _moments,
    "mixed": _mixed,
}
