"""LE2: a lead becomes customer, contact and opportunity in one act; its log goes along; one undo brings all back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.business import Contact, Customer, FollowUp, Lead, Opportunity, Tag
from crm_desktop.business.customers.converting import Conversion, convert, known_customers
from crm_desktop.core.checks import examine
from crm_desktop.core.errors import Refused
from crm_desktop.core.views import Condition, View
from tests.office import Office


@pytest.fixture
def lead(office: Office) -> Lead:
    """Li Na's lead from the fair, called twice."""
    tag = office.save(Tag(name="展会"))
    made: Lead = office.save(
        Lead(name="钱一", company="杭州明远科技", mobile="13812345678", phone="0571-8888", email="qian@mingyuan.cn", title="采购经理",
             source="trade_show", level="A", industry="it", tags=(tag.id,), city="杭州", address="文三路 1 号", note="要二十台")
    )  # fmt: skip
    office.save(FollowUp(content="第一次", lead=made.id, happened_at=datetime(2026, 3, 1, 2)))
    office.save(FollowUp(content="第二次", lead=made.id, happened_at=datetime(2026, 3, 10, 2), next_contact_on=date(2026, 3, 25)))
    return office.records.get(Lead, made.id, office.li)


def living(office: Office) -> dict[str, int]:
    return {t.key(): office.records.count(t, office.boss) for t in (Customer, Contact, Opportunity, Lead, FollowUp)}


def whole(office: Office) -> list[str]:
    return [finding.sentence("en") for _check, found in examine(office.records) for finding in found]


def test_a_lead_becomes_a_customer_with_contact_and_opportunity(office: Office, lead: Lead) -> None:
    wanted = Conversion(opportunity="二十台服务器", amount=Decimal("200000"), expected_close=date(2026, 5, 1))
    made, _change = convert(office.records, lead, office.li, wanted)
    customer = office.records.get(Customer, made.customer, office.li)
    assert (customer.name, customer.source, customer.level) == ("杭州明远科技", "trade_show", "A")
    assert (customer.industry, customer.city) == ("it", "杭州")
    assert (customer.tags, customer.phone, customer.note, customer.address) == (lead.tags, "0571-8888", "要二十台", "文三路 1 号")
    assert customer.last_contact_at == datetime(2026, 3, 10, 2) and customer.next_contact_on == date(2026, 3, 25)
    contact = office.records.get(Contact, made.contact, office.li)
    assert (contact.name, contact.customer, contact.mobile, contact.title, contact.is_primary) == (
        "钱一", customer.id, "13812345678", "采购经理", True)  # fmt: skip
    deal = office.records.get(Opportunity, made.opportunity or 0, office.li)
    assert (deal.name, deal.amount, deal.probability) == ("二十台服务器", Decimal(200000), 10)
    assert (deal.customer, deal.contact) == (customer.id, contact.id)
    assert {r.owner for r in (customer, contact, deal)} == {office.ids["li"]}
    now = office.records.get(Lead, lead.id, office.li)
    assert (now.state, now.customer) == ("converted", customer.id)
    assert whole(office) == []


def test_the_log_is_on_the_customers_timeline_and_still_on_the_leads(office: Office, lead: Lead) -> None:
    made, _change = convert(office.records, lead, office.li, Conversion())
    view = View((Condition("customer", "one_of", [made.customer]),))
    assert office.records.count(FollowUp, office.li, view) == 2
    log = {row[0] for row in office.records.rows(FollowUp, office.li, list(office.records.ids(FollowUp, office.li)), ["content"]).values()}
    told = office.records.timeline(Customer, made.customer, office.li)
    assert log == {"第一次", "第二次"} and sum(line.record_type == "follow_up" for line in told) >= 2


def test_undo_of_a_conversion_brings_all_back(office: Office, lead: Lead) -> None:
    before, stored = living(office), dict(lead.stored or {})
    made, change = convert(office.records, lead, office.li, Conversion(opportunity="服务器"))
    assert living(office) == {key: n + (key in ("customer", "contact", "opportunity")) for key, n in before.items()}
    outcome = office.records.undo(change.batch, office.li)
    assert outcome.refused == []
    assert living(office) == before
    now = office.records.get(Lead, lead.id, office.li)
    kept = ("state", "customer", "last_contact_at", "next_contact_on", "owner", "name")
    assert {name: (now.stored or {})[name] for name in kept} == {name: stored[name] for name in kept}
    for one in office.records.ids(FollowUp, office.li):
        log = office.records.get(FollowUp, one, office.li)
        assert (log.customer, log.contact, log.lead, log.owner) == (None, None, lead.id, office.ids["li"])
    assert whole(office) == []
    again, _change = convert(office.records, now, office.li, Conversion())
    assert again.customer != made.customer


