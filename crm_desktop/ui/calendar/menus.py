"""The calendar's pop-up menus: what can be done with an entry or a place, and the entries behind “n more”."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.calendar.commands import COMMANDS, NUDGES, VIEWS
from crm_desktop.ui.calendar.entries import Entry
from crm_desktop.ui.calendar.tiles import More
from crm_desktop.ui.calendar.wording import clock_text, one_line
from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.tokens import ICON
from crm_desktop.ui.widgets.menus import Menu
from crm_desktop.ui.widgets.words import long_day


def more_menu(
    parent: QWidget,
    more: More,
    entries: list[Entry],
    tone_of: Callable[[Entry], str],
    open_entry: Callable[[Entry], None],
    open_day: Callable[[], None],
) -> Menu:
    """All entries of a full day; choosing one opens it."""
    menu = Menu(parent)
    menu.setAccessibleName(long_day(more.day))
    menu.add_heading(long_day(more.day))
    for entry in entries:
        title = one_line(entry.title, 60)
        if entry.first_day < more.day <= entry.last_day and not entry.long:
            text = f"– {clock_text(entry.ends)}  {title}"
        else:
            text = title if entry.all_day else f"{clock_text(entry.starts)}  {title}"
        action = menu.add(text, partial(open_entry, entry))
        action.setIcon(_dot(tone_of(entry)))
    menu.addSeparator()
    menu.add(say(_("Show this day")), open_day, "calendar-days")
    return menu


def context_menu(parent: QWidget, entry: Entry | None, run: Callable[[str], None]) -> Menu:
    """What can be done with the entry under the mouse, or with an empty place."""
    menu = Menu(parent)
    keys = ["open", *NUDGES, "delete", "new"] if entry is not None else ["new", "today", *VIEWS]
    for key in keys:
        command = COMMANDS[key]
        forbidden = key in ("delete", *NUDGES) and entry is not None and not entry.editable
        why_not = entry.why_not if entry is not None and forbidden else ""
        title = say(command.title)
        action = menu.add(title, partial(run, key), command.icon_name, command.shortcut, why_not)
        action.setEnabled(not forbidden)
    return menu


def _dot(tone: str) -> QIcon:
    size = theme.px(ICON)
    picture = QPixmap(size * 2, size * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush(tone))
    painter.drawEllipse(4, 4, size - 8, size - 8)
    painter.end()
    return QIcon(picture)
