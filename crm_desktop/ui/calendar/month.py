"""The month: six weeks of days with their entries as bars, and “n more” where a day is full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.calendar.board import Board
from crm_desktop.ui.calendar.entries import DAY, Entry, midnight
from crm_desktop.ui.calendar.ghost import paint_label
from crm_desktop.ui.calendar.spans import Place, Span
from crm_desktop.ui.calendar.strips import Strip, lay_row, month_start, week_start
from crm_desktop.ui.calendar.tiles import FADED, Look, More, Tile, paint_tile, write_bar
from crm_desktop.ui.calendar.weeks import WEEKS, Weeks
from crm_desktop.ui.calendar.wording import span_text, weekday_name
from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.tokens import MEDIUM, REGULAR, SEMIBOLD
from crm_desktop.ui.widgets.painting import CENTRE, LEFT

MORE_FROM = 64
"""Width of a day from which “3 more” is written out; below it is “+3”."""


class MonthBoard(Board):
    """One month; days of the months before and after are faded."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(now, parent)
        self._hovered_day: date | None = None
        self.weeks = Weeks(self.first_day())

    # ------------------------------------------------------------ where things are

    def first_weekday(self) -> int:
        return QLocale().firstDayOfWeek().value

    def first_day(self) -> date:
        return month_start(self.day(), self.first_weekday())

    def range_of(self, day: date) -> tuple[datetime, datetime]:
        start = midnight(month_start(day, self.first_weekday()))
        return start, start + 7 * WEEKS * DAY

    def place_at(self, point: QPoint, inside: bool = False) -> Place | None:
        self.tiles()
        view = self.viewport().rect()
        if not inside and not (view.contains(point) and point.y() >= self.weeks.head):
            return None
        return Place(midnight(self.weeks.day_at(point.x(), point.y())), True)

    def fit(self, place: Place) -> Place:
        return Place(midnight(place.day), True)

    def step(self, key: Qt.Key) -> Place:
        day = self.place.day
        start = week_start(day, self.first_weekday())
        days = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
            Qt.Key.Key_Home: (start - day).days,
            Qt.Key.Key_End: (start - day).days + 6,
        }
        return Place(midnight(day + timedelta(days=days[key])), True)

    def nudge(self, key: Qt.Key) -> tuple[int, int]:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        return by[key], 0

    def hover(self, point: QPoint) -> None:
        place = self.place_at(point)
        day = None if place is None else place.day
        if day != self._hovered_day:
            for changed in (day, self._hovered_day):
                if changed is not None:
                    self.viewport().update(self.weeks.cell(changed))
            self._hovered_day = day

    # ------------------------------------------------------------ layout

    def lay_out(self) -> tuple[list[Tile], list[More]]:
        self.weeks = Weeks(self.first_day(), self.viewport().width(), self.viewport().height())
        shown = self.shown_entries()
        row_of = {entry.id: row for row, entry in shown}
        entries = [entry for __, entry in shown]
        tiles: list[Tile] = []
        mores: list[More] = []
        for week in range(WEEKS):
            first = self.weeks.days[7 * week]
            laid = lay_row(entries, first, 7, self.weeks.room)
            for strip in laid.strips:
                tiles.append(self._tile(week, strip, row_of[strip.entry.id]))
            for at, hidden in laid.hidden.items():
                day = first + timedelta(days=at)
                mores.append(More(self.weeks.more(day), day, hidden))
        return tiles, mores

    def _tile(self, week: int, strip: Strip, row: int) -> Tile:
        days = self.weeks.days[7 * week + strip.first : 7 * week + strip.last + 1]
        faded = all(day.month != self.day().month for day in days)
        rect, tone = self.weeks.bar(week, strip), self.tone(strip.entry)
        tile = Tile(row, strip.entry, rect, tone, strip.opens, strip.closes, faded=faded)
        write_bar(tile)
        return tile

    # ------------------------------------------------------------ painting

    def paint_sheet(self, painter: QPainter, area: QRect) -> None:
        self.tiles()
        painter.fillRect(area, theme.colour("surface"))
        self._paint_header(painter)
        target = self._target_days()
        for day, cell in zip(self.weeks.days, self.weeks.cells, strict=True):
            self._fill_day(painter, day, cell, day in target)
        self._paint_grid(painter)
        self._paint_numbers(painter, area)
        self.paint_pieces(painter, area)

    def _paint_header(self, painter: QPainter) -> None:
        painter.setFont(theme.font("small", MEDIUM))
        painter.setPen(theme.colour("text2"))
        for day, cell in zip(self.weeks.days[:7], self.weeks.cells, strict=False):
            rect = QRect(cell.x(), 0, cell.width(), self.weeks.head)
            painter.drawText(rect.adjusted(theme.px(10), 0, 0, 0), LEFT, weekday_name(day))

    def _fill_day(self, painter: QPainter, day: date, cell: QRect, target: bool) -> None:
        if target:
            painter.fillRect(cell, theme.colour("accent_bg"))
        elif day == self._hovered_day and not self.mouse.busy:
            painter.fillRect(cell, theme.colour("hover"))
        elif day.isoweekday() > 5:
            painter.fillRect(cell, theme.colour("header"))

    def _paint_grid(self, painter: QPainter) -> None:
        # Filled, not drawn: a smoothed line costs ten times as much.
        view, grid = self.viewport().rect(), theme.colour("grid")
        for top in self.weeks.tops[:-1]:
            painter.fillRect(QRect(0, top, view.width(), 1), grid)
        for left in self.weeks.lefts[1:-1]:
            painter.fillRect(QRect(left, self.weeks.head, 1, view.height()), grid)

    def _paint_numbers(self, painter: QPainter, area: QRect) -> None:
        today, month = self.today(), self.day().month
        for day, cell in zip(self.weeks.days, self.weeks.cells, strict=True):
            number = self.weeks.number(cell)
            if not number.intersects(area):
                continue
            if day == today:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.brush("accent"))
                painter.drawEllipse(number)
            usual = "text" if day.month == month else "text3"
            painter.setPen(theme.colour("on_accent" if day == today else usual))
            painter.setFont(theme.font("small", SEMIBOLD if day == today else MEDIUM, True))
            painter.drawText(number, CENTRE, str(day.day))

    def _target_days(self) -> set[date]:
        """The days something that is dragged would cover now."""
        drag = self.mouse.drag
        span = drag.span() if drag is not None else self.chosen_span() if self.anchor is not None else None
        if span is None or (drag is not None and drag.why_not):
            return set()
        last = (span.end - timedelta(microseconds=1)).date() if span.end > span.start else span.end.date()
        return {span.start.date() + timedelta(days=at) for at in range((last - span.start.date()).days + 1)}

    def paint_over(self, painter: QPainter) -> None:
        current = self.current_entry()
        for more in self.mores():
            if current is not None and self.weeks.room and current in more.entries:
                self._paint_hidden(painter, current, more)
            else:
                self._paint_more(painter, more)
        if self.mouse.drag is not None:
            self._paint_drag(painter)
        elif current is None and self.shown_range()[0] <= self.place.at < self.shown_range()[1]:
            painter.setPen(theme.pen("accent", 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.weeks.cell(self.place.day).adjusted(2, 2, -2, -2), 5, 5)

    def _paint_more(self, painter: QPainter, more: More) -> None:
        wide = more.rect.width() >= theme.px(MORE_FROM)
        text = say(_("%n more"), n=len(more.entries)) if wide else f"+{len(more.entries)}"
        painter.setOpacity(1 if more.day.month == self.day().month else FADED)
        painter.setFont(theme.font("small", REGULAR, True))
        hovered = more.rect.contains(self.mouse.point)
        painter.setPen(theme.colour("accent_text" if hovered else "text2"))
        painter.drawText(more.rect.adjusted(theme.px(5), 0, 0, 0), LEFT, text)
        painter.setOpacity(1)

    def _paint_hidden(self, painter: QPainter, entry: Entry, more: More) -> None:
        """The keyboard is on an entry for which there is no room: it takes the place of “n more”."""
        tile = Tile(-1, entry, more.rect, self.tone(entry))
        write_bar(tile)
        paint_tile(painter, tile, more.rect, Look(marked=True, ring=self.hasFocus()))

    def _paint_drag(self, painter: QPainter) -> None:
        drag = self.mouse.drag
        assert drag is not None
        span: Span = drag.span()
        if drag.entry is not None:
            entry = drag.entry if drag.why_not else drag.entry.moved(span.start, span.end)
            tile = Tile(-1, entry, QRect(drag.piece), self.tone(drag.entry))
            tile.rect.moveTopLeft(drag.piece.topLeft() if drag.why_not else self.mouse.point - drag.lift)
            write_bar(tile)
            painter.fillRect(tile.rect.adjusted(1, 1, -1, -1), theme.colour("surface"))
            paint_tile(painter, tile, tile.rect, Look(marked=True))
        text = drag.why_not or span_text(span.start, span.end, span.all_day)
        paint_label(painter, self.mouse.point, self.viewport().rect(), text, bool(drag.why_not))
