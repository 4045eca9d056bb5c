"""The first start: asks for the language, the company and the person's name, and opens an empty workbench."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from crm_desktop.business.system import demo, starting
from crm_desktop.core.records import Records
from crm_desktop.core.words import LANGUAGES, language, say
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.tongue import speak
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import ChoiceEdit, TextEdit
from crm_desktop.ui.widgets.field import Form, show_error
from crm_desktop.ui.widgets.labels import Label

if TYPE_CHECKING:
    from crm_desktop.ui.between import Between

NAMES = {"zh_CN": "简体中文", "zh_TW": "繁體中文", "en": "English"}


class FirstStart(QDialog):
    """Three questions; another language rebuilds the words at once. `sample` is True when sample data is wanted, `between` leads into a
    team's database. home: the folder that remembers where that is; None where there is no choice."""

    def __init__(self, chosen: str, shared: bool = False, home: Path | None = None):
        super().__init__()
        self.sample, self.shared, self.home = False, shared, home
        self.between: Between | None = None
        self.lang = ChoiceEdit()
        self.lang.set_choices([(code, NAMES[code]) for code in LANGUAGES], empty=False)
        self.lang.set_value(chosen)
        self.company, self.person = TextEdit(), TextEdit()
        self.person.set_value(getpass.getuser())
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(24), px(24), px(24), px(24))
        self.column.setSpacing(px(12))
        self.setMinimumWidth(px(600))
        self._shown: list[object] = []
        self.lang.committed.connect(self._speak)
        self._lay_out()

    def _lay_out(self) -> None:
        self.setWindowTitle(say("Welcome"))
        title = Label(say("Welcome to CRM Desktop"), "Title")
        text = Label(self._where(), "Muted", wrap=True)
        form = Form(quiet=False)
        for label, editor in ((say("Language"), self.lang), (say("Company"), self.company), (say("Your name"), self.person)):
            editor.setAccessibleName(label)
            form.row(label, editor)
        form.without_margins()
        buttons = QHBoxLayout()
        start = Button(say("Start"), "check", "primary", self._start)
        start.setDefault(True)
        sample = Button(say("Try with sample data"), None, "normal", self._with_sample)
        sample.setToolTip(
            say("A sales team in Suzhou with customers in China and abroad. Its notes and tasks are in Chinese; all of it can be removed.")
        )
        team = Button(say("Work in a team's database…"), "database", "normal", self._to_a_team)
        team.setVisible(self.home is not None and not self.shared)
        buttons.addWidget(team)
        buttons.addStretch(1)
        buttons.addWidget(sample)
        buttons.addWidget(start)
        for widget in (title, text, form):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)
        self._shown = [title, text, form, team, start, sample, buttons]
        self.company.setFocus()

    def _where(self) -> str:
        if self.shared:
            return say("This database is empty; all who work with it will see what you answer. You can change it later in the settings.")
        return say("Everything stays in a file on this computer. You can change these answers later in the settings.")

    def _speak(self) -> None:
        """Say everything in the language just chosen; what was typed stays."""
        speak(self.lang.value())
        for editor in (self.lang, self.company, self.person):
            editor.setParent(self)
        title, text, form, team, start, sample, buttons = self._shown
        self.column.removeItem(buttons)  # type: ignore[arg-type]
        for widget in (title, text, form, team, start, sample):
            widget.hide()  # type: ignore[attr-defined]
            widget.deleteLater()  # type: ignore[attr-defined]
        self._lay_out()

    def _start(self) -> None:
        missing = "" if self.person.value().strip() else say("Write your name, so that records can belong to you.")
        show_error(self.person, missing)
        if not missing:
            self.accept()

    def _to_a_team(self) -> None:
        from crm_desktop.ui.connecting import flow

        assert self.home is not None
        self.between = flow.ask_first(self.home, self)
        if self.between is not None:
            self.accept()

    def _with_sample(self) -> None:
        self.sample = True
        self.accept()


def ask_first(records: Records, home: Path | None = None) -> int | Between | None:
    """Ask, begin the database, and return the employee who starts; None when the person cancels, the way there when he works in a team's
    database."""
    dialog = FirstStart(language(), records.database.engine != "sqlite", home if home is not None and home.is_dir() else None)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    if dialog.between is not None:
        return dialog.between
    chosen = dialog.lang.value()
    begin = demo.start_with_sample if dialog.sample else starting.begin
    user = begin(records, dialog.company.value().strip(), dialog.person.value().strip(), chosen)
    records.settings.put("local_user", user.id)
    return int(user.id)
