"""The calendar shows what repeats each time it comes; dragged, moved by keys or deleted, it asks which times are meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from crm_desktop.business.office.event import Event
from crm_desktop.core import clock
from crm_desktop.ui.calendar_page import CalendarPage
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner
from tests.office import Office, open_office


@pytest.fixture
def office(database: Any, clock: Any) -> Office:
    return open_office(database, clock)


@pytest.fixture
def desk(office: Office, english: None, taken_down: Any) -> Iterator[Desk]:
    made = Desk(office.records, office.li, Runner(inline=True))
    yield made
    made.close()


MONDAYS = (datetime(2026, 3, 16), datetime(2026, 3, 23))


def test_each_time_is_an_entry_of_its_own(office: Office, desk: Desk) -> None:
    made = office.save(Event(title="周会", starts_at=clock.to_utc(datetime(2026, 1, 5, 9)), repeats="FREQ=WEEKLY;BYDAY=MO,WE"))
    office.save(Event(title="一次", starts_at=clock.to_utc(datetime(2026, 3, 17, 9))))
    page = CalendarPage(desk)
    entries = page._entries_of(*MONDAYS)
    shown = sorted((entry.starts, entry.title, entry.editable) for entry in entries)
    assert shown == [
        (datetime(2026, 3, 16, 9), "周会", True), (datetime(2026, 3, 17, 9), "一次", True), (datetime(2026, 3, 18, 9), "周会", True),
    ]  # fmt: skip
    ids = {entry.id for entry in entries}
    assert len(ids) == 3
    assert {one[:2] for one in ids if len(one) == 3} == {("event", made.id)}


class Page(CalendarPage):
    """On screen, with what it tells."""

    def __init__(self, desk: Desk):
        self.told: list[str] = []
        desk.ways.tell = lambda text, **_more: self.told.append(text)  # type: ignore[method-assign]
        super().__init__(desk)
        self.show_view("week")
        self.go_to(MONDAYS[0].date())
        self.resize(1200, 800)
        self.show()
        self.load()

    def times(self) -> list[datetime]:
        return sorted(entry.starts for entry in self._entries_of(MONDAYS[0], datetime(2026, 4, 6)))

    def choose(self, day: int) -> None:
        """Put the keyboard on the entry of this day of March."""
        index = next(self.model.index(row) for row, entry in enumerate(self.model.entries) if entry.starts.day == day)
        self.board().go_to_entry(index)


@pytest.fixture
def page(office: Office, desk: Desk) -> Iterator[Page]:
    office.save(Event(title="周会", starts_at=clock.to_utc(datetime(2026, 1, 5, 9)), repeats="FREQ=WEEKLY"))
    made = Page(desk)
    yield made
    made.close()
    made.deleteLater()


def answering(monkeypatch: pytest.MonkeyPatch, button: str) -> list[str]:
    """The question is answered with this button; what was asked."""
    asked: list[str] = []

    def exec_box(box: QMessageBox) -> int:
        asked.append(box.text())
        next(one for one in box.buttons() if one.text() == button).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", exec_box)
    return asked


def test_the_keyboard_goes_on_with_a_new_event(office: Office, page: Page) -> None:
    asked: list[Any] = []
    page.desk.ways.new_record = lambda type_key, values, then=None: asked.append((values, then))
    page.create_asked.emit(datetime(2026, 3, 17, 14), datetime(2026, 3, 17, 15), False)
    (values, then) = asked.pop()
    event = Event(title="拜访", **values)
    office.save(event)
    then(event)
    page.load()
    entry = page.board().current_entry()
    assert entry is not None and entry.id == ("event", event.id)
    page.run("later")
    assert office.records.get(Event, event.id, office.boss).starts_at == clock.to_utc(datetime(2026, 3, 18, 14))
    page.choose(16)
    page.load()
    entry = page.board().current_entry()
    assert entry is not None and entry.title == "周会", "once"


NINE = [datetime(2026, 3, day, 9) for day in (16, 23, 30)]


@pytest.mark.parametrize(("button", "after"), [
    ("Only this time", [datetime(2026, 3, 17, 9), *NINE[1:]]),
    ("This and those that follow", [datetime(2026, 3, day, 9) for day in (17, 24, 31)]),
    ("All times", [datetime(2026, 3, day, 9) for day in (17, 24, 31)]),
    ("Cancel", NINE),
])  # fmt: skip
def test_a_time_is_moved_by_keys(office: Office, page: Page, monkeypatch: pytest.MonkeyPatch, button: str, after: list[datetime]) -> None:
    asked = answering(monkeypatch, button)
    page.choose(16)
    QTest.keyClick(page.board().viewport().parent(), Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["“周会” repeats. Which times are to be changed?"]
    assert page.times() == after
    assert [entry.starts for entry in page.model.entries] == after[:1], "the screen shows it so"
    assert page.told == ([] if button == "Cancel" else ["Moved to 2026-03-17 09:00"])
    if button != "Cancel":
        page.desk.undo()
        assert page.times() == NINE


def test_a_time_is_dragged(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "Only this time")
    board: Any = page.board()
    tile = next(one for one in board.tiles() if one.entry.title == "周会")
    start = board.on_screen(tile).center()
    end = QPoint(start.x() + board.viewport().width() // 7, start.y())
    for kind, at, held in ((QEvent.Type.MouseButtonPress, start, True), (QEvent.Type.MouseMove, end, True),
                           (QEvent.Type.MouseButtonRelease, end, False)):  # fmt: skip
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        point = QPointF(at)
        shown = QPointF(board.viewport().mapToGlobal(at))
        button = none if kind == QEvent.Type.MouseMove else left
        QApplication.sendEvent(
            board.viewport(), QMouseEvent(kind, point, shown, button, left if held else none, Qt.KeyboardModifier.NoModifier)
        )
    assert page.times() == [datetime(2026, 3, 17, 9), *NINE[1:]]


@pytest.mark.parametrize(("button", "after"), [
    ("Only this time", NINE[1:]), ("This and those that follow", []), ("All times", []), ("Cancel", NINE),
])  # fmt: skip
def test_a_time_is_deleted(page: Page, monkeypatch: pytest.MonkeyPatch, button: str, after: list[datetime]) -> None:
    asked = answering(monkeypatch, button)
    page.choose(16)
    page.run("delete")
    assert asked == ["“周会” repeats. Which times are to be deleted?"] and page.times() == after
    before = page._entries_of(datetime(2026, 1, 1), MONDAYS[0])
    assert len(before) == (0 if button == "All times" else 10)
    if button != "Cancel":
        page.desk.undo()
        assert page.times() == NINE


def test_events_are_one_click_away_as_a_list(office: Office, desk: Desk, qtbot: Any) -> None:
    """There they are filtered, imported and exported; where the header is narrow, by the menu of the views."""
    shown: list[str] = []
    desk.ways.show = shown.append
    page = CalendarPage(desk)
    qtbot.addWidget(page)
    page.header.list.click()
    page.header.views.menu().aboutToShow.emit()
    page.header.views.menu().actions()[-1].trigger()
    assert shown == ["events", "events"] and page.header.list.accessibleName() == "Events as a list: filter, import, export"
