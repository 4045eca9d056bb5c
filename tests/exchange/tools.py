"""Sheets made by hand, for tests that need no file and no reader process."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crm_desktop.exchange.readers.excel import ExcelBook
from crm_desktop.exchange.readers.spool import SheetSpool, read_packet
from crm_desktop.exchange.readers.text_table import TextTable
from crm_desktop.exchange.workbook import Sheet
from crm_desktop.exchange.writers.columns import Column
from crm_desktop.exchange.writing import write_table

_folder = tempfile.TemporaryDirectory(prefix="crm-test-sheets-")


def sheet_of(rows: Sequence[Sequence[Any]], name: str = "Sheet1", merged: Sequence[tuple[int, int, int, int]] = ()) -> Sheet:
    """A sheet of these rows, as the reader process would have delivered it."""
    path = Path(_folder.name) / f"spool-{len(list(Path(_folder.name).iterdir()))}"
    with path.open("wb") as file:
        spool = SheetSpool(file, name)
        for number, row in enumerate(rows, 1):
            spool.add(number, list(row))
        spool.flush()
    return Sheet(name, path, spool.packets, spool.rows, spool.width, merged=list(merged))


def rows_of_text(data: bytes, folder: Path, **options: str) -> list[list[str]]:
    """What the text reader makes of these bytes, in this process."""
    path = folder / "table.csv"
    path.write_bytes(data)
    return list(TextTable(path, **options).rows())


def rows_of_xlsx(path: Path, streaming: bool = False) -> list[list[Any]]:
    """The first sheet of a well-formed workbook, read in this process."""
    book = ExcelBook(path, "xlsx", streaming)
    file = io.BytesIO()
    spool = SheetSpool(file, book.names[0][0])
    book.pour(book.names[0][0], spool, lambda rows: None)
    spool.flush()
    return [row for offset, _count, _first in spool.packets for row in read_packet(file, offset)[1]]


def workbook_file(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]], sort: str = "mixed") -> Path:
    """A workbook (or .csv) with one table."""
    format = "csv" if path.suffix == ".csv" else "xlsx"
    write_table(path, "Sheet1", [Column(heading, sort) for heading in headings], [list(rows)], format=format)  # type: ignore[arg-type]
    return path


SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)


def raw_xlsx(path: Path, rows: str, **parts: bytes) -> Path:
    """An .xlsx archive around the XML of some rows; `parts` adds or replaces parts ('xl__workbook.xml')."""
    write_table(path, "Sheet1", [Column("A")], [])
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    content["xl/worksheets/sheet1.xml"] = SHEET.format(rows=rows).encode()
    content.update({name.replace("__", "/"): data for name, data in parts.items()})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path
