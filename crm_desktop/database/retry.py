"""Waiting between attempts: a random pause that grows, until the time is up."""

from __future__ import annotations

import time

from crm_desktop.database.faults import Fault

# Seconds: the first pause and the longest one. SQLite's own back-off let one of eight writers starve for 12
# s; short random pauses were fair. A server that restarts needs seconds.
_PAUSES = {Fault.BUSY: (0.002, 0.05), Fault.LOST: (0.05, 1.0), Fault.STOPPED: (0.002, 0.05)}


class Patience:
    """How long a read or a unit of work may be repeated: `seconds`, all attempts together."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._attempts = 0

    def left(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._end - time.monotonic())

    def wait(self, fault: Fault) -> bool:
        """Pause before the next attempt; False, at once, when the time is up."""
        if self.left() <= 0:
            return False
        import random

        first, longest = _PAUSES[fault]
        pause = random.uniform(first, min(longest, first * 2**self._attempts) + first)
        self._attempts = min(self._attempts + 1, 16)
        time.sleep(min(pause, self.left()))
        return True
