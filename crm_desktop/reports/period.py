"""A stretch of whole days a report looks at: named ones that move with the calendar, or two fixed days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from crm_desktop.core import clock as clocks
from crm_desktop.core.errors import Invalid
from crm_desktop.core.views import Condition
from crm_desktop.core.words import _, say

DAY = timedelta(1)
NAMES = {
    "this_month": _("This month"),
    "last_month": _("Last month"),
    "this_quarter": _("This quarter"),
    "last_quarter": _("Last quarter"),
    "this_year": _("This year"),
    "last_year": _("Last year"),
    "last_12_months": _("Last 12 months"),
    "all": _("All time"),
}


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included; None is open."""

    first: date | None = None
    last: date | None = None
    name: str = ""

    def label(self, lang: str) -> str:
        """'This month (2026-11-01 to 2026-11-30)'."""
        if self.first is None and self.last is None:
            return say(NAMES["all"], lang)
        days = say("{first} to {last}", lang, first=self.first or "…", last=self.last or "…")
        if not self.name:
            return days
        return say("{period} ({days})", lang, period=say(NAMES[self.name], lang), days=days)

    def on_days(self, field: str) -> tuple[Condition, ...]:
        """The conditions on a field that holds days."""
        if self.first is not None and self.last is not None:
            return (Condition(field, "between", [self.first.isoformat(), self.last.isoformat()]),)
        return self.on_moments(field)

    def on_moments(self, field: str) -> tuple[Condition, ...]:
        """The conditions on a field that holds moments: whole days of this PC."""
        conditions = []
        if self.first is not None:
            conditions.append(Condition(field, "after", (self.first - DAY).isoformat()))
        if self.last is not None:
            conditions.append(Condition(field, "before", (self.last + DAY).isoformat()))
        return tuple(conditions)


def read_period(text: str, today: date) -> Period:
    """A name of NAMES, or '2026-01-01/2026-03-31' (either day may be left out). Raises Invalid."""
    if text in NAMES:
        first, last = _days(text, today)
        return Period(first, last, text)
    begin, slash, end = text.partition("/")
    try:
        first = date.fromisoformat(begin) if begin else None
        last = date.fromisoformat(end) if end else None
    except ValueError:
        slash = ""
    if not slash:
        raise Invalid(_("“{value}” is not a period. Write it like 2026-01-01/2026-03-31."), "period", value=text[:40])
    if first and last and last < first:
        raise Invalid(_("The period ends before it begins. Check the two days."), "period")
    return Period(first, last)


def _days(name: str, today: date) -> tuple[date | None, date | None]:
    month, quarter = first_of_month(today), date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    spans: dict[str, Callable[[], tuple[date | None, date | None]]] = {
        "this_month": lambda: (month, months_after(month, 1) - DAY),
        "last_month": lambda: (months_after(month, -1), month - DAY),
        "this_quarter": lambda: (quarter, months_after(quarter, 3) - DAY),
        "last_quarter": lambda: (months_after(quarter, -3), quarter - DAY),
        "this_year": lambda: (date(today.year, 1, 1), date(today.year, 12, 31)),
        "last_year": lambda: (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
        "last_12_months": lambda: (months_after(month, -11), months_after(month, 1) - DAY),
        "all": lambda: (None, None),
    }
    return spans[name]()


def first_of_month(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def months_after(first: date, count: int) -> date:
    """The first day of the month `count` months after the month of `first`; earlier when negative."""
    months = first.year * 12 + first.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def midnight(day: date) -> datetime:
    """When a day of this PC begins, as a stored moment."""
    return clocks.to_utc(datetime.combine(day, time()))
