"""AC4: reminders kept by events and tasks: one each, in time, gone when it is over, back when it is planned again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from crm_desktop.business import Contact, Customer, Event, FollowUp, Lead, Reminder, Task
from crm_desktop.core.errors import Invalid, Refused
from crm_desktop.core.views import Condition, View
from tests.office import Office

TEN = datetime(2026, 3, 19, 2)  # Thursday, 10:00 in Shanghai
MINUTE = timedelta(minutes=1)
WAITING = View((Condition("state", "one_of", ["open", "snoozed"]),), sort=(("rings_at", False),))


def rings(office: Office, who: str = "li") -> list[datetime]:
    """When this person's reminders ring."""
    view = WAITING.where(Condition("owner", "me"))
    return [values[0] for _id, values in office.records.page(Reminder, office.actor(who), view, ["rings_at"], 20)]


def event(office: Office, **values: Any) -> Any:
    return office.save(Event(title="拜访", starts_at=TEN, **values))


def again(office: Office, record: Any) -> Any:
    return office.records.get(type(record), record.id, office.li)


def test_an_event_rings_before_it_starts(office: Office) -> None:
    made = event(office, remind_minutes=15)
    assert rings(office) == [TEN - 15 * MINUTE]
    made.starts_at, made.ends_at = TEN + timedelta(1), None
    office.records.save(made, office.li)
    assert rings(office) == [TEN + timedelta(1) - 15 * MINUTE], "dragged to Friday: one reminder, a day later"
    made.remind_minutes = None
    office.records.save(made, office.li)
    assert rings(office) == []
    made.remind_minutes = 0
    office.records.save(made, office.li)
    assert rings(office) == [TEN + timedelta(1)]
    assert event(office).remind_minutes is None and len(rings(office)) == 1


def test_what_is_over_does_not_ring_and_planned_again_it_does(office: Office) -> None:
    made = event(office, remind_minutes=15)
    office.records.move(made, "skip", office.li)
    assert rings(office) == []
    office.records.move(made, "reopen", office.li)
    assert rings(office) == [TEN - 15 * MINUTE]


def test_what_a_person_answered_stays_answered(office: Office) -> None:
    made = event(office, remind_minutes=15)
    reminder = office.records.get(Reminder, office.records.ids(Reminder, office.li)[0], office.li)
    office.records.move(reminder, "done", office.li)
    made.title = "拜访甲公司"
    office.records.save(made, office.li)
    assert rings(office) == []
    made.starts_at = made.ends_at = TEN + timedelta(1)
    office.records.save(made, office.li)
    assert len(rings(office)) == 1, "a new time is a new reason to ring"


def test_a_deleted_event_does_not_ring_and_a_restored_one_does(office: Office) -> None:
    made = event(office, remind_minutes=15)
    outcome = office.records.delete(Event, [made.id], office.li)
    assert rings(office) == []
    office.records.restore(Event, [made.id], office.li)
    assert rings(office) == [TEN - 15 * MINUTE]
    outcome = office.records.delete(Event, [made.id], office.li)
    office.records.undo(outcome.batch, office.li)  # type: ignore[arg-type]
    assert rings(office) == [TEN - 15 * MINUTE]


def test_a_reminder_missed_in_the_bin_rings_when_restored(office: Office) -> None:
    made = event(office, remind_minutes=15)
    office.records.delete(Event, [made.id], office.li)
    office.records.clock.at = TEN  # type: ignore[attr-defined]
    office.records.restore(Event, [made.id], office.li)
    assert rings(office) == [TEN - 15 * MINUTE]


def test_undo_of_a_new_event_takes_its_reminder_along(office: Office) -> None:
    made = Event(title="拜访", starts_at=TEN, remind_minutes=15)
    change = office.records.save(made, office.li)
    assert office.records.undo(change.batch, office.li).refused == []
    assert rings(office) == []


def test_a_task_rings_until_it_is_done(office: Office) -> None:
    made = office.save(Task(title="寄样品", remind_at=TEN, due_on=date(2026, 3, 19)))
    assert rings(office) == [TEN]
    office.records.move(made, "done", office.li)
    assert rings(office) == [] and made.done_at == office.records.clock.now()
    office.records.move(made, "reopen", office.li)
    assert rings(office) == [TEN] and made.done_at is None
    assert made.late(date(2026, 3, 20)) and not made.late(date(2026, 3, 19))
    office.records.move(made, "cancel", office.li)
    assert rings(office) == [] and not made.late(date(2026, 3, 20))


