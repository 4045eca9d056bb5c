"""The week and the day with a mouse: moving by quarters, pulling the end, drawing, whole days on top."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from crm_desktop.ui.calendar.spans import Place
from tests.ui.calendar.conftest import WEEK, at, centre_of, drag, timed, told, whole

LEFT = Qt.MouseButton.LeftButton


def point(view, moment: datetime) -> QPoint:
    """The middle of a column at a moment, on the screen."""
    board = view.board()
    column = (moment.date() - board.first_day()).days
    middle = (board.hours.x_of(column) + board.hours.x_of(column + 1)) // 2
    minute = moment.hour * 60 + moment.minute
    return QPoint(middle, board.hours.top + board.hours.y_of(minute) - board.verticalOffset())


def test_it_opens_at_eight(week):
    on_top = week.board().place_at(QPoint(point(week, at(18)).x(), week.board().hours.top + 1))
    assert at(18, 7, 45) <= on_top.at <= at(18, 8)


def test_an_hour_is_48_pixels(week):
    assert week.board().visualRect(week.model.index_of("review")).height() in (46, 47, 48)


def test_places_and_points_agree(week):
    for moment in (at(16, 8), at(18, 13, 15), at(22, 17, 45)):
        assert week.board().place_at(point(week, moment) + QPoint(0, 1)).at - moment < timedelta(minutes=5)
    assert week.board().place_at(QPoint(week.board().hours.gutter + 5, 3)) == Place(at(16), True)
    assert week.board().place_at(QPoint(3, 300)) is None


def test_overlapping_entries_share_the_column(week):
    mingda = week.board().visualRect(week.model.index_of("mingda"))
    call = week.board().visualRect(week.model.index_of("call"))
    assert mingda.right() < call.left()
    assert abs(mingda.width() - call.width()) <= 3


def test_whole_days_stand_on_top(week):
    fair = week.board().visualRect(week.model.index_of("fair"))
    assert week.board().hours.head <= fair.top() and fair.bottom() < week.board().hours.top
    assert fair.width() > 2 * (week.board().hours.x_of(1) - week.board().hours.x_of(0))


def test_moving_to_another_day_and_quarter(week):
    moves = told(week.move_asked)
    start = centre_of(week, "review")
    drag(week.board(), start, QPoint(point(week, at(20)).x(), start.y() + 48 + 11))
    assert moves == [("review", at(20, 15, 15), at(20, 16, 15))]


def test_pulling_the_end(week):
    moves = told(week.move_asked)
    rect = week.board().visualRect(week.model.index_of("review"))
    end = QPoint(rect.center().x(), rect.bottom() - 1)
    drag(week.board(), end, end + QPoint(0, 37))
    assert moves == [("review", at(18, 14), at(18, 15, 45))]


def test_the_mouse_shows_where_an_end_can_be_pulled(week):
    rect = week.board().visualRect(week.model.index_of("review"))
    QTest.mouseMove(week.board().viewport(), QPoint(rect.center().x(), rect.bottom() - 1))
    assert week.board().viewport().cursor().shape() == Qt.CursorShape.SizeVerCursor
    QTest.mouseMove(week.board().viewport(), rect.center())
    assert week.board().viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_drawing_a_new_event(week):
    asked = told(week.create_asked)
    drag(week.board(), point(week, at(20, 10)) + QPoint(0, 2), point(week, at(20, 11, 30)) - QPoint(0, 2))
    assert asked == [(at(20, 10), at(20, 11, 30), False)]


def test_drawing_upwards_is_the_same(week):
    asked = told(week.create_asked)
    drag(week.board(), point(week, at(20, 11, 30)) - QPoint(0, 2), point(week, at(20, 10)) + QPoint(0, 2))
    assert asked == [(at(20, 10), at(20, 11, 30), False)]


def test_drawing_over_the_names_of_days_asks_for_whole_days(week):
    asked = told(week.create_asked)
    drag(week.board(), QPoint(point(week, at(19)).x(), 10), QPoint(point(week, at(21)).x(), 10))
    assert asked == [(at(19), at(22), True)]


def test_whole_days_are_moved_and_their_end_pulled(week):
    moves = told(week.move_asked)
    start = centre_of(week, "fair")
    by_two = point(week, at(19)).x() - point(week, at(17)).x()
    drag(week.board(), start, start + QPoint(by_two, 3))
    rect = week.board().visualRect(week.model.index_of("fair"))
    middle = rect.center().y()
    drag(week.board(), QPoint(rect.right() - 2, middle), QPoint(point(week, at(21)).x(), middle))
    assert moves == [("fair", at(18), at(21)), ("fair", at(18), at(22))]


def test_a_timed_entry_stays_timed_over_the_header(week):
    moves = told(week.move_asked)
    start = centre_of(week, "mingda")
    drag(week.board(), start, QPoint(start.x(), 4))
    ((__, begins, ends),) = moves
    assert begins.date() == date(2026, 11, 17) and ends - begins == timedelta(minutes=90)


def test_something_held_at_the_edge_scrolls(week, qtbot):
    board = week.board()
    before = board.verticalOffset()
    bottom = QPoint(centre_of(week, "review").x(), board.viewport().height() - 3)
    drag(board, centre_of(week, "review"), bottom, drop=False)
    qtbot.waitUntil(lambda: board.verticalOffset() > before + 20, timeout=2000)
    QTest.mouseRelease(board.viewport(), LEFT, pos=bottom)
    assert week.model.entries[week.model.row_of("review")].starts.hour >= 20


def test_what_may_not_be_changed_stays(week):
    moves, refused = told(week.move_asked), told(week.refused)
    drag(week.board(), centre_of(week, "others"), point(week, at(20, 12)))
    assert (moves, refused) == ([], [("Only Lin may move this.",)])


def test_losing_the_focus_cancels(week):
    moves, board = told(week.move_asked), week.board()
    drag(board, centre_of(week, "review"), point(week, at(20, 12)), drop=False)
    board.clearFocus()
    QTest.mouseRelease(board.viewport(), LEFT, pos=point(week, at(20, 12)))
    assert moves == []


def test_entries_under_the_header_cannot_be_hit(week):
    board = week.board()
    board.verticalScrollBar().setValue(board.hours.y_of(9 * 60 + 30))
    rect = board.visualRect(week.model.index_of("mingda"))
    assert rect.top() >= board.hours.top
    assert board.indexAt(QPoint(rect.center().x(), board.hours.top - 2)).data() != "Visit Mingda"


def test_scroll_to_shows_an_early_entry(week):
    week.show_entries([*WEEK, timed("dawn", "Flight", at(19, 5))])
    index = week.model.index_of("dawn")
    assert week.board().isIndexHidden(index)
    week.board().scrollTo(index)
    assert week.board().visualRect(index).height() > 40


def test_an_entry_across_midnight_is_one_entry_in_two_pieces(week):
    week.show_entries([timed("night", "Switch over", at(18, 22), 240)])
    pieces = [(tile.row, tile.opens, tile.closes) for tile in week.board().tiles()]
    assert pieces == [(0, True, False), (0, False, True)]


def test_many_whole_days_give_way_to_more(week):
    week.show_entries(whole(n, f"Due {n}", 18, kind="due") for n in range(6))
    (more,) = week.board().mores()
    assert len(more.entries) == 4
    assert week.board().hours.lines == 3


@pytest.mark.parametrize("width", [360, 700, 1400])
def test_columns_fill_the_width(week, width):
    week.resize(width, 600)
    board = week.board()
    board.tiles()
    assert board.hours.x_of(7) == board.viewport().width()
    for tile in board.tiles():
        assert board.hours.gutter <= tile.rect.left() and tile.rect.right() <= board.viewport().width()


def test_the_day_has_the_whole_width(calendar):
    calendar.show_view("day")
    calendar.go_to(date(2026, 11, 17))
    assert calendar.shown_range() == (at(17), at(18))
    assert {entry.id for __, entry in calendar.board().shown_entries()} == {"mingda", "call", "fair"}
    moves = told(calendar.move_asked)
    start = centre_of(calendar, "mingda")
    drag(calendar.board(), start, start - QPoint(-30, 24))
    assert moves == [("mingda", at(17, 8, 45), at(17, 10, 15))]
