"""The shared engine: a schema on a MySQL or MariaDB server, through PyMySQL (imported only here)."""

from __future__ import annotations

import datetime as dt
import math
import re
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

import pymysql
from pymysql.constants import SERVER_STATUS

from crm_desktop.core.errors import Refused, Trouble
from crm_desktop.database import mysql_rows, sentences
from crm_desktop.database.dialing import CERTIFICATES, Dialer, why_not_safe
from crm_desktop.database.faults import Fault, Unreachable
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.place import ServerPlace
from crm_desktop.database.placeholders import for_pymysql
from crm_desktop.database.refusals import REFUSED, refusal
from crm_desktop.database.strict import STRICT, Wording

# Deadlock, lock wait timeout, row changed since the snapshot, error at commit (Galera), too many connections.
_BUSY = {1213, 1205, 1020, 1180, 1040, 1203}
# No socket, no server, gone away, lost during query, connection killed, not ready (Galera), shutdown,
# read-only node, packet errors of a broken line, idle disconnect (MySQL 8).
_LOST = {2002, 2003, 2006, 2013, 2055, 1927, 1047, 1053, 1290, 1152, 1158, 1159, 1160, 1161, 1184, 4031}
_STOPPED = {1317}
# Not for this account: a table, a column, a procedure.
_DENIED = {1142, 1143, 1370}
_CONSTRAINT = {1022, 1048, 1062, 1216, 1217, 1451, 1452, 1557, 1586, 3819, 4025}

_SENTENCES = {
    1044: sentences.NO_RIGHT_TO_SCHEMA,
    1045: sentences.WRONG_PASSWORD,
    1698: sentences.WRONG_PASSWORD,
    1049: sentences.NO_SCHEMA,
    1142: sentences.NO_RIGHT,
    1143: sentences.NO_RIGHT,
    1227: sentences.NO_POWER,
    1129: sentences.SHUT_OUT,
    1130: sentences.SHUT_OUT,
    1040: sentences.TOO_MANY,
    1203: sentences.TOO_MANY,
    1021: sentences.SERVER_FULL,
    1114: sentences.SERVER_FULL,
    1290: sentences.SERVER_READ_ONLY,
    1836: sentences.SERVER_READ_ONLY,
    1026: sentences.SERVER_FULL,
    1030: sentences.SERVER_FULL,
    1820: sentences.PASSWORD_EXPIRED,
    1862: sentences.PASSWORD_EXPIRED,
    4151: sentences.LOCKED,
    3118: sentences.LOCKED,
    4150: sentences.BLOCKED,
    3955: sentences.BLOCKED,
    1205: sentences.ROWS_IN_USE,
    1213: sentences.ROWS_IN_USE,
    1020: sentences.ROWS_IN_USE,
    1153: sentences.TOO_BIG,
    2026: sentences.NO_TLS,
}
_STAYS = {sentences.SERVER_READ_ONLY, sentences.NOT_SAFE, *CERTIFICATES}  # waiting does not help
_UNKNOWN_HOST = re.compile(r"getaddrinfo|Errno -[235]\]|name resolution|not known")
# The storage engine's own reason: no space, quota, file full; InnoDB names none when its tablespace cannot grow.
_CANNOT_CREATE, _NO_ROOM = 1005, re.compile(r"errno: (28|122|135|168)\b")
_HINT = re.compile(r" FORCE INDEX \(`\w+`\)")

# Text in double quotes is a name, || joins and a backslash is a character, as in SQLite: SQL is written once.
_SQL_MODE = "ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,"
_SQL_MODE += "NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION"


VIEWS = "_app"
"""Behind the name of a schema: that of the views through which people with accounts of their own work (core/guard)."""

MARIADB, MYSQL = (10, 4), (8, 0, 17)
"""The oldest versions the program works with."""

CLOCKS_APART = dt.timedelta(minutes=10)
_MOVING = 10.0  # seconds in which everything that went by the old door has ended


