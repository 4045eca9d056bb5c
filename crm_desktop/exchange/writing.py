"""Writes a table to a file: packets of rows in, a finished workbook, text, JSON, cards or calendar out, or nothing at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, Any, Protocol

from crm_desktop.core.errors import Cancelled, Invalid
from crm_desktop.core.words import _
from crm_desktop.exchange.writers.columns import Column
from crm_desktop.exchange.writers.csv_text import CsvWriter
from crm_desktop.exchange.writers.icalendar import IcalendarWriter
from crm_desktop.exchange.writers.json_text import JsonWriter
from crm_desktop.exchange.writers.vcard import VcardWriter
from crm_desktop.exchange.writers.whole_file import whole_file
from crm_desktop.exchange.writers.xlsx import XlsxWriter

# Format -> the file's usual ending. "csv" is UTF-8 with a byte order mark, "csv-gb18030" what old Chinese programs expect.
FORMATS = {"xlsx": ".xlsx", "csv": ".csv", "csv-gb18030": ".csv", "json": ".json", "vcf": ".vcf", "ics": ".ics"}
# What cards and calendars can be of.
ON_CARDS = ("contact", "customer", "lead")
IN_CALENDARS = ("event", "task")


class Writer(Protocol):
    """What writes one format."""

    def add(self, rows: Sequence[Sequence[Any]]) -> None: ...
    def close(self) -> None: ...
    def abandon(self) -> None: ...


Draw = Callable[[IO[bytes], str, Sequence[Column]], Writer]


def formats_for(about: str) -> list[str]:
    """The formats records of this type can be written in."""
    return [name for name in FORMATS if _fits(name, about)]


def _fits(format: str, about: str) -> bool:
    return {"vcf": about in ON_CARDS, "ics": about in IN_CALENDARS}.get(format, True)


def write_table(
    path: str | Path,
    title: str,
    columns: Sequence[Column],
    packets: Iterable[Sequence[Sequence[Any]]],
    *,
    format: str = "xlsx",
    about: str = "",
    total: str = "",
    delimiter: str = ",",
    encoding: str = "",
    progress: Callable[[int], None] | None = None,
    cancel: threading.Event | None = None,
    before_end: Callable[[int], None] | None = None,
    draw: Draw | None = None,
    author: str = "",
    mark: str = "",
) -> int:
    """Write `packets` of rows below `columns`; returns the number of rows.

    about: the record type's key, for cards and calendars. total: what stands before the sums in a workbook; '' for no sums.
    author, mark: who makes a workbook, and what stands of that at the foot of its pages.
    draw: a writer of another room instead of a format. delimiter, encoding: of a csv. progress is told the rows written so
    far; before_end the rows in all, before the file gets its name: if that fails, there is no file. Raises Trouble with a
    sentence (disk full, locked file), Cancelled when `cancel` was set; in both cases nothing appears under `path` and what
    lay there before stays.
    """
    if draw is None and (format not in FORMATS or not _fits(format, about)):
        raise Invalid(
            _("There is no file format “{format}”. Choose one of: {formats}."), format=format, formats=", ".join(formats_for(about))
        )
    if not columns:
        raise Invalid(_("There is no column to write. Choose at least one."))
    path = Path(path)
    rows = 0
    with whole_file(path) as file:
        writer: Writer
        if draw is not None:
            writer = draw(file, title, columns)
        elif format == "xlsx":
            writer = XlsxWriter(file, title, columns, total, author, mark)
        else:
            writer = _writer(file, columns, format, about, delimiter, encoding)
        try:
            for packet in packets:
                if cancel is not None and cancel.is_set():
                    raise Cancelled
                writer.add(packet)
                rows += len(packet)
                if progress is not None:
                    progress(rows)
            if cancel is not None and cancel.is_set():
                raise Cancelled
            writer.close()
            if before_end is not None:
                before_end(rows)
        except BaseException:
            writer.abandon()
            raise
    return rows


def _writer(file: IO[bytes], columns: Sequence[Column], format: str, about: str, delimiter: str, encoding: str) -> Writer:
    if format == "json":
        return JsonWriter(file, columns)
    if format == "vcf":
        return VcardWriter(file, columns, company=about == "customer")
    if format == "ics":
        return IcalendarWriter(file, columns, tasks=about == "task")
    return CsvWriter(file, columns, encoding or ("gb18030" if format == "csv-gb18030" else "utf-8-sig"), delimiter)
