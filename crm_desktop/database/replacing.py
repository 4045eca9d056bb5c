"""Writes a file anew beside another one, proves it, and lets it take the other's place: for a new key, and for a copy that is restored.

What was killed half-way is tidied at the next opening. A file that only waited for its turn (it has the ending READY) takes its
place then: from the moment it has that name, it is the database.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from crm_desktop.database import keys
from crm_desktop.database.backup import BACKUPS, settle, tables_and_rows, verify
from crm_desktop.database.file_check import APPLICATION_ID

FRESH = ".fresh"  # ends the name of the new file while it is written and proven
READY = ".restored"  # ends the name of one that is proven, until it takes its place
PARTS = ("-wal", "-shm", "-journal")  # what belongs to the old file and would spoil the new one
BUSY = {5, 6}  # SQLITE_BUSY, SQLITE_LOCKED


def fresh_of(file: Path) -> Path:
    """The new file beside the one whose place it is to take."""
    return file.with_name(file.name + FRESH)


def ready_of(file: Path) -> Path:
    """The new file once it is proven."""
    return file.with_name(file.name + READY)


def is_ready(file: Path) -> bool:
    """Whether a proven file waits to take the place of this one: the program was killed a moment before."""
    return ready_of(file).exists()


def left_over(file: Path) -> bool:
    """Whether an attempt was killed, or is under way."""
    return bool(_left(file))


def tidy(file: Path) -> None:
    """Remove what an attempt that was killed has left beside the file."""
    for path in _left(file):
        path.unlink(missing_ok=True)


def _left(file: Path) -> list[Path]:
    copies = file.parent / BACKUPS
    names = os.listdir(copies) if copies.is_dir() else ()
    return [path for path in (fresh_of(file), *(copies / name for name in names if name.endswith(FRESH))) if path.exists()]


@contextmanager
def held(file: Path, key: bytes | None) -> Iterator[Any]:
    """A connection nobody else can read or write beside; all that was saved is in the one file. Raises sqlcipher3's errors."""
    raw = dbapi2.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=1)
    try:
        keys.unlock(raw, key)
        # Leaving WAL succeeds only when no other program has the file open, and brings all of it into the one file.
        raw.execute("PRAGMA locking_mode = EXCLUSIVE")
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("PRAGMA temp_store = MEMORY")
        raw.execute("BEGIN EXCLUSIVE")  # held until the end, by locking_mode
        raw.execute("COMMIT")
        yield raw
    finally:
        raw.close()


def write_proven(raw: Any, file: Path, key: bytes | None, written: Callable[[], object]) -> Path:
    """All that a connection sees, in a new file beside `file` under another key, checked, counted and on the disk."""
    fresh = fresh_of(file)
    raw.execute("BEGIN")
    expected, schema = tables_and_rows(raw), _schema(raw)
    raw.execute("COMMIT")
    _write(raw, fresh, key)
    written()
    verify(fresh, expected, key)
    _demand_schema(fresh, key, schema)
    return fresh


def add_to(fresh: Path, key: bytes | None, note: Callable[[Any], object]) -> None:
    """Write something more into a new file that is proven; on the disk when this returns."""
    raw = dbapi2.connect(f"{fresh.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    try:
        keys.unlock(raw, key)
        raw.execute("PRAGMA journal_mode = MEMORY")  # a half-written one is thrown away
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("BEGIN")
        note(raw)
        raw.execute("COMMIT")
    finally:
        raw.close()


def take_place(file: Path) -> None:
    """Let the file that is ready take the place of `file`; may be repeated after a kill. The caller keeps others out."""
    for part in PARTS:
        file.with_name(file.name + part).unlink(missing_ok=True)
    settle(file.parent)  # never the new file beside the old journal, whatever the disk does first
    os.replace(ready_of(file), file)
    settle(file.parent)


def open_once(file: Path, key: bytes | None) -> None:
    """Whether it can be read at all. Raises sqlcipher3's errors."""
    raw = dbapi2.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    try:
        keys.unlock(raw, key)
        raw.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
    finally:
        raw.close()


def code_of(error: BaseException) -> int:
    """SQLite's result code, its lower byte; 0 for other errors."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def _write(raw: Any, fresh: Path, key: bytes | None) -> None:
    os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    raw.execute("ATTACH ? AS fresh KEY ?" if key is None else f'ATTACH ? AS fresh KEY "{keys.as_sql(key)}"', (str(fresh), *_no_key(key)))
    # Nobody else sees it yet, and a half-written one is thrown away: no journal; it is flushed when it is whole.
    raw.execute("PRAGMA fresh.journal_mode = OFF")
    raw.execute("PRAGMA fresh.synchronous = OFF")
    raw.execute("SELECT sqlcipher_export('fresh')")
    raw.execute(f"PRAGMA fresh.application_id = {APPLICATION_ID}")
    raw.execute("DETACH fresh")


def _no_key(key: bytes | None) -> tuple[str, ...]:
    return ("",) if key is None else ()


def _schema(raw: Any) -> list[tuple[Any, ...]]:
    return list(raw.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall())


def _demand_schema(fresh: Path, key: bytes | None, schema: list[tuple[Any, ...]]) -> None:
    raw = dbapi2.connect(f"{fresh.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    try:
        keys.unlock(raw, key)
        if _schema(raw) != schema:
            raise dbapi2.DatabaseError("the new file has other tables than the old one")
    finally:
        raw.close()
