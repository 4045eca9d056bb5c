"""Bars in rows of days: lanes, entries over several days, and what does not fit."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.ui.calendar.strips import lay_row, month_start, week_start
from tests.ui.calendar.conftest import at, timed, whole

MONDAY = date(2026, 11, 16)


def lanes(row):
    return {(s.entry.id, s.first, s.last): s.lane for s in row.strips}


def test_week_begins_where_the_locale_says():
    assert week_start(date(2026, 11, 18), 1) == MONDAY
    assert week_start(date(2026, 11, 18), 7) == date(2026, 11, 15)
    assert week_start(MONDAY, 1) == MONDAY


def test_month_begins_with_the_week_of_the_first():
    assert month_start(date(2026, 11, 30), 1) == date(2026, 10, 26)
    assert month_start(date(2026, 11, 30), 7) == date(2026, 11, 1)


def test_long_entries_lie_over_the_days_they_touch_and_above_the_others():
    row = lay_row([timed("call", "b", at(17, 8)), whole("fair", "a", 16, 3)], MONDAY, 7)
    assert lanes(row) == {("fair", 0, 2): 0, ("call", 1, 1): 1}


def test_an_entry_that_ends_at_midnight_stays_on_its_day():
    row = lay_row([timed("late", "x", at(17, 22), 120)], MONDAY, 7)
    assert lanes(row) == {("late", 1, 1): 0}


def test_an_entry_across_midnight_is_on_both_days():
    row = lay_row([timed("night", "x", at(17, 22), 240)], MONDAY, 7)
    assert lanes(row) == {("night", 1, 2): 0}


def test_what_begins_before_and_ends_after_the_row_is_open_on_both_sides():
    strip = lay_row([whole("trip", "x", 10, 20)], MONDAY, 7).strips[0]
    assert (strip.first, strip.last, strip.opens, strip.closes) == (0, 6, False, False)


def test_a_freed_lane_is_used_again():
    row = lay_row([whole("a", "a", 16, 2), whole("b", "b", 17, 2), whole("c", "c", 18, 2)], MONDAY, 7)
    assert lanes(row) == {("a", 0, 1): 0, ("b", 1, 2): 1, ("c", 2, 3): 0}


def test_a_full_day_keeps_its_last_line_for_more():
    entries = [timed(n, f"{n}", at(16, 8 + n)) for n in range(5)]
    row = lay_row(entries, MONDAY, 7, room=3)
    assert [s.entry.id for s in row.strips] == [0, 1]
    assert [e.id for e in row.hidden[0]] == [2, 3, 4]


def test_a_day_that_just_fits_shows_everything():
    row = lay_row([timed(n, f"{n}", at(16, 8 + n)) for n in range(3)], MONDAY, 7, room=3)
    assert len(row.strips) == 3
    assert not row.hidden


def test_a_long_entry_hidden_on_one_day_is_drawn_on_the_others():
    busy = [whole(n, f"{n}", 17) for n in range(2)]
    long = [whole("a", "a", 16, 3), whole("b", "b", 16, 3)]
    row = lay_row(long + busy, MONDAY, 7, room=2)
    assert lanes(row) == {("a", 0, 2): 0, ("b", 0, 0): 1, ("b", 2, 2): 1}
    assert {e.id for e in row.hidden[1]} == {"b", 0, 1}


def test_without_any_room_everything_is_counted():
    row = lay_row([timed("a", "a", at(16, 9))], MONDAY, 7, room=0)
    assert not row.strips
    assert [e.id for e in row.hidden[0]] == ["a"]


@given(st.lists(st.tuples(st.integers(9, 24), st.integers(1, 6)), max_size=30), st.integers(0, 5))
def test_nothing_is_lost_and_nothing_overlaps(spans, room):
    entries = [whole(n, str(n), first, days) for n, (first, days) in enumerate(spans)]
    row = lay_row(entries, MONDAY, 7, room)
    cells = [(day, s.lane) for s in row.strips for day in range(s.first, s.last + 1)]
    assert len(cells) == len(set(cells))
    for day in range(7):
        here = {e.id for e in entries if e.first_day <= date(2026, 11, 16 + day) <= e.last_day}
        drawn = {s.entry.id for s in row.strips if s.first <= day <= s.last}
        hidden = {e.id for e in row.hidden.get(day, [])}
        assert drawn | hidden == here
        assert not drawn & hidden
        assert len(drawn) + bool(hidden) <= max(room, 1)


def test_no_line_says_one_more_where_that_one_fits():
    busy = [whole(n, f"{n}", 17) for n in range(3)]
    row = lay_row([*busy, timed("night", "x", at(16, 22), 240)], MONDAY, 7, room=2)
    assert ("night", 0, 0) in lanes(row)
    assert 0 not in row.hidden
    assert len(row.hidden[1]) == 3
