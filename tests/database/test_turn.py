"""Programs that write to one file take turns; who dies or freezes in his turn keeps nobody out for good."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from crm_desktop.database import sqlite, turn
from crm_desktop.database.engine import Database, open_database
from tests.database.ledger import make_ledger, total

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from tests.database.test_turn import module_of
with module_of(sys.argv[2]).Turns(Path(sys.argv[1])).taken(60):
    print("mine", flush=True)
    sys.stdin.readline()
print("given back", flush=True)
sys.stdin.readline()
"""


def module_of(system: str) -> ModuleType:
    """turn.py as this system has it, or as Windows does."""
    if system == "here":
        return turn
    from tests.database import windows_locks

    return windows_locks.as_on_windows()


@pytest.fixture(params=["here", pytest.param("windows", marks=pytest.mark.skipif(sys.platform != "linux", reason="stand-in"))])
def system(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def turns(system: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The module the program goes by in this test."""
    module = module_of(system)
    monkeypatch.setattr(sqlite, "Turns", module.Turns)
    yield module
    for thread in threading.enumerate():
        if thread.name == "turn":
            thread.join(60)
    if system == "windows":
        from tests.database import windows_locks

        assert not windows_locks.left_locked()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    database = open_database(tmp_path)
    make_ledger(database)
    database.close()
    return tmp_path / "crm.db"


@pytest.fixture
def holder(file: Path, system: str, turns: Any) -> Iterator[subprocess.Popen[str]]:
    """Another program whose turn it is, until it hears a line."""
    command = [sys.executable, "-c", HOLDER, str(file), system]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None and process.stdout.readline() == "mine\n"
    yield process
    process.kill()
    process.communicate()


def add_one(database: Database) -> None:
    database.write(lambda tx: tx.run("UPDATE ledger SET amount = amount + 1 WHERE id = 1"))


def writing(file: Path) -> threading.Thread:
    """A program's write, which waits for its turn."""

    def work() -> None:
        database = open_database(file)
        add_one(database)
        database.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(0.3)
    return thread


def amount(file: Path) -> int:
    database = open_database(file)
    try:
        return total(database)
    finally:
        database.close()


def test_a_write_waits_for_its_turn(file: Path, holder: subprocess.Popen[str]) -> None:
    thread = writing(file)
    assert thread.is_alive() and amount(file) == 30
    assert holder.stdin is not None
    holder.stdin.write("go on\n")
    holder.stdin.flush()
    thread.join(60)
    assert not thread.is_alive() and amount(file) == 31


def test_who_dies_gives_it_back(file: Path, holder: subprocess.Popen[str]) -> None:
    thread = writing(file)
    assert thread.is_alive()
    holder.kill()
    thread.join(60)
    assert not thread.is_alive() and amount(file) == 31


@pytest.mark.skipif(os.name == "nt", reason="SIGSTOP")
def test_who_is_frozen_is_not_waited_for_longer_than_a_write_may_take(
    file: Path, holder: subprocess.Popen[str], turns: Any
) -> None:
    holder.send_signal(signal.SIGSTOP)
    database = open_database(file)
    database.write_patience = 0.2
    add_one(database)  # SQLite's own lock is free
    holder.send_signal(signal.SIGCONT)
    database.write_patience = 60
    assert holder.stdin is not None and holder.stdout is not None
    holder.stdin.write("go on\n")
    holder.stdin.flush()
    assert holder.stdout.readline() == "given back\n"
    add_one(database)  # the place in the queue that was left is not kept
    with turns.Turns(file).taken(60):
        assert total(database) == 32
    database.close()


def test_who_waits_brings_into_the_file_what_stands_in_the_wal(
    file: Path, holder: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WAL", 2)  # pages; one is written with each change

    def in_the_file() -> int:
        copy = tmp_path / "without its WAL"
        copy.mkdir(exist_ok=True)
        shutil.copy(file, copy / file.name)
        return amount(copy / file.name)

    database = open_database(file)
    database.write_patience = 0.2  # then it writes without its turn
    for added, in_file in ((31, 30), (32, 30), (33, 32), (34, 32)):
        add_one(database)
        assert (total(database), in_the_file()) == (added, in_file)
    database.close()


def test_nothing_is_done_meanwhile_by_who_need_not_wait(file: Path, turns: Any) -> None:
    done: list[str] = []
    with turns.Turns(file).taken(60, lambda: done.append("at once")), turns.Turns(file).taken(0, lambda: done.append("meanwhile")):
        assert done == ["meanwhile"]


def test_where_nobody_may_lock_sqlite_decides(file: Path, turns: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_arguments: object) -> int:
        raise PermissionError("not here")

    monkeypatch.setattr(turns.os, "open", refuses)
    with turns.Turns(file).taken(60), turns.Turns(file).taken(60):
        database = open_database(file)
        add_one(database)
        assert total(database) == 31
        database.close()


class Queue:
    """Two programs at one file: `other` has its turn, `mine` waits for it in a thread until `go` and holds it until `done`."""

    def __init__(self, turns: Any, file: Path) -> None:
        self.mine, self.other = turns.Turns(file), turns.Turns(file)
        self.in_it, self.done = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._write)

    def _write(self) -> None:
        with self.mine.taken(60):
            self.in_it.set()
            self.done.wait(60)

    def run(self) -> None:
        """Let the other have its turn, then mine, which waited for it."""
        with self.other.taken(60):
            self.thread.start()
            assert not self.in_it.wait(0.1)
        assert self.in_it.wait(60)
        self.done.set()
        self.thread.join(60)


def test_who_writes_on_keeps_a_turn_he_waited_for(file: Path, turns: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST", 3600)
    monkeypatch.setattr(turns, "PAUSE", 3600)
    queue = Queue(turns, file)
    queue.run()
    for _write in range(3):
        came = threading.Event()

        def write(came: threading.Event = came) -> None:
            with queue.other.taken(0.1):
                came.set()

        with queue.mine.taken(0):  # at once, although the other waits; it gives up waiting, and SQLite would decide
            waiting = threading.Thread(target=write)
            waiting.start()
            assert came.wait(60)
            waiting.join(60)
    monkeypatch.setattr(turns, "LONGEST", 0)  # it is over: his next write is the last
    with queue.mine.taken(0):
        pass
    free = turns.os.open(file.with_name(file.name + turns.ENDING), os.O_RDWR)
    turns._wait_for_lock(free, threading.Event())  # those who gave up waiting are gone as well
    turns._unlock(free)
    os.close(free)


def test_a_turn_is_given_back_when_nothing_more_is_written(file: Path, turns: Any) -> None:
    queue = Queue(turns, file)
    queue.run()
    with queue.other.taken(3600):  # comes without mine doing anything
        pass


def test_nobody_waits_for_who_is_alone(file: Path, turns: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST", 3600)
    monkeypatch.setattr(turns, "PAUSE", 3600)
    alone, next_one = turns.Turns(file), turns.Turns(file)
    with alone.taken(60):
        pass
    assert not [one for one in threading.enumerate() if one.name == "turn"]
    with next_one.taken(3600):
        pass
