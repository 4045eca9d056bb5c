"""The shared engine: a schema on a MySQL or MariaDB server, through PyMySQL (imported with this module only)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pymysql
from pymysql.constants import CLIENT, FIELD_TYPE
from pymysql.converters import conversions, escape_date, escape_datetime
from pymysql.cursors import Cursor, SSCursor

from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import _
from crm_desktop.database.faults import Fault
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.place import ServerPlace
from crm_desktop.database.placeholders import for_pymysql

# Deadlock, lock wait timeout, row changed since the snapshot, error at commit (Galera), too many connections.
_BUSY = {1213, 1205, 1020, 1180, 1040, 1203}
# No socket, no server, gone away, lost during query, connection killed, not ready (Galera), shutdown, read-only node,
# packet errors of a broken line, idle disconnect (MySQL 8).
_LOST = {2002, 2003, 2006, 2013, 2055, 1927, 1047, 1053, 1290, 1152, 1158, 1159, 1160, 1161, 1184, 4031}
_STOPPED = {1317}
_CONSTRAINT = {1022, 1048, 1062, 1216, 1217, 1451, 1452, 1557, 1586, 3819, 4025}

_SENTENCES = {
    1044: _("The account {user} may not use the database {name} on {host}. Ask whoever looks after the server."),
    1045: _("The server {host} does not accept this user name and password. Check both and try again."),
    1698: _("The server {host} does not accept this user name and password. Check both and try again."),
    1049: _("There is no database {name} on {host}. Ask whoever looks after the server to create it."),
    1142: _("The account {user} may not do this on {host}. Ask whoever looks after the server."),
    1143: _("The account {user} may not do this on {host}. Ask whoever looks after the server."),
    1129: _("The server {host} refuses this computer after too many failed attempts. Ask whoever looks after the server."),
    1130: _("The server {host} does not accept connections from this computer. Ask whoever looks after the server."),
    1040: _("The server {host} has too many connections. Try again in a minute."),
    1203: _("The server {host} has too many connections. Try again in a minute."),
    1021: _("The disk of the server {host} is full, so nothing was saved. Ask whoever looks after the server."),
    1114: _("The disk of the server {host} is full, so nothing was saved. Ask whoever looks after the server."),
    1290: _("The server {host} is read-only at the moment, so nothing was saved. Try again later."),
    1836: _("The server {host} is read-only at the moment, so nothing was saved. Try again later."),
    1205: _("Somebody else is changing the same data and has not finished. Try again in a minute."),
    1213: _("Somebody else is changing the same data and has not finished. Try again in a minute."),
    1020: _("Somebody else is changing the same data and has not finished. Try again in a minute."),
    2026: _("A safe connection to {host} was not possible. Check the certificate and the name of the server."),
    1153: _("This is more data than the server {host} takes at once. Use a smaller file or text."),
}
_NO_HOST = _("No computer named {host} was found. Check the name of the server and your network.")
_REFUSED = _("The server {host} does not answer on port {port}. Check that it runs and that you are on its network.")
_LOST_LINE = _("The connection to {host} was lost. Check your network and try again.")

# Text in double quotes is a name, || joins and a backslash is a character, as in SQLite: SQL is written once.
_SQL_MODE = "ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,"
_SQL_MODE += "NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION"

# An answer that takes longer means that the line is dead. Migrations wait without end.
_READ_SECONDS = 300


def _number(text: str) -> int | float:
    """A DECIMAL as SQLite would give it: SUM of whole numbers is a whole number."""
    return float(text) if "." in text else int(text)


def _moment(value: dt.datetime, mapping: Any = None) -> str:
    if value.tzinfo is not None:
        value = value.astimezone(dt.UTC).replace(tzinfo=None)
    return escape_datetime(value.replace(microsecond=0), mapping)


def _conversions() -> dict[Any, Any]:
    """Values come out as SQLite gives them: numbers, text, bytes and None; days and moments as ISO text."""
    chosen = dict(conversions)
    for kind in (FIELD_TYPE.DATETIME, FIELD_TYPE.DATE, FIELD_TYPE.NEWDATE, FIELD_TYPE.TIMESTAMP, FIELD_TYPE.TIME):
        chosen.pop(kind, None)
    chosen[FIELD_TYPE.NEWDECIMAL] = chosen[FIELD_TYPE.DECIMAL] = _number
    chosen[dt.datetime] = _moment
    chosen[dt.date] = escape_date
    return chosen


_CONVERSIONS = _conversions()


class Dialect(peewee.MySQLDatabase):
    """peewee's MySQL, for building SQL only; placeholders stay `?` until the whole statement is ready."""

    param = "?"

    def _connect(self) -> Any:
        raise RuntimeError("read and write through crm_desktop.database.engine.Database")

    def get_binary_type(self) -> Any:
        return bytes


