"""Opening: what cannot be opened is told in a sentence, and left as it was."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlcipher3 import dbapi2

from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.database import file_check, sentences, sqlite
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.database.unit import Tx
from tests.database import broken_files
from tests.database.ledger import make_ledger, total
from tests.spare_schema import SpareSchema


@pytest.mark.parametrize(
    ("make", "wanted"),
    [
        (broken_files.encrypted, sentences.ENCRYPTED),
        (broken_files.a_text, sentences.NOT_A_DATABASE),
        (broken_files.a_short_text, sentences.NOT_A_DATABASE),
        (broken_files.long_empty, sentences.EMPTY),
        (broken_files.of_another_program, sentences.FOREIGN),
        (broken_files.damaged, sentences.DAMAGED),
        (broken_files.cut_off, sentences.DAMAGED),
        (broken_files.newer, sentences.NEWER),
        (Path.mkdir, sentences.IS_A_FOLDER),
    ],
)
def test_a_file_that_is_not_ours(tmp_path: Path, make: Callable[[Path], None], wanted: str) -> None:
    path = tmp_path / "crm.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(Trouble) as told:
        open_database(tmp_path)
    assert told.value.text == wanted
    assert "{" not in told.value.sentence("en")
    assert before == (path.read_bytes() if path.is_file() else None)


def test_a_folder_is_made(tmp_path: Path) -> None:
    open_database(tmp_path / "a" / "数据 %").close()
    assert (tmp_path / "a" / "数据 %" / "crm.db").stat().st_size > 0
    assert (tmp_path / "a" / "数据 %" / "crm.db").stat().st_mode & 0o077 == 0


def test_a_file_stands_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(Trouble) as told:
        open_database(tmp_path / "taken" / "data")
    assert told.value.text == sentences.NO_FOLDER


def test_a_rescued_copy_without_our_number_is_ours(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    database.line().execute("PRAGMA application_id = 0")
    database.close()
    open_database(tmp_path).close()


def test_a_young_empty_file_is_a_new_database(tmp_path: Path) -> None:
    (tmp_path / "crm.db").touch()
    open_database(tmp_path).close()


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_appears_whole_and_never_over_another(links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, stamp = tmp_path / "crm.db", file_check._stamp
    seen: list[bool] = []

    def another_is_first(new: Path, journal: str) -> None:
        stamp(new, journal)
        seen.append(file.exists())
        if len(seen) == 2:
            file.write_bytes(b"theirs")

    def no_links(*_names: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(file_check, "_stamp", another_is_first)
    if not links:
        monkeypatch.setattr(file_check.os, "link", no_links)
    file_check.prepare_file(file)
    assert file.read_bytes().startswith(b"SQLite format 3")
    file.unlink()
    file_check.prepare_file(file)
    assert seen == [False, False]
    assert file.read_bytes() == b"theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["crm.db"]


def test_a_file_that_may_not_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_database(tmp_path).close()
    # The tests may run as root, who may write everywhere.
    monkeypatch.setattr(file_check.os, "access", lambda path, mode: False)
    with pytest.raises(Trouble) as told:
        open_database(tmp_path)
    assert told.value.text == sentences.READ_ONLY


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_entered(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0)
    with pytest.raises(Trouble) as told:
        open_database(tmp_path / "locked" / "data")
    assert told.value.text == sentences.NOT_ALLOWED


def test_a_file_that_turns_read_only_while_open(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    database.line().execute("PRAGMA query_only = ON")
    with pytest.raises(Trouble) as told:
        database.write(lambda tx: tx.run("DELETE FROM tx_log"))
    assert told.value.text == sentences.READ_ONLY
    database.close()


def test_a_broken_disk_that_is_only_full_is_called_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(tmp_path)
    error = dbapi2.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite.IOERR | (19 << 8)
    broken = database.backend.trouble(error)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=4096))
    full = database.backend.trouble(error)
    assert broken is not None and broken.text == sentences.BROKEN_DISK
    assert full is not None and full.text == sentences.DISK_FULL
    database.close()


def test_a_full_disk_saves_nothing_and_says_so(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    make_ledger(database)
    ((pages,),) = database.read("PRAGMA page_count")
    database.line().execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(Trouble) as told:
        database.write(
            lambda tx: tx.many(
                "INSERT INTO ledger (id, name, amount) VALUES (?, ?, 1)",
                [(n, "x" * 900) for n in range(9, 99)],
            )
        )
    assert told.value.text == sentences.DISK_FULL
    assert total(database) == 30
    database.write(lambda tx: tx.run("UPDATE ledger SET amount = 11 WHERE id = 1"))
    assert total(database) == 31
    database.close()


def test_a_disk_that_is_full_in_the_middle_of_an_import_is_not_taken_for_a_colleague(tmp_path: Path) -> None:
    """SQLite ends the transaction by itself then; whoever puts something back afterwards finds it ended."""
    database = open_database(tmp_path)
    make_ledger(database)
    ((pages,),) = database.read("PRAGMA page_count")
    database.line().execute(f"PRAGMA max_page_count = {pages + 3}")
    attempts = []

    def work(tx: Tx) -> None:
        attempts.append(1)
        with tx.roomy():
            try:
                tx.many("INSERT INTO ledger (id, name, amount) VALUES (?, ?, 1)", [(n, "x" * 900) for n in range(9, 99)])
            finally:
                tx.run("UPDATE ledger SET amount = 11 WHERE id = 1")

    with pytest.raises(Trouble) as told:
        database.write(work)
    assert told.value.text == sentences.DISK_FULL
    assert len(attempts) == 1 and total(database) == 30
    database.close()


def test_a_file_another_program_holds_locked(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    database.write_patience = 0.05
    other = dbapi2.connect(str(tmp_path / "crm.db"), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Trouble) as told:
        database.write(lambda tx: tx.run("DELETE FROM tx_log"))
    assert told.value.text == sentences.IN_USE
    other.execute("ROLLBACK")
    other.close()
    database.write(lambda tx: tx.run("DELETE FROM tx_log"))
    database.close()


def test_a_file_that_is_taken_away_while_open_is_not_made_anew(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    database.close()
    for path in tmp_path.iterdir():
        path.unlink()
    with pytest.raises(Trouble) as told:
        database.read("SELECT 1 FROM tx_log")
    assert told.value.text == sentences.NOT_OPENED
    assert list(tmp_path.iterdir()) == []


def test_two_programs_start_at_once_on_nothing(place: str) -> None:
    command = [sys.executable, "-c", _OPEN_AND_COUNT, place]
    programs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _n in range(3)]
    for program in programs:
        _out, err = program.communicate(timeout=60)
        assert (program.returncode, err.decode()) == (0, "")
    database = open_database(place)
    assert database.read("SELECT COUNT(*) FROM tx_log") == [(3 * 20,)]
    database.close()


_OPEN_AND_COUNT = """
import sys
from crm_desktop.database.engine import open_database
database = open_database(sys.argv[1])
for _number in range(20):
    database.write(lambda tx: None, op_id=__import__("secrets").randbits(60))
