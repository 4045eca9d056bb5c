"""A workbook as it came out of the reader process: sheets of rows that can be gone through again and again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from crm_desktop.core.errors import Trouble
from crm_desktop.core.passing_folder import PassingFolder
from crm_desktop.exchange.cells import Cell, rows_of
from crm_desktop.exchange.readers.spool import read_columns, read_packet


@dataclass
class Sheet:
    """One sheet. `height` counts the rows that hold anything, `width` the columns.

    merged: areas as (first row, first column, last row, last column) from 0, where the format tells them. problem: why the
    sheet could not be read; its rows() then raises it. unreadable: characters its encoding did not know. encoding, delimiter:
    how it was written, for texts. pictures: column (from 0) -> number of the row -> where in the spool the picture of that cell is;
    unread: the same for why one cannot be taken. coined: its headings are not the file's but the program's own (cards, calendars).
    """

    name: str
    spool: Path
    packets: list[tuple[int, int, int]] = field(default_factory=list)
    height: int = 0
    width: int = 0
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    unreadable: int = 0
    problem: Trouble | None = None
    encoding: str = ""
    delimiter: str = ""
    pictures: dict[int, dict[int, tuple[int, int]]] = field(default_factory=dict)
    unread: dict[int, dict[int, str]] = field(default_factory=dict)
    coined: bool = False

    def pictures_of(self, column: int, numbers: Sequence[int]) -> list[str | None]:
        """The pictures in and over the cells of these rows, as records keep them."""
        places = self.pictures.get(column, {})
        with self.spool.open("rb") as file:

            def read(begin: int, length: int) -> str:
                file.seek(begin)
                return file.read(length).decode("ascii")

            return [read(*places[number]) if number in places else None for number in numbers]

    def columns(self) -> Iterator[tuple[list[int], list[Sequence[Cell]]]]:
        """Some hundred rows at a time: their numbers as the spreadsheet shows them, and their columns; blank rows left out."""
        if self.problem is not None:
            raise self.problem
        with self.spool.open("rb") as file:
            for offset, _count, _first in self.packets:
                yield read_columns(file, offset)

    def blocks(self) -> Iterator[tuple[list[int], list[list[Cell]]]]:
        """The same as rows, without the empty cells at the right end of each."""
        for numbers, columns in self.columns():
            yield numbers, rows_of(columns)

    def numbered(self) -> Iterator[tuple[int, list[Cell]]]:
        """The same row by row."""
        for numbers, rows in self.blocks():
            yield from zip(numbers, rows, strict=True)

    def some(self, numbers: Iterable[int]) -> dict[int, list[Cell]]:
        """These rows by their numbers; blank ones and those that are not there are left out."""
        wanted: dict[int, list[int]] = {}
        for number in numbers:
            wanted.setdefault(bisect_right(self.packets, number, key=lambda packet: packet[2]) - 1, []).append(number)
        found: dict[int, list[Cell]] = {}
        with self.spool.open("rb") as file:
            for place, asked in wanted.items():
                rows = dict(zip(*read_packet(file, self.packets[place][0]), strict=True)) if place >= 0 else {}
                found.update((number, rows[number]) for number in asked if number in rows)
        return found

    def rows(self) -> Iterator[list[Cell]]:
        """The rows alone."""
        return (row for _number, row in self.numbered())

    def head(self, count: int) -> list[tuple[int, list[Cell]]]:
        """The first `count` rows with their numbers."""
        found: list[tuple[int, list[Cell]]] = []
        for numbered in self.numbered():
            if len(found) == count:
                break
            found.append(numbered)
        return found


@dataclass
class Workbook:
    """A file that was read: what it is, how it was understood, and its sheets (visible ones first).

    format: xlsx, xls, xlsb, ods, csv, vcf, ics or json; an encoding have all but the first four, a delimiter
    only csv. Close it (or use `with`) to drop the spool.
    """

    path: Path
    folder: PassingFolder
    format: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    sheets: list[Sheet] = field(default_factory=list)

    def sheet(self, name: str | None = None) -> Sheet:
        """The sheet of that name; without a name the first visible one that holds anything, else the first."""
        if name is not None:
            return next(sheet for sheet in self.sheets if sheet.name == name)
        filled = (sheet for sheet in self.sheets if sheet.height and not sheet.hidden)
        return next(filled, self.sheets[0])

    def close(self) -> None:
        """Forget the rows."""
        self.folder.cleanup()

    def __enter__(self) -> Workbook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
