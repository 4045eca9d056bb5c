"""A small neutral notation for tables, and its expansion to the SQL of both engines.

Migrations are written in it, so that a table is described once. Kinds of columns:

| kind         | SQLite              | MySQL, MariaDB     |                                        |
|--------------|---------------------|--------------------|----------------------------------------|
| id           | INTEGER PRIMARY KEY | BIGINT PRIMARY KEY | made by the program                    |
| int          | INTEGER             | BIGINT             | also flags, links, money in minor units |
| real         | REAL                | DOUBLE             |                                        |
| varchar(n)   | TEXT                | VARCHAR(n)         | n up to 500                            |
| text         | TEXT                | LONGTEXT           | any length, JSON too                   |
| day          | TEXT                | DATE               | 2026-01-31                             |
| moment       | TEXT                | DATETIME           | 2026-01-31 08:05:00, in UTC, to the second |
| blob         | BLOB                | LONGBLOB           |                                        |
"""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.core.later import pattern

_KINDS = {
    "id": ("INTEGER", "BIGINT"),
    "int": ("INTEGER", "BIGINT"),
    "real": ("REAL", "DOUBLE"),
    "text": ("TEXT", "LONGTEXT"),
    "day": ("TEXT", "DATE"),
    "moment": ("TEXT", "DATETIME"),
    "blob": ("BLOB", "LONGBLOB"),
}
_VARCHAR = pattern(r"varchar\((\d{1,3})\)")
LONGEST_VARCHAR = 500
# Of a column without a length only so many characters go into an index on MySQL (4 bytes each, 3,072 in all).
_INDEXED_CHARACTERS = 190
_LONGEST_NAME = 64


class Column(NamedTuple):
    """One column; `default` is what rows get that do not name it, or that are there when it is added."""

    name: str
    kind: str
    null: bool = False
    default: int | float | str | None = None

    def native(self, engine: str) -> str:
        """The type in the engine's words."""
        length = _VARCHAR.fullmatch(self.kind)
        if length is not None:
            if not 0 < int(length.group(1)) <= LONGEST_VARCHAR:
                raise ValueError(f"{self.name}: a varchar is 1 to {LONGEST_VARCHAR} long, else use text")
            return "TEXT" if engine == "sqlite" else f"VARCHAR({length.group(1)})"
        if self.kind not in _KINDS:
            raise ValueError(f"{self.name}: no such kind of column: {self.kind}")
        return _KINDS[self.kind][0 if engine == "sqlite" else 1]

    def sql(self, engine: str) -> str:
        """The column as it stands in CREATE TABLE and ADD COLUMN."""
        if self.kind == "id":
            return f'"{self.name}" {self.native(engine)} NOT NULL PRIMARY KEY'
        words = [f'"{self.name}"', self.native(engine), "NULL" if self.null and engine == "mysql" else ""]
        if not self.null:
            words.append("NOT NULL")
        if self.default is not None:
            words.append(f"DEFAULT {literal(self.default)}")
        return " ".join(word for word in words if word)


class Index(NamedTuple):
    """An index over the named columns, in this order."""

    columns: tuple[str, ...]
    unique: bool = False

    def name(self, table: str) -> str:
        """table_column_column; a long one is cut and told apart by a hash."""
        full = "_".join((table, *self.columns))
        if len(full) <= _LONGEST_NAME:
            return full
        import hashlib

        return f"{full[: _LONGEST_NAME - 9]}_{hashlib.sha1(full.encode()).hexdigest()[:8]}"

    def sql(self, table: Table, engine: str) -> str:
        """CREATE INDEX for a table that is there."""
        unique = "UNIQUE " if self.unique else ""
        return (
            f'CREATE {unique}INDEX "{self.name(table.name)}" ON "{table.name}" ({self.keys(table, engine)})'
        )

    def keys(self, table: Table, engine: str) -> str:
        """The columns in brackets; a text without a length needs one on MySQL."""
        kinds = {column.name: column.kind for column in table.columns}
        if not set(self.columns) <= set(kinds):
            raise ValueError(f"{table.name}: the index names columns that the table does not: {self.columns}")
        return ", ".join(
            f'"{name}"({_INDEXED_CHARACTERS})'
            if engine == "mysql" and kinds[name] in ("text", "blob")
            else f'"{name}"'
            for name in self.columns
        )


class Table(NamedTuple):
    """One table; `key` names the columns of a primary key of several columns (instead of an `id`)."""

    name: str
    columns: tuple[Column, ...]
    indexes: tuple[Index, ...] = ()
    key: tuple[str, ...] = ()

    def sql(self, engine: str, collation: str = "") -> list[str]:
        """The statements that make the table and its indexes; one on MySQL, so that a kill leaves no half."""
        parts = [column.sql(engine) for column in self.columns]
        if self.key:
            parts.append("PRIMARY KEY ({})".format(", ".join(f'"{name}"' for name in self.key)))
        if engine == "sqlite":
            # STRICT refuses a value of the wrong type, as a server does.
            options = "STRICT, WITHOUT ROWID" if self.key else "STRICT"
            create = f'CREATE TABLE "{self.name}" ({", ".join(parts)}) {options}'
            return [create, *(index.sql(self, engine) for index in self.indexes)]
        for index in self.indexes:
            unique = "UNIQUE " if index.unique else ""
            parts.append(f'{unique}INDEX "{index.name(self.name)}" ({index.keys(self, engine)})')
        options = f"ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE {collation}"
        return [f'CREATE TABLE "{self.name}" ({", ".join(parts)}) {options}']


def literal(value: int | float | str) -> str:
    """A default as SQL."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(int(value)) if isinstance(value, bool) else repr(value)
