"""The calendar as a whole: header, pages, people, what it asks of its owner."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from crm_desktop.core.clock import FixedClock, to_utc
from crm_desktop.ui.calendar.menus import context_menu
from crm_desktop.ui.calendar.people import Person
from crm_desktop.ui.calendar.view import CalendarView
from crm_desktop.ui.calendar.wording import month_title, span_text, weeks_title, when_text
from crm_desktop.ui.shell import keys
from crm_desktop.ui.shell.docks import Docks
from crm_desktop.ui.widgets.labels import Label
from tests.ui.calendar.conftest import NOW, WEEK, at, centre_of, timed, told, whole

PEOPLE = [Person(1, "Wang Li"), Person(2, "Chen Zhi"), Person(3, "Lin Jia", "warn")]


def titles(view) -> set[str]:
    return {entry.title for entry in view.model.entries}


def test_entries_are_asked_for_once_it_is_seen(qtbot, english):
    view = CalendarView(FixedClock(to_utc(NOW)))
    qtbot.addWidget(view)
    ranges = told(view.range_changed)
    view.show_view("week")
    assert ranges == []
    view.show()
    assert ranges == [(at(16), at(23))]
    view.hide()
    view.show()
    assert len(ranges) == 1


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("month", "November 2026", "October 2026"),
        ("week", "November 2026", "November 2026"),
        ("day", "18 November 2026", "17 November 2026"),
    ],
)
def test_the_arrows_turn_pages(calendar, qtbot, name, first, second):
    calendar.show_view(name)
    ranges = told(calendar.range_changed)
    assert first in calendar.header.title()
    qtbot.mouseClick(calendar.header.previous, Qt.MouseButton.LeftButton)
    assert second in calendar.header.title()
    qtbot.mouseClick(calendar.header.today, Qt.MouseButton.LeftButton)
    assert first in calendar.header.title()
    assert len(ranges) == 2


def test_the_segment_switches_the_view_and_keeps_the_day(calendar):
    ranges = told(calendar.range_changed)
    calendar.go_to(date(2026, 12, 24))
    calendar.header.segment.set_value("day")
    assert calendar.view() == "day"
    assert ranges[-1] == (at(24, month=12), at(25, month=12))
    assert calendar.header.segment.value() == "day"
    calendar.header.segment.set_value("month")
    assert calendar.header.title() == "December 2026"


def test_the_selected_entry_stays_when_entries_and_view_change(calendar):
    calendar.board().go_to_entry(calendar.model.index_of("call"))
    calendar.show_entries([timed("new", "First of all", at(1, 7)), *WEEK])
    assert calendar.board().current_entry().id == "call"
    assert calendar.board().selected_ids() == ["call"]
    calendar.show_view("week")
    assert calendar.board().current_entry().id == "call"
    calendar.show_entries([])
    assert calendar.board().current_entry() is None


def test_people_are_hidden_and_shown(calendar):
    calendar.set_people(PEOPLE, me=1)
    changes = told(calendar.setting_changed)
    calendar.header.people.show_only({2})
    assert titles(calendar) == {"Call Hengrui"}
    assert calendar.header.people.accessibleName() == "People: 1 of 3"
    calendar.header.people.show_only({1, 2, 3})
    assert len(titles(calendar)) == 5
    assert len(changes) == 2


def test_the_menu_of_people_ticks_without_closing(calendar, qtbot):
    calendar.set_people(PEOPLE, me=1)
    menu = calendar.header.people.menu()
    menu.popup(QPoint(0, 0))
    names = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert names == ["Show everyone", "Only my own", "Wang Li", "Chen Zhi", "Lin Jia", "Colour by person"]
    for __ in range(4):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert calendar.header.people.hidden_ids == {2}
    chosen = next(action for action in menu.actions() if action.text() == "Wang Li")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(chosen).center())
    assert menu.isVisible()
    assert calendar.header.people.hidden_ids == {1, 2}
    menu.close()


def test_entries_of_nobody_are_always_shown(calendar):
    calendar.set_people(PEOPLE)
    calendar.show_entries([timed("x", "Public holiday", at(18, 9))])
    calendar.header.people.show_only(set())
    assert titles(calendar) == {"Public holiday"}


def test_one_person_needs_no_button(calendar):
    calendar.set_people(PEOPLE[:1], me=1)
    assert calendar.header.people.isHidden()
    calendar.set_people(PEOPLE, me=1)
    assert not calendar.header.people.isHidden()


def test_colours_tell_the_kind_or_the_person(calendar):
    calendar.set_people(PEOPLE, me=1)
    tones = {tile.entry.id: tile.tone for tile in calendar.board().tiles()}
    assert (tones["mingda"], tones["call"], tones["review"]) == ("violet", "ok", "accent")
    calendar.header.people.colour_by_person(True)
    tones = {tile.entry.id: tile.tone for tile in calendar.board().tiles()}
    assert tones["mingda"] == tones["review"] == PEOPLE[0].colour
    assert tones["others"] == "warn"


def test_settings_come_back(calendar, qtbot):
    calendar.set_people(PEOPLE, me=1)
    calendar.header.people.show_only({1, 3})
    calendar.header.people.colour_by_person(True)
    calendar.show_view("week")
    kept = calendar.settings()
    other = CalendarView(FixedClock(to_utc(NOW)))
    qtbot.addWidget(other)
    other.set_people(PEOPLE, me=1)
    other.set_settings(kept)
    assert other.settings() == kept == {"view": "week", "hidden": [2], "by_person": True}
    other.set_settings({"view": "year", "hidden": "nobody", "by_person": 7})
    assert other.settings() == kept


@pytest.mark.parametrize("width", [360, 420, 560, 760, 1100])
@pytest.mark.parametrize("locale", ["en_GB", "zh_CN"])
def test_the_header_fits_every_width(calendar, width, locale):
    QLocale.setDefault(QLocale(locale))
    calendar.set_people(PEOPLE, me=1)
    calendar.go_to(date(2026, 9, 18))
    calendar.resize(width, 600)
    assert calendar.width() == width
    calendar.grab()
    header = calendar.header
    shown = [header._row.itemAt(at).widget() for at in range(header._row.count())]
    visible = [widget for widget in shown if widget is not None and widget.isVisible()]
    assert header.new in visible
    assert header.segment in visible or header.views in visible
    for left, right in zip(visible, visible[1:], strict=False):
        assert left.geometry().right() < right.geometry().left()
    assert visible[-1].geometry().right() <= width
    if width >= 1100:
        assert header.title() == month_title(date(2026, 9, 1))


def test_titles_follow_the_locale(english):
    QLocale.setDefault(QLocale("zh_CN"))
    assert month_title(date(2026, 11, 1)) == "2026年11月"
    QLocale.setDefault(QLocale("en_US"))
    assert month_title(date(2026, 11, 1)) == "November 2026"
    assert weeks_title(date(2026, 11, 29), date(2026, 12, 5)) == "November 2026 – December 2026"


def test_the_week_begins_where_the_locale_says(calendar):
    QLocale.setDefault(QLocale("en_US"))
    calendar.show_view("week")
    assert calendar.shown_range() == (at(15), at(22))
    QLocale.setDefault(QLocale("zh_CN"))
    assert calendar.shown_range() == (at(16), at(23))


def test_keys_that_were_changed_are_the_ones_that_count(calendar):
    keys.give({"calendar.week": "Ctrl+Alt+W", "calendar.delete": ""})
    calendar.show_view("month")
    board = calendar.board()
    QTest.keyClick(board, Qt.Key.Key_W)
    assert calendar.board() is board
    QTest.keyClick(board, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert calendar.board() is calendar.boards["week"]
    QTest.keyClick(calendar.board(), Qt.Key.Key_D, Qt.KeyboardModifier.KeypadModifier)
    assert calendar.board() is calendar.boards["day"]


def test_an_entry_is_moved_and_stretched_by_commands_as_by_keys(calendar):
    calendar.show_view("week")
    board = calendar.board()
    asked = told(calendar.move_asked)
    board.go_to_entry(calendar.model.index_of("review"))
    for command, start, end in (
        ("later", at(19, 14), at(19, 15)),
        ("longer", at(19, 14), at(19, 15, 15)),
        ("shorter", at(19, 14), at(19, 15)),
        ("earlier", at(18, 14), at(18, 15)),
    ):
        calendar.run(command)
        assert asked[-1] == ("review", start, end)
    board.selectionModel().clear()
    command = next(one for one in calendar.commands() if one.key == "calendar.later")
    assert command.reason() == "No entry is selected."


def test_times_in_words(english):
    assert span_text(at(18, 9), at(18, 10, 30), False) == "Wed 18  09:00 – 10:30"
    assert span_text(at(18, 22), at(19), False) == "Wed 18  22:00 – 24:00"
    assert span_text(at(18, 22), at(19, 1), False) == "Wed 18 22:00 – Thu 19 01:00"
    assert span_text(at(18), at(21), True) == "Wed 18 – Fri 20"
    assert span_text(at(30), at(2, month=12), True) == "Mon 11-30 – Tue 12-01"
    assert when_text(whole("x", "", 18)).endswith("18 November 2026, all day")
    assert when_text(timed("x", "", at(18, 9))).endswith("18 November 2026, 09:00 – 10:00")


def test_the_context_menu_says_why_something_cannot_be_deleted(calendar):
    ran = []
    menu = context_menu(calendar, WEEK[3], ran.append)
    opens, *forbidden, makes = menu.actions()
    opens.trigger()
    assert ran == ["open"] and makes.isEnabled()
    assert len(forbidden) == 5 and not any(one.isEnabled() for one in forbidden)
    assert {one.toolTip() for one in forbidden} == {"Only Lin may move this."}
    menu.close()


def test_a_right_click_chooses_what_is_under_the_mouse(calendar, qtbot):
    asked = told(calendar.board().menu_asked)
    point = centre_of(calendar, "call")
    qtbot.mouseClick(calendar.board().viewport(), Qt.MouseButton.RightButton, pos=point)
    assert calendar.board().current_entry().id == "call"
    calendar.board().menu_asked.emit(QPoint(0, 0))
    menu = next(menu for menu in calendar.findChildren(QMenu) if menu.isVisible())
    names = [action.text().split("\t")[0] for action in menu.actions()]
    assert (names[0], names[-2:], len(names)) == ("Open", ["Delete", "New event"], 7)
    menu.close()
    assert asked


def test_commands_can_be_run_by_the_palette(calendar):
    opened = told(calendar.opened)
    calendar.run("week")
    assert calendar.view() == "week"
    calendar.run("open")
    calendar.board().go_to_entry(calendar.model.index_of("call"))
    calendar.run("open")
    assert opened == [("call",)]


def test_the_registry_gets_every_command(calendar):
    commands = {command.key: command for command in calendar.commands()}
    assert commands["calendar.today"].shortcut == "T"
    assert commands["calendar.delete"].reason() == "No entry is selected."
    calendar.board().go_to_entry(calendar.model.index_of("call"))
    assert commands["calendar.delete"].reason() == ""
    commands["calendar.day"].run()
    assert calendar.view() == "day"


def test_it_stands_in_a_dock_with_its_header_as_the_handle(qtbot, english):
    view = CalendarView(FixedClock(to_utc(NOW)))
    other = Label("Customers")
    docks = Docks(lambda key, _parent: (key, view if key == "calendar" else other))
    qtbot.addWidget(docks)
    docks.resize(1000, 600)
    docks.show()
    docks.place("calendar", "replace")
    assert not docks.isHidden() and view.header.parent() is not view
    docks.place("other", "beside")
    docks.grab()
    assert view.header.width() <= 1000
    docks.resize(800, 500)
    docks.grab()
    assert view.width() >= 340
    assert view.header.new.geometry().right() < view.header.width()
