"""Somebody leaves: what he owns is counted, people are chosen for each kind of it, handed over in one act, and certified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QProgressBar, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.business.staff import handover
from crm_desktop.business.staff.certificate import certificate, last_handover
from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.staff.handover import Done, Holding, Plan
from crm_desktop.core import money
from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.core.words import _, language, say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Job
from crm_desktop.ui.shell.theme import px, roomy
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.day_edit import DayEdit
from crm_desktop.ui.widgets.editors import ChoiceEdit, FlagEdit
from crm_desktop.ui.widgets.field import Form
from crm_desktop.ui.widgets.labels import Label, line
from crm_desktop.ui.widgets.tags_edit import TagsEdit

if TYPE_CHECKING:
    from crm_desktop.printing.document import Document  # with its fonts: only when paper is wanted

CHOOSING, DONE = range(2)


class HandoverWizard(QDialog):
    """Two steps: who gets what, and what was done. Nothing changes before “Hand over”."""

    def __init__(self, desk: Desk, leaver: int, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.leaver = desk, leaver
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = desk.records.names.title("employee", leaver)
        self.setWindowTitle(say("Hand over what {name} owns", name=self.name))
        roomy(self, 820, 620)
        self.takers: dict[str, TagsEdit] = {}
        self.batch: int | None = None
        self._stopped = False
        self._job: Job | None = None
        self.all = ChoiceEdit()
        self.all.set_choices(self._people())
        self.all.committed.connect(self._to_one)
        self.with_customer, self.closed, self.close_account = FlagEdit(), FlagEdit(), FlagEdit()
        self.left_on = DayEdit(today=desk.records.clock.today)
        self.problem = Label("", "FieldError", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("Progress"))
        self.bar.hide()
        self.cancel = Button(say("Cancel"), None, "ghost", self.reject)
        self.paper = Button(say("Certificate to sign…"), "printer", run=self._show_certificate)
        self.start = Button(say("Hand over"), None, "primary", self._start)
        self.steps = QStackedWidget()
        self.grid_holder = QWidget()
        self.summary = Label("", "", wrap=True)
        self._lay_out()
        self._set_defaults()
        self.start.say_why_not(say("Counting what there is…"))
        records, actor = desk.records, desk.actor
        desk.read(lambda: handover.holdings(records, leaver, actor), self._counted, key=f"holdings-{id(self)}", failed=self._failed)

    def _people(self) -> list[tuple[int, str]]:
        names: Any = self.desk.records.names
        rows = [row for row in names.all("employee") if row.state != "left" and row.id != self.leaver]
        return [(row.id, names.title("employee", row.id)) for row in rows]

    def _set_defaults(self) -> None:
        self.with_customer.set_value(True)
        self.closed.set_value(True)
        self.close_account.set_value(True)
        self.left_on.set_value(self.desk.records.clock.today())

    # Laying out

    def _lay_out(self) -> None:
        choosing = QWidget()
        column = QVBoxLayout(choosing)
        column.setContentsMargins(0, 0, 0, 0)
        form = Form(quiet=False)
        for label, editor in (
            (say("Everything goes to"), self.all), (say("With their customer"), self.with_customer), (say("Closed ones too"), self.closed),
            (say("Close the account"), self.close_account), (say("Left on"), self.left_on),
        ):  # fmt: skip
            form.row(label, editor)
        self.with_customer.setToolTip(say("Opportunities, contracts, tasks and events go to whoever gets their customer."))
        self.closed.setToolTip(say("Also what is won, lost, finished or past."))
        column.addWidget(form)
        column.addWidget(line())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.grid_holder.setObjectName("Body")
        area.setWidget(self.grid_holder)
        column.addWidget(area, 1)
        done = QWidget()
        told = QVBoxLayout(done)
        told.setContentsMargins(px(4), px(8), px(4), px(8))
        told.addWidget(self.summary)
        row = QHBoxLayout()
        row.addWidget(self.paper)
        row.addStretch(1)
        told.addLayout(row)
        told.addStretch(1)
        self.steps.addWidget(choosing)
        self.steps.addWidget(done)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(16), px(16), px(16), px(12))
        whole.setSpacing(px(8))
        whole.addWidget(Label(self.windowTitle(), "Title"))
        whole.addWidget(line())
        whole.addWidget(self.steps, 1)
        whole.addWidget(self.problem)
        whole.addWidget(line())
        foot = QHBoxLayout()
        foot.addWidget(self.bar, 1)
        foot.addStretch(0)
        foot.addWidget(self.cancel)
        foot.addWidget(self.start)
        whole.addLayout(foot)
        self.problem.hide()

    def _counted(self, holdings: list[Holding]) -> None:
        """A row for each kind of record he owns: how many, their open money, and who gets them."""
        grid = QGridLayout(self.grid_holder)
        grid.setContentsMargins(px(16), px(8), px(12), px(8))
        grid.setHorizontalSpacing(px(16))
        for place, head in enumerate((_("Record type"), _("Records"), _("Still open"), _("Open amount"), _("Taken over by"))):
            grid.addWidget(Label(say(head), "Section"), 0, place)
        people = [(one, name, "accent") for one, name in self._people()]
        for row, one in enumerate(holdings, start=1):
            title = say(one.record_type.screen.title)
            amount = "" if one.amount is None else money.full(one.amount)
            for place, text in enumerate((title, f"{one.count:,}", f"{one.open:,}", amount)):
                label = Label(text)
                if place:
                    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(label, row, place)
            editor = self.takers[one.record_type.key()] = TagsEdit()
            editor.set_choices(people)
            editor.entry.setPlaceholderText(say("Colleague"))
            editor.setAccessibleName(f"{title}: {say('Taken over by')}")
            editor.committed.connect(self._allow)
            grid.addWidget(editor, row, 4)
        grid.setColumnStretch(4, 1)
        grid.setRowStretch(len(holdings) + 1, 1)
        if not holdings:
            grid.addWidget(Label(say("{name} has nothing to hand over.", name=self.name), "Muted"), 1, 0, 1, 5)
        self._allow()

    def _to_one(self) -> None:
        chosen = self.all.value()
        for editor in self.takers.values():
            editor.set_value([chosen] if chosen else [])
        self._allow()

    def _allow(self) -> None:
        missing = [key for key, editor in self.takers.items() if not editor.value()]
        why = ""
        if missing and (self.close_account.value() or len(missing) == len(self.takers)):
            titles = ", ".join(say(self.desk.records.types[key].screen.title) for key in missing)
            why = say("Choose who takes over: {records}", records=titles)
        self.start.say_why_not(why)

    # Doing

    def plan(self) -> Plan:
        """What was chosen."""
        receivers = {key: tuple(editor.value()) for key, editor in self.takers.items() if editor.value()}
        everyone = tuple(dict.fromkeys(one for several in receivers.values() for one in several))
        if self.close_account.value() and everyone:
            # What he is given between counting and handing over goes somewhere too.
            receivers = {one.key(): everyone for one in handover.handed_types(self.desk.records)} | receivers
        return Plan(
            self.leaver, receivers, self.with_customer.value(), self.closed.value(), self.close_account.value(), self.left_on.value()
        )

    def _start(self) -> None:
        if self.left_on.problem():
            self._say(self.left_on.problem())
            return
        desk, plan = self.desk, self.plan()
        self.start.say_why_not(say("Handing over…"))
        self.steps.setEnabled(False)
        self.problem.hide()
        self.bar.show()

        def work(job: Job) -> Done:
            return handover.hand_over(desk.records, plan, desk.actor, lambda n, of: job.step(n, of), lambda: job.cancelled)

        self._job = desk.runner.run_long(work, self._finished, self._failed, self._stepped, write=True)

    def _stepped(self, done: int, total: int, _text: str) -> None:
        self.bar.setMaximum(total)
        self.bar.setValue(done)

    def _finished(self, done: Done) -> None:
        self._job, self.batch = None, done.batch
        names, types = self.desk.records.names, self.desk.records.types
        lines = [
            f"{say(types[key].screen.title)}: " + ", ".join(f"{count:,} → {names.title('employee', one)}" for one, count in several.items())
            for key, several in done.moved.items()
        ]
        self.summary.setText("\n".join(lines) or say("{name} has nothing to hand over.", name=self.name))
        self.paper.setVisible(done.batch is not None)
        self.bar.hide()
        self.start.hide()
        self.cancel.setText(say("Close"))
        self.steps.setEnabled(True)
        self.steps.setCurrentIndex(DONE)
        batch = done.batch
        self.desk.ways.tell(say("Everything of {name} was handed over.", name=self.name),
                            undo=(lambda: self.desk.undo(batch)) if batch else None)  # fmt: skip

    def _failed(self, error: Exception) -> None:
        self._job = None
        self.bar.hide()
        self.steps.setEnabled(True)
        self._allow()
        if isinstance(error, Trouble):
            self._say(error.sentence())
        elif isinstance(error, Cancelled):
            self._say(say("Stopped. Nothing was changed."))

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()

    def reject(self) -> None:
        """Esc and the cross stop what is under way first."""
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()

    def _show_certificate(self) -> None:
        if self.batch is not None:
            show_certificate(self.desk, self.batch, self)


def show_certificate(desk: Desk, batch: int, parent: QWidget) -> None:
    """Show the certificate of a handover as paper, to print it or to save it as PDF."""
    from crm_desktop.certificate_paper import as_document
    from crm_desktop.ui.printing.document_dialog import DocumentDialog

    records, actor, lang = desk.records, desk.actor, language()

    def make(_job: Job) -> Document:
        return as_document(records, certificate(records, batch, actor), lang)

    DocumentDialog(make, say("Handover certificate"), desk.runner, parent=parent).open()


def begin_handover(desk: Desk, employee: int, parent: QWidget) -> None:
    """Open the wizard, for who may close accounts."""
    refused = desk.why_not(Employee, "edit")
    if refused:
        desk.ways.tell(refused)
    else:
        HandoverWizard(desk, employee, parent.window()).open()


def show_last_certificate(desk: Desk, employee: int, parent: QWidget) -> None:
    """Show the certificate of the last handover from this employee."""

    def found(batch: int | None) -> None:
        if batch is None:
            desk.ways.tell(say("Nothing was handed over from this employee yet."))
        else:
            show_certificate(desk, batch, parent.window())

    desk.read(lambda: last_handover(desk.records, employee), found, key="last-handover")
