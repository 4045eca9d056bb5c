"""The clockwork: looks at the start and again and again, survives a failing job and a clock that is set."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from crm_desktop.scheduling.clockwork import EVERY, Clockwork, next_turn

SOON = 10  # seconds a test waits at most


class Beats:
    """A job that tells when it was called."""

    def __init__(self) -> None:
        self.times: queue.Queue[int] = queue.Queue()
        self.fails = False

    def __call__(self) -> None:
        self.times.put(threading.get_ident())
        if self.fails:
            raise ZeroDivisionError("a bug")

    def wait(self) -> int:
        return self.times.get(timeout=SOON)


@pytest.fixture
def beats() -> Beats:
    return Beats()


@pytest.fixture
def slow(beats: Beats) -> Iterator[Clockwork]:
    """A clockwork that by itself would only look every hour."""
    made = Clockwork({"look": beats}, every=3600)
    yield made
    made.stop()


def test_it_looks_at_the_start_in_a_thread_of_its_own(slow: Clockwork, beats: Beats) -> None:
    slow.start()
    assert beats.wait() != threading.get_ident()
    assert slow.running


def test_it_looks_again_and_again(beats: Beats) -> None:
    clockwork = Clockwork({"look": beats}, every=0.05)
    clockwork.start()
    for _turn in range(3):
        beats.wait()
    clockwork.stop()
    assert not clockwork.running


def test_it_looks_when_asked(slow: Clockwork, beats: Beats) -> None:
    slow.start()
    beats.wait()
    slow.look()
    beats.wait()


def test_asked_while_a_job_runs_it_looks_again_afterwards() -> None:
    gate, begun, busy, together = threading.Event(), queue.Queue[None](), threading.Lock(), []

    def long() -> None:
        if not busy.acquire(blocking=False):
            together.append(1)
            return
        begun.put(None)
        gate.wait(SOON)
        busy.release()

    clockwork = Clockwork({"look": long}, every=3600)
    clockwork.start()
    begun.get(timeout=SOON)
    clockwork.look()
    gate.set()
    begun.get(timeout=SOON)
    clockwork.stop()
    assert not together


def test_a_job_that_fails_is_logged_and_called_again(slow: Clockwork, beats: Beats, caplog: pytest.LogCaptureFixture) -> None:
    beats.fails = True
    slow.start()
    beats.wait()
    slow.look()
    beats.wait()
    slow.stop()
    assert "the job look failed" in caplog.text


def test_a_slow_job_does_not_hold_up_the_others(beats: Beats) -> None:
    gate = threading.Event()
    clockwork = Clockwork({"export": lambda: gate.wait(SOON), "look": beats}, every=0.05)
    clockwork.start()
    for _turn in range(3):
        beats.wait()
    gate.set()
    clockwork.stop()


def test_a_clock_set_back_does_not_silence_it(beats: Beats) -> None:
    clockwork = Clockwork({"look": beats}, every=0.2)
    clockwork.start()
    beats.wait()
    # As it looks to the scheduler after the PC's clock was set back by two hours.
    clockwork._scheduler.modify_job("look", next_run_time=datetime.now(UTC) + timedelta(hours=2))
    while not beats.times.empty():
        beats.times.get()
    beats.wait()
    clockwork.stop()


def test_it_can_be_stopped_twice_and_asked_when_stopped(slow: Clockwork) -> None:
    slow.look()
    slow.start()
    slow.start()
    slow.stop()
    slow.stop()
    slow.look()


def test_stopping_does_not_wait_for_a_job_that_runs() -> None:
    gate, begun = threading.Event(), threading.Event()

    def long() -> None:
        begun.set()
        gate.wait(SOON)

    clockwork = Clockwork({"export": long}, every=3600)
    clockwork.start()
    assert begun.wait(SOON)
    clockwork.stop()
    assert not gate.is_set()
    gate.set()


def test_it_looks_as_the_minute_begins_whenever_it_was_started() -> None:
    at = datetime(2026, 11, 26, 14, 20, 52, 700_000, tzinfo=UTC)
    turns = []
    for _turn in range(3):
        at = next_turn(at, EVERY)
        turns.append((at.minute, at.second, at.microsecond))
    assert turns == [(21, 0, 0), (21, 30, 0), (22, 0, 0)]
