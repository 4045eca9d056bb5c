"""Changes to one time of what repeats: to it alone, to it and those that follow, or to all of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from crm_desktop.business.office.event import AHEAD, SERIES, Event
from crm_desktop.core import clock
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Refused
from crm_desktop.core.journal import Change
from crm_desktop.core.records import Records
from crm_desktop.core.repeating import Repetition, repetition
from crm_desktop.core.unit import Unit
from crm_desktop.core.words import _

THIS, FOLLOWING, ALL = HOW = ("this", "following", "all")
GONE = _("This time of “{title}” is not there any more. A colleague may have changed it; look at the calendar again.")


def move(records: Records, actor: Actor, event: int, at: datetime, starts: datetime, ends: datetime, how: str) -> Change:
    """Put the time that begins at `at` to another one (all in UTC); one act, one undo."""

    def work(unit: Unit) -> None:
        series, rule, first, wall = _met(unit, event, at)
        by = clock.to_local(starts) - wall
        if how == THIS:
            alone = _copy(series, repeats="", uid=alone_uid(series.uid, at))
            alone.starts_at, alone.ends_at = starts, ends
            if _leave_out(unit, series, rule, first, wall):
                with unit.as_program():  # the same right as to change the series; the owner stays who he is
                    unit.save(alone)
            else:
                series.repeats = ""
                series.starts_at, series.ends_at = starts, ends
                unit.save(series)
            return
        if how == FOLLOWING and _has_before(rule, first, wall):
            rest = _copy(series, uid="", repeats=rule.since(first, wall).moved(wall, wall + by).text())
            rest.starts_at, rest.ends_at = starts, ends
            series.repeats = rule.until_before(first, wall).text()
            unit.save(series)
            with unit.as_program():
                unit.save(rest)
            return
        if how == FOLLOWING:  # what came before it has been left out day by day
            rule, first = rule.since(first, wall), wall
        series.repeats = rule.moved(first, first + by).text()
        series.starts_at = clock.to_utc(first + by)
        series.ends_at = series.starts_at + (ends - starts)
        unit.save(series)

    return records.unit(actor, work, "update")[1]


def remove(records: Records, actor: Actor, times: Iterable[tuple[int, datetime]], how: str) -> Change:
    """Take away times (event, when it begins), or those from them on, or all; one act, one undo."""
    chosen = sorted(times, key=lambda time: time[1])
    if how != THIS:  # of several times of one series the first is the one that others follow
        chosen = list({event: (event, at) for event, at in reversed(chosen)}.values())

    def work(unit: Unit) -> None:
        for event, at in chosen:
            _remove(unit, event, at, how)

    return records.unit(actor, work, "delete" if how == ALL else "update")[1]


def _remove(unit: Unit, event: int, at: datetime, how: str) -> None:
    series, rule, first, wall = _met(unit, event, at)
    unit.demand(Event, "delete", series)
    if how == THIS and _leave_out(unit, series, rule, first, wall):
        return
    if how == FOLLOWING and _has_before(rule, first, wall):
        series.repeats = rule.until_before(first, wall).text()
        unit.save(series)
        return
    unit.delete(Event, event)


def alone_uid(uid: str, at: datetime) -> str:
    """The calendar id of one time of a series that has become an event of its own."""
    return f"{uid}/{at:%Y%m%dT%H%M%SZ}"


def _met(unit: Unit, event: int, at: datetime) -> tuple[Any, Repetition, datetime, datetime]:
    """The series, its rule, when it began first and the time in question, both wall time."""
    series: Any = unit.get(Event, event)
    unit.demand(Event, "edit", series)
    wall, first = clock.to_local(at), clock.to_local(series.starts_at)
    rule = repetition(series.repeats) if series.repeats else None
    if rule is None or next(rule.starts(first, wall + timedelta(seconds=1), wall), None) != wall:
        raise Refused(GONE, title=series.title)
    return series, rule, first, wall


def _leave_out(unit: Unit, series: Any, rule: Repetition, first: datetime, wall: datetime) -> bool:
    """Take a time out of the series; False when no other would be left: nothing was done then."""
    lasts = series.ends_at - series.starts_at
    rest, first = rule.without(wall.date()).short(first)
    if next(rest.starts(first, first + AHEAD), None) is None:
        return False
    series.repeats, series.starts_at = rest.text(), clock.to_utc(first)
    series.ends_at = series.starts_at + lasts
    unit.save(series)
    return True


def _has_before(rule: Repetition, first: datetime, wall: datetime) -> bool:
    return next(rule.starts(first, wall), None) is not None


def _copy(series: Any, **values: Any) -> Any:
    return Event(**{**{name: getattr(series, name) for name in SERIES}, **values})
