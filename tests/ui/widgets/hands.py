"""What the tests of editors do with their hands: put one into a form, type anew, write down what is committed."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from crm_desktop.ui.widgets.field import Form

TODAY = date(2026, 11, 18)


def put(desk: Form, editor: Any) -> Any:
    desk.row("Field", editor)
    QApplication.processEvents()
    return editor


def commits(editor: Any) -> list[Any]:
    seen: list[Any] = []
    editor.committed.connect(lambda: seen.append(editor.value()))
    return seen


def retype(editor: QLineEdit, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, text)
