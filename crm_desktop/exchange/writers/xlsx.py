"""Writes an .xlsx workbook as it comes: packets of rows go straight through the compressor, memory stays flat."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from typing import IO, Any

from crm_desktop.exchange.cells import column_letter
from crm_desktop.exchange.writers import xlsx_frame
from crm_desktop.exchange.writers.columns import Column, fitting_width
from crm_desktop.exchange.writers.xlsx_cells import ENCODERS, STYLE, escape_all

MOST_ROWS = 1_048_576  # of a sheet, heading included
LEVEL = 6


class XlsxWriter:
    """One table as a workbook: styled headings, frozen and filtered, typed cells. A very long table goes on in further sheets.

    Text is written as text and can never become a formula or a number.
    """

    def __init__(self, file: IO[bytes], title: str, columns: Sequence[Column]):
        self._title = title
        self._columns = list(columns)
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        self._sheets = 0
        self._part: IO[bytes] | None = None
        self._row = 0
        self._letters = [column_letter(index) for index in range(len(self._columns))]
        self._encoders = [ENCODERS[column.sort] for column in self._columns]
        self._widths: list[float] = []

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Write a packet of rows (some hundred is a good measure); each as long as there are columns."""
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
        self._end_sheet()
        write = self._archive.writestr
        write("xl/workbook.xml", xlsx_frame.workbook(self._names()))
        write("xl/_rels/workbook.xml.rels", xlsx_frame.workbook_relations(self._sheets))
        write("xl/styles.xml", xlsx_frame.STYLES)
        write("_rels/.rels", xlsx_frame.ROOT_RELATIONS)
        write("[Content_Types].xml", xlsx_frame.content_types(self._sheets))
        self._archive.close()

    def abandon(self) -> None:
        """Let go of the archive without finishing it; the half-written file is of no use."""
        self._part = None
        self._archive.fp = None

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
        cells = "".join(
            f'<c r="{letter}1" s="{STYLE["head"]}" t="inlineStr"><is><t xml:space="preserve">{heading}</t></is></c>'
            for letter, heading in zip(self._letters, headings, strict=True)
        )
        self._put(f'{xlsx_frame.sheet_begin(self._widths)}<row r="1" ht="20" customHeight="1">{cells}</row>')
        self._row = 1

    def _write(self, rows: Sequence[Sequence[Any]]) -> None:
        numbers = range(self._row + 1, self._row + 1 + len(rows))
        columns = [
            encode(letter, numbers, values)
            for encode, letter, values in zip(self._encoders, self._letters, zip(*rows, strict=True), strict=True)
        ]
        lines = [
            f'<row r="{number}">{"".join(cells)}</row>'
            for number, cells in zip(numbers, zip(*columns, strict=True), strict=True)
        ]
        self._put("".join(lines))
        self._row += len(rows)

    def _end_sheet(self) -> None:
        if self._part is not None:
            self._put(xlsx_frame.sheet_end(self._letters[-1], self._row))
            self._part.close()
            self._part = None

    def _put(self, xml: str) -> None:
        assert self._part is not None
        self._part.write(xml.encode("utf-8", "replace"))
