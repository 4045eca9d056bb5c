"""The file between the reader process and the program: rows in packets that can be read again from any place."""

from __future__ import annotations

import pickle
from datetime import date, datetime, time
from typing import IO, Any

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _
from crm_desktop.exchange.cells import Cell, clean_rows

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
    """Takes the rows of one sheet and writes them in packets: ([row numbers from 1], [rows]). Blank rows are left out.

    packets: where each begins in the file, how many rows it has, and the number of its first row.
    """

    def __init__(self, file: IO[bytes], name: str):
        self.file = file
        self.name = name
        self.packets: list[tuple[int, int, int]] = []
        self.rows = 0
        self.width = 0
        self._numbers: list[int] = []
        self._rows: list[list[Cell]] = []

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
        numbers: list[int] = []
        rows: list[list[Cell]] = []
        for number, row in zip(self._numbers, clean_rows(self._rows), strict=True):
            if row:
                numbers.append(number)
                rows.append(row)
        self._numbers, self._rows = [], []
        if not rows:
            return
        self.rows += len(rows)
        self.width = max(self.width, *map(len, rows))
        if self.width > MOST_COLUMNS:
            raise Invalid(TOO_WIDE, sheet=self.name, most=MOST_COLUMNS)
        if self.rows > MOST_ROWS:
            raise Invalid(TOO_LONG, sheet=self.name, most=MOST_ROWS)
        self.packets.append((self.file.tell(), len(rows), numbers[0]))
        pickle.dump((numbers, rows), self.file, protocol=5)


class _PlainUnpickler(pickle.Unpickler):
    """Takes nothing but plain values, days and times: the other process may have been led astray by a hostile file."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _ALLOWED:
            return _ALLOWED[name]
        raise pickle.UnpicklingError(f"{module}.{name} does not belong into a sheet")


def read_packet(file: IO[bytes], offset: int) -> tuple[list[int], list[list[Cell]]]:
    """The rows of one packet: their numbers, and their cells."""
    file.seek(offset)
    numbers, rows = _PlainUnpickler(file).load()
    return numbers, rows
