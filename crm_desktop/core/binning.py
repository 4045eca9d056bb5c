"""Into the recycle bin and out again: a record never goes without what cannot stand without it, nor comes back before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from crm_desktop.core import find, twins
from crm_desktop.core.errors import Marked, Refused
from crm_desktop.core.record import Record
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.unit import Unit


def put_in(unit: Unit, record: Record) -> None:
    """Put a living record into the bin, and what belongs to it before it."""
    unit.binning.add(record.id)
    for child in _children(unit, record):
        _demand_child(unit, record, child)
        put_in(unit, child)
    set_deleted(unit, record, unit.at)


def _children(unit: Unit, record: Record) -> Iterator[Record]:
    for child_type, link in unit.records.belonging(type(record)):
        rows = unit.tx.run(
            f"SELECT id FROM `{child_type.key()}` WHERE `{link}` = ? AND deleted_at IS NULL ORDER BY id", (record.id,)
        )
        for (child_id,) in rows:
            child = unit.current(child_type, child_id)
            if child is not None and child.timeline_of() == record.id:
                yield child


def _demand_child(unit: Unit, record: Record, child: Record) -> None:
    """What has an owner of its own is not deleted behind his back: the actor must see it and may delete it himself."""
    if unit.trusted or child.follows_now():
        return
    child_type = type(child)
    if not unit.records.may(unit.actor, child_type, "delete", child):
        text = _("“{title}” has {records} that you may not delete. Ask somebody who may, or move them first.")
        raise Refused(text, title=record.called(), records=Marked(child_type.screen.title))


def take_out(unit: Unit, record: Record) -> None:
    """Take a record out of the bin, with what went there in the same act."""
    if record.deleted_at is None:
        return
    found = unit.tx.run(
        "SELECT batch FROM journal WHERE record_id = ? AND record_type = ? AND action = 'delete' ORDER BY id DESC LIMIT 1",
        (record.id, record.key()),
    )
    together: list[tuple[str, int]] = []
    if found:
        together = unit.tx.run("SELECT record_type, record_id FROM journal WHERE batch = ? AND action = 'delete'", found[0])
    for one in _under(unit, record, together):
        if one.deleted_at is not None:
            bring_back(unit, one)


def _under(unit: Unit, record: Record, rows: list[tuple[str, int]]) -> Iterator[Record]:
    """Of what was deleted together: the record itself, then what belongs to it (a bulk delete binned others too)."""
    yield record
    for child_type, link in unit.records.belonging(type(record)):
        for type_key, one in rows:
            if type_key == child_type.key():
                child = unit.current(child_type, one)
                if child is not None and getattr(child, link) == record.id and child.timeline_of() == record.id:
                    yield from _under(unit, child, rows)


def bring_back(unit: Unit, record: Record) -> None:
    """Let one record live again. Refused while what it belongs to lies in the bin: it would hang on nothing."""
    link = record.stands_on()
    if link:
        target = unit.records.types[record._meta.fields[link].kind.target]
        parent = unit.current(target, getattr(record, link))
        if parent is not None and parent.deleted_at is not None:
            raise Refused(_("“{title}” belongs to “{parent}”, which is in the recycle bin. Restore that first."),
                          title=record.called(), parent=parent.called())  # fmt: skip
    set_deleted(unit, record, None)


def set_deleted(unit: Unit, record: Record, at: str | None) -> None:
    """Write that the record is deleted (or, with None, lives), with its journal line, search entry and own rules."""
    set_all_deleted(unit, [record], at)


def set_all_deleted(unit: Unit, records: Sequence[Record], at: str | None) -> None:
    """The same for some hundred records of one type."""
    record_type, ids = type(records[0]), [record.id for record in records]
    marks = ", ".join("?" * len(ids))
    unit.tx.run(
        f"UPDATE `{record_type.key()}` SET deleted_at = ?, version = version + 1, updated_at = ?, updated_by = ? WHERE id IN ({marks})",
        (at, unit.at, unit.actor.employee, *ids),
    )
    unit.note(record_type, [(record.id, record.timeline_of(), "") for record in records], "delete" if at else "restore")
    for record in records:
        record.deleted_at = unit.now if at else None
    if at is None:
        unit.reindex(record_type, ids)
        twins.keep(unit, record_type, records, None)
    else:
        if unit.records.searched(record_type):
            find.drop(unit.tx, record_type.key(), ids)
        twins.leave(unit, records)
    for record in records:
        record.restored(unit) if at is None else record.deleted(unit)


def purge(unit: Unit, record: Record) -> None:
    """Take a record of the bin out of the database, after what stands on it there. Refused for one that lives, or on which
    something living stands."""
    if record.deleted_at is None:
        raise Refused(_("“{title}” is not in the recycle bin. Delete it first."), title=record.called())
    for child_type, link in unit.records.belonging(type(record)):
        rows = unit.tx.run(f"SELECT id FROM `{child_type.key()}` WHERE `{link}` = ? ORDER BY id", (record.id,))
        for (child_id,) in rows:
            child = unit.current(child_type, child_id)
            if child is not None and child.timeline_of() == record.id:
                purge(unit, child)
    unit.tx.run(f"DELETE FROM `{record.key()}` WHERE id = ?", (record.id,))
    if type(record).screen.shared and "share" in unit.records.types:
        unit.tx.run("DELETE FROM share WHERE ref_type = ? AND ref_id = ?", (record.key(), record.id))
    unit.note(type(record), [(record.id, record.timeline_of(), "")], "purge")
