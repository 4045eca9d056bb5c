"""The week: seven columns of hours under an all-day row, with a red line at the present minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.ui.calendar.board import Board
from crm_desktop.ui.calendar.columns import DAY_MINUTES, Block, lay_blocks
from crm_desktop.ui.calendar.entries import DAY, Entry, midnight
from crm_desktop.ui.calendar.hours import Hours
from crm_desktop.ui.calendar.spans import HOUR, Place, Span, drawn
from crm_desktop.ui.calendar.strips import Row, Strip, lay_row, week_start
from crm_desktop.ui.calendar.tiles import More, Tile, write_bar, write_block
from crm_desktop.ui.calendar.week_painting import WeekPainting
from crm_desktop.ui.shell import theme

HALF = timedelta(minutes=30)
OPENS_AT = 8
"""The hour on top when the week is first shown."""
GRIP = 6
"""Pixels at the end of an entry by which it is pulled."""
NEAR = 24
"""Pixels from the upper and lower end of the hours within which a held entry scrolls them."""


class WeekBoard(Board):
    """Seven days of hours."""

    DAYS = 7

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(now, parent)
        self.work_hours = (9, 18)
        self.hours = Hours(self.DAYS)
        self._lanes = Row()
        self._scrolled = False
        self._painting = WeekPainting(self)

    def set_work_hours(self, start: int, end: int) -> None:
        """The hours (0-24) that are not shaded on working days."""
        self.work_hours = (start, end)
        self.viewport().update()

    # ------------------------------------------------------------ where things are

    def first_day(self) -> date:
        return week_start(self.day(), QLocale().firstDayOfWeek().value)

    def range_of(self, day: date) -> tuple[datetime, datetime]:
        start = midnight(week_start(day, QLocale().firstDayOfWeek().value))
        return start, start + self.DAYS * DAY

    def place_at(self, point: QPoint, inside: bool = False) -> Place | None:
        self.tiles()
        hours = self.hours
        view = self.viewport().rect()
        if not inside and (not view.contains(point) or point.x() < hours.gutter):
            return None
        day = self.first_day() + timedelta(days=hours.column_at(point.x()))
        drag = self.mouse.drag
        whole_day = point.y() < hours.top if drag is None else drag.grabbed.all_day
        if whole_day:
            return Place(midnight(day), True)
        minute = hours.minute_at(min(max(point.y(), hours.top), view.bottom()), self.verticalOffset())
        # The end of the day is a place too while an end is pulled, but never the next day's column.
        return Place(midnight(day) + timedelta(minutes=min(minute, DAY_MINUTES - 1)))

    def fit(self, place: Place) -> Place:
        if place.all_day:
            return Place(midnight(place.day), True)
        return Place(midnight(place.day) + (place.at - midnight(place.day)) // HALF * HALF)

    def at_work(self, day: date) -> Place:
        """Where the keyboard starts on a day that was chosen without a time: now, or when work begins."""
        now = self.now()
        hour = now.hour if day == now.date() else self.work_hours[0]
        return Place(midnight(day) + hour * HOUR)

    def step(self, key: Qt.Key) -> Place:
        place, start = self.place, self.first_day()
        days = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Home: (start - place.day).days,
            Qt.Key.Key_End: (start - place.day).days + self.DAYS - 1,
        }
        if key in days:
            return place.on(place.day + timedelta(days=days[key]))
        if place.all_day:
            return Place(place.at) if key == Qt.Key.Key_Down else place
        at = place.at + (HALF if key == Qt.Key.Key_Down else -HALF)
        if at < midnight(place.day):
            return Place(midnight(place.day), True)      # above midnight lies the all-day row
        return Place(at) if at.date() == place.day else place

    def fitting_span(self, first: Place, last: Place) -> Span:
        if first.all_day or last.all_day:
            return drawn(first, last)
        last = last.on(first.day)
        return Span(min(first.at, last.at), max(first.at, last.at) + HALF)

    def nudge(self, key: Qt.Key) -> tuple[int, int]:
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
        return days, steps

    def on_screen(self, piece: Tile | More) -> QRect:
        if not piece.scrolls:
            return piece.rect
        view = self.viewport().rect()
        view.setTop(self.hours.top)
        return piece.rect.translated(0, self.hours.top - self.verticalOffset()).intersected(view)

    def grips_end(self, tile: Tile, point: QPoint) -> bool:
        if not tile.closes:
            return False
        rect = self.on_screen(tile)
        if tile.scrolls:
            return rect.bottom() - min(GRIP, rect.height() // 3) < point.y() <= rect.bottom()
        return tile.entry.all_day and rect.right() - GRIP < point.x() <= rect.right()

    # ------------------------------------------------------------ scrolling

    def show_start(self, entry: Entry) -> None:
        if not entry.long:
            self.reveal(Place(entry.starts))

    def reveal(self, place: Place) -> None:
        if place.all_day:
            return
        self.tiles()
        bar = self.verticalScrollBar()
        top = self.hours.y_of((place.at - midnight(place.day)).seconds // 60)
        bottom = top + self.hours.hour
        page = self.viewport().height() - self.hours.top
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + page:
            bar.setValue(bottom - page)

    def scroll_by(self, point: QPoint) -> int:
        above = point.y() - (self.hours.top + NEAR)
        below = point.y() - (self.viewport().height() - NEAR)
        return max(above, -NEAR) // 2 if above < 0 else min(below, NEAR) // 2 if below > 0 else 0

    def updateGeometries(self) -> None:
        self._measure()
        bar = self.verticalScrollBar()
        page = max(1, self.viewport().height() - self.hours.top)
        bar.setSingleStep(self.hours.hour // 2)
        bar.setPageStep(page)
        bar.setRange(0, max(0, self.hours.height - page))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._scrolled and self.isVisible():
            self.scroll_to_hour(OPENS_AT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._scrolled:
            self.scroll_to_hour(OPENS_AT)

    def scroll_to_hour(self, hour: int) -> None:
        """Put an hour on top, with a little above it for its name."""
        self._scrolled = True
        self.updateGeometries()
        self.verticalScrollBar().setValue(self.hours.y_of(hour * 60) - theme.px(10))

    # ------------------------------------------------------------ layout

    def _measure(self) -> None:
        room = 3 if self.viewport().height() >= theme.px(420) else 2
        if self.model() is None:
            return
        long = [entry for __, entry in self.shown_entries() if entry.long]
        self._lanes = lay_row(long, self.first_day(), self.DAYS, room)
        lines = min(room, self._lanes.lanes)
        self.hours = Hours(self.DAYS, self.viewport().width(), lines)

    def lay_out(self) -> tuple[list[Tile], list[More]]:
        self._measure()
        shown = self.shown_entries()
        row_of = {entry.id: row for row, entry in shown}
        tiles = [self._bar(strip, row_of[strip.entry.id]) for strip in self._lanes.strips]
        for block in lay_blocks((entry for __, entry in shown), self.first_day(), self.DAYS):
            tiles.append(self._block(block, row_of[block.entry.id]))
        mores = []
        for column, hidden in self._lanes.hidden.items():
            rect = self.hours.lane(column, column, self.hours.lines - 1)
            mores.append(More(rect, self.first_day() + timedelta(days=column), hidden))
        return tiles, mores

    def _bar(self, strip: Strip, row: int) -> Tile:
        rect = self.hours.lane(strip.first, strip.last, strip.lane, strip.opens, strip.closes)
        tile = Tile(row, strip.entry, rect, self.tone(strip.entry), strip.opens, strip.closes)
        write_bar(tile)
        return tile

    def _block(self, block: Block, row: int) -> Tile:
        rect = self.hours.block(block)
        tone = self.tone(block.entry)
        tile = Tile(row, block.entry, rect, tone, block.opens, block.closes, scrolls=True)
        write_block(tile)
        return tile

    # ------------------------------------------------------------ painting

    def paint_sheet(self, painter: QPainter, area: QRect) -> None:
        self.tiles()
        self._painting.sheet(painter, area)

    def paint_over(self, painter: QPainter) -> None:
        self._painting.over(painter)
