"""The small search box over a list: it asks once the typing pauses, not at every key."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.theme import px

PAUSE = 120  # ms after the last key


class FilterEdit(QLineEdit):
    """`asked(text)` when the typing pauses or Enter is pressed; `left_down()` when Down leads into
    the list."""

    asked = Signal(str)
    left_down = Signal()

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint or say(_("Filter")))
        self.setMinimumWidth(px(90))
        self.setMaximumWidth(px(180))
        glass = self.addAction(icon("search", "text3", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        glass.setText(say(_("Filter")))  # the name a screen reader says
        clear = self.addAction(icon("x"), QLineEdit.ActionPosition.TrailingPosition)
        clear.setText(say(_("Clear")))
        clear.setVisible(False)
        clear.triggered.connect(self.clear)
        self.textChanged.connect(lambda text: clear.setVisible(bool(text)))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        self.textChanged.connect(lambda _text: self._pause.start())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self._pause.stop()
        self.asked.emit(self.text().strip())
