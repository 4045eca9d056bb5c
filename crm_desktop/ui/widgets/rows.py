"""Models for `Table`: the contract (one call per cell gives the raw value) and the plain in-memory list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_desktop.core.words import _, say
from crm_desktop.ui.widgets.columns import LOADING, Column

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ACROSS = Qt.Orientation.Horizontal
_NOWHERE = QModelIndex()


class CellModel(QAbstractTableModel):
    """Base of every model a `Table` shows. Write `row_count` and `cell`; `flags` must stay Qt's own.

    A Python `flags` is asked for every cell of a selection, which made Ctrl+A over a million rows take 26
    seconds.
    """

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: list[Column] = list(columns)
        self.today: date = date.today()

    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def cell(self, row: int, column: int) -> Any:
        """The raw value of a cell, or LOADING. Called for every visible cell of a repaint: must not wait."""
        raise NotImplementedError

    def heading(self, row: int) -> tuple[str, int] | None:
        """(name, how many rows) when this row is not a record but the heading of a group of them."""
        return None

    def headings_between(self, top: int, bottom: int) -> int:
        """How many of the rows from `top` to `bottom` are headings."""
        return 0

    def text(self, row: int, column: int) -> str:
        """What a cell says; the heading of a group says its name and its count in the first one."""
        heading = self.heading(row)
        if heading is not None:
            return f"{heading[0]} {heading[1]:,}" if column == 0 else ""
        return self.columns[column].text(self.cell(row, column), self.today)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.row_count()

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY:  # first and by number: this is asked thousands of times
            return self.text(index.row(), index.column())
        if role == _EDIT:
            value = self.cell(index.row(), index.column())
            return None if value is LOADING else value
        if role == _ALIGN:
            return self.columns[index.column()].align
        if role == _SPOKEN:
            title = self.columns[index.column()].title
            return f"{title}: {self.text(index.row(), index.column()) or say(_('empty'))}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != _ACROSS or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        if role == _ALIGN:
            return self.columns[section].align
        if role == _TIP:
            return self.columns[section].tip or None
        return None

    def place_of(self, key: str) -> int:
        """The number of the column called `key`; -1 when there is none."""
        return next((place for place, column in enumerate(self.columns) if column.key == key), -1)


class RowsModel(CellModel):
    """A list held in memory: each row a sequence with one raw value per column, and something it stands for.

    For short lists (the contacts of a customer, a dry run). Long lists fetch pages: see ui/records.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Any]] = (),
        items: Sequence[Any] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._rows: list[Sequence[Any]] = list(rows)
        self._items: list[Any] = list(items) if items is not None else list(range(len(self._rows)))

    def row_count(self) -> int:
        return len(self._rows)

    def cell(self, row: int, column: int) -> Any:
        return self._rows[row][column]

    def item(self, row: int) -> Any:
        """What a row stands for (an id, an object); its first place in the list when nothing was given."""
        return self._items[row]

    def show_rows(self, rows: Sequence[Sequence[Any]], items: Sequence[Any] | None = None) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self._items = list(items) if items is not None else list(range(len(self._rows)))
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        down = order == Qt.SortOrder.DescendingOrder
        places = range(len(self._rows))
        filled = [place for place in places if self._rows[place][column] is not None]
        empty = [place for place in places if self._rows[place][column] is None]
        filled.sort(key=lambda place: self._rows[place][column], reverse=down)
        ordered = filled + empty  # empty cells stand last, whichever way the list is sorted
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        moved_to = {old: new for new, old in enumerate(ordered)}
        self._rows = [self._rows[place] for place in ordered]
        self._items = [self._items[place] for place in ordered]
        # The selection stays on the same rows, not on the same places.
        after = [self.index(moved_to[index.row()], index.column()) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
