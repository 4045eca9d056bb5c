"""What a column of a written sheet is: its heading and the sort of values below it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from crm_desktop.exchange.cells import as_text

Sort = Literal["text", "number", "money", "percent", "day", "moment", "picture", "mixed"]
NARROWEST, WIDEST = 8.0, 48.0
PICTURE = 11.0  # room for a small picture


@dataclass(frozen=True)
class Column:
    """A column to write.

    sort: text (identifiers too: nothing is ever lost from them), number, money (2 decimals), percent (30 for 30 %), day
    (date), moment (datetime in wall time), picture (base64 of a JPEG; only in workbooks) or mixed (each cell by the type of its
    value). width: in characters, found from the first rows when None. name: the field's name, for formats that have no headings.
    """

    heading: str
    sort: Sort = "text"
    width: float | None = None
    name: str = ""


def display_width(text: str) -> int:
    """How many narrow characters wide `text` is; Chinese ones count two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _shown(column: Column, value: Any) -> str:
    if column.sort == "money" and isinstance(value, (int, float, Decimal)):
        return f"{value:,.2f}"
    return as_text(value).split("\n", 1)[0]


def fitting_width(column: Column, values: Iterable[Any]) -> float:
    """A width that shows the heading and most of the first values."""
    if column.width is not None:
        return column.width
    if column.sort == "picture":
        return PICTURE
    fixed = {"day": 11.0, "moment": 17.0}.get(column.sort, NARROWEST)
    longest = display_width(column.heading) + 4
    for value in values:
        if value is not None:
            longest = max(longest, display_width(_shown(column, value)[:60]) + 2)
    if column.sort in ("day", "moment"):
        longest = display_width(column.heading) + 4
    return min(max(fixed, float(longest)), WIDEST)
