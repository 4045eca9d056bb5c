"""The columns and groups of a list, in a popover: what is ticked is a column, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from crm_desktop.core.names import label_of
from crm_desktop.core.words import say
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.menus import Popover
from crm_desktop.ui.widgets.tick_list import TickList

if TYPE_CHECKING:
    from crm_desktop.ui.records.list_page import ListPage

ROWS = 12  # columns to choose from without scrolling


class ColumnsBox(Popover):
    """Arranges the columns of `page`: those it shows come first, in their order."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page, say("Columns"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page = page
        self._fields = {name: field for name, field in page.desk.records.fields(page.record_type).items() if field.shown}
        self.group = ChoiceEdit()
        self.group.setAccessibleName(say("Group by"))
        self.group.set_choices([("", say("Not grouped")), *page.groups()], empty=False)
        self.group.set_value(page.view.group)
        self.group.committed.connect(lambda: page.group_by(self.group.value()))
        self.list = TickList(say("Columns"), ROWS)
        self.list.setMinimumWidth(px(240))
        self.list.ticked.connect(self._ticked)
        self.list.move_asked.connect(self._move)
        if page.groups():
            self.column.addWidget(Label(say("Group by"), "Muted"))
            self.column.addWidget(self.group)
        self.column.addWidget(Label(say("Columns"), "Muted"))
        self.column.addWidget(self.list)
        self.column.addWidget(Label(say("Alt+↑ and Alt+↓ move a column."), "Faint"))
        self._fill()
        self.list.setFocus()

    def _fill(self, current: Any = None) -> None:
        shown = [name for name in self._page.shown_columns() if name in self._fields]
        names = [*shown, *(name for name in self._fields if name not in shown)]
        self.list.fill([(name, label_of(self._fields[name])) for name in names], shown, current)

    def _ticked(self, name: str, on: bool) -> None:
        if self._page.show_column(name, on) != on:
            self.list.tick(name, not on)

    def _move(self, name: str, step: int) -> None:
        if self._page.move_column(name, step):
            self._fill(name)
