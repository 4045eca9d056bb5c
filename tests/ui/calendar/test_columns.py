"""Blocks in the columns of a week: overlap, short ones, and midnight."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.ui.calendar.columns import DAY_MINUTES, SHORTEST, lay_blocks
from tests.ui.calendar.conftest import at, timed, whole

MONDAY = date(2026, 11, 16)


def shares(blocks):
    return {b.entry.id: (b.column, b.columns, b.span) for b in blocks}


def test_one_alone_has_the_whole_width():
    block = lay_blocks([timed("a", "a", at(17, 9, 15), 90)], MONDAY, 7)[0]
    assert (block.day, block.top, block.bottom) == (1, 9 * 60 + 15, 10 * 60 + 45)
    assert (block.column, block.columns, block.span) == (0, 1, 1)
    assert block.opens and block.closes


def test_two_that_overlap_share_it():
    blocks = lay_blocks([timed("a", "a", at(16, 9)), timed("b", "b", at(16, 9, 30))], MONDAY, 7)
    assert shares(blocks) == {"a": (0, 2, 1), "b": (1, 2, 1)}


def test_one_after_the_other_do_not():
    blocks = lay_blocks([timed("a", "a", at(16, 9)), timed("b", "b", at(16, 10))], MONDAY, 7)
    assert shares(blocks) == {"a": (0, 1, 1), "b": (0, 1, 1)}


def test_a_column_that_is_free_again_is_used_and_a_free_one_is_taken_too():
    entries = [
        timed("long", "long", at(16, 9), 180),
        timed("first", "first", at(16, 9), 60),
        timed("third", "third", at(16, 9, 30), 30),
        timed("later", "later", at(16, 11), 30),
    ]
    blocks = lay_blocks(entries, MONDAY, 7)
    assert shares(blocks) == {"long": (0, 3, 1), "first": (1, 3, 1), "third": (2, 3, 1), "later": (1, 3, 2)}


def test_a_very_short_call_takes_enough_room_to_be_read():
    blocks = lay_blocks([timed("a", "a", at(16, 9), 5), timed("b", "b", at(16, 9, 10))], MONDAY, 7)
    assert blocks[0].bottom - blocks[0].top == SHORTEST
    assert shares(blocks)["b"] == (1, 2, 1)


def test_an_entry_across_midnight_is_cut():
    first, second = lay_blocks([timed("night", "x", at(17, 22), 270)], MONDAY, 7)
    assert (first.day, first.top, first.bottom, first.opens, first.closes) == (1, 1320, 1440, True, False)
    assert (second.day, second.top, second.bottom, second.opens, second.closes) == (2, 0, 150, False, True)


def test_ending_at_midnight_leaves_nothing_on_the_next_day():
    blocks = lay_blocks([timed("late", "x", at(17, 23), 60)], MONDAY, 7)
    assert [(b.day, b.bottom, b.closes) for b in blocks] == [(1, 1440, True)]


def test_an_entry_without_length_just_before_midnight_stays_inside_its_day():
    block = lay_blocks([timed("due", "x", at(17, 23, 59), 0)], MONDAY, 7)[0]
    assert block.bottom == DAY_MINUTES
    assert block.bottom - block.top == SHORTEST


def test_whole_days_and_other_weeks_are_not_here():
    others = [whole("fair", "x", 17), timed("next", "x", at(24, 9)), timed("trip", "x", at(16, 8), 26 * 60)]
    assert lay_blocks(others, MONDAY, 7) == []


@given(st.lists(st.tuples(st.integers(0, 95), st.integers(0, 20)), max_size=25))
def test_blocks_never_lie_on_each_other(spans):
    entries = [
        timed(n, str(n), at(17, quarter // 4, quarter % 4 * 15), 15 * length)
        for n, (quarter, length) in enumerate(spans)
    ]
    blocks = [b for b in lay_blocks(entries, MONDAY, 7) if b.day == 1]
    assert len(blocks) == len(entries)
    for one in blocks:
        assert 0 <= one.top < one.bottom <= DAY_MINUTES
        assert one.column + one.span <= one.columns
        for two in blocks:
            if one is not two and one.top < two.bottom and two.top < one.bottom:
                assert one.column + one.span <= two.column or two.column + two.span <= one.column
