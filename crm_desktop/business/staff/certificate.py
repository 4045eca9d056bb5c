"""The certificate of a handover (离职交接单), read from the journal: what moved, from whom, to whom, and open money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.business.staff.handover import WHAT, closed_condition, demand_seen
from crm_desktop.core import journal, undoing
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import NotFound
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.words import _


@dataclass(frozen=True)
class Item:
    """One record that changed hands. amount: of what is still open; None for records without one or that are closed."""

    record_type: type[Record]
    title: str
    customer: str
    state: str
    receiver: int
    amount: Decimal | None = None


@dataclass(frozen=True)
class Certificate:
    """What a handover moved, as it is signed. followed: contacts, follow-ups that went along with what they belong to."""

    leaver: int
    by: int | None
    at: datetime
    left_on: date | None
    batch: int
    items: tuple[Item, ...]
    followed: tuple[tuple[type[Record], int], ...]

    def counts(self) -> list[tuple[type[Record], int, Decimal | None]]:
        """(type, how many, open money) in the order of the items."""
        found: dict[type[Record], tuple[int, Decimal | None]] = {}
        for item in self.items:
            count, amount = found.get(item.record_type, (0, None))
            found[item.record_type] = (count + 1, amount if item.amount is None else (amount or Decimal(0)) + item.amount)
        return [(record_type, *told) for record_type, told in found.items()]


def handovers(records: Records) -> list[journal.Batch]:
    """The handovers there were, newest first, those taken back left out."""
    rows = records.database.read(
        "SELECT b.id FROM batch b LEFT JOIN batch u ON u.undoes = b.id WHERE b.what = ? AND u.id IS NULL ORDER BY b.id DESC", (WHAT,)
    )
    return [undoing.read(records, row[0]) for row in rows]


def last_handover(records: Records, employee: int) -> int | None:
    """The batch of the last handover from an employee; None when there was none."""
    for batch in handovers(records):
        rows = records.database.read(f"SELECT {journal.LINE_COLUMNS} FROM journal WHERE batch = ? ORDER BY id LIMIT 1", (batch.id,))
        line = next(iter(journal.lines(rows)), None)
        if line is not None and line.changes.get("owner", (None,))[0] == employee:
            return batch.id
    return None


def certificate(records: Records, batch_id: int, actor: Actor) -> Certificate:
    """The certificate of a handover, from the journal; the records are called as they are today. NotFound for another batch."""
    batch = undoing.read(records, batch_id)
    if batch.what != WHAT:
        raise NotFound(_("There is no such handover."))
    rows = records.database.read(f"SELECT {journal.LINE_COLUMNS} FROM journal WHERE batch = ? ORDER BY id", (batch_id,))
    moved = [line for line in journal.lines(rows) if "owner" in line.changes and line.record_type in records.types]
    if not moved:
        raise NotFound(_("There is no such handover."))
    leaver = int(moved[0].changes["owner"][0])
    demand_seen(records, leaver, actor)
    person: Any = records.names.rows("employee")[leaver]
    at = batch.at if isinstance(batch.at, datetime) else datetime.fromisoformat(batch.at)
    items = tuple(item for record_type, lines in _by_type(records, moved) for item in _items(records, record_type, lines, actor))
    return Certificate(leaver, batch.actor, at, person.left_on, batch_id, items, tuple(_followed(records, moved)))


def _by_type(records: Records, lines: Sequence[journal.Line]) -> Iterator[tuple[type[Record], list[journal.Line]]]:
    for record_type in records.types.values():
        found = [line for line in lines if line.record_type == record_type.key()]
        if found:
            yield record_type, found


def _items(records: Records, record_type: type[Record], lines: Sequence[journal.Line], actor: Actor) -> Iterator[Item]:
    fields = records.fields(record_type)
    state = record_type.state_field() or ("stage" if "stage" in fields else "")
    names = [record_type.title_field, *(name for name in ("customer", state, "amount") if name in fields)]
    program = Actor.program(actor.lang)  # who signs the certificate sees all that was handed over, whoever has it today
    found = records.rows(record_type, program, [line.record_id for line in lines], names)
    closed = _closed_ids(records, record_type, list(found))
    for line in lines:
        if line.record_id not in found:
            continue
        values = dict(zip(names, found[line.record_id], strict=True))
        customer = records.names.title("customer", values["customer"]) if values.get("customer") else ""
        told = fields[state].kind.show(values[state], actor.lang, records.names) if state in values else ""
        amount = values.get("amount") if line.record_id not in closed else None
        receiver = int(line.changes["owner"][1])
        yield Item(record_type, str(values[record_type.title_field]).replace("\n", " "), customer, told, receiver, amount)


def _closed_ids(records: Records, record_type: type[Record], ids: Sequence[int]) -> set[int]:
    closed = closed_condition(records, record_type)
    found: set[int] = set()
    for start in range(0, len(ids) if closed else 0, 500):
        part = ids[start : start + 500]
        sql = f"SELECT id FROM `{record_type.key()}` WHERE id IN ({', '.join('?' * len(part))}) AND {closed[0]}"  # type: ignore[index]
        found.update(row[0] for row in records.database.read(sql, (*part, *closed[1])))  # type: ignore[index]
    return found


def _followed(records: Records, moved: Sequence[journal.Line]) -> Iterator[tuple[type[Record], int]]:
    """How many records went along because they follow one that was moved."""
    for record_type in records.types.values():
        count = 0
        for link in record_type.followed():
            target = record_type.declared()[link].kind.target  # type: ignore[attr-defined]
            ids = [line.record_id for line in moved if line.record_type == target]
            unless = "".join(f" AND `{other}` IS NULL" for other in record_type.preferred(link))
            for start in range(0, len(ids), 500):
                part = ids[start : start + 500]
                marks = ", ".join("?" * len(part))
                sql = f"SELECT COUNT(*) FROM `{record_type.key()}` WHERE `{link}` IN ({marks}) AND deleted_at IS NULL{unless}"
                count += records.database.read(sql, part)[0][0]
        if count:
            yield record_type, count
