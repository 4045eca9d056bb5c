"""A great many new records in one act: what a file keeps up with each single record is brought up to date in few big steps.

On a server nothing of it is done: there others write at the same time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crm_desktop.core import alike, find
from crm_desktop.core.record import Record

if TYPE_CHECKING:
    from crm_desktop.core.unit import Unit

MANY = 2_000  # records: for fewer it is not worth it
_SETTLED = 4  # times as many records as come may be there, for the search index to be merged into one piece at the end


@contextmanager
def pouring(unit: Unit, record_type: type[Record], count: int) -> Iterator[None]:
    """While about `count` new records of a type are written: the indexes of its lists are made anew at the end when at least as
    many come as are there, and keys of duplicates are stored by the hundred thousand."""
    tx, key = unit.tx, record_type.key()
    if tx.engine != "sqlite" or count < MANY:
        yield
        return
    there = tx.run(f"SELECT COUNT(*) FROM (SELECT 1 FROM `{key}` LIMIT ?)", (_SETTLED * count + 1,))[0][0]
    lists = _indexes_of_lists(unit, key) if there <= count else []
    searched = unit.records.searched(record_type)
    unit.gathered = alike.Gathered(tx) if record_type.compared is not None else None
    with tx.roomy():
        if searched:
            find.begin_many(tx, key)
        for name, _sql in lists:
            tx.run(f'DROP INDEX "{name}"')
        yield
        for _name, sql in lists:
            tx.run(sql)
        if unit.gathered is not None:
            unit.gathered.store()
            unit.gathered = None
        if searched:
            find.end_many(tx, key, settle=there <= _SETTLED * count)


def _indexes_of_lists(unit: Unit, key: str) -> list[tuple[str, str]]:
    """(name, statement) of the indexes lists are read by; those by which single records are looked up stay."""
    sql = (
        "SELECT s.name, s.sql FROM sqlite_schema AS s WHERE s.type = 'index' AND s.tbl_name = ? AND s.sql IS NOT NULL"
        " AND (SELECT name FROM pragma_index_info(s.name) WHERE seqno = 0) = 'deleted_at'"
        ' AND s.name NOT IN (SELECT name FROM pragma_index_list(?) WHERE "unique") ORDER BY s.rowid'
    )
    return [(name, text) for name, text in unit.tx.run(sql, (key, key))]
