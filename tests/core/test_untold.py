"""What an import leaves to be told later is found all the same by search and as duplicates, and both say the truth once they are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES, Customer, Task
from crm_desktop.core import find, finding, pouring, twins, untold
from crm_desktop.core.checks import traces
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.migrate import MIGRATIONS, migrations_in
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.steps import Steps
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

    _bring_in(office, 0, COUNT)
    yield office
    database.close()


def _bring_in(office: Office, first: int, count: int, keys_asked: bool = False) -> None:
    numbers = range(first, first + count)

    def work(unit: Unit) -> None:
        with unit.pouring(Customer, count, keys_asked):
            columns: dict[str, list[Any]] = {
                "name": [f"重庆长江{'甲乙丙丁'[number % 4]}{number}号有限公司" for number in numbers],
                "mobile": [f"1380013{number:04}" for number in numbers],
                "owner": [office.ids["li" if number % 2 else "sun"] for number in numbers],
            }
            unit.add_columns(Customer, columns)

    office.records.unit(office.boss, work, "import")


def waiting(office: Office) -> int:
    database = office.records.database
    if database.engine == "sqlite":
        return 0
    return int(database.read(f"SELECT COALESCE(SUM(last - first + 1), 0) FROM {find.UNTOLD}")[0][0])


def found(office: Office, text: str, who: str = "boss") -> set[str]:
    return {hit.title for hit in office.records.search(text, office.actor(who), [Customer], 100)}


def wrong(office: Office) -> list[str]:
    """What a check of the search index and of the keys of duplicates tells."""
    return [one.sentence("en") for one in (*traces.index(office.records), *traces.keys(office.records))]


def known(office: Office, mobile: str, who: str = "li") -> set[str]:
    """What somebody who types this number in is told of."""
    return {twin.title for twin in twins.of(office.records, Customer(name="另一个", mobile=mobile), office.actor(who))}


def demand_found(office: Office) -> None:
    """By words, digits, initials and sounds, and nobody finds what he does not see."""
    for text in ("长江甲", "cjjia", "zhangjiangjia"):  # 长 is read in two ways
        assert len(found(office, text)) == COUNT // 4 + 1, text
    assert found(office, "130003") == {"重庆长江丁3号有限公司"} == found(office, "130003", "li")
    assert found(office, "130003", "sun") == set()
    assert len(found(office, "长江", "li")) == len(found(office, "长江", "sun")) == COUNT // 2
    assert known(office, "138 0013 0003") == {"重庆长江丁3号有限公司"} and known(office, "13900000000") == set()
    assert known(office, "13800130003", "sun") == {""}, "somebody else's: only that it is there"
    assert wrong(office) == []


def test_it_is_found_before_and_after(office: Office) -> None:
    server = office.records.database.engine == "mysql"
    assert waiting(office) == (COUNT if server else 0)
    demand_found(office)
    untold.take_in(office.records)
    assert waiting(office) == 0
    if server:
        assert office.records.database.read("SELECT COUNT(*) FROM find_customer") == [(COUNT,)]
        assert office.records.database.read("SELECT COUNT(DISTINCT record) FROM alike_customer") == [(COUNT,)]
    demand_found(office)


@pytest.fixture
def in_sevens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "RUN", 7)


def test_half_of_it_is_indexed(in_sevens: None, office: Office) -> None:
    assert untold.take_some_in(office.records) == (office.records.database.engine == "mysql")
    assert waiting(office) in (0, COUNT - 7)
    demand_found(office)
    untold.take_in(office.records)
    demand_found(office)


def test_what_is_changed_meanwhile_is_found_as_it_is_now(office: Office) -> None:
    customer = _any(office)
    customer.name = "青岛海风"
    office.records.save(customer, office.boss)
    assert found(office, "海风") == {"青岛海风"}
    untold.take_in(office.records)
    assert found(office, "海风") == {"青岛海风"} and len(found(office, "长江")) == COUNT - 1
    assert wrong(office) == []


def test_what_is_taken_back_meanwhile_is_gone(office: Office) -> None:
    records = office.records
    gone = _any(office)
    records.delete(Customer, [gone.id], office.admin)
    untold.take_in(records)
    assert len(found(office, "长江")) == COUNT - 1
    assert wrong(office) == []
    records.restore(Customer, [gone.id], office.admin)
    demand_found(office)


@pytest.mark.parametrize("keys_asked", [False, True])
def test_what_is_taken_back_leaves_nothing_behind(in_sevens: None, office: Office, keys_asked: bool) -> None:
    """Of one act: untouched, changed and changed back, worked with, put into the bin before; also where its keys do not wait."""
    _bring_in(office, 500, 20, keys_asked)
    batch = office.records.database.read("SELECT MAX(id) FROM batch")[0][0]
    ids = [row[0] for row in office.records.database.read("SELECT record_id FROM journal WHERE batch = ? ORDER BY record_id", (batch,))]
    record = office.records.get(Customer, ids[3], office.boss)
    record.name, record.mobile = "成都别名", "13999999999"
    office.records.undo(office.records.save(record, office.boss).batch, office.boss)
    office.save(Task(title="回电", customer=ids[9]), "boss")
    office.records.delete(Customer, [ids[11]], office.boss)
    office.records.undo(office.records.delete(Customer, [ids[12]], office.boss).batch, office.boss)
    outcome = office.records.undo(batch, office.boss)
    kept = {one for one, _why in outcome.refused}
    assert kept == {ids[9], ids[11]} and set(outcome.done) == set(ids) - kept
    for _time in range(2):
        assert {one for one in ids if office.records.get(Customer, one, office.boss, deleted=True).deleted_at is None} == {ids[9]}
        assert known(office, "13800130509", "boss") == {"重庆长江乙509号有限公司"} and known(office, "13800130503", "boss") == set()
        assert found(office, "重庆长江丁503") == set() and found(office, "重庆长江乙509") == {"重庆长江乙509号有限公司"}
        untold.take_in(office.records)
    assert wrong(office) == []


def test_the_index_made_anew_while_some_wait(office: Office) -> None:
    finding.rebuild(office.records, Customer)
    demand_found(office)
    untold.take_in(office.records)
    assert waiting(office) == 0
    demand_found(office)


def test_what_is_given_away_meanwhile_is_known_as_the_others(office: Office) -> None:
    records = office.records
    given = next(one for one in range(COUNT) if one % 2)
    customer = office.records.get(Customer, _ids(office)[given], office.boss)
    customer.owner = office.ids["sun"]
    records.save(customer, office.boss)
    title = {customer.name}
    for _time in range(2):
        assert known(office, customer.mobile or "", "sun") == title == found(office, (customer.mobile or "")[3:], "sun")
        assert wrong(office) == []
        untold.take_in(records)


def test_more_than_may_wait_is_told_at_once(monkeypatch: pytest.MonkeyPatch, in_sevens: None, place: str) -> None:
    monkeypatch.setattr(untold, "MOST", 20)
    monkeypatch.setattr(pouring, "MANY", 1)
    database = open_database(place)
    office = open_office(database, FixedClock(NOW))
    for start in (0, 15):
        _bring_in(office, start, 15)
    assert waiting(office) == (15 if database.engine == "mysql" else 0)
    assert len(found(office, "长江")) == COUNT and wrong(office) == []
    database.close()


def test_keys_asked_for_meanwhile_do_not_wait(office: Office) -> None:
    _bring_in(office, COUNT, 5, keys_asked=True)
    assert waiting(office) == (COUNT + 5 if office.records.database.engine == "mysql" else 0)
    held = office.records.database.read("SELECT COUNT(DISTINCT record) FROM alike_customer")[0][0]
    assert held == (5 if office.records.database.engine == "mysql" else COUNT + 5)
    assert wrong(office) == []


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_one_desktop_at_a_time_tells_the_index(office: Office) -> None:
    other: Database = open_database(office.records.database.backend.place)
    try:
        mine = other.line()
        mine.fetch(f"SELECT GET_LOCK({untold._TURN}, 0)")
        assert not untold.take_some_in(office.records) and waiting(office) == COUNT
        mine.fetch(f"SELECT RELEASE_LOCK({untold._TURN})")
        untold.take_in(Records(other, RECORD_TYPES))
        assert waiting(office) == 0 and not untold.take_some_in(office.records)
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
    untold.take_in(office.records)
    assert waiting(office) == 0
    demand_found(office)


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_words_an_older_version_left_are_told(office: Office) -> None:
    untold.take_in(office.records)
    database, (older, newer) = office.records.database, migrations_in(MIGRATIONS)[10:13:2]
    steps = Steps(database.backend, database.line())
    older.up()(steps)
    words = "SELECT 'customer', id, owner, department, grams FROM find_customer"
    database.write(lambda tx: tx.run(f"INSERT INTO find_later (record_type, id, owner, department, grams) {words}"))
    database.write(lambda tx: tx.run("DELETE FROM find_customer"))
    for _time in range(2):
        newer.up()(steps)
    assert waiting(office) == COUNT and not steps.has_table("find_later")
    demand_found(office)
    untold.take_in(office.records)
    assert waiting(office) == 0
    demand_found(office)


def _ids(office: Office) -> list[int]:
    return [row[0] for row in office.records.database.read("SELECT id FROM customer ORDER BY id")]


def _any(office: Office) -> Any:
    return office.records.get(Customer, _ids(office)[0], office.boss)
