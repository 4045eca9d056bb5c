"""Programs that write to one local file take turns, first come, first served.

SQLite lets one of them write, and the others ask again until they are let in: by chance one of eight was let in a hundred times less
often than another, and with everybody asking the WAL was rarely emptied, which made each commit flush twice. So they wait in
the system's queue for a lock on an empty file beside the database. Who dies gives it back; where there are no such locks, or the
turn does not come in time, SQLite's own lock decides as before.

Each hand-over costs as much as half a save: the next program is woken, and reads anew what the others have changed. So who had to
wait for his turn keeps it for some milliseconds, as long as he goes on writing. What can be done without a turn is done while one
waits for it, on another core than the one where somebody writes.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ENDING = "-turn"
LONGEST = 0.0185  # seconds after which a turn is not kept any more: with seven others writing, 99 of 100 wait less than 150 ms
PAUSE = 0.003  # seconds: who has not written again within these has finished
_LOOK_AGAIN = (0.001, 0.004)  # seconds; on Windows, which has no queue


class Turns:
    """The turns of one program at one file. One thread at a time asks for them."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._kept: _Turn | None = None

    @contextmanager
    def taken(self, seconds: float, meanwhile: Callable[[], object] = lambda: None) -> Iterator[None]:
        """While it is this program's turn to write; waits for it so long, then goes on without. meanwhile: done by who has to wait."""
        mine = self._go_on() or self._take(seconds, meanwhile)
        try:
            yield
        finally:
            if mine is not None:
                self._leave(mine)

    def _go_on(self) -> _Turn | None:
        """The turn that was kept."""
        with self._lock:
            kept, self._kept = self._kept, None
        return kept

    def _take(self, seconds: float, meanwhile: Callable[[], object]) -> _Turn | None:
        try:
            who = self._file.stat().st_mode & 0o666  # whoever may write to the one may lock the other
            handle = os.open(self._file.with_name(self._file.name + ENDING), os.O_RDWR | os.O_CREAT, who)
        except OSError:  # nobody may write here; SQLite says so
            return None
        turn = _Turn(handle)
        try:
            if _lock_at_once(handle):
                return turn
        except OSError:  # a file system without locks
            os.close(handle)
            return None
        return turn if self._wait(turn, seconds, meanwhile) else None

    def _wait(self, turn: _Turn, seconds: float, meanwhile: Callable[[], object]) -> bool:
        """Stand in the queue. The system lets nobody wait for a while only, so a thread stands there and may be left alone."""
        threading.Thread(target=self._stand, args=(turn,), name="turn", daemon=True).start()
        meanwhile()
        if not turn.came.wait(seconds):
            with self._lock:
                if not turn.came.is_set():
                    turn.left.set()
        return not turn.left.is_set()

    def _stand(self, turn: _Turn) -> None:
        with suppress(OSError):
            _wait_for_lock(turn.handle, turn.left)
        with self._lock:
            if turn.left.is_set():
                turn.give_back()
                return
            turn.begun, turn.shared = time.monotonic(), True
            turn.came.set()
        for seconds in (PAUSE, LONGEST):  # looked at twice only: each look takes time from who writes
            if turn.over.wait(seconds):
                return
            with self._lock:
                if turn is self._kept and (seconds == LONGEST or time.monotonic() - turn.written >= PAUSE):
                    self._kept = None
                    turn.give_back()

    def _leave(self, turn: _Turn) -> None:
        """Keep the turn, in case of another write at once, or give it back."""
        with self._lock:
            turn.written = time.monotonic()
            if turn.shared and turn.written - turn.begun < LONGEST:
                self._kept = turn
            else:
                turn.give_back()


class _Turn:
    """A lock asked for. shared: others write too, so that a thread waited for it and will give it back."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.came, self.left, self.over = threading.Event(), threading.Event(), threading.Event()
        self.shared = False
        self.begun = self.written = 0.0

    def give_back(self) -> None:
        with suppress(OSError):  # it was left before it came
            _unlock(self.handle)
        os.close(self.handle)
        self.over.set()


if sys.platform == "win32":
    # The first byte of the empty file: a lock may lie beyond its end. The handle's place in the file never moves.

    def _lock_at_once(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:  # EACCES: another handle has it
            return False
        return True

    def _wait_for_lock(handle: int, left: threading.Event) -> None:
        import random

        while not left.is_set() and not _lock_at_once(handle):
            time.sleep(random.uniform(*_LOOK_AGAIN))

    def _unlock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # closing alone frees it some time later

else:

    def _lock_at_once(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait_for_lock(handle: int, left: threading.Event) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)  # the queue cannot be left before one's turn

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)  # also where a process just being started has a copy of the handle
