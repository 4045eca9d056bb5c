"""Asks who works here and for the password; a wrong one is told below the field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.business.staff import password
from crm_desktop.core import secret
from crm_desktop.core.errors import Trouble
from crm_desktop.core.records import Records
from crm_desktop.core.words import say
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.field import Form, show_error
from crm_desktop.ui.widgets.labels import Label


def password_edit(name: str) -> QLineEdit:
    """A line whose signs nobody reads over the shoulder."""
    edit = QLineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setAccessibleName(name)
    edit.setMaxLength(200)
    return edit


class RememberBox(QCheckBox):
    """Whether the keyring of this computer is to hold the password; greyed, and saying why, where there is none."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(say("Remember the password on this computer"))
        runner.run(secret.available, self._may_be_ticked)

    def _may_be_ticked(self, can: bool) -> None:
        self.setEnabled(can)
        self.setToolTip("" if can else say(secret.NO_KEYRING))


class SignIn(QDialog):
    """`people`: (id, name) of those who may come in; one alone cannot be changed. Accepted, `employee` is who came in."""

    def __init__(self, records: Records, runner: Runner, people: Sequence[tuple[int, str]], chosen: int, parent: QWidget | None = None):
        super().__init__(parent)
        self.records, self.runner = records, runner
        self.employee = chosen
        self.setWindowTitle(say("Sign in"))
        self.setMinimumWidth(px(420))
        self.person = ChoiceEdit()
        self.person.setAccessibleName(say("Name"))
        self.person.set_choices(list(people), empty=False)
        self.person.set_value(chosen)
        self.person.setEnabled(len(people) > 1)
        self.word = password_edit(say("Password"))
        self.remember = RememberBox(runner)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(12))
        column.addWidget(Label(records.settings.get("company", "") or say("CRM Desktop"), "Title"))
        form = Form(quiet=False)
        form.row(say("Name"), self.person)
        form.row(say("Password"), self.word)
        form.without_margins()
        column.addWidget(form)
        column.addWidget(self.remember)
        buttons = QHBoxLayout()
        self.ok = Button(say("Sign in"), "log-in", "primary", self.go_in)
        self.ok.setDefault(True)
        buttons.addStretch(1)
        buttons.addWidget(Button(say("Cancel"), run=self.reject))
        buttons.addWidget(self.ok)
        column.addLayout(buttons)
        self.person.committed.connect(self._another)
        self.word.setFocus()
        self._another()

    def _another(self) -> None:
        asked = password.has(self.records, int(self.person.value()))
        self.word.setEnabled(asked)
        self.word.setPlaceholderText("" if asked else say("This person has no password."))
        show_error(self.word, "")
        (self.word if asked else self.ok).setFocus(Qt.FocusReason.OtherFocusReason)

    def go_in(self) -> None:
        """Try the password."""
        employee, word, remember = int(self.person.value()), self.word.text(), self.remember.isChecked()

        def work() -> None:
            password.check(self.records, employee, word)
            if remember:
                secret.put(secret_name(self.records, employee), word)

        def let_in(_none: None) -> None:
            self.employee = employee
            self.accept()

        self.ok.setEnabled(False)
        self.runner.run(work, let_in, self._refused, write=True)

    def _refused(self, error: Exception) -> None:
        self.ok.setEnabled(True)
        if isinstance(error, Trouble):
            show_error(self.word, error.sentence())
        self.word.selectAll()
        self.word.setFocus()


def secret_name(records: Records, employee: int) -> str:
    """What a remembered password is called in the keyring."""
    return f"password|{records.database.backend.place}|{employee}"


def remembered(records: Records, employee: int) -> bool:
    """Whether the keyring holds a password that still opens this person's door; a wrong one is forgotten."""
    word = secret.get(secret_name(records, employee))
    if word is None:
        return False
    try:
        password.check(records, employee, word)
    except Trouble:
        secret.forget(secret_name(records, employee))
        return False
    return True
