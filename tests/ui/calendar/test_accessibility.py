"""What a screen reader finds in the calendar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from tests.ui.calendar.conftest import at, timed

NAME = QAccessible.Text.Name


@pytest.mark.parametrize("view", ["month", "week", "day"])
def test_entries_are_items_with_a_full_sentence(calendar, view):
    calendar.show_view(view)
    board = calendar.board()
    spoken = QAccessible.queryAccessibleInterface(board)
    assert spoken.role() == QAccessible.Role.List
    assert spoken.text(NAME) == f"Calendar: {view.capitalize()}"
    names = [spoken.child(row).text(NAME) for row in range(spoken.childCount())]
    assert len(names) == 5
    (call,) = [name for name in names if "Hengrui" in name]
    assert call.startswith("Call, Call Hengrui, ")
    assert call.endswith("17 November 2026, 10:00 – 10:30, Chen Zhi")


def test_items_say_where_they_are_and_whether_they_are_chosen(calendar):
    board = calendar.board()
    index = calendar.model.index_of("review")
    board.go_to_entry(index)
    item = QAccessible.queryAccessibleInterface(board).child(index.row())
    assert item.state().selected and item.state().focused
    assert item.rect().size() == board.visualRect(index).size()
    assert item.rect().topLeft() == board.viewport().mapToGlobal(board.visualRect(index).topLeft())


def test_the_focused_day_is_described(calendar):
    QTest.keyClick(calendar.board(), Qt.Key.Key_Left)
    assert calendar.board().accessibleDescription().endswith("17 November 2026, 3 entries")


def test_why_an_entry_is_fixed_is_its_description(calendar):
    index = calendar.model.index_of("others")
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Only Lin may move this."
    item = QAccessible.queryAccessibleInterface(calendar.board()).child(index.row())
    assert item.text(QAccessible.Text.Description) == "Only Lin may move this."


def test_entries_without_room_are_still_items(calendar):
    calendar.show_entries(timed(n, f"Call {n}", at(20, 8 + n)) for n in range(12))
    board = calendar.board()
    spoken = QAccessible.queryAccessibleInterface(board)
    assert spoken.childCount() == 12
    assert not any(spoken.child(row).state().invisible for row in range(12))


def test_every_button_has_a_name(calendar):
    calendar.resize(360, 600)
    for button in calendar.findChildren(QAbstractButton):
        if button.objectName().startswith("qt_"):
            continue
        assert button.accessibleName().strip() or button.text().strip(), button
