"""Finds the error cells of an .ods workbook, which the fast reader drops."""

from __future__ import annotations

import zipfile
from xml.parsers import expat

_MARK = b'value-type="error"'
_CHUNK = 1 << 20
_MOST_REPEATED = 1 << 20

Errors = dict[str, dict[tuple[int, int], str]]


def ods_errors(archive: zipfile.ZipFile) -> Errors:
    """Sheet name -> (row, column) from 0 -> the error's text."""
    with archive.open("content.xml") as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            if _MARK in tail + chunk:
                break
            tail = chunk[-len(_MARK) :]
        else:
            return {}
    walk = _Walk()
    with archive.open("content.xml") as stream:
        walk.parser.ParseFile(stream)
    return walk.errors


class _Walk:
    """Counts rows and cells while the XML goes by."""

    def __init__(self) -> None:
        self.errors: Errors = {}
        self.sheet: dict[tuple[int, int], str] = {}
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
            self.sheet = self.errors.setdefault(attributes.get("table:name", ""), {})
            self.row = 0
        elif name == "table:table-row":
            self.column = 0
            self.repeat_row = _repeated(attributes.get("table:number-rows-repeated"))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.repeat_column = _repeated(attributes.get("table:number-columns-repeated"))
            self.in_error = attributes.get("calcext:value-type") == "error"
            self.text = ""

    def _end(self, name: str) -> None:
        if name == "table:table-row":
            self.row += self.repeat_row
        elif name in ("table:table-cell", "table:covered-table-cell"):
            if self.in_error:
                self.sheet[self.row, self.column] = self.text or "#VALUE!"
                self.in_error = False
            self.column += self.repeat_column

    def _text(self, text: str) -> None:
        if self.in_error:
            self.text += text


def _repeated(count: str | None) -> int:
    return min(int(count), _MOST_REPEATED) if count and count.isdigit() else 1
