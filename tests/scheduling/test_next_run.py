"""When a schedule runs next: by the clock on the wall, whatever summer time does to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.business import Schedule
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import Invalid
from crm_desktop.scheduling.schedules import next_run
from tests.office import Office

NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def schedule(weekdays: str = "1", at: str = "08:00") -> Schedule:
    return Schedule(name="周报", weekdays=weekdays, at=at, folder="/tmp")


def runs(one: Schedule, after: datetime, count: int, zone: ZoneInfo) -> list[str]:
    """The next runs as the clock on the wall there shows them."""
    found = []
    for _turn in range(count):
        moment = next_run(one, after, zone)
        assert moment is not None
        found.append(moment.replace(tzinfo=UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M %z"))
        after = moment
    return found


def test_every_monday_at_eight() -> None:
    wednesday = datetime(2026, 3, 18, 2)
    assert runs(schedule(), wednesday, 2, SHANGHAI) == ["2026-03-23 08:00 +0800", "2026-03-30 08:00 +0800"]


def test_at_its_very_minute_the_next_one_is_a_week_later() -> None:
    assert next_run(schedule(), datetime(2026, 3, 23, 0, 0), SHANGHAI) == datetime(2026, 3, 30, 0, 0)
    assert next_run(schedule(), datetime(2026, 3, 22, 23, 59, 59), SHANGHAI) == datetime(2026, 3, 23, 0, 0)


def test_eight_stays_eight_when_summer_time_begins_and_ends() -> None:
    daily = schedule("1234567")
    assert runs(daily, datetime(2026, 3, 7, 0), 3, NEW_YORK) == [
        "2026-03-07 08:00 -0500",
        "2026-03-08 08:00 -0400",
        "2026-03-09 08:00 -0400",
    ]
    assert runs(daily, datetime(2026, 10, 31, 0), 3, NEW_YORK) == [
        "2026-10-31 08:00 -0400",
        "2026-11-01 08:00 -0500",
        "2026-11-02 08:00 -0500",
    ]


def test_a_time_the_clocks_show_twice_runs_once() -> None:
    found = runs(schedule("1234567", "01:30"), datetime(2026, 11, 1, 0), 3, NEW_YORK)
    assert found == ["2026-11-01 01:30 -0400", "2026-11-02 01:30 -0500", "2026-11-03 01:30 -0500"]


def test_a_time_the_clocks_jump_over_runs_right_after_the_jump() -> None:
    found = runs(schedule("1234567", "02:30"), datetime(2026, 3, 7, 12), 2, NEW_YORK)
    assert found == ["2026-03-08 03:30 -0400", "2026-03-09 02:30 -0400"]


@given(
    st.sets(st.sampled_from("1234567"), min_size=1),
    st.times(),
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.sampled_from(["America/New_York", "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "UTC", "Pacific/Apia"]),
)
def test_it_is_always_ahead_within_a_week_on_a_day_asked_for(days: set[str], at: object, after: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    one = schedule("".join(sorted(days)), f"{at:%H:%M}")
    moment = next_run(one, after, zone)
    assert moment is not None
    assert after < moment <= after + timedelta(days=7, hours=2)
    wall = moment.replace(tzinfo=UTC).astimezone(zone)
    assert str(wall.isoweekday()) in one.weekdays
    assert wall.strftime("%H:%M") == one.at or wall.fold == 0  # shifted only where the clocks jump


def test_it_is_worked_out_when_a_schedule_is_saved(office: Office, clock: FixedClock) -> None:
    one = office.save(schedule())
    assert one.next_run_at == datetime(2026, 3, 23, 0)
    clock.at = datetime(2026, 3, 25)
    one.name = "新名字"
    office.save(one)
    assert one.next_run_at == datetime(2026, 3, 23, 0)  # another name is no other time: that run is still owed
    one.weekdays = "5"
    office.save(one)
    assert one.next_run_at == datetime(2026, 3, 27, 0)
    one.active = False
    office.save(one)
    assert one.next_run_at is None
    clock.at = datetime(2026, 4, 20)
    one.active = True
    office.save(one)
    assert one.next_run_at == datetime(2026, 4, 24, 0)


@pytest.mark.parametrize("at", ["24:00", "8", "8点", "²:00", "08:60", ""])
def test_what_is_no_time_is_refused(office: Office, at: str) -> None:
    with pytest.raises(Invalid):
        office.save(schedule(at=at))
