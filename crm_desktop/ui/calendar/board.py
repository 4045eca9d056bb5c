"""A calendar sheet one can work on: a focused place or entry, keys, mouse, moving and creating."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from crm_desktop.ui.calendar.entries import Entry, midnight
from crm_desktop.ui.calendar.keys import press_key
from crm_desktop.ui.calendar.mouse import Mouse
from crm_desktop.ui.calendar.sheet import Select, Sheet
from crm_desktop.ui.calendar.spans import Place, Span, drawn, offered
from crm_desktop.ui.calendar.tiles import Look, Tile, paint_tile
from crm_desktop.ui.calendar.wording import day_spoken

Cursor = QAbstractItemView.CursorAction
REPAINT_EVERY = 30_000      # milliseconds
Check = Callable[[Entry, datetime, datetime], str]


class Board(Sheet):
    """Entries over days; times are local wall times.

    The keyboard is either on a place (a day, a half hour) or on an entry, which then is the current index.
    """

    opened = Signal(object)                         # id
    create_asked = Signal(object, object, bool)     # start, end, all day
    move_asked = Signal(object, object, object)     # id, new start, new end
    refused = Signal(str)                           # why something cannot be moved there
    range_changed = Signal(object, object)          # first moment shown, end
    place_changed = Signal(object)                  # Place the keyboard or mouse went to
    menu_asked = Signal(QPoint)                     # where, on the screen
    more_asked = Signal(object)                     # More: its entries are to be listed

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(now, parent)
        self.place = Place(midnight(now().date()), True)
        self.anchor: Place | None = None
        self.keys_used = False
        self.drop_check: Check = lambda entry, start, end: ""
        self._day = now().date()
        self._shown: tuple[datetime, datetime] | None = None
        self.mouse = Mouse(self)
        # The red line moves, and at midnight another day is today.
        self._clock = QTimer(self, interval=REPAINT_EVERY)
        self._clock.timeout.connect(self.viewport().update)
        self._clock.start()

    # ------------------------------------------------------------ what a subclass says

    def range_of(self, day: date) -> tuple[datetime, datetime]:
        """The stretch of time shown for `day`."""
        raise NotImplementedError

    def place_at(self, point: QPoint, inside: bool = False) -> Place | None:
        """The exact place under a point of the viewport; `inside`: or the nearest one."""
        raise NotImplementedError

    def fit(self, place: Place) -> Place:
        """The place as this view knows places: a day in a month, a half hour or a day in a week."""
        raise NotImplementedError

    def step(self, key: Qt.Key) -> Place:
        """Where an arrow key (or Home, End) leads from the present place."""
        raise NotImplementedError

    def nudge(self, key: Qt.Key) -> tuple[int, int]:
        """What Ctrl and an arrow key do to an entry: days, quarters of an hour."""
        raise NotImplementedError

    def grips_end(self, tile: Tile, point: QPoint) -> bool:
        """Whether the point is on the edge by which the end of an entry is pulled."""
        return False

    def reveal(self, place: Place) -> None:
        """Scroll so that a place can be seen."""

    def scroll_by(self, point: QPoint) -> int:
        """How far to scroll while something is held at this point."""
        return 0

    def hover(self, point: QPoint) -> None:
        """Show that the mouse is over an empty place; (-1, -1) when it has left."""

    # ------------------------------------------------------------ range

    def day(self) -> date:
        """The day the shown range belongs to."""
        return self._day

    def today(self) -> date:
        return self.now().date()

    def shown_range(self) -> tuple[datetime, datetime]:
        return self.range_of(self._day)

    def show_day(self, day: date) -> None:
        """Show the month, week or day that holds `day`; the focused place goes there."""
        self._day = day
        self.place = self.fit(self.place.on(day))
        self.anchor = None
        self.relay()
        self._announce_range()
        self.reveal(self.place)

    def _announce_range(self) -> None:
        """Tell once that other entries are wanted."""
        shown = self.shown_range()
        if shown != self._shown:
            self._shown = shown
            self.range_changed.emit(*shown)

    def reset(self) -> None:
        super().reset()
        self.mouse.check()

    # ------------------------------------------------------------ going somewhere

    def chosen_span(self) -> Span:
        """The span a new event is offered for: the drawn one, else an hour at the focused place."""
        return self.fitting_span(self.anchor, self.place) if self.anchor is not None else offered(self.place)

    def fitting_span(self, first: Place, last: Place) -> Span:
        """The span drawn by keys from one place to another, both included."""
        return drawn(first, last)

    def go(self, place: Place, extend: bool = False, turn: bool = True) -> None:
        """Put keyboard and eye on an empty place; `extend` draws a span from where they were.

        `turn` shows the month the place is in: the mouse does not, or the sheet would move away under it.
        """
        self.anchor = (self.anchor or self.place) if extend else None
        self.place = self.fit(place)
        self.selectionModel().setCurrentIndex(QModelIndex(), Select.Clear)
        self._follow(turn)
        entries = self.entries().entries
        count = sum(1 for entry in entries if entry.first_day <= place.day <= entry.last_day)
        self._announce(day_spoken(place.day, count))
        self.viewport().update()

    def go_to_entry(
        self, index: QModelIndex, select: Select = Select.ClearAndSelect, turn: bool = True
    ) -> None:
        """Put the keyboard on an entry."""
        entry = self.entries().entry(index)
        if entry is None:
            return
        day = min(max(self.place.day, entry.first_day), entry.last_day)
        self.anchor = None
        place = Place(midnight(day), True) if entry.long else Place(max(entry.starts, midnight(day)))
        self.place = self.fit(place)
        self.selectionModel().setCurrentIndex(index, select)
        self._follow(turn)
        self.scrollTo(index)

    def _follow(self, turn: bool) -> None:
        """Show the range the place is in, tell others, and scroll to it."""
        shown = self.shown_range()
        outside = not shown[0] <= self.place.at < shown[1]
        if outside or (turn and self.range_of(self.place.day) != shown):
            self._day = self.place.day
            self.relay()
            self._announce_range()
        self.reveal(self.place)
        self.place_changed.emit(self.place)

    def _announce(self, text: str) -> None:
        """Let a screen reader say where the keyboard is: places are no items."""
        self.setAccessibleDescription(text)
        if QAccessible.isActive() and self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def moveCursor(self, action: Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The entry an arrow or Tab leads to; invalid where the keyboard returns to a place."""
        rows = self.day_rows(self.place.day)
        current = self.currentIndex()
        at = rows.index(current.row()) if current.isValid() and current.row() in rows else -1
        if action in (Cursor.MoveLeft, Cursor.MoveRight):
            by = timedelta(days=1 if action == Cursor.MoveRight else -1)
            # A long entry is on both days: the next one is meant, not the same again.
            beside = [row for row in self.day_rows(self.place.day + by) if row != current.row()]
            return self.entries().index(beside[min(max(at, 0), len(beside) - 1)]) if beside else QModelIndex()
        wanted = {
            Cursor.MoveDown: at + 1,
            Cursor.MoveNext: at + 1,
            Cursor.MoveUp: at - 1,
            Cursor.MovePrevious: at - 1 if current.isValid() else len(rows) - 1,
            Cursor.MoveHome: 0,
            Cursor.MoveEnd: len(rows) - 1,
        }.get(action, -1)
        return self.entries().index(rows[wanted]) if 0 <= wanted < len(rows) else QModelIndex()

    # ------------------------------------------------------------ moving entries

    def move_entry(self, entry: Entry, span: Span) -> bool:
        """Ask for an entry to be moved; False, with the reason told, when it may not be."""
        why_not = self.why_not(entry, span)
        if why_not:
            self.refused.emit(why_not)
            return False
        if (span.start, span.end) != (entry.starts, entry.ends):
            self.place = self.place.on(span.start.date())
            # Shown at once; the answer of the database comes as the next show_entries.
            self.entries().change(entry.moved(span.start, span.end))
            self._follow(turn=True)
            self.move_asked.emit(entry.id, span.start, span.end)
        return True

    def why_not(self, entry: Entry, span: Span) -> str:
        """Why an entry may not be moved to a span; empty when it may."""
        if not entry.editable:
            return entry.why_not
        if (span.start, span.end) == (entry.starts, entry.ends):
            return ""
        return self.drop_check(entry, span.start, span.end)

    # ------------------------------------------------------------ painting

    def paint_pieces(self, painter: QPainter, area: QRect, scrolled: bool = False, down: int = 0) -> None:
        """Paint the entries, those that scroll or those that do not, moved `down` to where they are seen."""
        marked, current = self.marked_rows(), self.currentIndex().row()
        ring = self.keys_used and self.hasFocus()
        drag = self.mouse.drag
        held = drag.entry.id if drag is not None and drag.entry is not None else None
        for tile in self.tiles():
            rect = tile.rect.translated(0, down)
            if tile.scrolls != scrolled or not rect.intersects(area):
                continue
            look = Look(
                marked=tile.row in marked and held is None,
                hovered=tile.row == self.mouse.hovered,
                ring=ring and tile.row == current,
                faded=tile.entry.id == held,
            )
            paint_tile(painter, tile, rect, look)

    # ------------------------------------------------------------ keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys_used = True
        if not press_key(self, event):
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the entries of the focused day, then on to the next widget."""
        action = Cursor.MoveNext if forward else Cursor.MovePrevious
        index = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        on_entry = self.currentIndex().isValid()
        self.keys_used = True
        if index.isValid() and (forward or on_entry):
            self.go_to_entry(index)
            return True
        if on_entry and not forward:
            self.go(self.place)
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # QAbstractItemView would make the first entry current; here the keyboard starts on the focused day.
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.mouse.cancel()
        self.viewport().update()

    # ------------------------------------------------------------ mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.keys_used = False
        self.mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mouse.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.mouse.leave()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.mouse.busy:
            return
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            rect = self.visualRect(index) if index.isValid() else self.viewport().rect()
            self.menu_asked.emit(self.viewport().mapToGlobal(rect.center()))
        else:
            self.menu_asked.emit(event.globalPos())
