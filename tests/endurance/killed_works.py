"""What the program is killed at (killing.py), and how things must stand when it is started again."""

from __future__ import annotations

import csv
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import keyring
from keyring.backends import fail

from crm_desktop.__main__ import main as program
from crm_desktop.business import RECORD_TYPES, Contact, Customer
from crm_desktop.business.system import server_copies, starting
from crm_desktop.core import pouring
from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records
from crm_desktop.database import keys, migrate, moving, recoding, sqlite
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.database.shape import Shape, schema_of
from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Index
from crm_desktop.database.unit import Tx
from crm_desktop.exchange.importing.drafts import DraftMaker
from crm_desktop.exchange.importing.plan import Importing
from tests.endurance.careless import commits_at_once

BEFORE = 300  # customers that are there
FEW, MANY = 1_200, pouring.MANY + 1_000  # rows of the sheet: in a file a great many go in another way (core/pouring.py)
OLD = 4  # the migrations an older program knew
PASSWORD = "correct horse"


class Work:
    """One thing the program does. `place` is a folder, `server` the address of a server that stays."""

    needs_server = False

    def __init__(self, server: str = "") -> None:
        self.server = server

    def plant(self, place: Path) -> None:
        """What is there before; copied for every kill."""
        make_company(str(place))

    def act(self, place: Path, begun: Callable[[], None]) -> tuple[int, str]:
        """Do it, in a program that may be killed once `begun` was called; gives its exit code and what it said."""
        raise NotImplementedError

    def careless(self, begun: Callable[[], None]) -> None:
        """Spoil the program, in the process that is killed: what is proven must fail when it is killed just after `begun`."""
        raise NotImplementedError

    def look(self, place: Path) -> str:
        """How things stand when the program is started again, in a word. Raises AssertionError when they are not right."""
        raise NotImplementedError

    def whole(self, place: Path) -> None:
        """How things must stand once it has been done again, to the end."""
        raise NotImplementedError

    def was_done(self, said: str) -> bool:
        """Whether the program refused to do it again because it had been done before it was killed."""
        return False

    def clear(self, place: Path) -> None:
        """Take away what is not in the folder."""


def make_company(place: str) -> None:
    """A user and some customers with their contacts."""
    database = open_database(place)
    records = Records(database, RECORD_TYPES)
    starting.begin(records, "明达", "管理员", "zh_CN").login = "chef"
    person: Any = next(iter(records.names.rows("employee").values()))
    database.write(lambda tx: tx.run("UPDATE employee SET login = 'chef' WHERE id = ?", (person.id,)))
    customers = [Customer(name=f"公司{number}", phone=f"0755-{number:07}") for number in range(BEFORE)]
    records.unit(Actor.program(), lambda unit: unit.add(customers), trusted=True)
    contacts = [Contact(name=f"人{number}", customer=one.id) for number, one in enumerate(customers)]
    records.unit(Actor.program(), lambda unit: unit.add(contacts), trusted=True)
    database.close()


