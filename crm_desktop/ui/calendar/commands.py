"""What can be done in the calendar by key, button and menu; the palette of the window may list the same."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from crm_desktop.core.words import _


@dataclass(frozen=True, slots=True)
class CalendarCommand:
    """`title` is a source text, `shortcut` what menus and tooltips show, `code` the key that runs it."""

    title: str
    shortcut: str = ""
    code: Qt.Key | None = None
    icon_name: str | None = None


COMMANDS: dict[str, CalendarCommand] = {
    "month": CalendarCommand(_("Month"), "M", Qt.Key.Key_M),
    "week": CalendarCommand(_("Week"), "W", Qt.Key.Key_W),
    "day": CalendarCommand(_("Day"), "D", Qt.Key.Key_D),
    "previous": CalendarCommand(_("Previous page"), "PgUp", Qt.Key.Key_PageUp, "chevron-left"),
    "next": CalendarCommand(_("Next page"), "PgDown", Qt.Key.Key_PageDown, "chevron-right"),
    "today": CalendarCommand(_("Today"), "T", Qt.Key.Key_T, "calendar-days"),
    "new": CalendarCommand(_("New event"), "N", Qt.Key.Key_N, "plus"),
    "open": CalendarCommand(_("Open"), "Enter", None, "pencil"),
    "delete": CalendarCommand(_("Delete"), "Del", Qt.Key.Key_Delete, "trash-2"),
}
VIEWS = ("month", "week", "day")


def command_of(key: int, held: Qt.KeyboardModifier) -> str:
    """The command a key press means; empty for none."""
    if held & ~Qt.KeyboardModifier.KeypadModifier:
        return ""
    return next((name for name, command in COMMANDS.items() if command.code == key), "")
