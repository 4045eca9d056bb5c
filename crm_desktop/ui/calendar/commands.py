"""What can be done in the calendar by key, button and menu; the palette of the window may list the same."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from crm_desktop.core.words import _
from crm_desktop.ui.shell import keys
from crm_desktop.ui.shell.keys import Keys


@dataclass(frozen=True, slots=True)
class CalendarCommand:
    """`title` is a source text, `shortcut` what menus and tooltips show, and what runs it when it is `Keys`."""

    title: str
    shortcut: str = ""
    icon_name: str | None = None


COMMANDS: dict[str, CalendarCommand] = {
    "month": CalendarCommand(_("Month"), Keys("M", "calendar.month")),
    "week": CalendarCommand(_("Week"), Keys("W", "calendar.week")),
    "day": CalendarCommand(_("Day"), Keys("D", "calendar.day")),
    "previous": CalendarCommand(_("Previous page"), Keys("PgUp", "calendar.previous"), "chevron-left"),
    "next": CalendarCommand(_("Next page"), Keys("PgDown", "calendar.next"), "chevron-right"),
    "today": CalendarCommand(_("Today"), Keys("T", "calendar.today"), "calendar-days"),
    "list": CalendarCommand(_("Events as a list: filter, import, export"), icon_name="list"),
    "new": CalendarCommand(_("New event"), Keys("Ctrl+N", "calendar.new"), "plus"),
    "open": CalendarCommand(_("Open"), "Enter", "pencil"),
    "later": CalendarCommand(_("Move to the next day"), "Ctrl+Right", "arrow-right"),
    "earlier": CalendarCommand(_("Move to the day before"), "Ctrl+Left", "arrow-left"),
    "longer": CalendarCommand(_("Make it longer"), "Ctrl+Shift+Down"),
    "shorter": CalendarCommand(_("Make it shorter"), "Ctrl+Shift+Up"),
    "delete": CalendarCommand(_("Delete"), Keys("Del", "calendar.delete"), "trash-2"),
}
VIEWS = ("month", "week", "day")
NUDGES = {"later": Qt.Key.Key_Right, "earlier": Qt.Key.Key_Left, "longer": Qt.Key.Key_Down, "shorter": Qt.Key.Key_Up}
LETTERS = {"N": "new"}  # what one key does beside the shortcut every view has for it
NEED_ENTRY = ("open", "delete", *NUDGES)


def command_of(pressed: QKeyCombination) -> str:
    """The command a key press means, empty for none."""
    typed = QKeySequence(pressed)
    keyed = ((name, keys.now(command.shortcut)) for name, command in COMMANDS.items() if isinstance(command.shortcut, Keys))
    known = next((name for name, shortcut in keyed if shortcut and QKeySequence(shortcut) == typed), "")
    return known or LETTERS.get(typed.toString(), "")
