"""Reminders that pop up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton

from crm_desktop.core.clock import FixedClock, to_local
from crm_desktop.ui.shell import toasts as shell_toasts
from crm_desktop.ui.shell.toasts import AT_MOST, Ring, Toasts, snooze_choices

NOW = datetime(2026, 11, 20, 7, 30)  # UTC; Friday 15:30 in Shanghai


@pytest.fixture
def toasts(english: None, taken_down: QApplication) -> Iterator[Toasts]:
    made = Toasts(FixedClock(NOW))
    yield made
    made.clear()


def test_a_toast_never_takes_the_focus(toasts: Toasts, taken_down: QApplication) -> None:
    entry = QLineEdit()
    entry.show()
    entry.activateWindow()
    entry.setFocus()
    assert QTest.qWaitForWindowActive(entry)
    toasts.ring(Ring(1, "Call Mingda", "Zhang · 1366465", "Today 15:30"))
    QApplication.processEvents()
    toast = toasts.on_screen()[0]
    assert toast.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert toast.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not toast.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    if taken_down.platformName() != "offscreen":  # which gives the focus to whatever is shown
        assert QApplication.activeWindow() is entry
    entry.close()


def test_four_stack_and_the_rest_is_counted(toasts: Toasts) -> None:
    for key in range(7):
        toasts.ring(Ring(key, f"Reminder {key}"))
    toasts.ring(Ring(0, "Reminder 0"))  # not twice
    shown = toasts.on_screen()
    assert len(shown) == AT_MOST
    assert toasts.more() == 3
    area = shown[0].screen().availableGeometry()
    boxes = [toast.geometry() for toast in shown]
    assert all(area.contains(box) for box in boxes)
    assert not any(first.intersects(second) for first in boxes for second in boxes if first != second)
    shown[0].done_button.click()
    assert [toast.ring.key for toast in toasts.on_screen()] == [1, 2, 3, 4]
    assert toasts.more() == 2


def test_they_make_room_for_a_dialog_and_stay_there(toasts: Toasts) -> None:
    for key in range(2):
        toasts.ring(Ring(key, f"Reminder {key}"))
    area = toasts.on_screen()[0].screen().availableGeometry()
    lowest = toasts.on_screen()[0].geometry()
    assert (lowest.right(), lowest.bottom()) > (area.center().x(), area.center().y())
    dialog = QDialog()
    dialog.setGeometry(area.right() - 320, area.bottom() - 260, 300, 240)
    dialog.show()
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    toasts.ring(Ring(7, "Reminder 7"))
    places = [toast.geometry() for toast in toasts.on_screen()]
    assert not any(place.intersects(dialog.frameGeometry()) for place in places)
    assert all(area.contains(place) for place in places)
    dialog.activateWindow()  # offscreen, the focus went to what was shown last
    assert QTest.qWaitForWindowActive(dialog)
    dialog.move(area.right() - 320, area.top() + 20)
    QApplication.processEvents()
    assert not any(toast.geometry().intersects(dialog.frameGeometry()) for toast in toasts.on_screen()), "it was dragged below them"
    places = [toast.geometry() for toast in toasts.on_screen()]
    dialog.close()
    toasts.ring(Ring(8, "Reminder 8"))
    assert [toast.geometry() for toast in toasts.on_screen()][:3] == places, "nothing jumps away from below the mouse"
    toasts.clear()
    toasts.ring(Ring(9, "Reminder 9"))
    assert toasts.on_screen()[0].geometry().bottom() == lowest.bottom()


def test_they_do_not_cover_what_is_being_typed(toasts: Toasts) -> None:
    """A field in the corner of the window, and a dialog that leaves no corner free: the field stays in sight, the keys stay its own."""
    area = QApplication.primaryScreen().availableGeometry()
    window = QDialog()
    window.setGeometry(area.left() + 20, area.top() + 60, area.width() - 40, area.height() - 80)
    field = QLineEdit(window)
    field.setGeometry(window.width() - 200, window.height() - 60, 180, 30)
    other = QLineEdit(window)
    other.setGeometry(window.width() - 200, 10, 180, 30)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    field.setFocus()
    toasts.ring(Ring(1, "Call Mingda"))
    toasts.ring(Ring(2, "Call Hengrui"))
    window.activateWindow()  # offscreen, the focus went to what was shown last
    assert QTest.qWaitForWindowActive(window)

    def covered(edit: QLineEdit) -> bool:
        place = QRect(edit.mapToGlobal(QPoint()), edit.size())
        return any(toast.geometry().intersects(place) for toast in toasts.on_screen())

    field.setFocus()
    QApplication.processEvents()
    assert not covered(field)
    QTest.keyClicks(QApplication.focusWidget(), "typed")
    assert field.text() == "typed"
    other.setFocus()
    QApplication.processEvents()
    assert not covered(other)
    window.close()


def test_they_look_at_no_dialog_that_is_being_taken_apart(toasts: Toasts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing Qt's own file dialog moves the focus while half of it is gone: whoever lists the windows then ends the program."""
    looks: list[int] = []
    kept_free = shell_toasts._kept_free
    monkeypatch.setattr(shell_toasts, "_kept_free", lambda: looks.append(1) or kept_free())
    toasts.ring(Ring(1, "Call Mingda"))
    dialog = QDialog()
    field = QLineEdit(dialog)
    dialog.show()
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    QApplication.processEvents()
    field.setFocus()
    QApplication.processEvents()
    looks.clear()
    shiboken6.delete(dialog)
    assert not looks, "while the focus leaves what is being taken apart"
    QTest.qWait(1)
    assert looks, "afterwards"


