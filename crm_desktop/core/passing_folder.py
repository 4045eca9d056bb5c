"""Temporary folders that go with the program: what one that was killed has left behind goes when the next one is made.

While a folder is used the file in it is locked; the system lets go of the lock when the program ends, however it ends.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from types import TracebackType

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HELD = ".held"
_ATTEMPTS = 5


class PassingFolder:
    """A folder of its own in the system's folder for such; `prefix` tells what it is for, and which others are looked after."""

    def __init__(self, prefix: str) -> None:
        sweep(prefix)
        for _attempt in range(_ATTEMPTS):
            self.name = tempfile.mkdtemp(prefix=prefix)
            handle = _locked(Path(self.name), os.O_CREAT)
            if handle is not None and os.path.exists(self.name):  # else another program has just taken it for left behind
                break
            _end(self.name, handle)
        else:  # a place without locks
            self.name, handle = tempfile.mkdtemp(prefix=prefix), None
        self._end = weakref.finalize(self, _end, self.name, handle)

    def cleanup(self) -> None:
        """It is not needed any more."""
        self._end()

    def __enter__(self) -> str:
        return self.name

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.cleanup()


def sweep(prefix: str) -> None:
    """Take away the folders of programs that are gone."""
    with suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            if (handle := _locked(folder)) is not None:
                _end(str(folder), handle)


def _locked(folder: Path, more: int = 0) -> int | None:
    """The lock of a folder; None where somebody holds it, or there is none."""
    try:
        handle = os.open(folder / _HELD, os.O_RDWR | more, 0o600)
    except OSError:
        return None
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _end(name: str, handle: int | None) -> None:
    if handle is not None:
        os.close(handle)
    shutil.rmtree(name, ignore_errors=True)
