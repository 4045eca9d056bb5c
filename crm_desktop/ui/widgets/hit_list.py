"""The list that unfolds under a record editor: titles with a second line, chosen by mouse or keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from shiboken6 import isValid

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.hits import marks_of
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.theme import colour, px
from crm_desktop.ui.widgets import painting

Found = tuple[Any, str, str]  # id, title, second line

MAKE = object()  # the id of the entry that makes a new record
Marks = Sequence[tuple[int, int]]
_NOWHERE = QModelIndex()
_FoundRole = int(Qt.ItemDataRole.UserRole)
_MarksRole = _FoundRole + 1


def _marks(hit: Found, asked: str) -> tuple[Marks, Marks]:
    """Where what was asked for stands in the title, else in the second line."""
    in_title = marks_of(hit[1], asked)
    return (in_title, ()) if in_title else ((), marks_of(hit[2], asked) or ())


class _Hits(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: list[Found] = []
        self.marks: list[tuple[Marks, Marks]] = []  # of the title, and of the second line where it does not stand in the title

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        if not 0 <= index.row() < len(self.hits):
            return None
        hit = self.hits[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return hit[1]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in hit[1:] if part)
        if role == _MarksRole:
            return self.marks[index.row()]
        return hit if role == _FoundRole else None

    def show_hits(self, hits: Sequence[Found], asked: str) -> None:
        self.beginResetModel()
        self.hits = list(hits)
        self.marks = [((), ()) if hit[0] is MAKE else _marks(hit, asked) for hit in hits]
        self.endResetModel()


class _HitPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(200), px(36))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        key, title, sub = index.data(_FoundRole)
        marks, sub_marks = index.data(_MarksRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(option.rect, colour("raised"))
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painting.rounded(painter, option.rect.adjusted(4, 1, -4, -1), "sel")
        text = option.rect.adjusted(px(12), 0, -px(12), 0)
        if key is MAKE:
            size = px(tokens.ICON)
            paint_icon(
                painter, "plus", QRect(text.x(), text.center().y() - size // 2, size, size), "accent_text"
            )
            text.adjust(px(24), 0, 0, 0)
        used = painting.marked(painter, text, title, marks, plain="accent_text" if key is MAKE else "text") + px(12)
        if sub and used < text.width() - px(40):
            painting.marked(painter, text.adjusted(used, 0, 0, 0), sub, sub_marks, tokens.REGULAR, "small", "text3")
        painter.restore()


class HitList(QCompleter):
    """`taken(hit)` when one is chosen. QCompleter brings the popup's keys and its place under the editor."""

    taken = Signal(object)

    def __init__(self, editor: QLineEdit) -> None:
        self._hits = _Hits(editor)
        super().__init__(self._hits, editor)
        self._editor = editor
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setWidget(editor)
        self.setMaxVisibleItems(8)
        # The completer's own list: one handed over from Python is deleted twice when the program ends.
        popup: Any = self.popup()
        self._list = popup
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(say(_("Hits")))
        self._list.setItemDelegate(_HitPainter(editor))
        self.activated[QModelIndex].connect(self._activated)  # type: ignore[index]

    def unfold(self, hits: Sequence[Found], asked: str = "") -> None:
        """Show hits under the editor, the first one chosen and what was asked for marked; nothing when there are none."""
        self._hits.show_hits(hits, asked)
        if not hits:
            self.fold()
            return
        self.complete(QRect(0, 0, max(self._editor.width(), px(280)), self._editor.height()))
        self._list.setCurrentIndex(self._hits.index(0))

    def fold(self) -> None:
        """Hide the list."""
        self._list.hide()

    def unfolded(self) -> bool:
        """Whether the list is on screen."""
        return isValid(self._list) and self._list.isVisible()

    def hits(self) -> list[Found]:
        """What the list shows."""
        return self._hits.hits

    def take_marked(self) -> None:
        """Choose the marked entry, as Enter does."""
        row = max(0, self._list.currentIndex().row())
        self.fold()
        if row < len(self._hits.hits):
            self.taken.emit(self._hits.hits[row])

    def _activated(self, index: QModelIndex) -> None:
        # The index belongs to a proxy of the completer; the row is the same.
        if 0 <= index.row() < len(self._hits.hits):
            self.taken.emit(self._hits.hits[index.row()])
