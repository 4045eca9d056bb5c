"""Asks for the password of a team's database that is known already: what most people see each morning."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.business.system import connecting
from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import say
from crm_desktop.database.place import ServerPlace
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.signing.dialog import RememberBox, password_edit
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import TextEdit
from crm_desktop.ui.widgets.field import Form, show_error
from crm_desktop.ui.widgets.labels import Label


class TeamSignIn(QDialog):
    """Accepted, `place` has let its person in with what was typed. Else `elsewhere` says that the way there is to be looked at.

    why: what went wrong when the program tried by itself.
    """

    def __init__(self, runner: Runner, place: ServerPlace, why: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self.place, self.elsewhere = place, False
        self._runner = runner
        self.setWindowTitle(say("Sign in"))
        self.setMinimumWidth(px(440))
        self.user, self.password = TextEdit(), password_edit(say("Password"))
        self.user.set_value(place.user)
        self.password.setText(place.password)
        self.remember = RememberBox(runner)
        self.ok = Button(say("Sign in"), "log-in", "primary", self.go_in)
        self.ok.setDefault(True)
        self.way = Button(say("Connection…"), "database", "ghost", self._look_elsewhere)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(12))
        column.addWidget(Label(say("Sign in"), "Title"))
        servers = ", ".join(host for host, _port in place.hosts)
        column.addWidget(Label(say("Database {name} on {servers}", name=place.name, servers=servers), "Muted", wrap=True))
        form = Form(quiet=False)
        form.row(say("User name"), self.user)
        form.row(say("Password"), self.password)
        form.without_margins()
        column.addWidget(form)
        column.addWidget(self.remember)
        buttons = QHBoxLayout()
        buttons.addWidget(self.way)
        buttons.addStretch(1)
        buttons.addWidget(Button(say("Cancel"), run=self.reject))
        buttons.addWidget(self.ok)
        column.addLayout(buttons)
        (self.password if place.user else self.user).setFocus(Qt.FocusReason.OtherFocusReason)
        if why:
            show_error(self.password, why)

    def go_in(self) -> None:
        """Try what is typed; what is wrong is told below the password."""
        if not (user := self.user.text().strip()):
            show_error(self.user, say(connecting.NO_USER))
            return
        show_error(self.user, "")
        typed = replace(self.place, user=user, password=self.password.text())

        def let_in(_none: None) -> None:
            self.place = typed
            self.accept()

        self.ok.say_why_not(say("Connecting…"))
        self._runner.run(lambda: connecting.opened(typed).close(), let_in, self._refused)

    def _refused(self, error: Exception) -> None:
        self.ok.say_why_not("")
        show_error(self.password, error.sentence() if isinstance(error, Trouble) else say("This is a mistake in the program."))
        self.password.selectAll()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_elsewhere(self) -> None:
        self.place, self.elsewhere = replace(self.place, user=self.user.text().strip(), password=self.password.text()), True
        self.reject()