def test_linking_to_a_known_customer_makes_no_second_one(office: Office, lead: Lead) -> None:
    known = office.save(Customer(name="杭州明远科技有限公司", phone="0571-8888"))
    office.save(Contact(name="钱一", customer=known.id, is_primary=True))
    office.save(FollowUp(content="昨天", customer=known.id, happened_at=datetime(2026, 3, 17, 2)))
    assert [customer.id for customer in known_customers(office.records, lead, office.li)] == [known.id]
    made, _change = convert(office.records, lead, office.li, Conversion(customer=known.id))
    assert made.customer == known.id and office.records.count(Contact, office.li) == 1
    now = office.records.get(Customer, known.id, office.li)
    assert now.last_contact_at == datetime(2026, 3, 17, 2), "the later contact stays the last one"
    assert office.records.count(FollowUp, office.li, View((Condition("customer", "one_of", [known.id]),))) == 3
    other = office.save(Lead(name="新人", company="杭州明远科技"))
    second, _change = convert(office.records, other, office.li, Conversion(customer=known.id))
    contact = office.records.get(Contact, second.contact, office.li)
    assert not contact.is_primary, "the known customer has its primary contact"


def test_a_colleagues_customer_is_not_offered(office: Office, lead: Lead) -> None:
    office.save(Customer(name="杭州明远科技"), "sun")
    assert known_customers(office.records, lead, office.li) == []
    assert len(known_customers(office.records, lead, office.boss)) == 1


def test_a_manager_converts_for_the_owner(office: Office, lead: Lead) -> None:
    made, _change = convert(office.records, lead, office.meng, Conversion(opportunity="服务器"))
    assert office.records.get(Customer, made.customer, office.li).owner == office.ids["li"]
    assert office.records.get(Opportunity, made.opportunity or 0, office.li).owner == office.ids["li"]


def test_what_cannot_be_converted(office: Office, lead: Lead) -> None:
    convert(office.records, lead, office.li, Conversion())
    with pytest.raises(Refused):
        convert(office.records, lead, office.li, Conversion())
    gone: Any = office.save(Lead(name="孙二"))
    office.records.move(gone, "disqualify", office.li, {"disqualified_reason": "no_need"})
    with pytest.raises(Refused) as caught:
        convert(office.records, gone, office.li, Conversion())
    assert "Reopen" in caught.value.sentence("en")
    reader = replace(office.li, rights={**office.li.rights, "lead": frozenset()})
    third = office.save(Lead(name="周三"))
    before = living(office)
    with pytest.raises(Refused):
        convert(office.records, third, reader, Conversion())
    assert living(office) == before


def test_a_refused_conversion_leaves_nothing_behind(office: Office, lead: Lead) -> None:
    before = living(office)
    poor = replace(office.li, rights={**office.li.rights, "opportunity": frozenset()})
    with pytest.raises(Refused):
        convert(office.records, lead, poor, Conversion(opportunity="服务器"))
    assert living(office) == before


def test_a_lead_without_company_becomes_a_person(office: Office) -> None:
    lead = office.save(Lead(name="周三", mobile="13900000000"))
    made, _change = convert(office.records, lead, office.li, Conversion())
    customer = office.records.get(Customer, made.customer, office.li)
    assert (customer.name, customer.mobile) == ("周三", "13900000000")


def test_the_log_of_a_lead_goes_with_it_to_its_new_owner(office: Office, lead: Lead) -> None:
    office.records.assign(Lead, [lead.id], office.ids["sun"], office.boss)
    assert office.records.count(FollowUp, office.li) == 0
    assert office.records.count(FollowUp, office.sun) == 2
    assert len([line for line in office.records.timeline(Lead, lead.id, office.sun) if line.record_type == "follow_up"]) == 2
    assert {hit.type for hit in office.records.search("第二次", office.sun)} == {"follow_up"}


def test_a_deleted_lead_takes_its_log_along_unless_it_is_a_customers_by_now(office: Office, lead: Lead) -> None:
    other = office.save(Lead(name="孙二"))
    office.save(FollowUp(content="第三次", lead=other.id))
    convert(office.records, lead, office.li, Conversion())
    office.records.delete(Lead, [lead.id, other.id], office.meng)
    assert office.records.count(FollowUp, office.li) == 2
    office.records.restore(Lead, [other.id], office.meng)
    assert office.records.count(FollowUp, office.li) == 3
    assert whole(office) == []
