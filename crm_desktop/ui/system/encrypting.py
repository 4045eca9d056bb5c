"""Encrypting from the page of the database: shows the recovery phrase and goes on once it is on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.business.system import encrypting
from crm_desktop.business.system.encrypting import Wish
from crm_desktop.core import secret
from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _, language, say
from crm_desktop.database import recovery
from crm_desktop.database.recoding import Recoded, recode
from crm_desktop.printing.document import Document
from crm_desktop.ui.between import Between
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Job
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets import question
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import TextEdit
from crm_desktop.ui.widgets.field import Form, show_error
from crm_desktop.ui.widgets.labels import Label

ACROSS = 7  # groups in a row

TITLES = {
    "encrypt": _("Encrypt the database"),
    "rekey": _("A new key for the database"),
    "copies": _("A key for the copies"),
}
MEANS = {
    "encrypt": _(
        "From then on nobody can read the file or the copies beside it without the key, which goes into the keyring of this computer. "
        "For the day the keyring is gone, print this recovery phrase and keep it where the computer is not."
    ),
    "rekey": _(
        "The file and the copies beside it get another key; the old recovery phrase no longer opens them. Print the new one and keep "
        "it where the computer is not. Copies kept elsewhere still need the old one."
    ),
    "copies": _(
        "Copies made from now on, those of the night too, can be read by nobody without this key, which goes into the keyring of this "
        "computer. Print the recovery phrase: a copy is needed on the day when this computer may be gone. Others who make copies type "
        "it in once. Copies made before stay as they are, and need the phrase they were made under."
    ),
}

DOING = {"encrypt": _("Encrypting the database…"), "rekey": _("Giving the database a new key…"), "decrypt": _("Decrypting the database…")}
DONE = {
    "encrypt": _("The database is encrypted."),
    "rekey": _("The database has a new key."),
    "decrypt": _("The database is no longer encrypted."),
}


class NewKey(QDialog):
    """A key made for this database, or for the copies of a team's. Accepted, the phrase is on paper, as the person says or has shown."""

    def __init__(self, desk: Desk, wish: Wish | Literal["copies"], parent: QWidget):
        super().__init__(parent)
        self.desk, self.key, self._wish = desk, recovery.new_key(), wish
        self.setWindowTitle(say(TITLES[wish]))
        self.setMinimumWidth(px(620))
        self._groups = recovery.groups_of(recovery.phrase_of(self.key))
        self.on_paper = QCheckBox(say("I have printed it or written it down"))
        self.on_paper.toggled.connect(self._told_so)
        self.typed = {group: TextEdit() for group in encrypting.asked_groups()}
        self.go = Button(say("New key") if wish == "rekey" else say("Encrypt"), "lock", "primary", self._go_on)
        self.go.setDefault(True)
        self._no_keyring = Label(say(encrypting.NO_KEYRING), "Late", wrap=True)
        self._no_keyring.hide()
        self._lay_out(wish)
        desk.read(secret.available, lambda there: self._no_keyring.setVisible(not there))

    def _lay_out(self, wish: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(12))
        column.addWidget(Label(say(TITLES[wish]), "Title"))
        column.addWidget(Label(say(MEANS[wish]), "Muted", wrap=True))
        column.addWidget(self._no_keyring)
        column.addWidget(self._sheet())
        ways = QHBoxLayout()
        ways.addWidget(Button(say("Print…"), "printer", run=self._print))
        ways.addWidget(Button(say("Copy"), "copy", run=self._copy))
        self._copied = Label("", "Muted")
        ways.addWidget(self._copied, 1)
        column.addLayout(ways)
        column.addWidget(Label(say("Type these two groups from your paper, or say that you have it:"), wrap=True))
        form = Form(quiet=False)
        for group, edit in self.typed.items():
            label = say("Group {number}", number=group)
            edit.setAccessibleName(label)
            edit.setMaxLength(12)
            form.row(label, edit)
        form.without_margins()
        column.addWidget(form)
        column.addWidget(self.on_paper)
        if wish != "copies":
            note = say("The window closes while the file is written anew; that takes seconds. Then it opens again.")
            column.addWidget(Label(note, "Muted", wrap=True))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button(say("Cancel"), run=self.reject))
        buttons.addWidget(self.go)
        column.addLayout(buttons)

    def _sheet(self) -> QWidget:
        """The groups with their numbers."""
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(2))
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        for number, group in enumerate(self._groups):
            row, place = divmod(number, ACROSS)
            value = Label(group)
            value.setStyleSheet(f"font-family: '{fixed}'; font-size: {px(17)}px; font-weight: 600;")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{say('Group {number}', number=number + 1)}: {' '.join(group)}")
            grid.addWidget(Label(str(number + 1), "Faint"), row * 2, place)
            grid.addWidget(value, row * 2 + 1, place)
        return sheet

    def _print(self) -> None:
        from crm_desktop.ui.printing.document_dialog import DocumentDialog

        records, lang, groups = self.desk.records, language(), self._groups
        day, place = records.clock.today().isoformat(), str(records.database.backend.place)
        belongs = say("Copies of {database}", database=place) if self._wish == "copies" else place

        def make(_job: Job) -> Document:
            from crm_desktop.printing.phrase_page import draw_phrase

            company = str(records.settings.get("company", "") or "")
            return draw_phrase(groups, belongs, company, day, lang)

        DocumentDialog(make, say("Recovery phrase"), self.desk.runner, parent=self).open()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(" ".join(self._groups))
        self._copied.setText(say("Copied. Paste it where only you can read it."))

    def _told_so(self, so: bool) -> None:
        for edit in self.typed.values():
            show_error(edit, "")
            edit.setEnabled(not so)

    def _go_on(self) -> None:
        good = True
        for group, edit in self.typed.items():
            show_error(edit, "")
            try:
                if not self.on_paper.isChecked():
                    encrypting.demand_typed(" ".join(self._groups), group, edit.text())
            except Invalid as wrong:
                good = False
                show_error(edit, wrong.sentence())
        if good:
            self.accept()


def begin(desk: Desk, wish: Wish, parent: QWidget) -> None:
    """Ask what is to be asked, then close the window and rewrite the file."""
    if wish == "decrypt":
        text = say("From then on whoever gets hold of the file or the copies beside it can read them. Decrypt the database?")
        title = say("Decrypt the database")
        if question.agreed(parent, title, text, title):
            desk.ways.between(recoding(desk, wish, None))
        return
    dialog = NewKey(desk, wish, parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: desk.ways.between(recoding(desk, wish, dialog.key)))
    dialog.open()


def recoding(desk: Desk, wish: Wish, key: bytes | None) -> Between:
    """What is done once the window is closed."""
    file = desk.records.database.backend.place
    assert isinstance(file, Path)

    def told(recoded: Recoded) -> list[str]:
        lines = [say("%n copy(ies) in the folder backups went along.", n=recoded.copies)] if recoded.copies else []
        lines += [say("{file} could not be opened and stays as it is.", file=str(path)) for path in recoded.left]
        if key is not None and not recoded.kept:
            lines.append(say(encrypting.NO_KEYRING))
        return lines

    return Between(DOING[wish], DONE[wish], lambda _step: recode(file, key), told)
