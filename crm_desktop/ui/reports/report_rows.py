"""A report's table for the list widget: its columns as the list knows them, its rows with what each of them opens."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject

from crm_desktop.reports.table import Column as ReportColumn
from crm_desktop.reports.table import Row, Table
from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.theme import metrics
from crm_desktop.ui.widgets.columns import CellKind, Column
from crm_desktop.ui.widgets.rows import RowsModel

KINDS: dict[str, CellKind] = {"text": "text", "number": "number", "money": "money", "rate": "percent", "day": "date"}
WIDTHS = {"text": 150, "number": 100, "money": 124, "rate": 100, "day": 112}
FIRST = 180
HEADING = 34  # px beside the words of a heading: its padding and the arrow of the order


def columns_of(table: Table) -> list[Column]:
    """The columns; the first one is a pill in the row's colour where the rows have colours."""
    tones = {row.values[0]: row.tone for row in table.rows if row.tone}
    made = []
    for place, column in enumerate(table.columns):
        first = place == 0
        kind = "pill" if first and tones else KINDS.get(column.kind, "text")
        heading = metrics("small", tokens.SEMIBOLD).horizontalAdvance(column.label) * 100 // theme.scale() + HEADING
        width = FIRST if first else max(heading, WIDTHS.get(column.kind, 120))
        made.append(Column(column.name, column.label, kind, width, tones if first else {}, show=_shower(column)))
    return made


def _shower(column: ReportColumn) -> Any:
    """How a value is written: as on paper, so that screen, file and paper say the same."""

    def show(value: Any) -> str:
        return value if isinstance(value, str) else column.show(value)

    return show


class ReportModel(RowsModel):
    """The rows of a report; `report_row(row)` is what stands in a row, sorted or not."""

    def __init__(self, table: Table, parent: QObject | None = None):
        super().__init__(columns_of(table), [row.values for row in table.rows], list(table.rows), parent)
        self.table = table

    def report_row(self, row: int) -> Row:
        """The report's row in a row of the list."""
        found: Row = self.item(row)
        return found

    def row_of(self, wanted: Row) -> int:
        """Where a row of the report stands now."""
        return next((row for row in range(self.row_count()) if self.item(row) is wanted), -1)


def total_text(column: ReportColumn, value: Any) -> str:
    """A total as text; a word such as "Total" stays as it is."""
    if value is None:
        return ""
    return value if isinstance(value, str) else column.show(value if not isinstance(value, float) else Decimal(str(value)))
