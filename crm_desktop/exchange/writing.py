"""Writes a table to a file: packets of rows in, a finished .xlsx or .csv out, or nothing at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from crm_desktop.core.errors import Cancelled, Invalid
from crm_desktop.core.words import _
from crm_desktop.exchange.writers.columns import Column
from crm_desktop.exchange.writers.csv_text import CsvWriter
from crm_desktop.exchange.writers.whole_file import whole_file
from crm_desktop.exchange.writers.xlsx import XlsxWriter

# Format -> the file's usual ending. "csv" is UTF-8 with a byte order mark, "csv-gb18030" what old Chinese programs expect.
FORMATS = {"xlsx": ".xlsx", "csv": ".csv", "csv-gb18030": ".csv"}


def write_table(
    path: str | Path,
    title: str,
    columns: Sequence[Column],
    packets: Iterable[Sequence[Sequence[Any]]],
    *,
    format: str = "xlsx",
    progress: Callable[[int], None] | None = None,
    cancel: threading.Event | None = None,
) -> int:
    """Write `packets` of rows below `columns`; returns the number of rows.

    progress is told the rows written so far. Raises Trouble with a sentence (disk full, locked file), Cancelled when
    `cancel` was set; in both cases nothing appears under `path` and what lay there before stays.
    """
    if format not in FORMATS:
        raise Invalid(_("There is no file format “{format}”. Choose one of: {formats}."), format=format, formats=", ".join(FORMATS))
    if not columns:
        raise Invalid(_("There is no column to write. Choose at least one."))
    path = Path(path)
    rows = 0
    with whole_file(path) as file:
        writer = _writer(file, title, columns, format)
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
        except BaseException:
            writer.abandon()
            raise
    return rows


def _writer(file: IO[bytes], title: str, columns: Sequence[Column], format: str) -> XlsxWriter | CsvWriter:
    if format == "xlsx":
        return XlsxWriter(file, title, columns)
    return CsvWriter(file, columns, "gb18030" if format == "csv-gb18030" else "utf-8-sig")
