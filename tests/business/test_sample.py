"""Sample data beside one's own: put in at the first start, and taken out without what has become one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES, Contact, Customer, Employee, FollowUp, Opportunity, Product, Reminder
from crm_desktop.business.office import reminder
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.business.system import demo, sample
from crm_desktop.core.access import Actor
from crm_desktop.core.checks import examine
from crm_desktop.core.errors import Refused
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition, View

GONE = ("customer", "contact", "lead", "opportunity", "contract", "product", "task", "event", "follow_up", "target", "saved_view", "tag")


@pytest.fixture
def started(database: Any, clock: Any) -> tuple[Records, Actor]:
    """Anna has begun with sample data."""
    records = Records(database, RECORD_TYPES, clock)
    user = demo.start_with_sample(records, "北风", "Anna", "zh_CN")
    return records, actor_for(records, user.id)


def living(records: Records, key: str) -> int:
    return int(records.count(records.types[key], Actor.program()))


def test_all_of_it_goes_and_the_own_company_stays_and_ctrl_z_brings_it_back(started: tuple[Records, Actor]) -> None:
    records, anna = started
    assert records.settings.get("company") == "北风" and living(records, "employee") == 12 and living(records, "customer") == 300
    assert records.count(Customer, anna, View((Condition("owner", "me"),))) > 20, "she has her own share of the work"
    assert sample.may_remove(records, anna)
    before = {key: living(records, key) for key in (*GONE, "reminder", "employee", "department")}
    plan, change = sample.remove(records, anna)
    assert plan.kept == () and plan.count() > 2_000
    assert {key: living(records, key) for key in GONE} == dict.fromkeys(GONE, 0)
    assert [row.called() for row in records.names.all("employee")] == ["Anna"]
    assert [row.called() for row in records.names.all("department")] == ["北风"]
    assert living(records, "stage") == 8 and records.names.picklist("industry"), "what the program needs is no sample data"
    assert not sample.present(records)
    with pytest.raises(Refused):
        sample.remove(records, anna)
    assert [one.sentence("en") for _check, found in examine(records) for one in found] == []
    assert records.undo(change.batch, anna).refused == []
    assert {key: living(records, key) for key in before} == before
    assert sample.present(records), "and it can be removed again"


def first(records: Records, record_type: Any, actor: Actor, *conditions: Condition) -> int:
    return records.page(record_type, actor, View(conditions), [], 1)[0][0]


def test_what_was_changed_or_carries_own_data_stays_with_what_it_needs(started: tuple[Records, Actor]) -> None:
    records, anna = started
    mine = Condition("owner", "me")
    ids = list(records.ids(Customer, anna, View((mine,))))
    edited, carrying, undone, reminded = ids[:4]
    one: Any = records.get(Customer, edited, anna)
    one.phone = "010-1"
    records.save(one, anna)
    records.save(FollowUp(content="eigen", customer=carrying), anna)
    other: Any = records.get(Customer, undone, anna)
    other.phone = "010-2"
    batch = records.save(other, anna).batch
    records.undo(batch, anna)
    records.save(Reminder(title="own", ref_type="customer", ref_id=reminded, cause="own", due_at=datetime(2030, 1, 1)), anna)
    own = Customer(name="自己的客户")
    records.save(own, anna)
    product = first(records, Product, anna)
    records.save(Opportunity(name="自己的商机", customer=own.id, amount=Decimal(5), products=(product,)), anna)
    contact = first(records, Contact, anna, mine, Condition("customer", "one_of", [ids[5]]))
    person: Any = records.get(Contact, contact, anna)
    person.mobile = "13800000000"
    records.save(person, anna)
    colleague = first(records, Employee, anna, Condition("login", "is", "chenzq"))
    given = Customer(name="同事的客户", owner=colleague)
    records.save(given, anna)
    plan = sample.plan(records, anna)
    kept = {(one.record_type, one.id): one for one in plan.kept}
    assert {("customer", edited), ("customer", carrying), ("customer", reminded), ("contact", contact), ("customer", ids[5])} <= kept.keys()
    assert ("customer", undone) not in kept
    assert kept["product", product].by == "自己的商机" and "同事的客户" in kept["employee", colleague].by
    assert not kept["customer", edited].by and kept["customer", reminded].by == "own"
    assert any(one.record_type == "department" for one in plan.kept), "where the colleague works"
    sample.remove(records, anna)
    assert set(ids) & set(records.ids(Customer, anna)) == {edited, carrying, reminded, ids[5]}
    assert living(records, "product") == 1 and living(records, "opportunity") == 1
    assert {row.called() for row in records.names.all("employee")} == {"Anna", "陈志强"}
    assert [one.sentence("en") for _check, found in examine(records) for one in found] == []


def test_what_the_program_does_by_itself_is_nobodys_work(started: tuple[Records, Actor], clock: Any) -> None:
    """A reminder that rang, was put off and done keeps nothing."""
    from crm_desktop.scheduling import reminders

    records, anna = started
    clock.at = datetime(2026, 3, 18, 9)
    rung = reminders.ring_at_start(records, anna, clock.now())
    ringing = [*rung.fresh, *rung.missed]
    assert ringing
    reminders.snooze(records, ringing[0], datetime(2026, 3, 18, 10), anna)
    reminders.done_all(records, ringing[1:], anna)
    assert sample.plan(records, anna).kept == ()
    assert reminder.Reminder.key() in sample.plan(records, anna).goes


def test_only_who_keeps_the_lists_of_everybody_removes_it(started: tuple[Records, Actor]) -> None:
    records, anna = started
    colleague = first(records, Employee, anna, Condition("login", "is", "chenzq"))
    other = actor_for(records, colleague)
    assert not sample.may_remove(records, other)
    with pytest.raises(Refused):
        sample.remove(records, other)
    assert not sample.may_remove(records, replace(anna, rights={}))
