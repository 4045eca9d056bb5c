"""What records that are made together point at: read and locked by one question for each type, not by several for each record. And what
only one of them may have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crm_desktop.core import custom
from crm_desktop.core.fields import Link, Many
from crm_desktop.core.record import Record
from crm_desktop.core.sight import Sight

if TYPE_CHECKING:
    from crm_desktop.core.unit import Unit

_AT_ONCE = 500
_LARGEST = 1 << 63
Whose = tuple[int | None, int | None]
"""Owner and department."""


class Pointed:
    """The records that some others point at, for as long as nothing is written: which of them lend their owner (leaders, locked
    against every change), and which live (locked against being deleted or given away). What was not asked for is asked one by one."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._leaders: dict[type[Record], dict[int, Record | None]] = {}
        self._living: dict[str, dict[int, Whose | None]] = {}
        self._sights: dict[str, Sight] = {}
        self._held: dict[tuple[str, str, Any], int] = {}
        self._kept = False

    def take(self, several: Sequence[Record]) -> Pointed:
        """Ask for all that these records of one type point at now; of those that are there already only what leads them, because
        most of their links stay as they are."""
        record_type, records = type(several[0]), self._unit.records
        self._kept = True
        for link in record_type.followed():
            target = records.types[record_type._meta.fields[link].kind.target]
            leaders = self._leaders.setdefault(target, {})
            for part in _parts([getattr(one, link) for one in several if one.follows_now() == link], leaders):
                leaders.update(dict.fromkeys(part))
                leaders.update(self._unit.all_current(target, part))
            living = {one: (led.owner, led.department) for one, led in leaders.items() if led and led.deleted_at is None}
            self._living[target.key()] = {one: living.get(one) for one in leaders}
        if self._unit.trusted or not several[0].is_new():
            return self
        for declared in records.fields(record_type).values():
            if isinstance(declared, (Link, Many)) and declared.kind.target in records.types:
                self._take_living(declared, [custom.get(one, declared) for one in several])
        return self

    def leader(self, target: type[Record], record_id: int) -> Record | None:
        """A record that lends its owner, deleted or not, locked until the commit."""
        known = self._leaders.get(target, {})
        return known[record_id] if record_id in known else self._unit.current(target, record_id)

    def whose(self, type_key: str, record_id: int) -> Whose | None:
        """Owner and department of a record that lives, locked against being deleted or given away; None when it does not."""
        known = self._living.get(type_key, {})
        return known[record_id] if record_id in known else self._read_living(type_key, [record_id])[record_id]

    def held(self, record: Record, name: str, value: Any) -> bool:
        """Whether another of those that are looked at has this value, of which there may be one; else it is this record's from now on."""
        return self._kept and self._held.setdefault((record.key(), name, value), record.id) != record.id

    def sight(self, target: type[Record]) -> Sight:
        """What the actor sees of the type."""
        sight = self._sights.get(target.key()) or self._unit.records.sight(self._unit.actor, target)
        if self._kept:
            self._sights[target.key()] = sight
        return sight

    def _take_living(self, declared: Link | Many, values: Sequence[Any]) -> None:
        key, records = declared.kind.target, self._unit.records
        ids = values if isinstance(declared, Link) else [one for value in values if isinstance(value, (tuple, list)) for one in value]
        if records.names.small(key) or not any(ids):
            return
        living = self._living.setdefault(key, {})
        for part in _parts(ids, living):
            living.update(self._read_living(key, part))

    def _read_living(self, type_key: str, ids: Sequence[int]) -> dict[int, Whose | None]:
        lock = " LOCK IN SHARE MODE" if self._unit.tx.engine == "mysql" else ""
        sql = f"SELECT id, owner, department FROM `{type_key}` WHERE id IN ({', '.join('?' * len(ids))}) AND deleted_at IS NULL{lock}"
        found = {row[0]: (row[1], row[2]) for row in self._unit.tx.run(sql, ids)}
        return {one: found.get(one) for one in ids}


def _parts(ids: Sequence[Any], known: dict[int, Any]) -> list[list[int]]:
    """The ids not known yet, some hundred at a time; in one order, so that two who lock the same do not wait for each other."""
    wanted = sorted({one for one in ids if isinstance(one, int) and 0 < one < _LARGEST} - known.keys())
    return [wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE)]
