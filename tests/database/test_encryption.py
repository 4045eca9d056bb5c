"""An encrypted file: nothing of it can be read without the key, its copies likewise, and a kill never loses it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.customers.customer import Customer
from crm_desktop.core.clock import Clock
from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.records import Records
from crm_desktop.database import gate, keys, recoding, recovery, replacing, sentences
from crm_desktop.database.backup import back_up_file
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.unit import Tx
from tests.endurance import recoding as killing
from tests.office import open_office

pytestmark = pytest.mark.usefixtures("own_keys")

NAME = killing.NAME
STEPS = ["kept", "copy locked", "copy written", "copy proven", "copy replaced", "copy opened",
         "locked", "written", "proven", "replaced", "opened"]  # fmt: skip


def without_ring(tmp_path: Path) -> None:
    (tmp_path / "ring.json").unlink(missing_ok=True)
    keys._typed.clear()


@pytest.fixture
def plain(tmp_path: Path, sqlite_template: Path) -> Path:
    """A file with known names and a copy."""
    return killing.plant(tmp_path / "data", sqlite_template)


def read(folder: Path) -> int:
    database = open_database(folder)
    try:
        return int(database.read("SELECT COUNT(*) FROM known WHERE name = ?", (NAME,))[0][0])
    finally:
        database.close()


def traces(*folders: Path) -> list[Path]:
    """Files in which the known name can be read."""
    words = [NAME.encode("utf-8"), NAME.encode("utf-16-le"), b"Galaxy Test Ltd"]
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in found if any(word in path.read_bytes() for word in words)]


def test_what_is_sorted_lies_on_the_disk_only_when_the_file_is_plain(plain: Path) -> None:
    def where(tx: Tx) -> list[int]:
        with tx.roomy(2_000, on_disk=True):
            within = tx.run("PRAGMA temp_store")
        return [within[0][0], tx.run("PRAGMA temp_store")[0][0]]

    memory, disk = 2, 1
    for expected in (disk, memory):
        database = open_database(plain.parent)
        try:
            assert database.write(where) == [expected, memory]
        finally:
            database.close()
        if expected == disk:
            recoding.recode(plain, recovery.new_key())


def test_nothing_can_be_read_without_the_key(plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(temp))
    folder = plain.parent
    assert set(traces(folder)) >= {plain, *(folder / "backups").iterdir()}, "the look itself works"
    recoding.recode(plain, recovery.new_key())
    database = open_database(folder)
    database.write(lambda tx: tx.many("INSERT INTO known VALUES (?, ?)", [(n, NAME) for n in range(killing.ROWS, killing.ROWS + 500)]))
    database.read("SELECT DISTINCT name || id FROM known ORDER BY 1 DESC")
    back_up_file(database, "again")
    assert (folder / "crm.db-wal").stat().st_size > 0
    assert len(list((folder / "backups").iterdir())) == 2
    assert traces(folder, temp) == []
    for file in killing.files(folder):
        with pytest.raises(sqlite3.DatabaseError):
            sqlite3.connect(file).execute("SELECT * FROM sqlite_master").fetchall()
    database.close()


def test_a_copy_of_an_encrypted_file_opens_with_its_key(plain: Path, tmp_path: Path) -> None:
    key = recovery.new_key()
    recoding.recode(plain, key)
    database = open_database(plain)
    copy = back_up_file(database, "mine")
    database.close()
    assert copy is not None
    other = tmp_path / "other" / "crm.db"
    other.parent.mkdir()
    copy.rename(other)
    assert read(other.parent) == killing.ROWS
    without_ring(tmp_path)
    with pytest.raises(keys.KeyNeeded):
        read(other.parent)
    keys.learn(other, recovery.phrase_of(key))
    assert read(other.parent) == killing.ROWS


def test_the_office_works_on_as_before(tmp_path: Path, clock: Clock) -> None:
    """Search, history and undo, with all tables, indexes and the word index taken along."""
    office = open_office(open_database(tmp_path / "data"), clock)
    customer = office.save(Customer(name="苏州星河测试"))
    office.records.database.close()
    recoding.recode(tmp_path / "data" / "crm.db", recovery.new_key())
    records = Records(open_database(tmp_path / "data"), RECORD_TYPES, clock)
    office.records = records
    assert [hit.id for hit in records.search("xhcs", office.li, [Customer], 5)] == [customer.id]
    assert len(records.history(Customer, customer.id, office.li)) == 1
    office.save(Customer(name="无锡星河测试"))
    assert len(records.search("星河", office.li, [Customer], 5)) == 2
    records.database.close()


def test_the_new_key_takes_all_copies_along_and_the_old_one_opens_nothing(plain: Path, tmp_path: Path) -> None:
    old, new = recovery.new_key(), recovery.new_key()
    recoding.recode(plain, old)
    assert recoding.recode(plain, new) == recoding.Recoded(1, (), True)
    assert {keys.read_head(file) for file in killing.files(plain.parent)} == {keys.head_of(new)}
    without_ring(tmp_path)
    with pytest.raises(Trouble) as told:
        keys.learn(plain, recovery.phrase_of(old))
    assert told.value.text == sentences.OTHER_KEY
    keys.learn(plain, recovery.phrase_of(new))
    assert read(plain.parent) == killing.ROWS


def test_a_copy_that_cannot_be_opened_is_told_and_left(plain: Path) -> None:
    broken = plain.parent / "backups" / "broken.db"
    broken.write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    assert recoding.recode(plain, recovery.new_key()).left == (broken,)
    assert broken.read_bytes().endswith(b"\x07")
    assert read(plain.parent) == killing.ROWS


def test_the_time_of_a_copy_stays(plain: Path) -> None:
    copy = next((plain.parent / "backups").iterdir())
    os.utime(copy, (1_700_000_000, 1_700_000_000))
    copy.chmod(0o640)
    recoding.recode(plain, recovery.new_key())
    assert (copy.stat().st_mtime, copy.stat().st_mode & 0o777) == (1_700_000_000, 0o640)


# Keys that do not fit


def test_a_lost_keyring_is_told_with_the_way_out(plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = recovery.new_key()
    recoding.recode(plain, key)
    without_ring(tmp_path)
    with pytest.raises(keys.KeyNeeded) as told:
        open_database(plain)
    assert told.value.text == sentences.KEY_NEEDED and keys.PHRASE in told.value.sentence("en")
    monkeypatch.setenv(keys.PHRASE, recovery.phrase_of(key))
    assert read(plain.parent) == killing.ROWS
    monkeypatch.setenv(keys.PHRASE, recovery.phrase_of(recovery.new_key()))
    with pytest.raises(keys.KeyNeeded) as told:
        open_database(plain)
    assert told.value.text == sentences.OTHER_KEY
    monkeypatch.setenv(keys.PHRASE, recovery.phrase_of(key)[:-1])
    with pytest.raises(Invalid):
        open_database(plain)


def test_damage_is_not_called_a_wrong_key(plain: Path) -> None:
    recoding.recode(plain, recovery.new_key())
    with plain.open("r+b") as file:
        file.seek(100)
        file.write(b"\x00" * 64)
    with pytest.raises(Trouble) as told:
        open_database(plain)
    assert told.value.text == sentences.DAMAGED


def test_noise_is_not_called_ours(tmp_path: Path) -> None:
    (tmp_path / "crm.db").write_bytes(os.urandom(8192))
    with pytest.raises(Trouble) as told:
        open_database(tmp_path)
    assert told.value.text == sentences.ENCRYPTED


# Others on the same file


def holding(plain: Path) -> Database:
    database = open_database(plain)
    database.read("SELECT 1 FROM known LIMIT 1")
    return database


def test_nothing_happens_while_somebody_else_has_it_open(plain: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(plain)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdin is not None and program.stdout is not None
    assert program.stdout.readline() == "open\n"
    with pytest.raises(Trouble) as told:
        recoding.recode(plain, recovery.new_key())
    assert told.value.text == sentences.OPEN_ELSEWHERE
    assert keys.read_head(plain).startswith(b"SQLite")
    program.stdin.write("go on\n")
    program.stdin.flush()
    out = program.communicate(timeout=60)[0]
    assert (program.returncode, out) == (0, "written\n")
    assert read(plain.parent) == killing.ROWS + 1


_HOLD = f"""
import sys
from crm_desktop.database.engine import open_database
database = open_database(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
database.write(lambda tx: tx.run("INSERT INTO known (name) VALUES (?)", ({NAME!r},)))
print("written", flush=True)
"""


def test_who_comes_while_it_runs_is_told_so(plain: Path) -> None:
    told: list[str] = []

    def look(step: str) -> None:
        if step == "locked":
            with pytest.raises(Trouble) as refused:
                open_database(plain)
            told.append(refused.value.text)

    recoding.recode(plain, recovery.new_key(), look)
    assert told == [sentences.CHANGING]


def test_a_program_that_sleeps_without_a_connection_finds_the_gate_closed(plain: Path) -> None:
    database = holding(plain)
    database.close()
    with gate.closed(plain), pytest.raises(Trouble) as told:
        database.read("SELECT 1 FROM known LIMIT 1")
    assert told.value.text == sentences.CHANGING


def test_a_full_disk_leaves_it_as_it_was(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_all: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(replacing, "_write", full)
    before = plain.read_bytes()
    with pytest.raises(Trouble) as told:
        recoding.recode(plain, recovery.new_key())
    assert told.value.text == sentences.NOT_RECODED
    assert plain.read_bytes()[100:] == before[100:]  # but for the journal mode in its head
    assert read(plain.parent) == killing.ROWS


@pytest.mark.parametrize("spoil", ["rows", "table"])
def test_a_new_file_that_lacks_something_takes_no_place(plain: Path, spoil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof of the new file can fail."""
    write: Callable[..., None] = replacing._write

    def less(raw: object, fresh: Path, key: bytes | None) -> None:
        write(raw, fresh, key)
        other = replacing.dbapi2.connect(str(fresh), isolation_level=None)
        keys.unlock(other, key)
        other.execute("DELETE FROM known WHERE id = 5" if spoil == "rows" else "DROP INDEX by_name")
        other.close()

    if spoil == "table":
        database = open_database(plain)
        database.line().execute("CREATE INDEX by_name ON known (name)")
        database.close()
    monkeypatch.setattr(replacing, "_write", less)
    with pytest.raises(Trouble) as told:
        recoding.recode(plain, recovery.new_key())
    assert told.value.text == sentences.NOT_RECODED
    assert read(plain.parent) == killing.ROWS and not list(plain.parent.glob("*.fresh"))


# Killed


@pytest.mark.parametrize("with_ring", [True, False], ids=["keyring", "phrase"])
@pytest.mark.parametrize("wish", killing.WISHES)
def test_killed_at_any_step_it_opens(plain: Path, wish: str, with_ring: bool, tmp_path: Path) -> None:
    for at in range(1, len(STEPS) + 1, 1 if with_ring else 3):
        work = tmp_path / f"work{at}"
        shutil.copytree(plain.parent, work)
        result = killing.one_kill(work, wish, with_ring, at=at)
        assert result.good, (at, result)
        assert len(result.steps) == at - 1
