"""How a week or a day is painted: columns, hours, shading, the red line, and what is being dragged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPainter

from crm_desktop.core.words import _, say
from crm_desktop.ui.calendar.columns import DAY_MINUTES, lay_blocks
from crm_desktop.ui.calendar.entries import Entry, midnight
from crm_desktop.ui.calendar.ghost import paint_label
from crm_desktop.ui.calendar.hours import Hours
from crm_desktop.ui.calendar.spans import HOUR, Span
from crm_desktop.ui.calendar.strips import lay_row
from crm_desktop.ui.calendar.tiles import Look, Tile, line, paint_tile, write_bar, write_block
from crm_desktop.ui.calendar.wording import span_text, time_range, weekday_name
from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.tokens import MEDIUM, REGULAR, SEMIBOLD
from crm_desktop.ui.widgets.painting import CENTRE, LEFT, RIGHT, dot

if TYPE_CHECKING:
    from crm_desktop.ui.calendar.week import WeekBoard


class WeekPainting:
    """Paints one WeekBoard."""

    def __init__(self, board: WeekBoard) -> None:
        self.board = board

    @property
    def hours(self) -> Hours:
        return self.board.hours

    def _y(self, minute: int) -> int:
        return self.hours.top + self.hours.y_of(minute) - self.board.verticalOffset()

    # ------------------------------------------------------------ the sheet and its entries

    def sheet(self, painter: QPainter, area: QRect) -> None:
        """Everything up to the entries; hours are clipped away under the head."""
        view = self.board.viewport().rect()
        painter.fillRect(area, theme.colour("surface"))
        below = QRect(0, self.hours.top, view.width(), view.height() - self.hours.top)
        painter.setClipRect(below)
        self._shade(painter, view)
        self._lines(painter, view)
        self.board.paint_pieces(painter, view, True, self.hours.top - self.board.verticalOffset())
        painter.setClipping(False)
        self._head(painter, view)
        self.board.paint_pieces(painter, view)

    def _shade(self, painter: QPainter, view: QRect) -> None:
        begin, stop = self.board.work_hours
        for column in range(self.hours.days):
            day = self.board.first_day() + timedelta(days=column)
            left = self.hours.x_of(column)
            width = self.hours.x_of(column + 1) - left
            shade = theme.colour("header")
            if day.isoweekday() > 5:
                painter.fillRect(QRect(left, self.hours.top, width, view.height()), shade)
                continue
            for first, last in ((0, begin * 60), (stop * 60, DAY_MINUTES)):
                top = self._y(first)
                painter.fillRect(QRect(left, top, width, self._y(last) - top), shade)

    def _lines(self, painter: QPainter, view: QRect) -> None:
        painter.setFont(theme.font("caption", REGULAR, True))
        for hour in range(25):
            y = self._y(hour * 60)
            if not self.hours.top - self.hours.hour < y < view.height() + self.hours.hour:
                continue
            painter.fillRect(QRect(self.hours.gutter - theme.px(6), y, view.width(), 1), theme.colour("grid"))
            if 0 < hour < 24:
                painter.setPen(theme.colour("text3"))
                rect = QRect(0, y - theme.px(8), self.hours.gutter - theme.px(10), theme.px(16))
                painter.drawText(rect, RIGHT, f"{hour:02d}:00")
        for column in range(self.hours.days):
            rect = QRect(self.hours.x_of(column), self.hours.top, 1, view.height())
            painter.fillRect(rect, theme.colour("grid"))

    # ------------------------------------------------------------ the head

    def _head(self, painter: QPainter, view: QRect) -> None:
        today = self.board.today()
        for column in range(self.hours.days):
            day = self.board.first_day() + timedelta(days=column)
            self._day_name(painter, column, day, day == today)
        if self.hours.lines:
            painter.setFont(theme.font("caption", REGULAR))
            painter.setPen(theme.colour("text3"))
            rect = QRect(0, self.hours.head + theme.px(3), self.hours.gutter - theme.px(10), theme.px(16))
            if painter.fontMetrics().horizontalAdvance(say(_("All day"))) <= rect.width():
                painter.drawText(rect, RIGHT, say(_("All day")))
        rect = QRect(self.hours.gutter - theme.px(6), self.hours.top - 1, view.width(), 1)
        painter.fillRect(rect, theme.colour("border" if self.hours.lines else "grid"))

    def _day_name(self, painter: QPainter, column: int, day: date, today: bool) -> None:
        left = self.hours.x_of(column)
        width = self.hours.x_of(column + 1) - left
        drag = self.board.mouse.drag
        span = drag.span() if drag is not None and not drag.why_not else None
        if span is not None and span.all_day and span.start <= midnight(day) < span.end:
            painter.fillRect(QRect(left, 0, width, self.hours.top - 1), theme.colour("accent_bg"))
        painter.setFont(theme.font("small", REGULAR))
        painter.setPen(theme.colour("text2"))
        name = QRect(left, theme.px(4), width, theme.px(18)).adjusted(theme.px(8), 0, 0, 0)
        painter.drawText(name, LEFT, weekday_name(day))
        number = QRect(left + theme.px(6), theme.px(22), theme.px(24), theme.px(22))
        if today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("accent"))
            painter.drawRoundedRect(number, theme.px(11), theme.px(11))
        painter.setPen(theme.colour("on_accent" if today else "text"))
        painter.setFont(theme.font("amount", SEMIBOLD, True))
        if today:
            painter.drawText(number, CENTRE, str(day.day))
        else:
            painter.drawText(number.adjusted(theme.px(2), 0, 0, 0), LEFT, str(day.day))

    # ------------------------------------------------------------ over the entries

    def over(self, painter: QPainter) -> None:
        """“n more”, the red line, the focused place and what is being dragged."""
        view = self.board.viewport().rect()
        self._mores(painter)
        painter.setClipRect(QRect(0, self.hours.top - theme.px(4), view.width(), view.height()))
        self._now(painter)
        painter.setClipRect(QRect(0, self.hours.top, view.width(), view.height()))
        if self.board.mouse.drag is not None:
            self._drag(painter)
        elif self.board.current_entry() is None and (self.board.keys_used or self.board.anchor is not None):
            self._place(painter)
        painter.setClipping(False)
        if self.board.mouse.drag is not None:
            self._drag_label(painter, view)

    def _mores(self, painter: QPainter) -> None:
        painter.setFont(theme.font("small", REGULAR, True))
        for more in self.board.mores():
            hovered = more.rect.contains(self.board.mouse.point)
            painter.setPen(theme.colour("accent_text" if hovered else "text2"))
            wide = more.rect.width() >= theme.px(64)
            text = say(_("%n more"), n=len(more.entries)) if wide else f"+{len(more.entries)}"
            painter.drawText(more.rect.adjusted(theme.px(5), 0, 0, 0), LEFT, text)

    def _now(self, painter: QPainter) -> None:
        now = self.board.now()
        column = (now.date() - self.board.first_day()).days
        if not 0 <= column < self.hours.days:
            return
        y = self._y(now.hour * 60 + now.minute)
        left = self.hours.x_of(column)
        painter.setPen(theme.pen("bad", 1.5))
        painter.drawLine(QPointF(left, y), QPointF(self.hours.x_of(column + 1), y))
        dot(painter, left, y, "bad")

    def _place(self, painter: QPainter) -> None:
        board = self.board
        if not board.hasFocus() and board.anchor is None:
            return
        if board.anchor is None:
            span = Span(board.place.at, board.place.at + HOUR / 2, board.place.all_day)
        else:
            span = board.chosen_span()
        self._empty(painter, span, fill=board.anchor is not None)

    def _empty(self, painter: QPainter, span: Span, fill: bool) -> None:
        """An empty span: the focused half hour, or what is being drawn for a new entry."""
        column = (span.start.date() - self.board.first_day()).days
        if span.all_day:
            painter.setClipping(False)
            days = max(1, (span.end - span.start).days)
            left = self.hours.x_of(max(column, 0))
            right = self.hours.x_of(min(column + days, self.hours.days))
            rect = QRect(left + 1, 2, right - left - 2, self.hours.top - 4)
        else:
            minutes = int((span.start - midnight(span.start.date())).total_seconds()) // 60
            length = int((span.end - span.start).total_seconds()) // 60
            left, right = self.hours.x_of(column), self.hours.x_of(column + 1)
            top, bottom = self._y(minutes), self._y(minutes + length)
            rect = QRect(left + 2, top + 1, right - left - 3, bottom - top - 1)
        painter.setBrush(theme.brush("accent_bg") if fill else Qt.BrushStyle.NoBrush)
        painter.setPen(theme.pen("accent", 1.5))
        painter.drawRoundedRect(rect, 5, 5)
        if fill and not span.all_day and rect.height() >= theme.px(18):
            self._write(painter, rect, time_range(span.start, span.end))

    def _write(self, painter: QPainter, rect: QRect, text: str) -> None:
        room = rect.width() - theme.px(12)
        written = line(text, "small", MEDIUM, "accent_text", theme.px(8), 1, theme.px(18), room)
        painter.setFont(theme.font(written.kind, written.weight, True))
        painter.setPen(theme.colour(written.colour))
        painter.drawStaticText(QPointF(rect.x() + written.at.x(), rect.y() + written.at.y()), written.text)

    def _drag(self, painter: QPainter) -> None:
        drag = self.board.mouse.drag
        assert drag is not None
        if drag.entry is None:
            if not drag.grabbed.all_day:
                self._empty(painter, drag.span(), fill=True)
            return
        span = drag.span()
        held = drag.entry if drag.why_not else drag.entry.moved(span.start, span.end)
        for tile in self._held_tiles(held):
            shift = QPoint(0, self.hours.top - self.board.verticalOffset() if tile.scrolls else 0)
            rect = tile.rect.translated(shift)
            painter.setClipping(tile.scrolls)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("surface"))
            painter.drawRoundedRect(rect, 5, 5)
            paint_tile(painter, tile, rect, Look(marked=True))

    def _held_tiles(self, entry: Entry) -> list[Tile]:
        """The held entry alone, over the full width of its days."""
        first, days = self.board.first_day(), self.hours.days
        tone = self.board.tone(entry)
        tiles = []
        if entry.long:
            for strip in lay_row([entry], first, days).strips:
                rect = self.hours.lane(strip.first, strip.last, 0, strip.opens, strip.closes)
                tile = Tile(-1, entry, rect, tone, strip.opens, strip.closes)
                write_bar(tile)
                tiles.append(tile)
        for block in lay_blocks([entry], first, days):
            tile = Tile(-1, entry, self.hours.block(block), tone, block.opens, block.closes, scrolls=True)
            write_block(tile)
            tiles.append(tile)
        return tiles

    def _drag_label(self, painter: QPainter, view: QRect) -> None:
        drag = self.board.mouse.drag
        assert drag is not None
        span = drag.span()
        text = drag.why_not or span_text(span.start, span.end, span.all_day)
        paint_label(painter, self.board.mouse.point, view, text, bool(drag.why_not))
