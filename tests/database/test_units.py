"""A unit of work happens once, or not at all, whatever the database says in between."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.core.errors import Cancelled, Refused, Trouble
from crm_desktop.database import retry, sentences
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.faults import AlreadyWritten, OutcomeUnknown
from crm_desktop.database.line import Line
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.unit import Tx
from tests.database.ledger import make_ledger, total


@pytest.fixture
def ledger(place: str) -> Database:
    """An open database with the table `ledger` (id, name, amount) of two rows: Ann 10, Bob 20."""
    database = open_database(place)
    make_ledger(database)
    yield database
    database.close()


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between attempts, which are not slept."""
    pauses: list[float] = []
    monkeypatch.setattr(retry.time, "sleep", pauses.append)
    return pauses


def add_one(tx: Tx) -> int:
    """Read, then write: what gets lost when two do it at the same time without protection."""
    ((amount,),) = tx.run("SELECT amount FROM ledger WHERE id = 1")
    tx.run("UPDATE ledger SET amount = ? WHERE id = 1", (amount + 1,))
    return int(amount) + 1


def test_what_is_written_is_there(ledger: Database) -> None:
    def work(tx: Tx) -> int:
        tx.run("INSERT INTO ledger (id, name, amount) VALUES (?, ?, ?)", (3, "Cem", 30))
        tx.many("INSERT INTO ledger (id, name, amount) VALUES (?, ?, ?)", [(4, "Dia", 40), (5, "Eva", 50)])
        return tx.changed

    assert ledger.write(work) == 2
    assert ledger.read("SELECT name FROM ledger WHERE amount > ? ORDER BY id", (25,)) == [
        ("Cem",),
        ("Dia",),
        ("Eva",),
    ]


def test_an_error_takes_everything_back(ledger: Database) -> None:
    def work(tx: Tx) -> None:
        tx.run("UPDATE ledger SET amount = 0")
        raise Refused("No.")

    with pytest.raises(Refused):
        ledger.write(work)
    assert total(ledger) == 30


def test_a_work_is_given_up_before_its_next_statement(ledger: Database) -> None:
    stop = threading.Event()

    def work(tx: Tx) -> None:
        tx.until(stop.is_set)
        with tx.roomy():
            add_one(tx)
            stop.set()
            add_one(tx)

    def at_the_end(tx: Tx) -> None:
        tx.until(stop.is_set)

    for given_up in (work, at_the_end):
        with pytest.raises(Cancelled):
            ledger.write(given_up)
        assert total(ledger) == 30
    stop.clear()
    assert ledger.write(add_one) == 11  # the connection is as it was


def test_changed_counts_matched_rows_even_with_the_same_values(ledger: Database) -> None:
    def work(tx: Tx) -> tuple[int, int]:
        tx.run("UPDATE ledger SET amount = amount WHERE id = 1")
        same = tx.changed
        tx.run("UPDATE ledger SET amount = 5 WHERE id = 99")
        return same, tx.changed

    assert ledger.write(work) == (1, 0)


def test_a_duplicate_may_be_caught_and_the_unit_goes_on(ledger: Database) -> None:
    def work(tx: Tx) -> None:
        with pytest.raises(peewee.IntegrityError):
            tx.run("INSERT INTO ledger (id, name, amount) VALUES (1, 'twice', 0)")
        tx.run("UPDATE ledger SET amount = 11 WHERE id = 1")

    ledger.write(work)
    assert total(ledger) == 31


def test_read_inside_write_sees_the_transaction(ledger: Database) -> None:
    def work(tx: Tx) -> int:
        tx.run("UPDATE ledger SET amount = 100 WHERE id = 1")
        return total(ledger)

    assert ledger.write(work) == 120


def test_write_inside_write_is_a_mistake_of_the_program(ledger: Database) -> None:
    with pytest.raises(RuntimeError, match="inside write"):
        ledger.write(lambda tx: ledger.write(add_one))
    with pytest.raises(RuntimeError, match="inside write"):
        ledger.write(lambda tx: list(ledger.stream("SELECT 1")))
    assert total(ledger) == 30


def test_a_transaction_is_of_no_use_afterwards(ledger: Database) -> None:
    kept = ledger.write(lambda tx: tx)
    with pytest.raises(RuntimeError, match="over"):
        kept.run("UPDATE ledger SET amount = 0")