def run(*words: object) -> tuple[int, str]:
    """The program at a command line: its exit code and what it said."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = program([str(word) for word in words])
    return code, said.getvalue()


def demand_whole(*place: object) -> None:
    """`crm-desktop check` has nothing to say. Raises AssertionError."""
    code, said = run("check", *place, "--lang", "en")
    assert code == 0, said


def count(place: str, table: str = "customer") -> int:
    database = open_database(place)
    try:
        return int(database.read(f"SELECT COUNT(*) FROM {table}")[0][0])
    finally:
        database.close()


def _before(where: Any, name: str, first: Callable[..., object]) -> None:
    """Do something else before a function of the program."""
    own = getattr(where, name)

    def both(*arguments: Any) -> Any:
        first(*arguments)
        return own(*arguments)

    setattr(where, name, both)


class Import(Work):
    """A sheet into a file, a great many rows and a few in turn."""

    def rows(self, place: Path) -> int:
        """How many rows it has, which the name of the folder tells."""
        return MANY if int(place.name[1:].split("x")[0]) % 2 else FEW

    def act(self, place: Path, begun: Callable[[], None]) -> tuple[int, str]:
        with (place / "sheet.csv").open("w", newline="", encoding="utf-8") as file:
            sheet = csv.writer(file)
            sheet.writerow(("客户名称", "客户编号", "电话", "城市", "备注"))
            for row in range(self.rows(place)):
                sheet.writerow((f"新客户{row}", f"{place.name}-{row}", f"0512-{row:07}", "苏州", "x" * (row % 90)))
        own = Importing.run

        def told(plan: Importing, *more: Any) -> Any:
            begun()  # the sheet has been read
            return own(plan, *more)

        Importing.run = told  # type: ignore[method-assign]
        return run("import", "customer", place / "sheet.csv", *self.at(place))

    def careless(self, begun: Callable[[], None]) -> None:
        """It has no transactions, and takes its time before the second packet of rows."""
        commits_at_once()
        packets: list[object] = []

        def reading(*packet: object) -> None:
            packets.append(packet)
            if len(packets) == 2:
                begun()
                time.sleep(1)

        _before(DraftMaker, "read", reading)

    def at(self, place: Path) -> tuple[str, str]:
        """Where the rows go, as options."""
        return "--data", str(place)

    def look(self, place: Path) -> str:
        demand_whole(*self.at(place))
        there = count(self.at(place)[1], f"customer WHERE code LIKE '{place.name}-%'")
        rows = self.rows(place)
        assert there in (0, rows), f"{there} of {rows} rows came in"
        return f"{'all' if there else 'none'} of {rows} rows in"

    def whole(self, place: Path) -> None:
        assert self.look(place).startswith("all")


class ImportOnServer(Import):
    """A sheet into a database on a server, which holds more after every kill."""

    needs_server = True

    def plant(self, place: Path) -> None:
        make_company(self.at(place)[1])

    def at(self, place: Path) -> tuple[str, str]:
        return "--database", f"{self.server}/imports"


class Migrate(Work):
    """A file of an older program, at the start of this one."""

    def plant(self, place: Path) -> None:
        super().plant(place)
        step_back(str(place))

    def act(self, place: Path, begun: Callable[[], None]) -> tuple[int, str]:
        own = migrate._apply

        def told(steps: Steps, migration: migrate.Migration) -> None:
            begun()  # the copy has been made
            own(steps, migration)

        if os.getpid() % 2:
            begun()
        else:
            migrate._apply = told
        return run("list", "customer", "--data", place)

    def careless(self, begun: Callable[[], None]) -> None:
        """It has no transactions, notes what is done before it does it, and takes its time."""
        commits_at_once()

        def backwards(steps: Steps, migration: migrate.Migration) -> None:
            sql = "INSERT INTO schema_version (number, name, applied_at) VALUES (?, ?, '2026-01-01 00:00:00')"
            steps.run(sql, (migration.number, migration.name))
            begun()
            time.sleep(1)
            migration.up()(steps)

        migrate._apply = backwards

    def look(self, place: Path) -> str:
        head = _version(place)
        assert head in (OLD, NEWEST), f"half migrated: {head}"
        assert run("list", "customer", "--data", place)[0] == 0  # the next start brings it up to date
        self.whole(place)
        return "migrated" if head == NEWEST else "not migrated"

    def whole(self, place: Path) -> None:
        demand_whole("--data", place)
        assert count(str(place)) == count(str(place), "contact") == BEFORE


class Move(Work):
    """A file to a server with an account for each user: killed again and again, it goes on where it was."""

    needs_server = True

    def act(self, place: Path, begun: Callable[[], None]) -> tuple[int, str]:
        os.environ["CRM_NEW_PASSWORD"] = PASSWORD
        moving.PORTION = 100  # a small company in as many portions as a big one has
        begun()
        return run("database", "move", "--data", place, "--to", self._target(place), "--administrator", "chef", "--lang", "en")

    def careless(self, begun: Callable[[], None]) -> None:
        """It has no transactions, and takes its time between a portion and the note that it is there."""
        commits_at_once()

        def noting(_tx: Tx, query: Any, *_params: Any) -> None:
            if str(query).startswith("UPDATE moving"):
                begun()
                time.sleep(1)

        _before(Tx, "run", noting)

    def look(self, place: Path) -> str:
        demand_whole("--data", place)
        return "the file is whole"

    def was_done(self, said: str) -> bool:
        return "was finished before" in said

    def whole(self, place: Path) -> None:
        demand_whole("--database", self._target(place).replace("root@", f"chef:{PASSWORD.replace(' ', '%20')}@"))
        code, said = run("database", "doctor", "--database", self._target(place), "--lang", "en")
        assert code == 0, said
        database = open_database(self._target(place), tables=True)
        assert database.read("SELECT COUNT(*) FROM customer") == [(BEFORE,)]
        database.close()

    def clear(self, place: Path) -> None:
        import pymysql

        address = find_place(self._target(place))
        assert isinstance(address, ServerPlace)
        with pymysql.connect(host=address.host, port=address.port, user="root", autocommit=True) as raw, raw.cursor() as cursor:
            for name in (address.name, f"{address.name}_app"):
                cursor.execute(f"DROP DATABASE IF EXISTS `{name}`")
            for who in ("chef", f"{address.name}_sight", f"{address.name}_watch"):
                cursor.execute(f"DROP USER IF EXISTS '{who}'@'%'")

    def _target(self, place: Path) -> str:
        return f"{self.server}/moved_{re.sub(r'[^a-z0-9]', '', place.name)}"


class RestoreOnServer(Move):
    """A copy into an empty database of a server: killed again and again, it goes on where it was."""

    def plant(self, place: Path) -> None:
        super().plant(place)
        code, said = run("database", "backup", "--data", place)
        assert code == 0, said
        next((place / "backups").iterdir()).rename(place / "copy.db")

    def act(self, place: Path, begun: Callable[[], None]) -> tuple[int, str]:
        os.environ["CRM_NEW_PASSWORD"] = PASSWORD
        moving.PORTION = 100
        begun()
        return run("database", "restore", place / "copy.db", "--database", self._target(place), "--administrator", "chef", "--lang", "en")

    def look(self, place: Path) -> str:
        assert count(str(place / "copy.db")) == BEFORE
        return "the copy is whole"

    def whole(self, place: Path) -> None:
        super().whole(place)
        database = open_database(self._target(place), tables=True)
        assert len(database.read("SELECT id FROM batch WHERE what = 'restored'")) == 1, "the log tells it not once"
        database.close()


class CopyOfServer(Work):
    """A copy of a team's database is made; `place` is where to."""

    needs_server = True

    def plant(self, place: Path) -> None:
        make_company(self._at)

    def act(self, place: Path, begun: Callable[[], None]) -> tuple[int, str]:
        moving.PORTION = 100
        begun()
        return run("database", "backup", "--database", self._at, "--to", place / "copies", "--lang", "en")

    def careless(self, begun: Callable[[], None]) -> None:
        """It writes into the place of the copy itself, and takes its time in the middle."""

        @contextmanager
        def there(folder: Path) -> Iterator[Path]:
            yield folder

        def named(_source: Any, target: Database, *_more: Any) -> None:
            begun()
            time.sleep(1)

        server_copies._passing_folder = there
        _before(moving, "_copy", named)

    def look(self, place: Path) -> str:
        copies = list((place / "copies").glob("*.db"))
        for copy in copies:
            assert count(str(copy)) == count(str(copy), "contact") == BEFORE, "a copy that is not whole"
        return "a copy" if copies else "no copy"

    def whole(self, place: Path) -> None:
        assert self.look(place) == "a copy"

    @property
    def _at(self) -> str:
        return f"{self.server}/copied"


