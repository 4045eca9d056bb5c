"""A closed door before the window: nothing can be read or done, and what was typed behind it stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from crm_desktop.core.words import say
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.empty import Empty


class LockScreen(QDialog):
    """Covers the window and puts its floating docks and pop-ups away. `unlock()` is called by the button; the door opens when it
    gives True."""

    def __init__(self, window: QWidget, text: str, unlock: Callable[[], bool]):
        super().__init__(window, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setWindowTitle(say("This window is locked"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._unlock, self._open = unlock, False
        self._away = [
            one
            for one in QApplication.topLevelWidgets()
            if one.isVisible() and one is not window
        ]
        for one in self._away:
            one.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        self.words = Empty("lock", say("This window is locked"), text, say("Sign in again"), self.ask, "log-in")
        column.addWidget(self.words, 1)
        leave = Button(say("Close the program"), kind="ghost", run=window.close)
        column.addWidget(leave, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setGeometry(window.geometry())
        if self.words.button is not None:
            self.words.button.setFocus()

    def ask(self) -> None:
        """Let the person in again, or not."""
        if self._unlock():
            self._open = True
            for one in filter(isValid, self._away):  # a pop-up may have gone meanwhile
                one.show()
            self.accept()

    def reject(self) -> None:
        """Esc opens no door."""

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._open:
            event.ignore()
