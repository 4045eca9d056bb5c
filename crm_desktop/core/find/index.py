"""The search index of each record type in either engine: its table and its upkeep.

SQLite: a contentless FTS5 table, row id = record id. MariaDB: a table with an InnoDB FULLTEXT index, default settings, and one table
that says of which records an import has not told it yet (core/untold.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from crm_desktop.core.find.grams import Doc, tokens_of
from crm_desktop.core.find.many import Said, tokens_by_column

_BATCH = 2_000  # records written at once

# prefix='5': pairs of characters are also found by their two syllables alone.
_SQLITE = """
CREATE VIRTUAL TABLE {name} USING fts5(
    grams, content='', contentless_delete=1, detail=none, prefix='5', tokenize='ascii')
"""
# Small pages: less of one is gone through on the way to the next record of a scope; searches take a third less time.
_SQLITE_PAGES = "INSERT INTO {name} ({name}, rank) VALUES ('pgsz', 1000)"
# 8 MiB of memory inside a transaction: an import is then written in a few pieces instead of a hundred.
_SQLITE_PIECES = "INSERT INTO {name} ({name}, rank) VALUES ('hashsize', 8388608)"
# Of a great many at once: enough for 200,000 records in one piece; of more, whose rows take memory too, in a few.
_WHOLE, _PARTS, _FEW = 64 << 20, 16 << 20, 200_000
_AUTOMERGE, _CRISIS = 4, 16  # FTS5's own

_MYSQL = """
CREATE TABLE {name} (
    id BIGINT PRIMARY KEY,
    owner BIGINT,
    department BIGINT,
    grams MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    KEY {name}_owner (owner),
    KEY {name}_department (department),
    FULLTEXT KEY {name}_grams (grams)
) ENGINE=InnoDB
"""

UNTOLD = "untold"
"""Table of a server: runs of records it has not been told of yet."""
BEGUN = "find_begun"
"""Table of a server in which nothing stays; see `begin`."""
RUN = 500
"""Records of one run: told in a fraction of a second."""


class Tx(Protocol):
    """The part of a database transaction that is needed here."""

    engine: str

    @property
    def strict(self) -> bool: ...

    def run(self, query: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None: ...


def table(type_key: str) -> str:
    """The name of a record type's index table."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", type_key):
        raise ValueError(type_key)
    return f"find_{type_key}"


def index_sql(engine: str, type_key: str) -> list[str]:
    """The statements that make the index of a record type."""
    name = table(type_key)
    statements = (_SQLITE, _SQLITE_PAGES, _SQLITE_PIECES) if engine == "sqlite" else (_MYSQL,)
    return [statement.format(name=name) for statement in statements]


def begin(tx: Tx, one: int) -> None:
    """Before the first savepoint of a transaction, with an id of its own. InnoDB takes back to a savepoint only what a FULLTEXT index
    was told after another has been told something before it. Else a record whose words were taken back is not found any more, and the
    server dies when it is told of it again (fts0fts.cc, MariaDB 10.11; seen in 2026)."""
    if tx.engine == "mysql":
        tx.run(f"INSERT INTO {BEGUN} (id, words) VALUES (?, '')", (one,))
        tx.run(f"DELETE FROM {BEGUN} WHERE id = ?", (one,))


def put(tx: Tx, type_key: str, docs: Sequence[Doc], again: bool = False) -> None:
    """Write records into the index, in place of what it says of them now. Where reading is strict (database/strict.py) it says nothing
    of them yet, unless they are told `again`."""
    for start in range(0, len(docs), _BATCH):
        batch = docs[start : start + _BATCH]
        if again:
            _make_way(tx, type_key, [doc.id for doc in batch])
        _write(tx, type_key, "REPLACE", [(doc.id, doc.owner, doc.department, tokens_of(doc)) for doc in batch])


def _make_way(tx: Tx, type_key: str, ids: Sequence[int]) -> None:
    """For others that are written in their place, where nothing can be replaced in one step."""
    if tx.strict:
        drop(tx, type_key, ids)


def _write(tx: Tx, type_key: str, how: str, rows: Sequence[tuple[Any, ...]]) -> None:
    name = table(type_key)
    if tx.engine == "sqlite":
        tx.many(f"{how} INTO {name} (rowid, grams) VALUES (?, ?)", [(row[0], row[3]) for row in rows])
    else:
        tx.many(f"{how} INTO {name} (id, owner, department, grams) VALUES (?, ?, ?, ?)", rows)


def put_columns(tx: Tx, type_key: str, said: Said, again: bool = False) -> None:
    """Write records, of which the index says nothing yet unless they are told `again`, given column by column."""
    rows = list(zip(said.ids, said.owners, said.departments, tokens_by_column(said), strict=True))
    if again:
        _make_way(tx, type_key, said.ids)
    _write(tx, type_key, "REPLACE" if again else "INSERT", rows)


def drop(tx: Tx, type_key: str, ids: Iterable[int]) -> None:
    """Take records out of the index."""
    column, wanted = "rowid" if tx.engine == "sqlite" else "id", list(ids)
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        tx.run(f"DELETE FROM {table(type_key)} WHERE {column} IN ({', '.join('?' * len(part))})", part)


def empty(tx: Tx, type_key: str) -> None:
    """Take all records out of the index, before it is built again (see grams.FORMAT)."""
    name = table(type_key)
    tx.run(f"INSERT INTO {name} ({name}) VALUES ('delete-all')" if tx.engine == "sqlite" else f"DELETE FROM {name}")


def begin_many(tx: Tx, type_key: str, count: int, settle: bool) -> None:
    """About `count` new records come in this transaction (on SQLite): more of them are held in memory before they become a piece.
    settle: all pieces will be merged at the end, and not before."""
    _set(tx, type_key, hashsize=_WHOLE if count <= _FEW else _PARTS)
    if settle:
        _set(tx, type_key, automerge=0, crisismerge=1_000)


def end_many(tx: Tx, type_key: str, settle: bool) -> None:
    """They are all there."""
    name = table(type_key)
    if settle:
        tx.run(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
        _set(tx, type_key, automerge=_AUTOMERGE, crisismerge=_CRISIS)
    tx.run(_SQLITE_PIECES.format(name=name))


def _set(tx: Tx, type_key: str, **settings: int) -> None:
    name = table(type_key)
    for setting, value in settings.items():
        tx.run(f"INSERT INTO {name} ({name}, rank) VALUES (?, ?)", (setting, value))


def settle(tx: Tx, type_key: str) -> None:
    """Merge the index into one piece; worth it after an import of many records (2 µs a record), or at night.

    Until then each save goes on merging the pieces that the import has left, which makes it some five times dearer.
    """
    if tx.engine == "sqlite":
        name = table(type_key)
        tx.run(f"INSERT INTO {name} ({name}) VALUES ('optimize')")
