"""Duplicates in forms: what is there already is told below the field while one types, and asked about once at saving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton, QVBoxLayout, QWidget

from crm_desktop.core import custom
from crm_desktop.core.errors import Invalid
from crm_desktop.core.record import Compared, Record
from crm_desktop.core.twins import Duplicate, Twin
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.editing import read
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets import question
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.field import ErrorBox
from crm_desktop.ui.widgets.labels import Label

RESTS = 350  # ms without a key before the database is asked
MOST = 4  # hits shown


class TwinWatch(QObject):
    """Looks up what is being typed into the compared fields of a new record. `take(twin)` when the existing one is chosen;
    `shown` when hits came or went."""

    shown = Signal()

    def __init__(self, desk: Desk, record_type: type[Record], editors: Mapping[str, Any], take: Callable[[Twin], None], parent: QWidget):
        super().__init__(parent)
        self.desk, self.record_type, self.take = desk, record_type, take
        compared = record_type.compared
        self._editors = {name: editors[name] for name in compared.fields() if name in editors} if compared else {}
        self._hits: list[Twin] = []
        self._boxes: dict[str, _Hits] = {}
        self._pause = QTimer(self, singleShot=True, interval=RESTS)
        self._pause.timeout.connect(self.look)
        for editor in self._editors.values():
            if hasattr(editor, "textEdited"):
                editor.textEdited.connect(lambda _text: self._pause.start())
            editor.committed.connect(self._pause.start)

    def hits(self) -> list[Twin]:
        """What is shown."""
        return self._hits

    def look(self) -> None:
        """Ask now."""
        draft = self.record_type()
        fields, filled = self.desk.records.fields(self.record_type), False
        for name, editor in self._editors.items():
            try:
                value = fields[name].kind.check(read(fields[name], editor))
            except Invalid:
                continue
            custom.put(draft, fields[name], value)
            filled = filled or bool(value)
        if not filled:
            self._show([])
            return
        records, actor = self.desk.records, self.desk.actor
        self.desk.read(lambda: records.twins(draft, actor, MOST), self._show, key=f"twins-{id(self)}")

    def _show(self, twins: list[Twin]) -> None:
        self._hits = twins
        below = {name: [twin for twin in twins if self._field_of(twin) == name] for name in self._editors}
        for name, several in below.items():
            if several and name not in self._boxes:
                box = self._editors[name].parentWidget()
                if isinstance(box, ErrorBox):
                    self._boxes[name] = _Hits(self.record_type, self.desk.records.types, self.take)
                    box.add_below(self._boxes[name])
            if name in self._boxes:
                self._boxes[name].show_twins(several)
        self.shown.emit()

    def _field_of(self, twin: Twin) -> str:
        """The field below which a hit is told: the first of those it is about that is asked for here."""
        compared, there = self.record_type.compared, self.desk.records.types[twin.type].compared
        assert compared is not None and there is not None
        if not there.person:  # what is there is the company: of a lead not its person
            compared = compared._replace(person="")
        for reason in twin.likeness.reasons:
            for name in _fields_about(compared, reason.about):
                if name in self._editors:
                    return name
        return next(iter(self._editors), "")


def _fields_about(compared: Compared, about: str) -> tuple[str, ...]:
    names = (compared.person, *compared.company) if compared.person else compared.company
    return {"phone": compared.phones, "mail": compared.mails, "code": compared.codes}.get(about, names)


class _Hits(QWidget):
    """The hits below one field."""

    def __init__(self, record_type: type[Record], types: Mapping[str, type[Record]], take: Callable[[Twin], None]):
        super().__init__()
        self._record_type, self._types, self._take = record_type, types, take
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(9), px(2), 0, px(6))
        self._column.setSpacing(px(2))

    def show_twins(self, twins: list[Twin]) -> None:
        """Show these instead."""
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for twin in twins:
            self._column.addWidget(self._row(twin))
        self.setVisible(bool(twins))

    def _row(self, twin: Twin) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        text = Label(told(self._record_type, twin, self._types[twin.type]), "FieldError" if twin.likeness.same else "Muted", wrap=True)
        line.addWidget(text, 1)
        if twin.seen:
            button = Button(say("Open"), "external-link", "ghost", lambda: self._take(twin))
            button.setAccessibleName(say("Open “{title}”", title=twin.title))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row


def told(record_type: type[Record], twin: Twin, there: type[Record] | None = None) -> str:
    """A twin in one sentence; of one that may not be seen only that it is there and whose it is. there: its type, when it is another
    one."""
    owner = twin.owner or say("Nobody")
    if there is not None and there is not record_type:
        values: dict[str, Any] = {"one": say(there.screen.one).lower(), "title": twin.title, "owner": owner, "why": twin.why()}
        if twin.seen and twin.likeness.same:
            return say("There is a {one} already: “{title}”, {owner} ({why})", **values)
        if twin.seen:
            return say("Perhaps there is a {one} already: “{title}”, {owner} ({why})", **values)
        record_type = there
    if not twin.seen:
        one = say(record_type.screen.one)
        if twin.likeness.same:
            return say("The same {one} is there already and belongs to {owner} ({why}).", one=one.lower(), owner=owner, why=twin.why())
        return say("A similar {one} belongs to {owner} ({why}).", one=one.lower(), owner=owner, why=twin.why())
    if twin.likeness.same:
        return say("The same: “{title}”, {owner} ({why})", title=twin.title, owner=owner, why=twin.why())
    return say("Similar: “{title}”, {owner} ({why})", title=twin.title, owner=owner, why=twin.why())


SAVE, OPEN, MERGE = "save", "open", "merge"


def ask(desk: Desk, duplicate: Duplicate, record_type: type[Record], parent: QWidget, may_merge: bool = True) -> str:
    """What to do with a record that is there already: SAVE it all the same, OPEN the other one, MERGE with it; '' for nothing."""
    first = duplicate.twins[0]
    box = question.box(parent, "warns", say("It is there already"), duplicate.sentence())
    more = [told(record_type, twin, desk.records.types[twin.type]) for twin in duplicate.twins[1:MOST]]
    if more:
        box.setInformativeText("\n".join(more))
    answers: dict[QPushButton, str] = {}

    def offer(text: str, answer: str, role: QMessageBox.ButtonRole) -> None:
        answers[box.addButton(text, role)] = answer

    if first.seen:
        offer(say("Open the existing one"), OPEN, QMessageBox.ButtonRole.AcceptRole)
        if may_merge and first.type == record_type.key():
            offer(say("Merge…"), MERGE, QMessageBox.ButtonRole.ActionRole)
    if not duplicate.forbidden:
        offer(say("Save all the same"), SAVE, QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(say("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(cancel)
    box.exec()
    clicked: Any = box.clickedButton()
    return next((answer for button, answer in answers.items() if button is clicked), "")
