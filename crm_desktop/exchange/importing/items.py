"""One row on its way into the database, and the records it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.core import custom
from crm_desktop.core.masking import COVER, masked
from crm_desktop.core.record import Record, columns_of, from_row, stored_values
from crm_desktop.core.unit import Unit
from crm_desktop.exchange.importing.drafts import Draft
from crm_desktop.exchange.importing.twin_rows import Twin
from crm_desktop.exchange.importing.verdicts import Verdict


@dataclass
class Item:
    """A row that is to be written: its draft, the record (new or changed; None when an earlier row has it) and those
    that come along; `fields` names what changes, `twin` what it is like."""

    draft: Draft
    record: Record | None
    fields: tuple[str, ...] = ()
    is_new: bool = False
    along: list[Record] = field(default_factory=list)
    twin: Twin | None = None

    def outcome(self) -> str:
        """What the verdict says when nothing goes wrong."""
        if self.is_new:
            return "new"
        return "changed" if self.fields or self.along else "unchanged"

    def verdict(self) -> Verdict:
        """The verdict when nothing goes wrong; only of a change it says which fields."""
        outcome = self.outcome()
        if outcome != "changed":
            return Verdict(self.draft.row, outcome, twin=self.twin)
        return Verdict(self.draft.row, outcome, self.fields, twin=self.twin, record=self.record.id if self.record is not None else 0)

    def keep_what_changed(self) -> None:
        """Forget the fields that stand as before once the record was written: some keep what has happened since."""
        assert self.record is not None
        before, after = self.record.stored or {}, stored_values(self.record)
        self.fields = tuple(name for name in self.fields if name not in before or before[name] != after.get(name))


def as_they_stand(unit: Unit, record_type: type[Record], ids: Sequence[int]) -> dict[int, Record]:
    """These records as they stand in the transaction, by id."""
    if not ids:
        return {}
    columns = columns_of(record_type)
    rows = unit.tx.run(record_type.select().where(record_type.id.in_(list(ids))))
    return {record.id: record for record in (from_row(record_type, columns, row) for row in rows)}


def differences(fields: Mapping[str, Any], record: Record, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the fields whose stored value would change. A number that came covered (138****5678), as an export gave it to
    somebody who does not see it whole, is the one that stands there."""

    def stored(name: str, value: Any) -> Any:
        kind = fields[name].kind
        return kind.store(kind.check(value))

    def differs(name: str, value: Any) -> bool:
        new, old = stored(name, value), stored(name, custom.get(record, fields[name]))
        return bool(new != old and not (isinstance(new, str) and COVER in new and new == masked(old)))

    return tuple(name for name, value in values.items() if differs(name, value))


def filled(record: Record, fields: Mapping[str, Any], values: Mapping[str, Any]) -> Record:
    """The record with these values."""
    for name, value in values.items():
        field = fields[name]
        if field.custom:
            custom.put(record, field, value)
        else:
            record.__data__[name] = value
    return record
