"""Passwords of a local file: argon2id, five wrong tries lock, an administrator sets a new one or unlocks.

A password keeps people apart at one computer; it does not encrypt the file. On a server with an account for each user it is
the server's password instead (accounts.py): setting one opens the account, taking it away locks it. The hash never passes
the journal, the search index or an export: this table is no record type.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.business.staff import accounts
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import to_local
from crm_desktop.core.errors import Invalid, Refused
from crm_desktop.core.words import _
from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.core.records import Records
    from crm_desktop.database.unit import Tx

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
SHORTEST = 8
TRIED = "wrong_passwords"


class Password(peewee.Model):
    """The hash of one person's password. wrong: wrong tries in a row; locked_until: no try before then."""

    id = peewee.BigAutoField()  # the employee's
    hash = peewee.CharField(max_length=200)
    changed_at = peewee.DateTimeField()
    wrong = peewee.IntegerField(default=0)
    locked_until = peewee.DateTimeField(null=True)

    class Meta:
        table_name = "password"


class _Stands(NamedTuple):
    hash: str
    wrong: int
    locked_until: datetime | None


def has(records: Records, employee: int) -> bool:
    """Whether this person signs in with a password."""
    if records.database.guarded:
        return True
    return bool(records.database.read("SELECT id FROM password WHERE id = ?", (employee,)))


def anybody(records: Records) -> bool:
    """Whether anybody does."""
    if records.database.guarded:
        return True
    return bool(records.database.read("SELECT id FROM password LIMIT 1"))


def check(records: Records, employee: int, word: str) -> None:
    """Let the person in, or raise Refused with what to do. Takes a third of a second: not in the UI thread."""
    if records.database.guarded:
        _check_account(records, employee, word)
        return
    now = records.clock.now()
    stands = _stands(records, employee)
    if stands is None:
        return
    if stands.locked_until is not None and now < stands.locked_until:
        raise _locked(stands.locked_until)
    if _fits(stands.hash, word):
        renewed = _hashed(word) if _hasher().check_needs_rehash(stands.hash) else stands.hash
        sql = "UPDATE password SET wrong = 0, locked_until = NULL, hash = ? WHERE id = ?"
        records.database.write(lambda tx: tx.run(sql, (renewed, employee)), minor=True)
        return
    wrong, until = records.database.write(lambda tx: _count_wrong(tx, employee, now), minor=True)
    person = records.names.title("employee", employee)
    records.log(Actor(employee, person), "sign_in_failed", note=person)
    if until is not None:
        raise _locked(until)
    raise Refused(_("This password is wrong. Tries left before the account is locked: {left}."), left=TRIES - wrong)


def _check_account(records: Records, employee: int, word: str) -> None:
    """The same for an account of a server: its wrong tries stand among the person's own settings, for all his windows."""
    now, own = records.clock.now(), accounts.signed_in(records).id == employee
    rows = records.database.read("SELECT value FROM setting WHERE person = ? AND name = ?", (employee, TRIED)) if own else []
    known = json.loads(rows[0][0]) if rows else {}
    if known.get("until") and now < datetime.fromisoformat(known["until"]):
        raise _shut(datetime.fromisoformat(known["until"]))
    try:
        accounts.check(records, employee, word)
    except Refused:
        if not own:
            raise

        def count(before: Any) -> dict[str, Any]:
            wrong = (before or {}).get("wrong", 0) + 1
            return {"wrong": wrong} if wrong < TRIES else {"wrong": 0, "until": (now + LOCKED_FOR).isoformat()}

        stands = records.settings.change(TRIED, count, employee)
        person = records.names.title("employee", employee)
        records.log(Actor(employee, person), "sign_in_failed", note=person)
        if "until" in stands:
            raise _shut(now + LOCKED_FOR) from None
        text = _("This password is wrong. Tries left before the account is locked: {left}.")
        raise Refused(text, left=TRIES - stands["wrong"]) from None
    if known:
        records.settings.put(TRIED, None, employee)


