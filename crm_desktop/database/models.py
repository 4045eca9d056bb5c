"""Derives neutral tables from peewee models: to freeze migrations, and to check a database against models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.tables import LONGEST_VARCHAR, Column, Index, Table

# By peewee's own name of the column type, so that subclasses of its fields are understood.
_KINDS = {
    "INT": "int",
    "BIGINT": "int",
    "SMALLINT": "int",
    "BOOL": "int",
    "FLOAT": "real",
    "DOUBLE": "real",
    "TEXT": "text",
    "JSON": "text",
    "DATE": "day",
    "DATETIME": "moment",
    "BLOB": "blob",
}


def tables_for(models: Iterable[type[peewee.Model]]) -> tuple[Table, ...]:
    """The tables the models describe, with the indexes of their fields and of `Meta.indexes`."""
    return tuple(_table(model) for model in models)


def _table(model: type[peewee.Model]) -> Table:
    meta: Any = model._meta
    key: tuple[str, ...] = ()
    if isinstance(meta.primary_key, peewee.CompositeKey):
        key = tuple(meta.fields[name].column_name for name in meta.primary_key.field_names)
    elif not meta.primary_key:
        raise ValueError(f"{model.__name__} has no primary key")
    columns = tuple(_column(field) for field in meta.sorted_fields)
    indexes = {index.columns: index for index in (_index(model, index) for index in meta.fields_to_index())}
    return Table(meta.table_name, columns, tuple(indexes.values()), key)


def _column(field: peewee.Field) -> Column:
    name = str(field.column_name)
    if field.primary_key:
        return Column(name, "id" if "INT" in _type(field) or "AUTO" in _type(field) else _kind(field))
    return Column(name, _kind(field), bool(field.null))


def _kind(field: peewee.Field) -> str:
    kind = _type(field)
    if kind in ("VARCHAR", "CHAR"):
        length = int(getattr(field, "max_length", 255))
        return f"varchar({length})" if length <= LONGEST_VARCHAR else "text"
    if kind not in _KINDS:
        raise ValueError(f"{field.model.__name__}.{field.name}: no neutral kind for {kind}")
    return _KINDS[kind]


def _type(field: peewee.Field) -> str:
    return str(field.field_type).upper()


def _index(model: type[peewee.Model], index: Any) -> Index:
    if index._where is not None:
        raise ValueError(
            f"{model.__name__}: an index with WHERE exists on SQLite only; write it into the migration"
        )
    names = [getattr(part, "column_name", None) for part in index._expressions]
    if None in names:
        raise ValueError(f"{model.__name__}: only indexes of plain columns can be derived")
    return Index(tuple(str(name) for name in names), bool(index._unique))
