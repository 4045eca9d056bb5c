"""The things to do as rows of a list: headings, what is late and what is for today, each cut to what can be taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_desktop.core.words import say
from crm_desktop.reports.todo import Item, Todo
from crm_desktop.ui.widgets.words import relative_day

Index = QModelIndex | QPersistentModelIndex
LATE, TODAY = "late", "today"
FIRST = {LATE: 3, TODAY: 7}  # rows of a section at first, where there is no measure of the room
LEAST = {LATE: 2, TODAY: 3}
ORDER = ("events", "tasks", "steps", "customers", "leads")
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Row:
    """An item, or the heading of a section with its count and how many of them are not shown."""

    section: str
    item: Item | None = None
    count: int = 0
    rest: int = 0
    folds: bool = False

    @property
    def heading(self) -> bool:
        """Whether it is a heading."""
        return self.item is None


class TodoModel(QAbstractListModel):
    """What is to be done by today. `tick` shows an item as done until the next reading."""

    def __init__(self, today: date, parent: QObject | None = None):
        super().__init__(parent)
        self.today = today
        self.rows: list[Row] = []
        self.ticked: set[tuple[str, int]] = set()
        self._items: tuple[Item, ...] = ()
        self._open: set[str] = set()
        self._first = dict(FIRST)

    def show_at_first(self, rows: int) -> None:
        """Show so many items before the rest has to be asked for; a third of them late ones, more where today leaves room."""
        late = sum(item.late for item in self._items)
        of_late = min(late, max(LEAST[LATE], rows // 3, rows - (len(self._items) - late)))
        first = {LATE: of_late, TODAY: max(LEAST[TODAY], rows - of_late)}
        if first != self._first:
            self._first = first
            self._rebuild()

    def show_todo(self, todo: Todo, today: date) -> None:
        """Show what was read."""
        self.today, self._items = today, todo.items
        self.ticked.clear()
        self._rebuild()

    def unfold(self, section: str) -> None:
        """Show all of a section, or its first rows again."""
        self._open ^= {section}
        self._rebuild()

    def tick(self, item: Item) -> None:
        """Show an item as done."""
        self.ticked.add((item.record_type, item.id))
        self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def untick(self, item: Item) -> None:
        """It was not done after all."""
        self.ticked.discard((item.record_type, item.id))
        self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def is_ticked(self, item: Item) -> bool:
        """Whether it is shown as done."""
        return (item.record_type, item.id) in self.ticked

    def _rebuild(self) -> None:
        self.beginResetModel()
        late = [item for item in self._items if item.late]
        today = sorted((item for item in self._items if not item.late), key=_by_clock)
        self.rows = [*self._section(LATE, late), *self._section(TODAY, today)]
        self.endResetModel()

    def _section(self, section: str, items: Sequence[Item]) -> list[Row]:
        if not items:
            return []
        first = self._first[section]
        shown = items if section in self._open else items[:first]
        heading = Row(section, count=len(items), rest=len(items) - len(shown), folds=len(items) > first)
        return [heading, *(Row(section, item) for item in shown)]

    def row_of(self, record_type: str, record_id: int) -> int:
        """The row of an item; -1 when it is not shown."""
        for place, row in enumerate(self.rows):
            if row.item is not None and (row.item.record_type, row.item.id) == (record_type, record_id):
                return place
        return -1

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.rows[index.row()] if index.isValid() else None
        dead = row is not None and row.heading and not row.folds
        return Qt.ItemFlag.NoItemFlags if dead else super().flags(index)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.rows[index.row()]
        if row.item is None:
            return ", ".join(filter(None, (f"{self.heading(row)} {row.count:,}", self.more(row))))
        done = say("done") if self.is_ticked(row.item) else ""
        return ", ".join(filter(None, (row.item.title, row.item.sub, self.when(row.item), done)))

    @staticmethod
    def heading(row: Row) -> str:
        """What a section is called."""
        return say("Late") if row.section == LATE else say("Today")

    @staticmethod
    def more(row: Row) -> str:
        """What a heading offers at its right end: the rest of the section, or less of it."""
        return say("%n more", n=row.rest) if row.rest else say("Show fewer") if row.folds else ""

    def when(self, item: Item) -> str:
        """The time of an event, else the day in words."""
        if item.late and item.day is not None:
            return relative_day(item.day, self.today)[0]
        return f"{item.at:%H:%M}" if item.at is not None else ""


def _by_clock(item: Item) -> tuple[Any, ...]:
    """Events by the clock, then tasks, then whom to contact."""
    place = ORDER.index(item.group) if item.group in ORDER else len(ORDER)
    return item.at is None, item.at or 0, place, item.title
