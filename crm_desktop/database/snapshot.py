"""A database on a server as it is at one moment: what others write meanwhile is not seen, and they do not wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from crm_desktop.database.engine import Database
from crm_desktop.database.line import Line
from crm_desktop.database.unit import Query

_BEGIN = ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")


class Snapshot(Database):
    """Reads on one connection, in one transaction; only `read` and `stream` are for use, one after the other."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.backend)
        self._still = database.patiently(self._begun)

    def _begun(self) -> Line:
        line = Line(self.backend, streaming=True)
        try:
            for sql in _BEGIN:
                line.execute(sql).close()
        except BaseException:
            line.close()
            raise
        return line

    def read(self, query: Query, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows, as they were at the moment. A line that is lost is an error: there is no second one to that moment."""
        return [row for rows in self.stream(query, params) for row in rows]

    def stream(self, query: Query, params: Sequence[Any] = (), size: int = 1000) -> Iterator[list[tuple[Any, ...]]]:
        """The same in portions; all of them must be taken before anything else is asked."""
        sql, values = self.compiled(query, params)
        try:
            yield from self._still.pages(sql, values, size)
        except Exception as error:
            self.raise_for_people(error)
            raise

    def close(self) -> None:
        """Give the moment up; the database itself stays open."""
        self._still.close()
        self.drop_line()
