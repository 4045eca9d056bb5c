"""The box in which a person ticks his favourite actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell.favourites import MOST
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.filter_edit import FilterEdit
from crm_desktop.ui.widgets.menus import Popover
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from crm_desktop.ui.shell.commands import Command
    from crm_desktop.ui.shell.favourites import FavouritesBar


class FavouritesBox(Popover):
    """All actions, ticked where they stand in the bar; Enter or a click ticks."""

    def __init__(self, bar: FavouritesBar) -> None:
        super().__init__(bar, say(_("Favourite actions")))
        self._bar = bar
        self._shown: list[Command] = []
        self.filter = FilterEdit(say(_("Find a command")))
        self.filter.setMaximumWidth(px(420))
        columns = [Column("on", "", "check", 48, sortable=False), Column("title", say(_("Command")), width=200, sortable=False),
                   Column("group", say(_("Area")), "muted", 100, sortable=False)]  # fmt: skip
        self.model = RowsModel(columns)
        self.table = Table(self.model, say(_("Favourite actions")), density="compact")
        self.table.setFixedSize(px(420), px(360))
        self.column.addWidget(self.filter)
        self.column.addWidget(self.table)
        self.filter.asked.connect(self._fill)
        self.filter.left_down.connect(self.table.setFocus)
        self.table.clicked.connect(lambda index: self.switch(index.row()))
        self.table.opened.connect(self.switch)
        self._fill("")
        self.filter.setFocus()

    def _fill(self, text: str) -> None:
        words = text.lower().split()
        found = [one for one in self._bar.offered() if all(word in f"{one.title} {one.group}".lower() for word in words)]
        chosen = self._bar.chosen
        found.sort(key=lambda one: chosen.index(one.key) if one.key in chosen else len(chosen))
        self._shown = found
        self.model.show_rows([(one.key in chosen, one.title, one.group) for one in found])
        if found:
            self.table.pick(0)

    def switch(self, row: int) -> None:
        """Put an action into the bar, or take it away; a full bar gives up its last one."""
        key, chosen = self._shown[row].key, self._bar.chosen
        self._bar.choose([one for one in chosen if one != key] if key in chosen else [*chosen[: MOST - 1], key])
        now = self._bar.chosen
        self.model.show_rows([(one.key in now, one.title, one.group) for one in self._shown])
        self.table.pick(row)
