"""Work beside the UI thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from crm_desktop.core.errors import Cancelled, Refused
from crm_desktop.ui.runner import Job, Runner


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


class View(QObject):
    """Something that asks and may be closed before the answer comes."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Any] = []

    def take(self, answer: Any) -> None:
        self.got.append(answer)

    def ask(self) -> None:
        self.got.append("asked")


def test_work_is_done_elsewhere_and_answered_here(runner: Runner, qtbot: Any) -> None:
    here = threading.current_thread()
    threads: list[Any] = []
    runner.run(
        lambda: threads.append(threading.current_thread()) or 42,
        lambda answer: threads.append((answer, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not here
    assert threads[1] == (42, here)
    assert not runner.busy()


def test_only_the_last_question_of_a_key_is_answered(runner: Runner, qtbot: Any) -> None:
    gate = threading.Event()
    got: list[str] = []
    runner.run(lambda: gate.wait(5) and "first", got.append, key="search")
    runner.run(lambda: gate.wait(5) and "second", got.append, key="search")
    runner.run(lambda: "third", got.append, key="search")  # waits behind the two
    runner.run(lambda: "other", got.append, key="count")
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy())
    assert sorted(got) == ["other", "third"]


def test_writes_keep_their_order_while_reads_go_on(runner: Runner, qtbot: Any) -> None:
    gate = threading.Event()
    order: list[int] = []
    for turn in range(20):
        runner.run(lambda turn=turn: (gate.wait(5) if turn == 0 else None, order.append(turn)), write=True)
    read: list[str] = []
    runner.run(lambda: "read", read.append)
    qtbot.waitUntil(lambda: read == ["read"])
    assert order == []
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy())
    assert order == list(range(20))


def test_what_is_nice_to_know_waits_until_all_that_was_read_is_answered(runner: Runner, qtbot: Any) -> None:
    first, second, write = threading.Event(), threading.Event(), threading.Event()
    told: list[str] = []
    runner.run(lambda: first.wait(60), lambda _answer: told.append("first"))
    runner.run(lambda: second.wait(60), lambda _answer: told.append("second"))
    runner.run(lambda: write.wait(60), lambda _answer: told.append("write"), write=True)  # nobody waits for it
    for name in ("one", "two"):
        runner.when_quiet(lambda name=name: (told.append(f"ask {name}"), runner.run(lambda: name, told.append)))
    view = View()
    runner.when_quiet(view.ask)
    delete(view)
    first.set()
    qtbot.waitUntil(lambda: told == ["first"])
    second.set()
    qtbot.waitUntil(lambda: told == ["first", "second", "ask one", "one", "ask two", "two"])
    write.set()
    qtbot.waitUntil(lambda: not runner.busy())
    assert told[-1] == "write"
    assert view.got == []


def test_an_answer_for_a_closed_view_is_dropped(runner: Runner, qtbot: Any) -> None:
    gate = threading.Event()
    view = View()
    runner.run(lambda: gate.wait(5), view.take)
    delete(view)
    gate.set()
    qtbot.waitUntil(lambda: not runner.busy())
    assert view.got == []


def test_troubles_and_bugs_go_different_ways(runner: Runner, qtbot: Any) -> None:
    bugs: list[Exception] = []
    troubles: list[Exception] = []
    failed: list[Exception] = []
    runner.on_bug, runner.on_trouble = bugs.append, troubles.append

    def refuse() -> None:
        raise Refused("No.")

    runner.run(refuse)
    runner.run(refuse, failed=failed.append)
    runner.run(lambda: 1 / 0)
    runner.run(lambda: {}["x"], failed=failed.append)
    qtbot.waitUntil(lambda: not runner.busy())
    assert [type(error).__name__ for error in troubles] == ["Refused"]
    assert sorted(type(error).__name__ for error in failed) == ["KeyError", "Refused"]
    assert sorted(type(error).__name__ for error in bugs) == ["KeyError", "ZeroDivisionError"]


def test_long_work_reports_and_is_cancelled(qapp: QApplication, qtbot: Any) -> None:
    broken: list[int] = []
    runner = Runner(interrupt=lambda: broken.append(1))
    steps: list[tuple[int, int, str]] = []
    ended: list[Exception] = []
    reached = threading.Event()

    def work(job: Job) -> str:
        for place in range(1_000_000):
            job.step(place, 1_000_000, "rows")
            if place == 3:
                reached.set()
                job._stop.wait(5)
        return "finished"

    job = runner.run_long(
        work, lambda _answer: steps.append((-1, -1, "")), ended.append, lambda *step: steps.append(step)
    )
    assert reached.wait(5)
    qtbot.waitUntil(lambda: bool(steps) and steps[-1][0] == 3)
    job.cancel()
    qtbot.waitUntil(lambda: not runner.busy())
    assert isinstance(ended[0], Cancelled)
    assert steps[-1] == (3, 1_000_000, "rows")
    assert broken == [1]
    runner.close()


def test_a_busy_window_is_told_the_last_of_many_steps(runner: Runner, qtbot: Any) -> None:
    """An undo reports every record: ten thousand words about it would keep the window from everything else."""
    steps: list[tuple[int, int, str]] = []
    through, seen = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        for place in range(10_000):
            job.step(place, 10_000)
        through.set()
        seen.wait(60)

    runner.run_long(work, progress=lambda *step: steps.append(step))
    assert through.wait(60)  # nothing is delivered meanwhile
    qtbot.waitUntil(lambda: bool(steps) and steps[-1][0] == 9_999)
    seen.set()
    assert len(steps) <= 2
    qtbot.waitUntil(lambda: not runner.busy())


def test_who_shows_a_step_is_not_told_another_within_it(runner: Runner, qtbot: Any) -> None:
    """A QProgressDialog looks after all events while it shows a value: told again within, it would go ever deeper."""
    depth, deepest, last = 0, 0, 0
    shown = threading.Semaphore(0)

    def work(job: Job) -> None:
        for place in range(50):
            job.step(place, 50)
            shown.acquire(timeout=0.01)
        job.step(50, 50)

    def show(done: int, _total: int, _text: str) -> None:
        nonlocal depth, deepest, last
        depth, last = depth + 1, done
        deepest = max(deepest, depth)
        shown.release()
        for _turn in range(5):
            QApplication.processEvents()
        depth -= 1

    runner.run_long(work, progress=show)
    qtbot.waitUntil(lambda: last == 50, timeout=60_000)
    assert deepest == 1


def test_long_work_that_was_through_when_it_was_cancelled_is_answered(qapp: QApplication, qtbot: Any) -> None:
    """The last row is written and the person presses Cancel: he must not be told that nothing was imported."""
    runner = Runner()
    told: list[Any] = []
    through, cancelled = threading.Event(), threading.Event()

    def work(_job: Job) -> str:
        through.set()
        cancelled.wait(5)
        return "40,000 rows"

    for end in (Job.cancel, Job.forget):
        through.clear()
        cancelled.clear()
        job = runner.run_long(work, told.append, lambda error: told.append(repr(error)), lambda *_step: None)
        assert through.wait(5)
        end(job)
        cancelled.set()
        qtbot.waitUntil(lambda: not runner.busy())
    assert told == ["40,000 rows"]
    runner.close()


def test_inline_for_tests(qapp: QApplication) -> None:
    runner = Runner(inline=True)
    got: list[Any] = []
    runner.run(lambda: 1, got.append)
    runner.run_long(lambda job: job.step(1, 2) or 2, got.append, progress=lambda *step: got.append(step))
    assert got == [1, (1, 2, ""), 2]
    runner.close()


def test_closing_finishes_writes_and_drops_reads(qapp: QApplication) -> None:
    ends: list[str] = []
    runner = Runner(thread_ends=lambda: ends.append(threading.current_thread().name))
    gate, done = threading.Event(), []
    runner.run(lambda: gate.wait(5), write=True)
    runner.run(lambda: done.append("saved"), write=True)
    runner.run(lambda: gate.wait(5))
    runner.run(lambda: gate.wait(5))
    runner.run(lambda: done.append("read"))
    threads = [*runner._writer._threads, *runner._readers._threads]
    runner.close()
    gate.set()
    for thread in threads:
        thread.join(5)
    assert done == ["saved"]
    assert len(ends) == 3
    assert not any(thread.is_alive() for thread in threads)
    late: list[int] = []
    runner.run(lambda: late.append(1))
    assert late == []
