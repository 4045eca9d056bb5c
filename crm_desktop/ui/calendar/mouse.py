"""The mouse on a calendar sheet: choosing, moving an entry, pulling its end, drawing a new one.

Plain mouse events, not Qt's drag and drop: nothing leaves the sheet, Esc and a lost focus cancel, and a test
can do it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from crm_desktop.ui.calendar.entries import Entry
from crm_desktop.ui.calendar.spans import Place, Span, drawn, moved, offered, resized

if TYPE_CHECKING:
    from crm_desktop.ui.calendar.board import Board

Select = QItemSelectionModel.SelectionFlag
SCROLL_EVERY = 40
"""Milliseconds between two steps of scrolling while something is held at the edge."""


@dataclass(slots=True)
class Drag:
    """What is being dragged: an entry (its end, when `pulls_end`) or, without entry, an empty span.

    `lift` is the mouse's place inside the piece that was taken, `piece` that piece's rectangle.
    """

    grabbed: Place
    here: Place
    entry: Entry | None = None
    pulls_end: bool = False
    piece: QRect = field(default_factory=QRect)
    lift: QPoint = field(default_factory=QPoint)
    why_not: str = ""

    def span(self) -> Span:
        """Where it would land now."""
        if self.entry is None:
            return drawn(self.grabbed, self.here)
        if self.pulls_end:
            return resized(self.entry, self.here)
        return moved(self.entry, self.grabbed, self.here)


class Mouse:
    """The mouse buttons and the drag that is going on, if any."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.drag: Drag | None = None
        self.point = QPoint(-1, -1)
        self.hovered: int | None = None
        self._pressed: QPoint | None = None
        self._candidate: Drag | None = None
        self._scroller = QTimer(board, interval=SCROLL_EVERY)
        self._scroller.timeout.connect(self._scroll)

    @property
    def busy(self) -> bool:
        """Whether something is being dragged."""
        return self.drag is not None

    # ------------------------------------------------------------ buttons

    def press(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self.busy:
            return
        if event.button() == Qt.MouseButton.RightButton:
            self._choose_for_menu(point)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = point
        self._candidate = None
        place = self.board.place_at(point)
        if place is None or self.board.more_at(point) is not None:
            return
        tile = self.board.tile_at(point)
        if tile is None:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.board.go(place, extend, turn=False)
            self._candidate = Drag(place, place)
            return
        self.board.place = self.board.fit(place)
        index = self.board.entries().index(tile.row)
        add = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self.board.go_to_entry(index, Select.Toggle if add else Select.ClearAndSelect, turn=False)
        shown = self.board.on_screen(tile)
        self._candidate = Drag(
            place, place, tile.entry, self.board.grips_end(tile, point), shown, point - shown.topLeft()
        )

    def move(self, event: QMouseEvent) -> None:
        self.point = event.position().toPoint()
        if self._candidate is not None and self._pressed is not None:
            far = (self.point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far and not self.busy:
                self.drag, self._candidate = self._candidate, None
        if self.busy:
            self._drag_on()
        else:
            self._hover()

    def release(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        pressed, self._pressed, self._candidate = self._pressed, None, None
        if self.drag is None:
            more = self.board.more_at(event.position().toPoint())
            if more is not None and pressed is not None and self.board.on_screen(more).contains(pressed):
                self.board.more_asked.emit(more)
            return
        self.point = event.position().toPoint()
        self._drag_on()
        drag = self.drag
        self._stop()
        self._drop(drag)

    def double_click(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self._pressed = self._candidate = None
        if event.button() != Qt.MouseButton.LeftButton or self.board.more_at(point) is not None:
            return
        tile = self.board.tile_at(point)
        place = self.board.place_at(point)
        if tile is not None:
            self.board.opened.emit(tile.entry.id)
        elif place is not None:
            span = offered(place)
            self.board.create_asked.emit(span.start, span.end, span.all_day)

    def leave(self) -> None:
        self.point = QPoint(-1, -1)
        if not self.busy:
            self._hover()

    def cancel(self) -> None:
        """Put back what is being dragged."""
        if self.drag is not None or self._candidate is not None:
            self._pressed = self._candidate = None
            self._stop()

    def check(self) -> None:
        """New entries have come: what is dragged may be gone or changed by a colleague."""
        entry = self.drag.entry if self.drag is not None else None
        if entry is not None and entry not in self.board.entries().entries:
            self.cancel()

    # ------------------------------------------------------------ dragging

    def _drag_on(self) -> None:
        drag = self.drag
        here = self.board.place_at(self.point, inside=True)
        if drag is None or here is None:
            return
        drag.here = here
        if drag.entry is not None:
            drag.why_not = self.board.why_not(drag.entry, drag.span())
        self.board.viewport().setCursor(self._shape())
        scrolls = not drag.grabbed.all_day and self.board.scroll_by(self.point) != 0
        if scrolls != self._scroller.isActive():
            self._scroller.start() if scrolls else self._scroller.stop()
        self.board.viewport().update()

    def _scroll(self) -> None:
        bar = self.board.verticalScrollBar()
        bar.setValue(bar.value() + self.board.scroll_by(self.point))
        self._drag_on()

    def _drop(self, drag: Drag) -> None:
        span = drag.span()
        if drag.entry is not None:
            self.board.move_entry(drag.entry, span)
        else:
            self.board.go(Place(span.start, span.all_day), turn=False)
            self.board.create_asked.emit(span.start, span.end, span.all_day)

    def _stop(self) -> None:
        self.drag = None
        self._scroller.stop()
        self._hover()
        self.board.viewport().update()

    # ------------------------------------------------------------ hovering

    def _hover(self) -> None:
        tile = self.board.tile_at(self.point) if self.point.x() >= 0 else None
        row = None if tile is None else tile.row
        if row != self.hovered:
            self.board.refresh({row, self.hovered})
            self.hovered = row
        self.board.hover(self.point)
        if tile is not None and tile.entry.editable and self.board.grips_end(tile, self.point):
            self.board.viewport().setCursor(self._resize_shape(tile.scrolls))
        elif self.point.x() >= 0 and self.board.more_at(self.point) is not None:
            self.board.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.board.viewport().unsetCursor()

    def _shape(self) -> Qt.CursorShape:
        assert self.drag is not None
        if self.drag.why_not:
            return Qt.CursorShape.ForbiddenCursor
        if self.drag.pulls_end:
            return self._resize_shape(not self.drag.grabbed.all_day)
        return Qt.CursorShape.CrossCursor if self.drag.entry is None else Qt.CursorShape.ClosedHandCursor

    @staticmethod
    def _resize_shape(upright: bool) -> Qt.CursorShape:
        return Qt.CursorShape.SizeVerCursor if upright else Qt.CursorShape.SizeHorCursor

    def _choose_for_menu(self, point: QPoint) -> None:
        tile = self.board.tile_at(point)
        place = self.board.place_at(point)
        if tile is not None:
            index = self.board.entries().index(tile.row)
            if not self.board.selectionModel().isSelected(index):
                self.board.go_to_entry(index, turn=False)
        elif place is not None:
            self.board.go(place, turn=False)
