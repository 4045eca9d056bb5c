"""Migrations: a fresh database is what the program declares, and no kill leaves one that cannot go on."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from crm_desktop.core.errors import Trouble
from crm_desktop.database import migrate, sentences
from crm_desktop.database.backup import back_up_file
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.freeze import migration_text, models_of
from crm_desktop.database.migrate import MIGRATIONS, OWN_TABLES, migrations_in, version_of
from crm_desktop.database.models import tables_for
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.shape import differences, schema_of
from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table


class Dealer(peewee.Model):
    id = peewee.BigAutoField()
    name = peewee.CharField(max_length=80, index=True)
    code = peewee.CharField(max_length=20, unique=True)
    note = peewee.TextField()
    story = peewee.CharField(max_length=4000, null=True)
    since = peewee.DateField(null=True)
    seen_at = peewee.DateTimeField(null=True)
    active = peewee.BooleanField()
    share = peewee.FloatField(null=True)
    logo = peewee.BlobField(null=True)

    class Meta:
        table_name = "dealer"
        indexes = ((("active", "name", "id"), False),)


class Visit(peewee.Model):
    dealer = peewee.BigIntegerField()
    day = peewee.DateField()

    class Meta:
        table_name = "visit"
        primary_key = peewee.CompositeKey("dealer", "day")


FIRST = migration_text("first_tables", tables_for([Dealer, Visit]), {})
SECOND = '''"""Dealers get a phone number; the old note becomes a remark."""

from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table

CALLS = Table("call_log", (Column("id", "id"), Column("dealer", "int")), (Index(("dealer",)),))
DEALER = Table("dealer", (Column("phone", "varchar(30)"), Column("remark_2", "text")))


def up(steps: Steps) -> None:
    steps.create(CALLS)
    steps.add("dealer", Column("phone", "varchar(30)", default=""), Column("rank", "int", default=3))
    steps.add("dealer", Column("remark_2", "text", null=True))
    steps.index(DEALER, Index(("phone",)), Index(("remark_2", "phone")))
    steps.drop_index("dealer", Index(("active", "name", "id")))
    steps.rename("dealer", "note", "remark")
    steps.run("UPDATE dealer SET phone = ? WHERE phone = ''", ("110",))
    steps.drop("dealer", "logo")
    steps.run_for(
        sqlite=["CREATE VIRTUAL TABLE IF NOT EXISTS dealer_words USING fts5(words)"],
        mysql=["CREATE TABLE IF NOT EXISTS dealer_words (id BIGINT PRIMARY KEY, w TEXT, FULLTEXT (w))"],
    )
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Migrations for a small program: 0001 only; `0002` can be added by the test."""
    made = tmp_path / "migrations"
    made.mkdir()
    (made / "0001_first_tables.py").write_text(FIRST)
    return made


def add_second(folder: Path) -> None:
    (folder / "0002_phones.py").write_text(SECOND)


def put_dealer(database: Database) -> None:
    database.write(
        lambda tx: tx.run(
            "INSERT INTO dealer (id, name, code, note, active) VALUES (?, ?, ?, ?, ?)",
            (1, "华联", "A1", "old", True),
        )
    )


def test_the_program_declares_what_its_migrations_make(database: Database) -> None:
    """Fails when a model was changed without a migration; `crm_desktop.database.freeze` writes one."""
    assert differences(database, tables_for(models_of())) == []


def test_the_rooms_own_tables(database: Database) -> None:
    assert differences(database, OWN_TABLES) == []
    assert version_of(database) == len(migrations_in(MIGRATIONS))


def test_a_fresh_database_is_what_the_models_declare(place: str, folder: Path) -> None:
    database = open_database(place, folder)
    assert differences(database, tables_for([Dealer, Visit])) == []
    assert database.read("SELECT number, name FROM schema_version") == [(1, "first_tables")]
    database.close()


def test_every_difference_is_told(place: str, folder: Path) -> None:
    database = open_database(place, folder)
    steps = Steps(database.backend, database.line())
    steps.drop("dealer", "since")
    steps.add("dealer", Column("extra", "int", null=True))
    steps.drop_index("dealer", Index(("code",)))
    declared = list(tables_for([Dealer, Visit]))
    declared[1] = Table("visit", (Column("dealer", "int", null=True), Column("day", "text")), key=("dealer",))
    told = "\n".join(differences(database, [*declared, Table("gone", (Column("id", "id"),))]))
    for part in (
        "dealer: column since is missing",
        "dealer: column extra is not declared",
        "dealer: index dealer_code is missing",
        "visit: column dealer is",
        "visit: primary key is",
        "table gone is missing",
    ):
        assert part in told
    database.close()


