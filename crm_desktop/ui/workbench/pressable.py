"""A card that is a button: pressed by mouse, Enter, Space or a screen reader; ringed only for who uses the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets import painting


class Pressable(QAbstractButton):
    """Base of the painted cards; `wanted` is its size at 100 %, `least` its smallest width."""

    wanted = (200, 96)
    least = 150

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._by_key = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(self.wanted[1]))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(px(self.wanted[0]), px(self.wanted[1]))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(self.least), px(self.wanted[1]))

    def paint_ground(self, painter: QPainter, live: bool = True) -> None:
        """The card itself: its fill under the mouse, its border, the ring of the keyboard."""
        fill = "surface"
        if live and self.isDown():
            fill = "pressed"
        elif live and self.underMouse():
            fill = "hover"
        painting.rounded(painter, self.rect(), fill, tokens.CARD_RADIUS, "border")
        if self.hasFocus() and self._by_key:
            painting.focus_ring(painter, self.rect(), tokens.CARD_RADIUS)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_key = False
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_key = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
        self.update()
