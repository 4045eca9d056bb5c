"""Who is at work: one row for each open window, kept alive by a beat, and the way to send somebody home.

All times are the database's own, so that PCs whose clocks differ agree about who is there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.core.access import Actor
from crm_desktop.core.errors import NotFound, Refused
from crm_desktop.core.ids import new_id
from crm_desktop.core.words import _
from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

BEAT = 20  # seconds between two signs of life
GONE = timedelta(seconds=70)  # without a sign of life for so long a window counts as closed
_KEPT = timedelta(days=90)
ONLY_ADMINISTRATORS = _("Only an administrator can end the work of somebody else.")


class Presence(peewee.Model):
    """One window of one person on one PC, from opening to closing. sent_home_by: the administrator who asked it to end."""

    id = peewee.BigAutoField()
    employee = peewee.BigIntegerField()
    machine = peewee.CharField(max_length=80, default="")
    version = peewee.CharField(max_length=20, default="")
    since = peewee.DateTimeField()
    seen_at = peewee.DateTimeField(index=True)
    ended_at = peewee.DateTimeField(null=True)
    sent_home_by = peewee.BigIntegerField(null=True)

    class Meta:
        table_name = "presence"


class Desktop(NamedTuple):
    """A window that is open now. last_act: (when, what, record type) of the newest act of its person, if there is one."""

    id: int
    employee: int
    machine: str
    version: str
    since: datetime
    seen_at: datetime
    last_act: tuple[datetime, str, str] | None


def arrive(records: Records, actor: Actor, version: str, machine: str = "") -> int:
    """A window opens; gives the id its beats go by. Rows of windows long gone are cleared on this occasion."""
    import platform

    presence, machine = new_id(), (machine or platform.node())[:80]

    def work(tx: Any) -> None:
        sql = (
            "INSERT INTO presence (id, employee, machine, version, since, seen_at)"
            " VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)"
        )
        tx.run(sql, (presence, actor.employee or 0, machine, version[:20]))
        (now,) = tx.run("SELECT CURRENT_TIMESTAMP")[0]
        tx.run("DELETE FROM presence WHERE seen_at < ?", (datetime.fromisoformat(now) - _KEPT,))

    records.database.write(work, minor=True)
    records.log(actor, "sign_in", note=machine)
    return presence


def beat(records: Records, presence: int) -> int | None:
    """A sign of life. Gives the administrator who has asked this window to end, if one has."""

    def work(tx: Any) -> int | None:
        tx.run("UPDATE presence SET seen_at = CURRENT_TIMESTAMP WHERE id = ?", (presence,))
        rows = tx.run("SELECT sent_home_by FROM presence WHERE id = ?", (presence,))
        return rows[0][0] if rows else None

    return records.database.write(work, minor=True)


def leave(records: Records, actor: Actor, presence: int) -> None:
    """A window closes."""
    sql = "UPDATE presence SET ended_at = CURRENT_TIMESTAMP WHERE id = ? AND ended_at IS NULL"
    records.database.write(lambda tx: tx.run(sql, (presence,)), minor=True)
    records.log(actor, "sign_out")


def online(records: Records, actor: Actor) -> list[Desktop]:
    """The windows open now, the newest first: all of them for who may change employees, else one's own."""
    read = records.database.read
    now = datetime.fromisoformat(read("SELECT CURRENT_TIMESTAMP")[0][0])
    sql = "SELECT id, employee, machine, version, since, seen_at FROM presence WHERE seen_at >= ? AND ended_at IS NULL ORDER BY id DESC"
    found = []
    for row in read(sql, (now - GONE,)):
        if row[1] == actor.employee or may_watch(records, actor):
            acts = read("SELECT at, what, record_type FROM batch WHERE actor = ? ORDER BY id DESC LIMIT 1", (row[1],))
            last = (datetime.fromisoformat(acts[0][0]), acts[0][1], acts[0][2]) if acts else None
            found.append(Desktop(row[0], row[1], row[2], row[3], datetime.fromisoformat(row[4]), datetime.fromisoformat(row[5]), last))
    return found


def may_watch(records: Records, actor: Actor) -> bool:
    """Whether this person sees who else is online: those who look after the staff."""
    return actor.may(records.types["employee"], "edit")


def send_home(records: Records, actor: Actor, presence: int) -> None:
    """Ask a window to end; it does at its next beat, and keeps what was typed. Raises Refused, NotFound."""
    if not may_watch(records, actor):
        raise Refused(ONLY_ADMINISTRATORS)
    found = records.database.read("SELECT employee FROM presence WHERE id = ? AND ended_at IS NULL", (presence,))
    if not found:
        raise NotFound(_("This window is closed already."))
    records.database.write(
        lambda tx: tx.run("UPDATE presence SET sent_home_by = ? WHERE id = ?", (actor.employee or 0, presence))
    )
    records.log(actor, "send_home", "employee", 1, records.names.title("employee", found[0][0]))
