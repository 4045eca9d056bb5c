"""The actions a person uses most, one press away in the top bar; and the menu that makes any record from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell.commands import Command, Commands
from crm_desktop.ui.shell.icons import icon, paint_icon
from crm_desktop.ui.shell.keys import Keys
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import icon_button, show_tip

if TYPE_CHECKING:
    from crm_desktop.ui.widgets.menus import Menu

FIRST = ("create.follow_up", "create.task", "create.event")
MOST = 8  # what the bar has room for in the smallest window
MAKES = "create."  # what the keys of commands begin with that make a record


class FavouriteButton(QToolButton):
    """One action; a small plus in the corner tells making a record from going to the list of them."""

    def __init__(self, command: Command, bar: FavouritesBar) -> None:
        super().__init__(bar)
        self.command, self._bar = command, bar
        self.setIcon(icon(command.icon))
        self.setIconSize(icon_button("plus", "").iconSize())
        self.setAccessibleName(command.title)
        show_tip(self, command.title, Keys(command.shortcut, command.key))
        self.clicked.connect(lambda _checked=False: bar.run(command))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.command.key.startswith(MAKES):
            painter = QPainter(self)
            size = px(11)
            paint_icon(painter, "plus", QRect(self.width() - size - px(1), self.height() - size - px(2), size, size), "accent_text")
            painter.end()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._bar.menu_of(self.command.key).popup(event.globalPos())


class FavouritesBar(QWidget):
    """A plus for new records, then the favourite actions. `changed(keys)` when the person chose others; `refused(sentence)` when one
    cannot be done now."""

    changed = Signal(list)
    refused = Signal(str)

    def __init__(self, commands: Commands, chosen: Sequence[str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self.chosen = list(FIRST if chosen is None else chosen)
        self.new = icon_button("plus", say(_("New…")), self.open_new, Keys("Ctrl+Shift+N", "new"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(2))
        self._row.addWidget(self.new)
        self.buttons: list[FavouriteButton] = []

    def offered(self) -> list[Command]:
        """What may stand here: all that can be done whatever view is in front."""
        return [command for command in self._commands.anywhere() if command.listed]

    def fill(self) -> None:
        """Show the chosen ones; what the program no longer has is passed over."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        known = {command.key: command for command in self.offered()}
        self.buttons = [FavouriteButton(known[key], self) for key in self.chosen if key in known][:MOST]
        for button in self.buttons:
            self._row.addWidget(button)

    def run(self, command: Command) -> None:
        """Do it, or say why it cannot be done now."""
        reason = command.reason()
        if reason:
            self.refused.emit(reason)
        else:
            command.run()

    def choose(self, keys: Sequence[str]) -> None:
        """Show others from now on."""
        self.chosen = list(keys)
        self.fill()
        self.changed.emit(self.chosen)

    def open_new(self) -> None:
        """The menu of everything that can be made."""
        from crm_desktop.ui.widgets.menus import Menu  # not before something is pressed, like the box below

        menu = Menu(self)
        for command in self.offered():
            if command.key.startswith(MAKES):
                menu.add(command.title, partial(self.run, command), command.icon, self._commands.shortcut(command.key), command.reason())
        menu.addSeparator()
        menu.add(say(_("Favourite actions…")), self.arrange, "star")
        menu.open_under(self.new)

    def menu_of(self, key: str) -> Menu:
        """What can be done with one of the buttons."""
        from crm_desktop.ui.widgets.menus import Menu

        menu, place = Menu(self), self.chosen.index(key)
        first, last = "" if place else say(_("It is the first.")), say(_("It is the last.")) if place == len(self.chosen) - 1 else ""
        menu.add(say(_("Move to the left")), partial(self._move, place, -1), "arrow-left", why_not=first)
        menu.add(say(_("Move to the right")), partial(self._move, place, 1), "arrow-right", why_not=last)
        menu.add(say(_("Take it away")), lambda: self.choose([one for one in self.chosen if one != key]), "x")
        menu.addSeparator()
        menu.add(say(_("Favourite actions…")), self.arrange, "star")
        return menu

    def _move(self, place: int, way: int) -> None:
        keys = list(self.chosen)
        keys.insert(place + way, keys.pop(place))
        self.choose(keys)

    def arrange(self) -> None:
        """Choose the favourite actions."""
        from crm_desktop.ui.shell.favourites_box import FavouritesBox

        FavouritesBox(self).open_under(self.new)

