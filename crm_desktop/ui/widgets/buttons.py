"""Buttons: one class for labelled ones in every rank, one function for icon-only ones that a screen reader
can name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from weakref import WeakKeyDictionary

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QToolButton, QWidget
from shiboken6 import isValid

from crm_desktop.ui.shell import keys, tokens
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.theme import metrics, px

ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
Kind = Literal["normal", "primary", "ghost", "chip", "danger", "link"]


def keys_text(shortcut: str) -> str:
    """A shortcut as this system writes it (⌘K on a Mac); of a command the one it has now."""
    shortcut = keys.now(shortcut)
    if not shortcut:
        return ""
    text = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    arrow = ARROWS.get(shortcut.rsplit("+", 1)[-1])
    # Qt writes the arrows out ("Ctrl+左方向"); a Mac has signs of its own.
    return f"{text.rsplit('+', 1)[0]}+{arrow}" if arrow and "+" in text else text


def tip_text(text: str, shortcut: str = "") -> str:
    """A tooltip that ends with its shortcut."""
    spoken = keys_text(shortcut)
    return f"{text}   {spoken}" if spoken else text


def show_tip(widget: QWidget, text: str, shortcut: str = "") -> None:
    """Give a widget a tooltip that goes on naming the right keys."""
    widget.setToolTip(tip_text(text, shortcut))
    if isinstance(shortcut, keys.Keys):
        _tipped[widget] = text, shortcut


_tipped: WeakKeyDictionary[QWidget, tuple[str, str]] = WeakKeyDictionary()


def _renew_tips() -> None:
    """Somebody gave a command other keys."""
    for widget, (text, shortcut) in _tipped.items():
        if isValid(widget) and widget.isEnabled():  # a disabled one says why
            widget.setToolTip(tip_text(text, shortcut))


keys.changed.connect(_renew_tips)


class Button(QPushButton):
    """A labelled button; `kind` is its rank: at most one primary in a view."""

    def __init__(
        self,
        text: str,
        icon_name: str | None = None,
        kind: Kind = "normal",
        run: Callable[[], object] | None = None,
        shortcut: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        if icon_name:
            self.set_icon(icon_name)
        self._tip, self._shortcut = tip or text if tip or shortcut else "", shortcut
        show_tip(self, self._tip, shortcut)
        if run is not None:
            self.clicked.connect(lambda _checked=False: run())

    def set_icon(self, name: str) -> None:
        """Show a Lucide icon before the text, in the colour of the button's rank."""
        kind = self.property("kind")
        if kind == "primary":
            self.setIcon(icon(name, "on_accent", "on_accent", "on_accent"))
        elif kind == "danger":
            self.setIcon(icon(name, "bad", "bad", "bad"))
        else:
            self.setIcon(icon(name))
        # Qt puts 4 px between icon and text, the guide asks for 8: the picture is wider than what is drawn in
        # it.
        self._give_icon_room()

    def _give_icon_room(self) -> None:
        gap = px(4) if self.text() else 0
        self.setIconSize(QSize(px(tokens.ICON) + gap, px(tokens.ICON)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Without autoDefault Qt lets Enter press the dialog's first button, even when another one has the focus.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def show_words(self, shown: bool) -> None:
        """Show the text, or only the icon with the text as its tooltip."""
        self.setText(self.accessibleName() if shown else "")
        if not self.icon().isNull():
            self._give_icon_room()
        if self.isEnabled():
            self.setToolTip(tip_text(self._tip, self._shortcut) or ("" if shown else self.accessibleName()))

    def say_why_not(self, sentence: str) -> None:
        """Disable with the reason as a tooltip; an empty sentence enables again."""
        self.setEnabled(not sentence)
        self.setToolTip(sentence or tip_text(self._tip, self._shortcut))

    def open_menu(self, menu: QMenu) -> None:
        """Show a menu under the button on every press."""
        self.clicked.connect(lambda: menu.popup(self.mapToGlobal(self.rect().bottomLeft())))


class Switch(Button):
    """A button that stays on or off."""

    def __init__(self, text: str, icon_name: str | None = None, kind: Kind = "normal", run: Callable[[], object] | None = None) -> None:
        super().__init__(text, icon_name, kind, run)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        """It has room for its text in the heavier letters it is written in when it is on."""
        hint = super().sizeHint()
        on, off = metrics("small", tokens.SEMIBOLD), metrics("small", tokens.MEDIUM)
        hint.setWidth(hint.width() + on.horizontalAdvance(self.text()) - off.horizontalAdvance(self.text()) + 1)
        return hint


class IconButton(QToolButton):
    """A button of an icon only; screen readers say its name. `icon_button` makes one."""

    def __init__(self, name: str, shortcut: str) -> None:
        super().__init__()
        self._shortcut = shortcut
        self.setAccessibleName(name)
        show_tip(self, name, shortcut)

    def say_why_not(self, sentence: str) -> None:
        """Disable with the reason as a tooltip; an empty sentence enables again."""
        self.setEnabled(not sentence)
        self.setToolTip(sentence or tip_text(self.accessibleName(), self._shortcut))


def icon_button(
    icon_name: str,
    name: str,
    run: Callable[[], object] | None = None,
    shortcut: str = "",
    checkable: bool = False,
    size: int = tokens.ICON_BAR,
    focus: bool = True,
) -> IconButton:
    """An icon-only button: `name` is spoken by screen readers and shown, with the shortcut, as the tooltip.

    The shortcut itself belongs to the command registry; here it is only shown.
    """
    button = IconButton(name, shortcut)
    button.setIcon(icon(icon_name, off="border_strong"))  # no frame or word beside it tells that it is disabled
    button.setIconSize(QSize(px(size), px(size)))
    button.setCheckable(checkable)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus if focus else Qt.FocusPolicy.NoFocus)
    if run is not None:
        # A screen reader's "press" on a checkable button is a toggle and emits no clicked.
        if checkable:
            button.toggled.connect(lambda _on: run())
        else:
            button.clicked.connect(lambda _checked=False: run())
    return button
