"""A little index of its own in memory, asked the way the door asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlcipher3 import dbapi2

from crm_desktop.core.find import Doc, Finder, Match, Scope, index_sql, parse, put, sort_key

RECORDS = """
CREATE TABLE {name} (id BIGINT PRIMARY KEY, sort_key VARCHAR(40), owner BIGINT, department BIGINT, deleted_at VARCHAR(19))
"""


class SmallIndex:
    """Records of one type, in memory."""

    engine = "sqlite"

    def __init__(self) -> None:
        self.connection = dbapi2.connect(":memory:")
        self.docs: dict[int, Doc] = {}
        for sql in [RECORDS.format(name="customer"), *index_sql(self.engine, "customer")]:
            self.run(sql)

    def run(self, query: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, params).fetchall()

    read = run

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        self.connection.executemany(sql, rows)

    def close(self) -> None:
        self.connection.close()

    def add(self, *docs: Doc) -> None:
        put(self, "customer", docs)
        self.many(
            "INSERT OR REPLACE INTO customer VALUES (?, ?, ?, ?, NULL)",
            [(doc.id, sort_key(doc.names[0]), doc.owner, doc.department) for doc in docs],
        )
        self.docs.update((doc.id, doc) for doc in docs)

    def hits(self, text: str, scope: Scope | None = None) -> list[tuple[Match, Doc]]:
        found = Finder(self).find("customer", parse(text), scope, 100, lambda ids: [self.docs[one] for one in ids])
        return [(match, doc) for doc, match in found]

    def find(self, text: str, scope: Scope | None = None) -> list[str]:
        return [doc.names[0] for _match, doc in self.hits(text, scope)]
