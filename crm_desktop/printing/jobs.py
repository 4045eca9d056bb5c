"""What every long print shares: telling how far it is, and stopping when the person says so."""

from __future__ import annotations

from collections.abc import Callable

from crm_desktop.core.errors import Cancelled

Progress = Callable[[int, int], None]  # (done, total); total 0 when not known yet
Stop = Callable[[], bool]


class Watch:
    """Called once a page: reports progress and raises Cancelled when the person stopped the job."""

    def __init__(self, progress: Progress | None = None, stop: Stop | None = None):
        self._progress = progress
        self._stop = stop

    def tell(self, done: int, total: int) -> None:
        if self._stop is not None and self._stop():
            raise Cancelled
        if self._progress is not None:
            self._progress(done, total)
