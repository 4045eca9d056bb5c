"""A company moves house: from a file to a server with an account for each user, and back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff import accounts
from crm_desktop.business.staff.sign_in import find
from crm_desktop.business.system import shared_server
from crm_desktop.core import alike, finding, journal, numbering, sharing, twins
from crm_desktop.core import find as index
from crm_desktop.core.access import LEVELS
from crm_desktop.core.errors import Invalid, Refused
from crm_desktop.core.guard.made import guard_for
from crm_desktop.core.guard.putting import open_up
from crm_desktop.core.ids import new_id
from crm_desktop.core.records import Records
from crm_desktop.core.words import _, say
from crm_desktop.database import moving
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.moving import Proof
from crm_desktop.database.place import ServerPlace
from crm_desktop.database.shape import schema_of

Told = Callable[[str, int, int], object]
RESTORED = "restored"


SEARCHED = [one for one in RECORD_TYPES if any(field.search for field in one.declared().values())]
MADE_ANEW = frozenset(
    {"acl", "badge", "audit", "account", "guard_seal", "guard_profile", index.UNTOLD, index.BEGUN}
    | {index.table(one.key()) for one in SEARCHED}
    | {alike.table(one.key()) for one in RECORD_TYPES if one.compared}
)
"""Tables that are not moved: they follow from the others, or are about the accounts of one server."""


def words_for(table: str) -> str:
    """What a person is told that is being moved, instead of the name of a table."""
    titles = {one.key(): one.screen.title for one in RECORD_TYPES}
    for one in SEARCHED:
        if table == index.table(one.key()):
            return say("Search index: {kind}", kind=say(one.screen.title))
    return say(titles.get(table, _("Operation log") if table in ("journal", "batch") else _("Settings and notes of the program")))


def to_server(
    source: str | Path, address: str | ServerPlace, administrator: str, password: str, told: Told, restored_from: str = ""
) -> list[Proof]:
    """Move a file to a server. administrator: an employee who gets the first account; '' for one account shared by all, as in
    the simple mode. restored_from: it is a copy of this name of a database that lay on a server. May be repeated after a kill: it goes
    on where it was."""
    target = shared_server.open_tables(address) if administrator else open_database(address)
    home = open_database(source)
    try:
        person = _demand_administrator(Records(home, RECORD_TYPES), administrator, password) if administrator else ""
        _open_up(home, target)
        if person and not restored_from:  # whoever is restored may have had his account here before
            shared_server.demand_free(shared_server.steps_of(target), guard_for(shared_server.server(address).name, RECORD_TYPES), person)
        proofs = _moved(home, target, told)
        if restored_from:
            _note_restored(Records(target, RECORD_TYPES), person, restored_from)
        if person:
            guard = guard_for(shared_server.server(address).name, RECORD_TYPES)
            shared_server.put_under_guard(target, guard)
            if restored_from:
                shared_server.adopt(shared_server.steps_of(target), guard)
            shared_server.admit(shared_server.steps_of(target), guard, person, password)
        moving.finish(target)
        return proofs
    finally:
        home.close()
        target.close()


def to_file(address: str, folder: Path, told: Told) -> list[Proof]:
    """Move the database of a server, guarded or not, into a folder; needs an account that may read the tables themselves."""
    home = open_database(address, tables=True)
    target = open_database(folder)
    try:
        proofs = _moved(home, target, told)
        moving.finish(target)
        return proofs
    finally:
        home.close()
        target.close()


def _moved(home: Database, target: Database, told: Told) -> list[Proof]:
    proofs = moving.move(home, target, MADE_ANEW, told, lambda: _as_copied(home, target))
    records = Records(target, RECORD_TYPES)
    for record_type in SEARCHED:
        # The search index is not moved but made anew: the engines have different ones.
        finding.rebuild(records, record_type, partial(told, index.table(record_type.key())))
    finding.note_format(records)
    target.write(lambda tx: tx.run("DELETE FROM counter WHERE name = ?", (twins.FORMAT_OF_KEYS,)))
    twins.catch_up(records)
    return proofs


_AT_THE_END = {"counter": (twins.FORMAT_OF_KEYS, finding.FORMAT_OF_INDEX, numbering.REVISION), "setting": (sharing.ZONE,)}
"""Rows, by name, that the target gets of its own: stamps of what is made anew there, where the company is, and that settings
have changed."""


def _as_copied(home: Database, target: Database) -> None:
    """What a move writes at its very end is again as it was copied: one that was killed after that would find the two databases
    different."""
    newest = home.read("SELECT COALESCE(MAX(id), 0) FROM batch")[0][0]

    def work(tx: Any) -> None:
        tx.run("DELETE FROM batch WHERE id > ? AND what = ?", (newest, RESTORED))
        for table, names in _AT_THE_END.items():
            columns = list(schema_of(home)[table].columns)
            rows = home.read(f"SELECT {', '.join(columns)} FROM `{table}`")
            ((done,),) = tx.run("SELECT done FROM moving WHERE name = ?", (table,))
            if done >= len(rows) or 0 < done < moving.PORTION:  # all of it is there
                copied = [row for row in rows if row[columns.index("name")] in names]
                tx.run(f"DELETE FROM `{table}` WHERE name IN ({', '.join('?' * len(names))})", names)
                tx.many(f"INSERT INTO `{table}` ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", copied)

    target.write(work)


def _note_restored(records: Records, administrator: str, copy: str) -> None:
    """The operation log of the restored database says who did that, and from which copy."""
    person = find(records, administrator).id if administrator else None
    row = (new_id(), records.clock.now(), person, RESTORED, "", 0, copy[:400], None)
    records.database.write(lambda tx: tx.run(journal.BATCH_SQL, row))


def _demand_administrator(records: Records, named: str, password: str) -> str:
    """The user name of the employee who opens all other accounts."""
    person = find(records, named)
    role: Any = records.names.rows("role").get(person.role)
    if role is None or role.level != LEVELS[-1]:
        raise Refused(_("{name} is no administrator. Name somebody who may change roles and employees."), name=person.name)
    if not accounts.FITTING.fullmatch(person.login or ""):
        text = _("The user name of {name} cannot be an account of the server: it needs 2 to 32 small letters or digits. Change it first.")
        raise Invalid(text, name=person.name)
    if not password:
        raise Invalid(_("Choose a password for {user}."), user=person.login)
    return str(person.login)


def _open_up(home: Database, target: Database) -> None:
    """The guard of a move that was interrupted at its very end is taken down again; that of another database is left alone."""
    steps, place = shared_server.steps_of(target), target.backend.place
    if not steps.has_table(moving.STATE.name):
        if steps.has_table("guard_seal"):
            raise moving.holds_data(target, moving.mark_of(home))
        return
    open_up(steps, guard_for(shared_server.server(str(place)).name, RECORD_TYPES))
