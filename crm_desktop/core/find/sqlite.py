"""Ask the FTS5 index: every look is one MATCH that stops at its limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.core.find.index import table
from crm_desktop.core.find.query import Look
from crm_desktop.core.find.scope import Question, Scope, scope_tokens
from crm_desktop.core.find.ways import AnyOf, Condition


def question(type_key: str, looks: Sequence[Look], scope: Scope | None) -> Question:
    """The ids that the looks give, one look after the other; an id may come twice."""
    name = table(type_key)
    params: list[Any] = []
    parts = []
    for look in looks:
        wanted = [_term(term) for term in look.terms]
        for apart, values in scope.apart("+rowid") if scope is not None else ():
            parts.append(f"SELECT id FROM (SELECT rowid AS id FROM {name} WHERE {name} MATCH ? AND {apart} LIMIT ?)")
            params += [" AND ".join(wanted), *values, look.limit]
        if scope is not None:
            wanted.append(_any_of(scope_tokens(scope)))
        parts.append(f"SELECT id FROM (SELECT rowid AS id FROM {name} WHERE {name} MATCH ? LIMIT ?)")
        params += [" AND ".join(wanted), look.limit]
    return " UNION ALL ".join(parts), params


def _term(conditions: tuple[Condition, ...]) -> str:
    ways = [" AND ".join(map(_any_of, condition)) for condition in conditions]
    return f"({' OR '.join(f'({way})' for way in ways)})"


def _any_of(tokens: AnyOf) -> str:
    return f"({' OR '.join(tokens)})" if len(tokens) > 1 else tokens[0]
