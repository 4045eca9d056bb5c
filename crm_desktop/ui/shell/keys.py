"""Which keys a command has now: tooltips, menus and bars name a command's keys by it, also after somebody gave it others."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

_given: dict[str, str] = {}  # command → the keys the person at this window gave it


class _Announcer(QObject):
    changed = Signal()


_announcer = _Announcer()
changed = _announcer.changed


class Keys(str):
    """The keys a command is shipped with, as a text; `now()` are the ones it has."""

    __slots__ = ("command",)
    command: str

    def __new__(cls, shipped: str, command: str) -> Keys:
        """`command` is the key of `shell.commands.Command`."""
        made = super().__new__(cls, shipped)
        made.command = command
        return made

    def now(self) -> str:
        """The present keys, "" for none."""
        return _given.get(self.command, str(self))


def give(overrides: Mapping[str, str]) -> None:
    """Tell which commands have other keys than the shipped ones."""
    if overrides != _given:
        _given.clear()
        _given.update(overrides)
        changed.emit()


def now(shortcut: str) -> str:
    """The keys of a command as they are now; any other text as it is."""
    return shortcut.now() if isinstance(shortcut, Keys) else shortcut
