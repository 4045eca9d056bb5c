"""Two records of one type become one: values chosen field by field, everything that points at the loser moved, the loser in the
recycle bin as "merged into"; one batch, which can be taken back for thirty days."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from crm_desktop.core import binning, custom, journal, owning
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Invalid, Refused
from crm_desktop.core.kinds import LongTextKind
from crm_desktop.core.pointing import LinkKind, ManyKind
from crm_desktop.core.record import Record, copied
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.records import Records
    from crm_desktop.core.unit import Unit

WHAT = "merge"
"""The name of such a batch, and of the journal line of the record that was merged into another."""
SPLIT_WITHIN = timedelta(days=30)
MARKS = ("starred", "recent")  # settings that hold [type, id] pairs, kept by business.office.marks
NEVER_CHOSEN = ("owner",)
KEEP, LOSE = "keep", "lose"


def chosen(records: Records, record_type: type[Record]) -> dict[str, custom.AnyField]:
    """The fields whose value is chosen when two records become one."""
    state = record_type.state_field()
    return {
        name: field
        for name, field in records.fields(record_type).items()
        if field.shown and not field.readonly and name not in (*NEVER_CHOSEN, state)
    }


def proposal(records: Records, keep: Record, lose: Record) -> dict[str, Any]:
    """The values the record will have unless somebody chooses otherwise: those of the one that is kept, where it has none those
    of the other; tags of both; notes one under the other."""
    values = {}
    for name, field in chosen(records, type(keep)).items():
        mine, theirs = custom.get(keep, field), custom.get(lose, field)
        values[name] = mine
        if field.kind.empty(mine):
            values[name] = theirs
        elif isinstance(field.kind, ManyKind):
            values[name] = tuple(dict.fromkeys((*mine, *theirs)))
        elif isinstance(field.kind, LongTextKind) and theirs and theirs not in mine:
            both = f"{mine}\n\n{theirs}"
            values[name] = both if len(both) <= field.kind.max_length else mine
        if isinstance(field.kind, LinkKind) and field.kind.target == keep.key() and values[name] == keep.id:
            values[name] = None
    return values


def join(
    records: Records, record_type: type[Record], keep: int, lose: int, actor: Actor, choices: Mapping[str, str] | None = None
) -> journal.Change:
    """Merge `lose` into `keep`. choices: field name -> KEEP or LOSE, whose value it gets where that is not as proposed.

    Needs the right to edit both and to delete the loser. Raises Refused, NotFound, Invalid(Record).
    """
    return _joined(records, actor, lambda unit: _join(unit, record_type, keep, lose, choices or {}))


def join_all(records: Records, record_type: type[Record], keep: int, others: Sequence[int], actor: Actor) -> journal.Change:
    """Merge all of them into `keep`, in this order and with the values that are proposed, as one act. As `join` otherwise."""

    def work(unit: Unit) -> Any:
        for other in others:
            _join(unit, record_type, keep, other, {})

    return _joined(records, actor, work)


def _joined(records: Records, actor: Actor, work: Callable[[Unit], Any]) -> journal.Change:
    _kept, change = records.unit(actor, work, WHAT)
    records.settings.forget()  # stars moved
    return change


def _join(unit: Unit, record_type: type[Record], keep_id: int, lose_id: int, choices: Mapping[str, str]) -> Record:
    if record_type.compared is None:
        raise Refused(_("Records of this kind cannot be merged."))
    if keep_id == lose_id:
        raise Invalid(_("A record cannot be merged with itself."))
    # In one order, whoever merges what: two people who merge the same pair do not wait for each other for ever.
    found = {one: unit.get(record_type, one) for one in sorted((keep_id, lose_id))}
    keep, lose = found[keep_id], found[lose_id]
    unit.demand(record_type, "edit", keep)
    unit.demand(record_type, "edit", lose)
    unit.demand(record_type, "delete", lose)
    final = proposal(unit.records, keep, lose)
    fields = chosen(unit.records, record_type)
    final.update({name: custom.get(lose if whose == LOSE else keep, fields[name]) for name, whose in choices.items() if name in fields})
    before = copied(keep)
    for child_type, child_id, repoint in pointing_at(unit, record_type, lose_id, keep_id):
        if child_id not in (keep_id, lose_id) or child_type is not record_type:
            _repoint(unit, child_type, child_id, repoint)
    marks = _move_marks(unit, record_type.key(), lose_id, keep_id)
    told = journal.packed({"merged_into": (None, keep_id), "marks": (None, marks)})
    unit.note(record_type, [(lose_id, keep_id, told)], WHAT)
    loser = unit.current(record_type, lose_id)
    assert loser is not None
    binning.set_deleted(unit, loser, unit.at)
    kept = unit.get(record_type, keep_id)
    for name, field in fields.items():
        custom.put(kept, field, final[name])
    unit.save(kept)
    kept.joined(unit, before, lose)
    return kept


def pointing_at(
    unit: Unit, record_type: type[Record], lose: int, keep: int
) -> Iterator[tuple[type[Record], int, Callable[[Record], None]]]:
    """(type, id, what makes it point at `keep`) of everything that points at `lose`, what lies in the recycle bin included."""
    for child_type in unit.records.types.values():
        for field in unit.records.fields(child_type).values():
            if isinstance(field.kind, LinkKind | ManyKind) and field.kind.target == record_type.key():
                column: Any = custom.column_of(field, child_type)
                many = isinstance(field.kind, ManyKind)
                where = column ** f"%,{lose},%" if many else column == lose
                for (child_id,) in unit.tx.run(child_type.select(child_type.id).where(where).order_by(child_type.id)):
                    yield child_type, child_id, _pointer(field, lose, keep)
        if {"ref_type", "ref_id"} <= set(child_type._meta.fields):
            sql = f"SELECT id FROM `{child_type.key()}` WHERE ref_type = ? AND ref_id = ? ORDER BY id"
            for (child_id,) in unit.tx.run(sql, (record_type.key(), lose)):
                yield child_type, child_id, lambda record: setattr(record, "ref_id", keep)


def _pointer(field: custom.AnyField, lose: int, keep: int) -> Callable[[Record], None]:
    def repoint(record: Record) -> None:
        value: Any = custom.get(record, field)
        if isinstance(field.kind, ManyKind):
            custom.put(record, field, tuple(dict.fromkeys(keep if one == lose else one for one in value)))
        else:
            custom.put(record, field, keep)

    return repoint


def _repoint(unit: Unit, child_type: type[Record], child_id: int, repoint: Callable[[Record], None]) -> None:
    current = unit.current(child_type, child_id)
    assert current is not None
    child = copied(current)
    repoint(child)
    owning.settle(unit, child, current)
    child.comes_along(unit)
    unit.write(child, current, "update")


# Stars and recently opened records


def _move_marks(unit: Unit, type_key: str, lose: int, keep: int) -> list[list[Any]]:
    """Let everybody's stars follow; gives [person, setting, whether the kept one was in it before] of each list changed."""
    changed = []
    for row_id, person, name, pairs in _marks(unit):
        if [type_key, lose] in pairs:
            had = [type_key, keep] in pairs
            moved = [[type_key, keep] if pair == [type_key, lose] else pair for pair in pairs if not (had and pair == [type_key, lose])]
            _keep_marks(unit, row_id, moved)
            changed.append([person, name, had])
    return changed


