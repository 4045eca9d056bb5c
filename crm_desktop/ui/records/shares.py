"""Sharing records with colleagues: the question for one or many, and with whom the record in the detail dock is shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.core import sharing
from crm_desktop.core.journal import Change
from crm_desktop.core.many import Progress
from crm_desktop.core.outcome import Outcome
from crm_desktop.core.record import Record
from crm_desktop.core.sharing import Share
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records import bulk_acts
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.records.columns import column_for
from crm_desktop.ui.records.refusals import told
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.day_edit import DayEdit
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.field import show_error
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.table import Table


class ShareQuestion(Question):
    """With whom, to read or to work on, until when."""

    def __init__(self, desk: Desk, record_type: type[Record], parent: QWidget | None, title: str, known: Any = None):
        super().__init__(parent, title, say("Share it"))
        names = desk.records.names
        people = [
            (row.id, names.title("employee", row.id))
            for row in names.all("employee")
            if row.state != "left" and row.id != desk.actor.employee  # type: ignore[attr-defined]
        ]
        self.colleague, self.access = ChoiceEdit(), ChoiceEdit()
        self._today, self._known = desk.records.clock.today, known.until if known is not None else None
        self.until = DayEdit(today=self._today)
        self.colleague.set_choices(people, empty=False)
        self.access.set_choices([(False, say("Read it")), (True, say("Work on it"))], empty=False)
        if known is not None:
            self.colleague.set_value(known.employee)
            self.colleague.setEnabled(False)
            self.colleague.setToolTip(say("Share with another colleague by a share of its own."))
            self.access.set_value(bool(known.may_write))
            self.until.set_value(known.until)
        for label, editor in ((say("Shared with"), self.colleague), (say("Access"), self.access), (say("Until"), self.until)):
            self.form.row(label, editor)
        note = say("Without a day the share has no end.")
        if record_type.key() == "customer":
            note = f"{say('Contacts, follow-ups and what its owner has of opportunities and contracts come along.')} {note}"
        self.form.wide(Label(note, "Muted", wrap=True))
        self.colleague.setFocus()

    def answer(self) -> tuple[int, bool, date | None] | None:
        """(employee, to work on, until); None when the person cancels."""
        while self.exec() == QDialog.DialogCode.Accepted:
            problem = self.until.problem() or self._over()
            show_error(self.until, problem)
            if not problem:
                return self.colleague.value(), bool(self.access.value()), self.until.value()
        return None

    def _over(self) -> str:
        """Why the share would not begin at all; '' when it would."""
        day = self.until.value()
        return say(sharing.OVER) if day is not None and day < self._today() and day != self._known else ""


def share_records(desk: Desk, record_type: type[Record], ids: Sequence[int], parent: QWidget, known: Any = None) -> None:
    """Ask, then share all of them in one act; how many were done and what was refused is told. Of many it tells how far it is."""
    if not ids:
        return
    answer = ShareQuestion(desk, record_type, parent, say("Share %n record(s)", n=len(ids)), known).answer()
    if answer is None:
        return
    employee, write, until = answer
    name = desk.records.names.title("employee", employee)

    def work(progress: Progress | None = None) -> Outcome:
        return desk.records.share(record_type, ids, employee, desk.actor, write, until, progress)

    def done(count: int) -> str:
        return say("%n record(s) shared with {name}", n=count, name=name)

    if len(ids) > 1:
        bulk_acts.do(desk, parent, work, done)
    else:  # one waits in the outbox when the server is away
        desk.write(work, done=lambda outcome: told(outcome, done(len(outcome.done))))


class Shares(QWidget):
    """With whom the record is shared. `counted(text)` whenever the number is known."""

    counted = Signal(str)

    def __init__(self, desk: Desk, record_type: type[Record], parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.record_type = desk, record_type
        self.record: Record | None = None
        self._shares: list[Share] = []
        self._key = f"shares-{id(self)}"
        self.model = RowsModel(self._columns())
        self.table = Table(self.model, say("Shared with"), desk.records.clock.today, "standard")
        self.table.opened.connect(lambda _row: self._change())
        self.add = Button(say("Share it"), "plus", "ghost", self._share)
        self.change = Button(say("Change"), "pencil", "ghost", self._change)
        self.end = Button(say("End it"), "x", "ghost", self._end)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(Empty("users", say("Not shared"), say("Only its owner and those above see this record.")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(6), 0, 0)
        row = QHBoxLayout()
        row.setContentsMargins(px(8), 0, px(8), 0)
        for button in (self.add, self.change, self.end):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.stack, 1)
        desk.changed.connect(self._somebody_changed)

    def _columns(self) -> list[Column]:
        return [column_for(self.desk.records, Share, name) for name in ("employee", "may_write", "until", "created_by")]

    def show_record(self, record: Record) -> None:
        """List with whom a record is shared."""
        self.record = record
        why = self.desk.why_not(self.record_type, "share", record)
        for button in (self.add, self.change, self.end):
            button.say_why_not(why)
        self.load()

    def load(self) -> None:
        """Ask for the rows."""
        record, desk = self.record, self.desk

        def shown(found: list[Share]) -> None:
            self._shares = found
            self.model.show_rows([(one.employee, one.may_write, one.until, one.created_by) for one in found], [one.id for one in found])
            self.stack.setCurrentIndex(0 if found else 1)
            for button in (self.change, self.end):
                button.setVisible(bool(found))
            self.counted.emit(str(len(found) or ""))

        if record is not None:
            work: Callable[[], list[Share]] = lambda: sharing.shares_of(desk.records, self.record_type, record.id, desk.actor)  # noqa: E731
            desk.read(work, shown, key=self._key, failed=lambda _error: None)

    def _chosen(self) -> Share | None:
        row = self.table.currentIndex().row()
        return self._shares[max(row, 0)] if self._shares and row < len(self._shares) else None

    def _share(self) -> None:
        if self.record is not None:
            share_records(self.desk, self.record_type, [self.record.id], self)

    def _change(self) -> None:
        chosen = self._chosen()
        if self.record is not None and chosen is not None and self.change.isEnabled():
            share_records(self.desk, self.record_type, [self.record.id], self, chosen)

    def _end(self) -> None:
        chosen, desk = self._chosen(), self.desk
        if chosen is not None:
            ended = say("The share was ended.")
            desk.write(lambda: desk.records.unshare([chosen.id], desk.actor), done=lambda outcome: told(outcome, ended))

    def _somebody_changed(self, change: Change) -> None:
        if change.types() & {"share", self.record_type.key()}:
            self.load()
