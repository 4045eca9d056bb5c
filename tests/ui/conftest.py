"""What all window tests share: a dressed application, no warnings from Qt, and a look for controls
without a name."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from crm_desktop.core import words
from crm_desktop.core.clock import FixedClock
from crm_desktop.database.engine import open_database
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.shell import keys, theme
from crm_desktop.ui.shell.ending import take_down
from tests.office import Office, open_office

# What the offscreen platform cannot do; nothing a person would ever see.
PLATFORM = ("This plugin does not support", "Cannot find font directory")
NAMED = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Any warning of Qt fails a window test."""
    for item in items:
        if "/tests/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(*PLATFORM))


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The application class; set here so that nothing is written into the folders of the person who
    runs the tests."""
    QStandardPaths.setTestModeEnabled(True)
    return QApplication


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in the light theme. Dressing costs more than most tests: once is enough."""
    qapp.setApplicationName("crm-desktop-tests")
    theme.apply(qapp, "light", "en")
    return qapp


@pytest.fixture(autouse=True)
def shipped_keys() -> Iterator[None]:
    """Keys that a test gave to a command are not those of the next test."""
    yield
    keys.give({})


@pytest.fixture
def english(dressed: QApplication) -> Iterator[None]:
    """English words for one test, whatever language a window of an earlier one spoke last."""
    before = words.language()
    words.use("en")
    words.speak_through(None)
    yield
    words.use(before)


@pytest.fixture
def taken_down(dressed: QApplication) -> Iterator[QApplication]:
    """The application; every window that is left afterwards is deleted."""
    yield dressed
    take_down(dressed)


@pytest.fixture
def office(tmp_path: Path, sqlite_template: Path, clock: FixedClock) -> Iterator[Office]:
    """The small office in a file."""
    shutil.copy(sqlite_template, tmp_path / "crm.db")
    made = open_office(open_database(tmp_path), clock)
    yield made
    made.records.database.close()


@pytest.fixture
def desk(office: Office, english: None, taken_down: QApplication) -> Iterator[Desk]:
    """Its administrator, for whom everything happens at once."""
    made = Desk(office.records, office.admin, Runner(inline=True))
    yield made
    made.close()


@pytest.fixture(scope="session")
def nameless() -> Callable[[QWidget], list[str]]:
    """nameless(widget) lists the controls in it that a screen reader could not name."""
    return _nameless


def _nameless(top: QWidget) -> list[str]:
    found = []
    for control in [top, *top.findChildren(QWidget)]:
        if not isinstance(control, NAMED) or not control.isVisibleTo(top):
            continue
        spoken = QAccessible.queryAccessibleInterface(control)
        if not control.accessibleName() and not (spoken and spoken.text(QAccessible.Text.Name)):
            owner = control.parentWidget()
            found.append(
                f"{type(control).__name__} in {type(owner).__name__} {owner.objectName() if owner else ''}"
            )
    return found
