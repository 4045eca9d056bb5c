"""SA5: numbers without gaps, states, dates that follow each other, a reminder before the end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from crm_desktop.business import Contract, Customer, Reminder
from crm_desktop.core.checks import examine
from crm_desktop.core.errors import Invalid, Refused
from crm_desktop.core.views import Condition, View
from tests.office import Office


@pytest.fixture
def customer(office: Office) -> int:
    return int(office.save(Customer(name="甲公司")).id)


def contract(office: Office, customer: int, **values: Any) -> Any:
    return office.save(Contract(name="服务合同", customer=customer, **values))


def test_numbers_follow_each_other_in_each_year(office: Office, customer: int) -> None:
    assert [contract(office, customer).number for _n in range(3)] == ["HT-2026-0001", "HT-2026-0002", "HT-2026-0003"]
    office.records.clock.at = datetime(2027, 1, 1, 1)  # type: ignore[attr-defined]
    assert contract(office, customer).number == "HT-2027-0001"
    both = [Contract(name="一", customer=customer), Contract(name="二", customer=customer)]
    office.records.unit(office.li, lambda unit: unit.add(both))
    assert [one.number for one in both] == ["HT-2027-0002", "HT-2027-0003"]


def test_the_year_begins_at_local_midnight(office: Office, customer: int) -> None:
    office.records.clock.at = datetime(2026, 12, 31, 16, 30)  # type: ignore[attr-defined]
    assert contract(office, customer).number == "HT-2027-0001", "half past midnight in Shanghai"


def test_a_number_typed_by_hand_is_kept_and_never_given_again(office: Office, customer: int) -> None:
    assert contract(office, customer, number="HT-2026-0002").number == "HT-2026-0002"
    assert [contract(office, customer).number for _n in range(2)] == ["HT-2026-0001", "HT-2026-0003"]
    with pytest.raises(Invalid) as caught:
        contract(office, customer, number="HT-2026-0003")
    assert caught.value.field == "number" and "HT-2026-0003" in caught.value.sentence("en")
    made = contract(office, customer)
    made.number = "HT-2026-0001"
    with pytest.raises(Invalid):
        office.records.save(made, office.li)
    assert [f.sentence("en") for _check, findings in examine(office.records) for f in findings] == []


def test_a_number_that_was_given_again_stands_in_the_way_of_a_restore(office: Office, customer: int) -> None:
    first = contract(office, customer, number="A-1")
    office.records.delete(Contract, [first.id], office.meng)
    contract(office, customer, number="A-1")
    outcome = office.records.restore(Contract, [first.id], office.meng)
    assert outcome.done == [] and "A-1" in outcome.refused[0][1].sentence("en")


def test_states_go_the_way_of_a_contract(office: Office, customer: int) -> None:
    made = contract(office, customer)
    assert made.state == "draft"
    with pytest.raises(Refused):
        office.records.move(made, "complete", office.li)
    office.records.move(made, "send", office.li)
    with pytest.raises(Invalid) as caught:
        office.records.move(made, "activate", office.li, {})
    assert caught.value.field == "signed_on" and made.state == "pending_signature"
    office.records.move(made, "activate", office.li, {"signed_on": date(2026, 3, 18)})
    assert (made.state, made.signed_on) == ("active", date(2026, 3, 18))
    office.records.move(made, "complete", office.li)
    office.records.move(made, "close", office.li)
    history = [line.changes["state"] for line in office.records.history(Contract, made.id, office.li) if "state" in line.changes]
    way = ["draft", "pending_signature", "active", "completed", "closed"]
    assert history[::-1] == list(zip(way, way[1:], strict=False))


def test_dates_in_the_wrong_order_are_told(office: Office, customer: int) -> None:
    with pytest.raises(Invalid) as caught:
        contract(office, customer, starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 30))
    assert caught.value.field == "ends_on"
    contract(office, customer, starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 1))


def test_expiring_and_expired_are_worked_out_never_typed() -> None:
    made = Contract(name="一", state="active", ends_on=date(2026, 4, 17), remind_days=30)
    assert [made.due(date(2026, 3, 17) + timedelta(n)) for n in (0, 1, 31, 32)] == ["", "expiring", "expiring", "expired"]
    assert Contract(name="二", state="draft", ends_on=date(2026, 1, 1)).due(date(2026, 3, 1)) == ""
    assert Contract(name="三", state="active").due(date(2026, 3, 1)) == ""


def reminders(office: Office) -> list[tuple[str, Any]]:
    view = View((Condition("cause", "one_of", ["contract_end"]), Condition("state", "one_of", ["open", "snoozed"])))
    rows = office.records.page(Reminder, office.li, view, ["title", "rings_at"], 9)
    return [tuple(values) for _id, values in rows]  # type: ignore[misc]


def test_the_owner_is_reminded_before_the_end_while_it_is_active(office: Office, customer: int) -> None:
    made = contract(office, customer, ends_on=date(2026, 6, 30), remind_days=30)
    assert reminders(office) == []
    office.records.move(made, "activate", office.li, {"signed_on": date(2026, 3, 18)})
    assert reminders(office) == [("服务合同", datetime(2026, 5, 31, 1))], "nine o'clock in Shanghai"
    made.ends_on = date(2026, 7, 31)
    office.records.save(made, office.li)
    assert reminders(office) == [("服务合同", datetime(2026, 7, 1, 1))], "one, at the new date"
    office.records.assign(Contract, [made.id], office.ids["zhao"], office.meng)
    assert reminders(office) == []
    assert office.records.count(Reminder, office.zhao, View((Condition("cause", "one_of", ["contract_end"]),))) == 1
    office.records.assign(Contract, [made.id], office.ids["li"], office.meng)
    made = office.records.get(Contract, made.id, office.li)
    office.records.move(made, "terminate", office.li)
    assert reminders(office) == []
