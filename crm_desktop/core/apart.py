"""Pairs of records somebody has called two different ones: they are not told as duplicates any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from crm_desktop.database.peewee_import import peewee

_AT_ONCE = 400


class Apart(peewee.Model):
    """Two records that are not the same, the smaller id first; who said so, and when."""

    first = peewee.BigIntegerField()
    second = peewee.BigIntegerField(index=True)
    actor = peewee.BigIntegerField(null=True)
    at = peewee.DateTimeField()

    class Meta:
        table_name = "apart"
        primary_key = peewee.CompositeKey("first", "second")


def part(tx: Any, ids: Sequence[int], actor: int | None, at: datetime) -> None:
    """Say of these records that no two of them are the same."""
    ordered = sorted(set(ids))
    pairs = [(one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :]]
    ignore = "INSERT IGNORE" if tx.engine == "mysql" else "INSERT OR IGNORE"
    moment = at.strftime("%Y-%m-%d %H:%M:%S")
    tx.many(f"{ignore} INTO apart (first, second, actor, at) VALUES (?, ?, ?, ?)", [(*pair, actor, moment) for pair in pairs])


def join(tx: Any, ids: Sequence[int]) -> None:
    """Take that back."""
    ordered = sorted(set(ids))
    pairs = [(one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :]]
    tx.many("DELETE FROM apart WHERE first = ? AND second = ?", pairs)


def pairs(run: Callable[[str, Sequence[Any]], list[tuple[Any, ...]]], ids: Iterable[int] | None = None) -> set[tuple[int, int]]:
    """Both orders of every pair that one of `ids` is in; of all pairs without `ids`."""
    if ids is None:
        rows = run("SELECT first, second FROM apart", ())
    else:
        rows, wanted = [], sorted(set(ids) - {0})
        for start in range(0, len(wanted), _AT_ONCE):
            part_of = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(part_of))
            rows += run(f"SELECT first, second FROM apart WHERE first IN ({marks})", part_of)
            rows += run(f"SELECT first, second FROM apart WHERE second IN ({marks})", part_of)
    return {(one, other) for one, other in rows} | {(other, one) for one, other in rows}
