"""Finds the error cells, the merged areas and the pictures of an .ods workbook, which the fast reader drops."""

from __future__ import annotations

import posixpath
import zipfile
from xml.parsers import expat

from crm_desktop.exchange.readers.pictures import Placed

_MARKS = (b'value-type="error"', b"-spanned=", b"<draw:image")
_CHUNK = 1 << 20
_MOST_REPEATED = 1 << 20

_MOST_MERGED = 20_000
_MOST_PICTURES = 100_000

Errors = dict[str, dict[tuple[int, int], str]]
Merged = dict[str, list[list[int]]]
Pictures = dict[str, list[Placed]]


def scan(archive: zipfile.ZipFile) -> tuple[Errors, Merged, Pictures]:
    """Sheet name -> (row, column) from 0 -> the error's text; sheet name -> [first row, first column, last row, last column]; sheet
    name -> the pictures fixed to its cells."""
    with archive.open("content.xml") as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            if any(mark in text for mark in _MARKS):
                break
            tail = chunk[-max(map(len, _MARKS)) :]
        else:
            return {}, {}, {}
    walk = _Walk()
    with archive.open("content.xml") as stream:
        walk.parser.ParseFile(stream)
    return walk.errors, walk.merged, walk.pictures


class _Walk:
    """Counts rows and cells while the XML goes by."""

    def __init__(self) -> None:
        self.errors: Errors = {}
        self.merged: Merged = {}
        self.pictures: Pictures = {}
        self.sheet: dict[tuple[int, int], str] = {}
        self.areas: list[list[int]] = []
        self.placed: list[Placed] = []
        self.in_cell = self.pictured = False
        self.row = self.column = 0
        self.repeat_row = self.repeat_column = 1
        self.in_error = False
        self.text = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            sheet = attributes.get("table:name", "")
            self.sheet, self.areas = self.errors.setdefault(sheet, {}), self.merged.setdefault(sheet, [])
            self.placed = self.pictures.setdefault(sheet, [])
            self.row = 0
        elif name == "table:table-row":
            self.column = 0
            self.repeat_row = _repeated(attributes.get("table:number-rows-repeated"))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.repeat_column = _repeated(attributes.get("table:number-columns-repeated"))
            self.in_error = attributes.get("calcext:value-type") == "error"
            self.text = ""
            self.in_cell, self.pictured = True, False
            rows, columns = (_repeated(attributes.get(f"table:number-{way}-spanned")) for way in ("rows", "columns"))
            if (rows, columns) != (1, 1) and len(self.areas) < _MOST_MERGED:
                self.areas.append([self.row, self.column, self.row + rows - 1, self.column + columns - 1])
        elif name == "draw:image" and self.in_cell and not self.pictured and len(self.placed) < _MOST_PICTURES:
            # The first of a cell; what lies on the page itself belongs to none.
            self.pictured = True
            self.placed.append(Placed(self.row, self.column, posixpath.normpath(attributes.get("xlink:href", ""))))

    def _end(self, name: str) -> None:
        if name == "table:table-row":
            self.row += self.repeat_row
        elif name in ("table:table-cell", "table:covered-table-cell"):
            if self.in_error:
                self.sheet[self.row, self.column] = self.text or "#VALUE!"
                self.in_error = False
            self.in_cell = False
            self.column += self.repeat_column

    def _text(self, text: str) -> None:
        if self.in_error:
            self.text += text


def _repeated(count: str | None) -> int:
    return min(int(count), _MOST_REPEATED) if count and count.isdigit() else 1