class Restore(Work):
    """A copy takes the place of a file that holds more than it."""

    MORE = 100

    def plant(self, place: Path) -> None:
        super().plant(place)
        code, said = run("database", "backup", "--data", place)
        assert code == 0, said
        next((place / "backups").iterdir()).rename(place / "copy.db")
        records = Records(open_database(place), RECORD_TYPES)
        more = [Customer(name=f"后来{number}") for number in range(self.MORE)]
        records.unit(Actor.program(), lambda unit: unit.add(more), trusted=True)
        records.database.close()

    def act(self, place: Path, begun: Callable[[], None]) -> tuple[int, str]:
        begun()
        return run("database", "restore", place / "copy.db", "--data", place, "--lang", "en")

    def careless(self, begun: Callable[[], None]) -> None:
        _replaces_in_place(begun)

    def look(self, place: Path) -> str:
        demand_whole("--data", place)
        there = count(str(place)) - BEFORE
        assert there in (0, self.MORE), f"{there} of {self.MORE} later customers are there"
        if not there:
            self._demand_kept(place)
        return "as it was" if there else "restored"

    def whole(self, place: Path) -> None:
        assert self.look(place) == "restored"

    def _demand_kept(self, place: Path) -> None:
        """What was there before lies among the copies."""
        held = [count(str(copy)) for copy in (place / "backups").glob("*.db")]
        assert BEFORE + self.MORE in held, f"what was there is gone; the copies hold {held}"


