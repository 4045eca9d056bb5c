"""Shares and handovers through everybody's own account: the database lets them happen, and no more."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.follow_up import FollowUp
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.staff.certificate import certificate
from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.staff.handover import Plan, hand_over, handed_types
from crm_desktop.core import sharing
from crm_desktop.core.errors import NotFound, Refused
from crm_desktop.core.views import View
from tests.guard.company import Company


def test_a_salesperson_shares_and_the_colleague_reads_then_works(company: Company) -> None:
    door, li = company.door("li"), company.actor("li")
    customer = company.save(Customer(name="共享的", phone="13812345678"), "li")
    person = company.save(Contact(name="共享的人", customer=customer.id), "li")
    company.save(Opportunity(name="共享的商机", customer=customer.id), "li")
    shared = door.share(Customer, [customer.id], company.ids["sun"], li)
    assert shared.done == [customer.id], shared.refused
    sun = company.door("sun")
    assert list(sun.ids(Customer, company.actor("sun"), View(text="共享"))) == [customer.id]
    got = sun.get(Customer, customer.id, company.actor("sun"))
    assert got.phone == "138****5678" and sun.count(Opportunity, company.actor("sun")) == 1
    got.city = "上海"
    with pytest.raises(Refused, match="reading only"):
        sun.save(got, company.actor("sun"))
    assert door.share(Customer, [customer.id], company.ids["sun"], li, write=True).done == [customer.id]
    got = sun.get(Customer, customer.id, company.actor("sun"))
    assert got.phone == "13812345678"
    got.city = "上海"
    sun.save(got, company.actor("sun"))
    log = company.save(FollowUp(content="孙去谈了", customer=customer.id), "sun")
    assert log.owner == company.ids["li"] and sun.get(Contact, person.id, company.actor("sun")).name == "共享的人"
    (share,) = sharing.shares_of(door, Customer, customer.id, li)
    assert door.unshare([share.id], li).done == [share.id]
    with pytest.raises(NotFound):
        sun.get(Customer, customer.id, company.actor("sun"))


def test_many_are_shared_together_and_each_is_in_journal_and_audit(company: Company) -> None:
    """What one does not see, or may see only, is refused among them; the server looks at every single share as ever."""
    door, li = company.door("li"), company.actor("li")
    mine = [company.save(Customer(name=f"一起共享{number}"), "li").id for number in range(25)]
    hidden, lent = (company.save(Customer(name=name), "sun").id for name in ("看不见的", "借来的"))
    assert company.door("sun").share(Customer, [lent], company.ids["li"], company.actor("sun"), write=True).done
    door.share(Customer, mine[:2], company.ids["zhao"], li)
    outcome = door.share(Customer, [hidden, *mine, lent], company.ids["zhao"], li, write=True)
    assert outcome.done == mine and [one for one, _why in outcome.refused] == [hidden, lent]
    some = ", ".join(map(str, mine))
    shares = f"SELECT id FROM share WHERE ref_id IN ({some}) AND may_write = 1 AND deleted_at IS NULL"
    with company.raw("root") as line, line.cursor() as cursor:
        for asked, wanted in (
            (f"SELECT COUNT(*) FROM ({shares}) s", 25),
            (f"SELECT COUNT(*) FROM journal WHERE batch = {outcome.batch} AND action = 'create' AND record_id IN ({shares})", 23),
            (f"SELECT COUNT(*) FROM journal WHERE batch = {outcome.batch} AND action = 'update' AND record_id IN ({shares})", 2),
            (f"SELECT COUNT(*) FROM audit WHERE login = '{company.login('li')}' AND record_id IN ({shares})", 2 + 23 + 2),
            (f"SELECT COUNT(*) FROM share WHERE ref_id IN ({hidden}, {lent}) AND employee = {company.ids['zhao']}", 0),
        ):
            cursor.execute(asked)
            assert cursor.fetchone() == (wanted,), asked
        assert outcome.batch is not None
        assert door.undo(outcome.batch, li).refused == []
        cursor.execute(f"SELECT ref_id, may_write FROM share WHERE ref_id IN ({some}) AND deleted_at IS NULL ORDER BY ref_id")
        assert list(cursor.fetchall()) == [(one, 0) for one in mine[:2]]


def test_an_administrator_hands_over_and_the_account_does_nothing_more(company: Company) -> None:
    customers = [company.save(Customer(name=f"交接{n}"), "zhao") for n in range(3)]
    company.save(Contact(name="随行的人", customer=customers[0].id), "zhao")
    door, admin = company.door("admin"), company.actor("admin")
    receivers = {one.key(): (company.ids["li"],) for one in handed_types(door)}
    done = hand_over(door, Plan(company.ids["zhao"], receivers), admin)
    assert done.moved["customer"] == {company.ids["li"]: 3} and done.batch
    assert [item.title for item in certificate(door, done.batch, admin).items][:3] == ["交接0", "交接1", "交接2"]
    assert door.get(Employee, company.ids["zhao"], admin).state == "left"
    assert company.door("li").count(Customer, company.actor("li"), View(text="交接")) == 3
    with pytest.raises((Refused, NotFound)):
        company.actor("zhao")
    line = company.raw("zhao")
    with line, line.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM customer")
        assert cursor.fetchone() == (0,), "nor with a client of another make"


def test_a_share_ends_at_midnight_where_the_company_is(company: Company) -> None:
    """By the server's clock, whatever a client says the time is."""
    door, li = company.door("li"), company.actor("li")
    customer = company.save(Customer(name="befristet"), "li")
    last = door.clock.today() + timedelta(1)
    assert door.share(Customer, [customer.id], company.ids["sun"], li, until=last).done
    admin = company.door("admin")
    was, end = admin.settings.get(sharing.ZONE), datetime.combine(last + timedelta(1), time())

    def seen(first: str = "SELECT 1") -> int:
        with company.raw("sun") as line, line.cursor() as cursor:
            cursor.execute(first)
            return int(cursor.execute("SELECT id FROM customer WHERE id = %s", (customer.id,)))

    try:
        ahead = (end - datetime.now(UTC).replace(tzinfo=None)).total_seconds() / 60  # minutes by which it is midnight there
        admin.settings.put(sharing.ZONE, round(ahead - 10))
        assert seen()
        admin.settings.put(sharing.ZONE, round(ahead + 10))
        assert not seen() and not seen("SET timestamp = UNIX_TIMESTAMP() - 1000000") and not seen("SET time_zone = '-12:00'")
        with pytest.raises(NotFound):
            company.door("sun").get(Customer, customer.id, company.actor("sun"))
    finally:
        admin.settings.put(sharing.ZONE, was)
    assert seen() and was is not None
