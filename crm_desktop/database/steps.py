"""What a migration may do: each step works on both engines and, on a server, may be repeated after a kill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.database.line import Engine, Line
from crm_desktop.database.tables import Column, Index, Table


class Steps:
    """Handed to `up(steps)` of a migration.

    On SQLite all of it is one transaction. A server commits every change of the schema at once, so there a
    migration that was killed starts again from its first step. Steps that are done are passed over, the SQL
    given to `run` must not mind being run twice, and no step may need what a later step takes away or
    renames.
    """

    def __init__(self, engine: Engine, line: Line) -> None:
        self.engine = engine.name
        self._collation = str(getattr(engine, "collation", ""))
        self._statement = engine.statement
        self._line = line

    def create(self, *tables: Table) -> None:
        """Make tables with their indexes."""
        for table in tables:
            if not self.has_table(table.name):
                self._run_all(table.sql(self.engine, self._collation))

    def drop_table(self, name: str) -> None:
        """Take a table away with its rows."""
        self.run(f'DROP TABLE IF EXISTS "{name}"')

    def add(self, table: str, *columns: Column) -> None:
        """Add columns; one that may not be NULL needs a default."""
        for column in columns:
            if column.name not in self.columns(table):
                self.run(f'ALTER TABLE "{table}" ADD COLUMN {column.sql(self.engine)}')

    def drop(self, table: str, *columns: str) -> None:
        """Take columns away; their indexes must be gone before."""
        for name in columns:
            if name in self.columns(table):
                self.run(f'ALTER TABLE "{table}" DROP COLUMN "{name}"')

    def rename(self, table: str, old: str, new: str) -> None:
        """Give a column another name."""
        if old in self.columns(table):
            self.run(f'ALTER TABLE "{table}" RENAME COLUMN "{old}" TO "{new}"')

    def index(self, table: Table, *indexes: Index) -> None:
        """Add indexes to a table that is there; `table` tells the kinds of the columns they name."""
        for index in indexes:
            if index.name(table.name) not in self.indexes(table.name):
                self.run(index.sql(table, self.engine))

    def drop_index(self, table: str, *indexes: Index) -> None:
        """Take indexes away."""
        for index in indexes:
            name = index.name(table)
            if name in self.indexes(table):
                self.run(f'DROP INDEX "{name}"' + (f' ON "{table}"' if self.engine == "mysql" else ""))

    def run(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run SQL that both engines understand, with `?` placeholders."""
        return self._line.fetch(self._statement(sql), params)

    def run_for(self, sqlite: Sequence[str] = (), mysql: Sequence[str] = ()) -> None:
        """Run the statements of the engine at hand; CREATE … IF NOT EXISTS, so that they may be repeated."""
        self._run_all(sqlite if self.engine == "sqlite" else mysql)

    def has_table(self, name: str) -> bool:
        """Whether there is such a table."""
        return bool(self.run(_TABLE_QUERY[self.engine], (name,)))

    def columns(self, table: str) -> list[str]:
        """The names of a table's columns."""
        return [row[0] for row in self.run(_COLUMNS_QUERY[self.engine], (table,))]

    def indexes(self, table: str) -> set[str]:
        """The names of a table's indexes."""
        return {row[0] for row in self.run(_INDEXES_QUERY[self.engine], (table,))}

    def _run_all(self, statements: Sequence[str]) -> None:
        for sql in statements:
            self.run(sql)


_TABLE_QUERY = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?",
    "mysql": "SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = DATABASE() AND table_name = ?",
}
_COLUMNS_QUERY = {
    "sqlite": "SELECT name FROM pragma_table_info(?)",
    "mysql": "SELECT column_name FROM information_schema.columns "
    "WHERE table_schema = DATABASE() AND table_name = ?",
}
_INDEXES_QUERY = {
    "sqlite": "SELECT name FROM pragma_index_list(?)",
    "mysql": "SELECT DISTINCT index_name FROM information_schema.statistics "
    "WHERE table_schema = DATABASE() AND table_name = ?",
}
