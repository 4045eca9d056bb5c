"""The last step: what happens to each row, filtered by outcome; after the import, the refused rows and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core.outcome import Outcome
from crm_desktop.core.words import _, say
from crm_desktop.exchange.importing.plan import Imported, Importing, labels_of
from crm_desktop.exchange.importing.refused_rows import write_refused
from crm_desktop.exchange.importing.verdicts import OUTCOMES, Verdict, Verdicts
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import ask_save, file_name
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.rows import CellModel
from crm_desktop.ui.widgets.segment import Segment
from crm_desktop.ui.widgets.table import Table

LABELS = {"new": _("New"), "changed": _("Changed"), "unchanged": _("Unchanged"), "refused": _("Refused")}
TONES = {"new": "ok", "changed": "accent", "unchanged": "grey", "refused": "bad"}
DONE = {"new": _("Added"), "changed": _("Changed"), "unchanged": _("Unchanged"), "refused": _("Refused")}


class _VerdictModel(CellModel):
    """The verdicts of one outcome (or all), looked up when shown."""

    def __init__(self, plan: Importing | None, verdicts: Verdicts, places: list[int]):
        columns = [
            Column("title", say("Record"), "text", 220, sortable=False),
            Column("row", say("Row"), "number", 64, sortable=False),
            Column(
                "outcome", say("Verdict"), "pill", 100, TONES, {key: say(label) for key, label in LABELS.items()}, sortable=False
            ),
            Column("why", say("Why"), "text", 510, sortable=False),
        ]
        super().__init__(columns)
        self._plan, self._verdicts, self._places = plan, verdicts, places

    def row_count(self) -> int:
        return len(self._places)

    def cell(self, row: int, column: int) -> object:
        verdict = self._verdicts[self._places[row]]
        return (verdict.title, verdict.row, verdict.outcome, self._why(verdict))[column]

    def _why(self, verdict: Verdict) -> str:
        if verdict.reason is not None:
            return verdict.reason.sentence()
        if verdict.outcome == "changed" and verdict.fields and self._plan is not None:
            return say(
                "Changes: {fields}", fields=", ".join(labels_of(self._plan.record_type, self._plan.records, verdict.fields))
            )
        return ""


class VerdictStep(QWidget):
    """`imported` is None until the import has run; `undo_asked(batch)` when it is to be taken back."""

    undo_asked = Signal(object)

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk = desk
        self.imported: Imported | None = None
        self._plan: Importing | None = None
        self._verdicts = Verdicts()
        self._model: _VerdictModel | None = None
        self.summary = Label("", "Section", wrap=True)
        self.note = Label("", "Muted", wrap=True)
        self.filter = Segment([("all", say("All")), *((key, say(LABELS[key])) for key in OUTCOMES)], say("Filter"))
        self.filter.changed.connect(self._show)
        self.table = Table(name=say("Verdicts"), today=desk.records.clock.today, density="compact")
        self.save = Button(say("Save the refused rows…"), "download", run=self._save_refused)
        self.undo = Button(say("Undo the import"), "undo-2", run=self._undo)
        self.undo.hide()
        column = QVBoxLayout(self)
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
        self.note.setText(say("Nothing has been changed yet. This is what the import would do."))
        refused = self.counts()["refused"]
        self.save.say_why_not("" if refused else say("No row is refused."))
        self._show("refused" if refused else "all")
        self.filter.set_value("refused" if refused else "all")

    def show_imported(self, imported: Imported) -> None:
        """Show what was done."""
        self.imported = imported
        self._verdicts = imported.verdicts
        self._summarise(DONE)
        self.note.setText(say("The import is one step: it can be undone as a whole, here or with Ctrl+Z."))
        self.undo.setVisible(imported.batch is not None)
        self._show(self.filter.value())

    def _summarise(self, labels: dict[str, str]) -> None:
        counts = self.counts()
        self.summary.setText("    ".join(f"{say(labels[key])}: {counts[key]:,}" for key in OUTCOMES))

    def _show(self, outcome: str) -> None:
        wanted = list(range(len(self._verdicts)))
        if outcome != "all":
            wanted = [place for place in wanted if self._verdicts[place].outcome == outcome]
        model = _VerdictModel(self._plan, self._verdicts, wanted)
        self.table.setModel(model)
        self._model = model

    def _save_refused(self) -> None:
        plan = self._plan
        if plan is None:
            return
        path = ask_save(self, say("Save the refused rows…"), file_name(say("refused rows"), ".xlsx"), "*.xlsx")
        if path:
            refused = self._verdicts.refused()
            self.desk.read(
                lambda: write_refused(Path(path), plan.table, refused),
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
        """Say that it has been taken back."""
        text = say("The import has been undone.")
        self.undo.say_why_not(text)
        kept = len(outcome.refused)
        self.note.setText(text if not kept else text + " " + say("%n record(s) were changed again since and kept.", n=kept))
