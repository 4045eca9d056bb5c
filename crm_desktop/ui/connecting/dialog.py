"""Asks where a team's database is and who one is there, and tests the way to it step by step, in words for people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.business.system import connecting
from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.words import _, say
from crm_desktop.database import invitation, team_place
from crm_desktop.database.place import LOOPBACK, ServerPlace
from crm_desktop.database.probing import Found, Probe
from crm_desktop.ui.connecting.steps import StepList
from crm_desktop.ui.files import ask_open
from crm_desktop.ui.runner import Job, Runner
from crm_desktop.ui.shell.theme import px, roomy
from crm_desktop.ui.signing.dialog import RememberBox, password_edit
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import ChoiceEdit, TextEdit
from crm_desktop.ui.widgets.field import Form, show_error
from crm_desktop.ui.widgets.labels import Label

VERIFIED, PLAIN = "verified", "plain"
LINES = {VERIFIED: _("Encrypted, certificate checked"), PLAIN: _("Not encrypted: only in a network of your own")}
BEFORE = _(
    "An administrator of the team tells you what to write here, or sends you an invitation. The test looks at each step of the way and "
    "says what to do where it does not go on."
)
GOOD, WORDS = _("All is well."), _("It works, with a word of advice.")
BAD = _("It does not work yet. Mend what is told above, then test again.")


class Wording(NamedTuple):
    """What the dialog is for. wants_empty: why a database that holds data is refused, '' where it may."""

    title: str = _("Work in a team's database")
    before: str = BEFORE
    go: str = _("Connect")
    wants_empty: str = ""


class _Bell(QObject):
    """Carries the steps of a test from its thread; lives as long as the test."""

    found = Signal(object)


class ConnectDialog(QDialog):
    """Accepted, `place` can be reached with its password, `probe` has seen it, and `remembers` says whether the keyring is to hold it.

    folder: where a certificate that comes with an invitation is kept. why: what went wrong when the program tried by itself. may_leave:
    offer the way back to the file of this computer; `left` says that it was taken. only_test: for a place one works in already. words:
    what it is for, where not to work there.
    """

    def __init__(
        self,
        folder: Path,
        runner: Runner,
        place: ServerPlace | None = None,
        why: str = "",
        parent: QWidget | None = None,
        may_leave: bool = False,
        only_test: bool = False,
        words: Wording | None = None,
    ):
        super().__init__(parent)
        self._words = words or Wording()
        self.left = False
        self._folder, self._runner = folder, runner
        self._stop: Event | None = None  # of the test that is under way
        self.place: ServerPlace | None = None
        self.probe: Probe | None = None
        self._tested: ServerPlace | None = None
        self.setWindowTitle(say(self._words.title))
        self.servers, self.port, self.name, self.user = TextEdit(), TextEdit(), TextEdit(), TextEdit()
        self.password = password_edit(say("Password"))
        self.line, self.issuer = ChoiceEdit(), TextEdit()
        self.line.set_choices([(key, say(text)) for key, text in LINES.items()], empty=False)
        self.remember = RememberBox(runner)
        self.steps = StepList()
        self.test = Button(say("Test connection"), "zap", run=self._test_or_stop)
        self.ok = Button(say(self._words.go), "log-in", "primary", self._connect)
        self.ok.setDefault(True)
        self.leave = Button(say("Back to the file of this computer"), "undo-2", "ghost", self._leave)
        self.leave.setVisible(may_leave)
        self._lay_out(why, only_test)
        self._fill(place)
        if only_test:
            self.ok.hide()
            self.invited.hide()
            self.remember.hide()
            self.test.setDefault(True)
            self._test_or_stop()
        self.line.committed.connect(self._line_chosen)
        self.servers.editingFinished.connect(self._servers_named)
        self._line_chosen()

    @property
    def remembers(self) -> bool:
        """Whether the password is to go into the keyring."""
        return self.remember.isChecked()

    def _lay_out(self, why: str, only_test: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(10))
        head = QHBoxLayout()
        head.addWidget(Label(say(self._words.title), "Title"), 1)
        self.invited = Button(say("Open an invitation…"), "mail", run=self._open_invitation)
        head.addWidget(self.invited)
        column.addLayout(head)
        if why:
            column.addWidget(Label(why, "Late", wrap=True))
        column.addWidget(Label(say(self._words.before), "Muted", wrap=True))
        sides = QHBoxLayout()
        sides.setSpacing(px(24))
        sides.addWidget(self._form(), 11)
        sides.addWidget(self.steps, 10)
        column.addLayout(sides, 1)
        buttons = QHBoxLayout()
        self.copy = Button(say("Copy the result"), "copy", "ghost", self._copy)
        self.copy.hide()
        buttons.addWidget(self.test)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(Button(say("Close") if only_test else say("Cancel"), run=self.reject))
        buttons.addWidget(self.ok)
        column.addLayout(buttons)
        roomy(self, 880, 520)

    def _form(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        form = Form(quiet=False)
        self.servers.setPlaceholderText("db.example.com, db2.example.com")
        self.issuer.setPlaceholderText(say("those this computer trusts"))
        form.row(say("Server"), self.servers)
        form.row(say("Port"), self.port)
        form.row(say("Database"), self.name)
        form.row(say("User name"), self.user)
        form.row(say("Password"), self.password)
        form.row(say("Encryption"), self.line)
        form.row(say("Certificate of the issuer"), self.issuer)
        form.without_margins()
        self.choose = Button(say("Choose a file…"), "folder", "ghost", self._choose_issuer)
        column.addWidget(form)
        row = QHBoxLayout()
        row.addWidget(self.remember, 1)
        row.addWidget(self.choose)
        column.addLayout(row)
        column.addStretch(1)
        return side

    def _fill(self, place: ServerPlace | None) -> None:
        self.port.set_value("3306")
        self.name.set_value("crm")
        self.line.set_value(VERIFIED)
        if place is None:
            self.servers.setFocus()
            return
        self.servers.set_value(", ".join(host if port == place.port else f"{host}:{port}" for host, port in place.hosts))
        self.port.set_value(str(place.port))
        self.name.set_value(place.name)
        self.user.set_value(place.user)
        self.password.setText(place.password)
        self.line.set_value(VERIFIED if place.verified else PLAIN)
        self.issuer.set_value(place.options.get("ssl_ca", ""))
        (self.password if place.user else self.user).setFocus(Qt.FocusReason.OtherFocusReason)

    # What is typed

    def _line_chosen(self) -> None:
        verified = self.line.value() == VERIFIED
        self.issuer.setEnabled(verified)
        self.choose.setEnabled(verified)

    def _servers_named(self) -> None:
        """On this computer nobody can listen on the line: a server there need have no certificate."""
        named = [one.partition(":")[0].strip() for one in self.servers.text().split(",")]
        if all(one in LOOPBACK for one in named) and not self.issuer.value():
            self.line.set_value(PLAIN)
            self._line_chosen()

    def _choose_issuer(self) -> None:
        chosen = ask_open(self, say("Certificate of the issuer"), f"{say('Certificates')} (*.pem *.crt *.cer);;{say('All files')} (*)")
        if chosen:
            self.issuer.set_value(chosen)

    def _open_invitation(self) -> None:
        kinds = f"{say('Invitations')} (*{invitation.ENDING});;{say('All files')} (*)"
        chosen = ask_open(self, say("Open an invitation"), kinds)
        if chosen:
            self._runner.run(lambda: self._read(Path(chosen)), self._invited_to, self._refused)

    def _read(self, file: Path) -> tuple[invitation.Invitation, str]:
        found = invitation.read(file)
        return found, str(team_place.keep_issuer(self._folder, found.certificate)) if found.certificate else ""

    def _invited_to(self, answer: tuple[invitation.Invitation, str]) -> None:
        found, issuer = answer
        (host, port), *others = found.hosts
        options = ({"ssl_ca": issuer} if issuer else {"ssl": "verify"}) if found.encrypted else {"ssl": "off"}
        self._fill(ServerPlace(self.user.value() or "", self.password.text(), host, port, found.name, options, tuple(others)))
        self._line_chosen()
        company = found.company or found.name
        self.steps.clear(say("You are invited to the database of {company}. Write your user name and password there.", company=company))

    def _typed(self) -> ServerPlace | None:
        """The place that was typed; what is wrong with it is told at its field."""
        fields = {"servers": self.servers, "port": self.port, "name": self.name, "user": self.user}
        for edit in fields.values():
            show_error(edit, "")
        servers, port, name, user = (edit.text() for edit in fields.values())
        verified, issuer = self.line.value() == VERIFIED, self.issuer.text().strip()
        try:
            return connecting.place_of(servers, port, name, user, self.password.text(), verified, issuer)
        except Invalid as wrong:
            edit = fields[wrong.field or "servers"]
            show_error(edit, wrong.sentence())
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return None

    # The test

    def _test_or_stop(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self._over(say("The test was stopped."))
        elif (place := self._typed()) is not None:
            self._begin(place, lambda: None)

    def _connect(self) -> None:
        place = self._typed()
        if place is None:
            return
        if place == self._tested:
            self._go_in()
        else:
            self._begin(place, self._go_in)

    def _begin(self, place: ServerPlace, then: Callable[[], None]) -> None:
        self._tested = None
        stop = self._stop = Event()
        self.steps.clear(say("Testing…"))
        self.copy.hide()
        self.test.setText(say("Stop"))
        self.ok.say_why_not(say("The test is under way."))
        bell = _Bell()

        def found(one: Found) -> None:
            if self._stop is stop:
                self.steps.add(one)

        def work(job: Job) -> tuple[Probe, list[Found]]:
            probe, seen = Probe(place, lambda: stop.is_set() or job.cancelled), list[Found]()
            for one in connecting.examine(probe, stop.is_set, self._words.wants_empty):
                seen.append(one)
                bell.found.emit(one)
            return probe, seen

        def done(answer: tuple[Probe, list[Found]]) -> None:
            if self._stop is stop:
                self._tell(place, *answer)
                if self._tested is not None:
                    then()

        def failed(error: Exception) -> None:
            if self._stop is stop:
                self._over(error.sentence() if isinstance(error, Trouble) else say("This is a mistake in the program."))

        bell.found.connect(found, Qt.ConnectionType.QueuedConnection)
        self._runner.run_long(work, done, failed, write=False)

    def _tell(self, place: ServerPlace, probe: Probe, seen: list[Found]) -> None:
        for one in seen[len(self.steps.found) :]:
            self.steps.add(one)
        states = {one.state for one in seen}
        self._over(say(BAD if "bad" in states else WORDS if "warn" in states else GOOD))
        if "bad" not in states:
            self._tested, self.probe = place, probe

    def _over(self, sentence: str) -> None:
        self._stop = None
        self.steps.end(sentence)
        self.copy.setVisible(bool(self.steps.found))
        self.test.setText(say("Test connection"))
        self.ok.say_why_not("")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.steps.text())

    def _leave(self) -> None:
        self.left = True
        self.reject()

    def _go_in(self) -> None:
        self.place = self._tested
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.steps.clear(error.sentence() if isinstance(error, Trouble) else say("This is a mistake in the program."))

    def done(self, result: int) -> None:
        """However it is closed, the test stops."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None
        super().done(result)
