"""Labels and tooltips that show exactly the characters they are given: a customer called <b> is not bold."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

Rank = Literal["", "Title", "Section", "Muted", "Faint", "FieldLabel", "FieldError", "Late", "Link"]


class Label(QLabel):
    """Plain text in one of the style guide's ranks."""

    def __init__(
        self, text: str = "", rank: Rank = "", wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if rank:
            self.setObjectName(rank)

    def minimumSizeHint(self) -> QSize:
        """Of a text that wraps, the lines it takes at its width: a dialog grows with the smallest heights of what it holds."""
        hint = super().minimumSizeHint()
        if self.wordWrap() and self.testAttribute(Qt.WidgetAttribute.WA_WState_Created):
            hint.setHeight(max(hint.height(), self.heightForWidth(self.width())))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.wordWrap() and event.oldSize().width() != event.size().width():
            self.updateGeometry()


class ElidedLabel(Label):
    """One line that gives way: it ends with … where there is no room and shows the whole text as
    its tooltip."""

    def __init__(self, text: str = "", rank: Rank = "", parent: QWidget | None = None) -> None:
        super().__init__(text, rank, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(plain_tip(self.text()) if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), shown)
        painter.end()


def plain_tip(text: str) -> str:
    """A tooltip text that is never taken for HTML: Qt guesses by the tags, so one with a < is sent as escaped
    HTML."""
    if "<" not in text:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>".replace("\n", "<br>")


def line(parent: QWidget | None = None) -> QFrame:
    """A horizontal hair line."""
    made = QFrame(parent)
    made.setObjectName("Line")
    return made
