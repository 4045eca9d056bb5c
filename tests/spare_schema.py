"""A schema on the test server: made once and emptied between tests, since making forty tables is slow."""

from __future__ import annotations

import itertools
import os
from typing import Any

from crm_desktop.database.engine import open_database
from crm_desktop.database.line import Line

_numbers = itertools.count(1)


class SpareSchema:
    """One schema; `migrated` says whether it is brought up to date or left not even created."""

    def __init__(self, server: str, migrated: bool = True) -> None:
        self.name = f"crm_{os.getpid()}_{next(_numbers)}"
        self.address = f"{server}/{self.name}"
        self._line: Line | None = None
        self._shipped: dict[str, list[tuple[Any, ...]]] = {}
        if migrated:
            database = open_database(self.address)
            self._line = Line(database.backend)
            database.close()
            self._shipped = {name: self._line.fetch(f'SELECT * FROM "{name}"') for name in self._tables()}

    def clear(self) -> None:
        """Take away what the test wrote, and put back the rows the migrations had made if it changed them."""
        assert self._line is not None
        tables = self._tables()
        if tables != list(self._shipped):
            raise AssertionError("a test on the shared schema changed its tables; use the fixture `place`")
        # One round trip tells which tables have rows at all; most have none.
        asked = " UNION ALL ".join(
            f"SELECT '{name}' FROM (SELECT 1 FROM \"{name}\" LIMIT 1) x" for name in tables
        )
        for (name,) in self._line.fetch(asked):
            rows = self._shipped[name]
            if rows and self._line.fetch(f'SELECT * FROM "{name}"') == rows:
                continue
            self._line.execute(f'DELETE FROM "{name}"')
            if rows:
                marks = ", ".join(["%s"] * len(rows[0]))
                self._line.execute_many(f'INSERT INTO "{name}" VALUES ({marks})', rows)

    def drop(self) -> None:
        """Remove it from the server."""
        import pymysql  # only where a server is really used

        from crm_desktop.database.place import ServerPlace, find_place

        if self._line is not None:
            self._line.close()
        place = find_place(self.address)
        assert isinstance(place, ServerPlace)
        with pymysql.connect(
            host=place.host, port=place.port, user=place.user, password=place.password
        ) as raw:
            raw.cursor().execute(f"DROP DATABASE IF EXISTS `{self.name}`")

    def _tables(self) -> list[str]:
        assert self._line is not None
        rows = self._line.fetch(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name"
        )
        return [name for (name,) in rows]
