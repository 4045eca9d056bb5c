"""Writes a .csv table that Excel opens with its Chinese intact and in which no cell can act as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import IO, Any

from crm_desktop.exchange.cells import as_text
from crm_desktop.exchange.writers.columns import Column

ENCODINGS = ("utf-8-sig", "gb18030")
# What a spreadsheet might run when it opens the file. Signed numbers and phone numbers are left as they are. The reader
# takes the apostrophe off again, so a cell that begins with one before such a sign gets another.
_ACTIVE = re.compile(r"'*[=@\t]|'*[+\-](?![\d\s().\-]*$)|'+[+\-]")
_BEGINNINGS = frozenset("=+-@\t'")


class CsvWriter:
    """One table as comma-separated text with '\\r\\n' line ends, in UTF-8 with a byte order mark or in GB18030."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column], encoding: str = "utf-8-sig", delimiter: str = ","):
        self._text = io.TextIOWrapper(file, encoding, errors="replace", newline="", write_through=False)
        self._writer = csv.writer(self._text, delimiter=delimiter, lineterminator="\r\n")
        self._money = [index for index, column in enumerate(columns) if column.sort == "money"]
        self._writer.writerow([harmless(column.heading) for column in columns])

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Write a packet of rows."""
        self._writer.writerows([self._cell(value) for value in row] for row in rows)

    def close(self) -> None:
        """Flush; the file object stays open."""
        self._text.flush()
        self._text.detach()

    def abandon(self) -> None:
        """Let go of the file without flushing."""
        try:
            self._text.detach()
        except (OSError, ValueError):
            return

    def _cell(self, value: Any) -> str:
        if type(value) is str:
            if "\r" in value:
                value = value.replace("\r\n", "\n").replace("\r", "\n")
            return harmless(value) if value[:1] in _BEGINNINGS else value
        if isinstance(value, Decimal):
            return format(value, "f")
        return as_text(value)


def harmless(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula: with an apostrophe before it when it begins like one."""
    return "'" + text if _ACTIVE.match(text) else text
