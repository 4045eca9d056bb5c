"""Where timed entries lie in the columns of a week: cut at midnight, side by side when they overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crm_desktop.ui.calendar.entries import DAY, Entry, midnight

DAY_MINUTES = 24 * 60
SHORTEST = 25
"""Minutes a block takes at least, so that a call of five minutes can still be read and hit."""


@dataclass(frozen=True, slots=True)
class Block:
    """The part of an entry on one day: minutes from midnight, and its share of the column's width.

    It takes `span` of `columns` equal parts, starting at part `column`.
    """

    entry: Entry
    day: int
    top: int
    bottom: int
    column: int
    columns: int
    span: int
    opens: bool
    closes: bool


def lay_blocks(entries: Iterable[Entry], first: date, days: int) -> list[Block]:
    """The blocks of all timed entries on `days` days from `first`, by day and time."""
    timed = [e for e in entries if not e.long]
    blocks: list[Block] = []
    for day in range(days):
        start = midnight(first + timedelta(days=day))
        here = [e for e in timed if e.touches(start, start + DAY)]
        blocks.extend(_lay_day(here, start, day))
    return blocks


def _lay_day(entries: list[Entry], start: datetime, day: int) -> Iterable[Block]:
    parts = sorted((_part(entry, start) for entry in entries), key=_longest_first)
    cluster: list[tuple[Entry, int, int]] = []
    reach = 0
    for part in parts:
        if cluster and part[1] >= reach:
            yield from _share(cluster, start, day)
            cluster = []
        cluster.append(part)
        reach = max(reach, part[2])
    yield from _share(cluster, start, day)


def _longest_first(part: tuple[Entry, int, int]) -> tuple[int, int, str]:
    entry, top, bottom = part
    return top, top - bottom, entry.title


def _part(entry: Entry, start: datetime) -> tuple[Entry, int, int]:
    """The minutes an entry takes on the day that begins at `start`, at least SHORTEST."""
    top = max(0, int((entry.starts - start).total_seconds()) // 60)
    bottom = min(DAY_MINUTES, int((entry.ends - start).total_seconds()) // 60)
    bottom = max(bottom, min(DAY_MINUTES, top + SHORTEST))
    return entry, min(top, bottom - SHORTEST), bottom


def _share(cluster: list[tuple[Entry, int, int]], start: datetime, day: int) -> Iterable[Block]:
    """Give entries that overlap, directly or through others, equal columns.

    Each widens into the columns right of it that are free as long as it lasts.
    """
    ends: list[int] = []
    column_of: list[int] = []
    for __, top, bottom in cluster:
        free = next((i for i, end in enumerate(ends) if end <= top), len(ends))
        if free == len(ends):
            ends.append(bottom)
        else:
            ends[free] = bottom
        column_of.append(free)
    for at, (entry, top, bottom) in enumerate(cluster):
        crossed = [
            column_of[other]
            for other, (__, begins, stops) in enumerate(cluster)
            if column_of[other] > column_of[at] and begins < bottom and stops > top
        ]
        span = min(crossed, default=len(ends)) - column_of[at]
        yield Block(
            entry,
            day,
            top,
            bottom,
            column_of[at],
            len(ends),
            span,
            opens=entry.starts >= start,
            closes=entry.ends <= start + DAY,
        )
