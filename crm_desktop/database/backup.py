"""A copy of the SQLite file that has been opened, checked and counted before it is called a backup."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from crm_desktop.core.errors import Trouble
from crm_desktop.database import keys, sentences

if TYPE_CHECKING:
    from crm_desktop.database.engine import Database

BACKUPS = "backups"  # the folder of copies, beside the file
PART = ".part"  # ends the name of a copy that is being made
_ABANDONED = 24 * 3600  # seconds after which nobody goes on with one


class Damage(dbapi2.DatabaseError):  # type: ignore[misc]  # the driver has no types
    """A copy is not whole: nor is what it was made of."""


def back_up_file(database: Database, why: str) -> Path | None:
    """Copy the file into `backups` beside it and give the copy's path; None on a server, which has its own.

    Others may go on writing: the copy shows one moment. That of an encrypted file has the same key. Raises Trouble when no
    good copy was made.
    """
    source = database.backend.place
    if not isinstance(source, Path):
        return None
    try:
        raw = database.backend.connect()
        try:
            return proven_copy(raw, source, why, getattr(database.backend, "key", None))
        finally:
            raw.close()
    except (OSError, dbapi2.Error) as error:
        from crm_desktop.database.sqlite import CORRUPT, code_of  # which knows this module

        if isinstance(error, Damage) or code_of(error) == CORRUPT:  # no room in the world would help
            raise Trouble(sentences.DAMAGED, file=str(source)) from error
        raise Trouble(sentences.NO_BACKUP, folder=str(source.parent / BACKUPS)) from error


def proven_copy(raw: Any, file: Path, why: str, key: bytes | None) -> Path:
    """Copy what a connection to `file` reads; a copy has its name only when it is whole and on the disk. Raises OSError,
    sqlcipher3's errors."""
    folder = file.parent / BACKUPS
    folder.mkdir(exist_ok=True)
    _clear(folder)
    target = folder / f"{file.stem}-{why}-{datetime.now():%Y%m%d-%H%M%S-%f}.db"
    part = target.with_name(target.name + PART)
    try:
        # One reading transaction: the pages that are copied and the rows that are counted are of one moment.
        raw.execute("BEGIN")
        expected = tables_and_rows(raw)
        _copy(raw, part, key)
        raw.execute("COMMIT")
        verify(part, expected, key)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    settle(folder)
    return target


def _copy(raw: Any, target: Path, key: bytes | None) -> None:
    other = dbapi2.connect(str(target), isolation_level=None)
    try:
        keys.unlock(other, key)
        raw.backup(other)  # in one go: in portions it would start anew with each write of others
    finally:
        other.close()


def _clear(folder: Path) -> None:
    """What a program that was killed has left half copied."""
    for path in folder.glob(f"*{PART}"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()


def settle(folder: Path) -> None:
    """New names in a folder are on the disk when this returns."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def finish_copy(file: Path, expected: dict[str, int], key: bytes | None = None) -> None:
    """Of a file that was filled as a copy: one without a journal, opened anew, checked and counted, on the disk, readable by nobody
    else. expected: rows of tables. Raises OSError when it is not good."""
    try:
        raw = dbapi2.connect(str(file), isolation_level=None)
        try:
            keys.unlock(raw, key)
            raw.execute("PRAGMA journal_mode = DELETE")
            found = tables_and_rows(raw)
        finally:
            raw.close()
        if wrong := [table for table, rows in expected.items() if found.get(table) != rows]:
            raise Damage(f"the copy lacks rows of {', '.join(wrong)}")
        file.chmod(0o600)
        verify(file, found, key)
    except dbapi2.Error as error:
        raise OSError(str(error)) from error


def verify(copy: Path, expected: dict[str, int], key: bytes | None) -> None:
    """Open a finished file, check and count it, and bring it onto the disk. Raises sqlcipher3's errors."""
    raw = dbapi2.connect(f"{copy.absolute().as_uri()}?mode=rw", uri=True)
    try:
        keys.unlock(raw, key)
        found = raw.execute("PRAGMA integrity_check").fetchall()
        if found != [("ok",)]:
            raise Damage("; ".join(str(line) for (line,) in found[:3]))
        good = tables_and_rows(raw) == expected
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
