"""A calendar on Wednesday 18 November 2026, 10:40, with a few entries; real widgets, no screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.core import words
from crm_desktop.core.clock import FixedClock, to_utc
from crm_desktop.ui.calendar.board import Board
from crm_desktop.ui.calendar.entries import Entry
from crm_desktop.ui.calendar.view import CalendarView
from crm_desktop.ui.shell import theme

NOW = datetime(2026, 11, 18, 10, 40)


def at(day: int, hour: int = 0, minute: int = 0, month: int = 11) -> datetime:
    """A moment of November 2026."""
    return datetime(2026, month, day, hour, minute)


def timed(key: object, title: str, start: datetime, minutes: int = 60, **more: object) -> Entry:
    kind = str(more.pop("kind", "visit"))
    return Entry(key, kind, title, start, start + timedelta(minutes=minutes), **more)  # type: ignore[arg-type]


def whole(key: object, title: str, first: int, days: int = 1, **more: object) -> Entry:
    kind = str(more.pop("kind", "meeting"))
    return Entry(key, kind, title, at(first), at(first) + timedelta(days=days), all_day=True, **more)  # type: ignore[arg-type]


WEEK = [
    timed("mingda", "Visit Mingda", at(17, 9, 15), 90, owner=1, owner_name="Wang Li", customer_name="Mingda"),
    timed("call", "Call Hengrui", at(17, 10), 30, kind="call", owner=2, owner_name="Chen Zhi"),
    timed("review", "Pipeline review", at(18, 14), 60, kind="meeting", owner=1, owner_name="Wang Li"),
    timed("others", "Not mine", at(19, 9), 60, owner=3, editable=False, why_not="Only Lin may move this."),
    whole("fair", "Trade fair", 16, 3, owner=1, owner_name="Wang Li"),
]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> None:
    """The light theme, once: dressing every widget again takes longer than most tests."""
    theme.apply(qapp, "light", "en")


@pytest.fixture
def english(dressed: None) -> Iterator[None]:
    """English words, British week: Monday comes first."""
    before, language = QLocale(), words.language()
    QLocale.setDefault(QLocale("en_GB"))
    words.use("en")
    yield
    QLocale.setDefault(before)
    words.use(language)


@pytest.fixture
def calendar(qtbot, english: None) -> CalendarView:
    """The calendar at its month, shown and with the keyboard."""
    view = CalendarView(FixedClock(to_utc(NOW)))
    qtbot.addWidget(view)
    view.resize(1100, 800)
    view.show()
    view.show_entries(WEEK)
    qtbot.waitExposed(view)
    view.activateWindow()
    view.board().setFocus()
    return view


@pytest.fixture
def week(calendar: CalendarView) -> CalendarView:
    """The same calendar at its week."""
    calendar.show_view("week")
    return calendar


def centre_of(view: CalendarView, key: object) -> QPoint:
    """The middle of an entry in the viewport."""
    board = view.board()
    return board.visualRect(board.entries().index_of(key)).center()


def drag(board: Board, start: QPoint, stop: QPoint, drop: bool = True) -> None:
    """Press, move in a few steps, and let go."""
    QTest.mousePress(board.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(board.viewport(), start + (stop - start) * step / 4)
    if drop:
        QTest.mouseRelease(board.viewport(), Qt.MouseButton.LeftButton, pos=stop)


def told(signal) -> list[tuple]:
    """Everything a signal says from now on."""
    heard: list[tuple] = []
    signal.connect(lambda *values: heard.append(values))
    return heard