class Rekey(Work):
    """An encrypted file, and the copy beside it, get another key. Without a keyring: both phrases are on paper."""

    OLD, NEW = bytes(range(32)), bytes(range(32, 64))

    def plant(self, place: Path) -> None:
        super().plant(place)
        code, said = run("database", "backup", "--data", place)
        assert code == 0, said
        keyring.set_keyring(fail.Keyring())
        recoding.recode(place / "crm.db", self.OLD)

    def act(self, place: Path, begun: Callable[[], None]) -> tuple[int, str]:
        keyring.set_keyring(fail.Keyring())
        self._remember()
        begun()
        recoding.recode(place / "crm.db", self.NEW)
        return 0, ""

    def careless(self, begun: Callable[[], None]) -> None:
        _replaces_in_place(begun)

    def look(self, place: Path) -> str:
        self._remember()
        demand_whole("--data", place)
        for file in (place, *(place / "backups").glob("*.db")):
            assert count(str(file)) == BEFORE
        return "under the new key" if self._head(place) == keys.head_of(self.NEW) else "under the old key"

    def whole(self, place: Path) -> None:
        assert self.look(place) == "under the new key"
        assert not list(place.rglob("*.fresh")), "something is left over"

    def _remember(self) -> None:
        for key in (self.OLD, self.NEW):
            keys.keep(key)

    def _head(self, place: Path) -> bytes:
        return keys.read_head(place / "crm.db")


def _replaces_in_place(begun: Callable[[], None]) -> None:
    """A program that writes over the old file what the new one holds, and takes its time in the middle."""

    def over(new: str | Path, old: str | Path) -> None:
        content = Path(new).read_bytes()
        with Path(old).open("r+b" if Path(old).exists() else "wb") as file:
            file.write(content[: len(content) // 2])
            file.flush()
            begun()
            time.sleep(1)
            file.write(content[len(content) // 2 :])
            file.truncate()
        Path(new).unlink()

    os.replace = over  # type: ignore[assignment]


WORKS: dict[str, type[Work]] = {"import": Import, "import-server": ImportOnServer, "migrate": Migrate, "move": Move,
                                "restore": Restore, "rekey": Rekey, "server-copy": CopyOfServer,
                                "server-restore": RestoreOnServer}  # fmt: skip
NEWEST = len(migrate.migrations_in(migrate.MIGRATIONS))


def step_back(place: str) -> None:
    """Make a database one of a program that knew the first migrations only: what later ones made is taken away."""
    database = open_database(place)
    try:
        old, steps = _old_shapes(Path(place)), Steps(database.backend, database.line())
        for name, shape in schema_of(database).items():
            if name not in old:
                steps.drop_table(name)
                continue
            for index, (columns, unique) in shape.indexes.items():
                if index not in old[name].indexes:
                    steps.drop_index(name, Index(columns, unique))
            steps.drop(name, *(column for column in shape.columns if column not in old[name].columns))
        database.write(lambda tx: tx.run("DELETE FROM schema_version WHERE number > ?", (OLD,)))
        database.write(lambda tx: tx.run("DELETE FROM counter WHERE name LIKE 'alike%'"))
    finally:
        database.close()


def _old_shapes(place: Path) -> dict[str, Shape]:
    known, scratch = place / "known", place / "scratch"
    known.mkdir()
    for migration in migrate.migrations_in(migrate.MIGRATIONS)[:OLD]:
        shutil.copy(migration.path, known)
    database: Database = open_database(scratch, known)
    try:
        return schema_of(database)
    finally:
        database.close()
        for folder in (known, scratch):
            shutil.rmtree(folder)


def _version(place: Path) -> int:
    """What the file says of itself; a copy is looked at, so that the program is the first to see what the kill has left."""
    with tempfile.TemporaryDirectory() as folder:
        for part in place.glob("crm.db*"):
            shutil.copy(part, folder)
        raw = sqlite.dbapi2.connect(str(Path(folder) / "crm.db"))
        try:
            return int(raw.execute("SELECT MAX(number) FROM schema_version").fetchone()[0])
        finally:
            raw.close()
