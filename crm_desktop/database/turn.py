"""Programs that write to one local file take turns, first come, first served.

SQLite lets one of them write, and the others ask again until they are let in: by chance one of eight was let in a hundred times less
often than another, and with everybody asking the WAL was rarely emptied, which made each commit flush twice. So they wait in
the system's queue for a lock on an empty file beside the database. Who dies gives it back; where there are no such locks, or the
turn does not come in time, SQLite's own lock decides as before.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ENDING = "-turn"
_LOOK_AGAIN = (0.001, 0.004)  # seconds; on Windows, whose queue cannot be left


@contextmanager
def taken(file: Path, seconds: float) -> Iterator[None]:
    """While it is this program's turn to write to `file`; waits for it so long."""
    handle = _open(file)
    mine = handle is not None and _take(handle, seconds)
    try:
        yield
    finally:
        if handle is not None and mine:
            _give_back(handle)


def _open(file: Path) -> int | None:
    try:
        who = file.stat().st_mode & 0o666  # whoever may write to the one may lock the other
        return os.open(file.with_name(file.name + ENDING), os.O_RDWR | os.O_CREAT, who)
    except OSError:  # nobody may write here; SQLite says so
        return None


def _give_back(handle: int) -> None:
    if sys.platform != "win32":
        fcntl.flock(handle, fcntl.LOCK_UN)  # also where a process just being started has a copy of the handle
    os.close(handle)


def _take(handle: int, seconds: float) -> bool:
    """Get the lock; without it the handle is closed, now or when its turn comes."""
    try:
        if _at_once(handle):
            return True
    except OSError:  # a file system without locks
        os.close(handle)
        return False
    return _poll(handle, seconds) if sys.platform == "win32" else _queue(handle, seconds)


def _at_once(handle: int) -> bool:
    if sys.platform == "win32":
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _queue(handle: int, seconds: float) -> bool:
    """Stand in the queue. The system lets nobody wait for a while only, so a thread stands there and may be left alone."""
    came, left = threading.Event(), threading.Event()
    deciding = threading.Lock()

    def stand() -> None:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        with deciding:
            if left.is_set():
                _give_back(handle)
            came.set()

    threading.Thread(target=stand, name="turn", daemon=True).start()
    if not came.wait(seconds):
        with deciding:
            if not came.is_set():
                left.set()
    return not left.is_set()


def _poll(handle: int, seconds: float) -> bool:
    import random

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(random.uniform(*_LOOK_AGAIN))
        if _at_once(handle):
            return True
    os.close(handle)
    return False
