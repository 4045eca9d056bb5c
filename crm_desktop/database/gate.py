"""Who may open a database file while it is being replaced by another: nobody.

A program that has opened the old file a moment before it is replaced would write into a file without a name. So each takes a
shared lock on the folder for the milliseconds in which it connects (from then on SQLite's own locks tell that it is there), and
whoever replaces the file holds it alone. Windows does not let an open file be replaced, and needs no gate.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm_desktop.core.errors import Trouble
from crm_desktop.database import sentences

if os.name != "nt":
    import fcntl

PATIENCE = 2.0  # seconds to wait for those who are just connecting


@contextmanager
def coming_in(file: Path) -> Iterator[None]:
    """While connecting to `file`. Raises Trouble when it is just being replaced."""
    with _locked(file, alone=False):
        yield


@contextmanager
def closed(file: Path) -> Iterator[None]:
    """While replacing `file`. Raises Trouble when another program does so, or just connects."""
    with _locked(file, alone=True):
        yield


@contextmanager
def _locked(file: Path, alone: bool) -> Iterator[None]:
    if os.name == "nt":
        yield
        return
    try:
        folder = os.open(file.parent, os.O_RDONLY)
    except OSError:  # it has vanished, or may not be read: SQLite says so in its own way
        yield
        return
    try:
        if not _lock(folder, alone):
            raise Trouble(sentences.CHANGING, file=str(file))
        yield
    finally:
        os.close(folder)


def _lock(folder: int, alone: bool) -> bool:
    """Whether the lock was to be had; a file system without such locks lets everybody in, but nobody replace the file."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(folder, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if not alone or time.monotonic() > end:
                return False
            time.sleep(0.005)
        except OSError:
            if alone:
                raise
            return True
