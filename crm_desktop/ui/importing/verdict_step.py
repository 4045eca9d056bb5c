"""The last step: what happens to each row, filtered by outcome; after the import, the refused rows and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core.outcome import Outcome
from crm_desktop.core.words import _, say, together
from crm_desktop.exchange.cells import clean_text
from crm_desktop.exchange.importing.plan import Imported, Importing
from crm_desktop.exchange.importing.refused_rows import write_refused
from crm_desktop.exchange.importing.verdicts import ALIKE, OUTCOMES, REMARKED, Verdict, Verdicts
from crm_desktop.exchange.mapping import titles
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import ask_save, file_name
from crm_desktop.ui.importing.correcting import Correcting
from crm_desktop.ui.importing.lists import kept_by
from crm_desktop.ui.importing.verdict_rows import LABELS, WHY, VerdictRows
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.segment import Segment
from crm_desktop.ui.widgets.table import Table
from crm_desktop.ui.widgets.words import named

DONE = {"new": _("Added"), "changed": _("Changed"), "unchanged": _("Unchanged"), "refused": _("Refused")}


class VerdictStep(QWidget):
    """`imported` is None until the import has run; `undo_asked(batch)` when it is to be taken back; `corrected` when a row has
    a new verdict."""

    undo_asked = Signal(object)
    corrected = Signal()

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk = desk
        self.imported: Imported | None = None
        self._plan: Importing | None = None
        self._verdicts = Verdicts()
        self._model: VerdictRows | None = None
        self._silent = False  # there is nothing to say of any row
        self.summary = Label("", "Section", wrap=True)
        self.note = Label("", "Muted", wrap=True)
        kinds = [("all", say("All")), *((key, say(LABELS[key])) for key in OUTCOMES)]
        kinds += [(ALIKE, say("Duplicates")), (REMARKED, say("With remarks"))]
        self.filter = Segment(kinds, say("Filter"))
        self.filter.changed.connect(self._show)
        self.table = Table(name=say("Verdicts"), today=desk.records.clock.today, density="compact")
        self.correcting = Correcting(self.table)
        self.correcting.corrected.connect(self._correct)
        self.save = Button(say("Save the refused rows…"), "download", run=self._save_refused)
        self.undo = Button(say("Undo the import"), "undo-2", run=self._undo)
        self.undo.hide()
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.summary)
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.addWidget(self.filter)
        row.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(self.undo)
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def counts(self) -> dict[str, int]:
        """Rows by outcome."""
        return self._verdicts.counts()

    def show_verdicts(self, plan: Importing, verdicts: Verdicts) -> None:
        """Show a rehearsal."""
        self._plan, self._verdicts = plan, verdicts
        self._summarise(LABELS)
        self.note.setText(
            say("Nothing has been changed yet. This is what the import would do. A double click or F2 corrects a cell.")
        )
        refused = self.counts()["refused"]
        self.save.say_why_not("" if refused else say("No row is refused."))
        self._show("refused" if refused else "all")
        self.filter.set_value("refused" if refused else "all")

    def show_imported(self, imported: Imported) -> None:
        """Show what was done."""
        self.imported = imported
        self._verdicts = imported.verdicts
        self.correcting.allowed = False
        self._summarise(DONE)
        self.note.setText(say("The import is one step: it can be undone as a whole, here or with Ctrl+Z."))
        self.undo.setVisible(imported.batch is not None)
        self._show(self.filter.value())

    def _summarise(self, labels: dict[str, str]) -> None:
        counts = self.counts()
        told = [named(say(labels[key]), f"{counts[key]:,}") for key in OUTCOMES]
        like = self._verdicts.alike()
        self.filter.offer(ALIKE, any(like.values()))
        if any(like.values()):
            twins = say("duplicates: {same} the same, {similar} similar", same=f"{like['same']:,}", similar=f"{like['similar']:,}")
            told.append(twins[:1].upper() + twins[1:])
        remarked = len(self._verdicts.places(REMARKED))
        self.filter.offer(REMARKED, remarked > 0)
        if remarked:
            told.append(named(say("With remarks"), f"{remarked:,}"))
        self.summary.setText("    ".join(told))

    def _show(self, outcome: str) -> None:
        self.correcting.leave(keep=True)
        model = VerdictRows(self.desk, self._plan, self._verdicts, self._verdicts.places(outcome), done=self.imported is not None)
        self.table.setModel(model)
        self._model = model
        self._silent = not self._verdicts.speaking()

    def _correct(self, row: int, column: int, text: str) -> None:
        """Take a corrected cell over and judge its row again. The row stays in sight whatever becomes of it."""
        plan, model = self._plan, self._model
        if plan is None or model is None:
            return
        number = model.verdict(row).row
        plan.table.correct(number, column, clean_text(text))

        def judged(verdicts: list[Verdict]) -> None:
            for verdict in verdicts:
                self._verdicts.replace(verdict)
            model.forget(row)
            if self._silent and self._verdicts.speaking():
                self._silent = False
                layout = self.table.column_layout()
                self.table.set_column_layout([{**one, "width": WHY} if one["key"] == "why" else one for one in layout])
            self._summarise(LABELS)
            self.save.say_why_not("" if self.counts()["refused"] else say("No row is refused."))
            self.corrected.emit()

        # It is rehearsed as a write that is taken back, behind those under way.
        self.desk.write(lambda: plan.recheck([number]), judged)

    def _save_refused(self) -> None:
        plan = self._plan
        if plan is None:
            return
        # A text table comes back as one, with the same signs between its columns.
        ending = ".csv" if plan.table.sheet.delimiter else ".xlsx"
        folder = self.desk.setting("import_folder") or ""
        path = ask_save(self, say("Save the refused rows…"), file_name(say("refused rows"), ending), f"*{ending}", folder)
        if path:
            refused = self._verdicts.refused()
            self.desk.read(
                lambda: write_refused(Path(path), plan.table, refused, headings=titles(plan.table, plan.targets)),
                lambda rows: self.note.setText(
                    say(
                        "%n refused row(s) written to {file}. Correct them there and import that file.",
                        n=rows,
                        file=Path(path).name,
                    )
                ),
            )

    def _undo(self) -> None:
        if self.imported is not None and self.imported.batch is not None:
            self.undo_asked.emit(self.imported.batch)

    def show_undone(self, outcome: Outcome) -> None:
        """Say how much was taken back, and list what was kept because somebody has worked with it since, in the place of rows that
        are not there any more."""
        kept = kept_by(outcome)
        told = [say("%n record(s) taken back", n=len(set(outcome.done) - kept.keys()))]
        told += [say("%n record(s) kept", n=len(kept))] if kept else []
        self.summary.setText("    ".join(told))
        rest = say("What was taken back lies in the recycle bin if it was new, else it is as it was before.")
        self.undo.hide()
        self.filter.hide()
        if kept:
            self.note.setText(together((say("%n record(s) were changed again since and kept.", n=len(kept)), rest)))
            self.table.setModel(RowsModel([Column("why", say("Kept"), "text", 600, sortable=False)], [[why] for why in kept.values()]))
        else:
            self.note.hide()
            self.table.hide()
            self.column.addWidget(Empty("undo-2", say("The import has been undone."), rest), 1)
