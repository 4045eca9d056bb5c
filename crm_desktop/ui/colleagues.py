"""Brings what the watch hears into the UI thread: colleagues' changes, a lost line, being sent home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from crm_desktop.core.journal import Change
from crm_desktop.core.words import say
from crm_desktop.scheduling.colleagues import Heard, Watch

if TYPE_CHECKING:
    from crm_desktop.ui.session import Session


class Colleagues(QObject):
    """Belongs to the session's background; survives its windows."""

    _reached = Signal(bool)
    _sent_home = Signal(object)
    _renewed = Signal()

    def __init__(self, session: Session, parent: QObject):
        super().__init__(parent)
        self.session = session
        queued = Qt.ConnectionType.QueuedConnection
        self._reached.connect(session.line_changed, queued)
        self._sent_home.connect(self._end_work, queued)
        self._renewed.connect(session.renew_actor, queued)
        heard = Heard(self._hear, self._sent_home.emit, self._renewed.emit)
        self.watch = Watch(session.records, lambda: None if session.locked else session.desk.actor, heard)
        session.records.database.on_reached = self._reached.emit

    def start(self) -> None:
        """Begin to watch."""
        self.watch.start()

    def stop(self) -> None:
        """End with the program."""
        self.session.records.database.on_reached = lambda _reached: None
        self.watch.stop()

    def look_often(self, often: bool) -> None:
        """The window is in sight, or minimised."""
        self.watch.in_sight = often

    def _hear(self, changes: list[Change]) -> None:
        """In the watching thread: the door tells its listeners, and the desk brings it to the pages."""
        for change in changes:
            self.session.records.hear(change)

    def _end_work(self, by: int) -> None:
        name = self.session.records.names.title("employee", by)
        self.session.lock(say("{name} has ended your work here. What you typed is still there.", name=name))