"""


def test_addresses() -> None:
    assert find_place("mysql://anna%40hq:p%2Fw@db.example:3307/crm?ssl_ca=/etc/ca.pem") == ServerPlace(
        "anna@hq", "p/w", "db.example", 3307, "crm", {"ssl_ca": "/etc/ca.pem"}
    )
    assert str(find_place("mariadb://u:secret@h/crm")) == "mysql://u@h:3306/crm"
    assert "secret" not in repr(find_place("mariadb://u:secret@h/crm"))
    assert find_place("/data") == Path("/data/crm.db")
    assert find_place("/data/other.db") == Path("/data/other.db")


@pytest.mark.parametrize(
    "address",
    ["mysql://", "mysql://h/crm", "mysql://u@h", "mysql://u@h:port/crm", "postgres://u@h/crm", "a://b"],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(Invalid):
        open_database(address)


@pytest.mark.mysql
@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (("root@", "root:wrong@"), sentences.WRONG_PASSWORD),
        (("root@127.0.0.1", "root@no-such-host.invalid"), sentences.NO_HOST),
        (("/crm", "/crm?ssl_ca=/no/such/file"), sentences.NO_CERTIFICATE),
    ],
)
def test_a_server_that_does_not_let_us_in(server: str, change: tuple[str, str], wanted: str) -> None:
    with pytest.raises(Trouble) as told:
        open_database(f"{server}/crm".replace(*change))
    assert told.value.text == wanted
    assert "{" not in told.value.sentence("en")


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(Trouble) as told:
        open_database("mysql://root@127.0.0.1:1/crm")
    assert told.value.text == sentences.NO_ANSWER


@pytest.mark.mysql
def test_an_account_without_rights(server: str, spare_schema: SpareSchema) -> None:
    admin = open_database(spare_schema.address)
    admin.line().execute("CREATE USER IF NOT EXISTS 'clerk'@'%%' IDENTIFIED BY 'p@ss'")
    admin.close()
    with pytest.raises(Trouble) as told:
        open_database(server.replace("root@", "clerk:p%40ss@") + "/" + spare_schema.name)
    assert told.value.text == sentences.NO_RIGHT_TO_SCHEMA
    assert "clerk" in told.value.sentence("en")


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_a_schema_of_another_program_or_a_newer_one(place: str, server: str) -> None:
    database: Database = open_database(place)
    database.write(lambda tx: tx.run("INSERT INTO schema_version VALUES (9999, 'x', '2030-01-01 00:00:00')"))
    database.close()
    with pytest.raises(Trouble) as told:
        open_database(place)
    assert told.value.text == sentences.NEWER
    database.line().execute("DROP TABLE schema_version")
    database.close()
    with pytest.raises(Trouble) as told:
        open_database(place)
    assert told.value.text == sentences.FOREIGN
