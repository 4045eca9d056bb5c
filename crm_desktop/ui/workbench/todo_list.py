"""The list of things to do: tick them, open them, by mouse or keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_desktop.core.words import say
from crm_desktop.reports.todo import Item
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.theme import colour, font, metrics, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.painting import LEFT, RIGHT
from crm_desktop.ui.workbench.todo_model import LATE, Index, Row, TodoModel

ROW, HEADING = 36, 30
GLYPH = 44  # px at the left edge that tick instead of opening
TONES = {"events": "accent", "tasks": "grey", "customers": "ok", "leads": "info", "steps": "violet"}
CALLED = ("customers", "leads")  # these are phoned, not ticked off


class TodoDelegate(QStyledItemDelegate):
    """Paints the rows of the list."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, TodoModel)
        row = model.rows[index.row()]
        return QSize(px(100), px(HEADING if row.heading else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, TodoModel)
        row, rect = model.rows[index.row()], option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view: Any = option.widget
        live = row.item is not None or row.folds
        hovered = live and bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = view.hasFocus() and view.by_key and index == view.currentIndex()
        if focused or (hovered and row.item is not None):
            painting.rounded(painter, rect.adjusted(px(8), 1, -px(8), -1), "hover", tokens.RADIUS, "accent" if focused else None)
        if row.item is None:
            self._paint_heading(painter, rect, row, model)
        else:
            self._paint_item(painter, rect, row.item, model, hovered)
        painter.restore()

    @staticmethod
    def _paint_heading(painter: QPainter, rect: QRect, row: Row, model: TodoModel) -> None:
        words = model.heading(row)
        painter.setFont(font("small", tokens.SEMIBOLD))
        painter.setPen(colour("bad" if row.section == LATE else "text2"))
        line = rect.adjusted(px(16), px(2), -px(16), 0)
        painter.drawText(line, LEFT, words)
        wide = metrics("small", tokens.SEMIBOLD).horizontalAdvance(words) + px(8)
        painter.setFont(font("small", tokens.REGULAR, True))
        painter.setPen(colour("text3"))
        painter.drawText(line.adjusted(wide, 0, 0, 0), LEFT, f"{row.count:,}")
        painter.setFont(font("small", tokens.MEDIUM, True))
        painter.setPen(colour("accent_text"))
        painter.drawText(line, RIGHT, model.more(row))

    @staticmethod
    def _paint_item(painter: QPainter, rect: QRect, item: Item, model: TodoModel, hovered: bool) -> None:
        done = model.is_ticked(item)
        glyph = QRect(rect.x() + px(16), rect.center().y() - px(8), px(17), px(17))
        name = "square-check" if done else "phone" if item.group in CALLED else "square"
        paint_icon(painter, name, glyph, "accent" if done else "text2" if hovered else "text3")
        when = model.when(item)
        when_room = metrics("small", tokens.REGULAR, True).horizontalAdvance(when)
        painter.setFont(font("small", tokens.REGULAR, True))
        painter.setPen(colour("bad" if item.late and not done else "text2"))
        painter.drawText(rect.adjusted(0, 0, -px(16), 0), RIGHT, when)
        dot = rect.right() - px(16) - max(when_room, px(36)) - px(12)
        painting.dot(painter, dot, rect.center().y() + 1, "bad" if item.late else TONES.get(item.group, "grey"))
        text = QRect(rect.x() + px(GLYPH), rect.y(), dot - px(12) - rect.x() - px(GLYPH), rect.height())
        painter.setFont(font("body"))
        painter.setPen(colour("text3" if done else "text"))
        painting.elided(painter, text, item.title)
        used = metrics("body").horizontalAdvance(item.title) + px(10)
        if item.sub and used < text.width() - px(40) and item.sub not in item.title:
            painter.setFont(font("small"))
            painter.setPen(colour("text3"))
            painting.elided(painter, text.adjusted(used, 0, 0, 0), item.sub)


class TodoList(QListView):
    """`opened(item)` by a click or Enter, `ticked(item)` by a click on its box or Space. As tall as its rows."""

    opened = Signal(object)
    ticked = Signal(object)

    def __init__(self, model: TodoModel, parent: QWidget | None = None):
        super().__init__(parent)
        self.by_key = False
        self._pressed = -1
        self._model = model
        self.setObjectName("Plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(say("To do"))
        self.setItemDelegate(TodoDelegate(self))
        self.setModel(model)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        model.modelReset.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        rows = self._model.rows
        tall = sum(HEADING if row.heading else ROW for row in rows)
        return QSize(px(320), px(tall) + px(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), self.sizeHint().height())

    def current_item(self) -> Item | None:
        """The item the keyboard is on."""
        row = self.currentIndex().row()
        return self._model.rows[row].item if 0 <= row < len(self._model.rows) else None

    def act(self, row: int, tick: bool) -> None:
        """Open or tick what stands in a row; a heading shows the rest of its section."""
        if not 0 <= row < len(self._model.rows):
            return
        item = self._model.rows[row].item
        if item is not None:
            (self.ticked if tick else self.opened).emit(item)
        elif self._model.rows[row].folds:
            self._model.unfold(self._model.rows[row].section)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.row() == self._pressed:
            self.act(index.row(), self._on_glyph(point))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.by_key = False
        self._pressed = self.indexAt(event.position().toPoint()).row()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        row = self.indexAt(event.position().toPoint()).row()
        live = 0 <= row < len(self._model.rows) and (self._model.rows[row].item is not None or self._model.rows[row].folds)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if live else Qt.CursorShape.ArrowCursor)

    def _on_glyph(self, point: QPoint) -> bool:
        return point.x() < px(GLYPH - 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.by_key = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.act(self.currentIndex().row(), tick=False)
        elif event.key() == Qt.Key.Key_Space:
            self.act(self.currentIndex().row(), tick=True)
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts of the window."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if self.current_item() is None:
            first = next((place for place, row in enumerate(self._model.rows) if row.item is not None), -1)
            if first >= 0:
                flags = QItemSelectionModel.SelectionFlag.NoUpdate
                self.selectionModel().setCurrentIndex(self._model.index(first), flags)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.viewport().update()
        return super().viewportEvent(event)

    def index_of(self, record_type: str, record_id: int) -> QModelIndex:
        """Where an item stands."""
        return self._model.index(max(0, self._model.row_of(record_type, record_id)))
