"""Many rows at once arrive as they were given, whatever is in them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.database import mysql_rows
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Table

ADD = "INSERT INTO goods (id, name, place, amount, price) VALUES (?, ?, ?, ?, ?)"
UGLY = ("'; DROP TABLE goods; --", "'", "''", "a\\", "\\'", "a\0b", "%s", "%", "?", "),(", "😀", "名'称", "", " ", "\n", "\x1a")
TEXTS = st.one_of(st.sampled_from(UGLY), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
ROWS = st.lists(
    st.tuples(TEXTS, st.none() | TEXTS, st.none() | st.integers(-(2**63), 2**63 - 1), st.none() | st.just(1.5)), max_size=8
)


@pytest.fixture
def goods(place: str) -> Database:
    database = open_database(place)
    columns = (
        Column("id", "id"), Column("name", "text"), Column("place", "text", null=True), Column("amount", "int", null=True),
        Column("price", "real", null=True),
    )  # fmt: skip
    Steps(database.backend, database.line()).create(Table("goods", columns))
    yield database
    database.close()


def stored(database: Database) -> list[tuple[Any, ...]]:
    return database.read("SELECT id, name, place, amount, price FROM goods ORDER BY id")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_whatever_is_in_them(goods: Database, rows: list[tuple[Any, ...]]) -> None:
    numbered = [(number, *row) for number, row in enumerate(rows, 1)]

    def work(tx: Any) -> int:
        tx.run("DELETE FROM goods")
        tx.many(ADD, numbered)
        return int(tx.changed)

    assert goods.write(work) == len(rows)
    assert stored(goods) == numbered


def test_more_than_one_statement_takes(goods: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mysql_rows, "LONGEST", 300)
    rows = [(number, "名" * (number % 90), None, number, None) for number in range(1, 200)]

    def work(tx: Any) -> int:
        tx.many(ADD, rows)
        return int(tx.changed)

    assert goods.write(work) == len(rows)
    assert stored(goods) == rows


def test_values_of_other_kinds(goods: Database) -> None:
    rows = [(1, dt.date(2026, 3, 18), dt.datetime(2026, 3, 18, 8, 5), True, Decimal("1.25"))]
    goods.write(lambda tx: tx.many(ADD, rows))
    assert stored(goods) == [(1, "2026-03-18", "2026-03-18 08:05:00", 1, 1.25)]


def test_one_of_them_is_there_already(goods: Database) -> None:
    goods.write(lambda tx: tx.many(ADD, [(2, "two", None, None, None)]))
    with pytest.raises(peewee.IntegrityError):
        goods.write(lambda tx: tx.many(ADD, [(number, "again", None, None, None) for number in (1, 2, 3)]))
    assert stored(goods) == [(2, "two", None, None, None)]


def test_rows_that_do_not_fit_the_statement(goods: Database) -> None:
    with pytest.raises((TypeError, peewee.ProgrammingError)):
        goods.write(lambda tx: tx.many(ADD, [(1, "one")]))
    assert stored(goods) == []


def test_what_is_no_plain_insert(goods: Database) -> None:
    goods.write(lambda tx: tx.many(ADD, [(number, "a'b", None, number, None) for number in (1, 2, 3)]))
    goods.write(lambda tx: tx.many("UPDATE goods SET name = ? WHERE id = ?", [("x'y%s", 1), ("z", 3)]))
    assert [row[1] for row in stored(goods)] == ["x'y%s", "a'b", "z"]
    goods.write(lambda tx: tx.many("REPLACE INTO goods (id, name) VALUES (?, ?)", [(1, "new"), (4, "four")]))
    assert [row[1] for row in stored(goods)] == ["new", "a'b", "z", "four"]
