"""Small number fields with arrows that leave the mouse wheel to the form they stand in."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from crm_desktop.core.words import say
from crm_desktop.ui.shell.theme import px


class WholeSteps(QSpinBox):
    """A whole number from `least` to `most`."""

    def __init__(self, least: int, most: int, value: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setValue(value)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(px(6), 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Millimetres(QDoubleSpinBox):
    """A length in mm."""

    def __init__(
        self,
        least: float,
        most: float,
        step: float,
        name: str,
        value: float = 0.0,
        decimals: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setLocale(QLocale.c())
        self.setDecimals(decimals)
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setValue(value)
        self.setSuffix(f" {say('mm')}")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(px(6), 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
