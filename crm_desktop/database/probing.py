"""Tests the way to a server step by step, and says of each step that it is good or what to do about it.

Nothing is changed on the server. Each step may wait for a network that does not answer; it is done in a thread of its own, so that
the test can be broken off at any moment.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

import pymysql
from pymysql.cursors import Cursor

from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.core.words import _
from crm_desktop.database import sentences
from crm_desktop.database.dialing import Dialer
from crm_desktop.database.greeting import Silent, encrypt, greet
from crm_desktop.database.line import Engine
from crm_desktop.database.migrate import MIGRATIONS, migrations_in
from crm_desktop.database.moving import STATE
from crm_desktop.database.mysql import CLOCKS_APART, MARIADB, MYSQL, VIEWS, MysqlServer
from crm_desktop.database.place import LOOPBACK, ServerPlace
from crm_desktop.database.strict import STRICT

T = TypeVar("T")

State = Literal["good", "warn", "bad"]
Tables = Literal["", "missing", "empty", "ready", "guarded", "locked"]
"""What the database holds: '' not known; missing: there is none; empty: no tables; ready: tables of one account for all; guarded: with
an account for each user; locked: guarded, but not open to people now."""

STEPS = {
    "name": _("Name of the server"),
    "port": _("The server answers"),
    "line": _("Encrypted line and certificate"),
    "account": _("User name and password"),
    "version": _("Version of the server"),
    "writing": _("The server may be written to"),
    "clock": _("Clocks"),
    "database": _("The database"),
    "tables": _("Version of the tables"),
    "rights": _("Rights of the account"),
}

SETTINGS = ("innodb_flush_log_at_trx_commit", "innodb_doublewrite", "innodb_file_per_table", "log_bin", "sync_binlog")
SECONDS = 8.0  # that a server may take to answer
_LOOK = 0.05
_CLOCKS_DIFFER = 30  # seconds worth a word

PLAIN_LINE = _("The line to {host} is not encrypted: whoever is in the same network can read along.")
SOME_HOSTS = _("{hosts} cannot be reached now; the program works with the others.")
SLOW_CLOCK = _("The clock of this computer and that of {host} are {seconds} seconds apart. Let both set their clocks by the network (NTP).")
OLDER = _("The tables are older than this program. They are brought up to date when you connect; then all computers need this version.")
BEGUN = _(
    "It holds the beginning of a move or of a restored copy, which was interrupted. Choose the same again when you connect: it goes on "
    "where it was."
)
EMPTY = _("There are no tables in it yet. An administrator fills it: with the data of a computer, or with a new company.")
MISSING = _("There is no database {name} on {host} yet. An account that may make it will do so when you connect.")
LACKING = _(
    "The account {user} may not do all that is needed with {name}. Let whoever looks after the server run: GRANT ALL PRIVILEGES ON "
    "`{name}`.* TO `{user}`@`%`   (missing: {rights})"
)
_NEEDED = ("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "INDEX", "DROP")


@dataclass(frozen=True)
class Found:
    """What came of a step; trouble: what is to be said and done, note: what was seen when all is well."""

    step: str
    state: State
    trouble: Trouble | None = None
    note: str = ""


class Probe:
    """One test of one place. `tables`, `version`, `mariadb`, `makes_accounts` are known once `steps` has come so far."""

    def __init__(self, place: ServerPlace, cancelled: Callable[[], bool] = lambda: False):
        self.place = place
        self.tables: Tables = ""
        self.version: tuple[int, ...] = ()
        self.mariadb = True
        self.begun = False
        """Whether it holds the beginning of a move or of a restored copy, which may go on."""
        self.makes_accounts = False
        """Whether the account may make databases and accounts, as one of an administrator may."""
        self.settings: dict[str, str] = {}
        """Of the server, in capitals: those its safety depends on."""
        self._cancelled = cancelled
        self._reached: list[tuple[str, int]] = []
        self._views = ""

    def steps(self) -> Iterator[Found]:
        """Each step as it is done; ends after the first that makes the others impossible. Raises Cancelled."""
        for look in (self._names, self._ports, self._line):
            found = self._unless_cancelled(look)
            yield found
            if found.state == "bad":
                return
        try:
            dialer = Dialer(self.place)
            raw = self._unless_cancelled(lambda: dialer.dial(None))
        except pymysql.err.MySQLError as error:
            yield self._bad("account", error)
            return
        try:
            yield Found("account", "good", note=self.place.user)
            for look_at in (self._version, self._writing, self._clock, self._database, self._tables, self._rights):
                try:
                    said = self._unless_cancelled(lambda look_at=look_at: look_at(raw))  # type: ignore[misc]
                except pymysql.err.MySQLError as error:
                    said = self._bad(look_at.__name__.strip("_"), error)
                if said is not None:
                    yield said
                    if said.state == "bad" and said.step in ("version", "database"):
                        return
        finally:
            # A line that hangs would let the farewell hang too.
            threading.Thread(target=_close, args=(raw,), daemon=True).start()

    # The steps before anybody signs in

    def _names(self) -> Found:
        unknown = []
        for host, port in self.place.hosts:
            try:
                socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                self._reached.append((host, port))
            except (OSError, UnicodeError):
                unknown.append(host)
        if not self._reached:
            return Found("name", "bad", Trouble(sentences.NO_HOST, host=", ".join(unknown)))
        return Found("name", "warn", Trouble(SOME_HOSTS, hosts=", ".join(unknown))) if unknown else Found("name", "good")

    def _ports(self) -> Found:
        wanted, self._reached, silent = self._reached, [], []
        trouble = None
        for host, port in wanted:
            try:
                line = socket.create_connection((host, port), SECONDS)
            except OSError:
                trouble = trouble or Trouble(sentences.NO_ANSWER, host=host, port=port)
                silent.append(f"{host}:{port}")
                continue
            with line:
                try:
                    greet(line)
                    self._reached.append((host, port))
                except TimeoutError:
                    trouble = trouble or Trouble(sentences.SILENT_SERVER, host=host, port=port)
                except (Silent, OSError):
                    trouble = trouble or Trouble(sentences.NO_SERVER, host=host, port=port)
        if not self._reached:
            return Found("port", "bad", trouble)
        return Found("port", "warn", Trouble(SOME_HOSTS, hosts=", ".join(silent))) if silent else Found("port", "good")

    def _line(self) -> Found:
        try:
            context = Dialer(self.place).tls
        except Trouble as trouble:
            return Found("line", "bad", trouble)
        for host, port in self._reached:
            try:
                with socket.create_connection((host, port), SECONDS) as line:
                    greeting = greet(line)
                    if greeting.error:
                        return Found("line", "bad", self._told(greeting.error) or Trouble(sentences.SHUT_OUT, host=host))
                    if context is not None and greeting.encrypts:
                        encrypt(line, context, host, port)
                        continue
            except Trouble as trouble:
                return Found("line", "bad", trouble)
            except (Silent, OSError):
                return Found("line", "bad", Trouble(sentences.LINE_LOST, host=host))
            if self.place.verified:
                return Found("line", "bad", Trouble(sentences.NO_TLS, host=host))
            if host not in LOOPBACK:
                return Found("line", "warn", Trouble(PLAIN_LINE, host=host))
        return Found("line", "good")

    # The steps of an account

    def _version(self, raw: Any) -> Found:
        told = str(_one(raw, "SELECT VERSION()"))
        self.mariadb = "mariadb" in told.lower()
        self.version = tuple(int(number) for number in re.findall(r"\d+", told.split("-")[0])[:3])
        if self.version < (MARIADB if self.mariadb else MYSQL):
            return Found("version", "bad", Trouble(sentences.TOO_OLD, host=self.place.host, version=told))
        return Found("version", "good", note=f"{'MariaDB' if self.mariadb else 'MySQL'} {'.'.join(map(str, self.version))}")

    def _writing(self, raw: Any) -> Found:
        names = ", ".join(["%s"] * len(SETTINGS))
        rows = _all(raw, f"SHOW GLOBAL VARIABLES WHERE Variable_name IN ({names})", SETTINGS)
        self.settings = {name.lower(): str(value).upper() for name, value in rows}
        if _one(raw, "SELECT @@global.read_only"):
            return Found("writing", "bad", Trouble(sentences.SERVER_READ_ONLY, host=self.place.host))
        return Found("writing", "good")

    def _clock(self, raw: Any) -> Found:
        told = datetime.fromisoformat(str(_one(raw, "SELECT UTC_TIMESTAMP()")))
        off = abs((datetime.now(UTC).replace(tzinfo=None) - told).total_seconds())
        host = self.place.host
        if off > CLOCKS_APART.total_seconds():
            return Found("clock", "bad", Trouble(sentences.CLOCK, host=host, minutes=round(off / 60)))
        if off > _CLOCKS_DIFFER:
            return Found("clock", "warn", Trouble(SLOW_CLOCK, host=host, seconds=round(off)))
        return Found("clock", "good")

    def _database(self, raw: Any) -> Found:
        name, values = self.place.name, self._values()
        granted = {row[0] for row in _all(raw, "SELECT privilege_type FROM information_schema.user_privileges")}
        self.makes_accounts = {"CREATE", "CREATE USER"} <= granted
        there = {row[0] for row in _all(raw, "SELECT schema_name FROM information_schema.schemata")}
        sql = "SELECT 1 FROM information_schema.tables WHERE table_schema = %s AND table_name = %s"
        self.begun = bool(_all(raw, sql, (name, STATE.name)))
        # The views that are open to this account, as MysqlServer finds them.
        self._views = next((name + end for end in (VIEWS, STRICT) if name + end in there), "")
        if self._views:
            self.tables = "guarded"
            return Found("database", "good", note=name)
        if name in there:
            return Found("database", "good", note=name)
        if not granted & {"CREATE"}:
            # A server tells nobody whether what he may not see is there.
            return Found("database", "bad", Trouble(sentences.NO_RIGHT_TO_SCHEMA, **values))
        self.tables = "missing"
        return Found("database", "warn", Trouble(MISSING, **values))

    def _tables(self, raw: Any) -> Found | None:
        if self.tables == "missing":
            return None
        name, values = self._views or self.place.name, self._values()
        sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = %s"
        there = {row[0] for row in _all(raw, sql, (name,))}
        if self.begun:
            self.tables = "empty"
            return Found("tables", "warn", Trouble(BEGUN))
        if "schema_version" not in there:
            if self.tables == "guarded":
                self.tables = "locked"
                return Found("tables", "bad", Trouble(sentences.NOT_READY, **values))
            if there:
                return Found("tables", "bad", Trouble(sentences.FOREIGN))
            self.tables = "empty"
            return Found("tables", "warn", Trouble(EMPTY))
        done = int(_one(raw, f"SELECT COALESCE(MAX(number), 0) FROM `{_quoted(name)}`.schema_version"))
        known = len(migrations_in(MIGRATIONS))
        if done > known:
            return Found("tables", "bad", Trouble(sentences.NEWER))
        if done < known:
            if self.tables == "guarded":
                self.tables = "locked"
                return Found("tables", "bad", Trouble(sentences.OLD_TABLES, **values))
            self.tables = "ready"
            return Found("tables", "warn", Trouble(OLDER))
        self.tables = self.tables or "ready"
        return Found("tables", "good", note=str(done))

    def _rights(self, raw: Any) -> Found | None:
        if self.tables in ("guarded", "locked"):
            return None  # the views say what each may do
        sql = (
            "SELECT privilege_type FROM information_schema.user_privileges UNION SELECT privilege_type FROM "
            "information_schema.schema_privileges WHERE %s LIKE table_schema"
        )
        granted = {row[0] for row in _all(raw, sql, (self.place.name,))}
        lacking = [right for right in _NEEDED if right not in granted]
        if lacking:  # rights that come by way of a role are not listed there
            return Found("rights", "warn", Trouble(LACKING, rights=", ".join(lacking), **self._values()))
        return Found("rights", "good")

    # What the steps share

    def _values(self) -> dict[str, object]:
        return {"host": self.place.host, "port": self.place.port, "user": self.place.user, "name": self.place.name}

    def _bad(self, step: str, error: pymysql.err.MySQLError) -> Found:
        """A refusal of the server in words; one that has none is a mistake of the program."""
        trouble = self._engine().trouble(error)
        if trouble is None:
            raise error
        return Found(step, "bad", trouble)

    def _told(self, number: int) -> Trouble | None:
        return self._engine().trouble(pymysql.err.OperationalError(number, ""))

    def _engine(self) -> Engine:
        return MysqlServer(self.place)

    def _unless_cancelled(self, work: Callable[[], T]) -> T:
        """What `work` gives; it is left to itself when the test is broken off."""
        answers: list[T] = []
        errors: list[BaseException] = []

        def run() -> None:
            try:
                answers.append(work())
            except BaseException as error:  # noqa: BLE001  (handed on to who asked)
                errors.append(error)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(_LOOK)
            if self._cancelled():
                raise Cancelled
        if errors:
            raise errors[0]
        return answers[0]


def _all(raw: Any, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    with raw.cursor(Cursor) as cursor:
        cursor.execute(sql, tuple(values) or None)
        return list(cursor.fetchall())


def _one(raw: Any, sql: str) -> Any:
    return _all(raw, sql)[0][0]


def _quoted(name: str) -> str:
    return name.replace("`", "``")


def _close(raw: Any) -> None:
    try:
        raw.close()
    except Exception:  # noqa: BLE001  (whatever a dead line says, it is closed now)
        return
