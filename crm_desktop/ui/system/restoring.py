"""Chooses a copy of a database to be restored: from the page of the database, at the start when the database is damaged, or for an empty
database of a server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.business.system import safekeeping
from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import _, say
from crm_desktop.database import keys
from crm_desktop.database.copies import Copy, copies_beside
from crm_desktop.database.restoring import NO_COPY
from crm_desktop.ui.between import Between, do_between
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import ask_open
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.shell.theme import px, roomy
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.table import Table
from crm_desktop.ui.widgets.words import size_text

MEANS = _(
    "The database becomes as it was when the copy was made; what was entered since then is taken back. What is there now is kept as a "
    "copy first, so that this can be taken back in the same way."
)


class ChooseCopy(QDialog):
    """Accepted, `copy` is the file to be restored, and its key is known. copies: finds those to choose from; means: what restoring does;
    go: the word for it."""

    def __init__(
        self,
        copies: Callable[[], list[Copy]],
        runner: Runner,
        why: str = "",
        parent: QWidget | None = None,
        means: str = MEANS,
        go: str = _("Restore"),
    ):
        super().__init__(parent)
        self._runner = runner
        self.copy: Path | None = None
        self.setWindowTitle(say("Restore a copy"))
        roomy(self, 760, 460)
        columns = [
            Column("at", say("Made at"), "moment", 140),
            Column("why", say("Reason"), "text", 240),
            Column("size", say("Size"), "muted", 80),
            Column("name", say("File"), "muted", 230),
        ]
        self.model = RowsModel(columns)
        self.table = Table(self.model, say("Copies"))
        self.table.picked_changed.connect(lambda _n: self._allow())
        self.table.opened.connect(lambda _row: self._take_picked())
        self.problem = Label("", "Late", wrap=True)
        self.problem.hide()
        self.other = Button(say("Another file…"), "folder", run=self._another)
        self.ok = Button(say(go), "rotate-ccw", "primary", self._take_picked)
        self.ok.setDefault(True)
        self._lay_out(why, means)
        self._allow()
        runner.run(copies, self._show)

    def _lay_out(self, why: str, means: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(12))
        column.addWidget(Label(say("Restore a copy"), "Title"))
        if why:
            column.addWidget(Label(why, wrap=True))
        column.addWidget(Label(say(means), "Muted", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.problem)
        buttons = QHBoxLayout()
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        buttons.addWidget(Button(say("Cancel"), run=self.reject))
        buttons.addWidget(self.ok)
        column.addLayout(buttons)

    def _show(self, copies: list[Copy]) -> None:
        self.model.show_rows([[one.at, one.reason(), size_text(one.size), one.path.name] for one in copies], copies)
        if copies:
            self.table.pick(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._allow()

    def _picked(self) -> Path | None:
        rows = self.table.picked_rows()
        return self.model.item(rows[0]).path if len(rows) == 1 else None

    def _allow(self) -> None:
        empty = say("There are no copies in the folder backups yet.") if not self.model.row_count() else ""
        self.ok.say_why_not("" if self._picked() else empty or say("Select one copy."))

    def _take_picked(self) -> None:
        copy = self._picked()
        if copy is not None:
            self._take(copy)

    def _another(self) -> None:
        chosen = ask_open(self, say("Restore a copy"), f"{say('Databases')} (*.db);;{say('All files')} (*)")
        if chosen:
            self._take(Path(chosen))

    def _take(self, copy: Path) -> None:
        def look() -> None:
            if not copy.is_file():
                raise Trouble(NO_COPY, file=str(copy))
            keys.key_for(copy)

        self.copy = copy
        self._runner.run(look, lambda _none: self.accept(), self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, keys.KeyNeeded):
            from crm_desktop.ui.signing.phrase import has_typed

            if has_typed(error, self._runner, self):
                self.accept()
            return
        told = error.sentence() if isinstance(error, Trouble) else say("{file} could not be read.", file=str(self.copy))
        self.problem.setText(told)
        self.problem.show()


def restoring(file: Path, copy: Path, person: int | None = None) -> Between:
    """What is done once no window is open; person: who does it, when somebody has signed in."""
    done, doing = _("The copy is restored."), _("Restoring the copy…")
    return Between(doing, done, lambda _step: safekeeping.restore(file, copy, person), lambda restored: [restored.sentence()])


def begin(desk: Desk, file: Path, parent: QWidget) -> None:
    """Ask for the copy, then close the window and restore it."""
    dialog = ChooseCopy(lambda: copies_beside(file), desk.runner, parent=parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: desk.ways.between(restoring(file, dialog.copy, desk.actor.employee)) if dialog.copy else None)
    dialog.open()


def offer(file: Path, trouble: Trouble) -> bool:
    """At the start, when the database cannot be opened and a copy would mend it: whether one was restored."""
    runner = Runner()
    dialog = ChooseCopy(lambda: copies_beside(file), runner, trouble.sentence())
    chosen = dialog.copy if dialog.exec() else None
    runner.close()
    return chosen is not None and do_between(restoring(file, chosen))
