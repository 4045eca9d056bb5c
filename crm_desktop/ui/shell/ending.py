"""The orderly end of the window: everything Qt has on screen is deleted while Python still works."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication


def take_down(app: QApplication) -> None:
    """Close and delete every window. Call it after `app.exec()` (and after each test).

    A window that is still shown when the interpreter ends is closed by Qt's clean-up, which then calls event
    filters written in Python that are half gone: the process crashes after its work is done.
    """
    for widget in app.topLevelWidgets():
        widget.hide()
        # Popups belong to menus and completers, which delete them once more.
        if widget.windowType() != Qt.WindowType.Popup and widget.parent() is None:
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
