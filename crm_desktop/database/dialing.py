"""Connects to a server through PyMySQL: the hosts in their order, encrypted, values as SQLite gives them."""

from __future__ import annotations

import datetime as dt
import ssl
from typing import Any

import pymysql
from pymysql.constants import CLIENT, FIELD_TYPE
from pymysql.converters import conversions, escape_date, escape_datetime
from pymysql.cursors import Cursor, SSCursor

from crm_desktop.core.errors import Trouble
from crm_desktop.database import sentences
from crm_desktop.database.place import ServerPlace

_NO_TLS = 2026
# The server does not answer, is not there, hangs up, is not part of its cluster: another one may.
_NEXT_HOST = {2002, 2003, 2006, 2013, 1040, 1047, 1053, 1129}

# An answer that takes longer means that the line is dead. Migrations wait without end.
_READ_SECONDS = 300


def _number(text: str) -> int | float:
    """A DECIMAL as SQLite would give it: SUM of whole numbers is a whole number."""
    return float(text) if "." in text else int(text)


def _moment(value: dt.datetime, mapping: Any = None) -> str:
    if value.tzinfo is not None:
        value = value.astimezone(dt.UTC).replace(tzinfo=None)
    return str(escape_datetime(value.replace(microsecond=0), mapping))


def _conversions() -> dict[Any, Any]:
    """Values come out as SQLite gives them: numbers, text, bytes and None; days and moments as ISO text."""
    chosen = dict(conversions)
    for kind in (
        FIELD_TYPE.DATETIME,
        FIELD_TYPE.DATE,
        FIELD_TYPE.NEWDATE,
        FIELD_TYPE.TIMESTAMP,
        FIELD_TYPE.TIME,
    ):
        chosen.pop(kind, None)
    chosen[FIELD_TYPE.NEWDECIMAL] = chosen[FIELD_TYPE.DECIMAL] = _number
    chosen[dt.datetime] = _moment
    chosen[dt.date] = escape_date
    return chosen


_CONVERSIONS = _conversions()


class Dialer:
    """Makes connections to one place."""

    def __init__(self, place: ServerPlace) -> None:
        self.place = place
        # Made once: left to itself PyMySQL reads all certificates of the computer for each connection, 27 ms.
        self.tls = tls_for(place)
        # A server without TLS is used without, but not one that has spoken TLS before.
        self._plain: set[tuple[str, int]] = set()
        self._encrypted: set[tuple[str, int]] = set(place.hosts) if place.verified else set()

    def dial(self, schema: str | None, streaming: bool = False, patient: bool = False) -> Any:
        """A connection in autocommit, to the first host that answers and can be written to.

        All desktops ask the hosts in the same order: of a cluster only one node is written to then.
        """
        more = {
            "cursorclass": SSCursor if streaming else Cursor,
            "read_timeout": None if patient else _READ_SECONDS,
        }
        hosts = self.place.hosts
        for number, (host, port) in enumerate(hosts):
            last = number + 1 == len(hosts)
            try:
                raw = self._dial(schema, (host, port), **more)
            except pymysql.err.MySQLError as error:
                if last or not error.args or error.args[0] not in _NEXT_HOST:
                    raise
                continue
            if last or _writable(raw):
                return raw
            raw.close()
        raise AssertionError("no host")  # place.hosts is never empty

    def _dial(self, schema: str | None, host: tuple[str, int], **more: Any) -> Any:
        """Connect, encrypted if the server can; without `ssl_ca` nobody checks whose certificate it is."""
        more |= {"host": host[0], "port": host[1]}
        if "unix_socket" in self.place.options:
            more["unix_socket"] = self.place.options["unix_socket"]
        if self.tls is not None and host not in self._plain:
            try:
                raw = self._connect(schema, ssl=self.tls, **more)
                self._encrypted.add(host)
                return raw
            except pymysql.err.OperationalError as error:
                if error.args[0] != _NO_TLS or host in self._encrypted:
                    raise
            self._plain.add(host)
        return self._connect(schema, ssl_disabled=True, **more)

    def _connect(self, schema: str | None, **more: Any) -> Any:
        return pymysql.connect(
            user=self.place.user,
            password=self.place.password,
            database=schema,
            charset="utf8mb4",
            autocommit=True,
            # Rows that were matched count as changed, as in SQLite, even when they had the values before.
            client_flag=CLIENT.FOUND_ROWS,
            conv=_CONVERSIONS,
            connect_timeout=10,
            write_timeout=60,
            program_name="crm-desktop",
            **more,
        )


def _writable(raw: Any) -> bool:
    """Whether another host need not be asked: this one is neither read-only nor cut off from its cluster."""
    try:
        with raw.cursor(Cursor) as cursor:
            cursor.execute("SELECT @@global.read_only")
            read_only = cursor.fetchone()[0]
            cursor.execute("SHOW STATUS LIKE 'wsrep_ready'")
            ready = cursor.fetchone()
    except pymysql.err.MySQLError:
        return False
    return not read_only and (ready is None or ready[1] == "ON")


def tls_for(place: ServerPlace) -> ssl.SSLContext | None:
    """How the line is encrypted: with `ssl_ca` only towards a server whose certificate is by that issuer, with `ssl=verify` by one this
    computer trusts."""
    if place.options.get("ssl") == "off":
        return None
    if place.verified:
        issuer = place.options.get("ssl_ca")
        try:
            context = ssl.create_default_context(cafile=issuer)
        except OSError as error:
            raise Trouble(sentences.NO_CERTIFICATE, file=issuer) from error
        # Certificates that MySQL makes for itself do not pass the strict check of Python 3.13.
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
        return context
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def why_not_safe(error: BaseException | None) -> str | None:
    """What is wrong with a server's certificate; None for an error that is about something else."""
    if not isinstance(error, ssl.SSLError):
        return None
    # Numbers of openssl's x509_vfy.h.
    return _BY_CODE.get(getattr(error, "verify_code", 0), sentences.NOT_SAFE)


_BY_CODE = {
    9: sentences.CERTIFICATE_TOO_EARLY,
    10: sentences.CERTIFICATE_EXPIRED,
    18: sentences.UNKNOWN_ISSUER,
    19: sentences.UNKNOWN_ISSUER,
    20: sentences.UNKNOWN_ISSUER,
    21: sentences.UNKNOWN_ISSUER,
    62: sentences.OTHER_NAME,
    64: sentences.OTHER_NAME,
}
CERTIFICATES = frozenset(_BY_CODE.values())
