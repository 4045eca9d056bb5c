"""Opens the database of a window; when somebody else has it open in a network folder, asks: read in a copy, or wait until it is free."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import say
from crm_desktop.database.engine import Database, open_copy, open_database
from crm_desktop.database.lease import HeldElsewhere
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.labels import Label

LOOKS = 1000  # ms between two looks whether it is free
SILENT = 15.0  # seconds without a sign of life that are worth a word


def open_held(place: str | Path, held: HeldElsewhere) -> Database | None:
    """Ask, and open what was chosen; None when nothing was."""
    runner = Runner()
    dialog = InUse(held, runner)
    try:
        chosen = dialog.exec()
        if held.lease.held:
            return open_database(place, lease=held.lease)
        return open_copy(held) if chosen else None
    finally:
        runner.close()


class InUse(QDialog):
    """Says who has it open, and goes on looking: as soon as it is free, or its holder has been silent long enough, it is opened."""

    def __init__(self, held: HeldElsewhere, runner: Runner, parent: QWidget | None = None):
        super().__init__(parent)
        self._lease, self._runner = held.lease, runner
        self._looking = self._left = False
        self.setWindowTitle(say("CRM Desktop"))
        self.setMinimumWidth(px(440))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(8))
        self.who = Label(held.sentence(), "Section", wrap=True)
        self.what = Label("", wrap=True)
        self.silence = Label("", "Muted", wrap=True)
        self.silence.hide()
        for label in (self.who, self.what, self.silence):
            column.addWidget(label)
        self.what.setText(
            say("In a network folder one program writes at a time. This one waits and opens the database as soon as it is free. "
                "Until then you can read in a copy.")
        )  # fmt: skip
        column.addSpacing(px(8))
        buttons = QDialogButtonBox()
        self.copy = buttons.addButton(say("Open a read-only copy"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel = buttons.addButton(say("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.copy.setProperty("kind", "primary")
        self.copy.clicked.connect(lambda _checked=False: self._leave(True))
        self.cancel.clicked.connect(self.reject)
        column.addWidget(buttons)
        self.copy.setDefault(True)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOKS)

    def look(self) -> None:
        """Try to get the lease, off the UI thread: the folder is on a network."""
        if not self._looking and not self._left:
            self._looking = True
            self._runner.run(self._try, self._looked, self._not_free, write=True)

    def reject(self) -> None:
        """Nothing is opened; a lease that was got at this moment is given back."""
        self._leave(False)

    def _try(self) -> bool:
        if not self._left:
            self._lease.take()
        return self._lease.held

    def _looked(self, held: bool) -> None:
        self._looking = False
        if held and not self._left:
            self._end(True)

    def _not_free(self, error: Exception) -> None:
        self._looking = False
        if isinstance(error, HeldElsewhere):
            self.who.setText(error.sentence())
            quiet = self._lease.quiet()
            self.silence.setVisible(quiet > SILENT)
            left = max(1, round(self._lease.ttl - quiet))
            self.silence.setText(say("That computer gives no sign of life. The database is opened here in %n second(s).", n=left))
        elif isinstance(error, Trouble):
            self.silence.setText(error.sentence())
            self.silence.show()
        else:
            self.silence.setText(say("The folder does not answer: {problem}", problem=str(error)))
            self.silence.show()

    def _leave(self, copy: bool) -> None:
        """Behind a try that is under way: it may have got the lease."""
        if self._left:
            return
        self._left = True
        self._timer.stop()
        self.copy.setEnabled(False)
        self.cancel.setEnabled(False)
        if copy:
            self._runner.run(lambda: None, lambda _none: self._end(True), lambda _error: self._end(True), write=True)
        else:
            self._runner.run(self._lease.release, lambda _none: self._end(False), lambda _error: self._end(False), write=True)

    def _end(self, chosen: bool) -> None:
        self._timer.stop()
        self.done(int(chosen))
