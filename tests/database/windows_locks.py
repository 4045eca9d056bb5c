"""`turn.py` as it is on Windows, with a stand-in for msvcrt that does what Microsoft's documents say of `_locking` and LockFile:

- it locks bytes from the handle's place in the file on, beyond the end of the file too;
- a region that any handle has locked is refused with EACCES, to the handle itself as well, whatever process it belongs to;
- only the same region is unlocked, and unlocking what is not locked is refused with EACCES;
- what a process leaves locked is freed at its end; a handle closed before its region is unlocked frees it "some time later", which
  here is a mistake that `left_locked` tells of.
"""

from __future__ import annotations

import errno
import fcntl
import importlib.util
import os
import struct
import sys
from pathlib import Path
from types import ModuleType

from crm_desktop.database import turn

_held: set[tuple[int, int, int]] = set()


def locking(handle: int, mode: int, count: int) -> None:
    """msvcrt.locking; the two modes that try ten times, a second each, are not used."""
    region = (handle, os.lseek(handle, 0, os.SEEK_CUR), count)
    if mode == LK_UNLCK:
        if region not in _held:
            raise PermissionError(errno.EACCES, "Permission denied")
        _ask(region, fcntl.F_UNLCK)
        _held.discard(region)
    elif mode == LK_NBLCK:
        if region in _held:
            raise PermissionError(errno.EACCES, "Permission denied")
        try:
            _ask(region, fcntl.F_WRLCK)
        except BlockingIOError as taken:
            raise PermissionError(errno.EACCES, "Permission denied") from taken
        _held.add(region)
    else:
        raise AssertionError(f"mode {mode}")


LK_UNLCK, LK_LOCK, LK_NBLCK = 0, 1, 2


def _ask(region: tuple[int, int, int], kind: int) -> None:
    """A lock of this handle alone, as Windows has them; POSIX's own belong to the process."""
    handle, start, count = region
    fcntl.fcntl(handle, fcntl.F_OFD_SETLK, struct.pack("hhqqi4x", kind, os.SEEK_SET, start, count, 0))


def left_locked() -> bool:
    """Whether a handle was closed with a lock on it."""
    return bool(_held)


def as_on_windows() -> ModuleType:
    """The module, read anew as a Windows program would read it."""
    spec = importlib.util.spec_from_file_location("turn_on_windows", Path(turn.__file__))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    was, sys.modules["msvcrt"] = sys.platform, sys.modules[__name__]
    sys.platform = "win32"
    try:
        spec.loader.exec_module(module)
    finally:
        sys.platform = was
        del sys.modules["msvcrt"]
    return module
