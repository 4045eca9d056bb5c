"""The record that comes along in a row: the contact in a sheet of customers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.core.access import Actor
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.exchange.importing.existing import find_by
from crm_desktop.exchange.importing.items import Item, as_they_stand, differences, filled
from crm_desktop.exchange.targets import COMES_ALONG


class Companions:
    """Makes or changes the records that come along: one of the same name under the same parent is the same.

    first_mark: the flag the first one of a parent gets.
    """

    def __init__(self, records: Records, record_type: type[Record], actor: Actor, first_mark: str):
        self.records, self.record_type, self.actor, self.first_mark = records, record_type, actor, first_mark
        self.link, self.title = record_type.screen.follows, record_type.title_field
        self.fields = records.fields(record_type)

    def add(self, unit: Unit, items: Sequence[Item], parent_of: Callable[[Item], int]) -> None:
        """Give each item whose row names one the record that comes along, and tell its fields."""
        carriers = [item for item in items if item.draft.along.get(self.title)]
        keys = [(parent_of(item), item.draft.along[self.title]) for item in carriers]
        parents = [parent for item, (parent, _title) in zip(carriers, keys, strict=True) if not item.is_new]
        accompanied = {parent for (parent,) in self._find(unit, (self.link,), [(parent,) for parent in parents])}
        found = self._find(unit, (self.link, self.title), keys) if accompanied else {}
        known = as_they_stand(unit, self.record_type, list(found.values()))
        for item, key in zip(carriers, keys, strict=True):
            if key in found:
                record = known[found[key]]
                changed = differences(self.fields, record, item.draft.along)
                if not changed:
                    continue
                filled(record, self.fields, {name: item.draft.along[name] for name in changed})
            else:
                record, changed = self._made(item, key[0], key[0] not in accompanied), tuple(item.draft.along)
                accompanied.add(key[0])
            item.along = record
            item.fields += tuple(f"{self.record_type.key()}.{name}" for name in changed)

    def _made(self, item: Item, parent: int, first: bool) -> Record:
        mark = {self.first_mark: True} if first and self.first_mark else {}
        return filled(self.record_type(), self.fields, {self.link: parent, **mark, **item.draft.along})

    def _find(self, unit: Unit, names: tuple[str, ...], keys: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
        found = find_by(self.records, self.record_type, self.actor, names, keys, unit.tx.run)
        return {key: hits[0].id for key, hits in found.items()}


def companions(records: Records, record_type: type[Record], actor: Actor) -> Companions | None:
    """What comes along with this type; None for most."""
    key, first_mark = COMES_ALONG.get(record_type.key(), ("", ""))
    along_type = records.types.get(key)
    return Companions(records, along_type, actor, first_mark) if along_type is not None else None
