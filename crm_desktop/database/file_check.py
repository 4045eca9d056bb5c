"""Looks at a database file before SQLite does, to tell a person what is wrong with it and what to do."""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from crm_desktop.core.errors import Trouble
from crm_desktop.database import keys, sentences

APPLICATION_ID = 0x43524D44  # "CRMD", so that the `file` command and other tools can tell whose file it is
_HEADER = b"SQLite format 3\x00"
_ID_AT = 68  # where the number stands, sqlite.org/fileformat.html
# Somebody may have made a file for us to use; an older empty file has lost its contents.
_NEW_SECONDS = 60


def prepare_file(path: Path, journal: str = "WAL") -> None:
    """Make the file (and its folder) when there is none, with this journal mode; raise Trouble when it cannot be our database."""
    try:
        if path.is_dir():
            raise Trouble(sentences.IS_A_FOLDER, file=str(path))
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _make(path, journal)
        elif _is_empty(path):
            _stamp(path, journal)
    except (FileExistsError, NotADirectoryError) as error:
        raise Trouble(sentences.NO_FOLDER, folder=str(path.parent)) from error
    except PermissionError as error:
        raise Trouble(sentences.NOT_ALLOWED, file=str(path)) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise Trouble(sentences.DISK_FULL if full else sentences.BROKEN_DISK, file=str(path)) from error


def _make(path: Path, journal: str) -> None:
    """The file appears with our number in it: of several programs that start at once none sees it half made."""
    import tempfile

    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    os.close(handle)
    new = Path(name)
    try:
        _stamp(new, journal)
        with suppress(FileExistsError):  # another program was first
            _place(new, path)
    finally:
        new.unlink(missing_ok=True)


def _place(new: Path, path: Path) -> None:
    """Give a file its name, unless there is one. Raises FileExistsError then."""
    if os.name == "nt":
        new.rename(path)
        return
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as on a memory stick
        path.touch(mode=0o600, exist_ok=False)
        new.replace(path)


def make_encrypted(path: Path, key: bytes) -> None:
    """A new file that has this key from its first page on."""
    _stamp(path, "WAL", key)


def _stamp(path: Path, journal: str, key: bytes | None = None) -> None:
    raw = dbapi2.connect(str(path), isolation_level=None, timeout=10)
    try:
        keys.unlock(raw, key)
        raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
        raw.execute(f"PRAGMA journal_mode={journal}")
    finally:
        raw.close()


def _is_empty(path: Path) -> bool:
    """Whether nothing was written yet. Raises Trouble when what there is, is not our database."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise Trouble(sentences.READ_ONLY, file=str(path))
    if start.startswith(_HEADER):
        # Before SQLite is asked to use the file our way: a file of another program stays as it is.
        if int.from_bytes(start[_ID_AT : _ID_AT + 4], "big") != APPLICATION_ID and not _has_our_table(path):
            raise Trouble(sentences.FOREIGN, file=str(path))
        return False
    if keys.is_ours(start):
        return False
    if start:
        looks_encrypted = _is_like_chance(start) and path.stat().st_size % 512 == 0
        raise Trouble(sentences.ENCRYPTED if looks_encrypted else sentences.NOT_A_DATABASE, file=str(path))
    if time.time() - path.stat().st_mtime > _NEW_SECONDS:
        raise Trouble(sentences.EMPTY, file=str(path))
    return True


def _has_our_table(path: Path) -> bool:
    """Whether a file without our number is ours all the same, as after a rescue with SQLite's own tools."""
    try:
        raw = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            return bool(raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'").fetchall())
        finally:
            raw.close()
    except dbapi2.DatabaseError as error:
        raise Trouble(sentences.DAMAGED, file=str(path)) from error


def _is_like_chance(page: bytes) -> bool:
    """Nearly all of the 256 values occur in a page of 4,096 bytes: so look encrypted files."""
    return len(page) == 4096 and len(set(page)) > 240
