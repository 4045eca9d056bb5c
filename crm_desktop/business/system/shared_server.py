"""A database on a server with an account for each user: made, brought up to date, and put back under guard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff import accounts
from crm_desktop.business.staff.sign_in import actor_for, employees
from crm_desktop.business.system import starting
from crm_desktop.core import finding, twins, untold
from crm_desktop.core.access import LEVELS
from crm_desktop.core.errors import Invalid, Refused, Trouble
from crm_desktop.core.guard.made import Guard, guard_for
from crm_desktop.core.guard.naming import APP, BRINGS, STRICT, table
from crm_desktop.core.guard.putting import open_up, put_up, settle_doors
from crm_desktop.core.records import Records
from crm_desktop.core.words import _
from crm_desktop.database import sentences
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.database.steps import Steps

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
OLDEST = (10, 6)
NOT_OURS = _("The server has an account of this name already that was not opened here. Choose another user name.")


def create(address: str | ServerPlace, login: str, password: str, person: str, company: str, lang: str) -> None:
    """Make the tables, the views, the guard and the first administrator's account. May be repeated after a failure."""
    place = server(address)
    if not accounts.FITTING.fullmatch(login):
        raise Invalid(_("As an account of the server the user name needs 2 to 32 small letters or digits; a letter comes first."))
    if not password:
        raise Invalid(_("Choose a password for {user}."), user=login)
    guard = guard_for(place.name, RECORD_TYPES)

    def begin_anew(steps: Steps) -> None:
        if steps.has_table("account") and steps.run(f"SELECT 1 FROM {table(place.name, 'account')} LIMIT 1"):
            raise Refused(_("The database {name} on {host} is there already."), name=place.name, host=place.host)
        open_up(steps, guard)

    database = open_tables(address, before=begin_anew)
    try:
        records = Records(database, RECORD_TYPES)
        steps = steps_of(database)
        if starting.is_new(records):
            starting.begin(records, company, person or login, lang)
        _name_administrator(records, login, lang)
        put_under_guard(database, guard)
        admit(steps, guard, login, password)
    finally:
        database.close()


def _name_administrator(records: Records, login: str, lang: str) -> None:
    """The employee who gets the first account: the only one there is takes the user name; in a database that was shared in the
    simple way until now, an administrator has it already."""
    people = employees(records)
    roles: Any = records.names.rows("role")
    found = [one for one in people if one.login == login and roles[one.role].level == LEVELS[-1]]
    if found:
        return
    if len(people) != 1:
        raise Refused(_("No administrator has the user name {user}. Name one who may change roles and employees."), user=login)
    people[0].login = login
    records.save(people[0], actor_for(records, people[0].id, lang))


def bring_up_to_date(address: str) -> None:
    """Do the missing migrations and put up the guard anew. Nobody can work meanwhile; it may be repeated after a failure."""
    place = server(address)
    guard = guard_for(place.name, RECORD_TYPES)
    database = open_tables(address, before=lambda steps: open_up(steps, guard))
    try:
        put_under_guard(database, guard)
    finally:
        database.close()


def put_under_guard(database: Database, guard: Guard) -> None:
    """Tell the guard who is who, then close everything that is not allowed. The guard must be down until now."""
    steps = steps_of(database)
    for sql in guard.tables.values():
        steps.run(sql)
    records = Records(database, RECORD_TYPES)
    twins.catch_up(records)
    finding.catch_up(records)
    untold.take_in(records)
    accounts.keep_zone(records)
    standing = accounts.standing(records)

    def tell(tx: Any) -> None:
        for name, rows in standing.items():
            tx.run(f"DELETE FROM {name}")
            accounts.tell(tx, name, sorted(rows))

    for name in standing:
        for event in ("add", "remove", "added", "removed"):
            steps.run(f"DROP TRIGGER IF EXISTS {table(guard.schema, f'{name}_{event}')}")
    database.write(tell)
    put_up(steps, guard)


