"""One question before something that is not taken back lightly: the button says what it does, not Yes."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from crm_desktop.core.words import say


def agreed(parent: QWidget | None, title: str, text: str, act: str, *, forever: bool = False) -> bool:
    """Whether the person presses `act`. What nothing brings back is not what Enter does."""
    icon = QMessageBox.Icon.Warning if forever else QMessageBox.Icon.Question
    box = QMessageBox(icon, title, text, QMessageBox.StandardButton.NoButton, parent)
    sure = box.addButton(act, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(say("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(cancel)
    box.setDefaultButton(cancel if forever else sure)
    box.exec()
    return box.clickedButton() is sure
