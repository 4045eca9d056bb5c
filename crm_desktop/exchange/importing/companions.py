"""The record that comes along in a row: the contact in a sheet of customers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.core.access import Actor
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.exchange.importing.existing import find_by
from crm_desktop.exchange.importing.items import Item, as_they_stand, differences, filled
from crm_desktop.exchange.importing.said import Key, Said
from crm_desktop.exchange.targets import COMES_ALONG

_BETWEEN_PEOPLE = re.compile(r"\s*(?:[、；;\n/]| ::: )\s*")
_BETWEEN_VALUES = re.compile(r"\s*(?:[、；;，,\n/]| ::: )\s*")
_LONGEST_NAME = 20


class Companions:
    """Makes or changes the records that come along: one of the same name under the same parent is the same.

    first_mark: the flag the first one of a parent gets. rehearsal: what earlier packets have written has been taken back, and is
    remembered.
    """

    def __init__(self, records: Records, record_type: type[Record], actor: Actor, first_mark: str, rehearsal: bool = False):
        self.records, self.record_type, self.actor, self.first_mark = records, record_type, actor, first_mark
        self.link, self.title = record_type.screen.follows, record_type.title_field
        self.fields = records.fields(record_type)
        self._said = Said() if rehearsal else None

    def add(self, unit: Unit, items: Sequence[Item], parent_of: Callable[[Item], int]) -> None:
        """Give each item whose row names one the record that comes along, and tell its fields."""
        carriers = [(item, values) for item in items for values in each_of(item.draft.along, self.title)]
        keys = [(parent_of(item), values[self.title]) for item, values in carriers]
        parents = [parent for (item, _values), (parent, _title) in zip(carriers, keys, strict=True) if not item.is_new]
        accompanied = {parent for (parent,) in self._find(unit, (self.link,), [(parent,) for parent in parents])}
        found = self._find(unit, (self.link, self.title), keys) if accompanied else {}
        known = as_they_stand(unit, self.record_type, list(found.values()))
        records = {key: known[one] for key, one in found.items()}
        self._as_left(carriers, keys, records, accompanied)
        said: dict[Key, tuple[int, dict[str, Any]]] = {}
        for (item, values), key in zip(carriers, keys, strict=True):
            record = records.get(key)
            if record is None:
                record = records[key] = self._made(values, key[0], key[0] not in accompanied)
                accompanied.add(key[0])
                changed = tuple(values)
            else:
                changed = differences(self.fields, record, values)
                filled(record, self.fields, {name: values[name] for name in changed})
            if changed:
                said.setdefault(key, (item.draft.row, {}))[1].update((name, values[name]) for name in changed)
            if changed and not any(record is one for one in item.along):
                item.along.append(record)
            item.fields += tuple(f"{self.record_type.key()}.{name}" for name in changed)
        if self._said is not None:
            self._said.take(said)

    def _as_left(
        self, carriers: Sequence[tuple[Item, Any]], keys: Sequence[Key], records: dict[Key, Record], accompanied: set[int]
    ) -> None:
        """In a rehearsal: as the rows of earlier packets would have left the records."""
        if self._said is None:
            return
        first: dict[Key, int] = {}
        for (item, _values), key in zip(carriers, keys, strict=True):
            first.setdefault(key, item.draft.row)
        for key, row in first.items():
            if left := self._said.before(row, key):
                if key not in records:
                    records[key] = self._made({}, key[0], key[0] not in accompanied)
                    accompanied.add(key[0])
                filled(records[key], self.fields, left)

    def _made(self, values: dict[str, Any], parent: int, first: bool) -> Record:
        mark = {self.first_mark: True} if first and self.first_mark else {}
        return filled(self.record_type(), self.fields, {self.link: parent, **mark, **values})

    def _find(self, unit: Unit, names: tuple[str, ...], keys: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
        found = find_by(self.records, self.record_type, self.actor, names, keys, unit.tx.run)
        return {key: hits[0].id for key, hits in found.items()}


def each_of(values: dict[str, Any], title: str) -> list[dict[str, Any]]:
    """The people one cell names, 张三、李四, each with his own values where another cell holds as many; of a single value nobody
    knows whose it is but that of the first."""
    names = [name for name in _BETWEEN_PEOPLE.split(str(values.get(title) or "")) if name]
    if len(names) < 2 or max(map(len, names)) > _LONGEST_NAME:
        return [values] if names else []
    people: list[dict[str, Any]] = [{title: name} for name in names]
    for name, value in values.items():
        if name == title:
            continue
        parts = [part for part in _BETWEEN_VALUES.split(value) if part] if isinstance(value, str) else []
        for person, part in zip(people, parts if len(parts) == len(people) else [value], strict=False):
            person[name] = part
    return people


def companions(records: Records, record_type: type[Record], actor: Actor, rehearsal: bool = False) -> Companions | None:
    """What comes along with this type; None for most."""
    key, first_mark = COMES_ALONG.get(record_type.key(), ("", ""))
    along_type = records.types.get(key)
    return Companions(records, along_type, actor, first_mark, rehearsal) if along_type is not None else None
