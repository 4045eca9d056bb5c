"""Find records: ask the index for candidates in up to three questions, look at them, rank them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

from crm_desktop.core.asking import Ask, Asking, alone
from crm_desktop.core.find import mysql, sqlite
from crm_desktop.core.find.grams import Doc
from crm_desktop.core.find.mysql import Sample
from crm_desktop.core.find.query import Look, Query
from crm_desktop.core.find.rank import ELSEWHERE, Match, rank
from crm_desktop.core.find.scope import Question, Scope
from crm_desktop.core.find.titles import titles
from crm_desktop.core.find.ways import Condition

_FEW = 200  # records opened one by one
_MOST = 300  # candidates of one question: enough for a ranked top 20
_SAMPLE_AGE = 3_600.0  # seconds: how common words are changes slowly, and somebody waits while it is found out
_WARMED = 12  # common characters whose lists are fetched before anybody asks


class Source(Protocol):
    """The part of a database that is needed here."""

    engine: str

    @property
    def strict(self) -> bool: ...

    def read(self, query: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...


Found = list[tuple[Doc, Match]]
Untold = Callable[[str, list[Condition], Scope | None, int], list[int]]
"""Gives those records of a type, at most so many, that meet a condition and of which the index has not been told yet."""


class Finder:
    """Finds the records of one database. Safe to use from several threads."""

    def __init__(self, source: Source, untold: Untold | None = None) -> None:
        self._source, self._untold = source, untold
        self._samples: dict[str, tuple[float, Sample]] = {}

    def find(
        self,
        type_key: str,
        query: Query,
        scope: Scope | None,
        limit: int,
        load: Callable[[list[int]], Iterable[Doc]],
        floor: float = 0,
    ) -> list[tuple[Doc, Match]]:
        """The best `limit` records of a type that match, best first.

        `load` gives what records say now; those that it leaves out (deleted, not to be seen) are not found. The index
        may promise too much, and for very common words it offers only the first few hundred. floor: nothing that scores less is
        wanted, because other types have enough that is better.
        """

        def loaded(ids: list[int]) -> Asking[Iterable[Doc]]:
            return load(ids)
            yield  # what makes it one that may ask

        return alone(self._source.read, self.ask(type_key, query, scope, limit, loaded, lambda _found: floor))

    def ask(
        self,
        type_key: str,
        query: Query,
        scope: Scope | None,
        limit: int,
        load: Callable[[list[int]], Asking[Iterable[Doc]]],
        floor: Callable[[Found], float],
    ) -> Asking[Found]:
        """The same as a search that may go side by side with those of other types. floor: is told what has been found so far, when all
        have looked at titles."""
        found: Found = []
        seen: set[int] = set()
        most = max(_MOST, limit)

        def look_at(ids: list[int]) -> Asking[None]:
            seen.update(ids)
            for doc in (yield from load(ids)) if ids else ():
                match = rank(query, doc)
                if match is not None:
                    found.append((doc, match))

        opened: dict[int, None] = {}
        if scope is not None and scope.opened is not None:
            sql, params = scope.opened
            # Where they are known already these are the ids themselves (core/sight.py).
            known = sql.startswith("?")
            few = params if known else [row[0] for row in (yield Ask(f"{sql} LIMIT ?", [*params, _FEW + 1]))]
            if len(few) <= _FEW:  # quicker looked at than looked up, with what the first question gives
                opened, scope = dict.fromkeys(few), replace(scope, opened=None)
        titles_first = bool(query.begins) and query.single
        for looks, (sql, params) in self._questions(type_key, query, scope):
            answer = [*opened, *(row[0] for row in (yield Ask(f"{sql} LIMIT ?", [*params, most])))]
            if looks and self._untold is not None and (self._source.strict or mysql.WAITS in answer):
                answer += self._untold(type_key, mysql.conditions(looks), scope, _MOST)
            yield from look_at([one for one in dict.fromkeys(answer) if one not in seen and one != mysql.WAITS])
            if sum(doc.id not in opened for doc, _match in found) >= limit:
                break
            if titles_first:
                floor(found)
                yield None
                if floor(found) > ELSEWHERE:
                    break
        yield from look_at([one for one in opened if one not in seen])  # of some texts there is nothing to ask
        found.sort(key=lambda one: (-one[1].score, one[0].id))
        return found[:limit]

    def _questions(self, type_key: str, query: Query, scope: Scope | None) -> Iterator[tuple[Sequence[Look], Question]]:
        """What to ask, the surest first, and what it looks for among words: each only if the ones before it did not find enough.

        Titles that begin so rank before what is found inside names, numbers and notes, so little is lost by stopping.
        """
        if not query:
            return
        for question in titles(type_key, query, scope):
            yield (), question
        for looks in (query.looks, query.deep):
            if looks and self._source.engine == "sqlite":
                yield (), sqlite.question(type_key, looks, scope)
            elif looks:
                strict = self._source.strict
                sample = Sample(0.0, 0, {}) if strict else self._sample(type_key)
                for question in mysql.questions(type_key, looks, scope, sample, not strict, self._untold is not None):
                    yield looks, question

    def warm(self, type_key: str) -> None:
        """Do before the first search what it would wait for: learn which words are common, and have a server that has just started
        read their lists from its disk."""
        if self._source.engine == "sqlite" or self._source.strict:
            return
        if (question := mysql.common(type_key, self._sample(type_key), _WARMED)) is not None:
            self._source.read(*question)

    def _sample(self, type_key: str) -> Sample:
        """How common tokens are in a type's index, as of the last hour."""
        now = time.monotonic()
        taken, sample = self._samples.get(type_key, (0.0, None))
        if sample is None or now - taken > _SAMPLE_AGE:
            sample = Sample.take(self._source.read, type_key)
            self._samples[type_key] = (now, sample)
        return sample


def match(engine: str, type_key: str, query: Query, scope: Scope | None, limit: int = _MOST) -> Question:
    """All questions in one, for who does not keep a Finder."""
    asked = list(titles(type_key, query, scope))
    for looks in (query.looks, query.deep):
        if looks and engine == "sqlite":
            asked.append(sqlite.question(type_key, looks, scope))
        elif looks:
            asked += mysql.questions(type_key, looks, scope, Sample(0.0, 0, {}))
    if not asked:
        return "SELECT id FROM (SELECT 0 AS id) AS nobody WHERE 1 = 0", []
    sql = " UNION ALL ".join(part for part, _ in asked)
    return f"{sql} LIMIT ?", [*(value for _, values in asked for value in values), limit]
