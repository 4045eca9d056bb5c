"""Does work beside the UI thread and brings the answer back into it: reads side by side, writes one after the
other.

`runner.run(work, then, failed)` is all a view needs. Answers arrive in the UI thread through a queued signal
of an object that outlives every view; an answer for a view that was closed meanwhile, or to a question asked
again (`key`), is dropped. What is nice to know, but not what was asked for, waits its turn: `runner.when_quiet(ask)`.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from types import MethodType
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from crm_desktop.core.errors import Cancelled, Trouble

READERS = 2

Then = Callable[[Any], object]
Failed = Callable[[Exception], object]


class Job:
    """One piece of work under way. Long work takes it as its argument, reports `step` and asks
    `cancelled`."""

    def __init__(self, runner: Runner, key: str | None = None) -> None:
        self.key = key
        self.turn = 0
        self.done = False
        self.must_finish = False
        self.then: Then | None = None
        self.failed: Failed | None = None
        self.progress: Callable[[int, int, str], object] | None = None
        self.told: tuple[int, int, str] = (0, 0, "")  # how far it is
        self.announced = False  # the UI thread will look at it anyway
        self._runner = runner
        self._stop = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether the work should stop; asked by the work itself."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at once, also in the middle of a question to the database."""
        self.stop()
        self._runner.interrupt()

    def stop(self) -> None:
        """Ask the work to stop at its next step. Long work that was through already is answered all the same."""
        self._stop.set()

    def forget(self) -> None:
        """Ask the work to stop; whatever comes of it, nobody wants to know."""
        self.stop()
        self.then = self.failed = None

    def step(self, done: int, total: int = 0, text: str = "") -> None:
        """Report how far the work is; raises Cancelled when it should stop. Called from the working
        thread."""
        if self.cancelled:
            raise Cancelled
        self._runner.report(self, done, total, text)


class _Bell(QObject):
    """Carries answers from the working threads into the UI thread."""

    answered = Signal(object, object, object)
    stepped = Signal(object)


