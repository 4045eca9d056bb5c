"""A painted chart on an item view: each bar is an item, so that keyboard, mouse, tooltips and screen readers reach it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from crm_desktop.ui.reports.chart_points import Point, PointsModel
from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.theme import colour

Cursor = QAbstractItemView.CursorAction
Index = QModelIndex | QPersistentModelIndex
BACK = (Cursor.MoveUp, Cursor.MoveLeft, Cursor.MovePrevious)
ON = (Cursor.MoveDown, Cursor.MoveRight, Cursor.MoveNext)


class ChartView(QListView):
    """Base of the charts; `picked(point)` by a click or Enter on a bar. A kind of chart writes `lay_out` and `paint_point`."""

    picked = Signal(object)

    def __init__(self, name: str = "", ground: str = "surface", parent: QWidget | None = None):
        super().__init__(parent)
        self.points = PointsModel(self)
        self.rects: list[QRect] = []
        self.hovered = -1
        self._ground = ground
        self._by_key = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(self.points)
        self.setUniformItemSizes(True)
        theme.changed.connect(self._relay)

    def show_points(self, points: Sequence[Point]) -> None:
        """Show other points; the bar the keyboard is on stays by its place."""
        row = self.currentIndex().row()
        self.points.show_points(points)
        if 0 <= row < len(points):
            self.selectionModel().setCurrentIndex(self.points.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.updateGeometry()
        self._relay()

    # ------------------------------------------------------------ what a kind of chart says

    def lay_out(self, area: QRect) -> list[QRect]:
        """The rectangle of every point, in the viewport."""
        raise NotImplementedError

    def paint_ground(self, painter: QPainter) -> None:
        """Paint what lies under the bars."""

    def paint_point(self, painter: QPainter, point: Point, rect: QRect, hovered: bool) -> None:
        """Paint one point."""
        raise NotImplementedError

    # ------------------------------------------------------------ geometry: what Qt asks an item view

    def _relay(self) -> None:
        self.rects = self.lay_out(self.viewport().rect()) if self.points.points else []
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relay()

    def visualRect(self, index: Index) -> QRect:
        return self.rects[index.row()] if index.isValid() and index.row() < len(self.rects) else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        for row, rect in enumerate(self.rects):
            if rect.contains(point):
                return self.points.index(row)
        return QModelIndex()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        row, last = self.currentIndex().row(), len(self.points.points) - 1
        if action in BACK:
            row -= 1
        elif action in ON:
            row += 1
        elif action in (Cursor.MoveHome, Cursor.MovePageUp):
            row = 0
        else:
            row = last
        return self.points.index(max(0, min(row, last)))

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Everything is always in sight."""

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: object) -> QRegion:
        return QRegion(self.viewport().rect())

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), colour(self._ground))
        self.paint_ground(painter)
        for row, (point, rect) in enumerate(zip(self.points.points, self.rects, strict=False)):
            self.paint_point(painter, point, rect, row == self.hovered)
        if self._by_key and self.hasFocus() and self.currentIndex().isValid():
            self._paint_focus(painter, self.visualRect(self.currentIndex()))
        painter.end()

    def _paint_focus(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(theme.pen("accent", 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)

    # ------------------------------------------------------------ mouse and keyboard

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            can = row >= 0 and self.points.points[row].drill is not None
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_key = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self.picked.emit(self.points.points[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_key = True
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.currentIndex().isValid():
            self.picked.emit(self.points.points[self.currentIndex().row()])
            return
        super().keyPressEvent(event)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters do nothing in a chart."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._by_key = True
            if not self.currentIndex().isValid() and self.points.points:
                self.setCurrentIndex(self.points.index(0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