class Dialect(peewee.MySQLDatabase):
    """peewee's MySQL, for building SQL only; placeholders stay `?` until the whole statement is ready."""

    param = "?"

    def __init__(self, name: str, version: tuple[int, ...] = (), mariadb: bool = True) -> None:
        super().__init__(name, mariadb=mariadb)
        if version:
            self.server_version = version
            # peewee does this when it connects: may parts of a UNION stand in brackets?
            self._set_csq_grouped(mariadb)

    _set_csq_grouped: Callable[[bool], None]

    def _connect(self) -> Any:
        raise RuntimeError("read and write through crm_desktop.database.engine.Database")

    def get_binary_type(self) -> Any:
        return bytes


class MysqlServer:
    """MySQL 8 or MariaDB 10.4 and later."""

    name = "mysql"
    mode = "server"
    far_away = True

    def __init__(self, place: ServerPlace, tables: bool = False, make: bool = True) -> None:
        """`tables`: the tables themselves are meant, also where people work through guarded views. `make`: a schema
        that is not there is made."""
        self.place = place
        self._tables, self._make = tables, make
        self.schema = place.name
        self.guarded = False
        self._wording: Wording | None = None
        self._moved = -math.inf
        self.collation = ""
        self.mariadb = True
        self._session = ""
        self._dialer = Dialer(place)
        self.version: tuple[int, ...] = ()
        self.account = place.user
        self.peewee: peewee.Database = Dialect(place.name)

    def open(self) -> None:
        """Ask the server who it is, and create the schema if it is not there and the account may."""
        self._find_out()
        self.peewee = Dialect(self.place.name, self.version, self.mariadb)

    def close(self) -> None:
        """The server notices by itself."""

    def introduce(self, name: str) -> None:
        """The server knows its accounts; colleagues see the table of who is present."""

    def demand_writing(self, minor: bool) -> None:
        """The server says what may be written."""

    def sign_in_with(self, password: str) -> None:
        """The account has a new password: the next connections are made with it."""
        self.place = self._dialer.place = replace(self.place, password=password)

    def connect(self, streaming: bool = False, patient: bool = False) -> Any:
        """A new connection in autocommit, its session set up."""
        raw = self._dial(streaming, patient)
        try:
            with raw.cursor() as cursor:
                cursor.execute(self._session)
        except BaseException:
            raw.close()
            raise
        return raw

    def in_turn(self, raw: Any, seconds: float) -> AbstractContextManager[None]:
        """The server has locks of its own."""
        return nullcontext()

    @property
    def strict(self) -> bool:
        """Whether this account reads through closed views (core/guard/strict.py); an administrator may switch that at any time."""
        return self._wording is not None

    def _dial(self, streaming: bool, patient: bool) -> Any:
        """A connection to the views of this account, which may be others than before."""
        try:
            return self._dialer.dial(self.schema, streaming, patient)
        except pymysql.err.OperationalError as error:
            if _code(error) != 1044 or not self.guarded:
                raise
        raw = self._dialer.dial(None, streaming, patient)
        try:
            with raw.cursor() as cursor:
                self._find_views(cursor)
                cursor.execute(f"USE `{self.schema}`")
        except BaseException:
            raw.close()
            raise
        return raw

    def _has_moved(self) -> bool:
        """Whether this account has just been given another door: what was under way is done again by that one."""
        if time.monotonic() - self._moved > _MOVING:
            try:
                raw = self._dialer.dial(None)
            except pymysql.err.MySQLError:
                return False
            with raw, raw.cursor() as cursor:
                self._find_views(cursor)
        return time.monotonic() - self._moved <= _MOVING

    def statement(self, sql: str) -> str:
        """PyMySQL's placeholder is %s. A view has no indexes to be named; those of its table are chosen all the same."""
        return for_pymysql(_HINT.sub("", sql) if self.guarded else sql)

    def said(self, sql: str, values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
        """A statement and its values as the driver, and the server's profile of reading, want them."""
        wording = self._wording
        if wording is not None:
            sql, values = wording.said(_HINT.sub("", sql), values)
        return self.statement(sql), values

    def add_rows(self, raw: Any, cursor: Any, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Many rows in one statement."""
        mysql_rows.add_rows(raw, cursor, sql, rows)

    @property
    def encrypted(self) -> bool:
        """That is the server's own affair."""
        return False

    def begin(self, raw: Any) -> None:
        """The snapshot is taken by the first read."""
        raw.begin()

    def commit(self, raw: Any) -> None:
        """Done when the server has answered; without an answer it is uncertain."""
        raw.commit()

    def is_open(self, raw: Any) -> bool:
        """The server says so with every answer that has no rows."""
        return bool(raw.server_status & SERVER_STATUS.SERVER_STATUS_IN_TRANS)

    def rollback(self, raw: Any) -> None:
        """Give up what was written since `begin`."""
        raw.rollback()

    def interrupt(self, raw: Any) -> None:
        """KILL QUERY, over a line of its own."""
        other = self._dialer.dial(self.schema)
        try:
            with other.cursor() as cursor:
                cursor.execute(f"KILL QUERY {raw.thread_id()}")
        finally:
            other.close()

    def is_constraint(self, error: BaseException) -> bool:
        """CHECK constraints are sorted elsewhere by the driver."""
        return _code(error) in _CONSTRAINT

    def fault(self, error: BaseException) -> Fault | None:
        """What the error number means."""
        code = _code(error)
        if code in _BUSY:
            return Fault.BUSY
        if code in _STOPPED:
            return Fault.STOPPED
        if code in _LOST:
            return Fault.LOST
        if code in _DENIED and self.guarded and self._has_moved():
            return Fault.LOST
        # PyMySQL says InterfaceError(0, "") for anything done on a line that it knows is closed.
        if isinstance(error, (pymysql.err.InterfaceError, peewee.InterfaceError)) and code == 0:
            return Fault.LOST
        return None

    def trouble(self, error: BaseException) -> Trouble | None:
        """The sentence for an error number that is not the program's own mistake."""
        code = _code(error)
        if code == REFUSED and (word := refusal(str(error.args[1]))) is not None:
            return Refused(word)
        text = _SENTENCES.get(code)
        if text is None and code in (2002, 2003):
            text = _why_no_connection(error)
        if text is None and code == _CANNOT_CREATE and _NO_ROOM.search(str(error)):
            text = sentences.NO_TABLE
        if text is None and self.fault(error) is Fault.LOST:
            text = sentences.LINE_LOST
        if text is None:
            return None
        place = self.place
        kind = Unreachable if self.fault(error) is Fault.LOST and text not in _STAYS else Trouble
        return kind(text, host=place.host, port=place.port, user=place.user, name=place.name)

    def _find_out(self) -> None:
        raw, shut = self._first_line()
        try:
            with raw.cursor() as cursor:
                cursor.execute("SELECT VERSION(), UTC_TIMESTAMP(), CURRENT_USER()")
                told, clock, account = cursor.fetchone()
                self.account = account.rpartition("@")[0]
                self.mariadb = "mariadb" in told.lower()
                numbers = re.findall(r"\d+", told.split("-")[0])
                self.version = tuple(int(number) for number in numbers[:3])
                # The same order and equality as SQLite's BINARY: by code point, trailing spaces count.
                self.collation = "utf8mb4_nopad_bin" if self.mariadb else "utf8mb4_0900_bin"
                if self.version < (MARIADB if self.mariadb else MYSQL):
                    raise Trouble(sentences.TOO_OLD, host=self.place.host, version=told)
                _demand_same_time(self.place.host, clock)
                self._find_views(cursor)
                if not self.guarded:
                    if shut is not None:
                        raise shut
                    self._create_schema(cursor)
                self._session = self._session_statement(cursor)
        finally:
            raw.close()

    def _first_line(self) -> tuple[Any, Exception | None]:
        """A first connection; with the error when the account may not use the schema itself."""
        try:
            return self._dialer.dial(self.place.name), None
        except pymysql.err.OperationalError as error:
            # Not there yet; or, 1044, only its views are open to this account.
            if _code(error) not in (1049, 1044):
                raise
            return self._dialer.dial(None), error if _code(error) == 1044 else None

    def _find_views(self, cursor: Any) -> None:
        """Where people have accounts of their own, everybody works through the views that are open to him."""
        cursor.execute("SELECT schema_name FROM information_schema.schemata")
        there = {row[0] for row in cursor.fetchall()}
        views, strict = self.place.name + VIEWS, self.place.name + STRICT
        if self._tables or not there & {views, strict}:
            return
        was, self.guarded = self.schema, True
        self.schema = views if views in there else strict
        if was not in (self.schema, self.place.name):
            self._moved = time.monotonic()
        if views in there:
            self._wording = None
            return
        try:
            cursor.execute(f"SELECT ids FROM `{strict}`.guard_profile")
        except pymysql.err.ProgrammingError as error:  # 1146: the views are down, or half put up
            raise Trouble(sentences.NOT_READY, name=self.place.name, host=self.place.host) from error
        self._wording = Wording(self.place.name, cursor.fetchone()[0].split())

    def _create_schema(self, cursor: Any) -> None:
        cursor.execute("SELECT DATABASE()")
        if cursor.fetchone()[0] is not None:
            return
        if not self._make:
            raise Trouble(sentences.NO_SCHEMA, host=self.place.host, name=self.place.name)
        name = self.place.name.replace("`", "``")
        cursor.execute(
            f"CREATE DATABASE IF NOT EXISTS `{name}` CHARACTER SET utf8mb4 COLLATE {self.collation}"
        )

    def _session_statement(self, cursor: Any) -> str:
        settings = [
            f"NAMES utf8mb4 COLLATE {self.collation}",
            f"SESSION sql_mode='{_SQL_MODE}'",
            "SESSION time_zone='+00:00'",
            # A short wait: the unit is run again with its own pauses.
            "SESSION innodb_lock_wait_timeout=10",
            "SESSION group_concat_max_len=1048576",
        ]
        # REPEATABLE READ loses updates; with this setting the second writer gets error 1020 and is run again.
        cursor.execute("SHOW VARIABLES LIKE 'innodb_snapshot_isolation'")
        if cursor.fetchone():
            settings.append("SESSION innodb_snapshot_isolation=ON")
        # A node of a cluster may lag behind the one that was written to a moment ago: wait until it has caught up.
        cursor.execute("SHOW VARIABLES LIKE 'wsrep_on'")
        if (cluster := cursor.fetchone()) and cluster[1] == "ON":
            settings.append("SESSION wsrep_sync_wait=1")
        return "SET " + ", ".join(settings)


def _demand_same_time(host: str, told: str) -> None:
    """What happened when is told by the clocks of all desktops: one that is far off would spoil it for everybody."""
    off = abs(dt.datetime.now(dt.UTC).replace(tzinfo=None) - dt.datetime.fromisoformat(told))
    if off > CLOCKS_APART:
        minutes = round(off.total_seconds() / 60)
        raise Trouble(sentences.CLOCK, host=host, minutes=minutes)


def _why_no_connection(error: BaseException) -> str:
    """PyMySQL has one number for every reason; what the system said before tells them apart."""
    words = str(error)
    if "SSL" in words:
        return why_not_safe(getattr(error, "original_exception", None)) or sentences.NOT_SAFE
    return sentences.NO_HOST if _UNKNOWN_HOST.search(words) else sentences.NO_ANSWER


def _code(error: BaseException) -> int:
    first = error.args[0] if error.args else 0
    return first if isinstance(first, int) and not isinstance(error, OSError) else 0
