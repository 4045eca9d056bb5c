"""What an import leaves to be indexed later is found all the same, and the index says the truth once it has been told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES, Customer
from crm_desktop.core import find, finding, pouring
from crm_desktop.core.checks import traces
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.find import later
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.unit import Tx
from tests.core.material import NOW
from tests.office import Office, open_office

COUNT = 30


@pytest.fixture
def office(place: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Some customers of li and of sun have just been imported."""
    monkeypatch.setattr(pouring, "MANY", 1)
    database = open_database(place)
    office = open_office(database, FixedClock(NOW))

    def work(unit: Unit) -> None:
        owners = [office.ids["li" if number % 2 else "sun"] for number in range(COUNT)]
        with unit.pouring(Customer, COUNT):
            columns: dict[str, list[Any]] = {
                "name": [f"重庆长江{'甲乙丙丁'[number % 4]}{number}号有限公司" for number in range(COUNT)],
                "mobile": [f"1380013{number:04}" for number in range(COUNT)],
                "owner": owners,
            }
            unit.add_columns(Customer, columns)

    office.records.unit(office.boss, work, "import")
    yield office
    database.close()


def waiting(office: Office) -> int:
    database = office.records.database
    return database.read(f"SELECT COUNT(*) FROM {find.LATER}")[0][0] if database.engine == "mysql" else 0


def found(office: Office, text: str, who: str = "boss") -> set[str]:
    return {hit.title for hit in office.records.search(text, office.actor(who), [Customer], 100)}


def wrong(office: Office) -> list[str]:
    """What a check of the search index tells."""
    return [one.sentence("en") for one in traces.index(office.records)]


def demand_found(office: Office) -> None:
    """By words, digits, initials and sounds, and nobody finds what he does not see."""
    for text in ("长江甲", "cjjia", "zhangjiangjia"):  # 长 is read in two ways
        assert len(found(office, text)) == COUNT // 4 + 1, text
    assert found(office, "130003") == {"重庆长江丁3号有限公司"} == found(office, "130003", "li")
    assert found(office, "130003", "sun") == set()
    assert len(found(office, "长江", "li")) == len(found(office, "长江", "sun")) == COUNT // 2
    assert wrong(office) == []


def test_it_is_found_before_and_after(office: Office) -> None:
    server = office.records.database.engine == "mysql"
    assert waiting(office) == (COUNT if server else 0)
    demand_found(office)
    finding.take_in(office.records)
    assert waiting(office) == 0
    if server:
        assert office.records.database.read("SELECT COUNT(*) FROM find_customer") == [(COUNT,)]
    demand_found(office)


def test_half_of_it_is_indexed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later, "PORTION", 7)
    assert finding.take_some_in(office.records) == (office.records.database.engine == "mysql")
    assert waiting(office) in (0, COUNT - 7)
    demand_found(office)
    finding.take_in(office.records)
    demand_found(office)


def test_what_is_changed_meanwhile_is_found_as_it_is_now(office: Office) -> None:
    customer = _any(office)
    customer.name = "青岛海风"
    office.records.save(customer, office.boss)
    assert found(office, "海风") == {"青岛海风"}
    finding.take_in(office.records)
    assert found(office, "海风") == {"青岛海风"} and len(found(office, "长江")) == COUNT - 1
    assert wrong(office) == []


def test_what_is_taken_back_meanwhile_is_gone(office: Office) -> None:
    records = office.records
    gone = _any(office)
    records.delete(Customer, [gone.id], office.admin)
    finding.take_in(records)
    assert len(found(office, "长江")) == COUNT - 1
    assert wrong(office) == []
    records.restore(Customer, [gone.id], office.admin)
    demand_found(office)


def test_the_index_made_anew_forgets_what_waited(office: Office) -> None:
    finding.rebuild(office.records, Customer)
    assert waiting(office) == 0
    demand_found(office)


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_one_desktop_at_a_time_tells_the_index(office: Office) -> None:
    other: Database = open_database(office.records.database.backend.place)
    try:
        mine = other.line()
        mine.fetch(f"SELECT GET_LOCK({later._TURN}, 0)")
        assert not finding.take_some_in(office.records) and waiting(office) == COUNT
        mine.fetch(f"SELECT RELEASE_LOCK({later._TURN})")
        finding.take_in(Records(other, RECORD_TYPES))
        assert waiting(office) == 0 and not finding.take_some_in(office.records)
    finally:
        other.close()
    demand_found(office)


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_a_cluster_without_such_locks(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Tx.run

    def refusing(tx: Tx, query: Any, params: Any = ()) -> list[tuple[Any, ...]]:
        if "GET_LOCK" in query:
            raise peewee.NotSupportedError(1235, "This version doesn't yet support 'GET_LOCK in cluster (WSREP(ON))'")
        return run(tx, query, params)

    monkeypatch.setattr(Tx, "run", refusing)
    finding.take_in(office.records)
    assert waiting(office) == 0
    demand_found(office)


def _any(office: Office) -> Any:
    record_id = office.records.database.read("SELECT MIN(id) FROM customer")[0][0]
    return office.records.get(Customer, record_id, office.boss)
