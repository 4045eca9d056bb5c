"""Manager Meng's week: work is handed out, a colleague leaves, two people edit one customer, and a mistake is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from crm_desktop.business import Contact, Contract, Customer, Employee, FollowUp, Lead, Opportunity, Reminder, Task
from crm_desktop.business.customers.converting import Conversion, convert
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core.errors import Conflict, NotFound, Refused
from crm_desktop.core.views import Condition, View
from crm_desktop.scheduling import reminders
from tests.office import Office


def test_manager_mengs_week(office: Office, it_is: Callable[[str], None]) -> None:
    records, meng, li, zhao = office.records, office.meng, office.li, office.zhao

    # Monday. Twelve leads came from the fair; he hands them out to his two people, and they are told once.
    it_is("2026-03-16 09:00")
    leads = [office.save(Lead(name=f"参观者{n}", company=f"公司{n}", source="trade_show"), "meng").id for n in range(12)]
    assert records.assign(Lead, leads[:6], li.employee, meng).refused == []
    records.assign(Lead, leads[6:], zhao.employee, meng)
    (told,) = reminders.ring(records, li, records.clock.now()).fresh
    assert "孟经理" in told.title and "6" in told.title
    assert {records.get(Lead, one, li).state for one in leads[:6]} == {"assigned"}
    assert records.count(Lead, office.sun) == 0, "the second department has nothing to do with it"

    # Tuesday. Li Na qualifies one and makes a customer of it; Meng sees it, Sun Li does not.
    it_is("2026-03-17 10:00")
    first = records.get(Lead, leads[0], li)
    office.save(FollowUp(content="想看演示", lead=first.id, next_contact_on=date(2026, 3, 20)))
    records.move(records.get(Lead, first.id, li), "qualify", li)
    made, _change = convert(records, first, li, Conversion(opportunity="演示", expected_close=date(2026, 5, 1)))
    assert records.get(Customer, made.customer, meng).owner == li.employee
    with pytest.raises(NotFound):
        records.get(Customer, made.customer, office.sun)
    assert [line.record_type for line in records.timeline(Customer, made.customer, meng)].count("follow_up") >= 1

    # Wednesday, 11:00. Meng and Li Na have the same customer open. He corrects the phone, she the address: both are kept.
    it_is("2026-03-18 11:00")
    his, hers = records.get(Customer, made.customer, meng), records.get(Customer, made.customer, li)
    his.phone = "021-6000"
    records.save(his, meng)
    hers.address = "淮海中路 1 号"
    records.save(hers, li)
    now = records.get(Customer, made.customer, meng)
    assert (now.phone, now.address) == ("021-6000", "淮海中路 1 号")
    # 11:05. Now both change the phone: the second is told by whom, and what he wrote.
    his, hers = records.get(Customer, made.customer, meng), records.get(Customer, made.customer, li)
    his.phone = "021-6001"
    records.save(his, meng)
    hers.phone = "021-6002"
    with pytest.raises(Conflict) as both:
        records.save(hers, li)
    assert (both.value.who, both.value.theirs) == ("孟经理", {"phone": "021-6001"})
    assert hers.phone == "021-6002", "what she typed is still there"
    # The history tells who changed what, from what to what.
    lines = records.history(Customer, made.customer, meng)
    assert [(line.actor, line.changes["phone"]) for line in lines if "phone" in line.changes] == [
        (meng.employee, ("021-6000", "021-6001")), (meng.employee, ("", "021-6000")),
    ]  # fmt: skip

    # Thursday. Zhao Qiang gives notice. All he has is found by one filter and given to Li Na; then he is gone.
    it_is("2026-03-19 09:00")
    old = office.save(Customer(name="老客户"), "zhao")
    office.save(Contact(name="老王", customer=old.id), "zhao")
    office.save(Opportunity(name="续约", customer=old.id), "zhao")
    office.save(Contract(name="旧合同", customer=old.id), "zhao")
    office.save(Task(title="回电"), "zhao")
    his_own = View((Condition("owner", "one_of", [zhao.employee]),))
    for record_type in (Customer, Lead, Opportunity, Contract, Task):
        outcome = records.assign(record_type, records.ids(record_type, meng, his_own), li.employee, meng)
        assert outcome.refused == []
    assert records.count(Contact, li, View((Condition("customer", "one_of", [old.id]),))) == 1, "contacts go with their customer"
    person: Any = records.get(Employee, zhao.employee or 0, office.admin)
    records.move(person, "quit", office.admin, {"left_on": date(2026, 3, 19)})
    with pytest.raises(Refused):
        actor_for(records, zhao.employee or 0)
    left = {t.key(): records.count(t, office.boss, his_own) for t in (Customer, Contact, Lead, Opportunity, Contract, Task)}
    assert set(left.values()) == {0}, "nothing is left without somebody who looks after it"
    assert records.show(FollowUp, "created_by", zhao.employee, "zh_CN") == "赵强", "old entries still name him"

    # Friday. A slip: the wrong customer deleted, with everything that hangs on it. One key brings it back.
    it_is("2026-03-20 17:50")
    of_old = View((Condition("customer", "one_of", [old.id]),))
    slip = records.delete(Customer, [old.id], meng)
    assert slip.done == [old.id]
    assert [records.count(t, meng, of_old) for t in (Contact, Opportunity, Contract)] == [0, 0, 0]
    assert records.search("老王", meng) == []
    records.undo(slip.batch or 0, meng)
    assert [records.count(t, meng, of_old) for t in (Contact, Opportunity, Contract)] == [1, 1, 1]
    assert [hit.title for hit in records.search("老王", meng)] == ["老王"]
    # What belongs to the other department he can neither see nor delete nor take back.
    theirs = office.save(Customer(name="二部的客户"), "sun")
    assert records.delete(Customer, [theirs.id], meng).done == []
    assert records.count(Reminder, meng) == records.count(Reminder, meng, View((Condition("department", "one_of", [meng.department]),)))
