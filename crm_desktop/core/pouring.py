"""A great many records made, or taken back, in one act: what a file keeps up with each single record is brought up to date in few
big steps.

On a server others write at the same time: there what records are found by is told after the act (untold.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.core import alike, bulk, find, journal, untold
from crm_desktop.core.record import Record

if TYPE_CHECKING:
    from crm_desktop.core.unit import Unit

MANY = 2_000  # records: for fewer it is not worth it
# What parts of the time the end takes: keeping what new records are found by, putting the search index together, indexes of lists.
KEPT, KEPT_ONCE, KEPT_MOST = 0.03, 4_000, 0.3  # KEPT_ONCE / records comes to it
WORDS, LISTS = 0.025, 0.08
_LITTLE = 2 << 10  # KiB: sorted in small portions
_AT_ONCE = 5_000  # records the indexes are told of in one go: what that needs is then at hand in the processor
_SETTLED = 4  # times as many records as come may be there, for the search index to be merged into one piece at the end


class Left(NamedTuple):
    """The part of the time that is left to the end: of every record, and as much more of each new one."""

    every: float = 0.0
    new: float = 0.0


class Gathered:
    """New records of which the search index and the keys of duplicates are told some thousand at a time, the journal at the end."""

    def __init__(self, unit: Unit, record_type: type[Record]) -> None:
        self._unit, self._type, self._keys = unit, record_type, alike.Gathered(unit.tx)
        self._noted: list[tuple[type[Record], int, int, int]] = []
        self._ids: list[int] = []
        self._columns: dict[str, list[Any]] = {}

    def add(self, record_type: type[Record], ids: Sequence[int], entries: Sequence[int], stored: Mapping[str, Sequence[Any]]) -> None:
        """Take new records, their columns in storage form, and the ids of their lines in the journal; both rise by one."""
        self._noted.append((record_type, entries[0], ids[0], ids[-1]))
        if self._ids and (record_type is not self._type or stored.keys() != self._columns.keys()):
            self._tell()
        self._type = record_type
        self._ids += ids
        for name, values in stored.items():
            self._columns.setdefault(name, []).extend(values)
        if len(self._ids) >= _AT_ONCE:
            self._tell()

    def store(self) -> None:
        """Tell the rest."""
        self._tell()
        self._keys.store()
        self._note()

    def _note(self) -> None:
        """Lines of the journal, made of the rows themselves. A statement of many rows has FTS5 write what it holds in memory, so this
        comes last, when that is due in any case."""
        unit = self._unit
        for record_type, entry, first, last in self._noted:
            key, link = record_type.key(), record_type.parent_link()
            unit.tx.run(
                f"{journal.ENTRIES} SELECT id + ?, ?, ?, ?, ?, id, 'create', {f'`{link}`' if link else 'NULL'}, '' FROM `{key}`"
                " WHERE id BETWEEN ? AND ?",
                (entry - first, unit.batch, unit.at, unit.actor.employee, key, first, last),
            )
            if unit.tx.changed != last - first + 1:
                raise RuntimeError(f"{unit.tx.changed} of {last - first + 1} new records stand in the table")
        self._noted = []

    def _tell(self) -> None:
        if self._ids:
            bulk.index(self._unit, self._type, self._ids, self._columns, self._keys)
        self._ids, self._columns = [], {}


class Untold(Gathered):
    """Takes new records that will be taken back at once: neither index nor journal is told of them."""

    def add(self, record_type: type[Record], ids: Sequence[int], entries: Sequence[int], stored: Mapping[str, Sequence[Any]]) -> None:
        """Nothing is kept."""


@contextmanager
def pouring(
    unit: Unit, record_type: type[Record], count: int, keys_asked: bool = False, told: Callable[[float], object] = lambda part: None
) -> Iterator[Left]:
    """While about `count` records of a type are written, new ones or those of an act that is undone: the indexes of its lists are made
    anew at the end when at least as many come as are there, and what records are found by is told of new ones later, unless keys of
    duplicates are asked for meanwhile.
    During the end the part of all that is done by then is `told`; that may raise Cancelled."""
    tx, key = unit.tx, record_type.key()
    if count < MANY:
        yield Left()
        return
    if tx.engine != "sqlite":
        unit.may_wait, unit.keys_asked = untold.room(unit), keys_asked
        yield Left()
        unit.may_wait = 0
        return
    there = tx.run(f"SELECT COUNT(*) FROM (SELECT 1 FROM `{key}` LIMIT ?)", (_SETTLED * count + 1,))[0][0]
    settle = there <= _SETTLED * count
    lists = _indexes_of_lists(unit, key) if there <= count else []
    searched = unit.records.searched(record_type)
    unit.gathered = Gathered(unit, record_type) if not keys_asked else None
    with tx.roomy():
        if searched:
            find.begin_many(tx, key, count, settle)
        for name, _sql in lists:
            tx.run(f'DROP INDEX "{name}"')
        kept, at_last = min(KEPT + KEPT_ONCE / count, KEPT_MOST), LISTS * bool(lists)
        yield Left(WORDS * searched + at_last, kept if unit.gathered is not None else 0.0)
        if unit.gathered is not None:
            unit.gathered.store()
            unit.gathered = None
            told(1 - WORDS * searched - at_last)
        if searched:
            find.end_many(tx, key, settle)
            told(1 - at_last)
    # Last, when the memory of all the rest has been given back.
    with tx.roomy(_LITTLE, on_disk=True):
        for made, (_name, sql) in enumerate(lists, 1):
            tx.run(sql)
            told(1 - at_last * (1 - made / len(lists)))


def _indexes_of_lists(unit: Unit, key: str) -> list[tuple[str, str]]:
    """(name, statement) of the indexes lists are read by; those by which single records are looked up stay."""
    sql = (
        "SELECT s.name, s.sql FROM sqlite_schema AS s WHERE s.type = 'index' AND s.tbl_name = ? AND s.sql IS NOT NULL"
        " AND (SELECT name FROM pragma_index_info(s.name) WHERE seqno = 0) = 'deleted_at'"
        ' AND s.name NOT IN (SELECT name FROM pragma_index_list(?) WHERE "unique") ORDER BY s.rowid'
    )
    return [(name, text) for name, text in unit.tx.run(sql, (key, key))]
