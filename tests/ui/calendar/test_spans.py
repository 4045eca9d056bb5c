"""What dragging makes of times."""

from __future__ import annotations

from crm_desktop.ui.calendar.spans import Place, Span, drawn, moved, offered, resized, shifted, stretched
from tests.ui.calendar.conftest import at, timed, whole

VISIT = timed("v", "Visit", at(17, 9, 5), 60)
FAIR = whole("f", "Fair", 16, 3)


def test_to_another_day_the_minutes_stay():
    assert moved(VISIT, Place(at(17, 9, 20)), Place(at(19, 9, 23))) == Span(at(19, 9, 5), at(19, 10, 5))


def test_to_another_time_it_begins_on_a_quarter():
    assert moved(VISIT, Place(at(17, 9, 20)), Place(at(17, 9, 34))) == Span(at(17, 9, 15), at(17, 10, 15))


def test_whole_days_move_by_days():
    assert moved(FAIR, Place(at(17), True), Place(at(20), True)) == Span(at(19), at(22), True)


def test_an_entry_may_be_moved_across_midnight_by_its_second_part():
    night = timed("n", "Night", at(17, 22), 240)
    assert moved(night, Place(at(18, 1)), Place(at(18, 0))) == Span(at(17, 21), at(18, 1))


def test_an_end_is_pulled_in_quarters_and_never_before_the_start():
    assert resized(timed("v", "", at(17, 9)), Place(at(17, 10, 50))).end == at(17, 10, 45)
    assert resized(timed("v", "", at(17, 9)), Place(at(17, 7))).end == at(17, 9, 15)
    assert resized(timed("v", "", at(17, 9)), Place(at(17, 23, 59))).end == at(18)


def test_the_end_of_whole_days_is_pulled_by_days():
    assert resized(FAIR, Place(at(20), True)) == Span(at(16), at(21), True)
    assert resized(FAIR, Place(at(10), True)) == Span(at(16), at(17), True)


def test_a_new_span_grows_to_quarters_in_both_directions():
    assert drawn(Place(at(17, 9, 7)), Place(at(17, 10, 1))) == Span(at(17, 9), at(17, 10, 15))
    assert drawn(Place(at(17, 9, 7)), Place(at(17, 8, 40))) == Span(at(17, 8, 30), at(17, 9, 15))
    assert drawn(Place(at(17, 9, 7)), Place(at(17, 9, 8))) == Span(at(17, 9), at(17, 9, 15))
    assert drawn(Place(at(17, 23)), Place(at(17, 23, 59))) == Span(at(17, 23), at(18))


def test_a_new_span_of_days_holds_both_ends():
    assert drawn(Place(at(20), True), Place(at(18), True)) == Span(at(18), at(21), True)


def test_an_hour_is_offered():
    assert offered(Place(at(17, 9, 50))) == Span(at(17, 9, 30), at(17, 10, 30))
    assert offered(Place(at(17), True)) == Span(at(17, 9), at(17, 10))


def test_keys_move_and_stretch():
    assert shifted(VISIT, steps=-1) == Span(at(17, 8, 50), at(17, 9, 50))
    assert shifted(FAIR, days=1, steps=3) == Span(at(17), at(20), True)
    assert stretched(VISIT, -9) == Span(at(17, 9, 5), at(17, 9, 20))
    assert stretched(FAIR, 1) == Span(at(16), at(20), True)
