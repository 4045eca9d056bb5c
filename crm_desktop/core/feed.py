"""The feed: what other desktops have committed, read from the journal, so that open lists and forms show it within a second.

Nothing is kept besides the journal. Each batch carries the moment at which the database (not the PC) noted it. Asked again
and again, the feed looks at the batches noted since the newest it knows, and somewhat before: a batch may be noted early
and become visible late, when its transaction commits. "Everything above the last id" misses those (51 of 196 measured).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crm_desktop.core.journal import ANY, Change

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

OVERLAP = timedelta(seconds=30)  # longer than a commit takes, and than the clocks of two nodes differ
MOST_LINES = 500  # of one batch are told one by one; of a bigger one only which types it touched


class Feed:
    """Tells a desktop what the others did since it began. Its methods belong to one thread; `forget_own` is for any."""

    def __init__(self, records: Records):
        self._records = records
        self._database = records.database
        self._newest: datetime | None = None
        self._seen: dict[int, datetime] = {}
        self._own: set[int] = set()
        self._version = -1

    def listen_to_own(self) -> Callable[[], None]:
        """Leave out what this desktop commits itself: its pages know already. Returns what ends it."""
        def noted(change: Change) -> None:
            if change.batch not in self._seen:
                self._own.add(change.batch)

        return self._records.listen(noted)

    def hear(self) -> list[Change]:
        """What others have committed since the last call, oldest first; the first call only begins. It costs one small
        indexed question (on SQLite usually only a look whether the file has changed)."""
        if self._newest is None:
            self._newest = self._begin()
            return []
        if not self._moved():
            return []
        since = self._newest - OVERLAP
        rows = self._database.read("SELECT id, noted_at FROM batch WHERE noted_at >= ? ORDER BY noted_at, id", (since,))
        fresh = [row[0] for row in rows if row[0] not in self._seen]
        for batch, noted in rows:
            self._seen[batch] = datetime.fromisoformat(noted)
            self._newest = max(self._newest, self._seen[batch])
        self._seen = {batch: noted for batch, noted in self._seen.items() if noted >= self._newest - OVERLAP}
        changes = [self._told(batch) for batch in fresh if batch not in self._own]
        self._own.difference_update(fresh)
        return changes

    def _begin(self) -> datetime:
        self._moved()
        now = datetime.fromisoformat(self._database.read("SELECT CURRENT_TIMESTAMP")[0][0])
        rows = self._database.read("SELECT id, noted_at FROM batch WHERE noted_at >= ?", (now - OVERLAP,))
        self._seen = {batch: datetime.fromisoformat(noted) for batch, noted in rows}
        return now

    def _moved(self) -> bool:
        """Whether anybody has written: SQLite tells it of each connection without reading a page."""
        if self._database.engine != "sqlite":
            return True
        version: int = self._database.read("PRAGMA data_version")[0][0]
        before, self._version = self._version, version
        return before != version

    def _told(self, batch: int) -> Change:
        lines = self._database.read(
            "SELECT record_type, record_id, action FROM journal WHERE batch = ? ORDER BY id LIMIT ?", (batch, MOST_LINES + 1)
        )
        if len(lines) > MOST_LINES:
            sql = "SELECT DISTINCT record_type, action FROM journal WHERE batch = ?"
            lines = [(record_type, ANY, action) for record_type, action in self._database.read(sql, (batch,))]
        return Change(batch, tuple((row[0], row[1], row[2]) for row in lines), len(lines))
