"""What the window says about how its data is kept: in the status bar, and in the amber bar when it is a copy or not safe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from crm_desktop.core import keeping
from crm_desktop.core.words import say
from crm_desktop.database import sentences

if TYPE_CHECKING:
    from crm_desktop.ui.session import Session


PASSWORD = "--password-stdin"  # see __main__


class Kept(QObject):
    """Belongs to the session. `start_again`: the window was asked to open the database anew; whoever ended it does."""

    _lost = Signal()

    def __init__(self, session: Session):
        super().__init__(session)
        self._session = session
        self.start_again = False
        self.lost = False
        database = session.records.database
        if database.mode == "network":
            from crm_desktop.database.network_file import NetworkFile

            assert isinstance(database.backend, NetworkFile)
            self._lost.connect(self._have_lost, Qt.ConnectionType.QueuedConnection)
            database.backend.lease.on_lost = self._lost.emit

    def show(self) -> None:
        """Fill the bars of a new window."""
        session = self._session
        database, window = session.records.database, session.window
        folder = session.data_folder.name if session.data_folder else ""
        window.status.show_text("place", "  ".join(filter(None, (keeping.short(database), folder))))
        again: tuple[str, Callable[[], object]] = (say("Open again"), self.open_again)
        if self.lost:
            lease = getattr(database.backend, "lease", None)
            user = lease.lost_to.user if lease is not None and lease.lost_to else "?"
            window.notice.tell(say(sentences.LEASE_LOST, user=user), again, "bad", lasting=True)
        elif told := keeping.about_copy(database):
            window.notice.tell(say(sentences.ONLY_A_COPY, **told), again, lasting=True)
        elif database.mode == "local" and (unsafe := keeping.warning(database)):
            window.notice.tell(unsafe)

    def open_again(self) -> None:
        """Close the window and start the program anew: with the database itself when it is free, else with a newer copy."""
        self.start_again = True
        self._session.window.close()

    def _have_lost(self) -> None:
        self.lost = True
        self.show()


def start_program_again(password: str = "") -> None:
    """Start the program as it was started, beside this one, which is about to end. A password goes through a pipe: it stands in no file,
    command or environment."""
    packed = getattr(sys, "frozen", False)
    import subprocess

    words = [word for word in (sys.argv if packed else sys.orig_argv)[1:] if word != PASSWORD]
    if not password:
        subprocess.Popen([sys.executable, *words])
        return
    child = subprocess.Popen([sys.executable, *words, PASSWORD], stdin=subprocess.PIPE, encoding="utf-8")
    assert child.stdin is not None
    child.stdin.write(password + "\n")
    child.stdin.close()
