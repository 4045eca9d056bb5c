"""Undo instead of asking: a dark bar at the bottom says what was done and takes it back for eight seconds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QPushButton, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.keys import Keys
from crm_desktop.ui.shell.theme import colour, px
from crm_desktop.ui.widgets.buttons import icon_button, keys_text
from crm_desktop.ui.widgets.labels import Label

UNDO = Keys("Ctrl+Z", "undo")
STAYS = 8000  # ms; the sentence can be read twice
_LOOKS = 300  # ms between looks whether a window has come over it
_ASIDE = 24  # px from the side edges, where it goes when the middle is covered
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
        self._lookout = QTimer(self, interval=_LOOKS)
        self._lookout.timeout.connect(self.keep_clear)
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
            self._action.setText(f"{say(_('Undo'))}  {keys_text(UNDO)}")
        elif action:
            self._action.setText(action[0])
        self._action.setAccessibleName(self._action.text())
        self._action.setVisible(self._run is not None)
        self._place()
        self.show()
        self.raise_()
        self._clock.start(stays)
        self._lookout.start()
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
        self._lookout.stop()
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
        self.move(self._spot(parent))

    def keep_clear(self) -> None:
        """Move to where it can be seen when a reminder or a floating view has come to lie over it."""
        parent = self.parentWidget()
        if parent is not None and not self.underMouse() and _covered(self.geometry(), parent):
            self.move(self._spot(parent))

    def _spot(self, parent: QWidget) -> QPoint:
        """Bottom centre, or the first place beside or above it that no other window lies over."""
        across, down = parent.width() - self.width(), parent.height() - self.height() - px(_ABOVE)
        first = QPoint(across // 2, down)
        others = [QPoint(x, y) for y in (down, down // 2, px(_ABOVE)) for x in (across // 2, px(_ASIDE), across - px(_ASIDE))]
        return next((spot for spot in (first, *others) if not _covered(QRect(spot, self.size()), parent)), first)


def _covered(place: QRect, parent: QWidget) -> bool:
    """Whether another window of the program lies over a place in `parent`."""
    spot = QRect(parent.mapToGlobal(place.topLeft()), place.size())
    passing = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
    tops = (top for top in QApplication.topLevelWidgets() if top is not parent.window() and top.isVisible())
    return any(top.frameGeometry().intersects(spot) for top in tops if top.windowType() not in passing)


def _announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say it. The types are heavy, so they come with the first message."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
