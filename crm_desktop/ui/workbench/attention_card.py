"""The card of what needs attention: contracts that end, opportunities that wait or have no next step; a few of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.theme import colour, font, metrics, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.buttons import Switch
from crm_desktop.ui.widgets.painting import LEFT, RIGHT
from crm_desktop.ui.widgets.words import relative_day
from crm_desktop.ui.workbench.cards import Card
from crm_desktop.ui.workbench.reading import SHOWN, Content, Needing, Needy
from crm_desktop.ui.workbench.todo_model import Index

ROW = 32
ROOMY = 420  # px of width from which the chips have their full names
ICONS = {"contract": "file-text", "opportunity": "kanban"}
_NOWHERE = QModelIndex()


class NeedingModel(QAbstractListModel):
    """The first records of one list, and a last row that opens all of them."""

    def __init__(self, desk: Desk, parent: QObject | None = None):
        super().__init__(parent)
        self._desk = desk
        self.needy = Needy("", 0, ())

    def show_needy(self, needy: Needy) -> None:
        """Show another list."""
        self.beginResetModel()
        self.needy = needy
        self.endResetModel()

    def rest(self) -> int:
        """How many are not shown."""
        return self.needy.count - len(self.needy.items)

    def item(self, row: int) -> Needing | None:
        """The record of a row; None for the last one, which opens all."""
        return self.needy.items[row] if 0 <= row < len(self.needy.items) else None

    def when(self, item: Needing) -> tuple[str, str]:
        """What stands at the right, and its tone: the end of a contract, how long an opportunity waits."""
        if self.needy.key == "idle":
            return say("%n day(s) idle", n=item.days), "warn"
        if item.day is None:
            return "", "text2"
        words, tone = relative_day(item.day, self._desk.records.clock.today())
        return words, "text2" if tone == "text" else tone

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.needy.items) + bool(self.rest() > 0)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        item = self.item(index.row())
        if item is None:
            return say("Show all %n", n=self.needy.count)
        return ", ".join(filter(None, (item.title, item.sub, self.when(item)[0])))


class NeedingDelegate(QStyledItemDelegate):
    """Paints a record in one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(100), px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, view, rect = index.model(), option.widget, option.rect
        assert isinstance(model, NeedingModel) and isinstance(view, NeedingList)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = view.hasFocus() and view.by_key and index == view.currentIndex()
        if focused or option.state & QStyle.StateFlag.State_MouseOver:
            painting.rounded(painter, rect.adjusted(px(8), 1, -px(8), -1), "hover", tokens.RADIUS, "accent" if focused else None)
        item = model.item(index.row())
        if item is None:
            painter.setFont(font("small", tokens.MEDIUM, True))
            painter.setPen(colour("accent_text"))
            painter.drawText(rect.adjusted(px(44), 0, 0, 0), LEFT, str(index.data()))
        else:
            self._paint_item(painter, rect, item, *model.when(item))
        painter.restore()

    @staticmethod
    def _paint_item(painter: QPainter, rect: QRect, item: Needing, words: str, tone: str) -> None:
        icon = QRect(rect.x() + px(17), rect.center().y() - px(7), px(15), px(15))
        paint_icon(painter, ICONS.get(item.record_type, "file-text"), icon, "text3")
        painter.setFont(font("small", tokens.REGULAR, True))
        painter.setPen(colour(tone))
        painter.drawText(rect.adjusted(0, 0, -px(16), 0), RIGHT, words)
        room = metrics("small", tokens.REGULAR, True).horizontalAdvance(words) + px(32)
        text = rect.adjusted(px(44), 0, -room, 0)
        painter.setFont(font("body"))
        painter.setPen(colour("text"))
        painting.elided(painter, text, item.title)
        used = metrics("body").horizontalAdvance(item.title) + px(10)
        if used < text.width() - px(40):
            painter.setFont(font("small"))
            painter.setPen(colour("text3"))
            painting.elided(painter, text.adjusted(used, 0, 0, 0), item.sub)


