"""What the search index is told of records that were written: their words, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_desktop.core import bulk, find, masking
from crm_desktop.core.record import Record, columns_of, from_row

if TYPE_CHECKING:
    from crm_desktop.core.unit import Unit


def put(unit: Unit, record_type: type[Record], indexed: Sequence[Record]) -> None:
    """Put new records into the index, if their type is searched."""
    if unit.records.searched(record_type):
        _put(unit, record_type, indexed)


def put_again(unit: Unit, record_type: type[Record], indexed: Sequence[Record]) -> None:
    """Put records into the index that are in it already, with other words or another owner."""
    if indexed and unit.records.searched(record_type):
        _put(unit, record_type, _respelled(unit, record_type, indexed), again=True)


def put_anew(unit: Unit, record_type: type[Record], indexed: Sequence[Record]) -> None:
    """Put these records, as they are at hand, into the index in place of what it says of them, if anything."""
    if indexed and unit.records.searched(record_type):
        indexed = _respelled(unit, record_type, indexed)
        find.drop(unit.tx, record_type.key(), [one.id for one in indexed])
        _put(unit, record_type, indexed)


def read_anew(unit: Unit, record_type: type[Record], ids: Sequence[int]) -> None:
    """The same for records that are not at hand."""
    if not unit.records.searched(record_type):
        return
    columns = columns_of(record_type)
    names = ", ".join(f"`{name}`" for name in columns)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = unit.tx.run(f"SELECT {names} FROM `{record_type.key()}` WHERE id IN ({marks})", tuple(part))
        put_anew(unit, record_type, [from_row(record_type, columns, row) for row in rows])


def covered(unit: Unit, record_type: type[Record], several: Sequence[Record]) -> set[int]:
    """Where reading is strict, the ids of those whose numbers came covered."""
    if not several or not unit.records.database.strict:
        return set()
    return masking.Veil(unit.records, unit.actor, record_type).covered((one.id, one.owner) for one in several)


def _respelled(unit: Unit, record_type: type[Record], indexed: Sequence[Record]) -> Sequence[Record]:
    """Where reading is strict, a number that is hidden came covered, but stays in the index as it is there. Gives the others."""
    hidden = covered(unit, record_type, indexed)
    for one in indexed:
        if one.id in hidden:
            unit.tx.run("CALL respell(?, ?, ?)", (record_type.key(), one.id, find.tokens_of(unit.records.doc(one))))
    return [one for one in indexed if one.id not in hidden] if hidden else indexed


def _put(unit: Unit, record_type: type[Record], indexed: Sequence[Record], again: bool = False) -> None:
    if len(indexed) >= find.MANY:
        find.put_columns(unit.tx, record_type.key(), bulk.said_of(unit.records, record_type, indexed), again=again)
    else:
        find.put(unit.tx, record_type.key(), list(map(unit.records.doc, indexed)), again)
