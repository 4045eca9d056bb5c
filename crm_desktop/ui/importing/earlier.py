"""What was imported before, by this person and those whose work he sees: each can be taken back as a whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core import operation_log, undoing
from crm_desktop.core.clock import to_local
from crm_desktop.core.operation_log import Act, Asked
from crm_desktop.core.outcome import Outcome
from crm_desktop.core.words import say, together
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.importing.lists import kept_by, show_kept
from crm_desktop.ui.records.bulk_acts import long
from crm_desktop.ui.shell.theme import px, roomy
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.table import Table

LISTED = 200


class EarlierImports(QDialog):
    """The newest first. What was changed by hand since an import stays, and is listed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Earlier imports"))
        roomy(self, 760, 460)
        self.model = RowsModel([
            Column("at", say("Time"), "moment", 140, sortable=False),
            Column("person", say("Name"), "owner", 120, sortable=False),
            Column("kind", say("Record type"), "text", 110, sortable=False),
            Column("file", say("File"), "text", 170, sortable=False),
            Column("count", say("Records"), "number", 80, sortable=False),
            Column("undone", say("State"), "muted", 90, sortable=False),
        ])  # fmt: skip
        self.table = Table(self.model, say("Earlier imports"), desk.records.clock.today, density="compact")
        self.note = Label(say("Records that were changed by hand since stay as they are when an import is undone."), "Muted", wrap=True)
        self.undo = Button(say("Undo this import"), "undo-2", run=self._undo)
        self._undone: set[int] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(12))
        column.setSpacing(px(8))
        column.addWidget(self.note)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.undo)
        foot.addStretch(1)
        foot.addWidget(Button(say("Close"), None, "primary", self.accept))
        column.addLayout(foot)
        self.table.current_changed.connect(self._allow)
        self._allow(-1)
        self.load()

    def load(self) -> None:
        """Read the list anew."""
        records, actor = self.desk.records, self.desk.actor

        def work() -> tuple[list[Act], set[int]]:
            acts = [act for act in operation_log.acts(records, actor, Asked(act="import"), limit=LISTED) if act.count]
            return acts, undoing.undone(records, [act.id for act in acts])

        self.desk.read(work, self._show)

    def _show(self, answer: tuple[list[Act], set[int]]) -> None:
        acts, self._undone = answer
        self.model.show_rows([self._row(act) for act in acts], acts)
        if acts:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._allow(self.table.currentIndex().row())

    def _row(self, act: Act) -> list[object]:
        names, kind = self.desk.records.names, self.desk.records.types.get(act.record_type)
        person = names.title("employee", act.person) if act.person else say("The program")
        state = say("Undone") if act.id in self._undone else ""
        return [to_local(act.at), person, say(kind.screen.title) if kind else say("Several"), act.note, act.count, state]

    def _allow(self, row: int) -> None:
        if not self.model.row_count():
            why = say("Nothing has been imported yet.")
        elif row < 0:
            why = say("Choose an import in the list first.")
        else:
            why = say("The import has been undone.") if self.model.item(row).id in self._undone else ""
        self.undo.say_why_not(why)

    def _undo(self) -> None:
        row = self.table.currentIndex().row()
        if row < 0:
            return
        act, records, actor = self.model.item(row), self.desk.records, self.desk.actor

        def finished(outcome: Outcome) -> None:
            text = say("The import has been undone.")
            kept = len(kept_by(outcome))
            self.note.setText(together((text, say("%n record(s) were changed again since and kept.", n=kept) if kept else "")))
            self.load()
            if kept:
                show_kept(self, outcome)

        long(self.desk, self, say("Undoing…"), lambda progress: records.undo(act.id, actor, progress), finished, tell=self.note.setText)
