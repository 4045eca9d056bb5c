"""A question says what its button does, and what nothing brings back is not done by Enter."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from crm_desktop.ui.widgets import question


@pytest.mark.parametrize(("key", "forever", "done"), [
    (Qt.Key.Key_Return, False, True),
    (Qt.Key.Key_Return, True, False),
    (Qt.Key.Key_Escape, False, False),
])  # fmt: skip
def test_enter_and_escape(taken_down: QApplication, english: None, key: Qt.Key, forever: bool, done: bool) -> None:
    parent = QWidget()
    seen: list[str] = []

    def press() -> None:
        box: Any = parent.findChild(QMessageBox)
        seen.extend(button.text() for button in box.findChildren(QPushButton))
        QTest.keyClick(box.defaultButton(), key)

    QTimer.singleShot(0, press)
    assert question.agreed(parent, "Decrypt the database", "Really?", "Decrypt", forever=forever) is done
    assert sorted(seen) == ["Cancel", "Decrypt"]
