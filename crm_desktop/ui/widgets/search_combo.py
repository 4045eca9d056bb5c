"""Chooses one record out of any number: it searches while you type and never loads a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import icon, paint_icon
from crm_desktop.ui.shell.theme import colour, font, metrics, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.field import QuietIcon

Found = tuple[Any, str, str]  # id, title, second line
Ask = Callable[[Callable[[], Any], Callable[[Any], None]], object]  # runner.run(work, then)

PAUSE = 120  # ms after the last key
_NOWHERE = QModelIndex()
_FoundRole = int(Qt.ItemDataRole.UserRole)
_MAKE = object()


def _at_once(work: Callable[[], Any], then: Callable[[Any], None]) -> None:
    then(work())


class _Hits(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: list[Found] = []

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
        return hit if role == _FoundRole else None

    def show_hits(self, hits: Sequence[Found]) -> None:
        self.beginResetModel()
        self.hits = list(hits)
        self.endResetModel()


class _HitPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(200), px(36))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        key, title, sub = index.data(_FoundRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(option.rect, colour("raised"))
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painting.rounded(painter, option.rect.adjusted(4, 1, -4, -1), "sel")
        text = option.rect.adjusted(px(12), 0, -px(12), 0)
        if key is _MAKE:
            size = px(tokens.ICON)
            paint_icon(
                painter, "plus", QRect(text.x(), text.center().y() - size // 2, size, size), "accent_text"
            )
            text.adjust(px(24), 0, 0, 0)
        painter.setFont(font("body", tokens.MEDIUM))
        painter.setPen(colour("accent_text" if key is _MAKE else "text"))
        painting.elided(painter, text, title)
        used = metrics("body", tokens.MEDIUM).horizontalAdvance(title) + px(12)
        if sub and used < text.width() - px(40):
            painter.setFont(font("small"))
            painter.setPen(colour("text3"))
            painting.elided(painter, text.adjusted(used, 0, 0, 0), sub)
        painter.restore()


class SearchCombo(QLineEdit):
    """`find(text)` answers with (id, title, second line); `ask` runs it elsewhere (`runner.run`), at once by
    default.

    `value()` is the id. `committed` when another one is chosen or the text is emptied. `make(text)` is
    offered as the last entry when set: it opens the short dialog for a new record and answers with (id,
    title) or None.
    """

    committed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find: Callable[[str], Sequence[Found]] = lambda _text: ()
        self._ask: Ask = _at_once
        self._make: tuple[str, Callable[[str], tuple[Any, str] | None]] | None = None
        self._id: Any = None
        self._title = ""
        self._turn = 0
        self._hits = _Hits(self)
        self._completer = QCompleter(self._hits, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._completer.setMaxVisibleItems(8)
        # The completer's own list: one handed over from Python is deleted twice when the program ends.
        self._popup: Any = self._completer.popup()
        self._popup.setMouseTracking(True)
        self._popup.setAccessibleName(say(_("Hits")))
        self._popup.setItemDelegate(_HitPainter(self))
        self._completer.activated[QModelIndex].connect(self._chosen)  # type: ignore[index]
        glass = self.addAction(icon("search", "text3", "text3"), QLineEdit.ActionPosition.TrailingPosition)
        glass.triggered.connect(self.unfold)
        QuietIcon(self, glass)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self.leave)
        for child in self.children():
            if isinstance(child, QWidget):
                child.setAccessibleName(say(_("Search")))

    def set_source(
        self,
        find: Callable[[str], Sequence[Found]],
        ask: Ask | None = None,
        make: tuple[str, Callable[[str], tuple[Any, str] | None]] | None = None,
    ) -> None:
        """Say where hits come from, who runs the search, and (label, callable) to make a new record."""
        self._find = find
        self._ask = ask or _at_once
        self._make = make

    def value(self) -> Any:
        """The id chosen, None for none."""
        return self._id

    def title(self) -> str:
        """The title of what is chosen."""
        return self._title

    def set_value(self, value: Any, title: str = "") -> None:
        """Show a record without committing it."""
        self._id, self._title = value, title
        self.setText(title)
        self.setCursorPosition(0)

    def problem(self) -> str:
        """A choice is never wrong."""
        return ""

    def leave(self) -> None:
        """An emptied text means none; any other text that was not chosen goes back to what was
        chosen before."""
        if self._popup.isVisible():
            return
        if not self.text().strip() and self._id is not None:
            self._take(None, "")
        elif self.text() != self._title:
            self.setText(self._title)
            self.setCursorPosition(0)

    def unfold(self) -> None:
        """Search for what stands in the editor now (everything when it shows the chosen record)."""
        self._search("" if self.text() == self._title else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup
        if popup.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._chosen(popup.currentIndex() if popup.currentIndex().isValid() else self._hits.index(0))
            popup.hide()
        elif event.key() == Qt.Key.Key_Down and not popup.isVisible():
            self.unfold()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self._title:
            popup.hide()
            self.setText(self._title)
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def _typed(self, _text: str) -> None:
        self.changed.emit()
        self._pause.start()

    def _search(self, text: str | None = None) -> None:
        self._pause.stop()
        asked = self.text().strip() if text is None else text
        self._turn += 1
        turn = self._turn
        self._ask(lambda: self._find(asked), lambda hits: self._show(hits, asked, turn))

    def _show(self, hits: Sequence[Found], asked: str, turn: int) -> None:
        if turn != self._turn or not self.hasFocus():
            return  # an answer to an older question, or nobody waits any more
        shown = list(hits)
        if self._make is not None and asked:
            shown.append((_MAKE, f"{self._make[0]} “{asked}”", ""))
        self._hits.show_hits(shown)
        if shown:
            self._completer.complete(QRect(0, 0, max(self.width(), px(280)), self.height()))
            self._popup.setCurrentIndex(self._hits.index(0))
        else:
            self._popup.hide()

    def _chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        # The completer hands over an index of its own proxy: the row is the same.
        key, title, _sub = self._hits.hits[index.row()]
        if key is _MAKE:
            made = self._make[1](self.text().strip()) if self._make else None
            self._take(*made) if made else self.setText(self._title)
        else:
            self._take(key, title)

    def _take(self, key: Any, title: str) -> None:
        before = self._id
        self.set_value(key, title)
        if key != before:
            self.changed.emit()
            self.committed.emit()
