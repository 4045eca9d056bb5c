"""Repetitions: which days they mean, how they are kept, read and said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.core.errors import Invalid
from crm_desktop.core.repeating import DAYS, EVERY, PLACES, RepeatKind, Repetition, repetition

FOREVER = datetime(2200, 1, 1)
MONDAY = datetime(2026, 11, 30, 9, 30)


def days(text: str, first: datetime, count: int) -> list[str]:
    return [f"{at:%m-%d}" for at in islice(repetition(text).starts(first, FOREVER), count)]


def test_which_days_are_meant() -> None:
    assert days("FREQ=DAILY;INTERVAL=3", MONDAY, 3) == ["11-30", "12-03", "12-06"]
    assert days("FREQ=WEEKLY;BYDAY=MO,WE,FR", MONDAY, 4) == ["11-30", "12-02", "12-04", "12-07"]
    assert days("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU", datetime(2026, 12, 1, 8), 3) == ["12-01", "12-14", "12-15"]
    # A month without a 31st is passed over, and a year without a 29th of February.
    assert days("FREQ=MONTHLY", datetime(2026, 1, 31), 3) == ["01-31", "03-31", "05-31"]
    assert [at.year for at in islice(repetition("FREQ=YEARLY").starts(datetime(2024, 2, 29), FOREVER), 3)] == [2024, 2028, 2032]
    assert days("FREQ=MONTHLY;BYDAY=2TU", datetime(2026, 12, 8), 3) == ["12-08", "01-12", "02-09"]
    assert days("FREQ=MONTHLY;BYDAY=-1FR", datetime(2026, 12, 25), 3) == ["12-25", "01-29", "02-26"]


def test_it_ends_by_count_by_day_or_never() -> None:
    assert days("FREQ=DAILY;COUNT=3", MONDAY, 9) == ["11-30", "12-01", "12-02"]
    assert days("FREQ=DAILY;UNTIL=20261202", MONDAY, 9) == ["11-30", "12-01", "12-02"]
    # A day on which it does not take place counts all the same (RFC 5545, 3.8.5.1).
    assert days("FREQ=DAILY;COUNT=3;EXCEPT=20261201", MONDAY, 9) == ["11-30", "12-02"]
    assert len(days("FREQ=DAILY", MONDAY, 400)) == 400
    late = repetition("FREQ=WEEKLY").starts(MONDAY, datetime(2036, 1, 7), datetime(2036, 1, 1))
    assert [f"{at:%Y-%m-%d %H:%M}" for at in late] == []
    late = repetition("FREQ=WEEKLY").starts(MONDAY, datetime(2036, 1, 8), datetime(2036, 1, 1))
    assert [f"{at:%Y-%m-%d %H:%M}" for at in late] == ["2036-01-07 09:30"]


REPETITIONS = st.builds(
    Repetition,
    every=st.sampled_from(EVERY),
    interval=st.integers(1, 40),
    until=st.dates(date(2026, 1, 1), date(2190, 1, 1)) | st.none(),
    but=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 1, 1)), max_size=4),
)


@given(REPETITIONS, st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
def test_times_rise_and_what_is_kept_says_the_same(rule: Repetition, first: datetime) -> None:
    assert repetition(rule.text()) == rule
    times = list(islice(rule.starts(first, FOREVER), 30))
    assert times == sorted(set(times))
    assert all(at.time() == first.time() and at.date() not in rule.but for at in times)
    assert all(rule.until is None or at.date() <= rule.until for at in times)
    assert RepeatKind().read("RRULE:" + rule.text().lower()) == rule.text()


@given(st.sampled_from(PLACES), st.integers(0, 6), st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_the_second_tuesday_is_one(place: int, weekday: int, first: datetime) -> None:
    rule = repetition(f"FREQ=MONTHLY;BYDAY={place}{DAYS[weekday]}")
    for at in list(islice(rule.starts(first, FOREVER), 14))[1:]:
        assert at.weekday() == weekday
        assert (at.day - 1) // 7 == place - 1 if place > 0 else (at + timedelta(7)).month != at.month


@pytest.mark.parametrize("text", ["FREQ=HOURLY", "FREQ=DAILY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=1MO,2MO", "FREQ=WEEKLY;BYDAY=1MO", "weekly",
                                  "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=2;UNTIL=20270101", "FREQ=DAILY;UNTIL=20270231",
                                  "FREQ=MONTHLY;BYDAY=5MO", "FREQ=DAILY;X=1", "FREQ=DAILY;INTERVAL=-1"])  # fmt: skip
def test_what_cannot_be_kept_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        RepeatKind().check(text)
    assert "is no repetition that can be kept" in refused.value.sentence("en")


def test_it_is_said_in_words() -> None:
    def said(text: str, lang: str) -> str:
        return RepeatKind().show(text, lang)

    assert said("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261231", "en") == "Every 2 weeks on Mon, Wed, until 2026-12-31"
    assert said("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261231", "zh_CN") == "每 2 周的周一、周三，到 2026-12-31"
    assert said("FREQ=MONTHLY;BYDAY=-1FR;COUNT=6", "en") == "Every month on last Fri, 6 times"
    assert said("FREQ=MONTHLY;BYDAY=-1FR;COUNT=6", "zh_CN") == "每月的最后一个周五，共 6 次"
    assert said("FREQ=DAILY;EXCEPT=20261201", "en") == "Every day, without 1 day"
    assert said("", "en") == ""