def test_where_no_corner_is_free_they_leave_the_buttons_of_a_dialog_in_sight(toasts: Toasts) -> None:
    area = QApplication.primaryScreen().availableGeometry()
    window = QDialog()
    window.setGeometry(area.left() + 20, area.top() + 40, area.width() - 40, area.height() - 60)
    buttons = []
    for left, top in ((window.width() - 90, window.height() - 40), (10, 10), (window.width() - 90, 10)):
        button = QPushButton("Next", window)
        button.setGeometry(left, top, 80, 30)
        buttons.append(button)
    window.show()
    toasts.ring(Ring(1, "Call Mingda"))
    places = [QRect(button.mapToGlobal(QPoint()), button.size()) for button in buttons]
    assert not any(toast.geometry().intersects(place) for toast in toasts.on_screen() for place in places)
    window.close()


def test_the_answers(toasts: Toasts) -> None:
    told: list[Any] = []
    toasts.opened.connect(lambda key: told.append(("open", key)))
    toasts.finished.connect(lambda key: told.append(("done", key)))
    toasts.closed.connect(lambda key: told.append(("closed", key)))
    toasts.snoozed.connect(lambda key, until: told.append((key, until)))
    for key in range(4):
        toasts.ring(Ring(key, "Payment late", late=True))
    first, second, third, fourth = toasts.on_screen()
    first.open_button.click()
    second.done_button.click()
    third._close_pressed()
    menu = fourth.later_menu()
    labels = [action.text() for action in menu.actions() if action.text()]
    assert labels == [
        "In 5 minutes",
        "In 15 minutes",
        "In 1 hour",
        "Tomorrow 09:00",
        "Next Monday 09:00",
        "Another time…",
    ]
    menu.actions()[4].trigger()
    assert told == [("open", 0), ("done", 1), ("closed", 2), (3, datetime(2026, 11, 23, 1, 0))]
    assert toasts.on_screen() == []


def test_snoozing_counts_from_local_time() -> None:
    choices = [moment for _label, moment in snooze_choices(to_local(NOW))]
    assert choices[0] == datetime(2026, 11, 20, 15, 35)
    assert choices[3:] == [datetime(2026, 11, 21, 9, 0), datetime(2026, 11, 23, 9, 0)]


def test_one_answered_elsewhere_goes(toasts: Toasts) -> None:
    for key in range(6):
        toasts.ring(Ring(key, "Reminder"))
    toasts.take_back(5)
    toasts.take_back(0)
    assert [toast.ring.key for toast in toasts.on_screen()] == [1, 2, 3, 4]
    assert toasts.more() == 0


def test_nothing_is_nameless(toasts: Toasts, nameless: Any) -> None:
    toasts.ring(Ring(1, "Call <b>Mingda</b>", "x" * 300, "Yesterday", late=True, action="Open customer"))
    assert nameless(toasts.on_screen()[0]) == []
