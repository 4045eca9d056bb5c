"""The line at the bottom: where the data lies on the left; backup, connection and user on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QStatusBar, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.labels import Label


class StatusBar(QStatusBar):
    """Texts by key; a new text of a key replaces the old one, an empty one takes it away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setFixedHeight(px(tokens.STATUSBAR))
        self.setAccessibleName(say(_("Status")))
        self._texts: dict[str, Label] = {}
        self._right: list[Label] = []

    def show_text(self, key: str, text: str, right: bool = False) -> None:
        """Show a text on the left or the right; texts stand in the order they first came."""
        label = self._texts.get(key)
        if label is None:
            label = self._texts[key] = Label("", "Muted")
            label.setContentsMargins(px(8), 0, px(8), 0)
            if right:
                self.addPermanentWidget(label)
                self._right.append(label)
            else:
                self.addWidget(label)
        label.setText(text)
        label.setVisible(bool(text))

    def right_width(self) -> int:
        """The room that the texts on the right take."""
        return sum(label.sizeHint().width() + px(6) for label in self._right if not label.isHidden())

    def text(self, key: str) -> str:
        """The text shown under a key."""
        return self._texts[key].text() if key in self._texts else ""
