"""What a window watches while it is open: what colleagues commit, its own sign of life, seals of the journal.

One thread with its own connection. It asks often while the window is in front and rarely behind others; when the server
does not answer it goes on asking, so that the line is back as soon as the server is.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from crm_desktop import __version__
from crm_desktop.core import presence, seals
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Trouble
from crm_desktop.core.feed import Feed
from crm_desktop.core.journal import Change
from crm_desktop.core.records import Records

IN_SIGHT = 0.6  # seconds between two looks: a change is seen within a second
HIDDEN = 8  # times as long between looks for a window that is minimised
SEALS = 60.0
log = logging.getLogger(__name__)


@dataclass
class Heard:
    """What to do with what is heard; all are called in the watching thread."""

    changes: Callable[[list[Change]], object] = lambda changes: None
    sent_home: Callable[[int], object] = lambda by: None
    renewed: Callable[[], object] = lambda: None


class Watch:
    """Runs from `start` to `stop`. `actor()` gives whoever works at the window now, None while it is locked."""

    def __init__(self, records: Records, actor: Callable[[], Actor | None], heard: Heard, machine: str = ""):
        self.in_sight = True
        self._records, self._actor, self._heard, self._machine = records, actor, heard, machine
        self._stop = threading.Event()
        self._feed = Feed(records)
        self._presence: tuple[int, Actor] | None = None
        self._thread = threading.Thread(target=self._run, name="colleagues", daemon=True)
        self._next = {"beat": 0.0, "seals": 0.0}

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """The window closes: say so, and end. Waits a moment, no longer than a server that is gone deserves."""
        self._stop.set()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join(3)

    def _run(self) -> None:
        ends = self._feed.listen_to_own()
        try:
            passed = 0
            while True:
                if self.in_sight or passed % HIDDEN == 0:
                    self._safely(self._look)
                passed += 1
                if self._stop.wait(IN_SIGHT):
                    break
            if self._presence is not None and self._records.database.reached:
                present, actor = self._presence
                self._safely(lambda: presence.leave(self._records, actor, present))
        finally:
            ends()
            self._records.database.close_thread()

    def _safely(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Trouble as trouble:
            log.info("watching: %s", trouble.sentence("en"))
        except Exception:
            log.exception("watching failed")

    def _look(self) -> None:
        if self._due("beat", presence.BEAT):
            self._beat()
        changes = self._feed.hear()
        if changes:
            self._heard.changes(changes)
        if self._due("seals", SEALS) and self._may_seal():
            while seals.seal(self._records) and not self._stop.is_set():
                pass

    def _due(self, what: str, every: float) -> bool:
        now = time.monotonic()
        if now < self._next[what]:
            return False
        self._next[what] = now + every
        return True

    def _beat(self) -> None:
        actor = self._actor()
        if self._presence is not None and (actor is None or self._presence[1].employee != actor.employee):
            presence.leave(self._records, self._presence[1], self._presence[0])
            self._presence = None
        if self._presence is None and actor is not None and actor.employee:
            self._presence = (presence.arrive(self._records, actor, __version__, self._machine), actor)
        if self._presence is not None:
            by = presence.beat(self._records, self._presence[0])
            if by is not None:
                self._presence = None
                self._heard.sent_home(by)
        if self._records.renew():
            self._heard.renewed()

    def _may_seal(self) -> bool:
        """Who sees everything; on a file everybody's program does."""
        actor = self._actor()
        if self._records.database.engine == "sqlite":
            return True
        return actor is not None and all(actor.scope(one).all for one in self._records.types.values())
