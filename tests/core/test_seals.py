"""The chain of seals holds while nobody meddles, and tells where somebody did."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from crm_desktop.business.customers.customer import Customer
from crm_desktop.core import seals
from crm_desktop.core.checks import examine
from crm_desktop.core.seals import Broken
from tests.office import Office


@pytest.fixture
def sealed(office: Office) -> Office:
    """An office with some acts, all of them old enough and sealed."""
    for number in range(5):
        customer = office.save(Customer(name=f"客户 {number}"))
        customer.city = "苏州"
        office.save(customer)
    ripen(office)
    assert seals.seal(office.records) > 0
    assert seals.seal(office.records) == 0
    return office


def ripen(office: Office) -> None:
    """As if all acts had been noted two minutes earlier."""
    if office.records.database.engine == "sqlite":
        run(office, "UPDATE batch SET noted_at = datetime(noted_at, '-2 minutes') WHERE id NOT IN (SELECT batch FROM seal)")
    else:
        run(office, "UPDATE batch SET noted_at = noted_at - INTERVAL 2 MINUTE WHERE id NOT IN (SELECT batch FROM seal)")


def run(office: Office, sql: str, values: tuple[Any, ...] = ()) -> None:
    office.records.database.write(lambda tx: tx.run(sql, values))


def broken(office: Office) -> list[Broken]:
    return list(seals.verify(office.records))


def an_act(office: Office) -> int:
    row = office.records.database.read("SELECT batch FROM seal ORDER BY id LIMIT 1 OFFSET 3")
    found: int = row[0][0]
    return found


def test_untouched_it_holds_and_goes_on(sealed: Office) -> None:
    assert broken(sealed) == []
    number = seals.newest(sealed.records)
    sealed.save(Customer(name="一个新客户"))
    assert seals.seal(sealed.records) == 0, "not ripe yet"
    ripen(sealed)
    assert seals.seal(sealed.records) == 1
    assert broken(sealed) == []
    assert number is not None and seals.newest(sealed.records)[0] == number[0] + 1  # type: ignore[index]


@pytest.mark.parametrize(
    "meddling",
    [
        "UPDATE journal SET changes = '{\"city\":[\"\",\"上海\"]}' WHERE batch = ? AND action = 'update'",
        "UPDATE journal SET actor = 1 WHERE batch = ?",
        "UPDATE batch SET at = '2020-01-01 00:00:00' WHERE id = ?",
        "DELETE FROM journal WHERE batch = ?",
    ],
)
def test_a_changed_act_is_told_once(sealed: Office, meddling: str) -> None:
    batch = sealed.records.database.read(
        "SELECT s.batch FROM seal s JOIN journal j ON j.batch = s.batch WHERE j.action = 'update' ORDER BY s.id LIMIT 1"
    )[0][0]
    run(sealed, meddling, (batch,))
    assert broken(sealed) == [Broken("changed", batch)]


def test_an_act_taken_out_is_told(sealed: Office) -> None:
    batch = an_act(sealed)
    run(sealed, "DELETE FROM batch WHERE id = ?", (batch,))
    assert broken(sealed) == [Broken("missing", batch)]


def test_a_seal_taken_out_is_told(sealed: Office) -> None:
    run(sealed, "DELETE FROM seal WHERE batch = ?", (an_act(sealed),))
    assert "missing" in {one.what for one in broken(sealed)}


def test_the_end_of_the_chain_cut_off_is_told(sealed: Office) -> None:
    newest = seals.newest(sealed.records)
    assert newest is not None
    run(sealed, "DELETE FROM seal WHERE id = ?", (newest[0],))
    assert Broken("missing", 0) in broken(sealed)


def test_an_act_slipped_in_is_told(sealed: Office) -> None:
    run(
        sealed,
        "INSERT INTO batch (id, at, what, record_type, `count`, note, noted_at) VALUES (7, '2020-01-01 00:00:00', 'update',"
        " 'customer', 0, '', '2020-01-01 00:00:00')",
    )
    assert broken(sealed) == [Broken("added", 7)]


def test_two_desktops_seal_at_the_same_time_and_make_one_chain(office: Office) -> None:
    for number in range(30):
        office.save(Customer(name=f"客户 {number}"))
    ripen(office)
    with ThreadPoolExecutor(2) as desktops:
        made = sum(desktops.map(lambda _turn: seals.seal(office.records), range(2)))
        list(desktops.map(lambda _turn: office.records.database.close_thread(), range(2)))
    assert made == office.records.database.read("SELECT COUNT(*) FROM batch")[0][0]
    assert broken(office) == []


def test_check_tells_of_meddling(sealed: Office) -> None:
    run(sealed, "UPDATE batch SET actor = 1 WHERE id = ?", (an_act(sealed),))
    findings = {check.key: found for check, found in examine(sealed.records)}
    assert len(findings["seals"]) == 1
