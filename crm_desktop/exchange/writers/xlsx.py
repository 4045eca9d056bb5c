"""Writes an .xlsx workbook as it comes: packets of rows go straight through the compressor, memory stays flat."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import IO, Any

from crm_desktop.exchange.cells import column_letter
from crm_desktop.exchange.writers import xlsx_frame
from crm_desktop.exchange.writers.columns import Column, fitting_width
from crm_desktop.exchange.writers.xlsx_cells import CLOSE, CONTENTS, OPEN, escape_all
from crm_desktop.exchange.writers.xlsx_pictures import ROW_HEIGHT, Pictures

MOST_ROWS = 1_048_576  # of a sheet, heading included
LEVEL = 5  # a quarter less time than 6, for a file one per cent larger


class XlsxWriter:
    """One table as a workbook: styled headings, frozen and filtered, typed cells. A very long table goes on in further sheets.

    Text is written as text and can never become a formula or a number.
    """

    def __init__(self, file: IO[bytes], title: str, columns: Sequence[Column], total: str = "", author: str = "", mark: str = ""):
        """total: what stands before the sums of the amounts below the last row; '' for no sums. author, mark: who has made
        the file, and what stands of that at the foot of each printed page."""
        self._author, self._mark = author, mark
        self._title = title
        self._columns = list(columns)
        sums = [place for place, column in enumerate(self._columns) if column.sort == "money"]
        # The line is known for one by what stands first in it, so that no import takes it for a record.
        self._sums = dict.fromkeys(sums, Decimal()) if total and sums and sums[0] > 0 else {}
        self._total = total
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        self._sheets = 0
        self._part: IO[bytes] | None = None
        self._row = 0
        self._letters = [column_letter(index).encode() for index in range(len(self._columns))]
        self._contents = [CONTENTS[column.sort] for column in self._columns]
        # Cells of a mixed column bring their own sort.
        self._sorts = ["text" if column.sort in ("mixed", "picture") else column.sort for column in self._columns]
        self._pictured = [place for place, column in enumerate(self._columns) if column.sort == "picture"]
        self._pictures = Pictures() if self._pictured else None
        self._row_opened = b'" ht="%d" customHeight="1">' % ROW_HEIGHT if self._pictured else b'">'
        self._widths: list[float] = []

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Write a packet of rows (some hundred is a good measure); each as long as there are columns."""
        for place in self._sums:
            self._sums[place] += sum(row[place] for row in rows if isinstance(row[place], Decimal))
        done = 0
        while done < len(rows):
            if self._part is None:
                self._begin_sheet(rows)
            room = MOST_ROWS - self._row
            self._write(rows[done : done + room])
            done += room
            if self._row >= MOST_ROWS:
                self._end_sheet()

    def close(self) -> None:
        """Write what surrounds the sheets; the file object stays open."""
        if self._part is None and not self._sheets:
            self._begin_sheet([])
        self._end_sheet(self._total_row())
        write = self._archive.writestr
        write("xl/workbook.xml", xlsx_frame.workbook(self._names()))
        write("xl/_rels/workbook.xml.rels", xlsx_frame.workbook_relations(self._sheets))
        write("xl/styles.xml", xlsx_frame.STYLES)
        write("_rels/.rels", xlsx_frame.ROOT_RELATIONS)
        write("docProps/core.xml", xlsx_frame.properties(self._author, self._mark))
        write("[Content_Types].xml", xlsx_frame.content_types(self._sheets, self._pictures.drawn if self._pictures else ()))
        self._archive.close()
        if self._pictures is not None:
            self._pictures.close()

    def _total_row(self) -> bytes:
        """The sums of the amounts, outside of what the filter covers."""
        if not self._sums or self._row < 2:
            return b""
        number = b"%d" % (self._row + 1)
        cells = self._cell(0, number, "head", escape_all([self._total])[0])
        for place, amount in self._sums.items():
            cells += self._cell(place, number, "total", f"{amount:f}".encode())
        return b'<row r="%b">%b</row>' % (number, cells)

    def _cell(self, place: int, number: bytes, sort: str, content: bytes) -> bytes:
        return b"".join((b'<c r="', self._letters[place], number, OPEN[sort], content, CLOSE[sort]))

    def abandon(self) -> None:
        """Let go of the archive without finishing it; the half-written file is of no use."""
        self._part = None
        self._archive.fp = None
        if self._pictures is not None:
            self._pictures.close()

    def _names(self) -> list[str]:
        return [xlsx_frame.sheet_name(self._title, number) for number in range(1, self._sheets + 1)]

    def _begin_sheet(self, first: Sequence[Sequence[Any]]) -> None:
        if not self._widths:
            sample = first[:300]
            self._widths = [
                fitting_width(column, [row[index] for row in sample]) for index, column in enumerate(self._columns)
            ]
        self._sheets += 1
        self._part = self._archive.open(f"xl/worksheets/sheet{self._sheets}.xml", "w", force_zip64=True)
        headings = escape_all([column.heading for column in self._columns])
        cells = b"".join(self._cell(place, b"1", "head", heading) for place, heading in enumerate(headings))
        self._part.write(xlsx_frame.sheet_begin(self._widths).encode() + b'<row r="1" ht="20" customHeight="1">%b</row>' % cells)
        self._row = 1

    def _write(self, rows: Sequence[Sequence[Any]]) -> None:
        """The pieces of all cells lie in one list, filled column by column, and are joined once: text put together cell by
        cell, two bytes a character until it is encoded, takes twice as long."""
        count, row = len(rows), 3 + 4 * len(self._columns) + 1  # pieces of a row
        numbers = [b"%d" % number for number in range(self._row + 1, self._row + 1 + count)]
        opened = {sort: [number + OPEN[sort] for number in numbers] for sort in set(self._sorts)}
        pieces = [b""] * (count * row)
        pieces[0::row], pieces[1::row], pieces[2::row] = [b'<row r="'] * count, numbers, [self._row_opened] * count
        pieces[row - 1 :: row] = [b"</row>"] * count
        at = 3
        for values, contents, sort, letter in zip(zip(*rows, strict=True), self._contents, self._sorts, self._letters, strict=True):
            found, odd = contents(values)
            begin = b'<c r="' + letter
            if b"" in found:
                pieces[at::row] = [begin if content else b"" for content in found]
                pieces[at + 1 :: row] = [opening if content else b"" for opening, content in zip(opened[sort], found, strict=True)]
                pieces[at + 3 :: row] = [CLOSE[sort] if content else b"" for content in found]
            else:
                pieces[at::row], pieces[at + 1 :: row], pieces[at + 3 :: row] = [begin] * count, opened[sort], [CLOSE[sort]] * count
            pieces[at + 2 :: row] = found
            for place, (strange, content) in odd.items():
                first = place * row + at
                pieces[first : first + 4] = begin, numbers[place] + OPEN[strange], content, CLOSE[strange]
            at += 4
        if self._pictures is not None:
            for column in self._pictured:
                for place, row_values in enumerate(rows):
                    self._pictures.take(self._row + place, column, row_values[column])
        assert self._part is not None
        self._part.write(b"".join(pieces))
        self._row += count

    def _end_sheet(self, total: bytes = b"") -> None:
        if self._part is not None:
            drawn = self._pictures is not None and self._pictures.waiting()
            self._part.write(total + xlsx_frame.sheet_end(self._letters[-1].decode(), self._row, self._mark, drawn).encode())
            self._part.close()
            self._part = None
            if self._pictures is not None:
                self._pictures.put(self._archive, self._sheets)
