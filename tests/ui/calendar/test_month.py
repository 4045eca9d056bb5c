"""The month with a mouse: choosing, dragging to another day, drawing days, “n more”."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from crm_desktop.ui.calendar.menus import more_menu
from tests.ui.calendar.conftest import WEEK, at, centre_of, drag, timed, told

LEFT = Qt.MouseButton.LeftButton


def day_centre(calendar, day: date) -> QPoint:
    return calendar.boards["month"].weeks.cell(day).center() + QPoint(0, 30)


def test_six_weeks_are_asked_for(calendar):
    assert calendar.shown_range() == (at(26, month=10), at(7, month=12))


def test_every_day_has_its_place(calendar):
    board = calendar.board()
    for day in (date(2026, 10, 26), date(2026, 11, 18), date(2026, 12, 6)):
        assert board.place_at(board.weeks.cell(day).center()).day == day
        assert board.place_at(board.weeks.cell(day).topLeft()).day == day
    assert board.place_at(QPoint(5, 5)) is None


def test_entries_lie_in_the_cell_of_their_day(calendar):
    board = calendar.board()
    rect = board.visualRect(calendar.model.index_of("call"))
    assert board.weeks.cell(date(2026, 11, 17)).contains(rect)
    fair = board.visualRect(calendar.model.index_of("fair"))
    assert fair.left() >= board.weeks.cell(date(2026, 11, 16)).left()
    assert fair.right() <= board.weeks.cell(date(2026, 11, 18)).right()


def test_index_at_answers_visual_rect(calendar):
    board = calendar.board()
    for row in range(calendar.model.rowCount()):
        index = calendar.model.index(row)
        assert board.indexAt(board.visualRect(index).center()) == index
    assert not board.indexAt(day_centre(calendar, date(2026, 11, 5))).isValid()


def test_dragging_to_another_day_keeps_the_time(calendar):
    moves = told(calendar.move_asked)
    start = centre_of(calendar, "mingda")
    drag(calendar.board(), start, day_centre(calendar, date(2026, 11, 26)))
    assert moves == [("mingda", at(26, 9, 15), at(26, 10, 45))]
    assert calendar.model.entries[calendar.model.row_of("mingda")].starts == at(26, 9, 15)


def test_the_move_is_shown_at_once_and_put_back_when_it_was_not_accepted(calendar):
    drag(calendar.board(), centre_of(calendar, "mingda"), day_centre(calendar, date(2026, 11, 26)))
    calendar.put_back()
    assert calendar.model.entries[calendar.model.row_of("mingda")].starts == at(17, 9, 15)


def test_whole_days_are_taken_where_they_are_grabbed(calendar):
    moves = told(calendar.move_asked)
    board = calendar.board()
    fair = board.visualRect(calendar.model.index_of("fair"))
    grabbed = QPoint(board.weeks.cell(date(2026, 11, 18)).center().x(), fair.center().y())
    drag(board, grabbed, day_centre(calendar, date(2026, 11, 25)))
    assert moves == [("fair", at(23), at(26))]


def test_a_short_twitch_moves_nothing(calendar):
    moves, opened = told(calendar.move_asked), told(calendar.opened)
    start = centre_of(calendar, "mingda")
    drag(calendar.board(), start, start + QPoint(3, 2))
    assert moves == opened == []
    assert calendar.board().current_entry().id == "mingda"


def test_dropping_on_the_same_day_asks_nothing(calendar):
    moves = told(calendar.move_asked)
    drag(calendar.board(), centre_of(calendar, "mingda"), day_centre(calendar, date(2026, 11, 17)))
    assert moves == []


def test_what_may_not_be_changed_tells_why(calendar):
    moves, refused = told(calendar.move_asked), told(calendar.refused)
    drag(calendar.board(), centre_of(calendar, "others"), day_centre(calendar, date(2026, 11, 26)))
    assert moves == []
    assert refused == [("Only Lin may move this.",)]


def test_a_drop_can_be_refused(calendar):
    calendar.set_drop_check(lambda entry, start, end: "Not on Sundays." if start.isoweekday() == 7 else "")
    moves, refused = told(calendar.move_asked), told(calendar.refused)
    drag(calendar.board(), centre_of(calendar, "mingda"), day_centre(calendar, date(2026, 11, 22)))
    assert refused == [("Not on Sundays.",)]
    drag(calendar.board(), centre_of(calendar, "mingda"), day_centre(calendar, date(2026, 11, 23)))
    assert [move[1] for move in moves] == [at(23, 9, 15)]


def test_escape_puts_back_what_is_dragged(calendar):
    moves = told(calendar.move_asked)
    board, stop = calendar.board(), day_centre(calendar, date(2026, 11, 26))
    drag(board, centre_of(calendar, "mingda"), stop, drop=False)
    assert board.mouse.busy
    QTest.keyClick(board, Qt.Key.Key_Escape)
    assert not board.mouse.busy
    QTest.mouseRelease(board.viewport(), LEFT, pos=stop)
    assert moves == []


def test_a_drag_ends_when_a_colleague_deletes_the_entry(calendar):
    moves, board = told(calendar.move_asked), calendar.board()
    stop = day_centre(calendar, date(2026, 11, 26))
    drag(board, centre_of(calendar, "mingda"), stop, drop=False)
    calendar.show_entries(entry for entry in WEEK if entry.id != "mingda")
    QTest.mouseRelease(board.viewport(), LEFT, pos=stop)
    assert moves == []


def test_drawing_over_days_asks_for_whole_days(calendar):
    asked = told(calendar.create_asked)
    drag(calendar.board(), day_centre(calendar, date(2026, 11, 27)), day_centre(calendar, date(2026, 11, 25)))
    assert asked == [(at(25), at(28), True)]


def test_a_double_click_opens_or_creates(calendar, qtbot):
    opened, asked = told(calendar.opened), told(calendar.create_asked)
    viewport = calendar.board().viewport()
    qtbot.mouseDClick(viewport, LEFT, pos=centre_of(calendar, "call"))
    qtbot.mouseDClick(viewport, LEFT, pos=day_centre(calendar, date(2026, 11, 26)))
    assert opened == [("call",)]
    assert asked == [(at(26, 9), at(26, 10), False)]


def test_a_click_on_another_month_leaves_the_page(calendar, qtbot):
    qtbot.mouseClick(calendar.board().viewport(), LEFT, pos=day_centre(calendar, date(2026, 12, 2)))
    assert calendar.header.title() == "November 2026"
    assert calendar.board().place.day == date(2026, 12, 2)


def test_control_click_selects_several(calendar, qtbot):
    viewport = calendar.board().viewport()
    qtbot.mouseClick(viewport, LEFT, pos=centre_of(calendar, "call"))
    qtbot.mouseClick(viewport, LEFT, Qt.KeyboardModifier.ControlModifier, pos=centre_of(calendar, "review"))
    assert set(calendar.board().selected_ids()) == {"call", "review"}
    region = calendar.board().visualRegionForSelection(calendar.selection.selection())
    assert region.contains(centre_of(calendar, "review"))


def test_a_rectangle_selects_what_it_touches(calendar):
    board = calendar.board()
    board.setSelection(board.weeks.cell(date(2026, 11, 17)), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert set(board.selected_ids()) == {"mingda", "call", "fair"}
    assert board.visualRegionForSelection(QItemSelection()).isEmpty()


def full_day(calendar, number: int = 12) -> None:
    calendar.show_entries(timed(n, f"Call {n}", at(20, 8 + n % 10, 0), kind="call") for n in range(number))


def test_a_full_day_says_how_many_more(calendar):
    full_day(calendar)
    (more,) = calendar.board().mores()
    seen = list(calendar.board().tiles())
    assert len(seen) + len(more.entries) == 12
    hidden = calendar.model.index_of(more.entries[0].id)
    assert calendar.board().visualRect(hidden) == more.rect
    assert not calendar.board().isIndexHidden(hidden)


def test_a_click_on_more_lists_the_day(calendar, qtbot):
    full_day(calendar)
    asked = told(calendar.board().more_asked)
    (more,) = calendar.board().mores()
    qtbot.mouseClick(calendar.board().viewport(), LEFT, pos=more.rect.center())
    assert [m.day for (m,) in asked] == [date(2026, 11, 20)]
    next(menu for menu in calendar.findChildren(QMenu) if menu.isVisible()).close()


def test_the_list_of_a_day_opens_entry_and_day(calendar):
    full_day(calendar)
    (more,) = calendar.board().mores()
    opened = []
    tone_of = calendar.board().tone_of
    menu = more_menu(calendar, more, more.entries[:2], tone_of, opened.append, lambda: opened.append("day"))
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert "20 November 2026" in texts[0]
    assert texts[1].endswith(more.entries[0].title)
    menu.actions()[1].trigger()
    menu.actions()[-1].trigger()
    assert opened == [more.entries[0], "day"]


def test_nothing_breaks_when_there_is_no_room_at_all(calendar):
    full_day(calendar)
    calendar.resize(360, 240)
    calendar.grab()
    (more,) = calendar.board().mores()
    assert len(more.entries) == 12
    assert calendar.board().weeks.cell(date(2026, 11, 20)).contains(more.rect.topLeft())


def test_titles_of_all_kinds_are_shown_as_they_are(calendar):
    wild = ["<b>bold</b>", "x" * 10_000, "زيارة العميل", "🎉\n\n new line", "'; DROP TABLE event; --", ""]
    calendar.show_entries(timed(n, title, at(18, 8 + n)) for n, title in enumerate(wild))
    for name in ("month", "week", "day"):
        calendar.show_view(name)
        assert not calendar.grab().isNull()
    tip = calendar.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;bold" in tip
    assert calendar.model.index(3).data() == "🎉 new line"


def test_only_what_changed_is_painted_while_the_mouse_wanders(calendar):
    painted: list[QRect] = []
    board = calendar.board()
    board.paint_sheet = lambda painter, area: painted.append(QRect(area))
    QTest.mouseMove(board.viewport(), day_centre(calendar, date(2026, 11, 26)))
    calendar.repaint()
    painted.clear()
    QTest.mouseMove(board.viewport(), day_centre(calendar, date(2026, 11, 27)))
    QTest.qWait(1)
    assert painted
    assert all(area.height() < board.height() / 3 for area in painted)
