"""Shares: a record opened to a colleague outside its owner's scope, for reading or for working on it, until a day or for good.

What a share opens is data (`ways`): the record itself, what follows it (contacts, follow-ups), and what is about it and has
its owner (his opportunities and contracts with the customer). The server's views are made from the same ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.core.errors import Invalid, Marked, NotFound, Refused
from crm_desktop.core.fields import Choice, Day, Flag, Link, Text
from crm_desktop.core.owning import demand_present
from crm_desktop.core.record import Record, Rights, Screen, columns_of, copied, from_row, indexed
from crm_desktop.core.words import _
from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.core.access import Actor
    from crm_desktop.core.many import Progress
    from crm_desktop.core.outcome import Outcome
    from crm_desktop.core.records import Records
    from crm_desktop.core.unit import Unit

Question = tuple[str, list[Any]]
"""SQL that gives ids, and its values."""


STEP = 500

ZONE = "utc_offset"
"""The setting of the company that says by how many minutes its clocks are ahead of UTC: a server ends shares by it."""
OVER = _("The share would have ended already. Choose a later day.")


class Share(Record):
    """A record (`ref_type`, `ref_id`) shared with an employee; its owner is the record's."""

    name = Text(_("Shared record"), required=True, readonly=True)
    ref_type = Choice(_("Record type"), "record_type", readonly=True, max_length=40)
    ref_id = peewee.BigIntegerField(null=True)
    employee = Link(_("Shared with"), "employee", required=True, index=False)
    may_write = Flag(_("May change it"))
    until = Day(_("Until"))

    screen = Screen(
        _("Shares"),
        _("Sharing"),
        icon="users",
        columns="name ref_type employee may_write until owner created_at",
        rights=Rights(delete="sales", bring_in="admin"),
    )

    class Meta:
        indexes = (*indexed(), (("employee", "ref_type", "ref_id"), False), (("ref_id",), False))

    def timeline_of(self) -> int | None:
        """A share is told on the timeline of the record it opens."""
        return self.ref_id

    def fill_in(self, unit: Any) -> None:
        shared = self._shared(unit)
        self.name = (shared.called() or "—") if shared else ""
        if shared is not None and self.is_new():
            self.owner, self.department = shared.owner, shared.department

    def check(self, unit: Any) -> None:
        """Only who sees the record by his own scope shares it; once with each colleague, and not into the past."""
        shared, record_type = self._shared(unit), unit.records.types.get(self.ref_type)
        if shared is None or shared.deleted_at is not None or not record_type.screen.shared:
            raise Invalid(_("Choose the record to share."), "name")
        demand_in_scope(unit, shared)
        if self.employee == shared.owner:
            raise Invalid(_("This record is {name}'s already."), "employee", name=unit.records.names.title("employee", self.employee))
        if not unit.trusted and self.is_new():
            demand_present(unit.records.names.rows("employee")[self.employee])
        if self.until and self.until < unit.today and self.until.isoformat() != (self.stored or {}).get("until"):
            raise Invalid(OVER, "until")
        sql = "SELECT id FROM share WHERE employee = ? AND ref_type = ? AND ref_id = ? AND id <> ? AND deleted_at IS NULL"
        if self.ref_id in _at_hand(unit, self.ref_type):
            return
        if unit.tx.run(sql, (self.employee, self.ref_type, self.ref_id, self.id)):
            raise Invalid(_("The record is shared with this colleague already. Change that share."), "employee")

    def deleted(self, unit: Any) -> None:
        shared = self._shared(unit) if not unit.trusted else None
        if shared is not None:
            demand_in_scope(unit, shared)

    def _shared(self, unit: Any) -> Record | None:
        if self.ref_id in (at_hand := _at_hand(unit, self.ref_type)):
            return at_hand[self.ref_id]
        record_type = unit.records.types.get(self.ref_type)
        return unit.current(record_type, self.ref_id) if record_type and self.ref_id else None


def _at_hand(unit: Unit, type_key: str) -> dict[int | None, Record]:
    """The records of a type that are just shared together, with a colleague with whom none of them is shared yet."""
    return unit.memo.get(("shared together", type_key), {})  # type: ignore[no-any-return]


def demand_in_scope(unit: Unit, record: Record) -> None:
    """Raise unless the actor sees the record by his own scope and may share records of its type."""
    if unit.trusted:
        return
    unit.demand(type(record), "share")
    if not unit.actor.scope(type(record)).holds(record.owner, record.department):
        raise Refused(_("“{title}” is not yours to share. Ask {owner}."), title=record.called(),
                      owner=unit.records.names.title("employee", record.owner or 0) or "…")  # fmt: skip


