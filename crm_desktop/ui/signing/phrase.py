"""Asks for the recovery phrase of an encrypted file, or of the copies of a team's database, whose key is not in the keyring."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core import secret
from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import say
from crm_desktop.database import keys
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import TextEdit
from crm_desktop.ui.widgets.field import Form, show_error
from crm_desktop.ui.widgets.labels import Label


class AskPhrase(QDialog):
    """Accepted, the key is known and the file can be opened."""

    def __init__(self, needed: keys.KeyNeeded, runner: Runner, parent: QWidget | None = None):
        super().__init__(parent)
        self._needed, self._runner = needed, runner
        self.setWindowTitle(say("The database is encrypted"))
        self.setMinimumWidth(px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(12))
        column.addWidget(Label(say("The database is encrypted"), "Title"))
        column.addWidget(Label(needed.sentence(), "Muted", wrap=True))
        self.phrase = TextEdit()
        self.phrase.setAccessibleName(say("Recovery phrase"))
        self.phrase.setPlaceholderText("ABCD EFGH …")
        self.phrase.setMaxLength(200)
        form = Form(quiet=False)
        form.row(say("Recovery phrase"), self.phrase)
        form.without_margins()
        column.addWidget(form)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button(say("Cancel"), run=self.reject))
        self.ok = Button(say("Open"), "key", "primary", self._open)
        self.ok.setDefault(True)
        buttons.addWidget(self.ok)
        column.addLayout(buttons)
        self.phrase.setFocus()

    def _open(self) -> None:
        needed, typed = self._needed, self.phrase.text()
        self.ok.setEnabled(False)

        def learn() -> None:
            # With a keyring that has lost the key it goes back there.
            keys.learn(needed.file, typed, secret.available(), needed.head)

        self._runner.run(learn, lambda _none: self.accept(), self._refused, write=True)

    def _refused(self, error: Exception) -> None:
        self.ok.setEnabled(True)
        if isinstance(error, Trouble):
            show_error(self.phrase, error.sentence())
        self.phrase.setFocus()


def has_typed(error: Exception, runner: Runner, parent: QWidget) -> bool:
    """Whether a key was missing and the person has typed its phrase, so that it is worth another attempt."""
    return isinstance(error, keys.KeyNeeded) and bool(AskPhrase(error, runner, parent).exec())
