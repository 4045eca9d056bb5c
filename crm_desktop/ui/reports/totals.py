"""The line of totals under a report's table, in the same columns."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.reports.table import Table as ReportTable
from crm_desktop.ui.reports.report_rows import total_text
from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.theme import colour, font, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.cells import PADDING
from crm_desktop.ui.widgets.painting import LEFT, RIGHT
from crm_desktop.ui.widgets.table import Table

HEIGHT = 36


class TotalsRow(QWidget):
    """Follows the widths, the order and the scrolling of a table's columns."""

    def __init__(self, table: Table, parent: QWidget | None = None):
        super().__init__(parent)
        self._table = table
        self._report: ReportTable | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(HEIGHT))
        headings = table.horizontalHeader()
        headings.sectionResized.connect(lambda *_sizes: self.update())
        headings.sectionMoved.connect(lambda *_places: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())
        theme.changed.connect(self.update)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(HEIGHT))

    def show_totals(self, report: ReportTable) -> None:
        """Show the totals of a report; without any the line goes away."""
        self._report = report
        self.setVisible(report.totals is not None and bool(report.rows))
        self.setAccessibleName(", ".join(f"{label}: {text}" for label, text in self.texts() if text))
        self.update()

    def texts(self) -> list[tuple[str, str]]:
        """(heading, total) for each column."""
        if self._report is None or self._report.totals is None:
            return []
        pairs = zip(self._report.columns, self._report.totals, strict=True)
        return [(column.label, total_text(column, value)) for column, value in pairs]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("header"))
        painter.fillRect(0, 0, self.width(), 1, colour("border"))
        painter.setFont(font("body", tokens.SEMIBOLD, True))
        painter.setPen(colour("text"))
        for place, (column, (_label, text)) in enumerate(zip(self._report.columns if self._report else (), self.texts(), strict=False)):
            left, width = self._table.columnViewportPosition(place), self._table.columnWidth(place)
            cell = QRect(left + px(PADDING), 0, width - 2 * px(PADDING), self.height())
            align: Qt.AlignmentFlag = RIGHT if column.right else LEFT
            painting.elided(painter, cell, text, align)
        painter.end()