class Way(NamedTuple):
    """A share of a `target` record opens those whose `link` names it ("id": itself). unless: links that, when filled, lend
    the owner instead. same_owner: only those that have the target's owner."""

    target: str
    link: str
    unless: tuple[str, ...] = ()
    same_owner: bool = False


def ways(record_type: type[Record], types: Mapping[str, type[Record]]) -> tuple[Way, ...]:
    """How records of a type are opened by shares; none for types that are never shared."""
    if "share" not in types:
        return ()
    key, screen, fields = record_type.key(), record_type.screen, record_type.declared()
    found = [Way(key, "id")] if screen.shared else []
    about = [screen.about] if screen.about and screen.shared else []
    for link in (*record_type.followed(), *about):
        target = fields[link].kind.target  # type: ignore[attr-defined]
        if target in types and types[target].screen.shared:
            found.append(Way(target, link, record_type.preferred(link), same_owner=link in about))
    return tuple(found)


def opened(
    record_type: type[Record], among: Sequence[Way], employee: int, today: date, engine: str,
    writing: bool = False, ids: Sequence[int] = (),
) -> Question:  # fmt: skip
    """SQL that gives the ids of a type shared with an employee today: all, or which of `ids`; `writing`: to be changed too."""
    parts, values = [], []
    # Nobody is given many shares: they lead, whatever the engine knows of the rows.
    join = "JOIN" if ids else "STRAIGHT_JOIN" if engine == "mysql" else "CROSS JOIN"
    for way in among:
        valid = "s.employee = ? AND s.ref_type = ? AND s.deleted_at IS NULL AND (s.until IS NULL OR s.until >= ?)"
        valid += " AND s.may_write = 1" if writing else ""
        which, source = "s.ref_id", "share s"
        if way.link != "id":
            which, source = "t.id", f"share s {join} `{record_type.key()}` t ON t.`{way.link}` = s.ref_id"
            valid += "".join(f" AND t.`{other}` IS NULL" for other in way.unless)
        if way.same_owner:
            source += f" {join} `{way.target}` p ON p.id = s.ref_id AND p.owner = t.owner"
        valid += f" AND {which} IN ({', '.join('?' * len(ids))})" if ids else ""
        parts.append(f"SELECT {which} AS id FROM {source} WHERE {valid}")
        values += [employee, way.target, today.isoformat(), *ids]
    return " UNION ".join(parts), values


def known(
    read: Callable[..., list[tuple[Any, ...]]], record_type: type[Record], among: Sequence[Way], employee: int, today: date,
    writing: bool = False,
) -> list[int]:  # fmt: skip
    """The same ids where reading is strict: looked up step by step, each by ids."""
    found: dict[int, None] = {}
    for way in among:
        sql = "SELECT ref_id, until, may_write FROM share WHERE employee = ? AND ref_type = ? AND deleted_at IS NULL"
        rows = read(sql, (employee, way.target))
        refs = [ref for ref, until, may_write in rows if (until is None or until >= today.isoformat()) and (may_write or not writing)]
        if way.link == "id":
            found.update(dict.fromkeys(refs))
            continue
        empty = "".join(f" AND `{other}` IS NULL" for other in way.unless)
        for start in range(0, len(refs), STEP):
            part = refs[start : start + STEP]
            marks = ", ".join("?" * len(part))
            owners = dict(read(f"SELECT id, owner FROM `{way.target}` WHERE id IN ({marks})", part)) if way.same_owner else {}
            sql = f"SELECT id, owner, `{way.link}` FROM `{record_type.key()}` WHERE `{way.link}` IN ({marks}){empty}"
            found.update((one, None) for one, owner, ref in read(sql, part) if not way.same_owner or owner == owners.get(ref, 0))
    return list(found)


def share(
    unit: Unit, record_type: type[Record], record_id: int, employee: int, write: bool = False, until: date | None = None
) -> None:
    """Share a record, or change the share there is with this colleague."""
    sql = "SELECT id FROM share WHERE employee = ? AND ref_type = ? AND ref_id = ? AND deleted_at IS NULL"
    unit.demand(record_type, "share")
    record = unit.get(record_type, record_id)
    known = unit.tx.run(sql, (employee, record_type.key(), record_id))
    made: Any = unit.current(Share, known[0][0]) if known else Share(ref_type=record_type.key(), ref_id=record_id, employee=employee)
    made.may_write, made.until = write, until
    demand_in_scope(unit, record)
    if not record_type.screen.shared:
        raise Refused(_("{records} cannot be shared one by one."), records=Marked(record_type.screen.title))
    colleague = unit.records.names.rows("employee").get(employee)
    if colleague is None:
        raise NotFound()
    demand_present(colleague)
    with unit.as_program():
        unit.save(made)
    if not known:
        record.opened_to(unit, employee)


