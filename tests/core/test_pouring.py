"""A great many new records in one act leave the file as it was made: every index there, every index whole, whatever happens."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.business import Customer
from crm_desktop.core import alike, pouring, twins, untold
from crm_desktop.core.errors import Cancelled
from crm_desktop.core.record import copied
from crm_desktop.core.unit import Unit
from tests.office import Office


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pouring, "MANY", 1)


def columns(first: int, count: int) -> dict[str, list[Any]]:
    numbers = range(first, first + count)
    return {"name": [f"重庆{number}号有限公司" for number in numbers], "mobile": [f"1380013{number:04}" for number in numbers]}


def pour(office: Office, first: int, count: int, stop: bool = False) -> list[Any]:
    def work(unit: Unit) -> list[Any]:
        with unit.pouring(Customer, count):
            half = count // 2
            parts = [unit.add_columns(Customer, columns(start, half)) for start in (first, first + half)]
            ids = [one for part in parts for one in part or ()]
            if stop:
                raise Cancelled
        return ids

    return office.records.unit(office.boss, work, "import")[0]


def test_who_gives_up_while_the_end_is_told_finds_the_file_as_it_was(office: Office) -> None:
    """The indexes of lists are away and come back one by one: given up between two of them, all are there again."""
    before, told = shape(office), []

    def stop(part: float) -> None:
        told.append(part)
        if part > 1 - pouring.LISTS:
            raise Cancelled

    def work(unit: Unit) -> None:
        with unit.pouring(Customer, 40, told=stop):
            unit.add_columns(Customer, columns(0, 40))

    if office.records.database.engine == "mysql":  # there the end is another act's
        office.records.unit(office.boss, work, "import")
        assert told == []
        return
    with pytest.raises(Cancelled):
        office.records.unit(office.boss, work, "import")
    assert len(told) == 3 and told == sorted(told)
    assert shape(office) == before and office.records.count(Customer, office.boss) == 0
    pour(office, 0, 40)
    demand_whole(office)


def shape(office: Office) -> list[tuple[Any, ...]]:
    """The tables and indexes of the file, and what a connection of it is set to; nothing of a server, where nothing is changed."""
    if office.records.database.engine == "mysql":
        return []
    read = office.records.database.read
    index = {"automerge": 4, "crisismerge": 16} | dict(read("SELECT k, v FROM find_customer_config"))
    made = read("SELECT type, name, sql FROM sqlite_schema ORDER BY name")
    return [*made, *sorted(index.items()), *read("PRAGMA cache_size"), *read("PRAGMA temp_store")]


def demand_whole(office: Office) -> None:
    """Each index holds what its table does; each living record is found, and its keys are those it would get alone."""
    untold.take_in(office.records)
    read = office.records.database.read
    if office.records.database.engine == "sqlite":
        assert read("PRAGMA integrity_check") == [("ok",)]
    living = read("SELECT id FROM customer WHERE deleted_at IS NULL")
    customers = {one: office.records.get(Customer, one, office.boss) for (one,) in living}
    kept = set(read("SELECT hash, record FROM alike_customer"))
    assert kept == {(key, one) for one, record in customers.items() for key in alike.keys_of(twins.sketch_of(record))}
    found = office.records.search("30003", office.boss, [Customer])
    assert [hit.id for hit in found] == [one for one, record in customers.items() if record.mobile.endswith("30003")]


def test_into_an_empty_table_and_into_a_full_one(office: Office) -> None:
    before = shape(office)
    assert len(set(pour(office, 0, 40))) == 40
    assert shape(office) == before
    demand_whole(office)
    pour(office, 40, 4)  # fewer than are there
    assert shape(office) == before and office.records.count(Customer, office.boss) == 44
    demand_whole(office)


def test_what_is_stopped_leaves_nothing(office: Office) -> None:
    pour(office, 0, 10)
    before = shape(office)
    with pytest.raises(Cancelled):
        pour(office, 10, 40, stop=True)
    assert shape(office) == before and office.records.count(Customer, office.boss) == 10
    pour(office, 10, 10)
    demand_whole(office)


def test_what_came_is_taken_back_the_same_way(office: Office) -> None:
    """Half of the batch made, half of it changed; one was changed again since."""
    there = pour(office, 0, 40)
    before, was = shape(office), office.records.rows(Customer, office.boss, there, ["name", "mobile"])

    def work(unit: Unit) -> None:
        changed = unit.all_current(Customer, there)
        pairs = [(copied(one), one) for one in changed.values()]
        for record, one in pairs:
            record.name, record.mobile = f"{one.name}甲", f"1390013{one.mobile[-4:]}"
        unit.write_all(pairs, "update")
        unit.add_columns(Customer, columns(100, 40))

    batch = office.records.unit(office.boss, work, "import")[1].batch
    demand_whole(office)
    newer = office.records.get(Customer, there[5], office.boss)
    newer.name = "后来改的"
    office.records.save(newer, office.boss)
    outcome = office.records.undo(batch, office.boss)
    assert [one for one, _why in outcome.refused] == [there[5]] and len(outcome.done) == 79
    left = office.records.rows(Customer, office.boss, there, ["name", "mobile"])
    assert left.pop(there[5]) == ("后来改的", was.pop(there[5])[1]) and left == was
    assert office.records.count(Customer, office.boss) == 40 and shape(office) == before
    demand_whole(office)
    assert [hit.id for hit in office.records.search("后来改的", office.boss, [Customer])] == [there[5]]
    undone = office.records.last_batch(office.boss)
    assert undone is None or undone.id != batch


def test_the_indexes_by_which_records_are_looked_up_stay_meanwhile(office: Office) -> None:
    def work(unit: Unit) -> list[str]:
        with unit.pouring(Customer, 10):
            return [row[0] for row in unit.tx.run("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'customer'")]

    if office.records.database.engine == "sqlite":
        left = office.records.unit(office.boss, work)[0]
        assert any(name.endswith("code") for name in left) and any(name.endswith("name") for name in left)
        assert not any("deleted_at" in name for name in left)
