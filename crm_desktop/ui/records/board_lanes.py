"""The board itself: lanes side by side, one card picked, cards dragged or sent from lane to lane."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from crm_desktop.business.sales.stage import Stage
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.board_dragging import Dragging
from crm_desktop.ui.records.board_lane import LaneBox
from crm_desktop.ui.records.board_model import LaneModel
from crm_desktop.ui.records.board_reading import BoardContent, Card, Lane
from crm_desktop.ui.shell.theme import px


class Board(QScrollArea):
    """The lanes of one pipeline.

    Signals: `chosen(id)`, `opened(id)`, `dropped(card, stage)` when a card should go to another stage, `more_asked(stage
    id)`, `menu_asked(card, global position)`, `ends_asked(card, global position)` for the closed stages.
    """

    chosen = Signal(object)
    opened = Signal(object)
    dropped = Signal(object, object)
    more_asked = Signal(object)
    menu_asked = Signal(object, QPoint)
    ends_asked = Signal(object, QPoint)

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.content: BoardContent | None = None
        self._waiting: BoardContent | None = None
        self._boxes: list[LaneBox] = []
        self._current: LaneBox | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(say("Board"))
        body = QWidget()
        body.setObjectName("Body")
        self._row = QHBoxLayout(body)
        self._row.setContentsMargins(px(12), px(8), px(12), px(12))
        self._row.setSpacing(px(8))
        self._row.addStretch(1)
        self.setWidget(body)
        self.dragging = Dragging(self, desk.records.names)

    # ------------------------------------------------------------ content

    def show_content(self, content: BoardContent) -> None:
        """Show what was read; lanes that stay keep their card and their place."""
        if self.dragging.card is not None:
            self._waiting = content
            return
        self.content, self._waiting = content, None
        wanted = [lane.stage.id for lane in content.lanes]
        if wanted == [box.stage.id for box in self._boxes]:
            for box, lane in zip(self._boxes, content.lanes, strict=True):
                box.view.lane_model().today = self.desk.records.clock.today()
                box.show_lane(lane)
        else:
            self._rebuild(content)

    def _rebuild(self, content: BoardContent) -> None:
        card = self.current_card()
        focused = self._current is not None and self._current.view.hasFocus()
        for box in self._boxes:
            self._row.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = [self._box(lane) for lane in content.lanes]
        for number, box in enumerate(self._boxes):
            self._row.insertWidget(number, box, 1000)
            if number:
                QWidget.setTabOrder(self._boxes[number - 1].view, box.view)
        self._current = None
        self._make_current(self._boxes[0] if self._boxes else None)
        if card is not None:
            self.pick(card.id)
        if focused and self._current is not None:
            self._current.view.setFocus()

    def _box(self, lane: Lane) -> LaneBox:
        compact = self.desk.setting("density") == "compact"
        model = LaneModel(lane, self.desk.records.clock.today())
        box = LaneBox(lane, model, lane.stage.kind == "open" and not compact)
        view = box.view
        view.chosen.connect(lambda card_id: self._card_chosen(box, card_id))
        view.opened.connect(self.opened)
        view.more_asked.connect(lambda: self.more_asked.emit(box.stage.id))
        view.menu_asked.connect(lambda spot: self.menu_asked.emit(view.current_card(), spot))
        view.side_asked.connect(lambda way: self._go_aside(box, way))
        view.lifted.connect(lambda card, lift: self._lifted(box, card, lift))
        view.carried.connect(self.dragging.move)
        view.dropped.connect(self._dropped)
        view.put_back.connect(self._put_back)
        return box

    def boxes(self) -> list[LaneBox]:
        """The lanes, left to right."""
        return self._boxes

    def box_of(self, stage_id: int) -> LaneBox | None:
        """The lane of a stage, if it has one."""
        return next((box for box in self._boxes if box.stage.id == stage_id), None)

    def hidden_stages(self) -> list[Stage]:
        """Closed stages that cannot be dropped on now: those without a lane, and those scrolled out of sight."""
        seen = self.viewport().rect()
        away = [
            box.stage
            for box in self._boxes
            if box.stage.kind != "open" and not seen.contains(box.mapTo(self.viewport(), box.rect().center()))
        ]
        return [*away, *(self.content.ends if self.content else ())]

    # ------------------------------------------------------------ the card that is picked

    def current_card(self) -> Card | None:
        """The card that is picked."""
        return self._current.view.current_card() if self._current is not None else None

    def current_stage(self) -> Stage | None:
        """The stage of the lane that has the keyboard."""
        return self._current.stage if self._current is not None else None

    def enter(self) -> None:
        """Take the keyboard: the card that is picked, else the first one there is."""
        if self.current_card() is None:
            box = next((box for box in self._boxes if box.view.lane_model().cards), None)
            if box is not None:
                box.view.pick_row(0)
        if self._current is not None:
            self.focus_box(self._current)

    def pick(self, card_id: int) -> bool:
        """Pick a card by its record's id; False when the board does not show it."""
        return any(box.view.pick_card(card_id) for box in self._boxes)

    def bring_into_sight(self) -> None:
        """Scroll to the lane of the card that is picked."""
        if self._current is not None:
            self.ensureWidgetVisible(self._current, px(12), 0)

    def _card_chosen(self, box: LaneBox, card_id: int) -> None:
        self._make_current(box)
        for other in self._boxes:
            if other is not box:
                other.view.clearSelection()
        self.chosen.emit(card_id)

    def _make_current(self, box: LaneBox | None) -> None:
        self._current = box
        self.setFocusProxy(box.view if box is not None else None)  # type: ignore[arg-type]

    def _go_aside(self, box: LaneBox, way: int) -> None:
        """To the nearest card of the next lane that has any."""
        here = box.view.visualRect(box.view.currentIndex()).center()
        places = range(self._boxes.index(box) + way, len(self._boxes) if way > 0 else -1, way)
        for place in places:
            other = self._boxes[place]
            if other.view.lane_model().rowCount():
                index = other.view.indexAt(QPoint(other.view.width() // 2, here.y()))
                other.view.pick_row(index.row() if index.isValid() else other.view.lane_model().rowCount() - 1)
                self.focus_box(other)
                return

    def focus_box(self, box: LaneBox) -> None:
        """Give a lane the keyboard and bring it into sight."""
        self._make_current(box)
        box.view.setFocus()
        self.bring_into_sight()

    # ------------------------------------------------------------ moving cards

    def send(self, way: int) -> None:
        """The card that is picked goes to the lane beside."""
        card = self.current_card()
        if card is None or self._current is None:
            return
        place = self._boxes.index(self._current) + way
        if 0 <= place < len(self._boxes):
            self.dropped.emit(card, self._boxes[place].stage)

    def offer_ends(self) -> None:
        """Offer the stages the card that is picked may end in."""
        card = self.current_card()
        if card is not None and self._current is not None:
            view = self._current.view
            self.ends_asked.emit(card, view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).bottomLeft()))

    def show_moved(self, card: Card, stage: Stage) -> None:
        """Show a card in its new stage before the database has answered; it keeps the keyboard where its lane is shown."""
        source, target = self.box_of(card.stage), self.box_of(stage.id)
        if source is None or source.view.lane_model().take(card.id) is None:
            return
        source.show_figures()
        if target is None:
            source.view.pick_row(source.view.currentIndex().row())
            return
        row = target.view.lane_model().put(card)
        target.show_figures()
        target.view.pick_row(row)
        self.focus_box(target)

    def _lifted(self, box: LaneBox, card: Card, lift: QPoint) -> None:
        index = box.view.lane_model().index(box.view.lane_model().row_of(card.id))
        picture: QPixmap = box.view.cards.picture(index, box.view.viewport().width(), self.devicePixelRatioF())
        self.dragging.begin(card, lift, picture)

    def _dropped(self) -> None:
        stage = self.dragging.stage_under()
        card = self._put_back()
        if card is not None and stage is not None and stage.id != card.stage:
            self.dropped.emit(card, stage)

    def _put_back(self) -> Card | None:
        """The drag is over; what was read meanwhile is shown now."""
        card = self.dragging.end()
        if self._waiting is not None:
            self.show_content(self._waiting)
        return card
