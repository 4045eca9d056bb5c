"""Many new records of one type at once, column by column: the way of an import of a hundred thousand rows.

Rights, checks and traces are those of `Unit.add`; but no record is made in memory, and what is the same for all is worked out
once. A row that does not pass as plainly as most do is left to be looked at on its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from types import NoneType
from typing import TYPE_CHECKING, Any

from crm_desktop.core import alike, custom, find, journal, masking, numbering, twins, untold
from crm_desktop.core.errors import Trouble
from crm_desktop.core.ids import new_ids
from crm_desktop.core.kinds import EmailKind, Kind
from crm_desktop.core.owning import demand_present
from crm_desktop.core.pointing import ChoiceKind
from crm_desktop.core.record import Record, columns_of, stored_values
from crm_desktop.core.validating import check_value

if TYPE_CHECKING:
    from crm_desktop.core.records import Records
    from crm_desktop.core.unit import Unit

_REMEMBERED = 20_000
_RULES = ("fill_in", "check", "saved", "all_saved", "called", "timeline_of", "follows_now")
_DOUBT: Any = object()
_NOTHING = {None: "NULL", "": "''"}  # as SQL
Column = Sequence[Any]


def suits(unit: Unit, record_type: type[Record]) -> bool:
    """Whether nothing but its fields decides about a new record of this type: no rule of its own, and nobody to be told."""
    if any(getattr(record_type, name) is not getattr(Record, name) for name in _RULES) or record_type.followed():
        return False
    # Of an import nobody is told, nor asked whether the same is there already: its rehearsal has said so.
    return unit.what == "import" or (record_type.given is Record.given and record_type.compared is None)


def add(unit: Unit, record_type: type[Record], columns: Mapping[str, Column]) -> list[int | None]:
    """Create a record of each row of `columns` (field -> a value for each row; other fields get their default).

    Gives the ids; None for a row that was left alone, because it may be wrong. Raises Refused.
    """
    unit.demand(record_type, "add")
    count = len(next(iter(columns.values())))
    doubtful: set[int] = set()
    stored = _checked(unit, record_type, columns, count, doubtful)
    stored.update(_kept_by_the_door(unit, record_type, stored, count, doubtful))
    if len(doubtful) == count:
        return [None] * count
    if doubtful:
        kept = [place for place in range(count) if place not in doubtful]
        stored = {name: [values[place] for place in kept] for name, values in stored.items()}
    fresh = new_ids(count - len(doubtful))
    _write(unit, record_type, fresh, stored)
    if not doubtful:
        return list(fresh)
    made = iter(fresh)
    return [None if place in doubtful else next(made) for place in range(count)]


# Checking


def _checked(
    unit: Unit, record_type: type[Record], columns: Mapping[str, Column], count: int, doubtful: set[int]
) -> dict[str, Column]:
    """The columns in storage form; places of values that do not pass go into `doubtful`."""
    stored: dict[str, Column] = {}
    own: dict[str, Column] = {}
    for name in columns.keys() & masking.fields(unit.records, record_type):
        doubtful.update([place for place, value in enumerate(columns[name]) if value and masking.COVER in value])
    for name, declared in unit.records.fields(record_type).items():
        if name in columns:
            values = _checked_column(unit, record_type, name, declared, columns[name], doubtful)
            (own if declared.custom else stored)[name] = values
        elif declared.required and declared.kind.empty(declared.default):
            doubtful.update(range(count))
    if own:
        stored["extra"] = _extras(unit, record_type, own)
    return stored


def _checked_column(
    unit: Unit, record_type: type[Record], name: str, declared: custom.AnyField, values: Column, doubtful: set[int]
) -> Column:
    kind = declared.kind
    plainly = type(kind).check is Kind.check or isinstance(kind, EmailKind)
    if plainly and type(kind).store is Kind.store and not isinstance(kind, ChoiceKind):
        texts = [value or "" for value in values]
        if _plain(texts, kind) and not (declared.required and "" in texts):
            return texts
    memory = unit.memo.setdefault(("column", record_type, name, *sorted(map(str, set(map(type, values))))), {})
    if len(memory) > _REMEMBERED:
        memory.clear()
    stored = []
    alike = len(set(map(type, values)) - {NoneType}) <= 1  # else True and 1 and 1.0 are one key
    for place, value in enumerate(values):
        key = value if alike else (value.__class__, value)
        one = memory.get(key, memory)
        if one is memory:
            one = memory[key] = _checked_value(unit, declared, value)
        if one is _DOUBT:
            doubtful.add(place)
        stored.append(one)
    return stored


def _plain(texts: list[Any], kind: Kind) -> bool:
    """Whether all are printable texts of a fitting length: one look at all of them together."""
    try:
        fits = max(map(len, texts)) <= kind.max_length
        return fits and (kind.all_plain("\n".join(texts)) if isinstance(kind, EmailKind) else "".join(texts).isprintable())
    except TypeError:
        return False


def _checked_value(unit: Unit, declared: custom.AnyField, value: Any) -> Any:
    try:
        return declared.kind.store(check_value(unit, declared, value))
    except Trouble:
        return _DOUBT


def _extras(unit: Unit, record_type: type[Record], own: Mapping[str, Column]) -> list[str]:
    """The custom fields of each row as they are kept together."""
    fields = unit.records.fields(record_type)
    nothing = {name: fields[name].kind.store(None) for name in own}
    extras = []
    for values in zip(*own.values(), strict=True):
        held = {name: value for name, value in zip(own, values, strict=True) if value != nothing[name] and value is not _DOUBT}
        extras.append(json.dumps(held, ensure_ascii=False, sort_keys=True) if held else "")
    return extras


# What the door keeps itself


def _kept_by_the_door(
    unit: Unit, record_type: type[Record], stored: Mapping[str, Column], count: int, doubtful: set[int]
) -> dict[str, Column]:
    """Whose the records are, who made them and when, where they stand in lists, their running numbers."""
    me, nothing = unit.actor.employee, [None] * count
    owners = [owner or me for owner in stored.get("owner", nothing)]
    kept: dict[str, Column] = {"owner": owners}
    if record_type.screen.rights.see != "all":
        theirs = {owner: _department(unit, owner) for owner in set(owners)}
        kept["department"] = [theirs[owner] for owner in owners]
        doubtful.update(place for place, owner in enumerate(owners) if theirs[owner] is _DOUBT)
    for name, otherwise in (("created_at", unit.at), ("created_by", me)):
        kept[name] = [value or otherwise for value in stored.get(name, nothing)]
    titles = stored.get(record_type.title_field, nothing)
    for name in numbering.numbered(record_type):
        typed = stored.get(name, nothing)
        empty = [place for place, value in enumerate(typed) if not value and place not in doubtful]
        given = dict(zip(empty, numbering.give(unit, record_type, name, len(empty)), strict=True))
        kept[name] = [value or given.get(place, "") for place, value in enumerate(typed)]
    kept["sort_key"] = [find.sort_key(title[:200]) if title.__class__ is str else "" for title in titles]
    return kept


def _department(unit: Unit, owner: int | None) -> Any:
    """Where the owner works; doubt when he cannot be given records."""
    employee: Any = unit.records.names.rows("employee").get(owner) if owner is not None else None
    if employee is None:
        return None
    try:
        if not unit.trusted:
            demand_present(employee)
    except Trouble:
        return _DOUBT
    return employee.department


# Writing


def _write(unit: Unit, record_type: type[Record], ids: list[int], stored: Mapping[str, Column]) -> None:
    """Rows, journal, and what they are found by."""
    key, columns, me = record_type.key(), columns_of(record_type), unit.actor.employee
    same = stored_values(record_type()) | {"updated_at": unit.at, "updated_by": me, "version": 1}
    said: dict[str, str] = {}
    if unit.tx.engine == "sqlite":  # its driver takes fifteen times as long for None as for a text
        said = {name: _NOTHING[same[name]] for name in columns if not stored.get(name) and same[name] in _NOTHING and name != "id"}
    bound = [name for name in columns if name not in said]
    rows = zip(*(ids if name == "id" else stored.get(name) or repeat(same[name], len(ids)) for name in bound))  # noqa: B905 - as `ids`
    names, marks = ", ".join(f"`{name}`" for name in columns), ", ".join(said.get(name, "?") for name in columns)
    unit.tx.many(f"INSERT INTO `{key}` ({names}) VALUES ({marks})", list(rows))
    entries = new_ids(len(ids))
    unit.noted(record_type, ids, "create")
    if unit.gathered is not None:
        unit.gathered.add(record_type, ids, entries, stored)
    else:
        _note(unit, record_type, ids, entries, stored)
        index(unit, record_type, ids, stored)


def _note(unit: Unit, record_type: type[Record], ids: list[int], entries: list[int], stored: Mapping[str, Column]) -> None:
    """A line of the journal for each. A server that would look at every line makes them itself."""
    link, key = record_type.parent_link(), record_type.key()
    if unit.records.database.guarded and not link:
        for start in range(0, len(ids), find.RUN):
            several = min(find.RUN, len(ids) - start)
            unit.tx.run("CALL note_new(?, ?, ?, ?, ?, ?)", (key, unit.batch, unit.at, entries[start], ids[start], several))
        return
    about: Iterable[Any] = stored.get(link) or repeat(None, len(ids))
    lines = [
        (entry, unit.batch, unit.at, unit.actor.employee, key, record_id, "create", whose, "")
        for entry, record_id, whose in zip(entries, ids, about, strict=False)
    ]
    unit.tx.many(journal.ENTRY_SQL, lines)


def index(
    unit: Unit, record_type: type[Record], ids: Sequence[int], stored: Mapping[str, Column], keys: alike.Gathered | None = None
) -> None:
    """Keep what new records are found by: the words of the search, and the keys of duplicates, these at once or gathered; on a server
    both wait after a great import."""
    waits = untold.may_wait(unit, stored["owner"])
    if waits:
        unit.may_wait -= len(ids)
        untold.note(unit, record_type, ids, not unit.keys_asked)
    elif unit.records.searched(record_type):
        find.put_columns(unit.tx, record_type.key(), said(unit.records, record_type, ids, stored))
    if not waits or unit.keys_asked:
        twins.keep_columns(unit, record_type, ids, stored, keys)


def said_of(records: Records, record_type: type[Record], several: Sequence[Record]) -> find.Said:
    """What the search index is told of records at hand."""
    searched = [name for name, declared in records.fields(record_type).items() if declared.search and not declared.custom]
    stored = {name: [record.__data__.get(name) for record in several] for name in (*searched, "owner", "department", "extra")}
    return said(records, record_type, [record.id for record in several], stored)


def said(records: Records, record_type: type[Record], ids: Sequence[int], stored: Mapping[str, Column]) -> find.Said:
    """What the search index is told of records given column by column, in storage form."""
    told: dict[str, list[Column]] = {"name": [], "text": [], "phone": []}
    for name, declared in records.fields(record_type).items():
        if declared.search and declared.custom:
            told[declared.search].append(_own_texts(stored.get("extra"), name, len(ids)))
        elif declared.search and name in stored:
            told[declared.search].append(_as_texts(stored[name]))
    departments = stored.get("department") or [None] * len(ids)
    return find.Said(ids, told["name"], told["text"], told["phone"], stored["owner"], departments)


def _own_texts(extras: Column | None, name: str, count: int) -> list[str]:
    return [str(custom.values_in(extra).get(name) or "") for extra in extras] if extras else [""] * count


def _as_texts(values: Column) -> Column:
    return values if set(map(type, values)) == {str} else [str(value) if value else "" for value in values]
