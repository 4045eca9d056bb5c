"""A copy of the SQLite file that has been opened, checked and counted before it is called a backup."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from crm_desktop.core.errors import Trouble
from crm_desktop.database import keys, sentences

if TYPE_CHECKING:
    from crm_desktop.database.engine import Database

BACKUPS = "backups"  # the folder of copies, beside the file


def back_up_file(database: Database, why: str) -> Path | None:
    """Copy the file into `backups` beside it and give the copy's path; None on a server, which has its own.

    Others may go on writing: the copy shows one moment. That of an encrypted file has the same key. Raises Trouble when no
    good copy was made.
    """
    source = database.backend.place
    if not isinstance(source, Path):
        return None
    key: bytes | None = getattr(database.backend, "key", None)
    folder = source.parent / BACKUPS
    target = folder / f"{source.stem}-{why}-{datetime.now():%Y%m%d-%H%M%S-%f}.db"
    try:
        folder.mkdir(exist_ok=True)
        raw = database.backend.connect()
        try:
            # One reading transaction: the pages that are copied and the rows that are counted are of one
            # moment.
            raw.execute("BEGIN")
            expected = tables_and_rows(raw)
            _copy(raw, target, key)
            raw.execute("COMMIT")
        finally:
            raw.close()
        verify(target, expected, key)
    except (OSError, dbapi2.Error) as error:
        if target.exists():
            target.unlink()
        raise Trouble(sentences.NO_BACKUP, folder=str(folder)) from error
    return target


def _copy(raw: Any, target: Path, key: bytes | None) -> None:
    other = dbapi2.connect(str(target), isolation_level=None)
    try:
        keys.unlock(other, key)
        raw.backup(other)  # in one go: in portions it would start anew with each write of others
    finally:
        other.close()


def verify(copy: Path, expected: dict[str, int], key: bytes | None) -> None:
    """Open a finished file, check and count it, and bring it onto the disk. Raises sqlcipher3's errors."""
    raw = dbapi2.connect(f"{copy.absolute().as_uri()}?mode=rw", uri=True)
    try:
        keys.unlock(raw, key)
        found = raw.execute("PRAGMA integrity_check").fetchall()
        good = found == [("ok",)] and tables_and_rows(raw) == expected
    finally:
        raw.close()
    if not good:
        raise dbapi2.DatabaseError("the copy differs from the original")
    handle = os.open(copy, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def tables_and_rows(raw: Any) -> dict[str, int]:
    """How many rows each table has."""
    names = raw.execute(
        "SELECT name FROM pragma_table_list "
        "WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {name: raw.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for (name,) in names}
