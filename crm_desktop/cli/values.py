"""What the commands that print records need of their values: titles fetched at once, the fields people see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from crm_desktop.core.pointing import LinkKind, ManyKind
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records


def learn(records: Records, record_type: type[Record], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Fetch the titles of all records these rows point at, in one question for each column."""
    fields = records.fields(record_type)
    for place, name in enumerate(columns):
        kind = fields[name].kind
        if isinstance(kind, LinkKind):
            records.names.learn(kind.target, [row[place] for row in rows if row[place]])
        elif isinstance(kind, ManyKind):
            records.names.learn(kind.target, [one for row in rows for one in row[place] or ()])


def shown_fields(records: Records, record_type: type[Record]) -> list[str]:
    """All fields people may see, in the order of the form."""
    return [name for name, field in records.fields(record_type).items() if field.shown]


def batches(ids: Iterator[list[int]], limit: int) -> Iterator[list[int]]:
    """The chunks of a listing, cut off behind `limit` ids; 0 for no end."""
    left = limit
    for chunk in ids:
        part = chunk[:left] if limit else chunk
        if part:
            yield part
        left -= len(part)
        if limit and left <= 0:
            return
