"""What one cell may hold, and how it is cleaned before anybody looks at it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from types import NoneType
from typing import Any

Cell = str | int | float | bool | date | datetime | time | None


class Texts(tuple[Cell, ...]):
    """A column of texts. Many ask what sorts of cells a column holds: of this one nobody has to look at each."""

    __slots__ = ()
    kinds: Set[type] = frozenset((str,))


class TextsAndBlanks(Texts):
    """The same with empty cells among them."""

    __slots__ = ()
    kinds = frozenset((str, NoneType))


def kinds_of(column: Sequence[Cell]) -> Set[type]:
    """What sorts of cells a column holds."""
    return column.kinds if isinstance(column, Texts) else set(map(type, column))


# What spreadsheets show when a formula fails; a cell that holds exactly one of these texts is an error, not a value.
ERRORS = frozenset(
    (
        "#DIV/0!",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#VALUE!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#GETTING_DATA",
        "Err:502",
        "Err:522",
    )
)
_OUTER = " \t\n\r\x0b\x0c\u00a0\u3000\u200b\u200e\u200f\u2060\ufeff"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_BETWEEN = "|"  # where it stands in a text beside a blank, the texts are cleaned one by one
_CLEAN = {int, bool, date, NoneType}
_EXACT = 10**15  # floats below this hold whole numbers exactly and are shown with all their digits


def clean_text(text: str) -> str | None:
    """Line ends as '\\n', no control characters, no `_x000D_`, no white space around; None when nothing is left."""
    if "_x000" in text:
        text = (
            text.replace("_x000D_", "")
            .replace("_x000d_", "")
            .replace("_x000A_", "\n")
            .replace("_x000a_", "\n")
        )
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _CONTROLS.sub("", text)
    return text.strip(_OUTER) or None


def clean(value: object) -> Cell:
    """A cell as readers deliver it, as a plain value: whole floats become ints, lengths of time become a time or text."""
    if type(value) is str:
        if value and value.isprintable() and value[0] != " " and value[-1] != " " and "_x000" not in value:
            return value
        return clean_text(value)
    if type(value) is float:
        if value.is_integer() and -_EXACT < value < _EXACT:
            return int(value)
        return value if value == value and abs(value) != float("inf") else None
    if type(value) is datetime and value.microsecond:
        # A serial number holds a second only nearly.
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    if type(value) is timedelta:
        return _length(value)
    return value  # type: ignore[return-value]


def clean_columns(rows: Sequence[Sequence[Any]]) -> list[Sequence[Cell]]:
    """The columns of many rows, their cells cleaned; None where a row ends earlier."""
    return [_clean_column(column) for column in zip_longest(*rows)]


def rows_of(columns: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Columns as rows, the empty cells at the right end of each row taken off; [] for a blank row."""
    rows: list[list[Cell]] = list(map(list, zip(*columns, strict=True)))
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    return rows


def _clean_column(column: tuple[Any, ...]) -> Sequence[Cell]:
    """The cells of one column; one look over all its texts together tells in most packets that none needs cleaning."""
    kinds = set(map(type, column))
    if kinds <= _CLEAN:
        return column
    if kinds <= TextsAndBlanks.kinds:
        texts = column if None not in column else [text for text in column if text is not None]
        if _all_tidy(texts):
            return Texts(column) if len(texts) == len(column) and "" not in texts else texts_and_blanks(column)
    return [clean(value) for value in column]


def texts_and_blanks(column: Iterable[str | None]) -> Sequence[Cell]:
    """A column of tidy texts, its empty ones as empty cells."""
    cells = [text or None for text in column]
    return TextsAndBlanks(cells) if any(cells) else cells


def _all_tidy(texts: Sequence[str]) -> bool:
    joined = _BETWEEN.join(texts)
    return (
        joined.isprintable()
        and ("_" not in joined or "_x000" not in joined)  # a single sign is looked for much more quickly
        and (" " not in joined or (f"{_BETWEEN} " not in joined and f" {_BETWEEN}" not in joined))
        and joined[:1] != " "
        and joined[-1:] != " "
    )


def _length(length: timedelta) -> Cell:
    seconds = round(length.total_seconds())
    if 0 <= seconds < 86_400:
        return (datetime.min + timedelta(seconds=seconds)).time()
    sign = "-" if seconds < 0 else ""
    hours, rest = divmod(abs(seconds), 3600)
    return f"{sign}{hours}:{rest // 60:02}:{rest % 60:02}"


def as_text(value: Cell) -> str:
    """A cell as a person would write it: no `.0`, days as 2026-11-30, no seconds when they are zero."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S" if value.second else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    return str(value)


def column_letter(index: int) -> str:
    """0 -> 'A', 26 -> 'AA': how people name a column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
