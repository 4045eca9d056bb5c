"""Reads .csv and .txt tables: any encoding, any delimiter, any line end, one row at a time."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _
from crm_desktop.exchange.readers.delimiters import delimiter_of
from crm_desktop.exchange.readers.text_file import TextFile

_FIELD_LIMIT = 1 << 20
_GUARDED = re.compile(r"'+[=+\-@\t]")
UNCLOSED = _("A quotation mark in line {line} of “{file}” is never closed. Close or delete it and try again.")


class TextTable:
    """A text file as one sheet: `encoding` and `delimiter` as found or as given, `rows()` once."""

    def __init__(self, path: Path, encoding: str = "", delimiter: str = ""):
        self.path = path
        self.file = TextFile(path, encoding)
        self.encoding = self.file.encoding
        self.delimiter = delimiter or delimiter_of(self.file.first)

    @property
    def broken(self) -> int:
        """Characters the encoding did not know."""
        return self.file.broken

    def rows(self) -> Iterator[list[str]]:
        """Every record as a list of texts; quoted cells may hold line breaks. Raises Invalid."""
        csv.field_size_limit(_FIELD_LIMIT)
        lines = _Counted(self.file.lines())
        reader = csv.reader(lines, delimiter=self.delimiter)
        begin = 1
        row: list[str] = []
        try:
            for row in reader:
                if begin == 1 and len(row) <= 2 and row and row[0].lower().startswith("sep="):
                    row = []
                yield [_without_guard(cell) if cell[:1] == "'" else cell for cell in row]
                end, begin = begin, reader.line_num + 1
        except csv.Error as error:
            raise Invalid(UNCLOSED, file=self.path.name, line=begin) from error
        if row and "\n" in row[-1] and not lines.last.rstrip("\r\n").endswith('"'):
            raise Invalid(UNCLOSED, file=self.path.name, line=end)


def _without_guard(cell: str) -> str:
    """Take off the apostrophe that keeps a cell from being run as a formula (see writers.csv_text)."""
    return cell[1:] if _GUARDED.match(cell) else cell


class _Counted:
    """An iterator of lines that remembers the last one, to tell a closed quotation from one that ran to the end."""

    def __init__(self, lines: Iterator[str]):
        self._lines = lines
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.last = next(self._lines)
        return self.last
