"""What concerns the whole window, such as a lost server: an amber line over the status bar. It comes without moving anything: who is
about to click still hits what he aimed at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.statusbar import StatusBar
from crm_desktop.ui.shell.theme import px, restyle
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.labels import Label

_CROSS = 20  # px: the button that closes it is no higher than the line


class _Sign(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.tone = "warn"
        self.setFixedSize(px(tokens.ICON), px(tokens.ICON))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, "triangle-alert", self.rect(), self.tone)
        painter.end()


class NoticeBar(QFrame):
    """Database lost, read-only, update waiting are amber, mishaps red. Lies over the texts of the status bar; a sentence of several lines
    rises over the lower edge of the views. Who works here stays in sight at its right."""

    def __init__(self, status: StatusBar) -> None:
        super().__init__(status.window())
        self.setObjectName("NoticeBar")
        self._status = status
        self._sign = _Sign()
        self._words = Label(wrap=True)
        self._button = Button("", kind="link")
        self._shut = icon_button("x", say(_("Close")), self.clear, size=14)
        self._shut.setFixedSize(px(_CROSS), px(_CROSS))
        self._run: Callable[[], object] | None = None
        self._button.clicked.connect(lambda _checked=False: self._run() if self._run else None)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(8), px(2), px(8), px(2))
        row.setSpacing(px(8))
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(self._shut)
        status.installEventFilter(self)
        self.hide()

    def tell(
        self,
        text: str,
        action: tuple[str, Callable[[], object]] | None = None,
        tone: str = "warn",
        lasting: bool = False,
    ) -> None:
        """Show a sentence with at most one button; `tone` warn or bad; `lasting` ones cannot be closed by
        hand."""
        self._sign.tone = tone
        self.setProperty("tone", tone)
        restyle(self)
        restyle(self._words)
        self._words.setText(text)
        self.setAccessibleName(text)
        self._run = action[1] if action else None
        self._button.setText(action[0] if action else "")
        self._button.setAccessibleName(action[0] if action else "")
        self._button.setVisible(action is not None)
        self._shut.setVisible(not lasting)
        self._sign.update()
        self._place()
        self.show()
        self.raise_()

    def clear(self) -> None:
        """Take the notice away."""
        self.hide()

    def text(self) -> str:
        """What it says; nothing while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and not self.isHidden():
            self._place()
        return False

    def _place(self) -> None:
        status = self._status.geometry()
        wide = status.width() - self._status.right_width()
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        high = max(status.height(), layout.heightForWidth(wide) + 1)  # the line above it
        self.setGeometry(status.left(), status.bottom() + 1 - high, wide, high)
