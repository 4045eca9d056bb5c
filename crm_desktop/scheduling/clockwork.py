"""The clockwork: looks at every full and half minute whether something is due, in threads of its own, whatever the clock of the
PC does.

What is due stands in the database, so nothing is lost when the program is closed, the PC sleeps or the clock is set anew.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

EVERY = 30.0  # seconds
log = logging.getLogger(__name__)


class Clockwork:
    """Calls each of `jobs` (name -> function) at the start and at every full and half minute, never twice at the same time.

    The functions run in the clockwork's threads; a window turns what they find into signals. One that fails is logged and
    called again at the next turn.
    """

    def __init__(self, jobs: Mapping[str, Callable[[], object]], every: float = EVERY):
        self._jobs, self._every = dict(jobs), every
        self._turns = {name: threading.Lock() for name in self._jobs}
        self._scheduler: Any = None

    @property
    def running(self) -> bool:
        """Whether it has been started and not stopped."""
        return self._scheduler is not None

    def start(self) -> None:
        """Begin; `bring_in` comes first where somebody would wait for it."""
        if self._scheduler is not None:
            return
        scheduler = _steady_scheduler(self._every, threads=2 * len(self._jobs))
        for name in self._jobs:
            scheduler.add_job(self._turn, _full_turns(self._every), (name,), id=name, next_run_time=datetime.now(UTC))
        self._scheduler = scheduler
        scheduler.start()

    def look(self) -> None:
        """Look now: the window came to the front, or a reminder was just written."""
        if self._scheduler is None:
            return
        for name in self._jobs:
            self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        """End without waiting for a job that runs (a report being written ends with the process or by itself)."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.shutdown(wait=False)


    def _turn(self, name: str) -> None:
        """One look of a job. Asked for while the job still runs, it comes after it: what was just written is not missed."""
        with self._turns[name]:
            if not self.running:
                return
            try:
                self._jobs[name]()
            except Exception:
                log.exception("the job %s failed", name)


def bring_in() -> None:
    """Import APScheduler: the dearest part of beginning, and best done in a thread in which nobody waits."""
    import apscheduler.executors.pool
    import apscheduler.schedulers.background  # noqa: F401


def next_turn(now: datetime, every: float) -> datetime:
    """The next moment that is a multiple of `every` seconds: what is due at a minute is seen as that minute begins."""
    return datetime.fromtimestamp((now.timestamp() // every + 1) * every, UTC)


def _full_turns(every: float) -> Any:
    """APScheduler's trigger for `next_turn`; its own one would count from when the program was started."""
    from apscheduler.triggers.base import BaseTrigger

    class FullTurns(BaseTrigger):  # type: ignore[misc]
        def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
            return next_turn(max(previous or now, now), every)

    return FullTurns()


def _steady_scheduler(every: float, threads: int) -> Any:
    """APScheduler's background scheduler, made proof against a clock that is set.

    It waits until the wall time of the next job. Set back by two hours, it would be silent for two hours; and jobs that came
    late would be dropped after a second by default.
    """
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    class Steady(BackgroundScheduler):  # type: ignore[misc]
        def _process_jobs(self) -> float:
            now = datetime.now(UTC)
            for job in self.get_jobs():
                if job.next_run_time is not None and job.next_run_time - now > timedelta(seconds=2 * every):
                    job.modify(next_run_time=now)
            wait = super()._process_jobs()
            return min(every, every if wait is None else wait)

    return Steady(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(threads)},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 2},
        daemon=True,
    )
