"""Ask the record table itself for titles that begin with the query, by its index on the sort key."""

from __future__ import annotations

from collections.abc import Iterator

from crm_desktop.core.find.query import Query
from crm_desktop.core.find.scope import Question, Scope

_EACH = 60  # records, for one owner and one spelling
_MOST_OWNERS = 8  # asked one by one, so that each answer comes in the order of the index


def titles(type_key: str, query: Query, scope: Scope | None) -> Iterator[Question]:
    """The ids of living records whose title begins so; needs (deleted_at, owner or department, sort_key) indexes."""
    parts = []
    params = []
    for key in query.begins:
        for condition, values in _whose(scope):
            parts.append(
                f"SELECT id FROM (SELECT id FROM `{type_key}` WHERE deleted_at IS NULL{condition}"
                " AND sort_key >= ? AND sort_key < ? ORDER BY sort_key LIMIT ?) AS titles"
            )
            params += [*values, key, f"{key}~", _EACH]
    if parts:
        yield " UNION ALL ".join(parts), params


def _whose(scope: Scope | None) -> list[Question]:
    if scope is None:
        return [("", [])]
    each = scope.each()
    if len(each) > _MOST_OWNERS:
        each = [scope.condition(), *scope.apart("id")]
    return [(f" AND {condition}", values) for condition, values in each]