class NeedingList(QListView):
    """`opened(record)` by a click or Enter, `all_asked()` by the last row."""

    opened = Signal(object)
    all_asked = Signal()

    def __init__(self, model: NeedingModel, parent: QWidget | None = None):
        super().__init__(parent)
        self.by_key = False
        self._model = model
        self.setObjectName("Plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(NeedingDelegate(self))
        self.setModel(model)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        # Always as tall as a full list: choosing another one moves nothing.
        self.setFixedHeight(px(ROW) * (SHOWN + 1) + px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._model.rowCount():
            return
        painter = QPainter(self.viewport())
        painter.setFont(font("small"))
        painter.setPen(colour("text2"))
        painter.drawText(QRect(px(16), 0, self.viewport().width() - px(32), px(ROW)), LEFT, say("Nothing to see to here."))
        painter.end()

    def act(self, row: int) -> None:
        """Open the record of a row, or all of them."""
        item = self._model.item(row)
        if item is not None:
            self.opened.emit(item)
        elif 0 <= row < self._model.rowCount():
            self.all_asked.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.by_key = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.act(self.indexAt(event.position().toPoint()).row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.by_key = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.act(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts of the window."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0))
        self.viewport().update()


class AttentionCard(Card):
    """Three short lists behind three chips."""

    key = "attention"
    nominal = 210

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(say("Needs attention"), parent=parent)
        self.names = {
            "ending": say("Contracts ending"),
            "idle": say("Waiting too long"),
            "without_step": say("Without next step"),
        }
        self._short = {"ending": say("Ending"), "idle": say("Idle"), "without_step": say("No next step")}
        self.needy: Sequence[Needy] = ()
        self.model = NeedingModel(desk, self)
        self.list = NeedingList(self.model)
        self.list.opened.connect(lambda item: desk.ways.open_record(item.record_type, item.id))
        self.list.all_asked.connect(self._ask_all)
        self._group = QButtonGroup(self)
        self.chips: dict[str, Switch] = {}
        chips = QWidget()
        chips.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        chips.setMinimumWidth(1)  # long names must not keep the card wide
        row = QHBoxLayout(chips)
        row.setContentsMargins(px(8), px(2), px(8), px(2))
        row.setSpacing(px(2))
        for key, name in self.names.items():
            chip = self.chips[key] = Switch(name, kind="chip")
            chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            chip.toggled.connect(lambda on, key=key: self.choose(key) if on else None)
            self._group.addButton(chip)
            row.addWidget(chip)
        row.addStretch(1)
        self.column.addWidget(chips)
        self.column.addWidget(self.list)
        self.list.hide()

    def show_content(self, content: Content) -> None:
        super().show_content(content)
        self.needy = content.needy
        self._name_chips()
        chosen = self._group.checkedButton()
        if chosen is None:
            first = next((needy.key for needy in self.needy if needy.count), "ending")
            self.chips[first].setChecked(True)
        else:
            self.choose(next(key for key, chip in self.chips.items() if chip is chosen))
        self.list.show()

    def _name_chips(self) -> None:
        """Each chip with its count, in few words where the card is narrow."""
        names = self.names if self.width() >= px(ROOMY) else self._short
        for needy in self.needy:
            chip, count = self.chips[needy.key], f"{needy.count:,}"
            text = f"{names[needy.key]}  {count}"
            chip.setText(text)
            chip.setToolTip(self.names[needy.key])
            chip.setAccessibleName(f"{self.names[needy.key]}  {count}")
            # The chip that is on is bold; a style sheet's size hint does not know.
            chip.setFixedWidth(metrics("small", tokens.SEMIBOLD).horizontalAdvance(text) + px(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_chips()

    def choose(self, key: str) -> None:
        """Show one of the lists."""
        needy = next((one for one in self.needy if one.key == key), None)
        if needy is not None:
            self.model.show_needy(needy)
            self.list.setAccessibleName(self.names[key])

    def _ask_all(self) -> None:
        needy = self.model.needy
        if needy.drill is not None:
            self.asked.emit(needy.drill)
        elif needy.report:
            self.report_asked.emit(needy.report)
