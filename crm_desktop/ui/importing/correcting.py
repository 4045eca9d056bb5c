"""Correcting a cell in the list of a rehearsal: F2, Enter or a double click open it, Enter keeps, Tab goes on, Esc leaves it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QLineEdit

from crm_desktop.exchange.cells import as_text
from crm_desktop.ui.importing.verdict_rows import VerdictRows
from crm_desktop.ui.widgets.table import Table


class Correcting(QObject):
    """One line editor at a time, laid over its cell. `corrected(row of the list, column of the sheet, text)`."""

    corrected = Signal(int, int, str)

    def __init__(self, table: Table):
        super().__init__(table)
        self._table = table
        self._editor: QLineEdit | None = None
        self._place = (0, 0)
        self._before = ""
        self.allowed = True
        table.opened.connect(lambda _row: self.start())
        table.verticalScrollBar().valueChanged.connect(lambda _v: self.leave(keep=True))
        table.installEventFilter(self)

    def start(self) -> None:
        """Edit the current cell; instead of a verdict's own columns the wrong one or the first; instead of a part the whole."""
        index = self._table.currentIndex()
        model = self._table.model()
        if not (self.allowed and index.isValid() and isinstance(model, VerdictRows)):
            return
        self._open(model, index.row(), model.list_column(model.sheet_column(index.column(), index.row())))

    def _open(self, model: VerdictRows, row: int, column: int) -> None:
        cells = model.cells(row)
        if cells is None or column < 0:
            return
        self.leave(keep=True)
        index = model.index(row, column)
        self._table.setCurrentIndex(index)
        self._table.scrollTo(index)
        self._place, self._before = (row, column), as_text(cells[model.sheet_column(column, row)])
        editor = self._editor = QLineEdit(self._before, self._table.viewport())
        editor.setAccessibleName(model.columns[column].title)
        rect = self._table.visualRect(index).adjusted(1, 1, -1, -2)
        editor.setGeometry(QRect(rect.left(), rect.top(), max(rect.width(), 160), rect.height()))
        editor.installEventFilter(self)
        editor.show()
        editor.setFocus()
        editor.selectAll()

    def leave(self, keep: bool) -> None:
        """Close the editor; with `keep`, what it holds takes the place of the cell."""
        editor, self._editor = self._editor, None
        if editor is None:
            return
        text = editor.text()
        editor.hide()
        editor.deleteLater()
        self._table.setFocus()
        model = self._table.model()
        if keep and text != self._before and isinstance(model, VerdictRows):
            self.corrected.emit(self._place[0], model.sheet_column(self._place[1], self._place[0]), text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if watched is self._table:
                if key == Qt.Key.Key_F2:
                    self.start()
                    return True
                return False
            if key == Qt.Key.Key_Escape:
                self.leave(keep=False)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.leave(keep=True)
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._next(-1 if key == Qt.Key.Key_Backtab else 1)
                return True
        elif event.type() == QEvent.Type.FocusOut and watched is self._editor:
            self.leave(keep=True)
        return False

    def _next(self, step: int) -> None:
        row, column = self._place
        model = self._table.model()
        self.leave(keep=True)
        if isinstance(model, VerdictRows):
            self._open(model, row, model.list_column(model.sheet_column(column, row) + step))
