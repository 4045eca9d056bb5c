"""Ids of programs that work at the same time never meet."""

from __future__ import annotations

import pytest

from crm_desktop.business import RECORD_TYPES, Task
from crm_desktop.core import ids
from crm_desktop.core.access import Actor
from crm_desktop.core.ids import new_id, new_ids, take_node
from crm_desktop.core.records import Records
from crm_desktop.database.engine import Database


@pytest.fixture(autouse=True)
def own_node() -> None:
    was = ids._node
    yield
    take_node(was)


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """All within one millisecond of 2038, after whatever was made before."""
    monkeypatch.setattr(ids.time, "time", lambda: 2_147_483_648.0)
    monkeypatch.setattr(ids, "_last", 0)


def as_another_program(monkeypatch: pytest.MonkeyPatch, node: int) -> None:
    monkeypatch.setattr(ids, "_last", 0)
    take_node(node)


def test_ids_grow(stopped: None) -> None:
    made = [new_id(), *new_ids(3_000), new_id()]
    assert made == sorted(set(made))
    assert all(one.bit_length() <= 63 for one in made)


def test_two_nodes_in_the_same_millisecond(stopped: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made = set()
    for node in range(1_024):
        as_another_program(monkeypatch, node)
        made |= {new_id() for _ in range(20)}
    assert len(made) == 1_024 * 20


def test_each_program_that_writes_draws_a_node(database: Database) -> None:
    for number in (1, 2):
        take_node(1_000)
        records = Records(database, RECORD_TYPES)
        for title in ("Call", "Call again"):
            records.save(Task(title=title), Actor.program())
            assert ids._node == number
    assert database.read("SELECT value FROM counter WHERE name = 'node'") == [(2,)]
