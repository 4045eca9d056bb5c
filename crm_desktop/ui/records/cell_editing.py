"""Editing in the list: F2 opens the current cell, Tab goes on to the next one, Enter keeps, Esc leaves it as it was."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.core import custom
from crm_desktop.core.errors import Invalid
from crm_desktop.core.journal import Change
from crm_desktop.core.kinds import DayKind, LongTextKind
from crm_desktop.core.names import label_of
from crm_desktop.core.record import Record
from crm_desktop.core.twins import Duplicate
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.editing import editor_for, read, show
from crm_desktop.ui.records.model import RecordsModel
from crm_desktop.ui.records.twins import OPEN, SAVE, ask
from crm_desktop.ui.widgets.columns import LOADING
from crm_desktop.ui.widgets.table import Table


class CellEditing(QObject):
    """One editor at a time, laid over its cell."""

    def __init__(self, desk: Desk, table: Table, model: RecordsModel):
        super().__init__(table)
        self._desk, self._table, self._model = desk, table, model
        self._editor: Any = None
        self._place = (0, 0)
        self._before: Any = None
        self._record: Record | None = None
        table.verticalScrollBar().valueChanged.connect(lambda _v: self._leave(keep=True))

    def start(self) -> None:
        """Edit the current cell; says why when it cannot be edited."""
        index = self._table.currentIndex()
        if index.isValid():
            self._open(index.row(), index.column())

    def _open(self, row: int, column: int) -> bool:
        field = self._field(column)
        record_id = self._model.record_id(row)
        value = self._model.cell(row, column)
        if record_id is None or value is LOADING:
            return False
        refused = self._refused(field)
        if refused:
            self._desk.ways.tell(refused)
            return False
        self._leave(keep=True)
        if isinstance(field.kind, DayKind):
            value = field.kind.load(value)  # the day of a settled record stands in the list as plain text
        self._fetch(record_id)
        editor = editor_for(self._desk, field, self._table.viewport())
        show(self._desk, field, editor, value)
        rect = self._table.visualRect(self._model.index(row, column)).adjusted(1, 1, -1, -2)
        editor.setGeometry(QRect(rect.left(), rect.top(), max(rect.width(), 120), max(rect.height(), editor.minimumSizeHint().height())))
        self._editor, self._place, self._before = editor, (row, column), value
        for widget in (editor, *editor.findChildren(QWidget)):
            widget.installEventFilter(self)
        editor.show()
        editor.setFocus()
        if hasattr(editor, "selectAll"):
            editor.selectAll()
        return True

    def _fetch(self, record_id: int) -> None:
        """The record as it stands now: what somebody else changes from here on is noticed when it is saved."""
        records, actor, record_type = self._desk.records, self._desk.actor, self._model.record_type
        self._record = None
        self._desk.read(lambda: records.get(record_type, record_id, actor), self._fetched, key="cell")

    def _fetched(self, record: Record) -> None:
        self._record = record

    def _field(self, column: int) -> custom.AnyField:
        key = self._model.columns[column].key
        return self._desk.records.fields(self._model.record_type)[key]

    def _refused(self, field: custom.AnyField) -> str:
        record_type = self._model.record_type
        why = self._desk.why_not(record_type, "assign" if field.name == "owner" else "edit")
        if why:
            return why
        if field.readonly or isinstance(field.kind, LongTextKind) or (field.name == "owner" and record_type.screen.follows):
            return say("“{label}” is filled in by the program or needs the form.", label=label_of(field))
        if field.name == record_type.state_field():
            return say("The state changes with the buttons of the record, not by editing it.")
        return ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._editor is None:
            return False
        if event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key == Qt.Key.Key_Escape:
                self._leave(keep=False)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._popup_open():
                self._leave(keep=True)
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._next(-1 if key == Qt.Key.Key_Backtab else 1)
                return True
        elif event.type() == QEvent.Type.FocusOut and not self._popup_open():
            focus = QApplication.focusWidget()
            if focus is None or not (focus is self._editor or self._editor.isAncestorOf(focus)):
                self._leave(keep=True)
        return False

    def _popup_open(self) -> bool:
        return QApplication.activePopupWidget() is not None

    def _next(self, step: int) -> None:
        row, column = self._place
        if not self._leave(keep=True):
            return
        header = self._table.horizontalHeader()
        visual = header.visualIndex(column) + step
        while 0 <= visual < header.count():
            column = header.logicalIndex(visual)
            if not self._table.isColumnHidden(column) and not self._refused(self._field(column)):
                self._table.setCurrentIndex(self._model.index(row, column))
                self._open(row, column)
                return
            visual += step

    def _leave(self, keep: bool) -> bool:
        """Close the editor; with `keep`, save what it holds. False while the text cannot be taken."""
        if self._editor is None:
            return True
        editor, (row, column) = self._editor, self._place
        field = self._field(column)
        if keep:
            try:
                value = field.kind.check(read(field, editor))
                problem = editor.problem()
            except Invalid as wrong:
                value, problem = None, wrong.sentence()
            if problem:
                self._desk.ways.tell(problem)
                return False
            if value != self._before:
                self._save(row, field, value)
        self._editor = None
        editor.hide()
        editor.deleteLater()
        self._table.setFocus()
        return True

    def _save(self, row: int, field: custom.AnyField, value: Any) -> None:
        record_id = self._model.record_id(row)
        records, actor, record_type = self._desk.records, self._desk.actor, self._model.record_type
        fetched, self._record = self._record, None
        if record_id is None:
            return

        def work(wary: bool = True) -> Change:
            known = fetched is not None and fetched.id == record_id
            record: Any = fetched if known else records.get(record_type, record_id, actor)
            custom.put(record, field, value)
            return records.save(record, actor, wary=wary)

        def failed(error: Exception) -> None:
            if not isinstance(error, Duplicate):
                self._desk.problem(error)
            elif (answer := ask(self._desk, error, record_type, self._table, may_merge=False)) == SAVE:
                self._desk.write(lambda: work(wary=False), done=say("Saved"))
            elif answer == OPEN:
                self._desk.ways.open_record(error.twins[0].type, error.twins[0].id)

        self._desk.write(work, done=say("Saved"), failed=failed)
