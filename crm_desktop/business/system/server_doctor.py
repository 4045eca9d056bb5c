"""The server's doctor: whether a shared database is as safe as its design says, and for each thing amiss how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff import accounts
from crm_desktop.business.system.tidying import heaviest
from crm_desktop.core import find
from crm_desktop.core.guard.made import Guard, guard_for
from crm_desktop.core.guard.naming import BRINGS, TOLD, VEILED
from crm_desktop.core.guard.putting import amiss
from crm_desktop.core.guard.strict import MOST
from crm_desktop.core.records import Records
from crm_desktop.core.words import _, say
from crm_desktop.database.engine import Database
from crm_desktop.database.migrate import MIGRATIONS, migrations_in, version_of
from crm_desktop.database.place import ServerPlace
from crm_desktop.database.steps import Steps

CLOCKS_APART = 30  # seconds
_MASTERS = ("root", "mysql", "mariadb.sys", "healthcheck")


@dataclass(frozen=True)
class Ailment:
    """What is amiss, and what to do about it."""

    problem: str
    mend: str
    values: dict[str, Any] = field(default_factory=dict)

    def sentence(self, lang: str | None = None) -> str:
        """Both in one."""
        return f"{say(self.problem, lang, **self.values)} {say(self.mend, lang, **self.values)}"


@dataclass
class Patient:
    """The server as its master sees it."""

    database: Database
    place: ServerPlace
    guard: Guard
    steps: Steps

    def run(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.steps.run(sql, values)

    def variable(self, name: str) -> str:
        """A setting of the server; '' when it has none of this name."""
        rows = self.run("SHOW GLOBAL VARIABLES LIKE ?", name)
        return str(rows[0][1]).upper() if rows else ""

    @property
    def no_role(self) -> str:
        """The condition on mysql.user for accounts that are no roles; MySQL has no such column, its roles are locked accounts."""
        return "COALESCE(is_role, 'N') = 'N'" if getattr(self.database.backend, "mariadb", False) else "TRUE"

    @property
    def guarded(self) -> bool:
        return bool(self.run("SELECT 1 FROM information_schema.schemata WHERE schema_name = ?", self.guard.app))


def examine(database: Database) -> Iterator[tuple[str, str, list[Ailment]]]:
    """(key, label, what is amiss) for each thing that is looked at; nothing is changed."""
    place = database.backend.place
    assert isinstance(place, ServerPlace)
    patient = Patient(database, place, guard_for(place.name, RECORD_TYPES), Steps(database.backend, database.line()))
    for key, label, look in _LOOKS:
        yield key, label, list(look(patient))
    if patient.guarded:
        for key, label, look in _GUARDED:
            yield key, label, list(look(patient))


def _version(patient: Patient) -> Iterable[Ailment]:
    version = getattr(patient.database.backend, "version", ())
    if not getattr(patient.database.backend, "mariadb", False) or version < (10, 6):
        text = _("The server is {version}; accounts for each user need MariaDB 10.6 or later.")
        yield Ailment(text, _("Move the database to such a server."), {"version": ".".join(map(str, version))})


def _tables(patient: Patient) -> Iterable[Ailment]:
    version, known = version_of(patient.database), len(migrations_in(MIGRATIONS))
    if version is None:
        yield Ailment(_("There are no tables yet."), _("Run: crm-desktop database create"))
    elif version > known:
        yield Ailment(_("The tables are newer than this program."), _("Update the program on this computer."))
    elif version < known:
        yield Ailment(_("The tables are older than this program, or a migration was interrupted."), _("Run: crm-desktop database migrate"))


def _durability(patient: Patient) -> Iterable[Ailment]:
    return durability(patient.variable)


def durability(variable: Callable[[str], str]) -> Iterator[Ailment]:
    """What a power cut could take; `variable` gives a setting of the server in capitals, '' when it has none of this name."""
    wanted = {"innodb_flush_log_at_trx_commit": "1", "innodb_doublewrite": "ON", "innodb_file_per_table": "ON"}
    if variable("log_bin") == "ON":
        wanted["sync_binlog"] = "1"
    for name, value in wanted.items():
        found = variable(name)
        # MySQL from 8.0.30 on calls the whole of the doublewrite by a longer name; DETECT_ONLY is less.
        if found not in (value, "1" if value == "ON" else value, "", *(["DETECT_AND_RECOVER"] if name == "innodb_doublewrite" else ())):
            text = _("{name} is {found}: a power cut may lose what was reported as saved.")
            mend = _("Write {name} = {value} under [mysqld] in the server's settings and restart it.")
            yield Ailment(text, mend, {"name": name, "found": found, "value": value})


def _search(patient: Patient) -> Iterable[Ailment]:
    if version_of(patient.database) != len(migrations_in(MIGRATIONS)):
        return  # told by the look at the tables
    if (most := heaviest(patient.steps, patient.place.name)) > find.HEAVY:
        text = _(
            "The search index still holds {count} records as they were before they were changed or deleted; each search passes by them."
        )
        yield Ailment(text, _("Run, best every night: crm-desktop database tidy"), {"count": f"{most:,}"})


def _encryption(patient: Patient) -> Iterable[Ailment]:
    if patient.place.is_here:
        return
    rows = patient.run("SHOW SESSION STATUS LIKE 'Ssl_cipher'")
    if not rows or not rows[0][1]:
        mend = _("Give the server a certificate (ssl_cert, ssl_key), and add ?ssl_ca=FILE to the address on every computer.")
        yield Ailment(_("The line to the server is not encrypted."), mend)
    elif not patient.place.verified:
        text = _("The line is encrypted, but nobody checks whose certificate it is.")
        yield Ailment(text, _("Add ?ssl_ca=FILE with the certificate of the server's issuer to the address."))


def _clock(patient: Patient) -> Iterable[Ailment]:
    told = datetime.fromisoformat(patient.run("SELECT UTC_TIMESTAMP()")[0][0])
    off = abs((datetime.now(UTC).replace(tzinfo=None) - told).total_seconds())
    if off > CLOCKS_APART:
        text = _("The clock of the server and that of this computer are {seconds} seconds apart.")
        yield Ailment(text, _("Let both set their clocks by the network (NTP)."), {"seconds": round(off)})


def _anonymous(patient: Patient) -> Iterable[Ailment]:
    for (host,) in patient.run(f"SELECT host FROM mysql.user WHERE user = '' AND {patient.no_role}"):
        text = _("Anybody may sign in without a name (''@'{host}').")
        yield Ailment(text, _("Run on the server: DROP USER ''@'{host}'"), {"host": host})


def _public(patient: Patient) -> Iterable[Ailment]:
    rows = patient.run("SELECT db FROM mysql.db WHERE user = 'PUBLIC' UNION SELECT db FROM mysql.tables_priv WHERE user = 'PUBLIC'")
    for (schema,) in rows:
        text = _("Everybody who may sign in has rights on {schema} (PUBLIC).")
        yield Ailment(text, _("Run on the server: REVOKE ALL PRIVILEGES, GRANT OPTION FROM PUBLIC"), {"schema": schema})


def _granted(patient: Patient) -> Iterable[Ailment]:
    """Nobody but the two accounts of the guard has anything on the tables."""
    schema, own = patient.guard.schema, (patient.guard.sight, patient.guard.watch)
    rows = patient.run(
        "SELECT user, host FROM mysql.db WHERE ? LIKE db AND user <> 'PUBLIC'"
        " UNION SELECT user, host FROM mysql.tables_priv WHERE db = ? AND user <> 'PUBLIC'"
        " UNION SELECT user, host FROM mysql.columns_priv WHERE db = ?",
        *(schema, schema, schema),
    )
    for user, host in sorted(rows):
        if user not in own:
            text = _("The account {user} has rights on the tables themselves.")
            mend = _("Run on the server: REVOKE ALL PRIVILEGES ON `{schema}`.* FROM '{user}'@'{host}' (and on single tables)")
            yield Ailment(text, mend, {"user": user, "host": host, "schema": schema})
    powers = "select_priv = 'Y' OR update_priv = 'Y' OR super_priv = 'Y' OR grant_priv = 'Y'"
    for user, host in patient.run(f"SELECT user, host FROM mysql.user WHERE ({powers}) AND {patient.no_role}"):
        if user not in (*_MASTERS, *own) and user != patient.place.user:
            text = _("The account {user} may do everything on the whole server.")
            mend = _("If nobody needs it, run on the server: DROP USER '{user}'@'{host}'")
            yield Ailment(text, mend, {"user": user, "host": host})


def _locked(patient: Patient) -> Iterable[Ailment]:
    for user in (patient.guard.sight, patient.guard.watch):
        rows = patient.run("SELECT host, JSON_VALUE(priv, '$.account_locked') FROM mysql.global_priv WHERE user = ?", user)
        if not rows:
            yield Ailment(_("The account {user} of the guard is missing."), _("Run: crm-desktop database migrate"), {"user": user})
        for host, locked in rows:
            if str(locked) not in ("1", "true") or host != "%":
                text = _("Somebody could sign in with the account {user} of the guard.")
                mend = _("Run on the server: ALTER USER '{user}'@'{host}' ACCOUNT LOCK")
                yield Ailment(text, mend, {"user": user, "host": host})


def _guard(patient: Patient) -> Iterable[Ailment]:
    wrong = amiss(patient.steps, patient.guard)
    if wrong:
        text = _("{count} views, triggers or procedures are missing, out of date or were changed: {names}.")
        values = {"count": len(wrong), "names": ", ".join(wrong[:5]) + ("…" if len(wrong) > 5 else "")}
        yield Ailment(text, _("Run: crm-desktop database migrate"), values)


def _reading(patient: Patient) -> Iterable[Ailment]:
    """Every account behind its own door, and strict reading only where it is quick enough."""
    guard, base = patient.guard, patient.guard.schema
    if not patient.steps.has_table("guard_profile"):
        return  # told as a part of the guard that is missing
    rows = patient.run(f"SELECT strict FROM `{base}`.guard_profile")
    on = bool(rows and rows[0][0])
    for login, _free in patient.run(guard.misplaced):
        text = _("The account {user} does not read as it should by its rights and by what was chosen for the server.")
        yield Ailment(text, _("Run: crm-desktop database migrate"), {"user": login})
    schemas = [name for name in guard.views if on or name.endswith(VEILED)]
    marks = ", ".join("?" * len(schemas))
    lists = ("tables_priv", "columns_priv", "procs_priv")
    single = " UNION ".join(f"SELECT user, host, db FROM mysql.{name} WHERE db IN ({marks})" for name in lists)
    likes = " OR ".join("? LIKE REPLACE(db, '\\', '')" for _name in guard.views)
    whole = patient.run(f"SELECT user, host, REPLACE(db, '\\', '') FROM mysql.db WHERE {likes}", *guard.views)
    meant = {guard.app, guard.strict, base + BRINGS}
    found = patient.run(single, *(schemas * 3)) + [row for row in whole if row[2] not in meant]
    for user, host, schema in sorted(set(found)):
        if user not in (guard.sight, guard.watch):
            text = _("The account {user} has a right of its own on {schema}, past the views that are meant for it.")
            mend = _("Run on the server: SHOW GRANTS FOR '{user}'@'{host}', and REVOKE what names {schema}")
            yield Ailment(text, mend, {"user": user, "host": host, "schema": schema})
    if on and (count := patient.run(f"SELECT COUNT(*) FROM `{base}`.customer")[0][0]) > MOST:
        text = _("Reading is strict, but there are {count} customers; it is quick enough up to {most}.")
        mend = _("Switch it off: crm-desktop database reading standard, or live with slower lists.")
        yield Ailment(text, mend, {"count": f"{count:,}", "most": f"{MOST:,}"})


def _standing(patient: Patient) -> Iterable[Ailment]:
    if not patient.steps.has_table("badge") or version_of(patient.database) != len(migrations_in(MIGRATIONS)):
        return  # told by the checks before
    there = accounts.present(patient.run, f"`{patient.guard.schema}`.")
    wanted = accounts.standing(Records(patient.database, RECORD_TYPES))
    for login in sorted({row[columns.index("login")] for name, columns in TOLD.items() for row in there[name] ^ wanted[name]}):
        text = _("What the server lets {user} see and do is not what staff and roles say.")
        yield Ailment(text, _("Run: crm-desktop database migrate"), {"user": login})


def _logins(patient: Patient) -> Iterable[Ailment]:
    if not patient.steps.has_table("account") or not patient.steps.has_table("badge"):
        return
    base = patient.guard.schema
    opened = {row[0] for row in patient.run(f"SELECT login FROM `{base}`.account")}
    working = {row[0] for row in patient.run(f"SELECT login FROM `{base}`.badge")}
    there: dict[str, list[tuple[str, bool]]] = {}
    for user, host, locked in patient.run("SELECT user, host, JSON_VALUE(priv, '$.account_locked') FROM mysql.global_priv"):
        there.setdefault(user, []).append((host, str(locked) in ("1", "true")))
    for login in sorted(opened):
        values = {"user": login}
        hosts = there.get(login, [])
        if not hosts and login in working:
            text = _("The account {user} is gone from the server.")
            yield Ailment(text, _("Run: crm-desktop database login {user} --open"), values)
        if login not in working and any(not locked for _host, locked in hosts):
            text = _("The account {user} is open, but belongs to nobody who works here.")
            yield Ailment(text, _("Run: crm-desktop database login {user} --lock"), values)
        for host, _locked_now in hosts:
            if host != "%":
                text = _("There is a second account {user} for the computer {host}; it would work as the same person.")
                yield Ailment(text, _("Run on the server: DROP USER '{user}'@'{host}'"), values | {"host": host})
    for user in sorted(there):
        if "@" in user or (user in working and user not in opened):
            text = _("The account {user} was not opened here, but would work as an employee.")
            yield Ailment(text, _("Run on the server: DROP USER of this account, or give the employee another user name."), {"user": user})


Look = Callable[[Patient], Iterable[Ailment]]

_LOOKS: tuple[tuple[str, str, Look], ...] = (
    ("version", _("Version of the server"), _version),
    ("tables", _("Version of the tables"), _tables),
    ("durability", _("Safe against power cuts"), _durability),
    ("search", _("Search index"), _search),
    ("encryption", _("Encrypted line"), _encryption),
    ("clock", _("Clocks"), _clock),
    ("anonymous", _("Nobody without a name"), _anonymous),
    ("public", _("Nothing for everybody"), _public),
)
_GUARDED: tuple[tuple[str, str, Look], ...] = (
    ("granted", _("Tables closed to people"), _granted),
    ("locked", _("Accounts of the guard locked"), _locked),
    ("guard", _("Views and triggers"), _guard),
    ("reading", _("How people read"), _reading),
    ("standing", _("Rights as staff and roles say"), _standing),
    ("logins", _("One account for each person"), _logins),
)