def change(records: Records, actor: Actor, employee: int, new: str, old: str = "") -> None:
    """Set a password: one's own with the old one, anybody's as an administrator. Raises Refused, Invalid."""
    own = employee == actor.employee
    if not own and not may_manage(records, actor):
        raise Refused(_("Only an administrator sets somebody else's password."))
    if own and has(records, employee):
        check(records, employee, old)
    _demand_good(records, employee, new)
    if records.database.guarded:
        accounts.give_password(records, employee, new)
        records.log(actor, "password", "employee", 1, records.names.title("employee", employee))
        return
    hashed, now = _hashed(new), records.clock.now()

    def work(tx: Tx) -> None:
        tx.run("DELETE FROM password WHERE id = ?", (employee,))
        tx.run("INSERT INTO password (id, hash, changed_at, wrong) VALUES (?, ?, ?, 0)", (employee, hashed, now))

    records.database.write(work)
    records.log(actor, "password", "employee", 1, records.names.title("employee", employee))


def take_away(records: Records, actor: Actor, employee: int) -> None:
    """Let a person sign in without a password again. Raises Refused."""
    if employee != actor.employee and not may_manage(records, actor):
        raise Refused(_("Only an administrator sets somebody else's password."))
    if records.database.guarded:
        accounts.lock_login(records.database, accounts.login_of(records, employee))
    else:
        records.database.write(lambda tx: tx.run("DELETE FROM password WHERE id = ?", (employee,)))
    records.log(actor, "password", "employee", 1, records.names.title("employee", employee))


def unlock(records: Records, actor: Actor, employee: int) -> None:
    """End the waiting after wrong tries. Raises Refused."""
    if not may_manage(records, actor):
        raise Refused(_("Only an administrator unlocks an account."))
    sql = "UPDATE password SET wrong = 0, locked_until = NULL WHERE id = ?"
    records.database.write(lambda tx: tx.run(sql, (employee,)))


def may_manage(records: Records, actor: Actor) -> bool:
    """Whether this person looks after the passwords of others: whoever may change employees."""
    return actor.may(records.types["employee"], "edit")


def _stands(records: Records, employee: int) -> _Stands | None:
    rows = records.database.read("SELECT hash, wrong, locked_until FROM password WHERE id = ?", (employee,))
    if not rows:
        return None
    return _Stands(rows[0][0], rows[0][1], datetime.fromisoformat(rows[0][2]) if rows[0][2] else None)


def _count_wrong(tx: Tx, employee: int, now: datetime) -> tuple[int, datetime | None]:
    tx.run("UPDATE password SET wrong = wrong + 1 WHERE id = ?", (employee,))
    wrong = tx.run("SELECT wrong FROM password WHERE id = ?", (employee,))[0][0]
    if wrong < TRIES:
        return wrong, None
    tx.run("UPDATE password SET wrong = 0, locked_until = ? WHERE id = ?", (now + LOCKED_FOR, employee))
    return wrong, now + LOCKED_FOR


def _locked(until: datetime) -> Refused:
    return Refused(
        _("After {tries} wrong passwords this account is locked until {time}. An administrator can unlock it."),
        tries=TRIES, time=f"{to_local(until):%H:%M}",
    )  # fmt: skip


def _shut(until: datetime) -> Refused:
    text = _("After {tries} wrong passwords nobody is let in here until {time}.")
    return Refused(text, tries=TRIES, time=f"{to_local(until):%H:%M}")


def _demand_good(records: Records, employee: int, word: str) -> None:
    person: Any = records.names.rows("employee")[employee]
    if len(word) < SHORTEST:
        raise Invalid(_("A password needs at least {least} characters."), "new", least=SHORTEST)
    if word.casefold() in {person.name.casefold(), (person.login or "").casefold()} or len(set(word)) < 3:
        raise Invalid(_("This password is too easy to guess. Choose another."), "new")


def _hasher() -> Any:
    from argon2 import PasswordHasher  # argon2-cffi (MIT): argon2id with its own defaults

    return PasswordHasher()


def _hashed(word: str) -> str:
    return str(_hasher().hash(word))


def _fits(hashed: str, word: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return bool(_hasher().verify(hashed, word))
    except (VerificationError, InvalidHashError):
        return False
