"""A file in a network folder: no WAL, one writer, a copy for the others; a dead or frozen holder loses nothing for anybody."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.office import marks
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.business.system import starting
from crm_desktop.core import words
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import Clock
from crm_desktop.core.errors import Refused, Trouble
from crm_desktop.core.records import Records
from crm_desktop.core.state import state
from crm_desktop.core.views import View
from crm_desktop.database import sentences, whereabouts
from crm_desktop.database.engine import Database, open_copy, open_database
from crm_desktop.database.lease import HeldElsewhere, Lease
from crm_desktop.database.network_file import NetworkFile
from tests.database.dead_locks import DeadLocks
from tests.database.ledger import make_ledger, total

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def english() -> Iterator[None]:
    before = words.language()
    words.use("en")
    yield
    words.use(before)


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that counts as one of the network."""
    folder = tmp_path / "far"
    folder.mkdir()
    monkeypatch.setenv(whereabouts.NAMED, str(folder))
    return folder


@pytest.fixture
def ledger(far: Path) -> Iterator[Database]:
    database = open_database(far)
    make_ledger(database)
    yield database
    database.close()


def held_by(far: Path) -> HeldElsewhere:
    with pytest.raises(HeldElsewhere) as told:
        open_database(far)
    return told.value


def test_no_wal_and_every_commit_on_the_disk(far: Path, ledger: Database) -> None:
    line = ledger.line()
    pragmas = ("journal_mode", "synchronous", "mmap_size", "cache_spill", "foreign_keys")
    assert [line.fetch(f"PRAGMA {name}")[0][0] for name in pragmas] == ["delete", 3, 0, 0, 1]
    ledger.write(lambda tx: tx.run("UPDATE ledger SET amount = amount + 1"))
    assert {path.name for path in far.iterdir()} == {"crm.db", "crm.db.lease"}
    assert (far / "crm.db").read_bytes()[18:20] == b"\x01\x01"


def test_a_file_in_wal_is_converted(tmp_path: Path, far: Path) -> None:
    local = open_database(tmp_path / "near")
    make_ledger(local)
    local.close()
    shutil.copy(tmp_path / "near" / "crm.db", far / "crm.db")
    assert (far / "crm.db").read_bytes()[18:20] == b"\x02\x02"
    database = open_database(far)
    assert total(database) == 30
    assert (far / "crm.db").read_bytes()[18:20] == b"\x01\x01"
    database.close()


def test_the_second_one_is_told_who_has_it(far: Path, ledger: Database) -> None:
    ledger.introduce("王丽")
    told = held_by(far)
    assert told.text == sentences.HELD
    assert told.values["user"] == "王丽"
    assert told.sentence("en").startswith("王丽 on ") and " has it open since " in told.sentence("en")
    ledger.write(lambda tx: tx.run("UPDATE ledger SET amount = 11 WHERE id = 1"))
    ledger.close()
    assert not (far / "crm.db.lease").exists()
    again = open_database(far)
    assert total(again) == 31
    again.close()


def test_a_start_that_fails_gives_the_lease_back(far: Path) -> None:
    (far / "crm.db").write_bytes(b"no database at all, but a text")
    with pytest.raises(Trouble) as told:
        open_database(far)
    assert told.value.text == sentences.NOT_A_DATABASE
    assert not (far / "crm.db.lease").exists()


def test_a_holder_that_lives_is_never_put_out(tmp_path: Path) -> None:
    clock = Hand()
    holder, waiter = Lease(tmp_path / "crm.db", beat=1000), Lease(tmp_path / "crm.db", clock=clock)
    holder.take()
    for _minute in range(5):
        with pytest.raises(HeldElsewhere):
            waiter.take()
        clock.now += 59
        holder.call("signs")
    holder.demand()
    holder.release()
    waiter.take()
    waiter.release()


def test_what_another_clock_says_does_not_matter(tmp_path: Path) -> None:
    clock = Hand()
    holder, waiter = Lease(tmp_path / "crm.db", beat=1000), Lease(tmp_path / "crm.db", beat=0.05, clock=clock)
    holder.take()
    os.utime(holder.path, (4e9, 4e9))  # a server years ahead
    for _look in range(3):
        with pytest.raises(HeldElsewhere):
            waiter.take()
    os.utime(holder.path, (1, 1))  # or behind: a change all the same
    clock.now += 61
    with pytest.raises(HeldElsewhere):
        waiter.take()
    clock.now += 61
    waiter.take()
    with pytest.raises(Trouble) as told:
        holder.demand()
    assert told.value.text == sentences.LEASE_LOST
    assert not holder.held
    waiter.demand()
    holder.release()
    assert waiter.path.exists(), "what another one has taken stays"
    waiter.release()


