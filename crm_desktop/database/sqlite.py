"""The local engine: one SQLite file, in WAL with every commit on the disk before it is called done."""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from crm_desktop.core.errors import Trouble
from crm_desktop.database import gate, keys, replacing, sentences
from crm_desktop.database.faults import Fault
from crm_desktop.database.file_check import prepare_file
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.turn import Turns

# Result codes of sqlite.org/rescode.html (the lower byte).
LEAST_ROOM = 64 * 1024  # bytes; with less even reading needs more than there is
PERM, BUSY, LOCKED, READONLY, INTERRUPT, IOERR, CORRUPT = 3, 5, 6, 8, 9, 10, 11
FULL, CANTOPEN, PROTOCOL, NOTADB = 13, 14, 15, 26

WAL = 1_000  # pages of the WAL after which they are brought into the file: SQLite's own number
_SHARED_WAL = 4 * WAL  # after which a commit does so itself, where others do it while they wait

_SENTENCES = {
    PERM: sentences.NOT_ALLOWED,
    BUSY: sentences.IN_USE,
    LOCKED: sentences.IN_USE,
    PROTOCOL: sentences.IN_USE,
    READONLY: sentences.READ_ONLY,
    IOERR: sentences.BROKEN_DISK,
    CORRUPT: sentences.DAMAGED,
    FULL: sentences.DISK_FULL,
    CANTOPEN: sentences.NOT_OPENED,
    NOTADB: sentences.NOT_A_DATABASE,
}


def _as_moment(value: dt.datetime) -> str:
    """In UTC, to the second and always as wide, so that texts sort by time: 2026-01-31 08:05:00."""
    if value.tzinfo is not None:
        value = value.astimezone(dt.UTC).replace(tzinfo=None)
    return value.isoformat(" ", "seconds")


dbapi2.register_adapter(dt.datetime, _as_moment)
dbapi2.register_adapter(dt.date, dt.date.isoformat)
dbapi2.register_adapter(dt.time, dt.time.isoformat)
dbapi2.register_adapter(decimal.Decimal, str)


class Dialect(peewee.SqliteDatabase):
    """peewee's SQLite, for building SQL only; it never opens a connection."""

    def _connect(self) -> Any:
        raise RuntimeError("read and write through crm_desktop.database.engine.Database")


