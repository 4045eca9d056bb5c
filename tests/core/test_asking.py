"""Searches that go side by side: each gets its own answers, and all that they ask at the same time is one question."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import pytest

from crm_desktop.core.asking import Ask, Asking, alone, together

TEXT, NUMBER = ("name", "VARCHAR"), ("id", "BIGINT")


class Server:
    """Answers, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._raw = sqlite3.connect(":memory:")
        self._raw.executescript("CREATE TABLE t (id INTEGER, name TEXT); INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, NULL)")

    def read(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        self.asked.append(sql)
        return self._raw.execute(sql, params).fetchall()


def steps(*asks: Ask | None, seen: list[Any] | None = None) -> Asking[list[Any]]:
    told: list[Any] = []
    for ask in asks:
        rows = yield ask
        told.append(rows)
        if seen is not None:
            seen.append(rows)
    return told


FIRST = Ask("SELECT id, name FROM t WHERE id <= ? ORDER BY id LIMIT 2", [2], (NUMBER, TEXT))
SECOND = Ask("SELECT name FROM t WHERE id = ?", [3], (TEXT,))
THIRD = Ask("SELECT name, id, id AS other FROM t WHERE id = ?", [1], (TEXT, NUMBER, ("other", "BIGINT")))
NOTHING = Ask("SELECT id FROM t WHERE id > ?", [9])


def several() -> list[Asking[list[Any]]]:
    return [steps(FIRST, SECOND), steps(), steps(THIRD), steps(NOTHING, None, FIRST), steps(SECOND, SECOND, SECOND)]


def test_each_gets_its_own_answers() -> None:
    one, other = Server(), Server()
    told = together(one.read, several())
    assert told == [alone(other.read, asking) for asking in several()]
    assert told[2] == [[("a", 1, 1)]] and told[0][1] == [(None,)] and told[3][0] == []
    assert (len(one.asked), len(other.asked)) == (4, 8)


def test_who_waits_goes_on_when_all_have_come_as_far() -> None:
    order: list[Any] = []

    def quick() -> Asking[None]:
        yield None
        order.append("quick")

    def slow() -> Asking[None]:
        for _time in range(3):
            yield FIRST
            order.append("slow")
        yield None

    server = Server()
    together(server.read, [quick(), slow(), quick()])
    assert order == ["slow"] * 3 + ["quick"] * 2 and server.asked == [FIRST.sql] * 3


def test_what_goes_wrong_is_told() -> None:
    def broken() -> Asking[None]:
        yield FIRST
        raise LookupError

    with pytest.raises(LookupError):
        together(Server().read, [steps(FIRST, FIRST), broken()])
    assert together(Server().read, list[Asking[None]]()) == []
