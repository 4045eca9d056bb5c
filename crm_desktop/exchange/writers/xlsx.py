"""Writes an .xlsx workbook as it comes: packets of rows go straight through the compressor, memory stays flat."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import IO, Any

from crm_desktop.exchange.cells import column_letter
from crm_desktop.exchange.writers import xlsx_frame
from crm_desktop.exchange.writers.columns import Column, fitting_width
from crm_desktop.exchange.writers.xlsx_cells import CONTENTS, ROW, STYLE, Odd, escape_all, template

MOST_ROWS = 1_048_576  # of a sheet, heading included
LEVEL = 6
_TEMPLATES_KEPT = 4_096
_AT_ONCE = 64  # rows given to the compressor: more would not stay in the processor's cache


class XlsxWriter:
    """One table as a workbook: styled headings, frozen and filtered, typed cells. A very long table goes on in further sheets.

    Text is written as text and can never become a formula or a number.
    """

    def __init__(self, file: IO[bytes], title: str, columns: Sequence[Column], total: str = ""):
        """total: what stands before the sums of the amounts below the last row; '' for no sums."""
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
        self._letters = [column_letter(index) for index in range(len(self._columns))]
        self._contents = [CONTENTS[column.sort] for column in self._columns]
        self._cells = [
            template("text" if column.sort == "mixed" else column.sort, letter)
            for column, letter in zip(self._columns, self._letters, strict=True)
        ]
        self._rows: dict[tuple[bool, ...], str] = {}
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
        write("[Content_Types].xml", xlsx_frame.content_types(self._sheets))
        self._archive.close()

    def _total_row(self) -> str:
        """The sums of the amounts, outside of what the filter covers."""
        if not self._sums or self._row < 2:
            return ""
        number = self._row + 1
        (label,) = escape_all([self._total])
        cells = f'<c r="A{number}" s="{STYLE["head"]}" t="inlineStr"><is><t>{label}</t></is></c>'
        for place, amount in self._sums.items():
            cells += f'<c r="{self._letters[place]}{number}" s="{STYLE["total"]}"><v>{amount:f}</v></c>'
        return f'<row r="{number}">{cells}</row>'

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
        """Rows with the same cells filled share one template, so that a row costs one substitution."""
        contents: list[list[str]] = []
        odd: dict[int, dict[int, str]] = {}
        for index, values in enumerate(zip(*rows, strict=True)):
            found, strange = self._contents[index](values)
            contents.append(found)
            self._collect(odd, index, strange)
        assert self._part is not None
        lines: list[bytes] = []
        number = self._row
        for place, row in enumerate(zip(*contents, strict=True)):
            number += 1
            if place in odd:
                xml = self._odd_row(row, odd[place]).replace(ROW, str(number))
            else:
                filled = tuple(map(bool, row))
                form = self._rows.get(filled) or self._row_template(filled)
                xml = form.replace(ROW, str(number)) % tuple(filter(None, row))
            # Row by row: one text of them all, two or four bytes a character, would cost more than the rest.
            lines.append(xml.encode("utf-8", "replace"))
            if len(lines) == _AT_ONCE:
                self._part.write(b"".join(lines))
                lines.clear()
        self._part.write(b"".join(lines))
        self._row = number

    def _collect(self, odd: dict[int, dict[int, str]], index: int, strange: Odd) -> None:
        for place, xml in strange.items():
            odd.setdefault(place, {})[index] = xml % self._letters[index]

    def _row_template(self, filled: tuple[bool, ...]) -> str:
        if len(self._rows) > _TEMPLATES_KEPT:
            self._rows.clear()
        cells = "".join(cell for cell, there in zip(self._cells, filled, strict=True) if there)
        self._rows[filled] = form = f'<row r="{ROW}">{cells}</row>'
        return form

    def _odd_row(self, row: tuple[str, ...], odd: dict[int, str]) -> str:
        cells = [
            odd.get(index) or (cell % content if content else "")
            for index, (cell, content) in enumerate(zip(self._cells, row, strict=True))
        ]
        return f'<row r="{ROW}">{"".join(cells)}</row>'

    def _end_sheet(self, total: str = "") -> None:
        if self._part is not None:
            self._put(total + xlsx_frame.sheet_end(self._letters[-1], self._row))
            self._part.close()
            self._part = None

    def _put(self, xml: str) -> None:
        assert self._part is not None
        self._part.write(xml.encode("utf-8", "replace"))