def _marks(unit: Unit) -> Iterator[tuple[int, int, str, list[list[Any]]]]:
    lock = " FOR UPDATE" if unit.tx.engine == "mysql" else ""
    names = ", ".join("?" * len(MARKS))
    # Where the server guards what is each person's own, only one's own stars can follow, also where an administrator sees the others.
    mine, values = (" AND person = ?", (*MARKS, unit.actor.employee)) if unit.records.database.guarded else ("", MARKS)
    sql = f"SELECT id, person, name, value FROM setting WHERE name IN ({names}){mine}{lock}"
    for row_id, person, name, value in unit.tx.run(sql, values):
        yield row_id, person, name, json.loads(value)


def _keep_marks(unit: Unit, row_id: int, pairs: list[list[Any]]) -> None:
    unit.tx.run("UPDATE setting SET value = ? WHERE id = ?", (json.dumps(pairs, ensure_ascii=False), row_id))


# Splitting again


def demand_recent(unit: Unit, at: Any) -> None:
    """A merge is taken back within thirty days."""
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    if unit.now - moment > SPLIT_WITHIN:
        raise Refused(_("The records were merged more than {days} days ago and cannot be split any more."), days=SPLIT_WITHIN.days)


def marks_back(unit: Unit, type_key: str, lose: int, changes: Mapping[str, Any]) -> None:
    """The stars of a record that is split off again."""
    keep = changes["merged_into"][1]
    moved = {(person, name): had for person, name, had in changes["marks"][1]}
    for row_id, person, name, pairs in _marks(unit):
        had = moved.get((person, name))
        if had is not None and [type_key, keep] in pairs and [type_key, lose] not in pairs:
            place = pairs.index([type_key, keep])
            _keep_marks(unit, row_id, [*pairs[:place], [type_key, lose], *pairs[place + (not had) :]])


def stayed(unit: Unit, batch: int) -> int:
    """How many records were added to the kept one since the merge: they stay with it."""
    rows = unit.tx.run("SELECT about, id FROM journal WHERE batch = ? AND action = ? ORDER BY id DESC", (batch, WHAT))
    if not rows:
        return 0
    keep, line = rows[0]
    sql = "SELECT DISTINCT record_id FROM journal WHERE about = ? AND action = 'create' AND id > ? AND record_type <> 'share'"
    return len(unit.tx.run(sql, (keep, line)))


def merged_into(records: Records, keep: int) -> list[int]:
    """The records that were merged into this one and not split off since, also by way of others."""
    found: list[int] = []
    asked = [keep]
    while asked:
        asked = [gone for gone, _keep in _merges(records, "about", asked) if gone not in found and gone != keep]
        found += asked
    return found


def went_into(records: Records, gone: Sequence[int]) -> dict[int, int]:
    """Of records in the recycle bin those that were merged into another and not split off since, each with that one."""
    return {one: keep for one, keep in _merges(records, "record_id", gone) if keep is not None}


def _merges(records: Records, column: str, ids: Sequence[int]) -> list[tuple[int, int | None]]:
    """(gone, kept) of the merges of these records that were not split off since, in their order."""
    read, marks = records.database.read, ", ".join("?" * len(ids))
    sql = f"SELECT record_id, about, batch FROM journal WHERE {column} IN ({marks}) AND action = ? ORDER BY id"
    rows = read(sql, (*ids, WHAT))
    split = journal.undone(read, (row[2] for row in rows))
    return [(gone, keep) for gone, keep, batch in rows if batch not in split]
