"""Between two windows: the file of the one that has closed is encrypted or decrypted, then the program starts again on it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout

from crm_desktop.business.system.encrypting import Wish
from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import _, say
from crm_desktop.database import sentences
from crm_desktop.database.engine import Database
from crm_desktop.database.recoding import Recoded, recode
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.labels import Label

ENDING = 5.0  # seconds the threads of the closed window may take to let go of the file

DOING = {"encrypt": _("Encrypting the database…"), "rekey": _("Giving the database a new key…"), "decrypt": _("Decrypting the database…")}
DONE = {
    "encrypt": _("The database is encrypted."),
    "rekey": _("The database has a new key."),
    "decrypt": _("The database is no longer encrypted."),
}


@dataclass(frozen=True)
class Between:
    """What is to be done with the file while no window is open."""

    file: Path
    wish: Wish
    key: bytes | None


class RecodingDialog(QDialog):
    """Does it, and says how it went."""

    def __init__(self, between: Between, database: Database, runner: Runner):
        super().__init__()
        self._between, self._database = between, database
        self._over = False
        self.failed = False
        self.setWindowTitle(say("CRM Desktop"))
        self.setMinimumWidth(px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(12))
        self.title = Label(say(DOING[between.wish]), "Title")
        self.text = Label(say("Do not switch the computer off. If it happens all the same, nothing goes missing."), "Muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say(DOING[between.wish]))
        self.again = Button(say("Open the program"), "check", "primary", self.accept)
        self.again.setDefault(True)
        self.again.setEnabled(False)
        for widget in (self.title, self.text, self.bar):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.again)
        column.addLayout(buttons)
        runner.run(self._work, self._done, self._failed, write=True)

    def _work(self) -> Recoded:
        end = time.monotonic() + ENDING
        while True:
            self._database.close()
            try:
                return recode(self._between.file, self._between.key)
            except Trouble as trouble:
                if trouble.text != sentences.OPEN_ELSEWHERE or time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def _done(self, recoded: Recoded) -> None:
        told = []
        if recoded.copies:
            told.append(say("%n copy(ies) in the folder backups went along.", n=recoded.copies))
        told += [say("{file} could not be opened and stays as it is.", file=str(path)) for path in recoded.left]
        if self._between.key is not None and not recoded.kept:
            told.append(say("This computer has no keyring, so the program will ask for the phrase at each start."))
        self._tell(say(DONE[self._between.wish]), "\n".join(told))

    def _failed(self, error: Exception) -> None:
        self.failed = True
        sentence = error.sentence() if isinstance(error, Trouble) else say("This is a mistake in the program. The file is as it was.")
        self._tell(say("Nothing was changed"), sentence)

    def _tell(self, title: str, text: str) -> None:
        self._over = True
        self.bar.hide()
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.again.setEnabled(True)
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Esc and the cross wait for the end."""
        if self._over:
            super().accept()


def recode_between(between: Between, database: Database) -> None:
    """Do it in front of the person, and return when he has read how it went."""
    runner = Runner()
    dialog = RecodingDialog(between, database, runner)
    dialog.exec()
    runner.close()

