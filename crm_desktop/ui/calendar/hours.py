"""Where days, hours and lanes of a week lie on its sheet, in pixels; pure arithmetic."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QRect

from crm_desktop.ui.calendar.columns import DAY_MINUTES, Block
from crm_desktop.ui.shell.theme import px

HOUR = 48
GUTTER = 52
NARROW_GUTTER = 42
NARROW = 480
HEAD = 48
PITCH = 20
BAR = 18


class Hours:
    """The measures of `days` columns on a sheet of `width` pixels, with `lines` lines in the all-day row."""

    def __init__(self, days: int, width: int = 960, lines: int = 0) -> None:
        self.days = days
        self.width = width
        self.lines = lines
        self.gutter = px(GUTTER if width >= px(NARROW) else NARROW_GUTTER)
        self.hour = px(HOUR)
        self.head = px(HEAD)
        self.top = self.head + (lines * px(PITCH) + px(6) if lines else 0)
        """Where the hours begin: below the day names and the all-day row."""
        self.height = 24 * self.hour

    def x_of(self, column: int) -> int:
        """The left edge of a day's column."""
        return self.gutter + column * (self.width - self.gutter) // self.days

    def column_at(self, x: int) -> int:
        """The day's column at x; the first or last one for points beside them."""
        return max(0, bisect_right(range(self.days), x, key=self.x_of) - 1)

    def y_of(self, minute: int) -> int:
        """The height of a minute of the day on the scrolled sheet."""
        return minute * self.hour // 60

    def minute_at(self, y: int, scrolled: int) -> int:
        """The minute of the day at y of the viewport."""
        return min(max((y - self.top + scrolled) * 60 // self.hour, 0), DAY_MINUTES)

    def lane(self, first: int, last: int, lane: int, opens: bool = True, closes: bool = True) -> QRect:
        """A bar of the all-day row from column `first` to `last`; it reaches the edge where it goes on."""
        left = self.x_of(first) + (px(3) if opens else 1)
        right = self.x_of(last + 1) - (px(3) if closes else 0)
        return QRect(left, self.head + px(2) + lane * px(PITCH), right - left, px(BAR))

    def block(self, block: Block) -> QRect:
        """A block on the scrolled sheet, with its share of the column."""
        left = self.x_of(block.day) + px(3)
        room = self.x_of(block.day + 1) - px(3) - left
        begin = left + block.column * room // block.columns
        end = left + (block.column + block.span) * room // block.columns
        gap = 2 if block.column + block.span < block.columns else 0
        top = self.y_of(block.top) + 1
        return QRect(begin, top, max(4, end - begin - gap), self.y_of(block.bottom) - top - 1)
