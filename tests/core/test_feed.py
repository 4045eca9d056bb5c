"""What one desktop commits the other hears: all of it, once, and not what it did itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.customers.customer import Customer
from crm_desktop.core import feed
from crm_desktop.core.feed import Feed
from crm_desktop.core.ids import new_id
from crm_desktop.core.journal import ANY, BATCH_SQL
from crm_desktop.core.records import Records
from crm_desktop.database.engine import Database
from tests.office import Office


@pytest.fixture
def other(office: Office) -> Iterator[Records]:
    """A colleague's desktop, with connections of its own to the same database."""
    database = Database(office.records.database.backend)
    yield Records(database, RECORD_TYPES, office.records.clock)
    database.close()


def heard(ear: Feed) -> list[tuple[str, int, str]]:
    return [line for change in ear.hear() for line in change.touched]


def test_a_colleagues_change_is_heard_once(office: Office, other: Records) -> None:
    ear = Feed(other)
    assert ear.hear() == []
    customer = office.save(Customer(name="苏州明达"))
    assert ("customer", customer.id, "create") in heard(ear)
    assert heard(ear) == []
    customer.city = "苏州"
    office.save(customer)
    assert heard(ear) == [("customer", customer.id, "update")]


def test_what_was_before_is_no_news(office: Office, other: Records) -> None:
    office.save(Customer(name="苏州明达"))
    ear = Feed(other)
    assert ear.hear() == [] and ear.hear() == []


def test_own_acts_are_left_out(office: Office) -> None:
    ear = Feed(office.records)
    stop = ear.listen_to_own()
    with ThreadPoolExecutor(1) as elsewhere:  # as in the window: the writer's connection is not the ear's
        ear.hear()
        elsewhere.submit(office.save, Customer(name="苏州明达")).result()
        assert ear.hear() == []
        stop()
        elsewhere.submit(office.save, Customer(name="昆山精密")).result()
        assert len(ear.hear()) == 1
        elsewhere.submit(office.records.database.close_thread).result()


def test_a_batch_noted_early_and_seen_late_is_not_missed(office: Office, other: Records) -> None:
    """Two commits; the one that was noted first becomes visible last. Reading above the newest would miss it."""
    ear = Feed(other)
    ear.hear()
    office.save(Customer(name="先看见"))
    assert heard(ear)
    early = new_id()

    def work(tx: Any) -> None:
        tx.run(BATCH_SQL, (early, "2026-03-18 02:00:00", None, "update", "customer", 1, "", None))
        now = tx.run("SELECT noted_at FROM batch WHERE id = ?", (early,))[0][0]
        before = datetime.fromisoformat(now) - timedelta(seconds=9)
        tx.run("UPDATE batch SET noted_at = ? WHERE id = ?", (before, early))

    office.records.database.write(work)
    assert [change.batch for change in ear.hear()] == [early]


def test_a_big_batch_is_told_by_its_types(office: Office, other: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MOST_LINES", 3)
    ear = Feed(other)
    ear.hear()
    actor = office.li
    office.records.unit(actor, lambda unit: unit.add([Customer(name=f"客户{n}") for n in range(9)]))
    (change,) = ear.hear()
    assert change.touched == (("customer", ANY, "create"),)
    assert change.touches("customer", 1) and not change.touches("contact", 1)


def test_hearing_forgets_old_names_and_tells_the_pages(office: Office, other: Records) -> None:
    customer = office.save(Customer(name="旧名"))
    assert other.names.title("customer", customer.id) == "旧名"
    told: list[Any] = []
    other.listen(told.append)
    ear = Feed(other)
    ear.hear()
    customer.name = "新名"
    office.save(customer)
    for change in ear.hear():
        other.hear(change)
    assert other.names.title("customer", customer.id) == "新名"
    assert [change.ids("customer") for change in told] == [[customer.id]]


def test_nothing_is_missed_while_many_write(office: Office, other: Records) -> None:
    ear = Feed(other)
    ear.hear()
    actor, each = office.li, 12

    def work() -> None:
        for number in range(each):
            office.records.save(Customer(name=f"客户 {number}"), actor)
        office.records.database.close_thread()

    threads = [threading.Thread(target=work) for _turn in range(4)]
    for thread in threads:
        thread.start()
    found: list[int] = []
    while any(thread.is_alive() for thread in threads):
        found += [change.batch for change in ear.hear()]
    found += [change.batch for change in ear.hear()]
    assert len(found) == len(set(found)) == 4 * each


def test_an_act_without_records_is_logged(office: Office) -> None:
    office.records.log(office.li, "sign_in", note="PC-7")
    row = office.records.database.read("SELECT actor, what, note FROM batch ORDER BY id DESC LIMIT 1")[0]
    assert row == (office.ids["li"], "sign_in", "PC-7")
