"""Values an import adds to picklists and tags because the sheet uses words nobody knew; they go in and out with its batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.core.access import Actor, Why
from crm_desktop.core.ids import new_id
from crm_desktop.core.picklists import PickValue, Tag
from crm_desktop.core.pointing import ChoiceKind, ManyKind
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.core.words import _

NO_NEW_VALUES = _("No values can be added to “{label}” by an import.")


def list_of(field: Any) -> str:
    """The list a field takes its values from: "tag" or a picklist's key; '' when nothing can be added to it."""
    if isinstance(field.kind, ChoiceKind):
        return str(field.kind.picklist)
    return Tag.key() if isinstance(field.kind, ManyKind) and field.kind.target == Tag.key() else ""


def type_added(field: Any) -> type[Record]:
    """The record type a new value of this field is."""
    return PickValue if isinstance(field.kind, ChoiceKind) else Tag


def may_add(records: Records, actor: Actor, field: Any) -> bool | Why:
    """Whether this person may add values to the field's list."""
    return records.may(actor, type_added(field), "add") if list_of(field) else Why(NO_NEW_VALUES)


@dataclass
class Additions:
    """The new values by list and word. Their keys are fixed from the start, so that a rehearsal and the import agree."""

    records: Records
    _made: dict[str, dict[str, tuple[type[Record], dict[str, Any]]]] = field(default_factory=dict)

    def want(self, actor: Actor, field: Any, words: Iterable[str]) -> None:
        """Add these words to the field's list. Raises Refused without the right to."""
        may = may_add(self.records, actor, field)
        if isinstance(may, Why):
            raise may.refusal()
        made = self._made.setdefault(list_of(field), {})
        for word in words:
            if word not in made:
                made[word] = type_added(field), self._values(field, word, len(made))

    def _values(self, field: Any, word: str, place: int) -> dict[str, Any]:
        record_id = new_id()
        if not isinstance(field.kind, ChoiceKind):
            return {"id": record_id, "name": word}
        last = max((row.position or 0 for row in self.records.names.all(PickValue.key()) if isinstance(row, PickValue)), default=0)
        picklist, code = field.kind.picklist, f"v{record_id:x}"
        return {"id": record_id, "name": word, "picklist": picklist, "code": code, "position": last + 1 + place, "active": True}

    def keys_for(self, field: Any) -> dict[str, Any]:
        """Word -> what a record stores for it."""
        made = self._made.get(list_of(field), {})
        return {word: values.get("code", values["id"]) for word, (_type, values) in made.items()}

    def write(self, unit: Unit) -> None:
        """Make the values, before the rows that use them."""
        added: dict[type[Record], list[Record]] = {}
        for made in self._made.values():
            for record_type, values in made.values():
                added.setdefault(record_type, []).append(record_type(**values))
        for records in added.values():
            unit.add(records)
