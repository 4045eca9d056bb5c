"""Undo: a batch of the journal taken back, record by record; what others changed since is kept and told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from crm_desktop.core import custom
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import NotFound, Refused, Trouble
from crm_desktop.core.journal import Batch
from crm_desktop.core.unit import Outcome, Unit
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

_COLUMNS = "id, at, actor, what, record_type, `count`, note, undoes"


def read(records: Records, batch_id: int) -> Batch:
    """A batch by its id; NotFound if there is none."""
    rows = records.database.read(f"SELECT {_COLUMNS} FROM batch WHERE id = ?", (batch_id,))
    if not rows:
        raise NotFound(_("There is no such change to undo."))
    names = ("id", "at", "actor", "what", "record_type", "count", "note", "undoes")
    return Batch(**dict(zip(names, rows[0], strict=True)))


def last(records: Records, actor: Actor) -> Batch | None:
    """The newest batch of this person that was neither undone nor is an undo."""
    rows = records.database.read(
        "SELECT b.id FROM batch b LEFT JOIN batch u ON u.undoes = b.id"
        " WHERE b.actor = ? AND b.undoes IS NULL AND u.id IS NULL ORDER BY b.id DESC LIMIT 1",
        (actor.employee,),
    )
    return read(records, rows[0][0]) if rows else None


def undo(records: Records, batch_id: int, actor: Actor) -> Outcome:
    """Take back every change of the batch, the last one first. Only its author, or who may assign, may do so."""
    batch = read(records, batch_id)
    if batch.actor != actor.employee and not actor.may(next(iter(records.types.values())), "assign"):
        raise Refused(_("Only the person who made this change can undo it."))
    if records.database.read("SELECT id FROM batch WHERE undoes = ? LIMIT 1", (batch_id,)):
        raise Refused(_("This change has been undone already."))

    def work(unit: Unit) -> Outcome:
        unit.undoes = batch_id
        outcome = Outcome()
        entries = unit.tx.run(
            "SELECT record_type, record_id, action, changes FROM journal WHERE batch = ? ORDER BY id DESC", (batch_id,)
        )
        for type_key, record_id, action, changes in entries:
            try:
                _take_back(unit, type_key, record_id, action, json.loads(changes) if changes else {})
                outcome.done.append(record_id)
            except Trouble as trouble:
                outcome.refused.append((record_id, trouble))
        return outcome

    outcome, change = records.unit(actor, work, "undo", trusted=True)
    outcome.batch = change.batch
    return outcome


def _take_back(unit: Unit, type_key: str, record_id: int, action: str, changes: dict[str, Any]) -> None:
    record_type = unit.records.types[type_key]
    record = unit.get(record_type, record_id, deleted=True)
    if action == "create":
        unit._set_deleted(record, unit.at, "delete")
    elif action == "delete":
        unit._set_deleted(record, None, "restore")
    elif action == "restore":
        unit._set_deleted(record, unit.at, "delete")
    else:
        _put_back(unit, record, changes)


def _put_back(unit: Unit, record: Any, changes: dict[str, Any]) -> None:
    record_type = type(record)
    current = unit.get(record_type, record.id, deleted=True)
    fields = unit.records.fields(record_type)
    kept = []
    for name, (old, new) in changes.items():
        field = fields.get(name)
        if field is None:
            continue
        if field.kind.store(custom.get(current, field)) != new:
            kept.append(name)
            continue
        custom.put(record, field, field.kind.load(old))
    unit._write(record, current, "update")
    if kept:
        raise Refused(_("“{title}” was changed again since; the newer values were kept."), title=record.called())
