"""The calendar without a mouse."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.ui.calendar.spans import Place
from tests.ui.calendar.conftest import at, told

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(view, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(view.board(), key, held)


def current(view) -> object:
    entry = view.board().current_entry()
    return entry.id if entry is not None else None


def test_arrows_move_the_day(calendar):
    press(calendar, Key.Key_Right, Key.Key_Down)
    assert calendar.board().place.day == date(2026, 11, 26)
    press(calendar, Key.Key_Home)
    assert calendar.board().place.day == date(2026, 11, 23)
    press(calendar, Key.Key_End)
    assert calendar.board().place.day == date(2026, 11, 29)


def test_an_arrow_out_of_the_month_turns_the_page(calendar):
    ranges = told(calendar.range_changed)
    press(calendar, Key.Key_Down, Key.Key_Down)
    assert calendar.board().place.day == date(2026, 12, 2)
    assert calendar.header.title() == "December 2026"
    assert ranges == [(at(30), at(11, month=1).replace(year=2027))]


def test_tab_goes_through_the_day_and_then_on(calendar):
    press(calendar, Key.Key_Left)
    seen = []
    for __ in range(4):
        press(calendar, Key.Key_Tab)
        seen.append(current(calendar) if calendar.board().hasFocus() else "elsewhere")
    assert seen == ["fair", "mingda", "call", "elsewhere"]


def test_shift_tab_goes_back_to_the_day(calendar):
    press(calendar, Key.Key_Left, Key.Key_Tab, Key.Key_Tab)
    press(calendar, Key.Key_Backtab, held=SHIFT)
    assert current(calendar) == "fair"
    press(calendar, Key.Key_Backtab, held=SHIFT)
    assert current(calendar) is None and calendar.board().hasFocus()
    press(calendar, Key.Key_Backtab, held=SHIFT)
    assert not calendar.board().hasFocus()


def test_arrows_move_between_entries(calendar):
    press(calendar, Key.Key_Left, Key.Key_Tab, Key.Key_Down)
    assert current(calendar) == "mingda"
    press(calendar, Key.Key_Right)
    assert current(calendar) == "review"
    press(calendar, Key.Key_Right)
    assert current(calendar) == "others"
    press(calendar, Key.Key_Right)
    assert current(calendar) is None and calendar.board().place.day == date(2026, 11, 20)


def test_enter_opens_the_entry_or_creates_one(calendar):
    opened, asked = told(calendar.opened), told(calendar.create_asked)
    press(calendar, Key.Key_Return)
    press(calendar, Key.Key_Left, Key.Key_Tab, Key.Key_Tab, Key.Key_Return)
    assert asked == [(at(18, 9), at(18, 10), False)]
    assert opened == [("mingda",)]


def test_shift_and_arrows_draw_days(calendar):
    asked = told(calendar.create_asked)
    press(calendar, Key.Key_Right, Key.Key_Right, held=SHIFT)
    press(calendar, Key.Key_Return)
    assert asked == [(at(18), at(21), True)]
    press(calendar, Key.Key_Escape, Key.Key_Return)
    assert asked[-1] == (at(20, 9), at(20, 10), False)


def test_control_and_arrows_move_the_entry(calendar):
    moves = told(calendar.move_asked)
    press(calendar, Key.Key_Left, Key.Key_Tab, Key.Key_Tab)
    press(calendar, Key.Key_Right, Key.Key_Down, held=CONTROL)
    assert moves == [("mingda", at(18, 9, 15), at(18, 10, 45)), ("mingda", at(25, 9, 15), at(25, 10, 45))]
    assert current(calendar) == "mingda"
    assert calendar.board().place.day == date(2026, 11, 25)


def test_control_and_arrows_move_by_quarters_in_the_week(week):
    moves = told(week.move_asked)
    week.board().go_to_entry(week.model.index_of("review"))
    press(week, Key.Key_Up, Key.Key_Right, held=CONTROL)
    press(week, Key.Key_Down, held=CONTROL | SHIFT)
    assert moves == [
        ("review", at(18, 13, 45), at(18, 14, 45)),
        ("review", at(19, 13, 45), at(19, 14, 45)),
        ("review", at(19, 13, 45), at(19, 15)),
    ]


def test_an_entry_of_somebody_else_stays_and_says_why(calendar):
    refused, deleted = told(calendar.refused), told(calendar.delete_asked)
    calendar.board().go_to_entry(calendar.model.index_of("others"))
    press(calendar, Key.Key_Left, held=CONTROL)
    press(calendar, Key.Key_Delete)
    assert refused == [("Only Lin may move this.",)] * 2
    assert deleted == []


def test_delete_asks_for_all_selected(calendar):
    deleted = told(calendar.delete_asked)
    press(calendar, Key.Key_Delete)
    calendar.board().go_to_entry(calendar.model.index_of("call"))
    press(calendar, Key.Key_Delete)
    assert deleted == [(["call"],)]


def test_pages_today_and_views_by_letter(calendar):
    press(calendar, Key.Key_PageDown, Key.Key_PageDown)
    assert calendar.header.title() == "January 2027"
    press(calendar, Key.Key_T)
    assert calendar.header.title() == "November 2026"
    press(calendar, Key.Key_W)
    assert calendar.view() == "week" and calendar.board().hasFocus()
    press(calendar, Key.Key_PageUp)
    assert calendar.shown_range() == (at(9), at(16))
    press(calendar, Key.Key_D)
    assert calendar.shown_range() == (at(11), at(12))
    press(calendar, Key.Key_M)
    assert calendar.view() == "month" and calendar.board().place.day == date(2026, 11, 11)


def test_the_31st_becomes_the_last_day_of_a_shorter_month(calendar):
    calendar.go_to(date(2026, 12, 31))
    press(calendar, Key.Key_PageUp)
    assert calendar.board().place.day == date(2026, 11, 30)
    press(calendar, Key.Key_PageDown, Key.Key_PageDown)
    assert calendar.board().place.day == date(2027, 1, 30)


def test_n_offers_the_next_hour_of_today(calendar):
    asked = told(calendar.create_asked)
    press(calendar, Key.Key_N)
    press(calendar, Key.Key_Right)
    press(calendar, Key.Key_N, held=CONTROL)
    assert asked == [(at(18, 11), at(18, 12), False), (at(19, 9), at(19, 10), False)]


def test_a_letter_with_control_is_not_ours(calendar):
    asked = told(calendar.create_asked)
    press(calendar, Key.Key_T, Key.Key_W, held=CONTROL)
    assert asked == [] and calendar.view() == "month"


def test_half_hours_and_the_all_day_row(week):
    board = week.board()
    assert board.place == Place(at(18, 10))
    press(week, Key.Key_Down, Key.Key_Right)
    assert board.place == Place(at(19, 10, 30))
    for __ in range(22):
        press(week, Key.Key_Up)
    assert board.place == Place(at(19), True)
    press(week, Key.Key_Down)
    assert board.place == Place(at(19))
    assert board.verticalOffset() == 0


def test_arrows_out_of_the_week_turn_the_page(week):
    ranges = told(week.range_changed)
    press(week, Key.Key_End, Key.Key_Right)
    assert week.board().place.day == date(2026, 11, 23)
    assert ranges == [(at(23), at(30))]


def test_shift_and_arrows_draw_a_time(week):
    asked = told(week.create_asked)
    press(week, Key.Key_Down, Key.Key_Down, held=SHIFT)
    press(week, Key.Key_Return)
    assert asked == [(at(18, 10), at(18, 11, 30), False)]


@pytest.mark.parametrize(("name", "number"), [("month", 5), ("week", 5), ("day", 2)])
def test_select_all_takes_what_is_shown(calendar, name, number):
    calendar.show_view(name)
    press(calendar, Key.Key_A, held=CONTROL)
    assert len(calendar.board().selected_ids()) == number
    press(calendar, Key.Key_Escape)
    assert calendar.board().selected_ids() == []
