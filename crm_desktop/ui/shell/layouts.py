"""Named arrangements of the docks: the menu that switches between them, saves the present one and forgets old
ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.widgets.menus import Menu


class LayoutShelf(Protocol):
    """Where layouts are kept (the database keeps them per user; tests keep them in memory)."""

    def names(self) -> list[str]:
        """The names, in the order they are listed."""

    def load(self, name: str) -> str:
        """The layout of a name, as `Window.state` gave it."""

    def save(self, name: str, state: str) -> None:
        """Keep a layout under a name, over an older one of that name."""

    def delete(self, name: str) -> None:
        """Forget a layout."""


class LayoutsInMemory:
    """A shelf that lives as long as the program."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def names(self) -> list[str]:
        """The names, oldest first."""
        return list(self._kept)

    def load(self, name: str) -> str:
        """The layout of a name."""
        return self._kept[name]

    def save(self, name: str, state: str) -> None:
        """Keep a layout."""
        self._kept[name] = state

    def delete(self, name: str) -> None:
        """Forget a layout."""
        self._kept.pop(name, None)


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
