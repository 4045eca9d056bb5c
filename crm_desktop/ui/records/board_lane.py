"""One lane of the opportunity board: its box with name, count and money, and the list of its cards."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.core.words import say
from crm_desktop.ui.records.board_card import CardDelegate
from crm_desktop.ui.records.board_model import LaneModel
from crm_desktop.ui.records.board_reading import Card, Lane
from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.theme import colour, font, metrics, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.painting import LEFT
from crm_desktop.ui.widgets.words import money_short, money_text

NARROWEST, WIDEST = 176, 280


class LaneView(QListView):
    """The cards of a lane. Signals: `opened(id)`, `chosen(id)`, `more_asked()`, `menu_asked(global position)`,
    `side_asked(-1 or 1)` to go to the lane beside; `lifted(card, the mouse's place on it)`, `carried(global position)`,
    `dropped()` and `put_back()` while a card is dragged. What else is done by key are commands (board_acts.py)."""

    opened = Signal(object)
    chosen = Signal(object)
    more_asked = Signal()
    menu_asked = Signal(QPoint)
    side_asked = Signal(int)
    lifted = Signal(object, QPoint)
    carried = Signal(QPoint)
    dropped = Signal()
    put_back = Signal()

    def __init__(self, model: LaneModel, with_step: bool, parent: QWidget | None = None):
        super().__init__(parent)
        self.cards = CardDelegate(self, with_step)
        self.carrying = False
        self._pressed: QPoint | None = None
        self.setObjectName("Plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(self.cards)
        self.setModel(model)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.verticalScrollBar().setSingleStep(px(28))
        self.doubleClicked.connect(lambda _index: self._open())
        self.clicked.connect(self._clicked)

    def lane_model(self) -> LaneModel:
        """The cards."""
        model = self.model()
        assert isinstance(model, LaneModel)
        return model

    def current_card(self) -> Card | None:
        """The card that is picked."""
        index = self.currentIndex()
        return self.lane_model().card(index) if self.selectionModel().isSelected(index) else None

    def pick_row(self, row: int) -> None:
        """Pick the card in this row, or the nearest there is."""
        last = self.lane_model().rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self.lane_model().index(max(0, min(row, last))))

    def pick_card(self, card_id: int) -> bool:
        """Pick a card by its id; False when it is not here."""
        row = self.lane_model().row_of(card_id)
        if row >= 0:
            self.pick_row(row)
        return row >= 0

    def show_lane(self, lane: Lane, model: LaneModel) -> None:
        """Show what was read anew; the card picked and the place scrolled to stay."""
        card, place = self.current_card(), self.verticalScrollBar().value()
        if model.show_lane(lane, model.today):
            if card is not None:
                self.pick_card(card.id)
            self.verticalScrollBar().setValue(place)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        card = self.current_card()
        if card is not None:
            self.chosen.emit(card.id)

    # ------------------------------------------------------------ keyboard

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self.carrying:
            event.accept()  # no command while a card is in the hand
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.carrying:
            if event.key() == Qt.Key.Key_Escape:
                self.stop_carrying()
                self.put_back.emit()
            return
        if not self._own_key(event):
            super().keyPressEvent(event)

    def _own_key(self, event: QKeyEvent) -> bool:
        """The keys of the board; everything else is the list's."""
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.side_asked.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            return False
        return True

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here; finding is the filter's work."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and self.current_card() is None:
            self.pick_row(max(0, self.currentIndex().row()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            if self.current_card() is not None:
                self.menu_asked.emit(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center()))
            return
        index = self.indexAt(event.pos())
        if self.lane_model().card(index) is not None:
            self.setCurrentIndex(index)
            self.menu_asked.emit(event.globalPos())

    def _open(self) -> None:
        card = self.current_card()
        if card is not None:
            self.opened.emit(card.id)
        elif self.lane_model().rest and self.currentIndex().row() == len(self.lane_model().cards):
            self.more_asked.emit()

    def _clicked(self, index: QModelIndex) -> None:
        if self.lane_model().card(index) is None:
            self.more_asked.emit()

    # ------------------------------------------------------------ mouse: plain events, so that Esc and tests can follow

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        over_card = self.lane_model().card(self.indexAt(point)) is not None
        self._pressed = point if over_card and event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self.carrying:
            self.carried.emit(self.viewport().mapToGlobal(point))
        elif self._pressed is None:
            super().mouseMoveEvent(event)
        elif (point - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._lift(self._pressed, point)

    def _lift(self, pressed: QPoint, point: QPoint) -> None:
        index = self.indexAt(pressed)
        card = self.lane_model().card(index)
        if card is None:
            self._pressed = None
            return
        self.carrying = True
        self.cards.lifted = card.id
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.viewport().update()
        self.lifted.emit(card, pressed - self.visualRect(index).topLeft() - QPoint(px(6), 0))
        self.carried.emit(self.viewport().mapToGlobal(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self.carrying and event.button() == Qt.MouseButton.LeftButton:
            self.carried.emit(self.viewport().mapToGlobal(event.position().toPoint()))
            self.stop_carrying()
            self.dropped.emit()
            return
        super().mouseReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.carrying and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.stop_carrying()
            self.put_back.emit()

    def stop_carrying(self) -> None:
        """Forget the drag; the card is drawn in full again."""
        self.carrying = False
        self._pressed = None
        self.cards.lifted = None
        self.viewport().unsetCursor()
        self.viewport().update()


class LaneHead(QWidget):
    """A dot in the stage's colour, its name, how many cards, and their money."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._lane: LaneModel | None = None
        self.setFixedHeight(px(40))
        theme.changed.connect(self.update)

    def show_model(self, model: LaneModel) -> None:
        """Show the figures of a lane as they are now."""
        self._lane = model
        title = say("{stage}: %n opportunity(ies)", n=model.count, stage=model.lane.name)
        self.setAccessibleName(f"{title}, {money_text(model.amount)}")
        self.setToolTip(f"{title}\n{self.money(model)}")
        self.update()

    @staticmethod
    def money(model: LaneModel) -> str:
        """The money of a lane; a closed one says which time it counts."""
        amount = money_short(model.amount)
        return amount if model.lane.stage.kind == "open" else say("{amount} this quarter", amount=amount)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._lane is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = self.rect().adjusted(px(14), 0, -px(14), 0)
        painting.dot(painter, inside.x() + px(4), px(10), self._lane.lane.stage.tone or "grey", px(4))
        left, room = inside.x() + px(15), inside.width() - px(15)
        count = f"{self._lane.count:,}"
        count_width = metrics("small", tokens.REGULAR, True).horizontalAdvance(count)
        wide = min(metrics("body", tokens.SEMIBOLD).horizontalAdvance(self._lane.lane.name), room - count_width - px(8))
        painter.setFont(font("body", tokens.SEMIBOLD))
        painter.setPen(colour("text"))
        painting.elided(painter, QRect(left, 0, wide + 1, px(20)), self._lane.lane.name)
        painter.setFont(font("small", tokens.REGULAR, True))
        painter.setPen(colour("text3"))
        painter.drawText(QRect(left + wide + px(8), 0, count_width + 2, px(20)), LEFT, count)
        painter.setPen(colour("text2"))
        painting.elided(painter, QRect(left, px(19), room, px(18)), self.money(self._lane))
        painter.end()


class LaneBox(QFrame):
    """The box of a lane; it lights up while a card hovers over it."""

    def __init__(self, lane: Lane, model: LaneModel, with_step: bool, parent: QWidget | None = None):
        super().__init__(parent)
        self.stage = lane.stage
        self.over = ""  # "" | "accent" | "bad"
        self.head = LaneHead()
        self.view = LaneView(model, with_step)
        self.setMinimumWidth(px(NARROWEST))
        self.setMaximumWidth(px(WIDEST))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, px(4))
        column.setSpacing(px(4))
        column.addWidget(self.head)
        column.addWidget(self.view)
        model.setParent(self)
        self.show_figures()
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(300))

    def show_lane(self, lane: Lane) -> None:
        """Show what was read anew."""
        self.stage = lane.stage
        self.view.show_lane(lane, self.view.lane_model())
        self.show_figures()

    def show_figures(self) -> None:
        """Bring the head up to date with the cards."""
        model = self.view.lane_model()
        self.head.show_model(model)
        self.view.setAccessibleName(model.lane.name)
        self.setAccessibleName(model.lane.name)

    def light(self, over: str) -> None:
        """Show that a card would land here, or would not."""
        if over != self.over:
            self.over = over
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = f"{self.over}_bg" if self.over else "header"
        painting.rounded(painter, self.rect(), fill, tokens.CARD_RADIUS, self.over or None)
        painter.end()
