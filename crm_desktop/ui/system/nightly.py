"""Asks an administrator whether this computer copies the team's database every night: when, where to, and how long copies are kept."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _, say
from crm_desktop.scheduling.nightly import Wish, put
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import ask_folder
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.signing.phrase import has_typed
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import ChoiceEdit, FlagEdit, TextEdit
from crm_desktop.ui.widgets.field import Form, show_error
from crm_desktop.ui.widgets.labels import Label

DAYS = (7, 14, 30, 90)
MEANS = _(
    "The copy is a file with everything in it but passwords: keep it on a disk that others cannot read. This computer makes it while the "
    "program is open; what was missed is made up at the next start."
)


class NightlyCopies(QDialog):
    """Accepted, the wish is kept."""

    def __init__(self, desk: Desk, wish: Wish, folder: str, parent: QWidget):
        super().__init__(parent)
        self.desk, self._wish = desk, wish
        self.setWindowTitle(say("Copies of the night"))
        self.setMinimumWidth(px(640))
        self.on = FlagEdit()
        self.on.setChecked(wish.here)
        self.at = TextEdit()
        self.at.setText(wish.at)
        self.folder = TextEdit()
        self.folder.setText(wish.folder if wish.here else folder)
        self.days = ChoiceEdit()
        self.days.set_choices([(days, say("%n day(s)", n=days)) for days in sorted({*DAYS, wish.days})], empty=False)
        self.days.set_value(wish.days)
        self.ok = Button(say("Save"), "check", "primary", self._save)
        self.ok.setDefault(True)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(12))
        column.addWidget(Label(say("Copies of the night"), "Title"))
        column.addWidget(Label(say(MEANS), "Muted", wrap=True))
        form = Form(quiet=False)
        form.without_margins()
        form.row(say("A copy every night"), self.on)
        self._editors = {"at": self.at, "folder": self.folder, "days": self.days}
        for label, editor in ((say("Time"), self.at), (say("Folder"), self.folder), (say("Kept for"), self.days)):
            form.row(label, editor)
        column.addWidget(form)
        buttons = QHBoxLayout()
        buttons.addWidget(Button(say("Another folder…"), "folder", run=self._choose))
        buttons.addStretch(1)
        buttons.addWidget(Button(say("Cancel"), run=self.reject))
        buttons.addWidget(self.ok)
        column.addLayout(buttons)

    def _choose(self) -> None:
        if chosen := ask_folder(self, say("Folder"), self.folder.text()):
            self.folder.setText(chosen)

    def _save(self) -> None:
        at, folder = self.at.text().strip(), self.folder.text().strip()
        wish = replace(self._wish, on=self.on.isChecked(), at=at, folder=folder, days=self.days.value() or self._wish.days, told="")
        records, actor = self.desk.records, self.desk.actor
        for editor in self._editors.values():
            show_error(editor, "")
        self.desk.read(lambda: put(records, actor, wish), lambda _kept: self.accept(), failed=self._refused)

    def _refused(self, error: Exception) -> None:
        if has_typed(error, self.desk.runner, self):
            return self._save()
        editor = self._editors.get(error.field or "") if isinstance(error, Invalid) else None
        if editor is not None and isinstance(error, Invalid):
            show_error(editor, error.sentence())
            return self.adjustSize()
        return self.desk.problem(error)
