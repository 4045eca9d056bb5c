"""A search of the big box asks a server few times, however far it is and of however many types, and finds what it finds type by type."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.business import Contact, Customer, Event, Lead, Opportunity, Task
from crm_desktop.core import asking, finding, sharing
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.records import Records
from crm_desktop.database.engine import Database
from crm_desktop.database.line import Line
from tests.core.material import NOW
from tests.guard.company import Company
from tests.office import open_office

MOST = 8
TEXTS = ["华", "华为", "hua", "hw", "h", "zzzz", "昆仑", "138001", "报价", "li", "昆仑 水泵", "1"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that went to the server."""
    told: list[str] = []
    execute = Line.execute

    def listening(line: Line, sql: Any, *rest: Any) -> Any:
        told.append(str(sql))
        return execute(line, sql, *rest)

    monkeypatch.setattr(Line, "execute", listening)
    return told


def fill(save: Any, share: Any) -> None:
    """Some of each, of two salespeople; the one shares a customer with the other."""
    for who, word in (("li", "华为"), ("sun", "昆仑")):
        customer = save(Customer(name=f"{word}水泵厂", mobile="13800138000", note="要报价"), who)
        save(Contact(name="华莉", customer=customer.id, mobile="13800138001"), who)
        save(Opportunity(name=f"{word}项目", customer=customer.id, amount=100), who)
        save(Lead(name="黄立", company=f"{word}贸易", mobile="13800138002"), who)
        save(Task(title=f"{word}报价", customer=customer.id), who)
        save(Event(title=f"拜访{word}", customer=customer.id, starts_at=NOW), who)
        if who == "sun":
            share(customer.id)


def demand_few(records: Records, actor: Actor, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """By each text: no more trips than that, and the same as type by type."""
    finding.warm(records)
    many = 0
    for text in TEXTS:
        records.names.forget(["customer"])  # titles beside hits are fetched as well
        asked.clear()
        hits = records.search(text, actor)
        assert len(asked) <= MOST, (text, asked)
        with monkeypatch.context() as patched:
            patched.setattr(finding, "together", lambda read, several: [asking.alone(read, one) for one in several])
            asked.clear()
            assert records.search(text, actor) == hits, text
            many = max(many, len(asked))
    assert many > 2 * MOST, "the control: type by type it is many"


def test_where_everybody_has_an_account(company: Company, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    if company.strict:
        pytest.skip("strict reading asks type by type: it knows each question by its words")

    def share(customer: int) -> None:
        with_li = company.ids["li"]
        company.door("sun").unit(company.actor("sun"), lambda unit: sharing.share(unit, Customer, customer, with_li), "share")

    fill(company.save, share)
    for who in ("li", "sun", "meng", "boss"):
        demand_few(company.door(who), company.actor(who), asked, monkeypatch)


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_where_all_share_one_account(database: Database, clock: FixedClock, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    office = open_office(database, clock)

    def share(customer: int) -> None:
        office.records.unit(office.actor("sun"), lambda unit: sharing.share(unit, Customer, customer, office.ids["li"]), "share")

    fill(office.save, share)
    for who in ("li", "sun", "meng", "boss"):
        demand_few(office.records, office.actor(who), asked, monkeypatch)
