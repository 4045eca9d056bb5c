"""Bounds for the reader process, where the operating system has them: memory, processor time, no crash dumps."""

from __future__ import annotations

import sys

MEMORY = 500 << 20
PROCESSOR_SECONDS = 900


def set_limits() -> None:
    """Bound this process. On Windows and macOS the system keeps no such bound; there the reader relies on its own checks."""
    if sys.platform == "win32":
        return
    import resource

    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            _soft, hard = resource.getrlimit(limit)
            resource.setrlimit(limit, (value if hard < 0 else min(value, hard), hard))
        except (ValueError, OSError):
            continue
