"""A window hears its colleagues, shows that it is there, is sent home, and seals the journal."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.customers.customer import Customer
from crm_desktop.core import presence, seals
from crm_desktop.core.records import Records
from crm_desktop.database.engine import Database
from crm_desktop.scheduling import colleagues
from crm_desktop.scheduling.colleagues import Heard, Watch
from tests.office import Office, open_office

LONG = 20


@pytest.fixture
def office(database: Database, clock: Any) -> Office:
    return open_office(database, clock)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(colleagues, "IN_SIGHT", 0.02)
    monkeypatch.setattr(presence, "BEAT", 0.05)


class Window:
    """Li Na's window on a PC of its own."""

    def __init__(self, office: Office):
        self.records = Records(Database(office.records.database.backend), RECORD_TYPES, office.records.clock)
        self.told: queue.Queue[Any] = queue.Queue()
        self.watch = Watch(self.records, lambda: office.li, Heard(self.told.put, self.told.put), "PC-7")
        self.watch.start()


@pytest.fixture
def window(office: Office) -> Iterator[Window]:
    made = Window(office)
    wait(lambda: presence.online(office.records, office.admin))
    yield made
    made.watch.stop()
    made.records.database.close()


def wait(what: Any) -> Any:
    end = time.monotonic() + LONG
    while not (found := what()) and time.monotonic() < end:
        time.sleep(0.01)
    return found


def test_a_colleagues_change_arrives(office: Office, window: Window) -> None:
    wait(lambda: window.watch._feed._newest)
    customer = office.save(Customer(name="苏州明达"))
    (change,) = window.told.get(timeout=LONG)
    assert change.touches("customer", customer.id)


def test_the_window_is_seen_and_gone_when_it_closes(office: Office, window: Window) -> None:
    assert [one.machine for one in presence.online(office.records, office.admin)] == ["PC-7"]
    window.watch.stop()
    assert presence.online(office.records, office.admin) == []


def test_it_is_sent_home(office: Office, window: Window) -> None:
    (one,) = presence.online(office.records, office.admin)
    presence.send_home(office.records, office.admin, one.id)
    while (told := window.told.get(timeout=LONG)) != office.ids["admin"]:
        assert isinstance(told, list)


def test_the_journal_is_sealed_meanwhile_by_whoever_sees_all_of_it(office: Office, window: Window) -> None:
    window.watch._actor = lambda: office.admin
    office.records.database.write(lambda tx: tx.run("UPDATE batch SET noted_at = '2026-01-01 00:00:00'"))
    window.watch._next["seals"] = 0
    assert wait(lambda: seals.newest(office.records))
    assert list(seals.verify(office.records)) == []
