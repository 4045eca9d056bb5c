"""A record as it was at a moment: its values of today, walked back along the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crm_desktop.core import custom
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import NotFound
from crm_desktop.core.record import Record
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

LINES = 100_000


@dataclass(frozen=True)
class Past:
    """values: field name -> value then. changed: the fields that have another value today."""

    at: datetime
    values: dict[str, Any]
    changed: frozenset[str]


def as_of(records: Records, record_type: type[Record], record_id: int, actor: Actor, at: datetime) -> Past:
    """The record as it stood at `at` (UTC), changes of that very second included. NotFound if there was none yet, or the
    actor may not see it today."""
    record = records.get(record_type, record_id, actor, deleted=True)
    if record.created_at is not None and record.created_at > at:
        raise NotFound(_("The record did not exist yet at that time."))
    fields = records.fields(record_type)
    stored = {name: field.kind.store(custom.get(record, field)) for name, field in fields.items()}
    today = dict(stored)
    for line in records.history(record_type, record_id, actor, LINES):
        if line.at <= at:
            break
        for name, (old, _new) in line.changes.items():
            if name in fields:
                stored[name] = fields[name].kind.store(None) if old is None else old
    values = {name: field.kind.load(stored[name]) for name, field in fields.items()}
    return Past(at, values, frozenset(name for name in fields if stored[name] != today[name]))
