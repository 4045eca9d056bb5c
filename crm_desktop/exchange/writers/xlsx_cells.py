"""Turns a packet of values of one column into the XML of its cells, a whole packet at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.exchange.cells import as_text

# Numbers of the cell styles in xlsx_frame.STYLES.
STYLE = {"head": 1, "text": 2, "number": 3, "money": 4, "percent": 5, "day": 6, "moment": 7, "fraction": 0}
LONGEST = 32_767  # characters Excel allows in a cell

# A printable sign nobody writes, so that one test tells whether a whole packet holds only printable characters.
_BETWEEN = "\u2980"
_UNFIT = re.compile("[\x00-\x08\x0b-\x0d\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_DAY = date(1899, 12, 30).toordinal()
_SAFE_FROM = date(1900, 3, 1)  # Excel counts a 29 February 1900; earlier days are written as text
_EXACT = 10**15

Encode = Callable[[str, range, Sequence[Any]], list[str]]


def escape_all(texts: Sequence[str]) -> list[str]:
    """XML-escape many texts in one go: they are joined, searched once for what is special, and taken apart again."""
    return _escaped(texts, _BETWEEN.join(texts))


def _escaped(texts: Sequence[str], joined: str) -> list[str]:
    if joined.count(_BETWEEN) != len(texts) - 1:
        return [escape_all([text.replace(_BETWEEN, "\u2759")])[0] for text in texts]
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


def text_cells(letter: str, numbers: range, values: Sequence[Any]) -> list[str]:
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
    begin = f'<c r="{letter}'
    middle = f'" s="{STYLE["text"]}" t="inlineStr"><is><t>'
    if _has_outer_space(joined):
        middle = middle.replace("<t>", '<t xml:space="preserve">')
    end = "</t></is></c>"
    return [
        f"{begin}{number}{middle}{text}{end}" if text else ""
        for number, text in zip(numbers, _escaped(texts, joined), strict=True)
    ]


def _has_outer_space(joined: str) -> bool:
    """Whether any of the texts has white space that XML readers would drop: at its ends, doubled, or a line end."""
    if "\n" in joined or "\t" in joined or "  " in joined:
        return True
    return joined[:1] == " " or joined[-1:] == " " or f" {_BETWEEN}" in joined or f"{_BETWEEN} " in joined


def _number_cells(sort: str) -> Encode:
    style = STYLE[sort]

    def cells(letter: str, numbers: range, values: Sequence[Any]) -> list[str]:
        begin = f'<c r="{letter}'
        middle = f'" s="{style}"><v>'
        found = []
        for number, value in zip(numbers, values, strict=True):
            if value is None or value == "":
                found.append("")
            elif isinstance(value, (int, float, Decimal)) and -_EXACT < value < _EXACT:
                found.append(f"{begin}{number}{middle}{value + 0}</v></c>")
            else:
                found.extend(text_cells(letter, range(number, number + 1), [value]))
        return found

    return cells


def _day_cells(letter: str, numbers: range, values: Sequence[Any]) -> list[str]:
    begin = f'<c r="{letter}'
    middle = f'" s="{STYLE["day"]}"><v>'
    found = []
    for number, value in zip(numbers, values, strict=True):
        if not value:
            found.append("")
        elif type(value) is date and value >= _SAFE_FROM:
            found.append(f"{begin}{number}{middle}{value.toordinal() - _FIRST_DAY}</v></c>")
        else:
            found.extend(text_cells(letter, range(number, number + 1), [value]))
    return found


def _moment_cells(letter: str, numbers: range, values: Sequence[Any]) -> list[str]:
    begin = f'<c r="{letter}'
    middle = f'" s="{STYLE["moment"]}"><v>'
    found = []
    for number, value in zip(numbers, values, strict=True):
        if not value:
            found.append("")
        elif isinstance(value, datetime) and value.date() >= _SAFE_FROM:
            seconds = value.hour * 3600 + value.minute * 60 + value.second
            serial = value.toordinal() - _FIRST_DAY + seconds / 86_400
            found.append(f"{begin}{number}{middle}{serial:.10f}</v></c>")
        else:
            found.extend(text_cells(letter, range(number, number + 1), [value]))
    return found


def _mixed_cells(letter: str, numbers: range, values: Sequence[Any]) -> list[str]:
    """Each cell by what it holds, as it came out of another sheet."""
    found = []
    for number, value in zip(numbers, values, strict=True):
        sort = _SORTS.get(type(value), "text")
        found.extend(ENCODERS[sort](letter, range(number, number + 1), [value]))
    return found


_SORTS = {int: "number", float: "fraction", date: "day", datetime: "moment"}
ENCODERS: dict[str, Encode] = {
    "text": text_cells,
    "number": _number_cells("number"),
    "money": _number_cells("money"),
    "percent": _number_cells("percent"),
    "day": _day_cells,
    "moment": _moment_cells,
    "fraction": _number_cells("fraction"),
    "mixed": _mixed_cells,
}
