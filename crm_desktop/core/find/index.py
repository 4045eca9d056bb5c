"""The search index of each record type in either engine: its table, its upkeep, and the question for candidates.

SQLite: a contentless FTS5 table, row id = record id. MariaDB: a table with an InnoDB FULLTEXT index, default settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from crm_desktop.core.find.grams import Doc, department_token, owner_token, tokens_of
from crm_desktop.core.find.query import Look, Query
from crm_desktop.core.find.ways import AnyOf, Condition

_BATCH = 2_000  # records written at once
_TITLES = 60  # records whose title begins with the query, per owner
_MOST_OWNERS = 8  # asked one by one for titles in order

NOTHING = "SELECT id FROM (SELECT 0 AS id) AS nobody WHERE 1 = 0"


_SQLITE = """
CREATE VIRTUAL TABLE {name} USING fts5(
    grams, content='', contentless_delete=1, detail=none, prefix='5', tokenize='ascii')
"""

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


class Tx(Protocol):
    """The part of a database transaction that is needed here."""

    engine: str

    def run(self, query: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None: ...


@dataclass(frozen=True)
class Scope:
    """Whose records may be found: those of any of `owners`, and those of any of `departments`."""

    owners: tuple[int, ...] = ()
    departments: tuple[int, ...] = ()


def table(type_key: str) -> str:
    """The name of a record type's index table."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", type_key):
        raise ValueError(type_key)
    return f"find_{type_key}"


def index_sql(engine: str, type_key: str) -> list[str]:
    """The statements that make the index of a record type."""
    name = table(type_key)
    if engine == "sqlite":
        return [_SQLITE.format(name=name)]
    return [_MYSQL.format(name=name)]


def put(tx: Tx, type_key: str, docs: Sequence[Doc], old: Sequence[Doc] | None = None) -> None:
    """Write records into the index, in place of what it says of them now.

    `old` (in the same order) spares the writing of records that would say the same as before.
    """
    name = table(type_key)
    if tx.engine == "sqlite":
        sql = f"INSERT OR REPLACE INTO {name} (rowid, grams) VALUES (?, ?)"
    else:
        sql = f"REPLACE INTO {name} (id, owner, department, grams) VALUES (?, ?, ?, ?)"
    if old is not None:
        docs = [doc for doc, before in zip(docs, old, strict=True) if doc != before]
    for start in range(0, len(docs), _BATCH):
        batch = docs[start : start + _BATCH]
        if tx.engine == "sqlite":
            tx.many(sql, [(doc.id, tokens_of(doc)) for doc in batch])
        else:
            tx.many(sql, [(doc.id, doc.owner, doc.department, tokens_of(doc)) for doc in batch])


def drop(tx: Tx, type_key: str, ids: Iterable[int]) -> None:
    """Take records out of the index."""
    column = "rowid" if tx.engine == "sqlite" else "id"
    tx.many(f"DELETE FROM {table(type_key)} WHERE {column} = ?", [(one,) for one in ids])


def settle(tx: Tx, type_key: str) -> None:
    """Merge the index into one piece; worth it after an import of many records (2 µs a record), or at night.

    Until then each save goes on merging the pieces that the import has left, which makes it some five times dearer.
    """
    if tx.engine == "sqlite":
        name = table(type_key)
        tx.run(f"INSERT INTO {name} ({name}) VALUES ('optimize')")


def match(engine: str, type_key: str, query: Query, scope: Scope | None, limit: int = 300,
          deep: bool | None = None) -> tuple[str, list[Any]]:
    """SQL and values that give the ids of records which may match, likelier ones first, an id possibly twice.

    A `limit` of 300 is enough for a ranked top 20; `rank` says which really match. `deep` False leaves out, and True asks
    only, what is slow and needed only when fewer than wanted really match (`query.deep` says whether there is such a
    thing); None asks both. Reads the record's own table too, for titles that begin so (index on deleted_at, sort_key).
    """
    parts: list[str] = []
    params: list[Any] = []
    if deep is not True:
        _add_titles(type_key, query, scope, parts, params)
    looks = {None: query.looks + query.deep, False: query.looks, True: query.deep}[deep]
    for look in looks:
        (_add_sqlite if engine == "sqlite" else _add_mysql)(table(type_key), look, scope, parts, params)
    if not parts:
        return NOTHING, []
    return " UNION ALL ".join(parts) + " LIMIT ?", [*params, limit]


def _add_titles(type_key: str, query: Query, scope: Scope | None, parts: list[str], params: list[Any]) -> None:
    """Titles that begin so, in their order, straight from the record's table."""
    for key in query.begins:
        for condition, values in _whose(scope):
            parts.append(f"SELECT id FROM (SELECT id FROM {type_key} WHERE deleted_at IS NULL{condition}"
                         " AND sort_key >= ? AND sort_key < ? ORDER BY sort_key LIMIT ?) AS titles")
            params += [*values, key, key + "~", _TITLES]


def _whose(scope: Scope | None) -> list[tuple[str, list[Any]]]:
    """Conditions that together cover a scope, each of which an index answers in the order of titles."""
    if scope is None:
        return [("", [])]
    if len(scope.owners) + len(scope.departments) > _MOST_OWNERS:
        condition, values = _within(scope)
        return [(condition, values)]
    return [(f" AND {column} = ?", [one]) for column, several in (("owner", scope.owners), ("department", scope.departments))
            for one in several]


def _within(scope: Scope) -> tuple[str, list[Any]]:
    """One condition for a whole scope."""
    ways = [f"{column} IN ({', '.join('?' * len(several))})" for column, several in (
        ("owner", scope.owners), ("department", scope.departments)) if several]
    return f" AND ({' OR '.join(ways) or '1 = 0'})", [*scope.owners, *scope.departments]


# SQLite


def _add_sqlite(name: str, look: Look, scope: Scope | None, parts: list[str], params: list[Any]) -> None:
    parts.append(f"SELECT id FROM (SELECT rowid AS id FROM {name} WHERE {name} MATCH ? LIMIT ?)")
    wanted = [_sqlite_term(term) for term in look.terms]
    if scope is not None:
        tokens = [department_token(one) for one in scope.departments] + [owner_token(one) for one in scope.owners]
        wanted.append(_sqlite_any(tuple(tokens)) if tokens else "nobody")
    params += [" AND ".join(wanted), look.limit]


def _sqlite_term(conditions: tuple[Condition, ...]) -> str:
    text = " OR ".join(f"({' AND '.join(map(_sqlite_any, condition))})" for condition in conditions)
    return f"({text})"


def _sqlite_any(tokens: AnyOf) -> str:
    text = " OR ".join(tokens)
    return f"({text})" if len(tokens) > 1 else text


# MariaDB


def _add_mysql(name: str, look: Look, scope: Scope | None, parts: list[str], params: list[Any]) -> None:
    wanted = " ".join(_mysql_term(term) for term in look.terms)
    condition, values = _within(scope) if scope is not None else ("", [])
    parts.append(f"SELECT id FROM (SELECT id FROM {name} WHERE MATCH (grams) AGAINST (? IN BOOLEAN MODE){condition}"
                 " LIMIT ?) AS looked")
    params += [wanted, *values, look.limit]


def _mysql_term(conditions: tuple[Condition, ...]) -> str:
    if len(conditions) == 1:
        return _mysql_condition(conditions[0])
    return f"+({' '.join(f'({_mysql_condition(condition)})' for condition in conditions)})"


def _mysql_condition(condition: Condition) -> str:
    return " ".join(f"+({' '.join(tokens)})" if len(tokens) > 1 else f"+{tokens[0]}" for tokens in condition)
