"""The operation log: every act of everybody, with who, when and what, searched by person, act, day and record.

It reads the batches of the journal; acts that change no record (signing in, printing, an export) stand there as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from crm_desktop.core.access import Actor
from crm_desktop.core.clock import to_utc
from crm_desktop.core.presence import may_watch
from crm_desktop.core.words import _, say

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

ACTS = {
    "save": _("Change"),
    "create": _("New"),
    "update": _("Change"),
    "move": _("Change of state"),
    "assign": _("Assignment"),
    "bulk": _("Change of many"),
    "delete": _("Deletion"),
    "restore": _("Restoration"),
    "purge": _("Deletion for good"),
    "undo": _("Undone act"),
    "import": _("Import"),
    "targets": _("Targets"),
    "merge": _("Merging"),
    "share": _("Share"),
    "handover": _("Handover"),
    "convert": _("Conversion"),
    "unshare": _("End of a share"),
    "remind": _("Reminder"),
    "snooze": _("Reminder put off"),
    "done": _("Reminder done"),
    "demo": _("Demo data"),
    "sample": _("Removal of the sample data"),
    "start": _("First start"),
    "export": _("Export"),
    "print": _("Printing"),
    "sign_in": _("Sign-in"),
    "sign_out": _("Sign-out"),
    "sign_in_failed": _("Refused sign-in"),
    "password": _("Change of password"),
    "send_home": _("Ended the work of somebody"),
    "strict_reading": _("Strict reading on the server"),
    "standard_reading": _("Standard reading on the server"),
    "restored": _("Database restored from a copy"),
    "backup": _("Copy of the database"),
    "copies_encrypted": _("Copies encrypted from now on"),
    "copies_plain": _("Copies not encrypted any more"),
}
SEARCHED = 200  # records of a name whose acts are looked for



@dataclass(frozen=True)
class Asked:
    """What is looked for; empty parts do not narrow it. Days are local and both included."""

    person: int | None = None
    act: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""
    record: tuple[str, int] | None = None


@dataclass(frozen=True)
class Act:
    """One act: when (UTC), whose, its key in ACTS, the record type and the only record it was about (or None), how many
    records, and what else is known of it."""

    id: int
    at: datetime
    person: int | None
    what: str
    record_type: str
    record: int | None
    title: str
    count: int
    note: str

    def label(self, lang: str | None = None) -> str:
        """What was done, in words."""
        return say(ACTS[self.what], lang) if self.what in ACTS else self.what


def acts(records: Records, actor: Actor, asked: Asked, before: int | None = None, limit: int = 200) -> list[Act]:
    """The newest acts that fit, at most `limit` (before the act of this id): those of people whose work the actor sees."""
    where, values = _where(records, actor, asked, before)
    sql = f"SELECT b.id, b.at, b.actor, b.what, b.record_type, b.`count`, b.note FROM batch b WHERE {where} ORDER BY b.id DESC LIMIT ?"
    found = []
    for row in records.database.read(sql, (*values, limit)):
        record, record_type, title = None, row[4], ""
        if row[5] == 1:
            record_type, record, title = _only_record(records, actor, row[0], record_type)
        found.append(Act(row[0], datetime.fromisoformat(row[1]), row[2], row[3], record_type, record, title, row[5], row[6]))
    return found


def _where(records: Records, actor: Actor, asked: Asked, before: int | None) -> tuple[str, list[Any]]:
    parts, values = ["1 = 1"], []
    for part, value in (
        ("b.id < ?", before),
        ("b.actor = ?", asked.person),
        ("b.what = ?", asked.act or None),
        ("b.at >= ?", _begin(asked.since)),
        ("b.at < ?", _begin(asked.until + timedelta(days=1)) if asked.until else None),
    ):
        if value is not None:
            parts.append(part)
            values.append(value)
    people = watched(records, actor)
    if people is not None:
        parts.append(f"b.actor IN ({_marks(people)})")
        values += people
    if asked.record is not None:
        parts.append("b.id IN (SELECT batch FROM journal WHERE record_id = ? AND record_type = ?)")
        values += [asked.record[1], asked.record[0]]
    if asked.text.strip():
        named = [hit.id for hit in records.search(asked.text, actor, limit=SEARCHED)]
        about = f" OR b.id IN (SELECT batch FROM journal WHERE record_id IN ({_marks(named)}))" if named else ""
        parts.append(f"(b.note LIKE ? ESCAPE '!'{about})")
        values += [f"%{_literally(asked.text.strip())}%", *named]
    return " AND ".join(parts), values


def watched(records: Records, actor: Actor) -> list[int] | None:
    """The people whose acts somebody sees: everybody's (None), or those whose records he sees, himself included."""
    scope = actor.scope(records.types["customer"])
    if scope.all or may_watch(records, actor):
        return None
    people = records.names.rows("employee").values()
    seen = [one.id for one in people if one.id in scope.owners or one.department in scope.departments]
    return sorted({*seen, actor.employee or 0})


def _only_record(records: Records, actor: Actor, batch: int, told: str) -> tuple[str, int | None, str]:
    lines = records.database.read("SELECT record_type, record_id FROM journal WHERE batch = ? ORDER BY id LIMIT 1", (batch,))
    if not lines or lines[0][0] not in records.types:
        return told, None, ""
    record_type, record = lines[0]
    # A record of somebody else is told by its type alone.
    seen = records.rows(records.types[record_type], actor, [record], [])
    return record_type, record if seen else None, records.names.title(record_type, record) if seen else ""


def _begin(day: date | None) -> datetime | None:
    return to_utc(datetime.combine(day, time())) if day else None


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _literally(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