def admit(steps: Steps, guard: Guard, login: str, password: str) -> None:
    """Open the first account, which opens all others."""
    if not _is_ours(steps, guard, login):
        steps.run(f"INSERT INTO {table(guard.schema, 'account')} (login, opened_at) VALUES (?, UTC_TIMESTAMP())", (login,))
    steps.run(f"CREATE USER IF NOT EXISTS `{login}`@`%` IDENTIFIED BY PASSWORD '{accounts.hashed(password)}'")
    steps.run(f"ALTER USER `{login}`@`%` IDENTIFIED BY PASSWORD '{accounts.hashed(password)}'")
    settle_doors(steps, guard)


def demand_free(steps: Steps, guard: Guard, login: str) -> None:
    """Raise Refused when the first account could not be opened: asked before anything is moved."""
    if steps.has_table("account"):
        _is_ours(steps, guard, login)
    elif steps.run("SELECT 1 FROM mysql.user WHERE user = ?", (login,)):
        raise Refused(NOT_OURS)


def _is_ours(steps: Steps, guard: Guard, login: str) -> bool:
    """Whether this account was opened here. Raises Refused when it was opened elsewhere."""
    if steps.run(f"SELECT 1 FROM {table(guard.schema, 'account')} WHERE login = ?", (login,)):
        return True
    if steps.run("SELECT 1 FROM mysql.user WHERE user = ?", (login,)):
        raise Refused(NOT_OURS)
    return False


def adopt(steps: Steps, guard: Guard) -> list[str]:
    """In a database that was brought back: accounts that this program has opened on this server for people of it are theirs again, with
    their passwords. Nobody gets power over an account that may do anything else. Gives their names."""
    people = steps.run("SELECT login FROM employee WHERE deleted_at IS NULL AND login <> '' ORDER BY login")
    found = [login for (login,) in people if accounts.FITTING.fullmatch(login) and _was_opened(steps, guard, login)]
    for login in found:
        steps.run(f"INSERT IGNORE INTO {table(guard.schema, 'account')} (login, opened_at) VALUES (?, UTC_TIMESTAMP())", (login,))
    return found


def _was_opened(steps: Steps, guard: Guard, login: str) -> bool:
    """Whether all an account may do is go through the doors of this database, or of others that have opened it."""
    everywhere = steps.run("SELECT privilege_type FROM information_schema.user_privileges WHERE grantee LIKE ?", (f"'{login}'@%",))
    single = steps.run("SELECT 1 FROM mysql.tables_priv WHERE user = ? LIMIT 1", (login,))
    if {row[0] for row in everywhere} != {"USAGE"} or single:
        return False
    places = [row[0].replace("\\", "") for row in steps.run("SELECT db FROM mysql.db WHERE user = ?", (login,))]
    for place in places:
        schema = next((place.removesuffix(door) for door in (APP, STRICT, BRINGS) if place.endswith(door)), "")
        known = "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = 'account'"
        if schema != guard.schema and not (
            schema and steps.run(known, (schema,)) and steps.run(f"SELECT 1 FROM {table(schema, 'account')} WHERE login = ?", (login,))
        ):
            return False
    return bool(places)


def server(address: str | Path | ServerPlace) -> ServerPlace:
    """The place an address means. Raises Invalid unless it is a server and its name fits."""
    place = find_place(address)
    if not isinstance(place, ServerPlace):
        raise Invalid(sentences.NOT_AN_ADDRESS)
    if not _NAME.fullmatch(place.name):
        raise Invalid(_("The name of a shared database is small letters, digits and _; a letter comes first."))
    return place


def open_tables(address: str | ServerPlace, before: Callable[[Steps], None] | None = None) -> Database:
    """Open the tables themselves, with an account that may change them; `before` runs ahead of migrations."""
    database = open_database(address, tables=True, before=before)
    if not getattr(database.backend, "mariadb", False) or getattr(database.backend, "version", ()) < OLDEST:
        version = ".".join(map(str, getattr(database.backend, "version", ())))
        database.close()
        raise Trouble(sentences.MARIADB_ONLY, host=server(address).host, version=version)
    return database


def steps_of(database: Database) -> Steps:
    """Where statements that change the schema are run."""
    return Steps(database.backend, database.line())
