"""Reads .csv and .txt tables: any encoding, any delimiter, any line end, one row at a time."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _
from crm_desktop.exchange.readers.delimiters import delimiter_of
from crm_desktop.exchange.readers.encodings import encoding_of
from crm_desktop.exchange.readers.formats import NOT_A_SHEET

_SAMPLE = 256 << 10
_FIELD_LIMIT = 1 << 20
_TEXT_CONTROLS = "\t\n\r\x0b\x0c\x1a\x1c\x1d\x1e\x1f"
_GUARDED = re.compile(r"'+[=+\-@\t]")
UNCLOSED = _("A quotation mark in line {line} of “{file}” is never closed. Close or delete it and try again.")


class TextTable:
    """A text file as one sheet: `encoding` and `delimiter` as found or as given, `rows()` once."""

    def __init__(self, path: Path, encoding: str = "", delimiter: str = ""):
        self.path = path
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
            whole = not file.read(1)
        self.encoding = encoding or encoding_of(sample, whole)
        self.broken = 0
        try:
            first = list(islice(self._lines(), 120))
        except (LookupError, UnicodeError) as error:
            raise Invalid(
                _("“{file}” is not written in {encoding}. Choose another encoding."),
                file=path.name,
                encoding=encoding,
            ) from error
        self.broken = 0
        self.delimiter = delimiter or delimiter_of(first)
        if not encoding:
            self._refuse_binary(first)

    def rows(self) -> Iterator[list[str]]:
        """Every record as a list of texts; quoted cells may hold line breaks. Raises Invalid."""
        csv.field_size_limit(_FIELD_LIMIT)
        lines = _Counted(self._lines())
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

    def _lines(self) -> Iterator[str]:
        """Lines that end in '\\n', whatever they ended in; no zero characters; '\\r\\r\\n' counts as one line end."""
        previous = ""
        with (
            self.path.open("rb") as raw,
            io.TextIOWrapper(raw, self.encoding, errors="replace", newline="") as text,
        ):
            for line in text:
                if line == "\r\n" and previous.endswith("\r"):
                    previous = line
                    continue
                previous = line
                if "\x00" in line:
                    line = line.replace("\x00", "")
                if "\ufffd" in line:
                    self.broken += line.count("\ufffd")
                if line.endswith("\r\n"):
                    line = line[:-2] + "\n"
                elif line.endswith("\r"):
                    line = line[:-1] + "\n"
                yield line

    def _refuse_binary(self, first: list[str]) -> None:
        """A file that is no text at all decodes to rubbish in every encoding; valid UTF-8 hardly ever does."""
        text = "".join(first)
        strange = sum(char == "\ufffd" or (char < " " and char not in _TEXT_CONTROLS) for char in text)
        share = 2 if self.encoding.startswith("utf-8") else 10
        if strange > 8 and strange > len(text) // share:
            raise Invalid(NOT_A_SHEET, file=self.path.name, what=Invalid(_("a file of another program")))


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
