"""The item view under month, week and day: pieces of entries on a sheet, with selection, keys, mouse and screen reader.

It stands on QListView because Qt gives accessible items only to its three ready views; layout and painting are all ours.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QFrame, QListView, QWidget

from crm_desktop.ui.calendar.entries import Entry, kind_tone, midnight, reading_order
from crm_desktop.ui.calendar.keys import press_key
from crm_desktop.ui.calendar.model import EntryModel
from crm_desktop.ui.calendar.mouse import Mouse
from crm_desktop.ui.calendar.spans import Place, Span, drawn, offered
from crm_desktop.ui.calendar.tiles import More, Tile
from crm_desktop.ui.calendar.wording import day_spoken
from crm_desktop.ui.shell import theme

Cursor = QAbstractItemView.CursorAction
Select = QItemSelectionModel.SelectionFlag
Check = Callable[[Entry, datetime, datetime], str]


class Board(QListView):
    """Entries over days. A subclass knows where days and hours lie; times are local wall times.

    The keyboard is either on a place (a day, a half hour) or on an entry: then that entry is the current index.
    """

    opened = Signal(object)                         # id
    create_asked = Signal(object, object, bool)     # start, end, all day
    move_asked = Signal(object, object, object)     # id, new start, new end
    refused = Signal(str)                           # why something cannot be moved there
    range_changed = Signal(object, object)          # first moment shown, end
    place_changed = Signal(object)                  # Place the keyboard or mouse went to
    day_asked = Signal(object)                      # a day to be shown by itself
    menu_asked = Signal(QPoint)                     # where, on the screen
    more_asked = Signal(object)                     # More: its entries are to be listed

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.now = now
        self.place = Place(midnight(now().date()), True)
        self.anchor: Place | None = None
        self.keys_used = False
        self.tone_of: Callable[[Entry], str] = lambda entry: entry.tone or kind_tone(entry.kind)
        self.drop_check: Check = lambda entry, start, end: ""
        self._day = now().date()
        self._shown: tuple[datetime, datetime] | None = None
        self._tiles: list[Tile] = []
        self._mores: list[More] = []
        self._laid = False
        self.mouse = Mouse(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.relay)

    # ------------------------------------------------------------ what a subclass draws

    def lay_out(self) -> tuple[list[Tile], list[More]]:
        """The pieces of all entries in the range, and the “n more” lines."""
        raise NotImplementedError

    def range_of(self, day: date) -> tuple[datetime, datetime]:
        """The stretch of time shown for `day`."""
        raise NotImplementedError

    def place_at(self, point: QPoint, inside: bool = False) -> Place | None:
        """The exact place under a point of the viewport; `inside` takes the nearest one for points beside the days."""
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

    def on_screen(self, piece: Tile | More) -> QRect:
        """Where a piece is seen in the viewport; empty when it is scrolled away."""
        return piece.rect

    def grips_end(self, tile: Tile, point: QPoint) -> bool:
        """Whether the point is on the edge by which the end of an entry is pulled."""
        return False

    def reveal(self, place: Place) -> None:
        """Scroll so that a place can be seen."""

    def scroll_by(self, point: QPoint) -> int:
        """How far to scroll while something is held at this point."""
        return 0

    def hover(self, point: QPoint) -> bool:
        """The mouse is here now; True when the sheet looks different for it."""
        return False

    def paint_sheet(self, painter: QPainter, area: QRect) -> None:
        """Everything under the entries."""
        raise NotImplementedError

    def paint_over(self, painter: QPainter) -> None:
        """Everything over the entries: “n more”, the focused place, what is being dragged."""
        raise NotImplementedError

    # ------------------------------------------------------------ entries and range

    def entries(self) -> EntryModel:
        model = self.model()
        assert isinstance(model, EntryModel)
        return model

    def shown_entries(self) -> list[tuple[int, Entry]]:
        """Row and entry of what touches the shown range."""
        start, end = self.shown_range()
        return [(row, entry) for row, entry in enumerate(self.entries().entries) if entry.touches(start, end)]

    def day(self) -> date:
        """The day the shown range belongs to."""
        return self._day

    def show_day(self, day: date) -> None:
        """Show the month, week or day that holds `day`; the focused place goes there."""
        self._day = day
        self.place = self.fit(self.place.on(day))
        self.anchor = None
        self.relay()
        self.announce_range()
        self.reveal(self.place)

    def shown_range(self) -> tuple[datetime, datetime]:
        return self.range_of(self._day)

    def announce_range(self) -> None:
        """Tell once that other entries are wanted."""
        shown = self.shown_range()
        if shown != self._shown:
            self._shown = shown
            self.range_changed.emit(*shown)

    def current_entry(self) -> Entry | None:
        """The entry the keyboard is on."""
        return self.entries().entry(self.currentIndex())

    def selected_ids(self) -> list[Hashable]:
        return [self.entries().entries[index.row()].id for index in self.selectedIndexes()]

    def chosen_span(self) -> Span:
        """The span a new event is offered for: the drawn one, else an hour at the focused place."""
        return drawn(self.anchor, self.place) if self.anchor is not None else offered(self.place)

    # ------------------------------------------------------------ going somewhere

    def go(self, place: Place, extend: bool = False, turn: bool = True) -> None:
        """Put keyboard and eye on an empty place; `extend` draws a span from where they were.

        `turn` shows the month the place is in: the mouse does not, or the sheet would move away under it.
        """
        self.anchor = (self.anchor or self.place) if extend else None
        self.place = self.fit(place)
        self.selectionModel().setCurrentIndex(QModelIndex(), Select.Clear)
        self._follow(turn)
        count = sum(1 for entry in self.entries().entries if entry.first_day <= place.day <= entry.last_day)
        self._announce(day_spoken(place.day, count))
        self.viewport().update()

    def go_to_entry(
        self, index: QModelIndex, select: QItemSelectionModel.SelectionFlag = Select.ClearAndSelect, turn: bool = True
    ) -> None:
        """Put the keyboard on an entry."""
        entry = self.entries().entry(index)
        if entry is None:
            return
        day = min(max(self.place.day, entry.first_day), entry.last_day)
        self.anchor = None
        self.place = self.fit(Place(midnight(day), True) if entry.long else Place(max(entry.starts, midnight(day))))
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
            self.announce_range()
        self.reveal(self.place)
        self.place_changed.emit(self.place)

    def _announce(self, text: str) -> None:
        """Let a screen reader say where the keyboard is: places are no items."""
        self.setAccessibleDescription(text)
        if QAccessible.isActive() and self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

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

    # ------------------------------------------------------------ layout

    def relay(self) -> None:
        """Lay out again before the next painting."""
        self._laid = False
        self.updateGeometries()
        self.viewport().update()

    def tiles(self) -> list[Tile]:
        if not self._laid:
            self._laid = True
            self._tiles, self._mores = self.lay_out()
        return self._tiles

    def mores(self) -> list[More]:
        self.tiles()
        return self._mores

    def tile_at(self, point: QPoint) -> Tile | None:
        return next((tile for tile in reversed(self.tiles()) if self.on_screen(tile).contains(point)), None)

    def more_at(self, point: QPoint) -> More | None:
        return next((more for more in self.mores() if self.on_screen(more).contains(point)), None)

    def doItemsLayout(self) -> None:
        self.relay()

    def reset(self) -> None:
        super().reset()
        self.mouse.check()
        self.relay()

    def dataChanged(self, first: QModelIndex, last: QModelIndex, roles: list[int] | None = None) -> None:
        self.relay()

    def updateGeometries(self) -> None:
        self.verticalScrollBar().setRange(0, 0)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.relay()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(200))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(960), theme.px(640))

    # ------------------------------------------------------------ what Qt asks of an item view

    def visualRect(self, index: QModelIndex) -> QRect:
        if not index.isValid():
            return QRect()
        for tile in self.tiles():
            if tile.row == index.row():
                return self.on_screen(tile)
        entry = self.entries().entries[index.row()]
        for more in self._mores:
            if entry in more.entries:
                return self.on_screen(more)
        return QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        tile = self.tile_at(point)
        return QModelIndex() if tile is None else self.entries().index(tile.row)

    def scrollTo(
        self, index: QModelIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        entry = self.entries().entry(index)
        if entry is not None and not entry.long:
            self.reveal(Place(entry.starts))

    def isIndexHidden(self, index: QModelIndex) -> bool:
        return index.isValid() and self.visualRect(index).isNull()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        chosen = QItemSelection()
        for tile in self.tiles():
            if self.on_screen(tile).intersects(rect):
                index = self.entries().index(tile.row)
                chosen.merge(QItemSelection(index, index), Select.Select)
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        rows = {index.row() for index in selection.indexes()}
        region = QRegion()
        for tile in self.tiles():
            if tile.row in rows:
                region += self.on_screen(tile)
        return region

    def day_rows(self, day: date) -> list[int]:
        """The rows of the entries of a day, as they are read."""
        here = [(reading_order(e), row) for row, e in self.shown_entries() if e.first_day <= day <= e.last_day]
        return [row for __, row in sorted(here)]

    def moveCursor(self, action: Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The entry an arrow or Tab leads to from the current one; invalid where the keyboard returns to a place."""
        rows = self.day_rows(self.place.day)
        current = self.currentIndex()
        at = rows.index(current.row()) if current.isValid() and current.row() in rows else -1
        if action in (Cursor.MoveLeft, Cursor.MoveRight):
            by = timedelta(days=1 if action == Cursor.MoveRight else -1)
            beside = self.day_rows(self.place.day + by)
            # A long entry is on both days: the next one is meant, not the same again.
            beside = [row for row in beside if row != current.row()]
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

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        if QAccessible.isActive() and current.isValid() and self.hasFocus():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(current.row())
            QAccessible.updateAccessibility(event)
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self.viewport().update()

    # ------------------------------------------------------------ keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys_used = True
        if not press_key(self, event):
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the entries of the focused day, then on to the next widget."""
        index = self.moveCursor(Cursor.MoveNext if forward else Cursor.MovePrevious, Qt.KeyboardModifier.NoModifier)
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
        # QAbstractItemView would make the first entry current; here the focused day is where the keyboard is.
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

    def leaveEvent(self, event: object) -> None:
        self.mouse.leave()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            point = self.visualRect(index).center() if index.isValid() else self.viewport().rect().center()
            self.menu_asked.emit(self.viewport().mapToGlobal(point))
        else:
            self.menu_asked.emit(event.globalPos())

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        area = event.rect()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_sheet(painter, area)
        self.paint_over(painter)
        painter.end()

    def marked_rows(self) -> set[int]:
        return {index.row() for index in self.selectedIndexes()}

    def today(self) -> date:
        return self.now().date()