def test_the_reminder_goes_with_the_event_to_its_new_owner(office: Office) -> None:
    made = event(office, remind_minutes=15)
    office.records.assign(Event, [made.id], office.ids["zhao"], office.meng)
    assert rings(office) == [] and rings(office, "zhao") == [TEN - 15 * MINUTE]


def test_done_with_result_writes_the_log_once(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    contact = office.save(Contact(name="钱一", customer=customer.id))
    made = event(office, customer=customer.id, contact=contact.id, kind="call", remind_minutes=15)
    office.records.clock.at = TEN + timedelta(hours=2)  # type: ignore[attr-defined]
    with pytest.raises(Invalid):
        office.records.move(made, "hold", office.li)
    change = office.records.move(made, "hold", office.li, {"result": "要二十台"})
    log = office.records.get(FollowUp, office.records.ids(FollowUp, office.li)[0], office.li)
    assert (log.content, log.customer, log.contact, log.method, log.happened_at) == ("拜访\n要二十台", customer.id, contact.id, "call", TEN)
    assert again(office, customer).last_contact_at == TEN
    assert rings(office) == []
    with pytest.raises(Refused):
        office.records.move(again(office, made), "hold", office.li, {"result": "要二十台"})
    assert office.records.undo(change.batch, office.li).refused == []
    assert office.records.count(FollowUp, office.li) == 0
    assert again(office, made).state == "planned" and again(office, customer).last_contact_at is None


def test_the_result_is_kept_though_the_customer_went_to_a_colleague(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    made = event(office, customer=customer.id)
    office.records.assign(Customer, [customer.id], office.ids["sun"], office.boss)
    office.records.move(made, "hold", office.li, {"result": "要二十台"})
    assert office.records.count(FollowUp, office.sun) == 1 and office.records.count(FollowUp, office.li) == 0


def test_an_event_ends_after_it_starts(office: Office) -> None:
    assert event(office).ends_at == TEN + timedelta(hours=1)
    with pytest.raises(Invalid) as caught:
        event(office, ends_at=TEN - MINUTE)
    assert caught.value.field == "ends_at"
    with pytest.raises(Invalid) as caught:
        office.save(Event(title="没有时间"))
    assert caught.value.field == "starts_at"


def test_the_new_owner_is_told_once_for_each_act(office: Office) -> None:
    """CU7: five customers given at once are one reminder; it rings at once and leads to the first of them."""
    ids = [office.save(Customer(name=f"公司{n}")).id for n in range(5)]
    outcome = office.records.assign(Customer, ids, office.ids["zhao"], office.meng)
    told = [office.records.get(Reminder, one, office.zhao) for one in office.records.ids(Reminder, office.zhao)]
    assert [(one.title, one.cause, one.ref_id, one.rings_at) for one in told] == [
        (told[0].title, "assigned", ids[0], office.records.clock.now())
    ]
    assert "5" in told[0].title and "孟经理" in told[0].title
    office.records.undo(outcome.batch, office.meng)  # type: ignore[arg-type]
    assert rings(office, "zhao") == []
    office.records.assign(Customer, ids[:1], office.ids["zhao"], office.meng)
    last = office.records.get(Reminder, office.records.ids(Reminder, office.zhao, WAITING)[0], office.zhao)
    assert "公司0" in last.title


def test_nobody_is_told_what_he_does_himself_or_what_is_brought_in(office: Office) -> None:
    office.save(Customer(name="甲公司"))
    mine = office.save(Lead(name="钱一"), "meng")
    office.records.assign(Lead, [mine.id], office.ids["meng"], office.meng)
    imported = Customer(name="导入的", owner=office.ids["li"])
    office.records.unit(office.meng, lambda unit: unit.save(imported), "import")
    assert office.records.count(Reminder, office.admin) == 0
    office.save(Task(title="替我寄样品", owner=office.ids["li"]), "meng")
    assert len(rings(office)) == 1
