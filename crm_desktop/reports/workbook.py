"""A report as an Excel workbook: company and filter, frozen headings, typed cells, totals, a native chart, the notes."""

from __future__ import annotations

import os
from decimal import Decimal
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import _
from crm_desktop.reports.table import COLOURS, Table

PALE = "B8CCF7"
FONT = "Calibri"
MUTED = "FF596475"
FORMATS = {"number": "#,##0", "money": "#,##0.00", "rate": "0.0%", "day": "yyyy-mm-dd"}
WIDEST = 48
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\")
_UNFIT = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


def as_xlsx(table: Table, path: str | Path, company: str = "") -> Path:
    """Write the table to `path` (whole or not at all). Raises Trouble when it cannot be written."""
    from openpyxl import Workbook  # 0.7 s: only when a workbook is made

    book = Workbook()
    sheet = book.active
    sheet.title = table.title.translate(_FORBIDDEN).strip(" '")[:31] or "Sheet"
    book.properties.title, book.properties.creator = _clean(table.title), _clean(company) or "CRM Desktop"
    top = _head(sheet, table, company)
    last = _body(sheet, table, top)
    _widths(sheet, table, top)
    _notes(sheet, table, last + 2)
    if table.chart is not None and table.rows:
        sheet.add_chart(_chart(book, table), f"{_letter(len(table.columns) + 2)}{top}")
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False
    sheet.oddFooter.center.text = "&P / &N"
    return _save(book, Path(path))


def _save(book: Any, target: Path) -> Path:
    waiting, made = target.with_name(f"{target.name}.part"), BytesIO()
    book.save(made)  # openpyxl complains aloud about a disk that is full
    try:
        waiting.write_bytes(made.getbuffer())
        os.replace(waiting, target)
    except OSError as reason:
        waiting.unlink(missing_ok=True)
        raise Trouble(
            _("{file} could not be written: {reason}. Check the folder and the space on the disk."),
            file=str(target), reason=reason.strerror or type(reason).__name__,
        ) from reason  # fmt: skip
    return target


def _clean(text: str) -> str:
    """Without the characters a workbook cannot hold, and no longer than a cell may be."""
    return str(text).translate(_UNFIT).encode("utf-8", "replace").decode("utf-8")[:32_767]


def _put(cell: Any, value: Any, kind: str = "text") -> None:
    """A typed value; text is always text, whatever it begins with."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        cell.value = _clean(value)
        cell.data_type = "s"
        return
    cell.value = value
    cell.number_format = FORMATS.get(kind, "General")


def _head(sheet: Any, table: Table, company: str) -> int:
    """Title, company, summary and filter; returns the row of the headings."""
    from openpyxl.styles import Font

    plain, small = Font(name=FONT, size=11), Font(name=FONT, size=9, color=MUTED)
    title = Font(name=FONT, bold=True, size=16)
    lines = ((table.title, title), (company, plain), (table.subtitle, plain), (table.filter_line, small))
    row = 1
    for text, font in lines:
        if text:
            _put(sheet.cell(row, 1), text)
            sheet.cell(row, 1).font = font
            row += 1
    return row + 1


def _body(sheet: Any, table: Table, top: int) -> int:
    """Headings, rows and totals; returns the last row."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    fill, line = PatternFill("solid", fgColor="FFE8EEF7"), Side(style="thin", color="FF9CA3AF")
    for place, column in enumerate(table.columns, 1):
        cell = sheet.cell(top, place)
        _put(cell, column.label)
        cell.font, cell.fill, cell.border = Font(name=FONT, bold=True), fill, Border(bottom=line)
        cell.alignment = Alignment(horizontal="right" if column.right else "left", vertical="center", wrap_text=True)
    for number, one in enumerate(table.rows, top + 1):
        for place, (column, value) in enumerate(zip(table.columns, one.values, strict=True), 1):
            _put(sheet.cell(number, place), value, column.kind)
    row = top + len(table.rows)
    if table.totals:
        row += 1
        for place, (column, value) in enumerate(zip(table.columns, table.totals, strict=True), 1):
            cell = sheet.cell(row, place)
            _put(cell, value, column.kind)
            cell.font, cell.border = Font(name=FONT, bold=True), Border(top=line)
    return row


def _notes(sheet: Any, table: Table, row: int) -> None:
    """How the figures were counted, below the table and as wide as it."""
    from openpyxl.styles import Alignment, Font

    room = sum(sheet.column_dimensions[_letter(place)].width for place in range(1, len(table.columns) + 1))
    for note in table.notes:
        cell = sheet.cell(row, 1)
        _put(cell, note)
        cell.font, cell.alignment = (
            Font(name=FONT, size=9, color=MUTED),
            Alignment(wrap_text=True, vertical="top"),
        )
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(table.columns))
        sheet.row_dimensions[row].height = 13 * ceil(_width(note) / room)
        row += 1


def _widths(sheet: Any, table: Table, top: int) -> None:
    for place, column in enumerate(table.columns):
        texts = [column.label, *(column.show(row.values[place]) for row in table.rows[:200])]
        if table.totals and not isinstance(table.totals[place], str):
            texts.append(column.show(table.totals[place]))
        sheet.column_dimensions[_letter(place + 1)].width = min(WIDEST, max(map(_width, texts)) + 3)
    sheet.row_dimensions[top].height = 22


def _width(text: str) -> int:
    """In characters of a workbook's column: Chinese ones take two."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place))


def _chart(book: Any, table: Table) -> Any:
    """A native chart, fed from a second, plain sheet, so that what it shows can be read there."""
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.series import DataPoint

    chart = table.chart
    assert chart is not None
    data = book.create_sheet("Chart")
    marks = (chart.marks,) if chart.marks is not None else ()
    for place, series in enumerate((*marks, *chart.series), 2):
        _put(data.cell(1, place), series.label)
        for row, (label, value) in enumerate(zip(chart.labels, series.values, strict=True), 2):
            _put(data.cell(row, 1), label)
            _put(data.cell(row, place), None if value is None else Decimal(value), chart.value_kind)
    last = len(chart.labels) + 1
    drawn = BarChart()
    drawn.type = "col" if chart.kind == "column" else "bar"
    drawn.title = _clean(chart.title or (chart.series[0].label if len(chart.series) == 1 else table.title))
    drawn.add_data(
        Reference(data, min_col=2, max_col=1 + len(marks) + len(chart.series), min_row=1, max_row=last),
        titles_from_data=True,
    )
    drawn.set_categories(Reference(data, min_col=1, min_row=2, max_row=last))
    drawn.gapWidth = 40
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.y_axis.numFmt = FORMATS["number"]
    drawn.y_axis.scaling.min = 0 if min((v for s in chart.series for v in s.values), default=0) >= 0 else None
    if drawn.type == "bar":
        drawn.x_axis.scaling.orientation = "maxMin"  # the first label on top
    drawn.legend = drawn.legend if len(chart.series) > 1 or marks else None
    drawn.width, drawn.height = 18, max(7.5, 0.9 * len(chart.labels) + 2.5)
    for place, series in enumerate(drawn.series):
        whole = place == len(drawn.series) - 1
        series.graphicalProperties.solidFill = COLOURS[""] if whole else COLOURS["warn"] if place < len(marks) else PALE
    if len(drawn.series) == 1:
        for place, tone in enumerate(chart.tones):
            point = DataPoint(idx=place)
            point.graphicalProperties.solidFill = COLOURS.get(tone, COLOURS[""])
            drawn.series[0].dPt.append(point)
    data.sheet_state = "hidden"
    return drawn
