"""One question before something that is not taken back lightly: the button says what it does, not Yes."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from crm_desktop.core.words import say
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.theme import px, restyle

Weight = Literal["asks", "tells", "warns", "fails"]
_SIGNS: dict[Weight, tuple[str, str]] = {
    "asks": ("circle-question-mark", "accent"),
    "tells": ("info", "accent"),
    "warns": ("triangle-alert", "warn"),
    "fails": ("circle-x", "bad"),
}


def box(parent: QWidget | None, weight: Weight, title: str, text: str) -> QMessageBox:
    """A box with our sign instead of the platform's, without buttons yet. Its text is shown as it is: a customer called <b> is not bold."""
    made = QMessageBox(QMessageBox.Icon.NoIcon, title, text, QMessageBox.StandardButton.NoButton, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setIconPixmap(icon(*_SIGNS[weight]).pixmap(QSize(px(28), px(28)), made.devicePixelRatioF()))
    return made


def lead(asked: QMessageBox, button: QPushButton) -> None:
    """Let a button be what Enter presses and what the eye finds first."""
    button.setProperty("kind", "primary")
    restyle(button)
    asked.setDefaultButton(button)


def agreed(parent: QWidget | None, title: str, text: str, act: str, *, forever: bool = False) -> bool:
    """Whether the person presses `act`. What nothing brings back is not what Enter does."""
    asked = box(parent, "warns" if forever else "asks", title, text)
    sure = asked.addButton(act, QMessageBox.ButtonRole.AcceptRole)
    cancel = asked.addButton(say("Cancel"), QMessageBox.ButtonRole.RejectRole)
    asked.setEscapeButton(cancel)
    if forever:
        sure.setProperty("kind", "danger")
        restyle(sure)
        asked.setDefaultButton(cancel)
    else:
        lead(asked, sure)
    asked.exec()
    return asked.clickedButton() is sure
