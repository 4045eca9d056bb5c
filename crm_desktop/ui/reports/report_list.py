"""The list of reports at the left: name and what each one tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_desktop.core.words import say
from crm_desktop.reports.report import Report
from crm_desktop.ui.reports.chart_points import Index
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.theme import colour, font, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.labels import plain_tip

WIDTH = 216
ROW = 40
_NOWHERE = QModelIndex()


class ReportsModel(QAbstractListModel):
    """The reports by name."""

    def __init__(self, reports: Sequence[Report], parent: QObject | None = None):
        super().__init__(parent)
        self.reports = list(reports)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.reports)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        report = self.reports[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return say(report.title)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return plain_tip(say(report.what))
        return None


class ReportDelegate(QStyledItemDelegate):
    """Paints a report as an entry of a navigation."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(100), px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, view, rect = index.model(), option.widget, option.rect
        assert isinstance(model, ReportsModel) and isinstance(view, QWidget)
        report = model.reports[index.row()]
        picked = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = rect.adjusted(px(8), px(2), -px(8), -px(2))
        if picked or hovered:
            painting.rounded(painter, ground, "accent_bg" if picked else "hover", tokens.RADIUS)
        icon = QRect(ground.x() + px(10), ground.center().y() - px(8), px(17), px(17))
        paint_icon(painter, report.icon, icon, "accent_text" if picked else "text2")
        painter.setFont(font("body", tokens.SEMIBOLD if picked else tokens.REGULAR))
        painter.setPen(colour("accent_text" if picked else "text"))
        painting.elided(painter, ground.adjusted(px(36), 0, -px(8), 0), str(index.data()))
        painter.restore()


class ReportList(QListView):
    """`chosen(key)` when another report becomes current."""

    chosen = Signal(str)

    def __init__(self, reports: Sequence[Report], parent: QWidget | None = None):
        super().__init__(parent)
        self._reports = ReportsModel(reports, self)
        self.setObjectName("Plain")
        self.setAccessibleName(say("Reports"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(ReportDelegate(self))
        self.setModel(self._reports)
        self.setMouseTracking(True)
        self.setFixedWidth(px(WIDTH))
        self.setViewportMargins(0, px(6), 0, 0)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._moved)

    def choose(self, key: str) -> None:
        """Make a report current."""
        row = next((row for row, report in enumerate(self._reports.reports) if report.key == key), 0)
        self.setCurrentIndex(self._reports.index(row))

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._reports.reports[current.row()].key)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts of the window."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().width() - 1, 0, 1, self.viewport().height(), colour("border"))
        painter.end()
