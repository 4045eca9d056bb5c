"""Encrypts a file, decrypts it, or gives it another key: a new file is written beside it, proven, and takes its place at once.

Killed at any moment, the program leaves a whole file under the old or under the new key; the keyring holds both before the
first page is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from crm_desktop.core.errors import Trouble
from crm_desktop.database import gate, keys, sentences
from crm_desktop.database.backup import BACKUPS, tables_and_rows, verify
from crm_desktop.database.file_check import APPLICATION_ID, prepare_file

FRESH = ".fresh"  # ends the name of the new file until it takes its place
_BUSY = {5, 6}  # SQLITE_BUSY, SQLITE_LOCKED

Told = Callable[[str], object]


@dataclass(frozen=True)
class Recoded:
    """How many copies beside the file went along, and which could not be read and stay as they are; whether there is a keyring
    that holds the key."""

    copies: int
    left: tuple[Path, ...]
    kept: bool


def recode(file: Path, key: bytes | None, told: Told = lambda step: None) -> Recoded:
    """Let the file, and the copies in `backups` beside it, have this key; None: none at all.

    Nobody else may have it open. told: the steps, as they are done. Raises Trouble; the file is then as it was.
    """
    prepare_file(file)
    old = keys.key_for(file)
    kept = keys.keep(key) if key is not None else False
    told("kept")
    try:
        with gate.closed(file):
            tidy(file)
            # Killed in between, the copies are encrypted and the file is not; never the other way round.
            if key is None:
                _replace(file, old, key, told)
            done, left = _copies(file, key, told)
            if key is not None:
                _replace(file, old, key, told)
    except (OSError, dbapi2.Error) as error:
        tidy(file)
        if isinstance(error, PermissionError) or _code(error) in _BUSY:
            raise Trouble(sentences.OPEN_ELSEWHERE, file=str(file)) from error
        raise Trouble(sentences.NOT_RECODED, file=str(file)) from error
    return Recoded(done, tuple(left), kept)


def tidy(file: Path) -> None:
    """Remove what an attempt that was killed has left beside the file."""
    for path in _left(file):
        path.unlink(missing_ok=True)


def left_over(file: Path) -> bool:
    """Whether an attempt was killed, or is under way."""
    return bool(_left(file))


def _left(file: Path) -> list[Path]:
    return [path for path in (_fresh(file), *(file.parent / BACKUPS).glob(f"*{FRESH}")) if path.exists()]


def _fresh(file: Path) -> Path:
    return file.with_name(file.name + FRESH)


def _copies(file: Path, key: bytes | None, told: Told) -> tuple[int, list[Path]]:
    """The verified copies get the new key as well: a plain copy beside an encrypted file would tell everything."""
    done, left = 0, []
    for copy in sorted((file.parent / BACKUPS).glob("*.db")):
        try:
            _replace(copy, keys.key_for(copy), key, lambda step: told(f"copy {step}"))
            done += 1
        except (Trouble, dbapi2.Error):  # damaged, or under a key that is not known here
            tidy(copy)
            left.append(copy)
    return done, left


def _replace(file: Path, old: bytes | None, new: bytes | None, told: Told) -> None:
    fresh, before = _fresh(file), file.stat()
    tidy(file)
    raw = dbapi2.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=1)
    try:
        keys.unlock(raw, old)
        # Leaving WAL succeeds only when no other program has the file open, and brings all of it into the one file.
        raw.execute("PRAGMA locking_mode = EXCLUSIVE")
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("PRAGMA temp_store = MEMORY")
        raw.execute("BEGIN EXCLUSIVE")  # held until the end, by locking_mode
        expected = tables_and_rows(raw)
        schema = _schema(raw)
        raw.execute("COMMIT")
        told("locked")
        _write(raw, fresh, new)
        told("written")
        verify(fresh, expected, new)  # and onto the disk
        _demand_schema(fresh, new, schema)
        told("proven")
        os.chmod(fresh, before.st_mode & 0o777)
        os.utime(fresh, ns=(before.st_atime_ns, before.st_mtime_ns))  # of a copy: when it was made
        if os.name == "nt":  # where an open file cannot be replaced
            raw.close()
        os.replace(fresh, file)
        _settle_folder(file.parent)
        told("replaced")
    finally:
        raw.close()
    _open_once(file, new)
    told("opened")


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


def _open_once(file: Path, key: bytes | None) -> None:
    raw = dbapi2.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    try:
        keys.unlock(raw, key)
        raw.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
    finally:
        raw.close()


def _settle_folder(folder: Path) -> None:
    """The new name is on the disk when this returns."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _code(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