class Runner:
    """Owns the working threads of the window.

    `inline=True` does everything at once in the calling thread (tests). `interrupt` is called when a job is
    cancelled (the database's `interrupt`), `thread_ends` in each working thread before it ends (the
    database's `close_thread`).
    """

    def __init__(
        self,
        inline: bool = False,
        interrupt: Callable[[], object] | None = None,
        thread_ends: Callable[[], object] | None = None,
    ) -> None:
        self.inline = inline
        self.on_bug: Callable[[Exception], object] | None = None
        self.on_trouble: Callable[[Trouble], object] | None = None
        self._interrupt = interrupt
        self._turns: dict[str, int] = {}
        self._open: set[Job] = set()
        self._later: deque[Callable[[], object]] = deque()
        self._lock = threading.Lock()
        self._closed = False
        self._bell = _Bell()
        self._bell.answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._bell.stepped.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)
        self._readers = _Lane("reader", READERS, thread_ends)
        self._writer = _Lane("writer", 1, thread_ends)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    def run(
        self,
        work: Callable[[], Any],
        then: Then | None = None,
        failed: Failed | None = None,
        key: str | None = None,
        write: bool = False,
    ) -> Job:
        """Do `work()` elsewhere, then `then(answer)` here, or `failed(error)`.

        With a `key`, only the answer to the last question of that key arrives. `write=True` queues behind
        earlier writes. Without `failed`, a Trouble goes to `on_trouble`, anything else to `on_bug` (bugs go
        there in any case).
        """
        return self._start(lambda _job: work(), then, failed, None, key, write)

    def run_long(
        self,
        work: Callable[[Job], Any],
        then: Then | None = None,
        failed: Failed | None = None,
        progress: Callable[[int, int, str], object] | None = None,
        write: bool = True,
        must_finish: bool = False,
    ) -> Job:
        """Like `run` for work over half a second: `work(job)` reports `job.step(done, total, text)` and can
        be cancelled.

        A cancelled job calls `failed` with Cancelled, so that the dialog can close; when the work was through before it could
        stop, `then` is called, for what it did stands. One that `must_finish` is waited for at the end of the program.
        """
        return self._start(work, then, failed, progress, None, write, must_finish)

    def when_quiet(self, ask: Callable[[], object]) -> None:
        """Call `ask` in the UI thread once all that was read has been answered and painted; one after the other, so that
        what each of them reads is answered before the next begins."""
        if self.inline:
            ask()
            return
        self._later.append(ask)
        self._look_for_quiet()

    def interrupt(self) -> None:
        """Break off what the database is busy with, best effort."""
        if self._interrupt is not None:
            self._interrupt()

    def report(self, job: Job, done: int, total: int, text: str) -> None:
        """Carry a job's progress into the UI thread: what it comes to by the time that has time for it."""
        job.told = done, total, text
        if self.inline:
            self._tell_progress(job)
        elif not (self._closed or job.announced):
            job.announced = True
            self._bell.stepped.emit(job)

    def busy(self) -> bool:
        """Whether any work is under way or waiting."""
        with self._lock:
            return bool(self._open)

    def reading(self) -> bool:
        """Whether somebody waits for an answer: any read, but no long job, is under way or waiting."""
        with self._lock:
            return any(job.progress is None and not job.must_finish for job in self._open)

    def close(self) -> None:
        """Stop: reads and long jobs are cancelled, short writes under way or waiting are finished. Called at
        the end."""
        if self._closed:
            return
        self._closed = True
        with self._lock:
            dropped = [job for job in self._open if not job.must_finish]
        for job in dropped:
            job.stop()
        if dropped:
            self.interrupt()
        self._readers.close()
        self._writer.close()

    # ------------------------------------------------------------ inside

    def _start(
        self,
        work: Callable[[Job], Any],
        then: Then | None,
        failed: Failed | None,
        progress: Callable[[int, int, str], object] | None,
        key: str | None,
        write: bool,
        must_finish: bool = False,
    ) -> Job:
        job = Job(self, key)
        job.then, job.failed, job.progress = then, failed, progress
        job.must_finish = must_finish or (write and progress is None)
        if key is not None:
            job.turn = self._turns[key] = self._turns.get(key, 0) + 1
        if self._closed:
            return job
        with self._lock:
            self._open.add(job)
        if self.inline:
            self._deliver(job, *_outcome(work, job))
        else:
            (self._writer if write else self._readers).submit(lambda: self._work(work, job))
        return job

    def _work(self, work: Callable[[Job], Any], job: Job) -> None:
        answer, error = (None, Cancelled()) if self._stale(job) else _outcome(work, job)
        if not self._closed:
            self._bell.answered.emit(job, answer, error)

    def _stale(self, job: Job) -> bool:
        return job.cancelled or (job.key is not None and self._turns.get(job.key) != job.turn)

    def _deliver(self, job: Job, answer: Any, error: Exception | None) -> None:
        with self._lock:
            self._open.discard(job)
        job.done = True
        self._look_for_quiet()
        long = job.progress is not None
        if isinstance(error, Cancelled) or (job.cancelled and (error is not None or not long)):
            if long and job.failed is not None and _alive(job.failed):
                job.failed(error or Cancelled())
            return
        if self._stale(job) and not long:  # long work has no key
            return
        if error is None:
            if job.then is not None and _alive(job.then):
                job.then(answer)
            return
        self._fail(job, error)

    def _look_for_quiet(self) -> None:
        if self._later and not self.reading():
            soon(self._ask_later)  # after the painting that is due

    def _ask_later(self) -> None:
        if self._later and not self.reading() and not self._closed:
            ask = self._later.popleft()
            if _alive(ask):
                ask()
            self._look_for_quiet()

    def _fail(self, job: Job, error: Exception) -> None:
        if not isinstance(error, Trouble):
            import logging

            logging.getLogger(__name__).error("Work failed", exc_info=error)
            if self.on_bug is not None:
                self.on_bug(error)
        if job.failed is not None and _alive(job.failed):
            job.failed(error)
        elif isinstance(error, Trouble) and self.on_trouble is not None:
            self.on_trouble(error)

    def _tell_progress(self, job: Job) -> None:
        told = job.told
        if job.progress is not None and not job.cancelled and _alive(job.progress):
            job.progress(*told)
        # Not before: who shows it may look after other events meanwhile (a QProgressDialog does), and be told again within.
        job.announced = False
        if job.told is not told and not self.inline:
            self.report(job, *job.told)


def _outcome(work: Callable[[Job], Any], job: Job) -> tuple[Any, Exception | None]:
    try:
        return work(job), None
    except Exception as error:  # noqa: BLE001 - whatever goes wrong belongs to whoever asked
        return None, error


def _alive(callback: Callable[..., object]) -> bool:
    """False for a method of a widget that Qt has deleted since the question was asked."""
    if not isinstance(callback, MethodType):
        return True
    owner = callback.__self__
    return isValid(owner) if isinstance(owner, QObject) else True


class _Lane:
    """Threads that work through one queue in its order; another one begins when those there are have enough to do. Each keeps its
    own connection."""

    def __init__(self, name: str, most: int, thread_ends: Callable[[], object] | None) -> None:
        self._name = name
        self._most = most
        self._thread_ends = thread_ends
        self._queue: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._under_way = 0  # and waiting

    def submit(self, work: Callable[[], object]) -> None:
        with self._lock:
            self._under_way += 1
        self._queue.put(work)
        if len(self._threads) < min(self._under_way, self._most):
            thread = threading.Thread(target=self._live, name=f"{self._name}-{len(self._threads) + 1}")
            self._threads.append(thread)
            thread.start()

    def close(self) -> None:
        for _thread in self._threads:
            self._queue.put(None)

    def _live(self) -> None:
        while (work := self._queue.get()) is not None:
            work()
            with self._lock:
                self._under_way -= 1
        if self._thread_ends is not None:
            self._thread_ends()


def soon(work: Callable[[], object], after: int = 0) -> None:
    """Do something in the UI thread once it is idle (`after` milliseconds)."""
    QTimer.singleShot(after, work)
