"""One day of hours: the week with a single column."""

from __future__ import annotations

from datetime import date, datetime

from crm_desktop.ui.calendar.entries import DAY, midnight
from crm_desktop.ui.calendar.week import WeekBoard


class DayBoard(WeekBoard):
    """One day."""

    DAYS = 1

    def first_day(self) -> date:
        return self.day()

    def range_of(self, day: date) -> tuple[datetime, datetime]:
        start = midnight(day)
        return start, start + DAY
