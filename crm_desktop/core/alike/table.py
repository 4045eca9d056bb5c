"""The stored keys of records that are compared: a table for each record type, asked by one index in either engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from crm_desktop.core.alike.sketch import PLACES

_AT_ONCE = 400  # keys of one question
_GATHERED = 100_000  # keys
_ROWS = 250  # of one statement: half of the work of as many statements with one
_PLACE = (1 << PLACES) - 1
MOST = 60  # records of one key that are looked at

_SQL = {
    "sqlite": "CREATE TABLE {name} (hash INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (hash, record)) STRICT, WITHOUT ROWID",
    "mysql": "CREATE TABLE {name} (hash BIGINT NOT NULL, record BIGINT NOT NULL, PRIMARY KEY (hash, record)) ENGINE=InnoDB",
}


class Tx(Protocol):
    """The part of a database transaction that is needed here."""

    engine: str

    def run(self, query: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None: ...


def table(type_key: str) -> str:
    """The name of a record type's table of keys."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", type_key):
        raise ValueError(type_key)
    return f"alike_{type_key}"


def table_sql(engine: str, type_key: str) -> list[str]:
    """The statements that make it."""
    return [_SQL[engine].format(name=table(type_key))]


def put(tx: Tx, type_key: str, ids: Sequence[int], keys: Iterable[int]) -> None:
    """Store keys of records beside those they have, given as `keys_by_column` gives them."""
    _store(tx, type_key, ids, sorted(keys))


def _rows(ids: Sequence[int], keys: Iterable[int]) -> list[tuple[int, int]]:
    return [(key >> PLACES, ids[key & _PLACE]) for key in keys]


class Gathered:
    """Keys of many records on their way into one table: sorted, a hundred thousand at a time, they go in three times as quickly."""

    def __init__(self, tx: Tx) -> None:
        self._tx, self._type, self._ids = tx, "", list[int]()
        self._keys = list[int]()

    def place(self, type_key: str) -> int:
        """The place of the next record, which is of this type."""
        if type_key != self._type or len(self._keys) > _GATHERED:
            self.store()
            self._type = type_key
        return len(self._ids)

    def add(self, ids: Sequence[int], keys: Iterable[int]) -> None:
        """Take the keys of records, as `keys_by_column` gives them from that place on."""
        self._ids += ids
        self._keys.extend(keys)

    def store(self) -> None:
        """Store what has been taken."""
        self._keys.sort()
        _store(self._tx, self._type, self._ids, self._keys)
        self._ids, self._keys = [], []


def _store(tx: Tx, type_key: str, ids: Sequence[int], keys: list[int]) -> None:
    """Keys in the order of the table: what lies together is written together."""
    if not keys:
        return
    into = f"{'INSERT IGNORE' if tx.engine == 'mysql' else 'INSERT OR IGNORE'} INTO {table(type_key)} (hash, record) VALUES"
    together = len(keys) // _ROWS * _ROWS if tx.engine == "sqlite" else 0
    sql = f"{into} {', '.join(['(?, ?)'] * (_ROWS if together else 0))}"
    for start in range(0, together, _ROWS):
        part, values = keys[start : start + _ROWS], [0] * (2 * _ROWS)
        values[::2] = [key >> PLACES for key in part]
        values[1::2] = [ids[key & _PLACE] for key in part]
        tx.run(sql, values)
    tx.many(f"{into} (?, ?)", _rows(ids, keys[together:]))


def drop(tx: Tx, type_key: str, ids: Sequence[int], keys: Iterable[int]) -> None:
    """Take keys of records away, given as for `put`."""
    tx.many(f"DELETE FROM {table(type_key)} WHERE hash = ? AND record = ?", _rows(ids, sorted(keys)))


def leave(tx: Tx, type_key: str, ids: Sequence[int], keys: Iterable[int]) -> None:
    """Take these records away with all their keys, given as for `put`: a server is asked for many of them at once."""
    if tx.engine == "sqlite":
        drop(tx, type_key, ids, keys)
        return
    hashes = sorted({key >> PLACES for key in keys})
    of_records = ", ".join("?" * len(ids))
    for start in range(0, len(hashes), _AT_ONCE):
        part = hashes[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        tx.run(f"DELETE FROM {table(type_key)} WHERE hash IN ({marks}) AND record IN ({of_records})", (*part, *ids))


def holders(
    run: Callable[[str, Sequence[Any]], list[tuple[Any, ...]]], type_key: str, keys: Iterable[int], lock: bool = False
) -> dict[int, list[int]]:
    """Key -> records that have it. lock (on a server): wait for whoever is writing one of them, and let him wait for us."""
    wanted = sorted(set(keys))
    found: dict[int, list[int]] = {}
    end = " FOR UPDATE" if lock else ""
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        for key, record in run(f"SELECT hash, record FROM {table(type_key)} WHERE hash IN ({marks}){end}", part):
            found.setdefault(key, []).append(record)
    return found
