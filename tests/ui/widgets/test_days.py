"""Days and moments: what can be typed, how they are stepped, and the month they are picked from."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.core.errors import Invalid
from crm_desktop.ui.widgets.day_edit import DayEdit, MomentEdit, read_day, read_time
from crm_desktop.ui.widgets.day_grid import first_of_grid, next_monday
from crm_desktop.ui.widgets.field import Form
from tests.ui.widgets.hands import TODAY, commits, put, retype


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026/1/5", date(2026, 1, 5)),
        ("2026年12月1日", date(2026, 12, 1)),
        ("20261201", date(2026, 12, 1)),
        ("12-1", date(2026, 12, 1)),
        ("12月1日", date(2026, 12, 1)),
        ("+3", date(2026, 11, 21)),
        ("明天", date(2026, 11, 19)),
        ("tomorrow", date(2026, 11, 19)),
        ("下周一", date(2026, 11, 23)),
        ("周五", date(2026, 11, 20)),
        ("星期三", date(2026, 11, 25)),  # today is one: the next is meant
        ("下周三", date(2026, 11, 25)),
        ("下個禮拜日", date(2026, 11, 29)),
        ("Friday", date(2026, 11, 20)),
        ("1-5", date(2027, 1, 5)),  # the nearest one
        ("6/1", date(2026, 6, 1)),
        ("", None),
        ("１２－１", date(2026, 12, 1)),
    ],
)
def test_days_as_people_type_them(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["2026-13-01", "2026-02-30", "31", "abc", "+99999", "0000-01-01", "2026-11-18x", "2-30", "13-1", "1-0", "周八"]
)
def test_impossible_days_are_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_day(typed, TODAY)


@given(st.text(max_size=40))
def test_no_text_breaks_the_day_reader(text: str) -> None:
    try:
        assert read_day(text, TODAY) is None or isinstance(read_day(text, TODAY), date)
        assert read_time(text) is None or isinstance(read_time(text), time)
    except Invalid:
        pass


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_shown_day_reads_as_itself(day: date) -> None:
    assert read_day(f"{day:%Y-%m-%d}", TODAY) == day


def test_times_as_people_type_them() -> None:
    typed = {"9:30": time(9, 30), "0930": time(9, 30), "9点30分": time(9, 30), "14": time(14), "": None}
    assert {text: read_time(text) for text in typed} == typed
    for wrong in ("24:00", "9:61", "soon"):
        with pytest.raises(Invalid):
            read_time(wrong)


def test_a_day_is_stepped_emptied_and_committed(desk: Form) -> None:
    editor = put(desk, DayEdit(today=lambda: TODAY))
    editor.set_value(date(2026, 12, 1))
    seen = commits(editor)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Up)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    retype(editor, "+1")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    retype(editor, "")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert seen == [date(2026, 12, 2), date(2026, 11, 19), None]
    assert editor.text() == ""


def test_a_day_is_picked_from_the_month_by_keyboard(desk: Form) -> None:
    editor = put(desk, DayEdit(today=lambda: TODAY))
    seen = commits(editor)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    grid = editor._picker.grid
    assert grid.current_day() == TODAY
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.current_day() == date(2026, 12, 19)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert seen == [date(2026, 12, 19)]
    assert not editor._picker.isVisible()


def test_the_month_steps_over_short_months_and_years(desk: Form) -> None:
    editor = put(desk, DayEdit(today=lambda: TODAY))
    editor.set_value(date(2026, 1, 31))
    editor.unfold()
    grid = editor._picker.grid
    grid.step_month(1)
    assert grid.current_day() == date(2026, 2, 28)
    grid.step_month(-3)
    assert grid.current_day() == date(2025, 11, 28)
    editor._picker.close()
    assert first_of_grid(date(2026, 11, 18)) <= date(2026, 11, 1)
    assert next_monday(date(2026, 11, 23)) == date(2026, 11, 30)


def test_a_moment_has_two_parts(desk: Form) -> None:
    editor = put(desk, MomentEdit(today=lambda: TODAY))
    seen = commits(editor)
    retype(editor.day, "12-1")
    QTest.keyClick(editor.day, Qt.Key.Key_Return)
    retype(editor.time, "1430")
    QTest.keyClick(editor.time, Qt.Key.Key_Return)
    assert seen == [datetime(2026, 12, 1, 9, 0), datetime(2026, 12, 1, 14, 30)]
    retype(editor.time, "25:99")
    QTest.keyClick(editor.time, Qt.Key.Key_Return)
    assert editor.problem()
    assert len(seen) == 2


def test_nine_is_offered_once_there_is_a_day(desk: Form) -> None:
    editor = put(desk, MomentEdit(today=lambda: TODAY))
    assert editor.time.placeholderText() == ""
    QTest.keyClicks(editor.day, "12-01")
    assert editor.time.placeholderText() == "09:00"
    editor.set_value(None)
    assert editor.time.placeholderText() == ""
