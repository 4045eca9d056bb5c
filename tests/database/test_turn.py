"""Programs that write to one file take turns; who dies or freezes in his turn keeps nobody out for good."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.database import turn
from crm_desktop.database.engine import Database, open_database
from tests.database.ledger import make_ledger, total

HOLDER = """
import sys
from pathlib import Path
from crm_desktop.database import turn
with turn.taken(Path(sys.argv[1]), 60):
    print("mine", flush=True)
    sys.stdin.readline()
print("given back", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    database = open_database(tmp_path)
    make_ledger(database)
    database.close()
    return tmp_path / "crm.db"


@pytest.fixture
def holder(file: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program whose turn it is, until it hears a line."""
    command = [sys.executable, "-c", HOLDER, str(file)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
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
def test_who_is_frozen_is_not_waited_for_longer_than_a_write_may_take(file: Path, holder: subprocess.Popen[str]) -> None:
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
    with turn.taken(file, 60):
        assert total(database) == 32
    database.close()


def test_where_nobody_may_lock_sqlite_decides(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_arguments: object) -> int:
        raise PermissionError("not here")

    monkeypatch.setattr(turn.os, "open", refuses)
    with turn.taken(file, 60), turn.taken(file, 60):
        database = open_database(file)
        add_one(database)
        assert total(database) == 31
        database.close()
