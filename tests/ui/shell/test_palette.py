"""Ctrl+K: records and commands in one box."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.ui.shell.commands import Command, Commands
from crm_desktop.ui.shell.hits import Done, Hit, marks_of
from crm_desktop.ui.shell.palette import PATIENCE, Palette


class Library:
    """A provider that answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Done]] = []

    def __call__(self, text: str, done: Done) -> None:
        self.asked.append((text, done))


class Desk:
    """A window with a palette over it."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.window.resize(1000, 700)
        self.entry = QLineEdit()
        QVBoxLayout(self.window).addWidget(self.entry)
        self.ran: list[str] = []
        self.commands = Commands(self.window)
        self.commands.add(Command("new", "New customer", lambda: self.ran.append("new"), "Ctrl+N", "plus"))
        self.commands.add(
            Command("print", "Print labels", lambda: self.ran.append("print"), why_not=lambda: "No rows.")
        )
        self.commands.add(Command("rare", "Rarely needed", lambda: self.ran.append("rare"), only_typed=True))
        self.commands.add(Command("hidden", "Not listed", lambda: None, "F6", listed=False))
        self.library = Library()
        self.palette = Palette(self.window, self.commands, self.library)
        self.window.show()
        self.window.activateWindow()
        self.entry.setFocus()
        assert QTest.qWaitForWindowActive(self.window)

    def titles(self) -> list[str]:
        return [line if isinstance(line, str) else line.title for line in self.palette._lines.lines]


@pytest.fixture
def desk(english: None, taken_down: QApplication) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.window.close()


def hits(*titles: str) -> list[Hit]:
    return [Hit(title, None, "building-2", "Suzhou", marks=[(0, 2)], group="Customers") for title in titles]


def test_it_opens_with_the_commands(desk: Desk) -> None:
    desk.palette.open()
    assert desk.titles() == ["Commands", "New customer", "Print labels"]
    assert desk.palette.list.currentIndex().row() == 1  # headings cannot be chosen
    QTest.keyClick(desk.palette.entry, Qt.Key.Key_Return)
    assert desk.ran == ["new"]
    assert desk.palette.isHidden()
    assert desk.entry.hasFocus()  # the focus goes back


def test_words_of_a_command_are_found_and_marked(desk: Desk) -> None:
    desk.palette.open("cust new")
    line = desk.palette._lines.lines[1]
    assert isinstance(line, Hit)
    assert (line.title, line.shortcut, list(line.marks)) == ("New customer", "Ctrl+N", [(0, 3), (4, 8)])
    desk.palette.open("rarely")
    assert desk.titles() == ["Commands", "Rarely needed"]
    assert marks_of("Mingda", "x") is None
    assert marks_of("新建客户", "kehu") == ((2, 4),)


def test_what_cannot_be_done_says_why_and_does_nothing(desk: Desk) -> None:
    desk.palette.open("print")
    line = desk.palette._lines.lines[1]
    assert isinstance(line, Hit)
    assert line.why_not == "No rows."
    QTest.keyClick(desk.palette.entry, Qt.Key.Key_Return)
    assert desk.ran == []
    assert not desk.palette.isHidden()


def test_records_come_when_they_are_found(desk: Desk, qtbot) -> None:  # type: ignore[no-untyped-def]
    desk.palette.open()
    QTest.keyClicks(desk.palette.entry, "ming")
    qtbot.waitUntil(lambda: desk.library.asked[-1][0] == "ming")
    desk.library.asked[-1][1](hits("Mingda Machines", "Mingda Foods"))
    assert desk.titles() == ["Customers", "Mingda Machines", "Mingda Foods"]


def test_a_slow_answer_is_waited_for_in_sight(desk: Desk, qtbot) -> None:  # type: ignore[no-untyped-def]
    desk.palette.open("new")
    assert "Searching…" not in desk.titles()  # most answers come at once
    qtbot.waitUntil(lambda: "Searching…" in desk.titles())
    assert desk.titles() == ["Commands", "New customer", "Searching…"]
    desk.library.asked[-1][1](hits("Newman"))
    assert desk.titles() == ["Customers", "Newman", "Commands", "New customer"]
    desk.palette.dismiss()
    desk.palette.open()
    qtbot.wait(PATIENCE + 50)
    assert "Searching…" not in desk.titles()  # nothing is asked for


def test_answers_to_older_texts_are_dropped(desk: Desk, qtbot) -> None:  # type: ignore[no-untyped-def]
    desk.palette.open("mi")
    QTest.keyClicks(desk.palette.entry, "xyz")
    qtbot.waitUntil(lambda: len(desk.library.asked) == 2)
    desk.library.asked[0][1](hits("Too late"))
    assert "Too late" not in desk.titles()
    desk.library.asked[1][1](hits("In time"))
    assert "In time" in desk.titles()
    desk.palette.dismiss()
    desk.library.asked[1][1](hits("After closing"))
    assert "After closing" not in desk.titles()


def test_nothing_found(desk: Desk) -> None:
    desk.palette.open("zzz <b>")
    assert desk.titles() == ["Searching…"]  # as long as nobody has answered
    desk.library.asked[-1][1]([])
    assert desk.titles() == ["Nothing found for “zzz <b>”."]
    QTest.keyClick(desk.palette.entry, Qt.Key.Key_Return)
    assert not desk.palette.isHidden()


def test_the_keyboard_walks_round(desk: Desk) -> None:
    desk.palette.open()
    rows = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_Tab):
        QTest.keyClick(desk.palette.entry, key)
        rows.append(desk.palette.list.currentIndex().row())
    assert rows == [2, 1, 2, 2, 1]
    QTest.keyClick(desk.palette.entry, Qt.Key.Key_Escape)
    assert desk.palette.isHidden()


def test_a_click_beside_it_closes_it(desk: Desk) -> None:
    desk.palette.open()
    QTest.mouseClick(
        desk.palette._scrim, Qt.MouseButton.LeftButton, pos=desk.palette._scrim.rect().bottomLeft()
    )
    assert desk.palette.isHidden()
    assert desk.palette._scrim.isHidden()


def test_it_stays_inside_small_windows(desk: Desk) -> None:
    desk.palette.open()
    desk.window.resize(500, 400)
    QApplication.processEvents()
    assert desk.palette.geometry().right() <= 500
    assert not desk.palette.grab().isNull()


def test_commands_go_with_their_owner(desk: Desk) -> None:
    owner = QWidget(desk.window)
    desk.commands.add(Command("own", "Of a view", lambda: None, "Ctrl+Y"), owner, "page")
    assert "own" not in [command.key for command in desk.commands.available()]
    desk.commands.show_page(owner)
    assert "own" in [command.key for command in desk.commands.available()]
    owner.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    QApplication.processEvents()
    assert "own" not in [command.key for command in desk.commands.everything()]
    with pytest.raises(KeyError):
        desk.commands.run("own")


def test_commands_of_a_list_are_those_of_the_view_in_front(desk: Desk) -> None:
    first, second = QWidget(desk.window), QWidget(desk.window)
    for page, word in ((first, "one"), (second, "two")):
        page.show()
        inner = QWidget(page)
        inner.show()
        desk.commands.add(Command(f"assign.{word}", f"Assign {word}", lambda: None), inner, "widget")
    desk.commands.show_page(second)
    keys = {command.key for command in desk.commands.available()}
    assert "assign.two" in keys and "assign.one" not in keys
