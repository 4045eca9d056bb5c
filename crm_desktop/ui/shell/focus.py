"""Where the keyboard goes when a view is entered: never onto something that is not on screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focus_first(view: QWidget, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> bool:
    """Focus a view's focus proxy while it is shown (a list with nothing in it is not), else the view itself or its first
    child that takes the focus by Tab. False when there is none."""
    proxy = view.focusProxy()
    if (proxy is not None and proxy.isVisibleTo(view)) or (proxy is None and view.focusPolicy() & Qt.FocusPolicy.TabFocus):
        view.setFocus(reason)
        return True
    for child in view.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isEnabled() and child.isVisibleTo(view):
            child.setFocus(reason)
            return True
    return False
