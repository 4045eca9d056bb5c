"""Looks at a database file before SQLite does, so that a person is told what is wrong with it and what to do."""

from __future__ import annotations

import os
import time
from pathlib import Path

from sqlcipher3 import dbapi2

from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import _

APPLICATION_ID = 0x43524D44  # "CRMD", so that the `file` command and other tools can tell whose file it is
_HEADER = b"SQLite format 3\x00"
# A program that is starting leaves its new file empty for a moment; an older empty file has lost its contents.
_NEW_SECONDS = 60


def prepare_file(path: Path) -> None:
    """Make the file (and its folder) when there is none; raise Trouble when what is there cannot be our database."""
    try:
        if path.is_dir():
            raise Trouble(_("{file} is a folder, not a database file. Choose another name."), file=str(path))
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _make(path)
            return
        _check(path)
    except (FileExistsError, NotADirectoryError) as error:
        raise Trouble(
            _("The folder {folder} cannot be made, because a file has that name. Choose another folder."),
            folder=str(path.parent),
        ) from error
    except PermissionError as error:
        raise Trouble(
            _("You are not allowed to use {file}. Ask whoever looks after this computer for access."), file=str(path)
        ) from error
    except OSError as error:
        raise Trouble(
            _("{file} could not be read or written. Check the disk and the connection to it, then try again."),
            file=str(path),
        ) from error


def _make(path: Path) -> None:
    path.touch(mode=0o600)
    raw = dbapi2.connect(str(path), isolation_level=None, timeout=10)
    try:
        raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
        raw.execute("PRAGMA journal_mode=WAL")
    finally:
        raw.close()


def _check(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(4096)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise Trouble(
            _("{file} cannot be written to. Allow writing to the file and its folder, or choose another folder."),
            file=str(path),
        )
    if not start:
        if time.time() - path.stat().st_mtime > _NEW_SECONDS:
            raise Trouble(
                _("The file {file} is empty; its contents are lost. Restore a backup, or delete it to start afresh."),
                file=str(path),
            )
        return
    if start.startswith(_HEADER):
        return
    if _looks_encrypted(start, path.stat().st_size):
        raise Trouble(
            _("{file} is encrypted and cannot be opened here. Choose another file, or restore an open backup."),
            file=str(path),
        )
    raise Trouble(_("{file} is not a database of this program. Choose another file or folder."), file=str(path))


def _looks_encrypted(start: bytes, size: int) -> bool:
    """Whole pages of what looks like chance: nearly all of the 256 values occur in the first 4,096 bytes."""
    return len(start) == 4096 and size % 512 == 0 and len(set(start)) > 240
