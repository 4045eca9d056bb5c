"""Two people changed one record: their changes are put together field by field, or the second one is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crm_desktop.core import custom, masking
from crm_desktop.core.errors import Conflict
from crm_desktop.core.record import Record, stored_values
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

CHANGED_MEANWHILE = _("{who} changed this record meanwhile. Compare the two and decide which to keep.")
# Columns the door keeps itself: they change with every write and are no news to a history.
BOOKKEEPING = {"id", "sort_key", "created_at", "created_by", "updated_at", "updated_by", "version", "deleted_at"}


def merge(records: Records, record: Record, current: Record) -> None:
    """Take over into `record` what others changed since it was read. Raises Conflict for fields both changed differently."""
    if current.version == record.version:
        return
    assert record.stored is not None and current.stored is not None
    mine, base, theirs = flat(stored_values(record)), flat(record.stored), flat(current.stored)
    clash = {
        name: theirs.get(name)
        for name in sorted(mine.keys() | theirs.keys())
        if name not in BOOKKEEPING
        and mine.get(name) != base.get(name)
        and theirs.get(name) != base.get(name)
        and mine.get(name) != theirs.get(name)
    }
    if clash:
        for name in clash.keys() & record.masked:
            clash[name] = masking.masked(clash[name])
        who = records.names.title("employee", current.updated_by) if current.updated_by else ""
        raise Conflict(CHANGED_MEANWHILE, clash, who)
    for name, field in records.fields(type(record)).items():
        if theirs.get(name) != base.get(name) and name not in BOOKKEEPING:
            custom.put(record, field, custom.get(current, field))
    record.stored = dict(current.stored)
    record.version = current.version


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field -> (old, new) in storage form, custom fields beside the declared ones."""
    old, new = flat(before), flat(after)
    return {
        name: (old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if name not in BOOKKEEPING and old.get(name) != new.get(name)
    }


def flat(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values with the custom ones beside the declared ones."""
    declared = {name: value for name, value in stored.items() if name != "extra"}
    return declared | custom.values_in(stored.get("extra") or "")