class SqliteFile:
    """SQLite, through the sqlcipher3 module: its SQLite is new enough for WAL with many connections."""

    name = "sqlite"
    mode = "local"
    far_away = False
    guarded = False
    strict = False
    account = ""
    journal = "WAL"
    # FULL: in 2,000 simulated power cuts WAL with NORMAL lost acknowledged commits in half, with FULL in none. 8 MiB of
    # cache: each thread has its own, and the window on a million rows must stay small.
    pragmas: tuple[str, ...] = (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-8192",
        "temp_store=MEMORY",
    )

    def __init__(self, path: Path) -> None:
        self.place = path
        self._turns = Turns(path)
        self.key: bytes | None = None
        """Of an encrypted file, known from `open` on."""
        self.peewee: peewee.Database = Dialect(str(path))

    def open(self) -> None:
        """Check that the file can be ours, or make it; find its key. A restore that was killed at its end is finished first."""
        if replacing.is_ready(self.place):
            with self._alone():
                if replacing.is_ready(self.place):  # not by another program meanwhile
                    replacing.take_place(self.place)
        with gate.coming_in(self.place):
            prepare_file(self.place, self.journal)
            self.key = keys.key_for(self.place)
        if replacing.left_over(self.place):
            with self._alone():
                replacing.tidy(self.place)

    @property
    def encrypted(self) -> bool:
        """Whether the file has a key."""
        return self.key is not None

    def _alone(self) -> AbstractContextManager[None]:
        """While no other program connects to the file."""
        return gate.closed(self.place)

    def close(self) -> None:
        """The last connection has been closed: nothing is left behind."""

    def introduce(self, name: str) -> None:
        """Nobody else is told who works here."""

    def demand_writing(self, minor: bool) -> None:
        """One's own file may always be written to."""

    def sign_in_with(self, password: str) -> None:
        """A file has no accounts."""

    def connect(self, streaming: bool = False, patient: bool = False) -> Any:
        """A new connection; the unit itself waits for other writers, hence the short timeout."""
        with gate.coming_in(self.place):
            raw = self.reach()
            try:
                for pragma in self.pragmas:
                    raw.execute(f"PRAGMA {pragma}")
            except BaseException:
                raw.close()
                raise
            return raw

    def reach(self) -> Any:
        """A connection that has its key and nothing else yet."""
        # URI mode "rw": a file that vanished under the program is an error, not a new empty database.
        raw = dbapi2.connect(
            f"{self.place.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=0.02,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=400,
        )
        try:
            keys.unlock(raw, self.key)
        except BaseException:
            raw.close()
            raise
        return raw

    def in_turn(self, raw: Any, seconds: float) -> AbstractContextManager[None]:
        """While no other program writes to the file, see turn.py. Who waits brings into the file what stands in the WAL: the less is
        left of that to who writes."""
        return self._turns.taken(seconds, lambda: self._empty_wal(raw))

    def _empty_wal(self, raw: Any) -> None:
        with suppress(dbapi2.Error):  # tried again by who writes; as SQLite itself does, nobody is told
            raw.execute(f"PRAGMA wal_autocheckpoint={_SHARED_WAL}")
            _busy, pages, brought_in = raw.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
            if pages - brought_in >= WAL:
                raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def said(self, sql: str, values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
        """As it is."""
        return self.statement(sql), values

    def statement(self, sql: str) -> str:
        """SQLite's own placeholder is `?`."""
        return sql

    def add_rows(self, raw: Any, cursor: Any, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Prepared once."""
        cursor.executemany(sql, rows)

    def begin(self, raw: Any) -> None:
        """IMMEDIATE takes the write lock at once; a reader that turns writer could only fail."""
        raw.execute("BEGIN IMMEDIATE")

    def commit(self, raw: Any) -> None:
        """On the disk when this returns."""
        raw.execute("COMMIT")

    def is_open(self, raw: Any) -> bool:
        """Some errors end it."""
        return bool(raw.in_transaction)

    def rollback(self, raw: Any) -> None:
        """Some errors (disk full) have rolled back already."""
        if raw.in_transaction:
            raw.execute("ROLLBACK")

    def interrupt(self, raw: Any) -> None:
        """Stop what another thread runs on `raw`."""
        raw.interrupt()

    def is_constraint(self, error: BaseException) -> bool:
        """The driver sorts constraint errors rightly."""
        return False

    def fault(self, error: BaseException) -> Fault | None:
        """A busy file is worth another attempt, nothing else is."""
        code = code_of(error)
        if code in (BUSY, LOCKED, PROTOCOL):
            return Fault.BUSY
        return Fault.STOPPED if code == INTERRUPT else None

    def trouble(self, error: BaseException) -> Trouble | None:
        """The sentence for a result code that is not the program's own mistake."""
        code = code_of(error)
        # With the right key (the file's head says which it is) only damage makes a page unreadable.
        text = sentences.DAMAGED if code == NOTADB and self.key is not None else _SENTENCES.get(code)
        if code == IOERR and _no_room(self.place):  # SQLite calls it so where its shared memory finds no room
            text = sentences.DISK_FULL
        return Trouble(text, file=str(self.place)) if text else None


def _no_room(file: Path) -> bool:
    import shutil

    try:
        return shutil.disk_usage(file.parent).free < LEAST_ROOM
    except OSError:
        return False


def code_of(error: BaseException) -> int:
    """SQLite's result code of an error, its lower byte; 0 for any other error."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
