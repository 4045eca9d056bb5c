"""What is to be in a database that is empty yet: the data of this computer, a new company, or a copy of a team's database; and how people
sign in there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.business.staff import accounts, sign_in
from crm_desktop.business.system import relocating, server_copies, shared_server
from crm_desktop.core.access import LEVELS
from crm_desktop.core.records import Records
from crm_desktop.core.words import _, language, say
from crm_desktop.database.moving import Proof
from crm_desktop.database.place import ServerPlace
from crm_desktop.database.probing import BEGUN, Probe
from crm_desktop.ui.between import Step
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.signing.dialog import password_edit
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import ChoiceEdit, TextEdit
from crm_desktop.ui.widgets.field import Form, show_error
from crm_desktop.ui.widgets.labels import Label

MOVE, NEW, COPY = "move", "new", "copy"
EACH, ONE = "each", "one"
CONTENTS = {
    MOVE: _("The data of this computer"),
    NEW: _("A new company, with nothing in it"),
    COPY: _("A copy of a team's database"),
}
ACCOUNTS = {
    EACH: _("An account for each user: the server itself enforces the rights"),
    ONE: _("One account for all: for tests and tiny teams"),
}
NO_ACCOUNTS = _(
    "Accounts for each user need MariaDB 10.6 or later and a user name that may make them, such as root. Connect with that one, or let "
    "whoever looks after the server run: crm-desktop database create --database {address} --administrator NAME"
)
NOTHING = _("There is nothing in {name} on {host} yet. What is to be in it?")
NOBODY = _(
    "No administrator here has a user name of 2 to 32 small letters or digits, as an account of the server needs. Give one to an "
    "administrator under Settings > Employees, then connect again."
)


@dataclass(frozen=True)
class Filling:
    """content: MOVE, NEW or COPY; administrator: the user name that gets the first account, '' for one account for all; copy: the file."""

    place: ServerPlace
    content: str
    administrator: str
    password: str
    company: str = ""
    copy: Path | None = None

    def work(self, source: Path, step: Step) -> list[Proof]:
        """Do it; gives the proofs of the tables that came from elsewhere. May be repeated after a kill."""

        def told(table: str, done: int, total: int) -> None:
            step(relocating.words_for(table), done, total)

        if self.copy is not None:
            return server_copies.restore(self.copy, self.place, self.administrator, self.password, told)
        if self.content == MOVE:
            return relocating.to_server(source, self.place, self.administrator, self.password, told)
        if self.administrator:
            shared_server.create(self.place, self.administrator, self.password, "", self.company, language())
        return []

    def settled(self) -> ServerPlace:
        """The place as it is worked in from then on."""
        return replace(self.place, user=self.administrator, password=self.password) if self.administrator else self.place


def administrators(records: Records) -> list[tuple[str, str]]:
    """(user name, name) of those who may get the first account."""
    roles: Any = records.names.rows("role")
    people = [one for one in sign_in.employees(records) if one.role in roles and roles[one.role].level == LEVELS[-1]]
    return [(one.login, one.name) for one in people if accounts.FITTING.fullmatch(one.login or "")]


class FillDialog(QDialog):
    """Accepted, `filling` is what is to be done. records: the data of this computer, None when there is none worth moving. choose: asks
    for a copy of a team's database, None: cancelled. copy: it is chosen already, and nothing else comes in; first: the place that was
    worked in until now, whose person goes on as administrator."""

    def __init__(
        self,
        place: ServerPlace,
        probe: Probe,
        records: Records | None,
        parent: QWidget | None = None,
        choose: Callable[[QWidget], Path | None] = lambda _parent: None,
        copy: Path | None = None,
        first: ServerPlace | None = None,
    ):
        super().__init__(parent)
        self._place, self._choose, self._copy = place, choose, copy
        self._begun = probe.begun
        self.filling: Filling | None = None
        self.setWindowTitle(say("An empty database"))
        self.setMinimumWidth(px(620))
        self._people = administrators(records) if records is not None else []
        self._can_make = probe.makes_accounts and probe.mariadb and probe.version >= shared_server.OLDEST
        self.content, self.accounts, self.person = ChoiceEdit(), ChoiceEdit(), ChoiceEdit()
        if copy is not None:
            contents = [(COPY, say("The copy {name}", name=copy.name))]
        else:
            contents = [(key, say(text)) for key, text in CONTENTS.items() if key != MOVE or records is not None]
        self.content.set_choices(contents, empty=False)
        ways = [(key, say(text)) for key, text in ACCOUNTS.items() if key == ONE or self._can_make]
        self.accounts.set_choices(ways, empty=False)
        self.person.set_choices([(login, f"{name} ({login})") for login, name in self._people], empty=False)
        self.content.set_value(contents[0][0])
        self.accounts.set_value(ways[0][0])
        if self._people:
            self.person.set_value(self._people[0][0])
        self.login, self.company = TextEdit(), TextEdit()
        self.word, self.again = password_edit(say("Password")), password_edit(say("Once more"))
        if first is not None:
            self.login.set_value(first.user)
            self.word.setText(first.password)
            self.again.setText(first.password)
        self._lay_out()
        for choice in (self.content, self.accounts):
            choice.committed.connect(self._arrange)
        self._arrange()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(12))
        column.addWidget(Label(say("An empty database"), "Title"))
        told = say(BEGUN) if self._begun else say(NOTHING, name=self._place.name, host=self._place.host)
        column.addWidget(Label(told, "Muted", wrap=True))
        self.form = Form(quiet=False)
        self.form.row(say("Content"), self.content)
        self.form.row(say("Accounts"), self.accounts)
        self.form.row(say("Administrator"), self.person)
        self.form.row(say("User name"), self.login)
        self.form.row(say("Company"), self.company)
        self.form.row(say("Password"), self.word)
        self.form.row(say("Once more"), self.again)
        self.form.without_margins()
        column.addWidget(self.form)
        self.note = Label("", "Muted", wrap=True)
        column.addWidget(self.note)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(Button(say("Cancel"), run=self.reject))
        self.ok = Button(say("Go on"), "check", "primary", self._go_on)
        self.ok.setDefault(True)
        buttons.addWidget(self.ok)
        column.addLayout(buttons)

    def _arrange(self) -> None:
        """Only what is asked for is shown."""
        each, content = self.accounts.value() == EACH, self.content.value()
        move = content == MOVE
        shown = {self.person: each and move, self.login: each and not move, self.company: each and content == NEW}
        for edit, there in {**shown, self.word: each, self.again: each}.items():
            self.form.set_row_shown(edit, there)
        note = "" if self._can_make else say(NO_ACCOUNTS, address=replace(self._place, user="root").address())
        if each:
            note = say("The administrator signs in with this user name and password, and opens accounts for the others.")
        if each and content == COPY:
            note = say("An administrator that the copy knows signs in with this user name and password.")
        if move:
            note = f"{note} {say('What is on this computer stays in its file as well; the window closes while it is copied.')}".strip()
        nobody = each and move and not self._people
        self.note.setText(say(NOBODY) if nobody else note)
        self.ok.say_why_not(say(NOBODY) if nobody else "")
        self.adjustSize()

    def _go_on(self) -> None:
        each, move = self.accounts.value() == EACH, self.content.value() == MOVE
        login = (str(self.person.value()) if move else self.login.text().strip()) if each else ""
        for edit in (self.login, self.word, self.again):
            show_error(edit, "")
        if each and not accounts.FITTING.fullmatch(login):
            show_error(self.login, say("The user name needs 2 to 32 small letters or digits; a letter comes first."))
        elif each and not self.word.text():
            show_error(self.word, say("Choose a password."))
        elif each and self.word.text() != self.again.text():
            show_error(self.again, say("The two passwords differ. Type the new one twice."))
        elif (chosen := self._chosen_copy()) is not None or self.content.value() != COPY:
            word = self.word.text() if each else ""
            self.filling = Filling(self._place, self.content.value(), login, word, self.company.text().strip(), chosen)
            self.accept()

    def _chosen_copy(self) -> Path | None:
        """The copy that comes in, asked for unless it is known; None: none, or cancelled."""
        if self.content.value() != COPY:
            return None
        return self._copy or self._choose(self)
