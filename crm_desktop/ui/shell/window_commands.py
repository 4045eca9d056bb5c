"""What the window itself can do, as commands: going to views, arranging them, undoing, searching."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell.commands import Command

if TYPE_CHECKING:
    from crm_desktop.ui.shell.window import Window


def window_commands(window: Window) -> list[Command]:
    """In the order of the palette."""
    view, program = say(_("View")), say(_("Program"))
    docks = window.docks

    def alone() -> str:
        return "" if len(docks.open_views()) > 1 else say(_("There is only this view. Show another one beside it first."))

    found = []
    for page in window.pages.values():
        run, keys = partial(window.go, page.key), window.go_keys(page.key)
        found.append(Command(f"go.{page.key}", say(_("Go to {view}"), view=page.title), run, keys, page.icon, view))
    for page in window.pages.values():
        name, run = say(_("Show {view} beside this view"), view=page.title), partial(window.go, page.key, "beside")
        found.append(Command(f"beside.{page.key}", name, run, icon=page.icon, group=view, only_typed=True))
    return [
        *found,
        Command("search", say(_("Search or run a command")), window.search, "Ctrl+K", "search", view, listed=False),
        Command("new", say(_("New record of any kind…")), window.favourites.open_new, "Ctrl+Shift+N", "plus", say(_("New"))),
        Command("favourites", say(_("Favourite actions…")), window.favourites.arrange, "", "star", view),
        Command("undo", say(_("Undo the last change")), window.undo, "Ctrl+Z", "undo-2", program),
        Command("theme", say(_("Dark or light")), window.switch_theme, "", "moon", view),
        Command("sidebar", say(_("Fold or unfold the sidebar")), window.fold_sidebar, "Ctrl+B", "panel-left", view),
        Command("detail", say(_("Show or hide the details")), window.toggle_detail, "Ctrl+D", "panel-right", view),
        Command("view.loose", say(_("Detach this view, or dock it again")), lambda: docks.turn_loose(docks.current()), "Ctrl+Shift+D",
                "maximize-2", view, alone),
        Command("view.close", say(_("Close view")), lambda: docks.close_view(docks.current()), "Ctrl+W", "x", view, alone),
        Command("layouts", say(_("Layouts…")), window.open_layouts, "", "layout-grid", view),
        Command("layout.reset", say(_("Reset layout")), window.reset_layout, "", "refresh-cw", view),
        Command("reminders", say(_("Show reminders")), window.reminders_asked.emit, "", "bell", view),
        Command("shortcuts", say(_("Shortcuts")), window.show_shortcuts, "F1", "keyboard", program),
        Command("quit", say(_("Quit")), window.close, "Ctrl+Q", "log-out", program),
        Command("dock.next", say(_("Focus the next dock")), lambda: docks.walk(1), "F6", listed=False),
        Command("dock.before", say(_("Focus the dock before")), lambda: docks.walk(-1), "Shift+F6", listed=False),
        Command("menu", say(_("Context menu")), open_context_menu, "Shift+F10", listed=False),
    ]  # fmt: skip


def open_context_menu() -> None:
    """The context menu of what has the keyboard, for keyboards without the key for it."""
    focus = QApplication.focusWidget()
    if focus is not None:
        spot = focus.rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, spot, focus.mapToGlobal(spot))
        QApplication.sendEvent(focus, event)
