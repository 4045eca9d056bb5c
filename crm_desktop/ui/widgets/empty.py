"""What a view shows when it has nothing to show: an icon, one bold line, one sentence and one way on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.labels import Label


class Empty(QWidget):
    """An empty state; `action` is the label of its one button and `run` what it does."""

    def __init__(
        self,
        icon_name: str,
        title: str,
        sentence: str = "",
        action: str = "",
        run: Callable[[], object] | None = None,
        action_icon: str | None = "plus",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._picture = QLabel()
        self._title = Label(title, "Section")
        self._sentence = Label(sentence, "Muted", wrap=True)
        # A word-wrapping label in a centred layout is clipped unless its width is fixed.
        self._sentence.setFixedWidth(px(320))
        column = QVBoxLayout(self)
        column.setSpacing(px(4))
        column.addStretch(2)
        for label in (self._picture, self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(px(4))
        self.button: Button | None = None
        if action:
            self.button = Button(action, action_icon, "primary", run)
            column.addSpacing(px(8))
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._show_picture()
        theme.changed.connect(self._show_picture)

    def say(self, title: str, sentence: str = "") -> None:
        """Change the words, for instance from "no customers yet" to "no customer matches"."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._give_room()

    def showEvent(self, event: QShowEvent) -> None:
        self._give_room()
        super().showEvent(event)

    def _give_room(self) -> None:
        """All lines of the sentence need their height: a centred layout asks for that of one line and a bit."""
        self._sentence.ensurePolished()
        self._sentence.setMinimumHeight(max(0, self._sentence.heightForWidth(px(320))))  # -1 without a sentence

    def _show_picture(self) -> None:
        size = px(40)
        self._picture.setPixmap(
            icon(self._icon_name, "text3").pixmap(QSize(size, size), self.devicePixelRatioF())
        )
