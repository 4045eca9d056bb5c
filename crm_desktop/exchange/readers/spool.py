"""The file between the reader process and the program: rows in packets that can be read again from any place.

A packet is the numbers of its rows (from 1) and their columns. A column of texts is written as one text: of half a million of them
that takes half the time.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from types import NoneType
from typing import IO, Any

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _
from crm_desktop.exchange.cells import Cell, Texts, TextsAndBlanks, clean_columns, kinds_of, rows_of, texts_and_blanks

PACKET = 500
MOST_ROWS = 2_000_000
MOST_COLUMNS = 1_000

TOO_WIDE = _(
    "The sheet “{sheet}” has more than {most:,} columns. Delete what lies to the right of the table, also single stray cells, "
    "and try again."
)
TOO_LONG = _("The sheet “{sheet}” has more than {most:,} rows. Split it into several files.")

_ALLOWED = {"date": date, "datetime": datetime, "time": time}


class SheetSpool:
    """Takes the rows of one sheet and writes them in packets. Blank rows are left out.

    packets: where each begins in the file, how many rows it has, and the number of its first row.
    """

    def __init__(self, file: IO[bytes], name: str):
        self.file = file
        self.name = name
        self.packets: list[tuple[int, int, int]] = []
        self.rows = 0
        self.width = 0
        self._numbers: list[int] = []
        self._rows: list[list[Any]] = []
        self._left_out: dict[int, list[int]] = {}

    def leave_out(self, cells: Iterable[tuple[int, int]]) -> None:
        """What will stand in these cells (number of the row, column from 0) is no value."""
        for number, column in cells:
            self._left_out.setdefault(number, []).append(column)

    def add(self, number: int, row: list[Any]) -> None:
        """Take row `number` (from 1). Raises Invalid when the sheet is too wide or too long."""
        self._numbers.append(number)
        self._rows.append(row)
        if len(self._rows) == PACKET or len(row) > MOST_COLUMNS:
            self.flush()

    def add_all(self, first: int, rows: list[list[Any]]) -> None:
        """Take the rows from number `first` on, some hundred of them. Raises Invalid as `add` does."""
        self._numbers.extend(range(first, first + len(rows)))
        self._rows.extend(rows)
        self.flush()

    def flush(self) -> None:
        """Clean and write what is waiting. Raises Invalid as `add` does."""
        for number, row in zip(self._numbers, self._rows, strict=True) if self._left_out else ():
            for column in self._left_out.get(number, ()):
                row[column : column + 1] = [None]
        numbers, columns = _without_blanks(self._numbers, clean_columns(self._rows))
        self._numbers, self._rows = [], []
        if not numbers:
            return
        self.rows += len(numbers)
        self.width = max(self.width, len(columns))
        if self.width > MOST_COLUMNS:
            raise Invalid(TOO_WIDE, sheet=self.name, most=MOST_COLUMNS)
        if self.rows > MOST_ROWS:
            raise Invalid(TOO_LONG, sheet=self.name, most=MOST_ROWS)
        self.packets.append((self.file.tell(), len(numbers), numbers[0]))
        pickle.dump((numbers, list(map(_written, columns))), self.file, protocol=5)


_BETWEEN = "\0"  # stands in no cleaned text


def _without_blanks(numbers: list[int], columns: list[Sequence[Cell]]) -> tuple[list[int], list[Sequence[Cell]]]:
    """Without rows and columns at the right in which nothing stands."""
    while columns and columns[-1].count(None) == len(numbers):
        columns.pop()
    blank = range(len(numbers))
    for column in columns:
        if not (blank := [place for place in blank if column[place] is None]):  # type: ignore[assignment]
            return numbers, columns
    gone = set(blank)
    kept = [place for place in range(len(numbers)) if place not in gone]
    return [numbers[place] for place in kept], [[column[place] for place in kept] for column in columns]


def _written(column: Sequence[Any]) -> str | Sequence[Cell]:
    kinds = kinds_of(column)
    if not kinds <= TextsAndBlanks.kinds:
        return column
    return _BETWEEN.join([text or "" for text in column] if NoneType in kinds else column)


def _read(column: Any) -> Sequence[Cell]:
    if not isinstance(column, str):
        return column  # type: ignore[no-any-return]
    texts = column.split(_BETWEEN)
    return texts_and_blanks(texts) if "" in texts else Texts(texts)


class _PlainUnpickler(pickle.Unpickler):
    """Takes nothing but plain values, days and times: the other process may have been led astray by a hostile file."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _ALLOWED:
            return _ALLOWED[name]
        raise pickle.UnpicklingError(f"{module}.{name} does not belong into a sheet")


def read_columns(file: IO[bytes], offset: int) -> tuple[list[int], list[Sequence[Cell]]]:
    """The rows of one packet: their numbers, and their columns."""
    file.seek(offset)
    numbers, written = _PlainUnpickler(file).load()
    columns = list(map(_read, written))
    if any(len(column) != len(numbers) for column in columns):
        raise pickle.UnpicklingError("columns of different lengths do not belong into a sheet")
    return numbers, columns


def read_packet(file: IO[bytes], offset: int) -> tuple[list[int], list[list[Cell]]]:
    """The same row by row, without the empty cells at the right end of each."""
    numbers, columns = read_columns(file, offset)
    return numbers, rows_of(columns)