def test_the_second_migration_keeps_the_rows(place: str, folder: Path) -> None:
    database = open_database(place, folder)
    put_dealer(database)
    database.close()
    add_second(folder)
    database = open_database(place, folder)
    assert database.read('SELECT id, name, remark, phone, "rank" FROM dealer') == [
        (1, "华联", "old", "110", 3)
    ]
    shape = schema_of(database)["dealer"]
    assert "logo" not in shape.columns
    assert set(shape.indexes) == {"dealer_name", "dealer_code", "dealer_phone", "dealer_remark_2_phone"}
    assert version_of(database) == 2
    database.close()


def test_a_migration_stopped_after_any_statement_can_go_on(
    place: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On MariaDB each statement is committed by itself, so every half state is met."""
    database = open_database(place, folder)
    put_dealer(database)
    add_second(folder)
    fetch = migrate.Line.fetch
    for allowed in range(1, 60):
        left = [allowed]

        def dying(line: Any, sql: str, params: Sequence[Any] = (), left: list[int] = left) -> list[Any]:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            return fetch(line, sql, params)

        with monkeypatch.context() as patch:
            patch.setattr(migrate.Line, "fetch", dying)
            try:
                migrate.migrate(database, folder)
                break
            except KeyboardInterrupt:
                database.drop_line()
    else:
        raise AssertionError("never finished")
    assert allowed > 10
    assert database.read("SELECT remark, phone FROM dealer") == [("old", "110")]
    assert "logo" not in schema_of(database)["dealer"].columns
    assert database.read("SELECT number FROM schema_version ORDER BY number") == [(1,), (2,)]
    database.close()


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
@pytest.mark.parametrize("allowed", [1, 8, 21, 34, 55, 89, 144])
def test_the_programs_own_migrations_can_go_on(
    place: str, allowed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = migrate.Line.fetch
    left = [allowed]

    def dying(line: Any, sql: str, params: Sequence[Any] = ()) -> list[Any]:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        return fetch(line, sql, params)

    with monkeypatch.context() as patch:
        patch.setattr(migrate.Line, "fetch", dying)
        with contextlib.suppress(KeyboardInterrupt):
            open_database(place)
    database = open_database(place)
    assert differences(database, tables_for(models_of())) == []
    database.close()


def test_a_killed_program_leaves_a_database_that_can_go_on(place: str, folder: Path) -> None:
    open_database(place, folder).close()
    (folder / "0002_slow.py").write_text(_SLOW)
    command = [sys.executable, "-c", _OPEN, place, str(folder)]
    program = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert program.stdout is not None
    assert program.stdout.readline() == b"half\n"
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()
    (folder / "0002_slow.py").write_text(_SLOW.replace("while True", "while False"))
    database = open_database(place, folder)
    assert {"one", "two"} <= set(schema_of(database))
    database.close()


_OPEN = "import sys; from pathlib import Path; from crm_desktop.database.engine import open_database; "
_OPEN += "open_database(sys.argv[1], Path(sys.argv[2]))"
_SLOW = """import time
from crm_desktop.database.tables import Column, Table


def up(steps):
    steps.create(Table("one", (Column("id", "id"),)))
    print("half", flush=True)
    while True:
        time.sleep(1)
    steps.create(Table("two", (Column("id", "id"),)))
"""


def test_two_programs_migrate_once(place: str, folder: Path) -> None:
    open_database(place, folder).close()
    add_second(folder)
    opened: list[object] = []

    def start() -> None:
        try:
            database = open_database(place, folder)
            opened.append(version_of(database))
            database.close()
        except BaseException as error:  # noqa: BLE001
            opened.append(error)

    threads = [threading.Thread(target=start) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == [2, 2, 2]


def test_a_failing_migration_changes_nothing_on_sqlite(tmp_path: Path, folder: Path) -> None:
    database = open_database(tmp_path, folder)
    put_dealer(database)
    (folder / "0002_bad.py").write_text(SECOND + "    steps.run('SELECT nonsense')\n")
    before = schema_of(database)
    with pytest.raises(peewee.OperationalError):
        migrate.migrate(database, folder)
    assert schema_of(database) == before
    assert version_of(database) == 1
    database.close()


def test_a_backup_is_made_before_a_file_is_migrated(tmp_path: Path, folder: Path) -> None:
    database = open_database(tmp_path, folder)
    assert not (tmp_path / "backups").exists()
    put_dealer(database)
    database.close()
    add_second(folder)
    open_database(tmp_path, folder).close()
    (copy,) = (tmp_path / "backups").glob("crm-before-0002-*.db")
    shutil.move(copy, tmp_path / "crm.db")
    (folder / "0002_phones.py").unlink()
    old = open_database(tmp_path, folder)
    assert old.read("SELECT note FROM dealer") == [("old",)]
    old.close()


def test_a_damaged_file_is_called_so_when_it_cannot_be_backed_up(tmp_path: Path, folder: Path) -> None:
    open_database(tmp_path, folder).close()
    raw = dbapi2.connect(str(tmp_path / "crm.db"))
    raw.execute("CREATE TABLE long_one (id INTEGER PRIMARY KEY, words TEXT)")
    raw.executemany("INSERT INTO long_one (words) VALUES (?)", [("word " * 800,)] * 50)
    raw.commit()
    raw.close()
    content = bytearray((tmp_path / "crm.db").read_bytes())
    middle = len(content) * 2 // 3
    content[middle : middle + 12_000] = b"\x55" * 12_000
    (tmp_path / "crm.db").write_bytes(content)
    add_second(folder)
    with pytest.raises(Trouble) as told:
        open_database(tmp_path, folder)
    assert told.value.text == sentences.DAMAGED
    assert not list((tmp_path / "backups").glob("*.db"))


def test_without_a_backup_nothing_is_migrated(tmp_path: Path, folder: Path) -> None:
    open_database(tmp_path, folder).close()
    (tmp_path / "backups").write_text("in the way")
    add_second(folder)
    with pytest.raises(Trouble) as told:
        open_database(tmp_path, folder)
    assert told.value.text == sentences.NO_BACKUP
    (tmp_path / "backups").unlink()
    (folder / "0002_phones.py").unlink()
    open_database(tmp_path, folder).close()


def test_a_copy_that_differs_is_not_called_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(tmp_path)
    counts = iter([{"a": 1}, {"a": 2}])
    monkeypatch.setattr("crm_desktop.database.backup.tables_and_rows", lambda raw: next(counts))
    with pytest.raises(Trouble):
        back_up_file(database, "test")
    assert list((tmp_path / "backups").iterdir()) == []
    database.close()


def test_a_backup_is_made_while_others_write(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            database.write(lambda tx: None, op_id=number)
        database.close_thread()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [back_up_file(database, "test") for _number in range(3)]
    finally:
        stop.set()
        writer.join()
    assert all(copy is not None and copy.stat().st_size for copy in copies)
    database.close()


def test_numbers_must_follow_each_other(folder: Path) -> None:
    (folder / "0003_gap.py").write_text(SECOND)
    with pytest.raises(ValueError, match="not numbered"):
        migrations_in(folder)
    (folder / "0003_gap.py").rename(folder / "2_phones.py")
    with pytest.raises(ValueError, match="not the name"):
        migrations_in(folder)


def test_freezing_tells_what_changed(tmp_path: Path, folder: Path) -> None:
    database = open_database(tmp_path, folder)
    present = schema_of(database)
    assert "steps." not in migration_text("nothing", tables_for([Dealer, Visit]), present)
    visit = Table(
        "visit",
        (Column("dealer", "int"), Column("day", "int"), Column("note", "text", null=True)),
        (Index(("day",)),),
        key=("dealer", "day"),
    )
    text = migration_text("more", [visit], present)
    assert 'steps.add("visit", Column("note", "text", null=True))' in text
    assert 'steps.index(table, Index(("day",)))' in text
    assert "# visit.day was text, is" in text
    database.close()


def test_long_names_of_indexes_are_cut_and_stay_apart() -> None:
    one = Index(("a" * 40, "b" * 40)).name("table")
    other = Index(("a" * 40, "c" * 40)).name("table")
    assert len(one) == len(other) == 64
    assert one != other


@pytest.mark.parametrize("kind", ["varchar(501)", "varchar(0)", "varchar", "decimal"])
def test_a_kind_that_does_not_exist(kind: str) -> None:
    with pytest.raises(ValueError):
        Column("a", kind).sql("mysql")
