"""Where entries lie as bars in a row of days: the weeks of a month, the all-day row of a week; no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from crm_desktop.ui.calendar.entries import Entry, reading_order


@dataclass(frozen=True, slots=True)
class Strip:
    """A bar over the days first…last (counted from the start of its row) in a lane; lane 0 is on top.

    `opens` and `closes` say whether the entry really begins and ends at the ends of this bar.
    """

    entry: Entry
    first: int
    last: int
    lane: int
    opens: bool
    closes: bool


@dataclass(slots=True)
class Row:
    """One row of days: the bars that can be seen and, by day, the entries for which there is no room."""

    strips: list[Strip] = field(default_factory=list)
    hidden: dict[int, list[Entry]] = field(default_factory=dict)
    lanes: int = 0


def week_start(day: date, first_weekday: int) -> date:
    """The first day of the week that holds `day`; first_weekday 1 = Monday … 7 = Sunday, as in QLocale."""
    return day - timedelta(days=(day.isoweekday() - first_weekday) % 7)


def month_start(day: date, first_weekday: int) -> date:
    """The first day of the six weeks shown for the month of `day`."""
    return week_start(day.replace(day=1), first_weekday)


def lay_row(entries: Iterable[Entry], first: date, days: int, room: int | None = None) -> Row:
    """Stack entries into lanes over `days` days from `first`.

    A day has at most `room` lines, the last one for “n more” if need be. An entry hidden on one of its days
    only is drawn in parts on the others.
    """
    last = first + timedelta(days=days - 1)
    inside = sorted((e for e in entries if e.first_day <= last and e.last_day >= first), key=reading_order)
    taken: list[set[int]] = [set() for __ in range(days)]
    placed: list[tuple[Entry, int, int, int]] = []
    for entry in inside:
        start = max(0, (entry.first_day - first).days)
        end = min(days - 1, (entry.last_day - first).days)
        lane = _free_lane(taken[start : end + 1])
        for lanes in taken[start : end + 1]:
            lanes.add(lane)
        placed.append((entry, start, end, lane))
    row = Row(lanes=1 + max((spot[3] for spot in placed), default=-1))
    limits = [_limit(lanes, room) for lanes in taken]
    for entry, start, end, lane in placed:
        for day in range(start, end + 1):
            if lane >= limits[day]:
                row.hidden.setdefault(day, []).append(entry)
        row.strips.extend(_parts(entry, start, end, lane, limits, first))
    if room:
        _show_single(row, first, room - 1)
    return row


def _show_single(row: Row, first: date, lane: int) -> None:
    """Let the only hidden entry of a day have the line that would say “1 more”."""
    for day, hidden in list(row.hidden.items()):
        if len(hidden) == 1:
            del row.hidden[day]
            entry, date_ = hidden[0], first + timedelta(days=day)
            row.strips.append(Strip(entry, day, day, lane, entry.first_day == date_, entry.last_day == date_))


def _free_lane(taken: list[set[int]]) -> int:
    lane = 0
    while any(lane in day for day in taken):
        lane += 1
    return lane


def _limit(lanes: set[int], room: int | None) -> int:
    """How many lanes of a day can be seen: all when they fit, else one line is kept for “n more”."""
    deepest = 1 + max(lanes, default=-1)
    if room is None or deepest <= room:
        return deepest
    return max(0, room - 1)


def _parts(entry: Entry, start: int, end: int, lane: int, limits: list[int], first: date) -> Iterable[Strip]:
    day = start
    while day <= end:
        if lane >= limits[day]:
            day += 1
            continue
        stop = day
        while stop < end and lane < limits[stop + 1]:
            stop += 1
        yield Strip(
            entry,
            day,
            stop,
            lane,
            opens=entry.first_day == first + timedelta(days=day),
            closes=entry.last_day == first + timedelta(days=stop),
        )
        day = stop + 1
