"""Records that belong to the one shown: its contacts, opportunities, contracts, tasks, events — short lists with counts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.core.fields import Link
from crm_desktop.core.journal import Change
from crm_desktop.core.record import Record
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.columns import column_for
from crm_desktop.ui.records.row_acts import about
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.table import Table

SHOWN = 200
COLUMNS = {
    "contact": "name title mobile is_primary",
    "opportunity": "name stage amount",
    "contract": "name state amount",
    "task": "title due_on state",
    "event": "title starts_at state",
}  # another type shows the first columns of its list
LISTED_AREAS = ("work", "register")


def related_types(desk: Desk, record_type: type[Record]) -> list[tuple[type[Record], str]]:
    """(type, link) of what is listed beside a record of this type."""
    found = []
    for other in desk.records.types.values():
        for name, field in other.declared().items():
            links = isinstance(field, Link) and field.kind.target == record_type.key() and not field.readonly
            if links and (other.key() in COLUMNS or _listed_unasked(other, name)):
                found.append((other, name))
    return found


def _listed_unasked(other: type[Record], link: str) -> bool:
    return other.screen.area in LISTED_AREAS and link != "owner" and other.key() != "follow_up"  # the timeline tells these


class Related(QWidget):
    """One short list. `counted(text)` whenever the number is known: "" for none, "200+" for more than are shown. `opened(type,
    id)` by Enter or a double click."""

    counted = Signal(str)
    opened = Signal(str, object)

    def __init__(self, desk: Desk, record_type: type[Record], link: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.record_type, self.link = desk, record_type, link
        self.record: Record | None = None
        self.names = COLUMNS.get(record_type.key(), "").split() or record_type.screen.columns.split()[:3]
        columns: list[Column] = [column_for(desk.records, record_type, name) for name in self.names]
        for place, shown in enumerate(columns):
            shown.width = min(shown.width, 112 if place else 152)  # names are read, the rest is glanced at
        screen = record_type.screen
        self.model = RowsModel(columns)
        self.table = Table(self.model, say(screen.title), desk.records.clock.today, "compact")
        self.table.opened.connect(lambda row: self.opened.emit(record_type.key(), self.model.item(row)))
        self.add = Button(say("New {one}", one=say(screen.one).lower()), "plus", "ghost", self._new)
        self.add.say_why_not(desk.why_not(record_type, "add"))
        empty = Empty(screen.icon, say("No {records} yet", records=say(screen.title).lower()), "")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(6), 0, 0)
        row = QHBoxLayout()
        row.setContentsMargins(px(8), 0, px(8), 0)
        row.addWidget(self.add)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        desk.changed.connect(self._somebody_changed)

    def show_record(self, record: Record) -> None:
        """List what belongs to a record."""
        self.record = record
        self.load()

    def view(self) -> View:
        """What is listed, as a view of the whole list."""
        return View((Condition(self.link, "one_of", [self.record.id if self.record else 0]),))

    def load(self) -> None:
        """Ask for the rows."""
        records, actor, view = self.desk.records, self.desk.actor, self.view()

        def work() -> list[tuple[int, tuple[Any, ...]]]:
            return records.page(self.record_type, actor, view, self.names, SHOWN + 1)

        def shown(rows: list[tuple[int, tuple[Any, ...]]]) -> None:
            self.model.show_rows([values for _id, values in rows[:SHOWN]], [record_id for record_id, _values in rows[:SHOWN]])
            self.stack.setCurrentIndex(0 if rows else 1)
            self.counted.emit(f"{SHOWN}+" if len(rows) > SHOWN else str(len(rows) or ""))

        if self.record is not None:
            self.desk.read(work, shown, key=f"related-{id(self)}")

    def _new(self) -> None:
        if self.record is not None:
            known = {name: value for name, value in about(self.record).items() if name in self.record_type.declared()}
            self.desk.ways.new_record(self.record_type.key(), known | {self.link: self.record.id})

    def _somebody_changed(self, change: Change) -> None:
        if self.record_type.key() in change.types():
            self.load()