def test_of_many_who_wait_one_gets_it(tmp_path: Path) -> None:
    (tmp_path / "crm.db.lease").write_text("left behind, and not even readable")
    clock = Hand()
    waiters = [Lease(tmp_path / "crm.db", beat=0.5, clock=clock) for _one in range(6)]
    for waiter in waiters:
        with pytest.raises(HeldElsewhere):
            waiter.take()
    clock.now += 60
    start = threading.Barrier(len(waiters))

    def run(waiter: Lease) -> None:
        start.wait()
        try:
            waiter.take()
        except HeldElsewhere:
            return

    threads = [threading.Thread(target=run, args=(waiter,)) for waiter in waiters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    able = []
    for waiter in waiters:
        try:
            waiter.demand()
            able.append(waiter)
        except Trouble:
            continue
    assert len(able) == 1
    able[0].release()


def test_whoever_had_to_wait_gives_signs_too(far: Path, ledger: Database) -> None:
    lease = held_by(far).lease
    lease.beat = 0.02
    ledger.close()
    database = open_database(far, lease=lease)
    with pytest.raises(HeldElsewhere):
        Lease(far / "crm.db", ttl=20).wait_for_sign()
    database.close()


HOLD = """
import os, signal, sys
from pathlib import Path
from crm_desktop.core.errors import Trouble
from crm_desktop.database.engine import Database
from crm_desktop.database.lease import Lease
from tests.database.dead_locks import DeadLocks
file = Path(sys.argv[1])
backend = DeadLocks(file, Lease(file, beat=0.05))
backend.open()
database = Database(backend)
def work(tx):
    tx.run("UPDATE ledger SET amount = amount + 1000")
    print("written", flush=True)
    sys.stdin.readline()
try:
    database.write(work)
    print("committed", flush=True)
except Trouble as trouble:
    print(trouble.text, flush=True)
print(database.read("PRAGMA integrity_check")[0][0], flush=True)
"""


def start_holder(file: Path) -> subprocess.Popen[str]:
    """A program of its own that is in the middle of a transaction."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "written\n"
    return holder


def wait_it_out(file: Path) -> Lease:
    """A lease got after a minute (of a clock set by hand) without a sign of life."""
    clock = Hand()
    lease = Lease(file, beat=0.2, clock=clock)
    with pytest.raises(HeldElsewhere):
        lease.take()
    clock.now += 59
    with pytest.raises(HeldElsewhere):
        lease.take()
    clock.now += 1
    lease.take()
    return lease


def test_a_dead_holder_is_recovered_from(far: Path, ledger: Database) -> None:
    ledger.close()
    holder = start_holder(far / "crm.db")
    holder.kill()
    holder.wait()
    database = open_database(far, lease=wait_it_out(far / "crm.db"))
    assert total(database) == 30
    assert database.read("PRAGMA integrity_check") == [("ok",)]
    database.write(lambda tx: tx.run("UPDATE ledger SET amount = 11 WHERE id = 1"))
    database.close()


def test_a_frozen_holder_refuses_its_commit(far: Path, ledger: Database) -> None:
    """The locks of this folder do nothing: only the lease keeps them apart."""
    ledger.close()
    file = far / "crm.db"
    holder = start_holder(file)
    holder.send_signal(signal.SIGSTOP)
    try:
        backend = DeadLocks(file, wait_it_out(file))
        backend.open()
        database = Database(backend)
        database.write(lambda tx: tx.run("UPDATE ledger SET amount = 11 WHERE id = 1"))
    finally:
        holder.send_signal(signal.SIGCONT)
    told, _err = holder.communicate("go on\n")
    assert told.splitlines() == [sentences.LEASE_LOST, "ok"]
    assert total(database) == 31
    database.write(lambda tx: tx.run("UPDATE ledger SET amount = 12 WHERE id = 1"))
    assert total(database) == 32
    assert database.read("PRAGMA integrity_check") == [("ok",)]
    database.close()


def test_a_folder_that_vanishes_in_mid_save(far: Path, ledger: Database) -> None:
    away = far.with_name("away")

    def work(tx: object) -> None:
        tx.run("UPDATE ledger SET amount = 0")  # type: ignore[attr-defined]
        far.rename(away)

    with pytest.raises(Trouble) as told:
        ledger.write(work)
    assert told.value.text == sentences.FOLDER_GONE
    with pytest.raises(Trouble) as told:
        ledger.write(lambda tx: tx.run("UPDATE ledger SET amount = 0"))
    assert told.value.text == sentences.FOLDER_GONE
    away.rename(far)
    assert total(ledger) == 30
    ledger.write(lambda tx: tx.run("UPDATE ledger SET amount = 11 WHERE id = 1"))
    assert total(ledger) == 31


def test_a_thread_that_reads_and_one_that_writes_get_along(ledger: Database) -> None:
    stream = ledger.stream("SELECT a.id FROM ledger a, ledger b, ledger c, ledger d", size=1)
    next(stream)
    written = threading.Event()

    def write() -> None:
        ledger.write(lambda tx: tx.run("UPDATE ledger SET amount = 11 WHERE id = 1"))
        ledger.close_thread()
        written.set()

    thread = threading.Thread(target=write)
    thread.start()
    assert sum(len(page) for page in stream) == 15
    thread.join()
    assert written.is_set() and total(ledger) == 31


# The copy for the others


@pytest.fixture
def copied(far: Path) -> Iterator[tuple[Records, Records]]:
    """The database as its holder has it, and the copy somebody else reads in."""
    first = open_database(far)
    records = Records(first, RECORD_TYPES, Clock())
    user = starting.begin(records, "华星", "王丽", "zh_CN")
    records.save(Customer(name="大华公司"), actor_for(records, user.id))
    first.introduce("王丽")
    second = open_copy(held_by(far))
    yield records, Records(second, RECORD_TYPES, Clock())
    second.close()
    first.close()


def reader(records: Records) -> Actor:
    return actor_for(records, records.names.all("employee")[0].id)


def test_a_copy_is_read_and_nothing_else(far: Path, copied: tuple[Records, Records]) -> None:
    original, copy = copied
    before = (far / "crm.db").read_bytes()
    actor = reader(copy)
    assert copy.count(Customer, actor, View()) == 1
    with pytest.raises(Refused) as told:
        copy.save(Customer(name="第二家"), actor)
    assert told.value.text == sentences.ONLY_A_COPY
    assert told.value.values["user"] == "王丽"
    with pytest.raises(Refused):
        copy.settings.put("company", "another")
    marks.star(copy, actor, "customer", 7)  # what the program notes for itself is gone with the copy
    copy.log(actor, "sign_in")
    assert marks.starred(copy, actor) == [["customer", 7]]
    assert (far / "crm.db").read_bytes() == before
    original.save(Customer(name="第二家"), reader(original))
    assert original.count(Customer, reader(original), View()) == 2
    assert copy.count(Customer, actor, View()) == 1
    newer = open_copy(held_by(far))
    assert newer.read("SELECT COUNT(*) FROM customer") == [(2,)]
    place = newer.backend.place
    newer.close()
    assert not Path(str(place)).exists()


def test_each_mode_is_told(english: None, far: Path, copied: tuple[Records, Records], tmp_path: Path) -> None:
    original, copy = copied
    assert "one program writes at a time" in state(original, reader(original)).kept
    told = state(copy, reader(copy))
    assert "王丽 on " in told.kept and told.place == str(far / "crm.db")
    local = Records(open_database(tmp_path / "Dropbox" / "near"), RECORD_TYPES, Clock())
    starting.begin(local, "", "", "en")
    told = state(local, reader(local))
    assert told.kept.startswith("A file of this computer") and "Dropbox" in told.warning
    local.database.close()


def test_a_copy_of_a_commit_that_was_cut_off_is_whole(far: Path, ledger: Database) -> None:
    """What a PC leaves that dies while it writes the file: its journal belongs to it."""
    ledger.close()
    file = far / "crm.db"
    raw = dbapi2.connect(f"{file.as_uri()}?vfs=unix-none", uri=True, isolation_level=None)
    raw.execute("PRAGMA cache_size=1")  # spills into the file before the commit
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("UPDATE ledger SET amount = 0")
    raw.execute("CREATE TABLE filler (text)")
    raw.executemany("INSERT INTO filler VALUES (?)", [("x" * 3000,)] * 300)
    left = far.with_name("left")
    shutil.copytree(far, left)
    raw.close()
    assert (left / "crm.db-journal").stat().st_size > 0
    shutil.rmtree(far)
    left.rename(far)
    lease = Lease(file)
    lease.take()
    copy = open_copy(held_by(far))
    assert total(copy) == 30
    assert copy.read("SELECT COUNT(*) FROM sqlite_master WHERE name = 'filler'") == [(0,)]
    copy.close()
    lease.release()


def test_a_damaged_file_gives_no_copy(far: Path, ledger: Database) -> None:
    told = held_by(far)
    ledger.write(lambda tx: tx.many("INSERT INTO ledger (id, name, amount) VALUES (?, ?, 1)", [(n, "x" * 900) for n in range(9, 99)]))
    with (far / "crm.db").open("r+b") as file:
        file.seek(-8192, os.SEEK_END)
        file.write(b"\xff" * 8192)
    with pytest.raises(Trouble) as trouble:
        open_copy(told)
    assert trouble.value.text in (sentences.NO_GOOD_COPY, sentences.DAMAGED)


def test_the_engine_may_be_closed_twice(far: Path) -> None:
    database = open_database(far)
    assert isinstance(database.backend, NetworkFile)
    database.close()
    database.close()
    assert list(far.glob("*.lease")) == []
