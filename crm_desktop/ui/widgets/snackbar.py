"""Undo instead of asking: a dark bar at the bottom says what was done and takes it back for eight seconds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QPushButton, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.theme import colour, px
from crm_desktop.ui.widgets.buttons import icon_button, keys_text
from crm_desktop.ui.widgets.labels import Label

STAYS = 8000  # ms; the sentence can be read twice
_ABOVE = 88  # px over the lower edge of the window: footers stay readable


class Snackbar(QFrame):
    """Lies over `parent`, bottom centre; takes no focus and no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("Snackbar")
        self.setAccessibleName(say(_("Message")))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(6), px(6), px(6))
        row.setSpacing(px(8))
        self._words = Label()
        self._action = QPushButton()
        self._action.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._action.clicked.connect(lambda: self.act())
        self._shut = icon_button("x", say(_("Close")), self.dismiss, size=14, focus=False)
        self._shut.setIcon(icon("x", "border_strong", "snack_text"))
        row.addWidget(self._words)
        row.addSpacing(px(8))
        row.addWidget(self._action)
        row.addWidget(self._shut)
        self._run: Callable[[], object] | None = None
        self._undoes = False
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self.dismiss)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(QPointF(0, 4))
        shadow.setColor(colour("scrim", 90))
        self.setGraphicsEffect(shadow)
        parent.installEventFilter(self)
        self.hide()

    def tell(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        action: tuple[str, Callable[[], object]] | None = None,
        stays: int = STAYS,
    ) -> None:
        """Say a sentence; `undo` offers to take it back (also by Ctrl+Z), `action` is another (label,
        callable)."""
        self._words.setText(text)
        self._undoes = undo is not None
        self._run = undo if undo is not None else (action[1] if action else None)
        if undo is not None:
            self._action.setText(f"{say(_('Undo'))}  {keys_text('Ctrl+Z')}")
        elif action:
            self._action.setText(action[0])
        self._action.setAccessibleName(self._action.text())
        self._action.setVisible(self._run is not None)
        self._place()
        self.show()
        self.raise_()
        self._clock.start(stays)
        _announce(self, text)

    def text(self) -> str:
        """The sentence it says."""
        return self._words.text()

    def act(self) -> bool:
        """Do what the button offers; False when it offers nothing or is gone."""
        if self.isHidden() or self._run is None:
            return False
        run, self._run = self._run, None
        self.dismiss()
        run()
        return True

    def undo(self) -> bool:
        """Take the last thing back if the bar still offers it (Ctrl+Z)."""
        return self._undoes and self.act()

    def dismiss(self) -> None:
        """Go away."""
        self._clock.stop()
        self._run = None
        self.hide()

    def enterEvent(self, event: QEvent) -> None:
        self._clock.stop()  # who points at it is reading

    def leaveEvent(self, event: QEvent) -> None:
        if not self.isHidden():
            self._clock.start(STAYS // 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        room = max(px(240), parent.width() - px(48))
        self.setMaximumWidth(room)
        self._words.setWordWrap(False)
        self._words.setMinimumWidth(0)
        self._words.setFixedWidth(self._words.sizeHint().width())
        beside = self.sizeHint().width() - self._words.width()
        if beside + self._words.width() > room:  # a long path, a narrow window: the sentence takes more lines
            self._words.setWordWrap(True)
            self._words.setFixedWidth(room - beside)
        self.adjustSize()
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - px(_ABOVE))


def _announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say it. The types are heavy, so they come with the first message."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
