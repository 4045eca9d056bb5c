"""What the calendar shows: an entry is a visit, call, meeting, task or due date in local wall time; no Qt."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from crm_desktop.core.words import _

DAY = timedelta(days=1)
STEP = timedelta(minutes=15)

KINDS = {
    "visit": (_("Visit"), "violet"),
    "call": (_("Call"), "ok"),
    "meeting": (_("Meeting"), "accent"),
    "task": (_("Task"), "grey"),
    "due": (_("Due date"), "bad"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the calendar.

    `starts` and `ends` are local wall times without zone, `ends` exclusive: an all-day entry of one day ends
    at the next midnight. `id` is whatever the caller wants back from the signals. `tone` is empty for the
    colour of the kind. `why_not` is told when an entry that is not `editable` is dragged, moved or deleted.
    """

    id: Hashable
    kind: str
    title: str
    starts: datetime
    ends: datetime
    all_day: bool = False
    owner: Hashable = None
    owner_name: str = ""
    customer_name: str = ""
    tone: str = ""
    editable: bool = True
    why_not: str = ""

    @property
    def first_day(self) -> date:
        """The day it begins on."""
        return self.starts.date()

    @property
    def last_day(self) -> date:
        """The last day it touches; ending at midnight does not touch the next day."""
        if self.ends <= self.starts:
            return self.starts.date()
        return (self.ends - timedelta(microseconds=1)).date()

    @property
    def long(self) -> bool:
        """Whether it belongs into the all-day row of the week: all day, or 24 hours and more."""
        return self.all_day or self.ends - self.starts >= DAY

    def touches(self, start: datetime, end: datetime) -> bool:
        """Whether any of it lies in [start, end)."""
        return self.starts < end and (self.ends > start or self.starts >= start)

    def moved(self, starts: datetime, ends: datetime) -> Entry:
        """The same entry at another time."""
        return replace(self, starts=starts, ends=ends)


def reading_order(entry: Entry) -> tuple[object, ...]:
    """Sort key of a day read from the top: long entries first, longer before shorter, then by the clock."""
    if entry.long:
        return (0, entry.first_day, entry.first_day - entry.last_day, entry.starts, entry.title)
    return (1, entry.starts, entry.starts - entry.ends, entry.title)


def kind_label(kind: str) -> str:
    """The source word of a kind, to be translated by `say`."""
    return KINDS[kind][0] if kind in KINDS else _("Event")


def kind_tone(kind: str) -> str:
    """The colour of a kind."""
    return KINDS[kind][1] if kind in KINDS else "accent"


def midnight(day: date) -> datetime:
    """The moment a day begins."""
    return datetime.combine(day, time())


def to_step(moment: datetime) -> datetime:
    """The nearest quarter of an hour."""
    start = midnight(moment.date())
    return start + round((moment - start) / STEP) * STEP
