"""New records taken back many at once, as the undo of an import does: of each no more is read than that it still stands there.

For types that nothing follows and that have no rule of their own for going; of others each record goes by itself (core/binning.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING, Any

from crm_desktop.core import find, twins, untold
from crm_desktop.core.ids import new_ids
from crm_desktop.core.record import Record

if TYPE_CHECKING:
    from crm_desktop.core.unit import Unit

_FEW = 20  # records in a row: for fewer it is not worth to ask a server for all of them
_RULES = ("deleted", "timeline_of")


def suits(record_type: type[Record]) -> bool:
    """Whether nothing but its fields and rights decides about a record of this type that goes, and nobody is told."""
    plain = all(getattr(record_type, name) is getattr(Record, name) for name in _RULES)
    alone = not record_type.parent_link() and not record_type.followed()
    return plain and alone and record_type.judged is None and not record_type.told


def unmake(unit: Unit, record_type: type[Record], ids: Sequence[int], run: untold.Waits | None) -> list[int]:
    """Put the actor's own new records into the recycle bin, with their journal lines; gives those that are there now, others are not
    there any more. run: the one that waits to be told, to which all of them belong."""
    if run is not None and len(ids) != run.last - run.first + 1:
        run = None  # the others of it go on waiting
    if run is not None and unit.records.database.guarded:  # the server looks itself whether they are as they were made
        living = list(range(run.first, run.last + 1))
        _bin_together(unit, record_type, living)
        if not untold.withdraw(unit, run):
            _leave_indexes(unit, record_type, living)
        return living
    there = _versions(unit, record_type, ids) if ids else {}
    living = sorted(one for one, (deleted_at, _version) in there.items() if deleted_at is None)
    if living:
        _bin(unit, record_type, living, {one for one in living if there[one][1] == 1})
        untouched = len(living) == len(ids) and all(version == 1 for _deleted_at, version in there.values())
        # What was changed since has been told with that.
        if run is None or not (untouched and untold.withdraw(unit, run)):
            _leave_indexes(unit, record_type, living)
    return list(there)


def _versions(unit: Unit, record_type: type[Record], ids: Sequence[int]) -> dict[int, tuple[Any, int]]:
    """When they were deleted, and their versions, of records by id; locked."""
    lock = " FOR UPDATE" if unit.tx.engine == "mysql" else ""
    sql = f"SELECT id, deleted_at, version FROM `{record_type.key()}` WHERE id IN ({', '.join('?' * len(ids))}){lock}"
    return {one: (deleted_at, version) for one, deleted_at, version in unit.tx.run(sql, tuple(ids))}


def _bin(unit: Unit, record_type: type[Record], ids: Sequence[int], untouched: Set[int]) -> None:
    """Rows and journal. A server that would look at every row and line is asked for those in a row together."""
    alone: list[int] = []
    for several in _in_a_row(ids):
        if unit.records.database.guarded and len(several) >= _FEW and untouched >= set(several):
            _bin_together(unit, record_type, several)
        else:
            alone += several
    if alone:
        sql = f"UPDATE `{record_type.key()}` SET deleted_at = ?, version = version + 1, updated_at = ?, updated_by = ?"
        marks = ", ".join("?" * len(alone))
        unit.tx.run(f"{sql} WHERE id IN ({marks})", (unit.at, unit.at, unit.actor.employee, *alone))
        unit.note(record_type, [(one, None, "") for one in alone], "delete")


def _bin_together(unit: Unit, record_type: type[Record], ids: Sequence[int]) -> None:
    """The same of ids that rise by one, of records as they were made, by one question to a server (core/guard/unmaking.py)."""
    values = (record_type.key(), unit.batch, unit.at, new_ids(len(ids))[0], ids[0], len(ids))
    unit.tx.run("CALL unmake(?, ?, ?, ?, ?, ?)", values)
    unit.noted(record_type, ids, "delete")


def _leave_indexes(unit: Unit, record_type: type[Record], ids: Sequence[int]) -> None:
    """They are found no more."""
    if unit.records.searched(record_type):
        find.drop(unit.tx, record_type.key(), ids)
    if record_type.compared is None:
        return
    names = ("id", *record_type.compared.fields())
    columns, marks = ", ".join(f"`{name}`" for name in names), ", ".join("?" * len(ids))
    rows = unit.tx.run(f"SELECT {columns} FROM `{record_type.key()}` WHERE id IN ({marks})", tuple(ids))
    told = dict(zip(names, zip(*rows, strict=True), strict=True))
    twins.leave_columns(unit, record_type, told.pop("id"), told)


def _in_a_row(ids: Sequence[int]) -> Iterator[list[int]]:
    """Sorted ids in pieces that rise by one."""
    start = 0
    for place in range(1, len(ids) + 1):
        if place == len(ids) or ids[place] != ids[place - 1] + 1 or place - start == find.RUN:
            yield list(ids[start:place])
            start = place