def test_a_transaction_that_ended_unheard_is_run_again(ledger: Database) -> None:
    """Without this the second change would be committed alone."""
    attempts: list[Tx] = []

    def work(tx: Tx) -> None:
        attempts.append(tx)
        tx.run("UPDATE ledger SET amount = amount - 5 WHERE id = 1")
        if len(attempts) == 1:
            ledger.backend.rollback(ledger.line().raw)  # as a server does that has lost it
        tx.run("UPDATE ledger SET amount = amount + 5 WHERE id = 2")

    ledger.write(work)
    assert len(attempts) == 2
    assert ledger.read("SELECT amount FROM ledger ORDER BY id") == [(5,), (25,)]


def test_a_change_that_was_left_out_is_run_again(ledger: Database) -> None:
    """Like a row that has another version than the one that was read and locked."""
    attempts: list[int] = []

    def work(tx: Tx) -> None:
        attempts.append(1)
        tx.run("UPDATE ledger SET amount = 20 WHERE id = 2")
        with contextlib.suppress(Trouble):  # going on regardless must not help
            tx.change_one("UPDATE ledger SET amount = 11 WHERE id = 1 AND amount = ?", (9 if len(attempts) == 1 else 10,))

    ledger.write(work)
    assert len(attempts) == 2 and total(ledger) == 31


def test_a_change_that_is_always_left_out_is_told(ledger: Database) -> None:
    ledger.write_patience = 0

    def work(tx: Tx) -> None:
        tx.run("UPDATE ledger SET amount = 0 WHERE id = 2")
        tx.change_one("UPDATE ledger SET amount = 11 WHERE id = 99")

    with pytest.raises(Trouble, match="Somebody else"):
        ledger.write(work)
    assert total(ledger) == 30


def test_a_busy_database_is_tried_again(ledger: Database, no_pauses: list[float]) -> None:
    attempts = fail_at_begin(ledger, times=3)
    assert ledger.write(add_one) == 11
    assert len(attempts) == 4
    assert len(no_pauses) == 3
    assert all(0 < pause <= 0.11 for pause in no_pauses)


def test_a_database_that_stays_busy_is_reported(ledger: Database) -> None:
    fail_at_begin(ledger, times=1000)
    ledger.write_patience = 0
    with pytest.raises(Trouble) as told:
        ledger.write(add_one)
    assert told.value.text in (sentences.IN_USE, sentences.ROWS_IN_USE)


def test_a_swallowed_deadlock_never_commits_a_half(ledger: Database, no_pauses: list[float]) -> None:
    attempts: list[int] = []

    def work(tx: Tx) -> None:
        attempts.append(1)
        tx.run("UPDATE ledger SET amount = 0 WHERE id = 1")
        if len(attempts) == 1:
            with contextlib.suppress(Exception):  # what careless code does
                deadlock(tx)
            with pytest.raises(peewee.OperationalError):
                tx.run("UPDATE ledger SET amount = 0 WHERE id = 2")

    ledger.write(work)
    assert len(attempts) == 2
    assert total(ledger) == 20


def test_an_earlier_error_in_the_caller_does_not_count(ledger: Database) -> None:
    """A bug raised while the caller handles a lost line is a bug, not a reason to try again."""
    attempts: list[int] = []

    def work(tx: Tx) -> None:
        attempts.append(1)
        raise ValueError("a bug")

    try:
        raise busy_error(ledger)
    except Exception:  # noqa: BLE001
        with pytest.raises(ValueError):
            ledger.write(work)
    assert len(attempts) == 1


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_a_killed_line_is_opened_again_and_the_unit_repeated(
    ledger: Database, no_pauses: list[float]
) -> None:
    attempts: list[int] = []

    def work(tx: Tx) -> int:
        attempts.append(1)
        done = add_one(tx)
        if len(attempts) == 1:
            kill(ledger)
            add_one(tx)
        return done

    assert ledger.write(work) == 11
    assert len(attempts) == 2
    assert total(ledger) == 31


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_a_killed_line_does_not_disturb_a_read(ledger: Database, no_pauses: list[float]) -> None:
    assert total(ledger) == 30
    kill(ledger)
    assert total(ledger) == 30


