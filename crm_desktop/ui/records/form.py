"""The form of one record: each field is saved when it is left, with undo; what cannot be saved is told under the field."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QScrollArea, QWidget

from crm_desktop.core import custom
from crm_desktop.core.errors import Conflict, Invalid, InvalidRecord, Trouble
from crm_desktop.core.journal import Change
from crm_desktop.core.merging import CHANGED_MEANWHILE
from crm_desktop.core.record import Record
from crm_desktop.core.twins import Duplicate
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.editing import read, show
from crm_desktop.ui.records.form_file import LoadedForm, load_form
from crm_desktop.ui.widgets.editors import LineEditor
from crm_desktop.ui.widgets.field import show_error
from crm_desktop.ui.widgets.search_combo import SearchCombo


class _Look:
    """What an editor showed when it was filled or taken over, to tell later whether somebody typed since."""

    def __init__(self, stored: Any, editor: Any):
        self.stored = stored
        self._seen: Any = (editor.value(), editor.problem())

    def changed(self, editor: Any) -> bool:
        return bool(self._seen != (editor.value(), editor.problem()))

    def refused(self, stored: Any) -> None:
        """What stands in the editor could not be kept: it counts as typed until it can."""
        self.stored, self._seen = stored, None


def _has_cursor(editor: QWidget) -> bool:
    cursor = QApplication.focusWidget()
    return cursor is not None and (cursor is editor or editor.isAncestorOf(cursor))


class RecordForm(QScrollArea):
    """Shows and edits a record of one type. `saved(record)` after each field that was kept."""

    saved = Signal(object)

    def __init__(self, desk: Desk, record_type: type[Record], own_folder: Path | None = None, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.record_type = desk, record_type
        self.record: Record | None = None
        self._own_folder = own_folder
        self._looks: dict[str, _Look] = {}  # each editor as it was last filled or taken over
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.loaded = self._load()

    def _load(self) -> LoadedForm:
        loaded = load_form(self.desk, self.record_type, self._own_folder, self.viewport())
        self._looks.clear()
        self.setWidget(loaded.widget)
        for name, editor in loaded.editors.items():
            editor.committed.connect(lambda n=name: self._leave(n))
            if isinstance(editor, SearchCombo):
                target = self.desk.records.fields(self.record_type)[name].kind.target  # type: ignore[attr-defined]
                editor.let_open(partial(self._open_linked, target))
        if loaded.complaint:
            self.desk.ways.tell(loaded.complaint)
        return loaded

    def _open_linked(self, target: str, record_id: int) -> None:
        self.desk.ways.open_record(target, record_id)

    def reload(self) -> None:
        """Build the form anew, for instance after a custom field was added. What is being typed goes along."""
        typed = {name: one for name, one in self.loaded.editors.items() if name in self._looks and self._looks[name].changed(one)}
        cursor = next((name for name, one in self.loaded.editors.items() if _has_cursor(one)), "")
        words = {name: one.text() if isinstance(one, QLineEdit) else one.value() for name, one in typed.items()}
        for editor in self.loaded.editors.values():
            editor.blockSignals(True)  # going away is not leaving the field
        self.loaded = self._load()
        if self.record is not None:
            self.show_record(self.record)
        for name, word in words.items():
            editor = self.loaded.editors.get(name)
            if isinstance(editor, QLineEdit):
                editor.setText(word)
            elif editor is not None:
                editor.set_value(word)
        if cursor:
            self.focus_field(cursor)

    def show_record(self, record: Record) -> None:
        """Show a record; what may not be edited is read only and says why.

        When it is the same record again (a field was saved, somebody changed it), what the person is typing stays.
        """
        if self.record is None or self.record.id != record.id:
            self._looks.clear()
        self.record = record
        fields = self.desk.records.fields(self.record_type)
        why = self.desk.why_not(self.record_type, "edit", record)
        state = self.record_type.state_field()
        for name, editor in self.loaded.editors.items():
            field = fields.get(name)
            if field is None:
                continue
            value = custom.get(record, field)
            if not self._in_hand(name, value):
                show(self.desk, field, editor, value)
                show_error(editor, "")
                self._looks[name] = _Look(value, editor)
            locked = why or self._locked(field, state)
            editor.setEnabled(not locked)
            editor.setToolTip(locked or (self.desk.why_not(self.record_type, "plain") if name in record.masked else ""))

    def _in_hand(self, name: str, value: Any) -> bool:
        """Whether an editor holds what is not kept yet, or the cursor is in it and there is nothing new to show."""
        editor, look = self.loaded.editors[name], self._looks.get(name)
        if look is None:
            return False
        return look.changed(editor) or (look.stored == value and _has_cursor(editor))

    def _locked(self, field: custom.AnyField, state: str | None) -> str:
        if field.readonly:
            return say("The program fills this in.")
        if field.name == state:
            return say("The state changes with the buttons of the record, not by editing it.")
        if field.name == "owner":
            return self.desk.why_not(self.record_type, "assign", self.record)
        return ""

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field."""
        editor = self.loaded.editors.get(name)
        if editor is not None:
            editor.setFocus()
            self.ensureWidgetVisible(editor)

    # Saving

    def _leave(self, name: str) -> None:
        record, editor = self.record, self.loaded.editors[name]
        field = self.desk.records.fields(self.record_type).get(name)
        if record is None or field is None or not editor.isEnabled():
            return
        problem = editor.problem()
        value = None
        if not problem:
            try:
                value = field.kind.check(read(field, editor))
            except Invalid as wrong:
                problem = wrong.sentence()
        show_error(editor, problem)
        if problem or value == custom.get(record, field):
            return
        before, look = custom.get(record, field), self._looks.get(name)
        custom.put(record, field, value)
        if look is not None and look.stored != before:  # the record was read again while this was being typed
            self._looks.clear()
            who = self.desk.records.names.title("employee", record.updated_by) if record.updated_by else ""
            self._ask_both(record, Conflict(CHANGED_MEANWHILE, {name: field.kind.store(before)}, who))
            return
        self._looks[name] = _Look(value, editor)
        self._save(record, name, before)

    def _save(self, record: Record, name: str, before: Any, wary: bool = True) -> None:
        field = self.desk.records.fields(self.record_type)[name]

        def failed(error: Exception) -> None:
            if isinstance(error, Conflict):
                self._looks.clear()
                self._ask_both(record, error)
                return
            if isinstance(error, Duplicate) and self._go_on(error, record):
                self._save(record, name, before, wary=False)
                return
            custom.put(record, field, before)
            if isinstance(error, Trouble) and self.record is record:
                self._looks[name].refused(before)
                editor = self.loaded.editors.get(name)
                if isinstance(editor, LineEditor):
                    editor.not_kept(before)
                self._show_problem(error, name)

        def kept(_change: Change) -> None:
            if self.record is record:
                self.show_record(record)
                self.saved.emit(record)

        self.desk.write(lambda: self.desk.records.save(record, self.desk.actor, wary=wary), kept, say("Saved"), failed, record)

    def _go_on(self, duplicate: Duplicate, record: Record) -> bool:
        """Whether a value is kept that makes the record the same as another one; or go to that one, or merge the two."""
        from crm_desktop.ui.records.merge_dialog import merge_two
        from crm_desktop.ui.records.twins import MERGE, OPEN, SAVE, ask

        answer, first = ask(self.desk, duplicate, self.record_type, self), duplicate.twins[0]
        if answer == OPEN:
            self.desk.ways.open_record(first.type, first.id)
        elif answer == MERGE:
            merge_two(self.desk, self.record_type, first.id, record.id, self)
        return answer == SAVE

    def _show_problem(self, error: Trouble, name: str) -> None:
        problems = error.problems if isinstance(error, InvalidRecord) else [error]
        for problem in problems:
            at = getattr(problem, "field", None) or name
            show_error(self.loaded.editors.get(at, self.loaded.editors[name]), problem.sentence())

    def _ask_both(self, record: Record, conflict: Conflict) -> None:
        from crm_desktop.ui.records.merging import ask_which

        records, actor = self.desk.records, self.desk.actor

        def ask(theirs: Record) -> None:
            merged = ask_which(self.desk, record, theirs, conflict, self)
            if merged is not None:
                self.desk.write(lambda: records.save(merged, actor), lambda _c: self.show_record(merged), say("Saved"), record=merged)
            elif self.record is record:
                self.show_record(theirs)

        self.desk.read(lambda: records.get(self.record_type, record.id, actor), ask)
