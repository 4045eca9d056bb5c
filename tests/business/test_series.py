"""One time of what repeats is moved or taken away: alone, with those that follow, or with all; one undo brings it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from crm_desktop.business import Event
from crm_desktop.business.office import series
from crm_desktop.core import clock
from crm_desktop.core.errors import NotFound, Refused
from crm_desktop.core.views import View
from tests.office import Office

HOUR = timedelta(hours=1)
FIRST = datetime(2026, 3, 2, 9)  # a Monday, wall time


def made(office: Office, rule: str, first: datetime = FIRST, who: str = "li") -> Any:
    at = clock.to_utc(first)
    return office.save(Event(title="例会", starts_at=at, ends_at=at + HOUR, repeats=rule, remind_minutes=10), who)


def times(office: Office, until: datetime = datetime(2026, 4, 1), since: datetime = datetime(2026, 3, 1)) -> list[str]:
    """When it takes place, each event by itself, as day and hour."""
    found = []
    for record_id in office.records.ids(Event, office.boss, View()):
        event: Any = office.records.get(Event, record_id, office.boss)
        lasts = (event.ends_at - event.starts_at) / HOUR
        walls = [clock.to_local(at) for at in event.times(clock.to_utc(until), clock.to_utc(since))]
        found += [f"{wall:%m-%d %H}" + (f" {lasts:g}h" if lasts != 1 else "") for wall in walls]
    return sorted(found)


def move(office: Office, event: Any, day: int, to: datetime, how: str, hours: float = 1) -> Any:
    at, starts = clock.to_utc(datetime(2026, 3, day, 9)), clock.to_utc(to)
    return series.move(office.records, office.li, event.id, at, starts, starts + hours * HOUR, how)


BEFORE = ["03-02 09", "03-09 09", "03-16 09", "03-23 09", "03-30 09"]


@pytest.mark.parametrize(("how", "day", "after"), [
    (series.THIS, 16, ["03-02 09", "03-09 09", "03-17 14 2h", "03-23 09", "03-30 09"]),
    (series.FOLLOWING, 16, ["03-02 09", "03-09 09", "03-17 14 2h", "03-24 14 2h", "03-31 14 2h"]),
    (series.ALL, 16, ["03-03 14 2h", "03-10 14 2h", "03-17 14 2h", "03-24 14 2h", "03-31 14 2h"]),
    (series.THIS, 2, ["03-03 14 2h", "03-09 09", "03-16 09", "03-23 09", "03-30 09"]),
    (series.FOLLOWING, 2, ["03-03 14 2h", "03-10 14 2h", "03-17 14 2h", "03-24 14 2h", "03-31 14 2h"]),
])  # fmt: skip
@pytest.mark.parametrize("rule", ["FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;COUNT=5", "FREQ=WEEKLY;UNTIL=20260330"])
def test_a_time_is_moved(office: Office, rule: str, how: str, day: int, after: list[str]) -> None:
    event = made(office, rule)
    assert times(office) == BEFORE
    change = move(office, event, day, datetime(2026, 3, day + 1, 14), how, hours=2)
    assert times(office) == after
    if "COUNT" in rule or "UNTIL" in rule:
        assert times(office, datetime(2027, 1, 1)) == after, "it ends where it ended"
    office.records.undo(change.batch, office.li)
    assert times(office) == BEFORE and office.records.count(Event, office.li) == 1


@pytest.mark.parametrize(("how", "day", "after"), [
    (series.THIS, 16, ["03-02 09", "03-09 09", "03-23 09", "03-30 09"]),
    (series.FOLLOWING, 16, ["03-02 09", "03-09 09"]),
    (series.FOLLOWING, 2, []),
    (series.ALL, 16, []),
])  # fmt: skip
def test_a_time_is_taken_away(office: Office, how: str, day: int, after: list[str]) -> None:
    event = made(office, "FREQ=WEEKLY")
    change = series.remove(office.records, office.li, [(event.id, clock.to_utc(datetime(2026, 3, day, 9)))], how)
    assert times(office) == after
    office.records.undo(change.batch, office.li)
    assert times(office) == BEFORE


def test_several_times_are_one_act(office: Office) -> None:
    event, other = made(office, "FREQ=WEEKLY"), made(office, "FREQ=DAILY;COUNT=2", datetime(2026, 3, 10, 9))
    days = [(event.id, datetime(2026, 3, 16, 9)), (event.id, datetime(2026, 3, 9, 9)), (other.id, datetime(2026, 3, 10, 9))]
    chosen = [(one, clock.to_utc(at)) for one, at in days]
    change = series.remove(office.records, office.li, chosen, series.THIS)
    assert times(office) == ["03-02 09", "03-11 09", "03-23 09", "03-30 09"]
    office.records.undo(change.batch, office.li)
    series.remove(office.records, office.li, chosen, series.FOLLOWING)
    assert times(office) == ["03-02 09"]


def test_exceptions_go_along(office: Office) -> None:
    event = made(office, "FREQ=WEEKLY;EXCEPT=20260309,20260323")
    move(office, event, 16, datetime(2026, 3, 18, 9), series.ALL)
    assert times(office) == ["03-04 09", "03-18 09"]
    move_at = clock.to_utc(datetime(2026, 3, 18, 9))
    series.move(office.records, office.li, event.id, move_at, move_at + HOUR, move_at + 2 * HOUR, series.FOLLOWING)
    assert times(office, datetime(2026, 4, 9)) == ["03-04 09", "03-18 10", "04-01 10", "04-08 10"]


def test_the_third_monday_becomes_the_third_tuesday_and_the_last_stays_the_last(office: Office) -> None:
    event = made(office, "FREQ=MONTHLY;BYDAY=3MO", datetime(2026, 3, 16, 9))
    move(office, event, 16, datetime(2026, 3, 17, 9), series.ALL)
    assert times(office, datetime(2026, 6, 1)) == ["03-17 09", "04-21 09", "05-19 09"]
    office.records.delete(Event, [event.id], office.li)
    event = made(office, "FREQ=MONTHLY;BYDAY=-1MO", datetime(2026, 3, 30, 9))
    move(office, event, 30, datetime(2026, 3, 31, 9), series.ALL)
    assert times(office, datetime(2026, 6, 1)) == ["03-31 09", "04-28 09", "05-26 09"]


def test_the_only_time_that_is_left_is_moved_itself(office: Office) -> None:
    event = made(office, "FREQ=WEEKLY;COUNT=2;EXCEPT=20260302")
    move(office, event, 9, datetime(2026, 3, 10, 9), series.THIS)
    assert times(office) == ["03-10 09"] and office.records.count(Event, office.li) == 1
    event = made(office, "FREQ=DAILY;COUNT=1", datetime(2026, 3, 16, 9))
    series.remove(office.records, office.li, [(event.id, event.starts_at)], series.THIS)
    assert times(office) == ["03-10 09"]


def test_a_time_that_is_gone_is_told(office: Office) -> None:
    event = made(office, "FREQ=WEEKLY;EXCEPT=20260309")
    with pytest.raises(Refused) as told:
        move(office, event, 9, datetime(2026, 3, 10, 9), series.THIS)
    assert "例会" in told.value.sentence("zh_CN")


def test_who_may_not_change_it_moves_no_time_of_it(office: Office) -> None:
    event = made(office, "FREQ=WEEKLY", who="sun")
    for how in series.HOW:
        with pytest.raises(NotFound):  # he does not even see it
            move(office, event, 9, datetime(2026, 3, 10, 9), how)
    assert times(office) == BEFORE


def test_what_is_done_week_after_week_does_not_run_out_of_exceptions(office: Office) -> None:
    event = made(office, "FREQ=WEEKLY;BYDAY=MO,TH")
    for _week in range(40):
        series.remove(office.records, office.li, [(event.id, _next(office, event.id))], series.THIS)
    left = times(office, datetime(2026, 8, 1), datetime(2026, 3, 1))
    assert left[:3] == ["07-20 09", "07-23 09", "07-27 09"]


def _next(office: Office, event: int) -> datetime:
    record: Any = office.records.get(Event, event, office.li)
    return next(record.times(clock.to_utc(datetime(2027, 1, 1))))
