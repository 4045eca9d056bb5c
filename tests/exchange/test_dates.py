"""Days in sheets: written in many ways, judged over the whole column."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.core.errors import Invalid
from crm_desktop.core.kinds import DayKind, MomentKind
from crm_desktop.exchange.dates import order_of, read_day


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["03/04/2026", "13/04/2026"], "dmy"),
        (["03/04/2026", "04/13/2026"], "mdy"),
        (["03/04/2026", "05/06/2026"], "ambiguous"),
        (["13/04/2026", "04/13/2026"], "ambiguous"),
        (["03/03/2026"], ""),
        (["2026/12/3", "13/45/2026"], ""),  # a slip of the pen decides nothing, and asks nothing
        (["2026-11-03", "2026年11月3日", None, 46_000], ""),
        (["3.4.26", "25.12.26"], "dmy"),
    ],
)
def test_the_whole_column_is_judged(values: list[Any], order: str) -> None:
    assert order_of(values) == order


@pytest.mark.parametrize(
    "written",
    [
        "2026年11月3日", "2026/11/3", "2026-11-03", "2026.11.3", "20261103", 20261103, 46329, "46329", date(2026, 11, 3),
        "3 Nov 2026", "Nov 3, 2026", "November 3rd, 2026", "03-Nov-2026", "２０２６年１１月３日", 46329.5,
    ],
)  # fmt: skip
def test_one_day_in_many_forms(written: Any) -> None:
    assert DayKind().read(read_day(written, "", "日期")) == date(2026, 11, 3)


def test_slashes_follow_the_column() -> None:
    assert read_day("03/04/2026", "dmy", "c") == date(2026, 4, 3)
    assert read_day("03/04/2026", "mdy", "c") == date(2026, 3, 4)
    assert read_day("25/12/26", "", "c") == date(2026, 12, 25)
    assert read_day("12/25/98", "", "c") == date(1998, 12, 25)
    assert read_day("03/04/2026 3:30 PM", "dmy", "c") == datetime(2026, 4, 3, 15, 30)


def test_an_undecided_date_is_refused_with_the_question() -> None:
    with pytest.raises(Invalid) as caught:
        read_day("03/04/2026", "ambiguous", "签订日期")
    assert "签订日期" in caught.value.sentence("en")


@pytest.mark.parametrize("written", ["31/02/2026", "45/45/2026", "2026-13-01", "soon", "00000"])
def test_impossible_days_are_sentences(written: str) -> None:
    with pytest.raises(Invalid):
        DayKind().read(read_day(written, "dmy", "c"))


@pytest.mark.parametrize(
    ("written", "hour"),
    [("2026-11-03 15:30", 15), ("2026年11月3日 下午3:30", 15), ("2026/11/3 上午9:30", 9), ("2026-11-03T15:30:00", 15),
     (datetime(2026, 11, 3, 15, 30), 15)],
)  # fmt: skip
def test_times_of_day(written: Any, hour: int) -> None:
    from crm_desktop.core.clock import to_local

    moment = MomentKind().read(read_day(written, "", "c"))
    assert moment is not None
    assert (to_local(moment).hour, to_local(moment).minute) == (hour, 30)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.sampled_from(["dmy", "mdy"]))
def test_every_day_survives_both_orders(day: date, order: str) -> None:
    text = f"{day.day:02}/{day.month:02}/{day.year}" if order == "dmy" else f"{day.month}/{day.day}/{day.year}"
    assert read_day(text, order, "c") == day
