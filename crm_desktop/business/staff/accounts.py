"""Accounts of a server: who is signed in with one, what the server's guard is told of each person's rights, opening and locking.

On a server with an account for each user the database itself refuses what a person may not do. It goes by its tables
`badge` (who an account is) and `acl` (what it may see and do), which are written here from the same `actor_for` that the program
goes by, in the transaction that changes staff, roles or departments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.staff.sign_in import actor_for, employees
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import to_local
from crm_desktop.core.errors import Refused
from crm_desktop.core.guard.naming import ALL, DEPARTMENT, KEYS, LOGIN, OWNER, TOLD
from crm_desktop.core.later import later, pattern
from crm_desktop.core.records import Records
from crm_desktop.core.sharing import ZONE
from crm_desktop.core.words import _
from crm_desktop.database.place import ServerPlace

with later("crm_desktop.business.staff.strictness", "crm_desktop.core.secret"):  # for servers with accounts
    from crm_desktop.business.staff import strictness
    from crm_desktop.core import secret

if TYPE_CHECKING:
    from crm_desktop.core.unit import Unit
    from crm_desktop.database.engine import Database
    from crm_desktop.database.unit import Tx

Standing = dict[str, set[tuple[Any, ...]]]
"""Table -> the rows it holds."""

SETTLED_BY = frozenset({"employee", "role", "role_right", "department"})
FITTING = pattern(LOGIN)


def signed_in(records: Records) -> Employee:
    """The employee whose account of the server this is. Raises Refused when it is nobody's."""
    account = records.database.account
    found = [person for person in employees(records) if person.login == account]
    if not found:
        text = _("The account {user} of the server belongs to nobody who works here. Ask an administrator to enter it as a user name.")
        raise Refused(text, user=account)
    return found[0]


def demand_same(records: Records, wanted: Employee) -> None:
    """On a server with an account for each user nobody acts as somebody else."""
    if records.database.guarded and wanted.id != signed_in(records).id:
        text = _("You are signed in to the server as {user}. To work as {name}, sign in with that person's own account.")
        raise Refused(text, user=records.database.account, name=wanted.name)


def standing(records: Records) -> Standing:
    """What the guard must know: who each account is, what he sees of each record type, and what he may do with it."""
    rows: Standing = {name: set() for name in TOLD}
    people = {person.login: person for person in reversed(employees(records))}  # as `signed_in`: the first, were there two of a name
    for person in people.values():
        if FITTING.fullmatch(person.login or ""):
            actor, adds = actor_for(records, person.id), []
            for key, record_type in records.types.items():
                if actor.may(record_type, "add") and actor.scope(record_type).holds(person.id, person.department):
                    adds.append(key)
                rows["acl"] |= {(person.login, key, kind, value) for kind, value in _of_type(records, actor, record_type)}
            rows["badge"].add((person.id, person.login, person.department, ",".join(adds)))
    return rows


def present(run: Callable[[str], list[tuple[Any, ...]]], schema: str = "") -> Standing:
    """What the guard does know."""
    return {name: set(run(f"SELECT {', '.join(columns)} FROM {schema}{name}")) for name, columns in TOLD.items()}


