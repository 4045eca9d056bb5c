"""Bounds for the reader process, where the operating system has them: memory, processor time, no crash dumps."""

from __future__ import annotations

import sys
import time

if sys.platform != "win32":
    import resource
    import signal

MEMORY = 500 << 20
PROCESSOR_SECONDS = 900
BOUND = sys.platform != "win32"
"""Whether the system stops a process that works on and on without a word."""
OUT_OF_TIME = -signal.SIGXCPU if sys.platform != "win32" else None
"""How such a process ends."""

_patience = 0.0


def set_limits(patience: float = PROCESSOR_SECONDS) -> None:
    """Bound this process: its memory, and the seconds it may work between two signs of life. On Windows the system keeps no such
    bound, on macOS none of memory; there the reader relies on its own checks."""
    global _patience
    _patience = patience
    if sys.platform != "win32":
        _bound(resource.RLIMIT_AS, MEMORY)
        _bound(resource.RLIMIT_CORE, 0)
    renew_time()


def renew_time() -> None:
    """A sign of life has been given: as much time once more, whatever others do on this computer meanwhile."""
    if sys.platform != "win32" and _patience:
        _bound(resource.RLIMIT_CPU, min(PROCESSOR_SECONDS, int(time.process_time() + _patience) + 1))


if sys.platform != "win32":

    def _bound(limit: int, value: int) -> None:
        try:
            _soft, hard = resource.getrlimit(limit)
            resource.setrlimit(limit, (value if hard < 0 else min(value, hard), hard))
        except (ValueError, OSError):
            return
