"""What is seen while a card is dragged: its picture under the mouse, the lane it hovers over, and the tray of closed stages.

Plain mouse events, not Qt's drag and drop: nothing leaves the board, Esc puts the card back, and a test can do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from crm_desktop.business.sales.stage import Stage
from crm_desktop.core.names import Names
from crm_desktop.ui.records.board_reading import Card
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.theme import colour, font, metrics, px, tone_text
from crm_desktop.ui.widgets import painting

if TYPE_CHECKING:
    from crm_desktop.ui.records.board_lane import LaneBox
    from crm_desktop.ui.records.board_lanes import Board

ICONS = {"won": "trophy", "lost": "thumbs-down", "void": "circle-x"}
TONES = {"won": "ok", "lost": "bad", "void": "grey"}
EDGE = 32  # px at a side of the board where it scrolls
SCROLL_EVERY = 30  # ms


class Carried(QWidget):
    """The picture of the card under the mouse."""

    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture = QPixmap()
        self.hide()

    def show_picture(self, picture: QPixmap) -> None:
        """Carry this picture."""
        self._picture = picture
        self.resize(picture.deviceIndependentSize().toSize())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()


class Tray(QWidget):
    """Stages without a lane, to drop a card on: lost and void. Only there while a card is dragged."""

    def __init__(self, parent: QWidget, names: Names):
        super().__init__(parent)
        self._board = parent
        self._names = names
        self._stages: list[Stage] = []
        self.over: Stage | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def offer(self, stages: Sequence[Stage]) -> None:
        """Show these stages along the lower edge, over what the window says there of the card before."""
        self._stages, self.over = list(stages), None
        if not self._stages:
            self.put_away()
            return
        window, board, height = self._board.window(), self._board, px(64)
        self.setParent(window)
        self.setGeometry(QRect(board.mapTo(window, QPoint(0, board.height() - height)), QSize(board.width(), height)))
        self.show()
        self.raise_()

    def put_away(self) -> None:
        """No card is dragged."""
        self.hide()
        self.over = None
        self.setParent(self._board)

    def zone(self, stage: Stage) -> QRect:
        """The rectangle of a stage."""
        inside = self.rect().adjusted(px(12), px(6), -px(12), -px(8))
        number, gap = self._stages.index(stage), px(8)
        width = (inside.width() - gap * (len(self._stages) - 1)) // len(self._stages)
        return QRect(inside.x() + number * (width + gap), inside.y(), width, inside.height())

    def stage_at(self, point: QPoint) -> Stage | None:
        """The stage under a point of the tray."""
        if self.isHidden():
            return None
        return next((stage for stage in self._stages if self.zone(stage).contains(point)), None)

    def light(self, stage: Stage | None) -> None:
        """Show where the card would land."""
        if stage is not self.over:
            self.over = stage
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("surface"))
        for stage in self._stages:
            self._paint_zone(painter, stage)
        painter.end()

    def _paint_zone(self, painter: QPainter, stage: Stage) -> None:
        tone, zone, over = TONES.get(stage.kind, "grey"), self.zone(stage), stage is self.over
        ink = "surface" if over else tone_text(tone)
        painting.rounded(painter, zone, tone if over else f"{tone}_bg", tokens.CARD_RADIUS, tone if over else "border")
        words = self._names.title("stage", stage.id)
        wide = metrics("body", tokens.SEMIBOLD).horizontalAdvance(words) + px(24)
        left = zone.center().x() - wide // 2
        paint_icon(painter, ICONS.get(stage.kind, "flag"), QRect(left, zone.center().y() - px(8), px(17), px(17)), ink)
        painter.setFont(font("body", tokens.SEMIBOLD))
        painter.setPen(colour(ink))
        painter.drawText(QRectF(left + px(24), zone.y(), wide, zone.height()), painting.LEFT, words)


class Dragging:
    """The drag that is going on, if any."""

    def __init__(self, board: Board, names: Names):
        self.board = board
        self.card: Card | None = None
        self.carried = Carried(board)
        self.tray = Tray(board, names)
        self._lift = QPoint()
        self._mouse = QPoint()
        self._scroller = QTimer(board, interval=SCROLL_EVERY)
        self._scroller.timeout.connect(self._scroll)

    def begin(self, card: Card, lift: QPoint, picture: QPixmap) -> None:
        """A card was lifted; `lift` is the mouse's place on its picture."""
        self.card, self._lift = card, lift
        self.carried.show_picture(picture)
        # The tray lies on top: a card slides under it like into a slot, and the names stay readable.
        self.tray.offer([stage for stage in self.board.hidden_stages() if stage.id != card.stage])

    def move(self, mouse: QPoint) -> None:
        """The mouse is now at this global position."""
        if self.card is None:
            return
        self._mouse = mouse
        self.carried.move(self.board.mapFromGlobal(mouse) - self._lift)
        here = self.stage_under()
        self.tray.light(self.tray.stage_at(self.tray.mapFromGlobal(mouse)))
        for box in self.board.boxes():
            box.light("accent" if here is not None and box.stage.id == here.id and self.tray.over is None else "")
        near = self._step() != 0 or self._lane_step() != 0
        if near != self._scroller.isActive():
            self._scroller.start() if near else self._scroller.stop()

    def stage_under(self) -> Stage | None:
        """The stage the card would land in."""
        on_tray = self.tray.stage_at(self.tray.mapFromGlobal(self._mouse))
        if on_tray is not None:
            return on_tray
        inside = self.board.viewport().rect().contains(self.board.viewport().mapFromGlobal(self._mouse))
        for box in self.board.boxes() if inside else ():
            if box.rect().contains(box.mapFromGlobal(self._mouse)):
                return box.stage
        return None

    def end(self) -> Card | None:
        """The drag is over; returns the card that was carried."""
        card, self.card = self.card, None
        self._scroller.stop()
        self.carried.hide()
        self.tray.put_away()
        for box in self.board.boxes():
            box.light("")
        return card

    def _step(self) -> int:
        """How far the board should scroll sideways."""
        x, width = self.board.viewport().mapFromGlobal(self._mouse).x(), self.board.viewport().width()
        edge = px(EDGE)
        return -px(14) if x < edge else px(14) if x > width - edge else 0

    def _lane_step(self) -> int:
        """How far the lane under the mouse should scroll."""
        box = self._box_under()
        if box is None:
            return 0
        y, edge = box.view.mapFromGlobal(self._mouse).y(), px(EDGE)
        return -px(10) if y < edge else px(10) if y > box.view.height() - edge else 0

    def _box_under(self) -> LaneBox | None:
        if self.tray.over is not None:
            return None
        return next((box for box in self.board.boxes() if box.rect().contains(box.mapFromGlobal(self._mouse))), None)

    def _scroll(self) -> None:
        across = self.board.horizontalScrollBar()
        across.setValue(across.value() + self._step())
        box = self._box_under()
        if box is not None:
            down = box.view.verticalScrollBar()
            down.setValue(down.value() + self._lane_step())
        self.move(self._mouse)
