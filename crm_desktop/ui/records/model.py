"""The rows of a record list: ids in order, and pages of values fetched when they come into sight.

Opening shows the first page at once; all ids follow from a worker, and with them every jump is one fetch by id. Until then
the end of the list is fetched backwards, so that End is instant on a million rows too. Ctrl+A is the filter, not a list of
rows. Nothing here waits: a cell whose page is under way is LOADING.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal

from crm_desktop.core.journal import ANY, Change
from crm_desktop.core.pointing import LinkKind, ManyKind
from crm_desktop.core.record import Record
from crm_desktop.core.views import View
from crm_desktop.core.words import language, say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.columns import column_for, picture_field
from crm_desktop.ui.widgets.columns import LOADING, Column
from crm_desktop.ui.widgets.rows import CellModel

if TYPE_CHECKING:
    from crm_desktop.ui.records.thumbnails import Thumbnails

PAGE = 100
KEPT = 60  # pages remembered
FIRST = 200
SETTLE = 250  # ms of quiet before the order is asked anew

Values = tuple[Any, ...]


class RecordsModel(CellModel):
    """The records of one type that a view shows to the desk's person.

    `counted(n)` when the whole number is known; `refreshed()` after rows were fetched anew.
    """

    counted = Signal(int)
    refreshed = Signal()

    def __init__(self, desk: Desk, record_type: type[Record], view: View, parent: QObject | None = None):
        self.desk, self.record_type, self.view = desk, record_type, view
        declared = record_type.declared()
        self._settled_by = record_type.state_field() or ("stage" if "stage" in declared else "")
        super().__init__(self._columns(), parent)
        self._key = f"list-{id(self)}"
        self._ids: array[int] | None = None
        self._first: list[int] = []
        self._last: list[int] = []  # the last ids in reverse, while the whole order is not known
        self._total = 0
        self._values: OrderedDict[int, Values] = OrderedDict()
        self._wanted: set[int] = set()
        self._asked: set[int] = set()
        self._heads: list[tuple[int, str, int]] = []
        self._job: Any = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._settle.timeout.connect(self._order)
        self._fetch_soon = QTimer(self, singleShot=True, interval=0)
        self._fetch_soon.timeout.connect(self._fetch)
        self._pictures: Thumbnails | None = None
        if field := picture_field(record_type):
            from crm_desktop.ui.records.thumbnails import Thumbnails  # most lists have no pictures

            self._pictures = Thumbnails(desk, record_type, field, self)
            self._pictures.arrived.connect(self._paint_anew)
        desk.changed.connect(self._somebody_changed)

    def _columns(self) -> list[Column]:
        names = self.view.columns or tuple(self.record_type.first_columns(language()))
        fields = self.desk.records.fields(self.record_type)
        columns = [column_for(self.desk.records, self.record_type, name) for name in names if name in fields]
        for column in columns:
            column.width = int(self.view.widths.get(column.key, column.width))
        return columns

    # Showing another view

    def show_view(self, view: View) -> None:
        """Show other records, another order or other columns; old rows stay until the new ones are here."""
        columns_differ = view.columns != self.view.columns
        self.view = view
        if columns_differ:
            self.beginResetModel()
            self.columns = self._columns()
            self._values.clear()
            self._asked.clear()
            self.endResetModel()
        self.load()

    def load(self) -> None:
        """Ask for the first page now, for everything else afterwards."""
        records, actor, view, names = self.desk.records, self.desk.actor, self.view, self._names()

        def first() -> list[tuple[int, Values]]:
            rows = records.page(self.record_type, actor, view, names, FIRST)
            self._learn(rows)
            return rows

        self.desk.read(first, self._first_page, key=self._key)

    def _names(self) -> list[str]:
        """The fields of the columns, and last the one that says whether a record is settled."""
        return [*(column.key for column in self.columns), *filter(None, [self._settled_by])]

    def _told(self, values: Values) -> Values:
        """The values as they are shown: days of a settled record are plain text, because nothing of it is late."""
        if not values or not self._settled_by or not self._is_settled(values[-1]):
            return values
        return tuple(
            value.isoformat() if column.kind == "due" and value is not None else value
            for column, value in zip(self.columns, values, strict=False)
        )

    def _is_settled(self, value: Any) -> bool:
        if self._settled_by == "stage":
            stage: Any = self.desk.records.names.rows("stage").get(value)
            return stage is not None and stage.kind != "open"
        state = self.record_type.declared()[self._settled_by].kind.states.get(value)  # type: ignore[attr-defined]
        return state is not None and not state.open

    def _first_page(self, rows: list[tuple[int, Values]]) -> None:
        self.beginResetModel()
        self._ids, self._last, self._heads = None, [], []
        self._first = [record_id for record_id, _values in rows]
        self._total = len(rows)
        self._values.clear()
        self._asked.clear()
        self._values.update((record_id, self._told(values)) for record_id, values in rows)
        self.endResetModel()
        self.refreshed.emit()
        if len(rows) < FIRST and not self.view.group:
            self._ids = array("q", self._first)
            self.counted.emit(self._total)
        else:
            self.desk.runner.when_quiet(self._order_fresh)

    def _order_fresh(self) -> None:
        self._order(fresh=True)

    def _order(self, fresh: bool = False) -> None:
        """Ask for all ids in order; for a fresh long list also, at once, for its number and its end."""
        records, actor, view, record_type = self.desk.records, self.desk.actor, self.view, self.record_type
        if fresh and not view.group:
            names = self._names()

            def end() -> tuple[int, list[tuple[int, Values]]]:
                rows = records.page(record_type, actor, view, names, FIRST, backwards=True)
                self._learn(rows)
                return records.count(record_type, actor, view), rows

            self.desk.read(end, self._end_known, key=f"{self._key}-end")

        def ids() -> tuple[array[int], list[tuple[Any, int]]]:
            found = records.ids(record_type, actor, view)
            return found, records.groups(record_type, actor, view, view.group) if view.group else []

        self.desk.read(ids, self._ids_known, key=f"{self._key}-ids")

    def _end_known(self, answer: tuple[int, list[tuple[int, Values]]]) -> None:
        total, rows = answer
        if self._ids is not None:
            return
        self._last = [record_id for record_id, _values in rows]
        self._values.update((record_id, self._told(values)) for record_id, values in rows)
        self._grow_to(total)
        self.counted.emit(total)

    def _ids_known(self, answer: tuple[array[int], list[tuple[Any, int]]]) -> None:
        ids, groups = answer
        if not groups and self._ids is not None and ids == self._ids:
            return
        same_start = list(ids[: len(self._first)]) == self._first
        if self._ids is None and not groups and same_start:
            self._ids = ids
            self._grow_to(len(ids))
        else:
            self.beginResetModel()
            self._ids, self._total = ids, len(ids)
            self._first = list(ids[:FIRST])
            self._heads = self._headings(groups)
            self._asked.clear()
            self.endResetModel()
            self.refreshed.emit()
        self.counted.emit(len(ids))

    def _grow_to(self, total: int) -> None:
        if total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < self._total:
            self.beginRemoveRows(QModelIndex(), total, self._total - 1)
            self._total = total
            self.endRemoveRows()

    def _headings(self, groups: list[tuple[Any, int]]) -> list[tuple[int, str, int]]:
        """(row, label, count) of each group's heading, rows counted with the headings in."""
        heads, row = [], 0
        for value, count in groups:
            text = self.desk.records.show(self.record_type, self.view.group, value) or say("None")
            heads.append((row, text, count))
            row += count + 1
        return heads

    # Rows

    def row_count(self) -> int:
        return self._total + len(self._heads)

    def heading(self, row: int) -> tuple[str, int] | None:
        """(label, count) when the row is the heading of a group."""
        for head, label, count in self._heads:
            if head == row:
                return label, count
            if head > row:
                break
        return None

    def headings_between(self, top: int, bottom: int) -> int:
        return sum(1 for head, _label, _count in self._heads if top <= head <= bottom)

    def _place(self, row: int) -> int:
        """The place among the records of a row of the list; -1 for a heading."""
        before = 0
        for head, _label, _count in self._heads:
            if head == row:
                return -1
            if head > row:
                break
            before += 1
        return row - before

    def complete(self) -> bool:
        """Whether the whole order is known; until then only the ids at the beginning and the end of a long list are."""
        return self._ids is not None

    def record_id(self, row: int) -> int | None:
        """The id in a row; None for a heading or while it is not known yet."""
        place = self._place(row) if self._heads else row
        if place < 0:
            return None
        if self._ids is not None:
            return self._ids[place] if place < len(self._ids) else None
        if place < len(self._first):
            return self._first[place]
        from_end = self._total - 1 - place
        return self._last[from_end] if 0 <= from_end < len(self._last) else None

    def row_of(self, record_id: int) -> int:
        """The row of a record; -1 when the list does not hold it."""
        source: Sequence[int] = self._ids if self._ids is not None else self._first
        try:
            return self._row(source.index(record_id))
        except ValueError:
            return -1

    def rows_of(self, record_ids: Collection[int]) -> list[int]:
        """The rows of those of these records that the list holds."""
        source: Sequence[int] = self._ids if self._ids is not None else self._first
        return [self._row(place) for place, record_id in enumerate(source) if record_id in record_ids]

    def _row(self, place: int) -> int:
        """The row of the list in which the record at a place stands, the headings before it counted in."""
        for head, _label, _count in self._heads:
            if head <= place:
                place += 1
        return place

    def cell(self, row: int, column: int) -> Any:
        record_id = self.record_id(row)
        if record_id is None:
            return LOADING if not self._heads or self.heading(row) is None else None
        values = self._values.get(record_id)
        if values is None:
            if record_id not in self._asked:
                self._wanted.add(row)
                self._fetch_soon.start()
            return LOADING
        value = values[column] if column < len(values) else None
        if self._pictures is not None and value and self.columns[column].kind == "pictured":
            return self._pictures.titled(value, record_id)
        return value

    def _fetch(self) -> None:
        """Fetch the pages of the rows that were painted without values."""
        pages = sorted({row // PAGE for row in self._wanted})
        self._wanted.clear()
        ids = []
        for page in pages:
            for row in range(page * PAGE, min((page + 1) * PAGE, self.row_count())):
                record_id = self.record_id(row)
                if record_id is not None and record_id not in self._values and record_id not in self._asked:
                    ids.append(record_id)
        if ids:
            self._asked.update(ids)
            self._read_rows(ids)

    def _read_rows(self, ids: Sequence[int]) -> None:
        records, actor, names = self.desk.records, self.desk.actor, self._names()

        def work() -> dict[int, Values]:
            rows = records.rows(self.record_type, actor, ids, names)
            self._learn(list(rows.items()))
            return rows

        self.desk.read(work, lambda rows: self._rows_here(ids, rows, names))

    def _rows_here(self, ids: Sequence[int], rows: dict[int, Values], names: list[str]) -> None:
        if names != self._names():
            return
        self._asked.difference_update(ids)
        # A record that is gone or no longer seen stays empty until the order is asked anew.
        self._values.update({record_id: self._told(rows.get(record_id, ())) for record_id in ids})
        while len(self._values) > PAGE * KEPT:
            self._values.popitem(last=False)
        self._paint_anew()
        self.refreshed.emit()

    def _paint_anew(self) -> None:
        if self._total:
            self.dataChanged.emit(self.index(0, 0), self.index(self.row_count() - 1, len(self.columns) - 1))

    def _learn(self, rows: Sequence[tuple[int, Values]]) -> None:
        """Fetch, in the worker, the titles of the records these rows link to."""
        fields = self.desk.records.fields(self.record_type)
        for place, column in enumerate(self.columns):
            kind = fields[column.key].kind if column.key in fields else None
            if isinstance(kind, LinkKind):
                self.desk.records.names.learn(kind.target, [values[place] for _id, values in rows if values[place]])
            elif isinstance(kind, ManyKind):
                ids = [one for _id, values in rows for one in values[place] or ()]
                self.desk.records.names.learn(kind.target, ids)

    # Changes

    def _somebody_changed(self, change: Change) -> None:
        mine = change.ids(self.record_type.key())
        if not mine:
            return
        known = [record_id for record_id in (self._values if ANY in mine else mine) if record_id in self._values]
        if self._pictures is not None:
            self._pictures.forget(known)
        if known:
            self._read_rows(known[: PAGE * KEPT])
        self._settle.start()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        down = order == Qt.SortOrder.DescendingOrder
        self.show_view(replace(self.view, sort=((self.columns[column].key, down),)))
