"""What dragging and keys make of times: moved, resized and new spans, in quarters of an hour; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crm_desktop.ui.calendar.entries import DAY, STEP, Entry, midnight, to_step

HOUR = timedelta(hours=1)
FIRST_HOUR = 9
"""Where a new event is offered on a day that was chosen without a time."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the calendar: a moment, or a whole day (then `at` is its midnight)."""

    at: datetime
    all_day: bool = False

    @property
    def day(self) -> date:
        return self.at.date()

    def on(self, day: date) -> Place:
        """The same time on another day."""
        return Place(datetime.combine(day, self.at.time()), self.all_day)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, `end` exclusive; `all_day` means whole days."""

    start: datetime
    end: datetime
    all_day: bool = False


def moved(entry: Entry, grabbed: Place, here: Place) -> Span:
    """Where an entry lands that was taken at `grabbed` and is held over `here`; its length stays.

    Moving it to another day only keeps its minutes as they are; moving it in time lets it begin on a quarter.
    """
    days = here.day - grabbed.day
    if grabbed.all_day or here.all_day or entry.long:
        return Span(entry.starts + days, entry.ends + days, entry.all_day)
    shift = (here.at - midnight(here.day)) - (grabbed.at - midnight(grabbed.day))
    steps = round(shift / STEP)
    start = entry.starts + days
    if steps:
        start = to_step(start + steps * STEP)
    return Span(start, start + (entry.ends - entry.starts), False)


def resized(entry: Entry, here: Place) -> Span:
    """The entry with its end pulled to `here`: at least a quarter of an hour, or a day for whole days."""
    if entry.long:
        end = midnight(max(here.day, entry.first_day)) + DAY
        return Span(entry.starts, end if entry.all_day else max(end, entry.starts + STEP), entry.all_day)
    return Span(entry.starts, max(to_step(here.at), entry.starts + STEP), False)


def drawn(anchor: Place, here: Place) -> Span:
    """The empty span drawn from `anchor` to `here`: whole days, or quarters of the day it was begun on."""
    if anchor.all_day or here.all_day:
        first, last = sorted((anchor.day, here.day))
        return Span(midnight(first), midnight(last) + DAY, True)
    start = midnight(anchor.day)
    minutes = sorted((anchor.at - start, here.at - midnight(here.day)))
    begin, stop = floor_step(minutes[0]), -floor_step(-minutes[1])
    return Span(start + begin, start + min(DAY, max(stop, begin + STEP)), False)


def floor_step(length: timedelta) -> timedelta:
    """Down to a whole quarter of an hour."""
    return length // STEP * STEP


def offered(place: Place) -> Span:
    """The hour offered for a new event: from a chosen half hour, or from nine on a chosen day."""
    if place.all_day:
        start = midnight(place.day) + FIRST_HOUR * HOUR
    else:
        half = HOUR / 2
        start = midnight(place.day) + (place.at - midnight(place.day)) // half * half
    return Span(start, start + HOUR, False)


def shifted(entry: Entry, days: int = 0, steps: int = 0) -> Span:
    """The entry moved by days and quarters of an hour, as Ctrl+arrows do."""
    by = timedelta(days=days) + (timedelta() if entry.long else steps * STEP)
    return Span(entry.starts + by, entry.ends + by, entry.all_day)


def stretched(entry: Entry, steps: int) -> Span:
    """The entry with its end moved by quarters of an hour (days for long ones), never shorter than one."""
    unit = DAY if entry.long else STEP
    return Span(entry.starts, max(entry.ends + steps * unit, entry.starts + unit), entry.all_day)
