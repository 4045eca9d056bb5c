"""The entries of the visible range as a Qt list: what views, selection and screen readers ask."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from html import escape

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_desktop.core.words import _, say
from crm_desktop.ui.calendar.entries import Entry, kind_label, reading_order
from crm_desktop.ui.calendar.wording import one_line, spoken, when_text

ENTRY_ROLE = Qt.ItemDataRole.UserRole
NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class EntryModel(QAbstractListModel):
    """Entries in reading order, one a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self._row_of: dict[Hashable, int] = {}

    def show(self, entries: Iterable[Entry]) -> None:
        """Replace all entries."""
        self.beginResetModel()
        self._take(entries)
        self.endResetModel()

    def change(self, entry: Entry) -> None:
        """Replace the entry with the same id; its row may become another one."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self.entries[index.row()].id for index in before]
        self._take(entry if old.id == entry.id else old for old in self.entries)
        self.changePersistentIndexList(before, [self.index_of(key) for key in ids])
        self.layoutChanged.emit()

    def _take(self, entries: Iterable[Entry]) -> None:
        self.entries = sorted(entries, key=lambda entry: (entry.first_day, reading_order(entry)))
        self._row_of = {entry.id: row for row, entry in enumerate(self.entries)}

    def entry(self, index: Index) -> Entry | None:
        return self.entries[index.row()] if index.isValid() else None

    def index_of(self, key: Hashable) -> QModelIndex:
        """The place of the entry with this id; invalid when it is not shown."""
        row = self._row_of.get(key)
        return QModelIndex() if row is None else self.index(row)

    def row_of(self, key: Hashable) -> int | None:
        return self._row_of.get(key)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(entry.title)
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(entry)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return entry.why_not if not entry.editable else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(entry)
        return None


def tool_tip(entry: Entry) -> str:
    """What the mouse tells about an entry; user text is escaped, since Qt would read tags in it."""
    people = [say(_("{customer} · {owner}"), customer=entry.customer_name, owner=entry.owner_name)]
    if not (entry.customer_name and entry.owner_name):
        people = [entry.customer_name or entry.owner_name]
    lines = [f"{say(kind_label(entry.kind))} · {when_text(entry)}", *people]
    if not entry.editable:
        lines.append(entry.why_not)
    told = "<br>".join(escape(line) for line in lines if line)
    return f"<b>{escape(one_line(entry.title, 400))}</b><br>{told}"
