"""Where the days of a month and their lines lie on its sheet, in pixels; pure arithmetic."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

from PySide6.QtCore import QRect

from crm_desktop.ui.calendar.strips import Strip
from crm_desktop.ui.shell.theme import px

WEEKS = 6
HEADER = 28
NUMBERS = 30
"""Height of the line with the day number, above the bars."""
BAR = 18
PITCH = 20
INSET = 5


class Weeks:
    """The measures of six weeks from `first` on a sheet of `width` by `height` pixels."""

    def __init__(self, first: date, width: int = 960, height: int = 640) -> None:
        self.first = first
        self.head = px(HEADER)
        self.lefts = [at * width // 7 for at in range(8)]
        self.tops = [self.head + at * (height - self.head) // WEEKS for at in range(WEEKS + 1)]
        self.days = [first + timedelta(days=at) for at in range(7 * WEEKS)]
        self.cells = [self._cell(at % 7, at // 7) for at in range(7 * WEEKS)]
        self.room = max(0, (self.tops[1] - self.tops[0] - px(NUMBERS + 2)) // px(PITCH))
        """How many lines fit into a day."""

    def _cell(self, column: int, week: int) -> QRect:
        left, top = self.lefts[column], self.tops[week]
        return QRect(left, top, self.lefts[column + 1] - left, self.tops[week + 1] - top)

    def cell(self, day: date) -> QRect:
        """The rectangle of a day; empty for one that is not on the sheet."""
        at = (day - self.first).days
        return self.cells[at] if 0 <= at < len(self.cells) else QRect()

    def day_at(self, x: int, y: int) -> date:
        """The day at a point; the nearest one for points beside the sheet."""
        column = bisect_right(self.lefts[1:7], x)
        week = bisect_right(self.tops[1:WEEKS], y)
        return self.days[7 * week + column]

    def bar(self, week: int, strip: Strip) -> QRect:
        """The bar of a strip in a week; it reaches the edge where the entry goes on."""
        first, last = self.cells[7 * week + strip.first], self.cells[7 * week + strip.last]
        left = first.x() + (px(INSET) if strip.opens else 1)
        right = last.x() + last.width() - (px(INSET) if strip.closes else 0)
        return QRect(left, self._line(first, strip.lane), right - left, px(BAR))

    def more(self, day: date) -> QRect:
        """Where a day says how many more there are: its last line; without any, beside its number."""
        cell = self.cell(day)
        if not self.room:
            rect = QRect(cell.x() + px(28), cell.y() + px(7), 0, px(BAR))
        else:
            rect = QRect(cell.x() + px(INSET), self._line(cell, self.room - 1), 0, px(BAR))
        rect.setRight(cell.right() - px(INSET))
        return rect

    @staticmethod
    def _line(cell: QRect, lane: int) -> int:
        return cell.y() + px(NUMBERS) + lane * px(PITCH)

    def number(self, cell: QRect) -> QRect:
        """Where the number of a day stands."""
        return QRect(cell.x() + px(INSET), cell.y() + px(INSET), px(22), px(22))
