"""Gives refused rows back as the same sheet, with the reason in a column of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import _, say
from crm_desktop.exchange.cells import Cell
from crm_desktop.exchange.tables import Table
from crm_desktop.exchange.writers.columns import Column
from crm_desktop.exchange.writing import write_table

_PACKET = 500


def write_refused(
    path: str | Path, table: Table, refused: Mapping[int, Trouble], lang: str | None = None, headings: Sequence[str] | None = None
) -> int:
    """Write the rows numbered in `refused` to a workbook (.csv when `path` ends so); returns how many.

    The columns are those of the sheet, and a text table is separated and encoded as the one it came from, so that the corrected
    file can be imported again; the reason stands in the last column. headings: those of the sheet when they are not to be the table's.
    """
    pictured = {place for place in table.sheet.pictures if place < len(table.headings) and not table.filled[place]}
    columns = [Column(text, "picture" if place in pictured else "mixed") for place, text in enumerate(headings or table.headings)]
    columns.append(Column(say(_("Reason"), lang), width=60.0))
    format = "csv" if Path(path).suffix.lower() == ".csv" else "xlsx"
    sheet = table.sheet
    # Reasons are written in the reader's language, which Big5 or a Western code page may not hold.
    encoding = sheet.encoding if sheet.encoding.startswith(("utf-16", "gb18030")) else ""
    return write_table(
        path,
        sheet.name,
        columns,
        _packets(table, refused, pictured, lang),
        format=format,
        delimiter=sheet.delimiter or ",",
        encoding=encoding,
    )


def _packets(
    table: Table, refused: Mapping[int, Trouble], pictured: Iterable[int], lang: str | None
) -> Iterator[list[list[Cell]]]:
    packet: list[list[Cell]] = []
    width = len(table.headings)
    for number, row in table.numbered():
        reason = refused.get(number)
        if reason is None:
            continue
        for column in pictured:
            row[column] = table.pictures([number], column)[0]
        packet.append([*row[:width], reason.sentence(lang)])
        if len(packet) == _PACKET:
            yield packet
            packet = []
    if packet:
        yield packet
