"""Unexpected errors: logged, told once, never swallowed."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication

from crm_desktop.core.errors import Trouble
from crm_desktop.ui.shell.mishaps import Mishaps


@pytest.fixture
def mishaps(qapp: QApplication, tmp_path: Path) -> Iterator[Mishaps]:
    hook = sys.excepthook
    made = Mishaps(tmp_path / "log", "1.0")
    made.install()
    yield made
    made.uninstall()
    sys.excepthook = hook


def test_an_error_in_a_slot_is_told_and_logged(mishaps: Mishaps, qtbot: Any, capsys: Any) -> None:
    told: list[str] = []
    mishaps.happened.connect(told.append)
    try:
        raise ValueError("in a slot")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["ValueError: in a slot"]
    assert "in a slot" in capsys.readouterr().err
    report = mishaps.folder / "report.txt"
    mishaps.save_report(report)
    text = report.read_text(encoding="utf-8")
    assert "CRM Desktop 1.0" in text
    assert "Traceback" in text
    assert "PySide6" in text


def test_a_server_that_went_away_is_no_mistake_of_the_program(mishaps: Mishaps) -> None:
    told: list[str] = []
    mishaps.in_trouble.connect(told.append)
    mishaps.happened.connect(lambda _text: told.append("mistake"))
    error = Trouble("It does not answer.")
    sys.excepthook(Trouble, error, None)
    assert told == ["It does not answer."]


def test_an_error_in_a_thread_arrives_in_the_window(mishaps: Mishaps, qtbot: Any) -> None:
    told: list[Any] = []
    mishaps.happened.connect(
        lambda text: told.append((text, threading.current_thread() is threading.main_thread()))
    )
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [("ZeroDivisionError: division by zero", True)]


def test_messages_of_qt_go_to_the_log(mishaps: Mishaps, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        qWarning("something odd")
        qWarning("This plugin: propagateSizeHints")
    assert [record.message for record in caplog.records] == ["Qt: something odd"]


def test_a_log_that_cannot_be_written_does_not_stop_the_start(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    made = Mishaps(tmp_path / "file" / "log")
    made.install()
    made.uninstall()
