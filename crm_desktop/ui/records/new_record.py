"""A new record: a short dialog with the fields that matter at first, then the record opens for the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.core import custom
from crm_desktop.core.errors import Invalid, InvalidRecord, Trouble
from crm_desktop.core.names import label_of
from crm_desktop.core.record import Record
from crm_desktop.core.twins import Duplicate, Twin
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.ask import align_buttons
from crm_desktop.ui.records.editing import editor_for, read, show
from crm_desktop.ui.records.merge_dialog import merge_into
from crm_desktop.ui.records.twins import MERGE, OPEN, SAVE, TwinWatch, ask
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.field import Form, error_of, show_error


class NewRecord(QDialog):
    """Asks for the quick fields (and every required one) of a type; `made(record)` is called after each save.

    Enter or Ctrl+S saves and closes, Ctrl+Enter saves and asks for the next one.
    """

    def __init__(self, desk: Desk, record_type: type[Record], values: dict[str, Any], made: Callable[[Record], None], parent: QWidget):
        super().__init__(parent)
        self.desk, self.record_type, self.values, self.made = desk, record_type, values, made
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("New {one}", one=say(record_type.screen.one).lower()))
        self.setMinimumWidth(px(460))
        self.editors: dict[str, Any] = {}
        self._begun = record_type()
        self._shown: dict[str, Any] = {}
        self._left: dict[str, Any] = {}
        form = Form(quiet=False)
        for name, field in self._asked().items():
            editor = self.editors[name] = editor_for(desk, field)
            form.row(label_of(field), editor, field.required)
            if record_type.follow is not Record.follow:
                editor.committed.connect(partial(self._follow, name))
        form.end()  # the rows stay where they are when what was told between them goes
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(form)
        scroll.setMinimumHeight(min(px(460), form.sizeHint().height() + px(8)))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(12), 0)
        column.setSpacing(0)
        column.addWidget(scroll)
        column.addWidget(self._buttons())
        self.save.setDefault(True)  # not before it stands in the dialog (see Question)
        self._fill()
        self.watch = TwinWatch(desk, record_type, self.editors, self._take, self)
        self._grow = partial(self._make_room, scroll, form)
        self.watch.shown.connect(self._grow)
        for keys, again in (("Ctrl+S", False), ("Ctrl+Return", True), ("Ctrl+Enter", True)):
            QShortcut(QKeySequence(keys), self, lambda again=again: self._save(again))

    def _asked(self) -> dict[str, custom.AnyField]:
        fields = self.desk.records.fields(self.record_type)
        state = self.record_type.state_field()
        names = self.record_type.screen.quick.split() or [n for n, f in fields.items() if f.shown and not f.readonly][:8]
        wanted = [*names, *(name for name, field in fields.items() if field.required)]
        wanted += [name for name in self.values if name in fields and name not in ("owner",)]
        return {name: fields[name] for name in dict.fromkeys(wanted) if name in fields and name != state}

    def _buttons(self) -> QWidget:
        buttons = QDialogButtonBox()
        again = buttons.addButton(say("Save and new"), QDialogButtonBox.ButtonRole.ActionRole)
        self.save = save = buttons.addButton(say("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(say("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        again.setToolTip("Ctrl+Enter")
        save.setToolTip("Ctrl+S")
        save.setProperty("kind", "primary")
        again.clicked.connect(lambda: self._save(True))
        save.clicked.connect(lambda: self._save(False))
        cancel.clicked.connect(self.reject)
        align_buttons(buttons)
        return buttons

    def _fill(self) -> None:
        """Start from what is known: the customer one comes from, defaults of the type."""
        self._begun = self.record_type(**self.values)
        self._begun.begin(self.desk.records)
        for name, editor in self.editors.items():
            field = self.desk.records.fields(self.record_type)[name]
            show(self.desk, field, editor, custom.get(self._begun, field))
            show_error(editor, "")
            self._shown[name] = read(field, editor)
        self._left = dict(self._shown)
        first = next((e for n, e in self.editors.items() if not self.values.get(n)), next(iter(self.editors.values())))
        first.setFocus()

    def _follow(self, name: str) -> None:
        """A field was left: what goes with it is brought along and shown."""
        fields, editors = self.desk.records.fields(self.record_type), self.editors
        typed = {one: read(fields[one], editor) for one, editor in editors.items() if not editor.problem()}
        before, record = self._left.get(name), self.record_type()
        self._left |= typed
        for one, value in typed.items():
            custom.put(record, fields[one], value)
        record.follow(name, before)
        for one, value in typed.items():
            if custom.get(record, fields[one]) != value:
                show(self.desk, fields[one], editors[one], custom.get(record, fields[one]))
                self._left[one] = read(fields[one], editors[one])

    def _record(self) -> Record | None:
        """The record as typed; None when something cannot be read, told under its field."""
        record, wrong = self.record_type(**self.values), False
        fields = self.desk.records.fields(self.record_type)
        for name, editor in self.editors.items():
            problem, value = editor.problem(), None
            if not problem:
                try:
                    typed = read(fields[name], editor)
                    # An editor may show less than the value has, such as a moment without its seconds.
                    untouched = typed == self._shown[name]
                    value = custom.get(self._begun, fields[name]) if untouched else fields[name].kind.check(typed)
                except Invalid as error:
                    problem = error.sentence()
            show_error(editor, problem)
            wrong = wrong or bool(problem)
            if not problem:
                custom.put(record, fields[name], value)
        return None if wrong else record

    def _make_room(self, scroll: QScrollArea, form: Form) -> None:
        """The dialog grows with what is told in it."""
        form.adjustSize()
        wanted = min(px(620), form.heightForWidth(scroll.viewport().width()) if form.hasHeightForWidth() else form.sizeHint().height())
        if wanted + px(8) > scroll.height():
            self.resize(self.width(), self.height() + wanted + px(8) - scroll.height())

    def _take(self, twin: Twin) -> None:
        """The record that is there already takes the place of the new one."""
        self.desk.ways.open_record(twin.type, twin.id)
        self.reject()

    def _save(self, again: bool, wary: bool = True) -> None:
        focus = self.focusWidget()
        if focus is not None and hasattr(focus, "leave"):
            focus.leave()
        record = self._record()
        if record is None:
            self._show_wrong()
            return

        def kept(_change: Any) -> None:
            self.made(record)
            if again:
                self._fill()
                self.watch.look()
            else:
                self.accept()

        def held(_waiting: int) -> None:
            if any(letter.record is record for letter in self.desk.outbox.waiting):
                self.accept()  # it is on its way; the dialog would only invite to save it twice

        self.desk.outbox.changed.connect(held)
        one = say(self.record_type.screen.one)
        records, actor = self.desk.records, self.desk.actor

        def failed(error: Exception) -> None:
            if isinstance(error, Duplicate):
                self._ask_about(error, record, again)
            else:
                self._failed(error)

        self.desk.write(lambda: records.save(record, actor, wary=wary), kept, say("{one} added", one=one), failed, record)

    def _ask_about(self, duplicate: Duplicate, record: Record, again: bool) -> None:
        answer = ask(self.desk, duplicate, self.record_type, self)
        if answer == SAVE:
            self._save(again, wary=False)
        elif answer == OPEN:
            self._take(duplicate.twins[0])
        elif answer == MERGE:
            merge_into(self.desk, duplicate.twins[0].id, record, self, self._merged)

    def _merged(self, record: Record) -> None:
        self.made(record)
        self.accept()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Trouble):
            return
        problems = error.problems if isinstance(error, InvalidRecord) else [error]
        for problem in problems:
            editor = self.editors.get(getattr(problem, "field", None) or "")
            if editor is not None:
                show_error(editor, problem.sentence())
            else:
                self.desk.ways.tell(problem.sentence())
        self._show_wrong()

    def _show_wrong(self) -> None:
        """What is wrong has room, and the cursor goes to the first of it."""
        self._grow()
        first = next((editor for editor in self.editors.values() if error_of(editor)), None)
        if first is not None:
            first.setFocus()
