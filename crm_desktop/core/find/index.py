"""The search index of each record type in either engine: its table, its upkeep, and the question for candidates.

SQLite: a contentless FTS5 table, row id = record id. MariaDB: a table with an InnoDB FULLTEXT index, default settings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from crm_desktop.core.find.grams import Doc, department_token, owner_token, tokens_of
from crm_desktop.core.find.query import AnyOf, Condition, Query

_BATCH = 2_000  # records written at once

NOTHING = "SELECT id FROM (SELECT 0 AS id) AS nobody WHERE 1 = 0"


_SQLITE = """
CREATE VIRTUAL TABLE {name} USING fts5(
    grams, content='', contentless_delete=1, detail=none, tokenize='ascii')
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


def match(engine: str, type_key: str, query: Query, scope: Scope | None, limit: int = 300,
          common: Collection[str] = ()) -> tuple[str, list[Any]]:
    """SQL and values that give the ids of records which may match, likelier ones first, an id possibly twice.

    A `limit` of 300 is enough for a ranked top 20; `rank` says which really match. `common`: MariaDB only, see
    `common_tokens`.
    """
    if not query or not query.tiers:
        return NOTHING, []
    if engine == "sqlite":
        return _match_sqlite(table(type_key), query, scope, limit)
    return _match_mysql(table(type_key), query, scope, limit, common)


# SQLite


def _match_sqlite(name: str, query: Query, scope: Scope | None, limit: int) -> tuple[str, list[Any]]:
    parts = []
    params: list[Any] = []
    who = _who(scope)
    for tier in query.tiers:
        parts.append(f"SELECT id FROM (SELECT rowid AS id FROM {name} WHERE {name} MATCH ? ORDER BY rowid LIMIT ?)")
        wanted = " OR ".join(f"({_sqlite_condition(way)})" for way in tier.ways)
        params += [f"({wanted}) AND {who}" if who else wanted, tier.limit]
    return " UNION ALL ".join(parts) + " LIMIT ?", [*params, limit]


def _sqlite_condition(condition: Condition) -> str:
    return " AND ".join(_sqlite_any(tokens) for tokens in condition)


def _sqlite_any(tokens: AnyOf) -> str:
    text = " OR ".join(tokens)
    return f"({text})" if len(tokens) > 1 else text


def _who(scope: Scope | None) -> str:
    if scope is None:
        return ""
    tokens = [department_token(department) for department in scope.departments]
    tokens += [owner_token(owner) for owner in scope.owners]
    return _sqlite_any(tuple(tokens)) if tokens else "nobody"


# MariaDB


def _match_mysql(name: str, query: Query, scope: Scope | None, limit: int,
                 common: Collection[str]) -> tuple[str, list[Any]]:
    parts = []
    params: list[Any] = []
    where, values = _scope_mysql(scope)
    for tier in query.tiers:
        wanted = " ".join(f"({_mysql_condition(way)})" for way in tier.ways)
        parts.append(f"(SELECT id FROM {name} WHERE MATCH (grams) AGAINST (? IN BOOLEAN MODE){where} LIMIT ?)")
        params += [wanted, *values, tier.limit]
    return " UNION ALL ".join(parts) + " LIMIT ?", [*params, limit]


def _mysql_condition(condition: Condition) -> str:
    return " ".join(f"+({' '.join(tokens)})" if len(tokens) > 1 else f"+{tokens[0]}" for tokens in condition)


def _scope_mysql(scope: Scope | None) -> tuple[str, list[Any]]:
    if scope is None:
        return "", []
    ways = []
    values: list[Any] = []
    if scope.owners:
        ways.append(f"owner IN ({', '.join('?' * len(scope.owners))})")
        values += scope.owners
    if scope.departments:
        ways.append(f"department IN ({', '.join('?' * len(scope.departments))})")
        values += scope.departments
    return f" AND ({' OR '.join(ways) or '1 = 0'})", values
