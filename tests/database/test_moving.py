"""A file becomes a server's database and back again, every row proven; a kill loses nothing, other data is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.core import apart
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import Refused
from crm_desktop.core.find import UNTOLD
from crm_desktop.database import moving
from crm_desktop.database.engine import Database, open_database
from tests.office import open_office
from tests.spare_schema import SpareSchema


@pytest.fixture
def filled(tmp_path: Path, clock: FixedClock) -> Iterator[Database]:
    database = open_database(tmp_path / "source")
    office = open_office(database, clock)
    customers = [Customer(name=f"公司{number}", note="行1\n行2 ' \\ % \U0001f600" if number % 3 else "") for number in range(120)]
    office.records.unit(Actor.program(), lambda unit: unit.add(customers), trusted=True)
    people = [Contact(name=f"人{number}", customer=one.id) for number, one in enumerate(customers)]
    office.records.unit(Actor.program(), lambda unit: unit.add(people), trusted=True)
    office.records.settings.put("company", "明达")
    moment = datetime(2026, 3, 18, 2, 0)
    database.write(lambda tx: apart.part(tx, [one.id for one in customers[:12]], None, moment))  # a key of two columns
    yield database
    database.close()


@pytest.fixture
def empty(server: str) -> Iterator[Database]:
    schema = SpareSchema(server, migrated=False)
    database = open_database(schema.address)
    yield database
    database.close()
    schema.drop()


def contents(database: Database) -> dict[str, Any]:
    names = ("customer", "contact", "journal", "counter", "setting", "apart")
    return {name: database.read(f"SELECT * FROM `{name}` ORDER BY 1, 2") for name in names}


def test_there_and_back(filled: Database, empty: Database, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    proofs = moving.move(filled, empty, told=lambda *step: told.append(step))
    assert {proof.table: proof.rows for proof in proofs}["customer"] == 120
    assert ("customer", 120, 120) in told
    moving.finish(empty)
    back = open_database(tmp_path / "back")
    again = moving.move(empty, back, frozenset(name for (name,) in empty.read("SHOW TABLES LIKE 'find%'")) | {UNTOLD})
    assert [proof.checksum for proof in again] == [next(p.checksum for p in proofs if p.table == proof.table) for proof in again]
    assert contents(back) == contents(filled)
    back.close()


def test_a_target_with_other_data_is_refused(filled: Database, tmp_path: Path, clock: FixedClock) -> None:
    other = open_database(tmp_path / "other")
    open_office(other, clock)
    before = contents(other)
    with pytest.raises(Refused) as refused:
        moving.move(filled, other)
    assert refused.value.text == moving.HOLDS_DATA
    assert contents(other) == before
    other.close()


def test_a_move_killed_behind_its_last_step_is_told_from_other_data(filled: Database, empty: Database) -> None:
    moving.move(filled, empty)
    moving.finish(empty)
    before = contents(empty)
    with pytest.raises(Refused) as refused:
        moving.move(filled, empty)
    assert refused.value.text == moving.FINISHED
    assert contents(empty) == before


@pytest.mark.parametrize("survives", range(1, 40, 6))
def test_a_killed_move_goes_on(filled: Database, empty: Database, monkeypatch: pytest.MonkeyPatch, survives: int) -> None:
    monkeypatch.setattr(moving, "PORTION", 17)
    steps = 0

    def dies(_table: str, _done: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        if steps == survives:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        moving.move(filled, empty, told=dies)
    resumed: list[int] = []
    moving.move(filled, empty, told=lambda table, done, _total: resumed.append(done) if table == "customer" else None)
    assert contents(empty) == contents(filled)


def test_work_meanwhile_is_noticed(filled: Database, empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "PORTION", 50)

    def meddles(table: str, done: int, _total: int) -> None:
        if table == "journal" and done == 50:
            filled.write(lambda tx: tx.run("UPDATE customer SET name = 'anders' WHERE name = '公司0'"))

    with pytest.raises(Refused):
        moving.move(filled, empty, told=meddles)
