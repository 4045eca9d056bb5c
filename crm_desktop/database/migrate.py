"""Brings a database up to the program's version: numbered, frozen steps, after a verified backup."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crm_desktop.core.errors import Trouble
from crm_desktop.core.later import pattern
from crm_desktop.database import sentences
from crm_desktop.database.line import Line
from crm_desktop.database.place import ServerPlace
from crm_desktop.database.retry import Patience
from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table

if TYPE_CHECKING:
    from crm_desktop.database.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"
_FILE_NAME = pattern(r"(\d{4})_(\w+)\.py")
_LOCK_SECONDS = 120
_KEEP_OPERATIONS = timedelta(days=30)

# The room's own tables. schema_version comes first: a database that has it is ours.
OWN_TABLES = (
    Table(
        "schema_version",
        (Column("number", "int"), Column("name", "varchar(100)"), Column("applied_at", "moment")),
        key=("number",),
    ),
    Table("tx_log", (Column("id", "id"), Column("at", "moment")), (Index(("at",)),)),
)


class Migration(NamedTuple):
    """One numbered file; `up(steps)` in it does the work."""

    number: int
    name: str
    path: Path

    def up(self) -> Callable[[Steps], None]:
        """The function of the file, run by its path so that it is found in an installed program too."""
        import runpy

        function: Callable[[Steps], None] = runpy.run_path(str(self.path))["up"]
        return function


def migrations_in(folder: Path) -> list[Migration]:
    """The migrations of a folder in order; numbers must be 1, 2, 3 … without a gap."""
    found = []
    for file in sorted(name for name in os.listdir(folder) if name[0].isdigit() and name.endswith(".py")):
        parts = _FILE_NAME.fullmatch(file)
        if parts is None:
            raise ValueError(f"not the name of a migration: {file}")
        found.append(Migration(int(parts.group(1)), parts.group(2), folder / file))
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"the migrations in {folder} are not numbered 0001, 0002 …")
    return found


def version_of(database: Database) -> int | None:
    """The number of the last migration that was done; None when the database is not ours (yet)."""
    if not database.patiently(lambda: Steps(database.backend, database.line()).has_table("schema_version")):
        return None
    return int(database.read("SELECT COALESCE(MAX(number), 0) FROM schema_version")[0][0])


def migrate(database: Database, folder: Path = MIGRATIONS) -> None:
    """Do the migrations that are missing. Raises Trouble for a database that is newer or not ours."""
    version = version_of(database)
    if version is None or _pending(database, folder, version):
        with _alone(database) as steps:
            # Another program may have done them while this one waited for its turn.
            version = version_of(database)
            todo = _pending(database, folder, version)
            if not version:
                steps.create(*OWN_TABLES)  # with version 0 too: a kill may have left only the first of them
            elif todo:
                from crm_desktop.database.backup import back_up_file

                back_up_file(database, f"before-{todo[-1].number:04}")
            for migration in todo:
                _apply(steps, migration)
    _forget_old_operations(database)


def demand_current(database: Database) -> None:
    """Who works through views leaves migrating to an administrator. Raises Trouble unless the tables are of this version."""
    version, known = version_of(database), len(migrations_in(MIGRATIONS))
    place = database.backend.place
    assert isinstance(place, ServerPlace)
    if version is None:
        raise Trouble(sentences.NOT_READY, name=place.name, host=place.host)
    if version > known:
        raise Trouble(sentences.NEWER)
    if version < known:
        raise Trouble(sentences.OLD_TABLES, name=place.name, host=place.host)
    _forget_old_operations(database)


def _pending(database: Database, folder: Path, version: int | None) -> list[Migration]:
    known = migrations_in(folder)
    if version is None:
        _refuse_foreign(database)
        return known
    if version > len(known):
        raise Trouble(sentences.NEWER)
    return known[version:]


def _refuse_foreign(database: Database) -> None:
    if database.engine == "sqlite":
        tables = database.read("SELECT name FROM sqlite_master WHERE type = 'table'")
    else:
        tables = database.read(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
        )
    if tables:
        raise Trouble(sentences.FOREIGN)


def _apply(steps: Steps, migration: Migration) -> None:
    migration.up()(steps)
    steps.run(
        "INSERT INTO schema_version (number, name, applied_at) VALUES (?, ?, ?)",
        (migration.number, migration.name, _now()),
    )


@contextmanager
def _alone(database: Database) -> Iterator[Steps]:
    """Keep other programs from migrating meanwhile; on SQLite all of it is one transaction as well."""
    # A connection of its own: on a server changing a big table takes longer than an ordinary answer may.
    line = database.patiently(lambda: Line(database.backend, patient=True))
    steps = Steps(database.backend, line)
    try:
        if database.engine == "sqlite":
            with database.backend.in_turn(line.raw, _LOCK_SECONDS), _one_transaction(database, line):
                yield steps
            return
        import hashlib

        name = "crm-desktop " + hashlib.sha1(str(database.backend.place).encode()).hexdigest()
        got = steps.run("SELECT GET_LOCK(?, ?)", (name, _LOCK_SECONDS))[0][0]
        if got != 1:
            raise Trouble(sentences.MIGRATING)
        yield steps  # closing the connection gives the lock back
    finally:
        line.close()


@contextmanager
def _one_transaction(database: Database, line: Line) -> Iterator[None]:
    patience = Patience(_LOCK_SECONDS)
    while True:
        try:
            database.backend.begin(line.raw)
            break
        except Exception as error:
            fault = database.fault(error)
            if fault is None or not patience.wait(fault):
                raise
    try:
        yield
    except BaseException:
        database.backend.rollback(line.raw)
        raise
    database.backend.commit(line.raw)


def _forget_old_operations(database: Database) -> None:
    """Operation ids tell whether a commit without an answer happened; after a month nobody asks."""
    limit = _now() - _KEEP_OPERATIONS
    if database.read_one("SELECT id FROM tx_log WHERE at < ? LIMIT 1", (limit,)):
        database.write(lambda tx: tx.run("DELETE FROM tx_log WHERE at < ?", (limit,)), minor=True)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
