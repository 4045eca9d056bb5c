"""Events that repeat: they ring each time, one of them done leaves the others, and they stand among what is due today."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from crm_desktop.business import Customer, Event, FollowUp, Reminder
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.views import Condition, View
from crm_desktop.reports.todo import todo_of
from tests.office import Office

TEN = datetime(2026, 3, 19, 2)  # Thursday, 10:00 in Shanghai; it is Wednesday
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def weekly(office: Office, **values: Any) -> Any:
    return office.save(Event(title="周会", starts_at=TEN - 14 * DAY, repeats="FREQ=WEEKLY;BYDAY=TH", **values))


def waiting(office: Office) -> list[Any]:
    view = View((Condition("state", "one_of", ["open", "snoozed"]), Condition("owner", "me")), sort=(("rings_at", False),))
    found = office.records.page(Reminder, office.li, view, ["rings_at"], 9)
    return [office.records.get(Reminder, record_id, office.li) for record_id, _values in found]


def at(office: Office, moment: datetime) -> None:
    clock = office.records.clock
    assert isinstance(clock, FixedClock)
    clock.at = moment


def test_each_time_rings_when_the_one_before_was_answered(office: Office) -> None:
    made = weekly(office, remind_minutes=15)
    assert [one.rings_at for one in waiting(office)] == [TEN - 15 * MINUTE]
    at(office, TEN - 14 * MINUTE)
    office.records.move(waiting(office)[0], "done", office.li)
    assert [one.rings_at for one in waiting(office)] == [TEN + 7 * DAY - 15 * MINUTE]
    made = office.records.get(Event, made.id, office.li)
    made.repeats = ""
    office.records.save(made, office.li)
    assert [one.rings_at for one in waiting(office)] == [TEN - 14 * DAY - 15 * MINUTE]


def test_after_the_last_time_nothing_rings(office: Office) -> None:
    weekly(office, remind_minutes=15)
    office.save(Event(title="两次", starts_at=TEN - 7 * DAY, repeats="FREQ=WEEKLY;COUNT=2", remind_minutes=5))
    at(office, TEN - 4 * MINUTE)
    for one in waiting(office):
        office.records.move(one, "done", office.li)
    assert [one.title for one in waiting(office)] == ["周会"]


def test_one_time_done_leaves_the_others(office: Office) -> None:
    customer = office.save(Customer(name="华为"))
    made = weekly(office, customer=customer.id)
    series = made.uid
    at(office, TEN + 8 * DAY)
    office.records.move(made, "hold", office.li, {"result": "谈妥"})
    made = office.records.get(Event, made.id, office.li)
    assert (made.state, made.starts_at, made.repeats) == ("held", TEN + 7 * DAY, "")
    assert made.ends_at == TEN + 7 * DAY + timedelta(hours=1)
    [(other, values)] = office.records.page(Event, office.li, View((Condition("repeats", "filled"),)), ["uid", "repeats", "starts_at"], 9)
    assert values == (series, "FREQ=WEEKLY;BYDAY=TH;EXCEPT=20260326", TEN - 14 * DAY)
    assert other != made.id and made.uid == f"{series}/20260326T020000Z"
    assert office.records.count(FollowUp, office.li) == 1


def test_the_last_time_done_leaves_nothing(office: Office) -> None:
    made = office.save(Event(title="一次", starts_at=TEN, repeats="FREQ=WEEKLY;COUNT=1"))
    office.records.move(made, "skip", office.li)
    assert [values for _id, values in office.records.page(Event, office.li, View(), ["state", "repeats"], 9)] == [("not_held", "")]


def test_what_comes_again_today_is_due_today(office: Office) -> None:
    weekly(office)
    at(office, TEN - timedelta(hours=3))
    group = todo_of(office.records, office.li, "zh_CN").group("events")
    assert (group.count, [(item.title, item.at) for item in group.items]) == (1, [("周会", datetime(2026, 3, 19, 10))])
    at(office, TEN + DAY)
    assert todo_of(office.records, office.li, "zh_CN").group("events").count == 0
