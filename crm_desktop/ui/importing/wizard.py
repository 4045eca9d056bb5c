"""The import: a dialog of three steps (file, columns, verdicts) over one plan; nothing changes before its last button."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.core.outcome import Outcome
from crm_desktop.core.passing_folder import PassingFolder
from crm_desktop.core.words import say, together
from crm_desktop.database.faults import OutcomeUnknown
from crm_desktop.exchange.importing.plan import Imported, Importing
from crm_desktop.exchange.importing.unknown_words import Unknown, unknown_words
from crm_desktop.exchange.importing.verdicts import Verdicts
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.importing.columns_step import ColumnsStep
from crm_desktop.ui.importing.day_orders import day_orders
from crm_desktop.ui.importing.file_step import FileStep
from crm_desktop.ui.importing.unknown_words import UnknownWords
from crm_desktop.ui.importing.verdict_step import VerdictStep
from crm_desktop.ui.records.ask import ask_choices
from crm_desktop.ui.runner import Job
from crm_desktop.ui.shell.theme import px, roomy
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.labels import Label, line

FILE, COLUMNS, VERDICTS = range(3)

Told = Callable[[int, int], None]  # (rows done, rows in all)


class ImportWizard(QDialog):
    """Imports into one record type; the person may change the type in the first step."""

    def __init__(self, desk: Desk, type_key: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Import a workbook"))
        roomy(self, 980, 660)
        self.file = FileStep(desk, type_key)
        self.columns = ColumnsStep(desk)
        self.verdicts = VerdictStep(desk)
        self.steps = QStackedWidget()
        for step in (self.file, self.columns, self.verdicts):
            self.steps.addWidget(step)
        self._plan: Importing | None = None
        self._job: Job | None = None
        self._finished: Callable[[Any], None]
        self._stopped = say("Stopped. Nothing was imported.")
        self._kept = ""
        self._stop = threading.Event()
        self._begun = 0.0
        self._refused: set[tuple[str, str]] = set()
        self.title = Label("", "Title")
        self.problem = Label("", "FieldError", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("Progress"))
        self.speed = Label("", "Faint")
        self.back = Button(say("Back"), None, "normal", self._go_back)
        self.cancel = Button(say("Cancel"), None, "ghost", self.reject)
        self.next = Button(say("Next"), None, "primary", self._go_on)
        self.next.setDefault(True)
        self._lay_out()
        self.file.pick.setFocus()
        self.file.ready.connect(self._file_ready)
        self.file.type.committed.connect(self._allow)
        self.columns.changed.connect(self._allow)
        self.verdicts.corrected.connect(self._allow)
        self.verdicts.undo_asked.connect(self._undo)
        self._show(FILE)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(12))
        column.setSpacing(px(8))
        column.addWidget(self.title)
        column.addWidget(line())
        column.addWidget(self.steps, 1)
        column.addWidget(self.problem)
        column.addWidget(line())
        foot = QHBoxLayout()
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.speed)
        foot.addStretch(0)
        for button in (self.cancel, self.back, self.next):
            foot.addWidget(button)
        column.addLayout(foot)

    # Steps

    def _show(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        titles = (say("1 of 3: Which file?"), say("2 of 3: Which column goes where?"), say("3 of 3: What will happen"))
        self.title.setText(titles[step])
        self.problem.setText("")
        self.problem.hide()
        self.bar.hide()
        self.speed.hide()
        self.back.setVisible(step > FILE and self.verdicts.imported is None)
        self._name_cancel(False)
        self._allow()

    def _file_ready(self, ok: bool) -> None:
        self._allow()
        if ok and not self.file.has_cursor_in_options():
            self.next.setFocus()

    def _allow(self) -> None:
        step = self.steps.currentIndex()
        why = ""
        self.next.setVisible(self.verdicts.imported is None)
        if step == FILE:
            self.next.setText(say("Next"))
            refused = self.desk.why_not(self.file.record_type(), "bring_in")
            self._tell(refused)
            why = refused or ("" if self.file.table is not None else say("Choose a file first."))
        elif step == COLUMNS:
            self.next.setText(say("Check the rows"))
            why = self.columns.why_not()
        else:
            counts = self.verdicts.counts()
            rows = counts["new"] + counts["changed"]
            self.next.setText(say("Import %n row(s)", n=rows))
            why = "" if rows else say("No row would be added or changed.")
        self.next.say_why_not(why)

    def _go_on(self) -> None:
        step = self.steps.currentIndex()
        if step == FILE and self.file.table is not None:
            self.columns.show_table(self.file.record_type(), self.file.table, self.file.path())
            self._show(COLUMNS)
        elif step == COLUMNS:
            self._rehearse()
        elif step == VERDICTS:
            self._import()

    def _go_back(self) -> None:
        self._show(self.steps.currentIndex() - 1)

    def reject(self) -> None:
        """Cancel, Esc or the window's cross: what is under way is stopped first; closed is a wizard that rests."""
        if self._job is not None and not self._job.done:
            self._stop.set()
            self._job.cancel()
            self.cancel.setEnabled(False)
            self.speed.setText(say("Stopping…"))
        else:
            super().reject()

    def done(self, result: int) -> None:
        self.file.forget()
        super().done(result)

    # Work

    def _make_plan(self) -> Callable[[], Importing]:
        """How to make the plan; it looks through the whole table for the ways dates are written, so a worker does it."""
        table = self.file.table
        assert table is not None
        record_type, mapping, actor = self.file.record_type(), self.columns.mapping, self.desk.actor
        match, mode, empty, note = self.columns.match(), self.columns.mode(), self.columns.empty(), self.file.path().name
        same, similar = self.columns.same(), self.columns.similar()
        return lambda: Importing(self.desk.records, record_type, table, mapping, actor, match=match, mode=mode, empty=empty,
                                 same=same, similar=similar, note=note)  # fmt: skip

    def _rehearse(self) -> None:
        make = self._make_plan()

        def rehearse(told: Told, stop: threading.Event) -> tuple[Importing, list[Unknown], Verdicts | None]:
            plan = make()
            unknown = self._still_unknown(plan)
            return plan, unknown, None if plan.undecided or unknown else plan.rehearse(told, stop)

        def finished(answer: tuple[Importing, list[Unknown], Verdicts | None]) -> None:
            self._plan, unknown, verdicts = answer
            if verdicts is not None:
                self.verdicts.show_verdicts(self._plan, verdicts)
                self._show(VERDICTS)
            elif self._ask_dates(self._plan.undecided) and self._ask_words(unknown):
                self._rehearse()

        self._long(rehearse, finished)

    def _still_unknown(self, plan: Importing) -> list[Unknown]:
        """The words nobody has been asked about yet."""
        found = []
        for one in unknown_words(plan.records, plan.table, plan.mapping, plan.targets):
            words = {word: count for word, count in one.words.items() if (one.column.heading, word) not in self._refused}
            if words:
                found.append(Unknown(one.column, one.field, words))
        return found

    def _ask_words(self, unknown: list[Unknown]) -> bool:
        """What the words mean that no list knows; False when the person does not say."""
        if not unknown:
            return True
        dialog = UnknownWords(self.desk, unknown, self)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return False
        self._refused |= dialog.take_over()
        return True

    def _ask_dates(self, headings: list[str]) -> bool:
        """Which way the days of these columns are written, when 3/4/2026 may be both; False when the person does not say."""
        table = self.file.table
        columns = [column for column in self.columns.mapping.columns if column.heading in headings]
        if table is None or not columns:
            return True
        asked = [(column.said(), day_orders(table.samples_of(column.index))) for column in columns]
        chosen = ask_choices(self, say("How are these days written?"), asked)
        if chosen is None:
            return False
        for column, order in zip(columns, chosen, strict=True):
            column.dates = order
        return True

    def _import(self) -> None:
        plan = self._plan
        if plan is None:
            return

        def finished(imported: Imported) -> None:
            self.columns.keep_mapping()
            self.verdicts.show_imported(imported)
            self._show(VERDICTS)
            self.title.setText(say("Imported"))
            self.cancel.setFocus()  # all is done: Enter closes

        self._long(lambda told, stop: plan.run(told, stop), finished, kept=say("Nothing was imported."))

    def _undo(self, batch: int) -> None:
        def finished(outcome: Outcome) -> None:
            self.verdicts.show_undone(outcome)
            self.title.setText(say("Undone"))

        records, actor = self.desk.records, self.desk.actor
        self._long(lambda told, stop: records.undo(batch, actor, told, stop), finished, say("Stopped. The import stands as it was."))

    def _long(
        self, work: Callable[[Told, threading.Event], Any], finished: Callable[[Any], None], stopped: str = "", kept: str = ""
    ) -> None:
        """Run with progress; the buttons wait, Cancel stops it and says so. kept: what is said behind the reason why it failed."""
        self._stop = threading.Event()
        stop = self._stop

        def run(job: Job) -> Any:
            return work(lambda done, total: job.step(done, total), stop)

        self._finished, self._stopped, self._kept = finished, stopped or say("Stopped. Nothing was imported."), kept
        self._begun = monotonic()
        self._tell("")  # what came of the try before
        self._busy(True)
        self._job = self.desk.runner.run_long(run, self._ended, self._failed, self._step)

    def _ended(self, result: Any) -> None:
        self._busy(False)
        self._finished(result)

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        if isinstance(error, Cancelled):
            self._tell(self._stopped)
        elif isinstance(error, Trouble):
            known = not isinstance(error, OutcomeUnknown)  # else the server went while it was keeping it
            self._tell(together((error.sentence(), self._kept if known else "")))

    def _step(self, done: int, total: int, _text: str) -> None:
        if self._stop.is_set():
            return  # the rows under way are gone through first
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(done)
        told = say("{done} of {total} rows", done=f"{done:,}", total=f"{total:,}")
        passed = monotonic() - self._begun
        if passed > 0.5 and done:
            speed = done / passed
            told += " · " + say("{speed} rows a second", speed=f"{speed:,.0f}")
            told += " · " + say("%n second(s) left", n=round(max(total - done, 0) / speed))
        self.speed.setText(told)

    def _busy(self, busy: bool) -> None:
        self.bar.setRange(0, 0)
        self.speed.setText("")  # not what was told of the work before
        for shown in (self.bar, self.speed):
            shown.setVisible(busy)
        self.cancel.setEnabled(True)
        self._name_cancel(busy)
        for waiting in (self.steps, self.next, self.back):
            waiting.setEnabled(not busy)
        if not busy:  # while it waited the focus went on to Cancel, and Enter would give up
            self.next.setFocus()

    def _name_cancel(self, busy: bool) -> None:
        self.cancel.setText(say("Cancel") if busy or self.verdicts.imported is None else say("Close"))

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))


def import_file(desk: Desk, type_key: str, path: Path, parent: QWidget | None = None) -> ImportWizard:
    """Open the import on a file that is known already (dropped on the window)."""
    wizard = ImportWizard(desk, type_key, parent)
    wizard.file.take(path)
    wizard.open()
    return wizard


def import_text(desk: Desk, type_key: str, text: str, parent: QWidget | None = None) -> ImportWizard:
    """Open the import on a range copied in a spreadsheet: tab-separated text of the clipboard."""
    folder = PassingFolder("crm-paste-")
    path = Path(folder.name) / f"{say('Clipboard')}.txt"
    path.write_text(text, encoding="utf-8", newline="")
    wizard = ImportWizard(desk, type_key, parent)
    wizard.finished.connect(lambda _result: folder.cleanup())
    # A single column has no tab in it, and its commas are no delimiters.
    wizard.file.choose(path, "utf-8", "\t", say("Clipboard"))
    wizard.open()
    return wizard