def tell(tx: Tx, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add rows to a table of the guard."""
    columns = TOLD[name]
    tx.many(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", list(rows))


def _of_type(records: Records, actor: Actor, record_type: Any) -> set[tuple[str, int]]:
    scope = actor.scope(record_type)
    kinds = {(ALL, 0)} if scope.all else {(OWNER, one) for one in scope.owners} | {(DEPARTMENT, one) for one in scope.departments}
    operations = set(actor.rights.get(record_type.key(), ()))
    # What cannot stand without another record goes into the bin, and out of it for good, with that one.
    for other in records.types.values():
        if any(child is record_type for child, _link in records.belonging(other)):
            operations |= actor.rights.get(other.key(), frozenset()) & {"delete", "purge"}
    return kinds | {(operation, 0) for operation in operations}


def settle(unit: Unit) -> None:
    """Bring the guard in step with what the unit has changed. One's own power to do so goes last."""
    wanted, there, tx = standing(unit.records), present(unit.tx.run), unit.tx
    tx.many("DELETE FROM badge WHERE employee = ?", [row[:1] for row in there["badge"] - wanted["badge"]])
    for name in TOLD:
        tell(tx, name, sorted(wanted[name] - there[name]))
    own = unit.records.database.account
    gone = sorted(there["acl"] - wanted["acl"], key=lambda row: (row[0] == own, row[1] in KEYS and row[2] == "edit", row))
    tx.many("DELETE FROM acl WHERE login = ? AND record_type = ? AND kind = ? AND value = ?", gone)


def attend(records: Records) -> None:
    """Where everybody has an account of his own: from now on each unit that changes staff, roles or departments tells the
    server's guard. Raises Refused when the account is nobody's."""
    if records.database.guarded:
        person = signed_in(records)
        if strictness.may_switch(records, actor_for(records, person.id)):
            keep_zone(records)
        records.before_commit.append(_settle_if_needed)
        records.after_commit.append(_move_doors)


def keep_zone(records: Records) -> None:
    """Tell the server where the company is, by an administrator's computer; later only that clocks were put on or back."""
    now = records.clock.now()
    here, known = round((to_local(now) - now).total_seconds() / 60), records.settings.get(ZONE)
    if known is None or abs(known - here) == 60:
        records.settings.put(ZONE, here)


def _settle_if_needed(unit: Unit) -> None:
    if SETTLED_BY & unit.touched.types():
        settle(unit)


def _move_doors(unit: Unit) -> None:
    """Who sees every record from now on, or no longer, reads by another door (core/guard/strict.py)."""
    if SETTLED_BY & unit.touched.types():
        strictness.settle_doors(unit.records)


# Accounts, opened and locked by an administrator who is signed in with his own


def open_login(database: Database, login: str, password: str) -> None:
    """Open an account of the server for an employee's user name, or give it another password."""
    database.write(lambda tx: tx.run_last("CALL open_login(?, ?)", (login, hashed(password))))


def lock_login(database: Database, login: str) -> None:
    """Lock an account and end its sessions; opening it again gives it a new password."""
    database.write(lambda tx: tx.run_last("CALL lock_login(?)", (login,)))


def log_off(database: Database, login: str) -> None:
    """End the sessions of an account at once."""
    database.write(lambda tx: tx.run_last("CALL log_off(?)", (login,)))


def check(records: Records, employee: int, word: str) -> None:
    """Whether the word is the password this program signed in to the server with. Raises Refused."""
    known = getattr(records.database.backend.place, "password", "")
    import hmac

    if signed_in(records).id != employee or not hmac.compare_digest(known.encode(), word.encode()):
        raise Refused(_("This password is wrong."))


def give_password(records: Records, employee: int, word: str) -> None:
    """Give one's own account a new password, or open the account of somebody else with it."""
    database = records.database
    if signed_in(records).id != employee:
        open_login(database, login_of(records, employee), word)
        return
    database.write(lambda tx: tx.run_last(f"SET PASSWORD = '{hashed(word)}'"))
    database.backend.sign_in_with(word)
    place = database.backend.place
    if isinstance(place, ServerPlace) and secret.get(place.secret()) is not None:  # remembered: from now on the new one
        secret.put(place.secret(), word)


def login_of(records: Records, employee: int) -> str:
    """The user name of an employee. Raises Refused when he has none that fits."""
    person: Any = records.names.rows("employee").get(employee)
    if person is None or not FITTING.fullmatch(person.login or ""):
        text = _("As an account of the server the user name needs 2 to 32 small letters or digits; a letter comes first.")
        raise Refused(text)
    return str(person.login)


def hashed(password: str) -> str:
    """The password as the server keeps it (mysql_native_password), so that it is never sent or logged as it is."""
    import hashlib

    return "*" + hashlib.sha1(hashlib.sha1(password.encode()).digest()).hexdigest().upper()