class MysqlServer:
    """MySQL 8 or MariaDB 10.4 and later."""

    name = "mysql"
    far_away = True

    def __init__(self, place: ServerPlace) -> None:
        self.place = place
        self.collation = ""
        self.mariadb = True
        self._session = ""
        self.version: tuple[int, ...] = ()
        self.peewee: peewee.Database = Dialect(place.name)

    def open(self) -> None:
        """Ask the server who it is, and create the schema if it is not there and the account may."""
        self._find_out()
        self.peewee = Dialect(self.place.name, mariadb=self.mariadb)
        self.peewee.server_version = self.version
        self.peewee._set_csq_grouped(self.mariadb)

    def connect(self, streaming: bool = False, patient: bool = False) -> Any:
        """A new connection in autocommit, its session set up."""
        raw = self._dial(
            self.place.name,
            cursorclass=SSCursor if streaming else Cursor,
            read_timeout=None if patient else _READ_SECONDS,
        )
        try:
            with raw.cursor() as cursor:
                cursor.execute(self._session)
        except BaseException:
            raw.close()
            raise
        return raw

    def statement(self, sql: str) -> str:
        """PyMySQL's placeholder is %s."""
        return for_pymysql(sql)

    def begin(self, raw: Any) -> None:
        """The snapshot is taken by the first read."""
        raw.begin()

    def commit(self, raw: Any) -> None:
        """Done when the server has answered; without an answer it is uncertain."""
        raw.commit()

    def rollback(self, raw: Any) -> None:
        """Give up what was written since `begin`."""
        raw.rollback()

    def interrupt(self, raw: Any) -> None:
        """KILL QUERY, over a line of its own."""
        other = self._dial(self.place.name)
        try:
            with other.cursor() as cursor:
                cursor.execute(f"KILL QUERY {raw.thread_id()}")
        finally:
            other.close()

    def is_constraint(self, error: BaseException) -> bool:
        """CHECK constraints are sorted elsewhere by the driver."""
        return _code(error) in _CONSTRAINT

    def fault(self, error: BaseException) -> Fault | None:
        """What the error number means; without one it is a line that broke."""
        code = _code(error)
        if code in _BUSY:
            return Fault.BUSY
        if code in _STOPPED:
            return Fault.STOPPED
        if code in _LOST or isinstance(error, (ConnectionError, TimeoutError)):
            return Fault.LOST
        # PyMySQL says InterfaceError(0, "") for anything done on a line that it knows is closed.
        if isinstance(error, (pymysql.err.InterfaceError, peewee.InterfaceError)) and code == 0:
            return Fault.LOST
        return None

    def trouble(self, error: BaseException) -> Trouble | None:
        """The sentence for an error number that is not the program's own mistake."""
        code = _code(error)
        text = _SENTENCES.get(code)
        if text is None and code in (2002, 2003):
            unknown = "getaddrinfo" in str(error) or re.search(r"Errno -[235]\]|name resolution|not known", str(error))
            text = _NO_HOST if unknown else _REFUSED
        if text is None and self.fault(error) is Fault.LOST:
            text = _LOST_LINE
        if text is None:
            return None
        place = self.place
        return Trouble(text, host=place.host, port=place.port, user=place.user, name=place.name)

    def _dial(self, name: str | None, **more: Any) -> Any:
        options = self.place.options
        if options.get("ssl_ca"):
            more.update(ssl_ca=options["ssl_ca"], ssl_verify_cert=True, ssl_verify_identity=True)
        elif options.get("ssl") == "off":
            more.update(ssl_disabled=True)
        if options.get("unix_socket"):
            more.update(unix_socket=options["unix_socket"])
        return pymysql.connect(
            host=self.place.host,
            port=self.place.port,
            user=self.place.user,
            password=self.place.password,
            database=name,
            charset="utf8mb4",
            autocommit=True,
            # Rows that were matched count as changed, as in SQLite, even when the values were the same before.
            client_flag=CLIENT.FOUND_ROWS,
            conv=_CONVERSIONS,
            connect_timeout=10,
            write_timeout=60,
            program_name="crm-desktop",
            **more,
        )

    def _find_out(self) -> None:
        raw = self._first_line()
        try:
            with raw.cursor() as cursor:
                cursor.execute("SELECT VERSION()")
                told = cursor.fetchone()[0]
                self.mariadb = "mariadb" in told.lower()
                numbers = re.findall(r"\d+", told.split("-")[0])
                self.version = tuple(int(number) for number in numbers[:3])
                # The same order and equality as SQLite's BINARY: by code point, trailing spaces count.
                self.collation = "utf8mb4_nopad_bin" if self.mariadb else "utf8mb4_0900_bin"
                if self.version < ((10, 4) if self.mariadb else (8, 0, 17)):
                    raise Trouble(
                        _("The server {host} is too old ({version}). MariaDB 10.4 or MySQL 8.0.17 is needed."),
                        host=self.place.host,
                        version=told,
                    )
                self._create_schema(cursor)
                self._session = self._session_statement(cursor)
        finally:
            raw.close()

    def _first_line(self) -> Any:
        try:
            return self._dial(self.place.name)
        except pymysql.err.OperationalError as error:
            # Not there yet; an account without rights on it is told 1044 instead.
            if _code(error) != 1049:
                raise
        return self._dial(None)

    def _create_schema(self, cursor: Any) -> None:
        cursor.execute("SELECT DATABASE()")
        if cursor.fetchone()[0] is not None:
            return
        name = self.place.name.replace("`", "``")
        cursor.execute(f"CREATE DATABASE IF NOT EXISTS `{name}` CHARACTER SET utf8mb4 COLLATE {self.collation}")

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
        return "SET " + ", ".join(settings)


def _code(error: BaseException) -> int:
    first = error.args[0] if error.args else 0
    return first if isinstance(first, int) and not isinstance(error, OSError) else 0
