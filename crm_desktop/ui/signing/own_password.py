"""Sets a password: one's own with the old one, somebody else's as an administrator."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.business.staff import password
from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.signing.dialog import password_edit
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.field import Form, show_error
from crm_desktop.ui.widgets.labels import Label


class SetPassword(QDialog):
    """For `employee`; asks for the old password when it is one's own and there is one."""

    def __init__(self, desk: Desk, employee: int, parent: QWidget):
        super().__init__(parent)
        self.desk, self.employee = desk, employee
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = desk.records.names.title("employee", employee)
        self.setWindowTitle(say("Password of {name}", name=name))
        self.setMinimumWidth(px(440))
        self._known = password.has(desk.records, employee)
        self.old, self.new, self.again = (password_edit(text) for text in (say("Old password"), say("New password"), say("Once more")))
        form = Form(quiet=False)
        if self._known and employee == desk.actor.employee:
            form.row(say("Old password"), self.old)
        form.row(say("New password"), self.new)
        form.row(say("Once more"), self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(12))
        form.without_margins()
        column.addWidget(form)
        guarded = desk.records.database.guarded
        text = say("The password keeps people apart in this program. It does not encrypt the file.")
        if guarded:
            text = say("With this password and the user name the person signs in to the server.")
        column.addWidget(Label(text, "Muted", wrap=True))
        buttons = QHBoxLayout()
        if guarded and employee != desk.actor.employee:
            buttons.addWidget(Button(say("Lock the account"), "lock", run=self._take_away))
        elif self._known and not guarded:
            buttons.addWidget(Button(say("Take the password away"), "trash-2", run=self._take_away))
            if employee != desk.actor.employee:
                buttons.addWidget(Button(say("Unlock"), "lock", run=self._unlock))
        buttons.addStretch(1)
        buttons.addWidget(Button(say("Cancel"), run=self.reject))
        save = Button(say("Save"), None, "primary", self._save)
        save.setDefault(True)
        buttons.addWidget(save)
        column.addLayout(buttons)
        (self.old if self.old.parent() is not None else self.new).setFocus()

    def _save(self) -> None:
        for edit in (self.old, self.new, self.again):
            show_error(edit, "")
        if self.new.text() != self.again.text():
            show_error(self.again, say("The two passwords differ. Type the new one twice."))
            return
        records, actor, new, old = self.desk.records, self.desk.actor, self.new.text(), self.old.text()
        self.desk.write(
            lambda: password.change(records, actor, self.employee, new, old), lambda _n: self.accept(), say("The password was changed."),
            self._refused,
        )  # fmt: skip

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Trouble):
            show_error(self.new if isinstance(error, Invalid) or not self.old.isVisible() else self.old, error.sentence())

    def _take_away(self) -> None:
        records, actor, old = self.desk.records, self.desk.actor, self.old.text()

        def work() -> None:
            if self.employee == actor.employee:
                password.check(records, self.employee, old)
            password.take_away(records, actor, self.employee)

        done = say("The account is locked.") if records.database.guarded else say("The password was taken away.")
        self.desk.write(work, lambda _n: self.accept(), done, self._refused)

    def _unlock(self) -> None:
        records, actor = self.desk.records, self.desk.actor
        self.desk.write(lambda: password.unlock(records, actor, self.employee), lambda _n: self.accept(), say("The account is open again."))