def share_all(
    records: Records, record_type: type[Record], ids: Iterable[int], employee: int, actor: Actor, write: bool, until: date | None,
    progress: Progress | None,
) -> Outcome:  # fmt: skip
    """Share many, some hundred at a time."""
    from crm_desktop.core.many import in_packets  # not before many are done something with

    def together(unit: Unit, several: Sequence[int]) -> list[int]:
        return _share_together(unit, record_type, several, employee, write, until)

    def alone(unit: Unit, one: int) -> None:
        share(unit, record_type, one, employee, write, until)

    return in_packets(records, ids, actor, "share", alone, progress, together)


def _share_together(
    unit: Unit, record_type: type[Record], ids: Sequence[int], employee: int, write: bool, until: date | None
) -> list[int]:
    """Share those about which there is nothing to say; gives the others."""
    unit.demand(record_type, "share")
    colleague, key, scope = unit.records.names.rows("employee").get(employee), record_type.key(), unit.actor.scope(record_type)
    if colleague is None or not record_type.screen.shared or (until and until < unit.today):
        return list(ids)
    demand_present(colleague)
    plain: dict[int | None, Record] = {
        one: record
        for one, record in unit.all_current(record_type, ids).items()
        if record.deleted_at is None and record.owner != employee and scope.holds(record.owner, record.department)
    }
    which = f"ref_id IN ({', '.join('?' * len(ids))})"
    sql = f"SELECT id, ref_id FROM share WHERE employee = ? AND ref_type = ? AND {which} AND deleted_at IS NULL"
    known = {share_id: ref for share_id, ref in unit.tx.run(sql, (employee, key, *ids)) if ref in plain}
    if known:
        _change_together(unit, plain, unit.all_current(Share, list(known)), write, until)
    if fresh := [one for one in ids if one in plain.keys() - known.values()]:
        unit.memo["shared together", key] = plain
        try:
            with unit.as_program():
                unit.add([Share(ref_type=key, ref_id=one, employee=employee, may_write=write, until=until) for one in fresh])
        finally:
            del unit.memo["shared together", key]
        plain[fresh[0]].opened_to(unit, employee, len(fresh) - 1)
    return [one for one in ids if one not in plain]


def _change_together(unit: Unit, plain: Mapping[int | None, Record], shares: Mapping[int, Any], write: bool, until: date | None) -> None:
    """Shares there are already, of records about which there is nothing to say."""
    pairs = []
    for current in shares.values():
        changed: Any = copied(current)
        changed.name, changed.may_write, changed.until = plain[current.ref_id].called() or "—", write, until
        pairs.append((changed, current))
    unit.write_all(pairs, "update")


def unshare(unit: Unit, share_id: int) -> None:
    """End a share; whoever sees its record by his own scope may."""
    made: Any = unit.current(Share, share_id)
    if made is None or made.deleted_at is not None:
        raise NotFound()
    record = unit.get(unit.records.types[made.ref_type], made.ref_id)
    demand_in_scope(unit, record)
    with unit.as_program():
        unit.delete(Share, share_id)


def shares_of(records: Records, record_type: type[Record], record_id: int, actor: Any) -> list[Share]:
    """With whom a record is shared, ended shares included; for who sees the record."""
    records.get(record_type, record_id, actor)
    columns = columns_of(Share)
    names = ", ".join(f"`{name}`" for name in columns)
    sql = f"SELECT {names} FROM share WHERE ref_id = ? AND ref_type = ? AND deleted_at IS NULL ORDER BY id"
    return [from_row(Share, columns, row) for row in records.database.read(sql, (record_id, record_type.key()))]  # type: ignore[misc]


def hand_on(unit: Unit, record: Record) -> None:
    """A record changed hands: its shares are the new owner's to end; one with himself ends."""
    if not type(record).screen.shared or "share" not in unit.records.types:
        return
    whose = "WHERE ref_id = ? AND ref_type = ? AND deleted_at IS NULL"
    unit.tx.run(f"UPDATE share SET owner = ?, department = ? {whose}", (record.owner, record.department, record.id, record.key()))
    with unit.as_program():
        for (own,) in unit.tx.run(f"SELECT id FROM share {whose} AND employee = ?", (record.id, record.key(), record.owner)):
            unit.delete(Share, own)
