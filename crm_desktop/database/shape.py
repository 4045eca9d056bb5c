"""Reads what tables a database really has, to be compared with those the program declares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crm_desktop.database.tables import Table

if TYPE_CHECKING:
    from crm_desktop.database.engine import Database


@dataclass
class Shape:
    """One table: column -> (type in the engine's words, may be NULL); index name -> (columns, unique)."""

    columns: dict[str, tuple[str, bool]] = field(default_factory=dict)
    indexes: dict[str, tuple[tuple[str, ...], bool]] = field(default_factory=dict)
    key: tuple[str, ...] = ()


def schema_of(database: Database) -> dict[str, Shape]:
    """Table name -> shape, for all ordinary tables of the database (search tables of SQLite are left out)."""
    return _of_sqlite(database) if database.engine == "sqlite" else _of_mysql(database)


def shapes_of(tables: Iterable[Table], engine: str) -> dict[str, Shape]:
    """Table name -> the shape it must have on `engine`."""
    shapes = {}
    for table in tables:
        key = table.key or tuple(column.name for column in table.columns if column.kind == "id")
        shapes[table.name] = Shape(
            {column.name: (column.native(engine).lower(), column.null) for column in table.columns},
            {index.name(table.name): (index.columns, index.unique) for index in table.indexes},
            key,
        )
    return shapes


def differences(database: Database, tables: Iterable[Table]) -> list[str]:
    """What the database has otherwise than `tables` say, one line each; other tables are not looked at."""
    found = schema_of(database)
    told = []
    for name, wanted in shapes_of(tables, database.engine).items():
        shape = found.get(name)
        if shape is None:
            told.append(f"table {name} is missing")
            continue
        told += _compared(f"{name}: column", shape.columns, wanted.columns)
        told += _compared(f"{name}: index", shape.indexes, wanted.indexes)
        if shape.key != wanted.key:
            told.append(f"{name}: primary key is {shape.key}, not {wanted.key}")
    return told


def _compared(what: str, found: Mapping[str, object], wanted: Mapping[str, object]) -> list[str]:
    told = [f"{what} {name} is missing" for name in wanted if name not in found]
    told += [f"{what} {name} is not declared" for name in found if name not in wanted]
    told += [
        f"{what} {name} is {found[name]}, not {wanted[name]}"
        for name in wanted
        if name in found and found[name] != wanted[name]
    ]
    return told


def _of_sqlite(database: Database) -> dict[str, Shape]:
    shapes = {
        name: Shape()
        for (name,) in database.read(
            "SELECT name FROM pragma_table_list "
            "WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    }
    for name, shape in shapes.items():
        keys = {}
        for column, kind, not_null, part in database.read(
            'SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (name,)
        ):
            shape.columns[column] = (kind.lower(), not not_null)
            if part:
                keys[part] = column
        shape.key = tuple(keys[part] for part in sorted(keys))
        for index, unique in database.read(
            "SELECT name, \"unique\" FROM pragma_index_list(?) WHERE origin = 'c'", (name,)
        ):
            columns = database.read("SELECT name FROM pragma_index_info(?) ORDER BY seqno", (index,))
            shape.indexes[index] = (tuple(row[0] for row in columns), bool(unique))
    return shapes


def _of_mysql(database: Database) -> dict[str, Shape]:
    shapes = {
        name: Shape()
        for (name,) in database.read(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'"
        )
    }
    for table, column, kind, null in database.read(
        "SELECT table_name, column_name, column_type, is_nullable FROM information_schema.columns "
        "WHERE table_schema = DATABASE() AND extra NOT LIKE '%INVISIBLE%' ORDER BY ordinal_position"  # those are the guard's
    ):
        if table in shapes:
            # MariaDB still shows a display width for whole numbers, MySQL 8 does not.
            plain = re.sub(r"^bigint\(\d+\)", "bigint", str(kind).lower())
            shapes[table].columns[column] = (plain, null == "YES")
    for table, index, column, not_unique in database.read(
        "SELECT table_name, index_name, column_name, non_unique FROM information_schema.statistics "
        "WHERE table_schema = DATABASE() AND index_type = 'BTREE' "
        "ORDER BY table_name, index_name, seq_in_index"
    ):
        shape = shapes[table]
        if index == "PRIMARY":
            shape.key += (column,)
            continue
        columns, unique = shape.indexes.get(index, ((), not not_unique))
        shape.indexes[index] = ((*columns, column), unique)
    return shapes