def test_an_operation_is_written_once(ledger: Database) -> None:
    ledger.write(add_one, op_id=77)
    with pytest.raises(AlreadyWritten):
        ledger.write(add_one, op_id=77)
    assert total(ledger) == 31
    assert ledger.read("SELECT id FROM tx_log WHERE id = 77") == [(77,)]


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
@pytest.mark.parametrize("arrived", [True, False], ids=["the COMMIT arrived", "the COMMIT got lost"])
@pytest.mark.parametrize("op_id", [None, 5])
def test_a_commit_without_an_answer_is_not_doubled(
    ledger: Database, no_pauses: list[float], arrived: bool, op_id: int | None
) -> None:
    attempts: list[int] = []

    def work(tx: Tx) -> str:
        attempts.append(1)
        add_one(tx)
        return f"attempt {len(attempts)}"

    cut_at_commit(ledger, arrived, times=1)
    assert ledger.write(work, op_id) == ("attempt 1" if arrived else "attempt 2")
    assert total(ledger) == 31


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
@pytest.mark.parametrize("time_is_up", [False, True])
def test_a_commit_that_comes_from_another_node_is_not_doubled(
    ledger: Database, no_pauses: list[float], monkeypatch: pytest.MonkeyPatch, time_is_up: bool
) -> None:
    """In a cluster the mark goes in on the second node before the COMMIT of the first one has come there."""
    attempts: list[int] = []
    commit, waits = ledger.backend.commit, retry.Patience.wait

    def work(tx: Tx) -> str:
        attempts.append(1)
        add_one(tx)
        return f"attempt {len(attempts)}"

    def nodes(raw: Any) -> None:
        if len(attempts) == 1:
            raw.rollback()
            kill(ledger)
            raise peewee.OperationalError(2013, "Lost connection")
        raw.rollback()
        other = Line(ledger.backend)
        other.execute("INSERT INTO tx_log (id, at) VALUES (5, UTC_TIMESTAMP())")
        other.execute("UPDATE ledger SET amount = amount + 1 WHERE id = 1")
        other.close()
        ledger.backend.commit = commit  # type: ignore[method-assign]
        raise busy_error(ledger)

    def wait(patience: retry.Patience, fault: Any) -> bool:
        return not (time_is_up and len(attempts) == 2) and waits(patience, fault)

    ledger.backend.commit = nodes  # type: ignore[method-assign]
    monkeypatch.setattr(retry.Patience, "wait", wait)
    if time_is_up:
        with pytest.raises(OutcomeUnknown):
            ledger.write(work, 5)
    else:
        assert ledger.write(work, 5) == "attempt 1"
    assert len(attempts) == 2 and total(ledger) == 31


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_a_commit_that_stays_uncertain_is_told_with_its_number(ledger: Database) -> None:
    cut_at_commit(ledger, arrived=True, times=1)
    ledger.write_patience = 0
    with pytest.raises(OutcomeUnknown) as told:
        ledger.write(add_one, op_id=9)
    assert told.value.op_id == 9
    assert ledger.read("SELECT id FROM tx_log WHERE id = 9") == [(9,)]


def test_threads_lose_nothing(ledger: Database) -> None:
    failures: list[BaseException] = []

    def clerk() -> None:
        try:
            for _number in range(10):
                ledger.write(add_one)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        finally:
            ledger.close_thread()

    threads = [threading.Thread(target=clerk) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert total(ledger) == 30 + 40


def fail_at_begin(database: Database, times: int) -> list[int]:
    """Let the next `times` transactions meet the engine's "busy"; the list grows with each attempt."""
    begin = database.backend.begin
    attempts: list[int] = []

    def failing(raw: Any) -> None:
        attempts.append(1)
        if len(attempts) <= times:
            raise busy_error(database)
        begin(raw)

    database.backend.begin = failing  # type: ignore[method-assign]
    return attempts


def busy_error(database: Database) -> Exception:
    """What the driver raises when somebody else holds the database."""
    if database.engine == "mysql":
        return peewee.OperationalError(1213, "Deadlock found when trying to get lock")
    error = peewee.OperationalError("database is locked")
    error.sqlite_errorcode = 5  # type: ignore[attr-defined]
    return error


def deadlock(tx: Tx) -> None:
    """Make a statement fail as in a deadlock; a real one also rolls back, this one tests that we do."""
    if tx.engine == "mysql":
        tx.run("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'deadlock'")
        return
    line = tx._line

    class Refusing:
        in_transaction = True

        def cursor(self) -> Any:
            raise busy_error(tx._database)

    raw, line.raw = line.raw, Refusing()
    try:
        tx.run("SELECT 1")
    finally:
        line.raw = raw


def kill(database: Database) -> None:
    """Cut the running thread's line, as a server that is restarted does."""
    other = Line(database.backend)
    other.execute(f"KILL CONNECTION {database.line().raw.thread_id()}")
    other.close()


def cut_at_commit(database: Database, arrived: bool, times: int) -> None:
    """Cut the line just before or just after the server has committed."""
    commit: Callable[[Any], None] = database.backend.commit
    cuts: list[int] = []

    def cutting(raw: Any) -> None:
        if len(cuts) == times:
            commit(raw)
            return
        cuts.append(1)
        if arrived:
            commit(raw)
        kill(database)
        raw.ping(reconnect=False)

    database.backend.commit = cutting  # type: ignore[method-assign]
