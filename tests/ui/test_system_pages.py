"""The pages of those who look after the program: who is online, the operation log, the state of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from crm_desktop.business import Customer
from crm_desktop.core import presence
from crm_desktop.core.state import state
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.system.log import LogPage
from crm_desktop.ui.system.online import OnlinePage
from crm_desktop.ui.system.state import StatePage
from crm_desktop.ui.widgets import question
from tests.office import Office, open_office


@pytest.fixture
def office(database: Any, clock: Any) -> Office:
    return open_office(database, clock)


@pytest.fixture
def desk(office: Office, english: None, taken_down: Any) -> Iterator[Desk]:
    made = Desk(office.records, office.admin, Runner(inline=True))
    yield made
    made.close()


def rows(page: Any) -> list[list[str]]:
    model = page.model
    return [[model.text(row, column) for column in range(model.columnCount())] for row in range(model.row_count())]


def test_an_administrator_ends_somebodys_work(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch, nameless: Callable[[QWidget], list[str]]
) -> None:
    li = presence.arrive(office.records, office.li, "1.0", "PC-7")
    page = OnlinePage(desk)
    page.show()
    assert [row[:2] for row in rows(page)] == [["李娜", "PC-7"]]
    assert not page.end.isEnabled() and nameless(page) == []
    page.table.pick(0)
    assert page.end.isEnabled()
    monkeypatch.setattr(question, "agreed", lambda *_all: True)
    page.end.click()
    assert presence.beat(office.records, li) == office.ids["admin"]


def test_others_are_told_who_may(office: Office, desk: Desk) -> None:
    presence.arrive(office.records, office.li, "1.0", "PC-7")
    desk.actor = office.li
    page = OnlinePage(desk)
    page.show()
    page.table.pick(0)
    assert not page.end.isEnabled()
    assert "administrator" in page.end.toolTip()


def test_the_log_is_narrowed_and_opens_records(office: Office, desk: Desk, nameless: Callable[[QWidget], list[str]]) -> None:
    customer = office.save(Customer(name="苏州明达"))
    office.records.log(office.li, "export", "customer", 3, "a.xlsx")
    page = LogPage(desk)
    page.show()
    assert nameless(page) == []
    page.person.set_value(office.ids["li"])
    page.load()
    assert [(row[2], row[4], row[6]) for row in rows(page)] == [("Export", "", "a.xlsx"), ("New", "苏州明达", "")]
    opened: list[Any] = []
    desk.ways.open_record = lambda *which: opened.append(which)
    page.table.opened.emit(1)
    assert opened == [("customer", customer.id)]
    page.act.set_value("sign_in")
    page.load()
    assert rows(page) == []


def test_the_state_is_shown(office: Office, desk: Desk) -> None:
    office.save(Customer(name="苏州明达"))
    page = StatePage(desk)
    page.show()
    told = [label.text() for label in page.area.widget().findChildren(QWidget) if hasattr(label, "text")]
    assert str(state(office.records, office.admin).place) in told
    assert "Customers" in told and "1" in told
