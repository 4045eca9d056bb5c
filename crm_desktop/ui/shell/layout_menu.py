"""The menu of the Layout button: switches between named arrangements, saves the present one,
forgets old ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell.layouts import LayoutShelf
from crm_desktop.ui.widgets.menus import Menu


def layout_menu(
    parent: QWidget,
    shelf: LayoutShelf,
    state: Callable[[], str],
    restore: Callable[[str], object],
    reset: Callable[[], object],
) -> Menu:
    """The menu of the Layout button."""
    menu = Menu(parent)
    names = shelf.names()

    def show(name: str) -> None:
        restore(shelf.load(name))

    for name in names:
        menu.add(name, partial(show, name), "layout-grid")
    if names:
        menu.addSeparator()
    menu.add(say(_("Save this layout…")), lambda: _save(parent, shelf, state()), "plus")
    if names:
        forget = Menu(menu, passing=False)
        forget.setTitle(say(_("Forget a layout")))
        for name in names:
            forget.add(name, partial(shelf.delete, name))
        menu.addMenu(forget)
    menu.add(say(_("Reset layout")), reset, "refresh-cw")
    return menu


def _save(parent: QWidget, shelf: LayoutShelf, state: str) -> None:
    name, given = QInputDialog.getText(
        parent, say(_("Save this layout")), say(_("Name of the layout")), QLineEdit.EchoMode.Normal
    )
    if given and name.strip():
        shelf.save(name.strip()[:60], state)
