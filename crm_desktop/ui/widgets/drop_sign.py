"""What a page shows while a file is held over it: a frame, and what becomes of the file when it is let go."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.theme import colour, font, metrics, px
from crm_desktop.ui.widgets import painting

PALE = 0.85  # of the page a little is still seen


class DropSign(QWidget):
    """Lies over the whole of a page, and the mouse goes through it to what takes the file."""

    def __init__(self, sentence: str, page: QWidget) -> None:
        super().__init__(page)
        self._sentence = sentence
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(sentence)
        self.hide()

    def appear(self) -> None:
        """Cover the page as large as it is now."""
        page = self.parentWidget()
        assert page is not None
        self.setGeometry(page.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(PALE)
        painting.rounded(painter, self.rect(), "accent_bg", tokens.RADIUS)
        painter.setOpacity(1)
        painting.focus_ring(painter, QRectF(self.rect()).adjusted(px(4), px(4), -px(4), -px(4)), tokens.RADIUS)
        side, middle = px(40), self.rect().center()
        paint_icon(painter, "file-up", QRect(middle.x() - side // 2, middle.y() - side, side, side), "accent_text")
        painter.setFont(font("body", tokens.SEMIBOLD))
        painter.setPen(colour("accent_text"))
        line = QRect(0, middle.y() + px(8), self.width(), metrics("body", tokens.SEMIBOLD).height() + px(4))
        painting.elided(painter, line, self._sentence, painting.CENTRE)
        painter.end()
