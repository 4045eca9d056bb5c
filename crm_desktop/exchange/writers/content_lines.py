"""Lines of vCard and iCalendar files as the standards want them: escaped, folded at 75 bytes, ended by CR LF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any

from crm_desktop.core import clock
from crm_desktop.exchange.cells import as_text
from crm_desktop.exchange.writers.columns import Column

WIDEST = 75  # bytes of a line (RFC 5545, 3.1; RFC 6350, 3.2)


def escaped(text: str) -> str:
    """Text as a value: commas, semicolons, backslashes and line breaks written out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """The line in UTF-8, cut into pieces of at most 75 bytes; no character is cut in two."""
    data = line.encode("utf-8", "replace")
    if len(data) <= WIDEST:
        return data + b"\r\n"
    pieces, start = [], 0
    while start < len(data):
        end = min(start + WIDEST - (1 if start else 0), len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end])
        start = end
    return b"\r\n ".join(pieces) + b"\r\n"


def utc(wall: datetime) -> str:
    """Wall time of this PC as 20261130T013000Z."""
    return clock.to_utc(wall).strftime("%Y%m%dT%H%M%SZ")


def own_line(name: str, value: Any) -> str:
    """A fact the standard has no property for: X-CRM-IS-PRIMARY:yes."""
    return f"X-CRM-{name.upper().replace('_', '-')}:{escaped(text_of(value))}"


def text_of(value: Any) -> str:
    """Any value as text that the import reads again."""
    if isinstance(value, datetime | date) or not hasattr(value, "as_tuple"):
        return as_text(value)
    return format(value, "f")  # amounts


class EntryWriter:
    """What the writers of cards and calendars share: rows become dictionaries of what is not empty, entries become lines."""

    begin: Sequence[str] = ()
    end: Sequence[str] = ()

    def __init__(self, file: IO[bytes], columns: Sequence[Column]):
        self._file = file
        self._names = [column.name or column.heading for column in columns]
        self._put(self.begin)

    def lines(self, facts: dict[str, Any]) -> list[str]:
        """The lines of one entry; takes out of `facts` what it has written."""
        raise NotImplementedError

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Write a packet of rows."""
        for row in rows:
            facts = {name: value for name, value in zip(self._names, row, strict=True) if value not in (None, "")}
            self._put(self.lines(facts))

    def close(self) -> None:
        """End the file; the file object stays open."""
        self._put(self.end)

    def abandon(self) -> None:
        """Nothing is held back that would have to be dropped."""

    def _put(self, lines: Sequence[str]) -> None:
        self._file.write(b"".join(map(folded, lines)))
