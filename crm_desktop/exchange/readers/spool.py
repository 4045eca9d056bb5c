"""The file between the reader process and the program: rows in packets that can be read again from any place."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import IO, Any

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _
from crm_desktop.exchange.cells import Cell, clean_row

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
    """Takes the rows of one sheet and writes them in packets: ([row numbers from 1], [rows]). Blank rows are left out."""

    def __init__(self, file: IO[bytes], name: str):
        self.file = file
        self.name = name
        self.packets: list[tuple[int, int]] = []
        self.rows = 0
        self.width = 0
        self._numbers: list[int] = []
        self._rows: list[list[Cell]] = []

    def add(self, number: int, raw: list[Any]) -> None:
        """Take row `number` (from 1). Raises Invalid when the sheet is too wide or too long."""
        row = clean_row(raw)
        if not row:
            return
        if len(row) > self.width:
            if len(row) > MOST_COLUMNS:
                raise Invalid(TOO_WIDE, sheet=self.name, most=MOST_COLUMNS)
            self.width = len(row)
        self.rows += 1
        if self.rows > MOST_ROWS:
            raise Invalid(TOO_LONG, sheet=self.name, most=MOST_ROWS)
        self._numbers.append(number)
        self._rows.append(row)
        if len(self._rows) == PACKET:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        if self._rows:
            self.packets.append((self.file.tell(), len(self._rows)))
            pickle.dump((self._numbers, self._rows), self.file, protocol=5)
            self._numbers, self._rows = [], []


class _PlainUnpickler(pickle.Unpickler):
    """Takes nothing but plain values, days and times: the other process may have been led astray by a hostile file."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _ALLOWED:
            return _ALLOWED[name]
        raise pickle.UnpicklingError(f"{module}.{name} does not belong into a sheet")


def read_packet(file: IO[bytes], offset: int) -> Iterable[tuple[int, list[Cell]]]:
    """The rows of one packet with their numbers."""
    file.seek(offset)
    numbers, rows = _PlainUnpickler(file).load()
    return zip(numbers, rows, strict=True)
