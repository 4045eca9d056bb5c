"""Notices that nobody has touched keyboard or mouse for some minutes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

TOUCHES = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.MouseMove}
CHOICES = (0, 5, 10, 15, 30, 60)  # minutes; 0: never


class IdleWatch(QObject):
    """Calls `gone()` after so many minutes without a touch; `watch(0)` ends it."""

    def __init__(self, app: QApplication, gone: Callable[[], object], parent: QObject):
        super().__init__(parent)
        self._app = app
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(gone)

    def watch(self, minutes: int) -> None:
        """Begin to watch, or end."""
        self._app.removeEventFilter(self)
        self._timer.stop()
        if minutes > 0:
            self._timer.start(minutes * 60_000)
            self._app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._timer.start()
        return False
