"""Prints a migration for what the declared models have and a fresh database does not have yet.

    python -m crm_desktop.database.freeze NAME [MODULE:TUPLE] > crm_desktop/database/migrations/000N_NAME.py

MODULE:TUPLE names the models, by default RECORD_TYPES of crm_desktop.business and its TABLES; several may be
given. The printed file holds plain definitions and never looks at a model again. It makes new tables, adds
columns and changes indexes; whatever takes something away or changes the kind of a column is printed as a
comment, to be decided by a person.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Sequence
from importlib import import_module

from crm_desktop.database.engine import open_database
from crm_desktop.database.migrate import MIGRATIONS, migrations_in
from crm_desktop.database.models import tables_for
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.shape import Shape, schema_of
from crm_desktop.database.tables import Column, Index, Table

DEFAULT = ("crm_desktop.business:RECORD_TYPES", "crm_desktop.business.tables:TABLES")


def migration_text(name: str, tables: Sequence[Table], present: dict[str, Shape]) -> str:
    """The text of a migration that brings `present` (as on SQLite) to `tables`."""
    new = [table for table in tables if table.name not in present]
    changes = [
        line for table in tables if table.name in present for line in _changes(table, present[table.name])
    ]
    lines = [f'"""{name.replace("_", " ").capitalize()}."""', ""]
    lines += ["from crm_desktop.database.steps import Steps"]
    lines += ["from crm_desktop.database.tables import Column, Index, Table", ""]
    lines += ["TABLES = (", *(_indented(_table(table), 4) + "," for table in new), ")", ""] if new else []
    lines += ["", "def up(steps: Steps) -> None:", f'    """{name.replace("_", " ").capitalize()}."""']
    lines += ["    steps.create(*TABLES)"] if new else []
    lines += [f"    {line}" for line in changes]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> str:
    lines = ["Table(", f"    {quoted(table.name)},", "    ("]
    lines += [f"        {_column(column)}," for column in table.columns]
    lines += ["    ),"]
    if table.indexes:
        lines += ["    (", *(f"        {_index(index)}," for index in table.indexes), "    ),"]
    if table.key:
        lines.append(f"    key={_names(table.key)},")
    return "\n".join([*lines, ")"])


def _changes(table: Table, shape: Shape) -> list[str]:
    lines = []
    added = [column for column in table.columns if column.name not in shape.columns]
    for column in added:
        hint = "" if column.null else "  # give it a default for the rows that are there"
        lines.append(f"steps.add({quoted(table.name)}, {_column(column)}){hint}")
    wanted = {index.name(table.name): index for index in table.indexes}
    for name, (columns, unique) in shape.indexes.items():
        if name not in wanted:
            lines.append(f"steps.drop_index({quoted(table.name)}, {_index(Index(columns, unique))})")
    missing = [index for name, index in wanted.items() if name not in shape.indexes]
    if missing:
        kinds = {name for index in missing for name in index.columns}
        named = ", ".join(_column(column) for column in table.columns if column.name in kinds)
        lines.append(f"table = Table({quoted(table.name)}, ({named},))")
        lines += [f"steps.index(table, {_index(index)})" for index in missing]
    declared = {column.name: column for column in table.columns}
    for column_name, (kind, null) in shape.columns.items():
        if column_name not in declared:
            lines.append(f"# {table.name}.{column_name} is not declared any more")
        elif (declared[column_name].native("sqlite").lower(), declared[column_name].null) != (kind, null):
            lines.append(
                f"# {table.name}.{column_name} was {kind}{' NULL' if null else ''}, "
                f"is {_column(declared[column_name])}"
            )
    return lines


def _column(column: Column) -> str:
    parts = [quoted(column.name), quoted(column.kind)]
    parts += ["null=True"] if column.null else []
    parts += [f"default={column.default!r}"] if column.default is not None else []
    return f"Column({', '.join(parts)})"


def _index(index: Index) -> str:
    return f"Index({_names(index.columns)}{', unique=True' if index.unique else ''})"


def _names(names: Iterable[str]) -> str:
    listed = [quoted(name) for name in names]
    return f"({listed[0]},)" if len(listed) == 1 else f"({', '.join(listed)})"


def quoted(text: str) -> str:
    """A name in double quotes, as the house formats it."""
    return f'"{text}"'


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line for line in text.splitlines())


def models_of(sources: Sequence[str] = DEFAULT) -> list[type[peewee.Model]]:
    """The models of each MODULE:TUPLE; by name, because this room does not know the business."""
    models: list[type[peewee.Model]] = []
    for source in sources:
        module, _colon, name = source.partition(":")
        models += getattr(import_module(module), name)
    return models


def main(arguments: Sequence[str]) -> int:
    """The command; prints to standard output."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    tables = tables_for(models_of(arguments[1:] or DEFAULT))
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(folder)
        present = schema_of(database)
        database.close()
    number = len(migrations_in(MIGRATIONS)) + 1
    print(f"0{number:03}_{arguments[0]}.py", file=sys.stderr)
    sys.stdout.write(migration_text(arguments[0], tables, present))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
