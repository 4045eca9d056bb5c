"""Asks before the sample data is removed: what goes, and what stays because somebody works with it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from crm_desktop.business.system import sample
from crm_desktop.core.journal import Change
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.table import Table

LISTED = 12  # lines of what stays that are in sight at once


class RemoveSample(QDialog):
    """Shows the plan, and does it when it is confirmed."""

    def __init__(self, desk: Desk, plan: sample.Plan, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(say("Remove the sample data"))
        self.setMinimumWidth(px(560))
        types = desk.records.types
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        counts = ", ".join(f"{say(types[key].screen.title)} {len(ids):,}" for key, ids in plan.goes.items())
        self.goes = Label(say("%n sample record(s) go into the recycle bin.", n=plan.count()), "Section", wrap=True)
        column.addWidget(self.goes)
        for text in (counts, say("You can undo this with Ctrl+Z. What you made yourself is not touched.")):
            column.addWidget(Label(text, "Muted", wrap=True))
        columns = [
            Column("title", say("Record"), "title", 200),
            Column("type", say("Record type"), "muted", 110),
            Column("why", say("Why it stays"), width=200),
        ]
        rows = [(kept.title, say(types[kept.record_type].screen.one), _why(kept)) for kept in plan.kept]
        self.kept = Table(RowsModel(columns, rows), say("What stays"), density="compact")
        if rows:
            column.addSpacing(px(8))
            column.addWidget(Label(say("%n sample record(s) stay, because you work with them:", n=len(rows)), wrap=True))
            self.kept.setFixedHeight(px(28) * min(LISTED, len(rows)) + px(40))
            column.addWidget(self.kept)
        column.addSpacing(px(8))
        buttons = QDialogButtonBox()
        self.remove = buttons.addButton(say("Remove"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(say("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.remove.setEnabled(plan.count() > 0)
        self.remove.clicked.connect(lambda _checked=False: self._remove())
        cancel.clicked.connect(self.reject)
        column.addWidget(buttons)
        cancel.setDefault(True)  # not before it stands in the dialog (see Question)

    def _remove(self) -> None:
        records, actor = self.desk.records, self.desk.actor
        self.accept()

        def done(result: tuple[sample.Plan, Change]) -> str:
            return say("%n sample record(s) removed.", n=result[0].count())

        self.desk.write(lambda: sample.remove(records, actor), lambda _done: self.desk.marked.emit(), done)


def _why(kept: sample.Kept) -> str:
    return say(sample.NAMED, title=kept.by) if kept.by else say(sample.CHANGED)


def ask(desk: Desk, parent: QWidget) -> None:
    """Look what would go, then ask; or say why there is nothing to remove."""

    def work() -> sample.Plan | str:
        if not sample.present(desk.records):
            return say("There is no sample data.")
        if not sample.may_remove(desk.records, desk.actor):
            return desk.only_administrators(say("Administrators remove the sample data."))
        return sample.plan(desk.records, desk.actor)

    def show(found: sample.Plan | str) -> None:
        if isinstance(found, str):
            desk.ways.tell(found)
        else:
            RemoveSample(desk, found, parent).open()

    desk.read(work, show, key="sample")
