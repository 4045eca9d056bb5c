"""One registry of everything that can be done: shortcuts, palette entries, menus and the shortcut sheet all
read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from crm_desktop.ui.shell import keys
from crm_desktop.ui.widgets.buttons import keys_text

if TYPE_CHECKING:
    from crm_desktop.ui.widgets.menus import Menu

Scope = Literal["window", "page", "widget"]
_SCOPES = ("page", "widget", "window")


class Command(NamedTuple):
    """Something a person can do.

    `why_not()` answers with the sentence why it cannot be done now, or with nothing. Titles are already
    translated. Commands with `listed=False` have a shortcut but no palette entry (moving the focus, for
    instance); those with `only_typed=True` come up in the palette when their words are typed, not in the list
    it opens with.
    """

    key: str
    title: str
    run: Callable[[], object]
    shortcut: str = ""
    icon: str = "command"
    group: str = ""
    why_not: Callable[[], str] | None = None
    listed: bool = True
    only_typed: bool = False

    def reason(self) -> str:
        """Why it cannot be done now; empty when it can."""
        return self.why_not() if self.why_not is not None else ""


class _Entry:
    """A command, whose it is, and its action, as soon as it has a shortcut."""

    def __init__(self, command: Command, owner: QWidget, scope: Scope) -> None:
        self.command, self.owner, self.scope = command, owner, scope
        self.action: QAction | None = None


class Commands(QObject):
    """The registry of one window.

    Scopes: "window" works everywhere; "page" while `owner` is the current view (Ctrl+N of the list in front);
    "widget" while the focus is inside `owner` (L and F in a list). `overrides` maps command keys to the
    user's own shortcuts; a changed shortcut is announced by `changed`. `refused(why)`: keys were pressed for something that
    cannot be done now.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, window: QWidget, overrides: dict[str, str] | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._entries: list[_Entry] = []
        self._owners: set[QWidget] = {window}
        self._page: QWidget | None = None
        self.elsewhere: Callable[[], list[Command]] = list  # see `out_of_sight`
        self._out_of_sight: list[Command] | None = None
        self.overrides: dict[str, str] = dict(overrides or {})
        keys.give(self.overrides)

    def add(self, command: Command, owner: QWidget | None = None, scope: Scope = "window") -> None:
        """Register a command. It goes when `owner` is deleted."""
        holder = owner or self._window
        entry = _Entry(command, holder, scope)
        self._entries.append(entry)
        self._dress(entry)
        if holder not in self._owners:
            self._owners.add(holder)
            holder.destroyed.connect(lambda _object=None: self._forget(holder))

    def add_all(
        self, commands: Iterable[Command], owner: QWidget | None = None, scope: Scope = "window"
    ) -> None:
        """Register several commands."""
        for command in commands:
            self.add(command, owner, scope)

    def show_page(self, page: QWidget | None) -> None:
        """Tell which view is in front: commands of scope "page" of the others sleep."""
        self._page = page
        for entry in self._entries:
            if entry.scope == "page" and entry.action is not None:
                entry.action.setEnabled(entry.owner is page)

    def available(self) -> list[Command]:
        """The listed commands that belong to what is on screen now; each key once."""
        found: dict[str, Command] = {}
        # What the current view can do stands first, then what always can be done.
        for entry in sorted(self._entries, key=lambda entry: _SCOPES.index(entry.scope)):
            here = (
                entry.scope == "window"
                or (entry.scope == "page" and entry.owner is self._page)
                or (entry.scope == "widget" and isValid(entry.owner) and entry.owner.isVisible() and self._in_front(entry.owner))
            )
            if here and entry.command.listed:
                found.setdefault(entry.command.key, entry.command)
        return list(found.values())

    def out_of_sight(self) -> list[Command]:
        """What other views can do, for whoever types its words: each leads to its view first. Made when first asked for."""
        if self._out_of_sight is None:
            self._out_of_sight = self.elsewhere()
        here = {command.key for command in self.available()}
        return [command for command in self._out_of_sight if command.key not in here]

    def _in_front(self, owner: QWidget) -> bool:
        """Whether a widget belongs to the view in front: with two lists side by side, only one of them is meant."""
        return self._page is None or owner is self._page or self._page.isAncestorOf(owner)

    def everything(self) -> list[Command]:
        """All commands, also of views that are not shown; each key once."""
        return list({entry.command.key: entry.command for entry in reversed(self._entries)}.values())[::-1]

    def anywhere(self) -> list[Command]:
        """The commands that work whatever view is in front."""
        return [entry.command for entry in self._entries if entry.scope == "window"]

    def run(self, key: str) -> None:
        """Do a command by its key. Raises KeyError when there is none."""
        for command in (*self.available(), *self.everything()):
            if command.key == key:
                self._run(command)
                return
        raise KeyError(key)

    def shortcut(self, key: str) -> str:
        """The shortcut of a command as it is now, "" for none."""
        if key in self.overrides:
            return self.overrides[key]
        return next((entry.command.shortcut for entry in self._entries if entry.command.key == key), "")

    def holder_of(self, shortcut: str, but: str = "") -> Command | None:
        """The command that already has a shortcut, other than `but`."""
        wanted = QKeySequence(shortcut)
        for command in self.everything():
            if command.key != but and shortcut and QKeySequence(self.shortcut(command.key)) == wanted:
                return command
        return None

    def set_shortcut(self, key: str, shortcut: str | None) -> None:
        """Give a command another shortcut; "" takes it away, None goes back to the shipped one."""
        if shortcut is None:
            self.overrides.pop(key, None)
        else:
            self.overrides[key] = shortcut
        for entry in self._entries:
            if entry.command.key == key:
                self._dress(entry)
        keys.give(self.overrides)
        self.changed.emit()

    def put_in(self, menu: Menu, key: str) -> QAction | None:
        """Add a command to a menu with its icon, its present shortcut and the reason why it is grey."""
        command = next((command for command in self.everything() if command.key == key), None)
        if command is None:
            return None
        return menu.add(
            command.title, lambda: self._run(command), command.icon, self.shortcut(key), command.reason()
        )

    def _run(self, command: Command) -> None:
        why = command.reason()
        if why:
            self.refused.emit(why)
        else:
            command.run()

    def _dress(self, entry: _Entry) -> None:
        """Give an entry the shortcut its command has now."""
        shortcut = self.overrides.get(entry.command.key, entry.command.shortcut)
        if entry.action is not None:
            entry.action.setShortcut(QKeySequence(shortcut))
        elif shortcut:
            entry.action = self._action(entry, shortcut)

    def _action(self, entry: _Entry, shortcut: str) -> QAction:
        command, near = entry.command, entry.scope == "widget"
        action = QAction(command.title, entry.owner)
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut if near else Qt.ShortcutContext.WindowShortcut
        )
        action.setShortcut(QKeySequence(shortcut))
        if entry.scope == "page":
            action.setEnabled(entry.owner is self._page)
        action.triggered.connect(lambda _checked=False: self._run(command))
        # A page may float in a window of its own: its action must live there, the others in the main window.
        (entry.owner if near else self._window).addAction(action)
        return action

    def _forget(self, owner: QWidget) -> None:
        self._owners.discard(owner)
        for entry in [entry for entry in self._entries if entry.owner is owner]:
            self._entries.remove(entry)
            if entry.action is not None and isValid(entry.action):
                entry.action.deleteLater()


def spoken_shortcut(shortcut: str) -> str:
    """A shortcut as it is written on this system."""
    return keys_text(shortcut)
