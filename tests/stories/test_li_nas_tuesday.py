"""Li Na's Tuesday: a salesperson works a day with her customers, from the first call to the signed contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.business import Contact, Contract, Customer, Event, FollowUp, Opportunity, SavedView, Task
from crm_desktop.business.office import marks
from crm_desktop.business.system.saved_view import views_for
from crm_desktop.core.errors import Invalid, Refused
from crm_desktop.core.views import Condition, View
from crm_desktop.reports.funnel import FUNNEL
from crm_desktop.reports.todo import todo_of
from crm_desktop.scheduling import reminders
from tests.office import Office


def test_li_nas_tuesday(office: Office, it_is: Callable[[str], None]) -> None:
    records, li = office.records, office.li
    stages = {row.code: row.id for row in records.names.all("stage")}  # type: ignore[attr-defined]

    # Last week she entered three customers; two of them are to be called by today.
    it_is("2026-03-12 15:00")
    huawei = office.save(Customer(name="华为技术有限公司", phone="0755-28780808", level="A", next_contact_on=date(2026, 3, 17)))
    office.save(Customer(name="上海电气集团", phone="021-33261888", level="B", next_contact_on=date(2026, 3, 16)))
    office.save(Customer(name="绿城服务", level="C", next_contact_on=date(2026, 4, 20)))
    office.save(Customer(name="赵强的客户", next_contact_on=date(2026, 3, 17)), "zhao")

    # 8:55. The workbench tells her whom to call: her own customers only, the late one marked.
    it_is("2026-03-17 08:55")
    to_call = todo_of(records, li, "zh_CN").group("customers")
    assert {item.title: item.late for item in to_call.items} == {"上海电气集团": True, "华为技术有限公司": False}

    # 9:00. She types initials, then a part of the phone number: the same customer both times.
    assert [hit.id for hit in records.search("hwjs", li)] == [huawei.id]
    assert records.search("28780808", li)[0].id == huawei.id
    marks.opened(records, li, "customer", huawei.id)

    # 9:20. She logs the call with the next date in the same form, and adds the person she spoke to.
    it_is("2026-03-17 09:20")
    wang = office.save(Contact(name="王工", customer=huawei.id, mobile="13800138000", is_decision_maker=True))
    office.save(
        FollowUp(content="要四十套许可，四月定", customer=huawei.id, contact=wang.id, method="call", next_contact_on=date(2026, 3, 24))
    )
    now = records.get(Customer, huawei.id, li)
    assert (now.next_contact_on, now.last_contact_at) == (date(2026, 3, 24), datetime(2026, 3, 17, 1, 20))
    assert [hit.title for hit in records.search("wg", li, [Contact])] == ["王工"]

    # 9:40. That is an opportunity: ten percent until she knows more.
    deal = office.save(
        Opportunity(name="四十套许可", customer=huawei.id, contact=wang.id, amount=Decimal("80000"), expected_close=date(2026, 4, 15),
                    next_step="发报价", next_step_on=date(2026, 3, 18))
    )  # fmt: skip
    assert (deal.stage, deal.probability, deal.weighted()) == (stages["prospecting"], 10, Decimal(8000))

    # 10:00. One timeline shows all of it, newest first.
    told = [line.record_type for line in records.timeline(Customer, huawei.id, li)]
    assert told[0] == "opportunity" and {"follow_up", "contact", "customer"} <= set(told)

    # 11:00. A visit on Wednesday, with a reminder; the customer asks for Thursday instead.
    it_is("2026-03-17 11:00")
    visit = office.save(
        Event(title="拜访华为", kind="visit", customer=huawei.id, contact=wang.id, starts_at=datetime(2026, 3, 18, 2), remind_minutes=30)
    )
    visit.starts_at, visit.ends_at = datetime(2026, 3, 19, 2), datetime(2026, 3, 19, 3)
    records.save(visit, li)

    # 14:00. She drags the card on; the board asks why when one is lost, and not before.
    it_is("2026-03-17 14:00")
    deal.stage = stages["proposal"]
    records.save(deal, li)
    assert deal.probability == 50
    small = office.save(Opportunity(name="培训", customer=huawei.id, amount=Decimal(3000)))
    small.stage = stages["lost"]
    with pytest.raises(Invalid) as why:
        records.save(small, li)
    assert why.value.field == "lost_reason"
    small.lost_reason = "budget"
    records.save(small, li)

    # 15:00. She keeps her important customers as a view of her own.
    important = View((Condition("level", "one_of", ["A", "B"]), Condition("owner", "me")), sort=(("next_contact_on", False),))
    office.save(SavedView(name="重点客户", record_type="customer", content=important.to_json()))
    (kept,) = views_for(records, li, "customer")
    assert [records.names.title("customer", one) for one in records.ids(Customer, li, View.from_json(kept.content))] == [
        "上海电气集团", "华为技术有限公司",
    ]  # fmt: skip

    # 16:00. Three tasks too many are gone with one key, and back with another.
    tasks = [office.save(Task(title=f"杂事 {n}", due_on=date(2026, 3, 20))).id for n in range(3)]
    gone = records.delete(Task, tasks, li)
    assert len(gone.done) == 3 and records.count(Task, li) == 0
    last = records.last_batch(li)
    assert last is not None and last.id == gone.batch
    records.undo(last.id, li)
    assert records.count(Task, li) == 3
    # A customer she may not delete: the door says why.
    assert isinstance(records.delete(Customer, [huawei.id], li).refused[0][1], Refused)

    # Thursday. The reminder rings half an hour before; the visit is done with a result, which is in the log by itself.
    it_is("2026-03-19 09:30")
    rung = reminders.ring(records, li, records.clock.now())
    assert [one.title for one in rung.fresh] == ["拜访华为"]
    assert not reminders.ring(records, li, records.clock.now()), "it rings once"
    it_is("2026-03-19 11:00")
    records.move(visit, "hold", li, {"result": "同意报价，准备合同"})
    newest: Any = records.get(FollowUp, records.ids(FollowUp, li)[0], li)
    assert (newest.content, newest.method, newest.contact) == ("拜访华为\n同意报价，准备合同", "visit", wang.id)

    # In April the deal is won, and the contract made from it.
    it_is("2026-04-14 16:00")
    deal = records.get(Opportunity, deal.id, li)
    deal.stage = stages["won"]
    records.save(deal, li)
    contract = office.save(
        Contract(name="许可合同", customer=huawei.id, opportunity=deal.id, amount=deal.amount, starts_on=date(2026, 5, 1),
                 ends_on=date(2027, 4, 30))
    )  # fmt: skip
    assert contract.number == "HT-2026-0001"
    records.move(contract, "send", li)
    records.move(contract, "activate", li, {"signed_on": date(2026, 4, 14)})

    # The funnel of the year shows her one won and one lost opportunity, and none of Zhao Qiang's.
    rows = {row.values[0]: row.values for row in FUNNEL.run(records, li, {"period": "all"}).rows}
    counts = {label: values[1] for label, values in rows.items()}
    assert (counts["赢单"], counts["输单"]) == (1, 1)
