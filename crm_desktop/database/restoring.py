"""Restores a copy: it is proven beside the file, what was there is kept among the copies, then the copy takes the file's place.

Killed at any moment, the program leaves the database as it was, or the restored one: a file that had been proven and kept its
turn takes its place at the next opening (replacing.READY). A damaged database cannot be copied page by page; it is put aside as it
lies there, for whoever can read more out of it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from crm_desktop.core.errors import NotFound, Trouble
from crm_desktop.core.words import _, say
from crm_desktop.database import gate, keys, sentences
from crm_desktop.database.backup import BACKUPS, Damage, proven_copy, settle
from crm_desktop.database.copies import BEFORE_RESTORE
from crm_desktop.database.migrate import MIGRATIONS, migrations_in
from crm_desktop.database.replacing import BUSY, PARTS, add_to, code_of, held, ready_of, take_place, tidy, write_proven
from crm_desktop.database.whereabouts import in_network

Told = Callable[[str], object]
Note = Callable[[Any], object]

NO_COPY = _("There is no copy {file}. Choose one that is there.")
ITSELF = _("{file} is the database itself. Choose a copy of it.")
BAD_COPY = _("The copy {file} is damaged, so nothing was changed. Choose an older one.")
NOT_A_COPY = _("{file} is not a copy of a database of this program, so nothing was changed. Choose another file.")
NEWER_COPY = _("The copy {file} was made by a newer version of the program, so nothing was changed. Update the program first.")
NOT_RESTORED = _("The copy could not be written beside {file}, so nothing was changed. Look whether its disk has room, then try again.")
KEPT = _("What was there is kept in {file}")
PUT_ASIDE = _("What was there could not be read. It lies, as it was, in {file}")


@dataclass(frozen=True)
class Restored:
    """kept: what was there before, None when there was nothing; damaged: it was damaged and lies there as it was found."""

    kept: Path | None
    damaged: bool

    def sentence(self) -> str:
        """Where what was there is now; '' when there was nothing."""
        return say(PUT_ASIDE if self.damaged else KEPT, file=str(self.kept)) if self.kept else ""


def restore(file: Path, copy: Path, told: Told = lambda step: None, note: Note | None = None) -> Restored:
    """Let the database be as it was when the copy was made. Nobody else may have it open.

    An encrypted database stays encrypted, under its key; the copy's own key must be known. told: the steps, as they are done.
    note: writes into the restored database, on a connection to it, that it was. Raises Trouble; the file is then as it was.
    """
    if not copy.is_file():
        raise NotFound(NO_COPY, file=str(copy))
    if file.exists() and file.samefile(copy):
        raise Trouble(ITSELF, file=str(file))
    with _alone(file):
        tidy(file)
        try:
            return _restore(file, copy, keys.key_for(copy), told, note)
        except (OSError, dbapi2.Error) as error:
            if isinstance(error, PermissionError) or code_of(error) in BUSY:
                raise Trouble(sentences.OPEN_ELSEWHERE, file=str(file)) from error
            raise Trouble(NOT_RESTORED, file=str(file)) from error
        finally:
            tidy(file)


def _restore(file: Path, copy: Path, copy_key: bytes | None, told: Told, note: Note | None) -> Restored:
    key, readable = _key_there(file)
    new_key = key or copy_key
    try:
        with _reading(copy, copy_key) as raw:
            _demand_ours(raw, copy)
            fresh = write_proven(raw, file, new_key, lambda: told("written"))
            if note is not None:
                add_to(fresh, new_key, note)
    except dbapi2.DatabaseError as error:
        _raise_if_damaged(error, copy)
        raise
    told("proven")
    if file.exists():
        shutil.copymode(file, fresh)
    if readable:
        try:
            with held(file, key) as raw:
                kept = proven_copy(raw, file, BEFORE_RESTORE, key)
                told("kept")
                if os.name == "nt":  # where an open file cannot be replaced
                    raw.close()
                _change_over(file, fresh, told)
            return Restored(kept, damaged=False)
        except dbapi2.DatabaseError as error:
            if not _is_damage(error):
                raise
    aside = _put_aside(file)
    told("kept")
    _change_over(file, fresh, told)
    return Restored(aside, damaged=aside is not None)


def _change_over(file: Path, fresh: Path, told: Told) -> None:
    os.replace(fresh, ready_of(file))  # from here on it is the database, should the program be killed
    settle(file.parent)
    told("ready")
    try:
        take_place(file)
    except OSError:
        ready_of(file).unlink(missing_ok=True)
        raise
    told("replaced")


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Nobody comes in meanwhile. Raises Trouble, HeldElsewhere when somebody has the file open in a network folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not in_network(file):
        with gate.closed(file):
            yield
        return
    from crm_desktop.database.lease import Lease

    lease = Lease(file)
    try:
        lease.take()
    except OSError as error:
        raise Trouble(sentences.FOLDER_GONE, folder=str(file.parent)) from error
    try:
        yield
    finally:
        lease.release()


def _key_there(file: Path) -> tuple[bytes | None, bool]:
    """The key of the database there is, and whether it may be readable at all."""
    try:
        return (keys.key_for(file), True) if file.is_file() and file.stat().st_size else (None, False)
    except keys.KeyNeeded:
        return None, False


@contextmanager
def _reading(copy: Path, key: bytes | None) -> Iterator[Any]:
    """A copy as it lies there, also on a disk that cannot be written to; with its journal, if it has one."""
    alone = not any(copy.with_name(copy.name + part).exists() for part in PARTS)
    raw = dbapi2.connect(f"{copy.absolute().as_uri()}?{'immutable=1' if alone else 'mode=rw'}", uri=True, isolation_level=None)
    try:
        keys.unlock(raw, key)
        raw.execute("PRAGMA temp_store = MEMORY")
        yield raw
    finally:
        raw.close()


def demand_good(copy: Path) -> None:
    """Raise Trouble unless a file is a whole copy of a database of this version or an older one."""
    try:
        with _reading(copy, keys.key_for(copy)) as raw:
            _demand_ours(raw, copy)
            if raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise Damage("integrity_check")
    except dbapi2.DatabaseError as error:
        _raise_if_damaged(error, copy)
        raise


def _raise_if_damaged(error: dbapi2.DatabaseError, copy: Path) -> None:
    if _is_damage(error):
        raise Trouble(BAD_COPY if keys.is_ours(keys.read_head(copy)) or _has_header(copy) else NOT_A_COPY, file=str(copy)) from error


def _demand_ours(raw: Any, copy: Path) -> None:
    if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'").fetchall():
        raise Trouble(NOT_A_COPY, file=str(copy))
    ((version,),) = raw.execute("SELECT COALESCE(MAX(number), 0) FROM schema_version").fetchall()
    if version > len(migrations_in(MIGRATIONS)):
        raise Trouble(NEWER_COPY, file=str(copy))


def _put_aside(file: Path) -> Path | None:
    """What cannot be read, as it lies there with its journals."""
    if not file.exists():
        return None
    target = file.parent / BACKUPS / f"{file.stem}-damaged-{datetime.now():%Y%m%d-%H%M%S-%f}"
    target.parent.mkdir(exist_ok=True)
    for part in ("", *PARTS):
        source = file.with_name(file.name + part)
        if source.exists():
            aside = target.with_name(target.name + part)
            shutil.copyfile(source, aside)
            aside.chmod(0o600)
            _settle_file(aside)
    settle(target.parent)
    return target


def _settle_file(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_damage(error: dbapi2.Error) -> bool:
    """SQLITE_CORRUPT, SQLITE_NOTADB, or our own finding that two sides differ, which has no code."""
    return code_of(error) in (0, 11, 26)


def _has_header(copy: Path) -> bool:
    with copy.open("rb") as file:
        return file.read(16) == b"SQLite format 3\x00"
