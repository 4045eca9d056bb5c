"""What can be done in the calendar by key, button and menu; the palette of the window may list the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QKeySequence

from crm_desktop.core.words import _


@dataclass(frozen=True, slots=True)
class CalendarCommand:
    """`title` is a source text, `shortcut` what menus and tooltips show, and, when `keyed`, what runs it."""

    title: str
    shortcut: str = ""
    icon_name: str | None = None
    keyed: bool = True


COMMANDS: dict[str, CalendarCommand] = {
    "month": CalendarCommand(_("Month"), "M"),
    "week": CalendarCommand(_("Week"), "W"),
    "day": CalendarCommand(_("Day"), "D"),
    "previous": CalendarCommand(_("Previous page"), "PgUp", "chevron-left"),
    "next": CalendarCommand(_("Next page"), "PgDown", "chevron-right"),
    "today": CalendarCommand(_("Today"), "T", "calendar-days"),
    "new": CalendarCommand(_("New event"), "N", "plus"),
    "open": CalendarCommand(_("Open"), "Enter", "pencil", keyed=False),
    "delete": CalendarCommand(_("Delete"), "Del", "trash-2"),
}
VIEWS = ("month", "week", "day")


def shipped(name: str) -> str:
    """The key a command comes with."""
    return COMMANDS[name].shortcut


def command_of(pressed: QKeyCombination, key_of: Callable[[str], str] = shipped) -> str:
    """The command a key press means, empty for none; `key_of` tells the keys the person has given it."""
    keys = QKeySequence(pressed)
    named = (name for name, command in COMMANDS.items() if command.keyed and key_of(name))
    return next((name for name in named if QKeySequence(key_of(name)) == keys), "")
