"""The operation log finds acts by person, kind, day, record and words, and shows nobody more than he may see."""

from __future__ import annotations

from datetime import date

import pytest

from crm_desktop.business.customers.customer import Customer
from crm_desktop.core.operation_log import Asked, acts
from crm_desktop.core.state import state
from tests.office import Office


@pytest.fixture
def worked(office: Office) -> Office:
    """Li and Sun have each made a customer, Li has changed hers and signed in."""
    office.records.log(office.li, "sign_in", note="PC-7")
    office.ids["mingda"] = office.save(Customer(name="苏州明达")).id
    office.save(Customer(name="昆山精密"), "sun")
    customer = office.records.get(Customer, office.ids["mingda"], office.li)
    customer.city = "苏州"
    office.save(customer)
    return office


def told(office: Office, who: str, asked: Asked) -> list[tuple[str, str]]:
    return [(act.what, act.title) for act in acts(office.records, office.actor(who), asked)]


def test_the_newest_stands_first(worked: Office) -> None:
    found = told(worked, "admin", Asked(person=worked.ids["li"]))
    assert found == [("update", "苏州明达"), ("create", "苏州明达"), ("sign_in", "")]


def test_it_is_narrowed(worked: Office) -> None:
    assert told(worked, "admin", Asked(act="sign_in")) == [("sign_in", "")]
    assert ("create", "昆山精密") in told(worked, "admin", Asked(act="create"))
    today = date(2026, 3, 18)
    assert len(told(worked, "admin", Asked(worked.ids["li"], since=today, until=today))) == 3
    assert told(worked, "admin", Asked(worked.ids["li"], until=date(2026, 3, 17))) == []


def test_words_find_notes_and_records(worked: Office) -> None:
    assert told(worked, "admin", Asked(text="PC-7")) == [("sign_in", "")]
    assert told(worked, "admin", Asked(text="明达")) == [("update", "苏州明达"), ("create", "苏州明达")]
    assert told(worked, "admin", Asked(text="%")) == []


def test_the_acts_on_one_record(worked: Office) -> None:
    found = told(worked, "admin", Asked(record=("customer", worked.ids["mingda"])))
    assert found == [("update", "苏州明达"), ("create", "苏州明达")]


def test_a_salesperson_sees_his_own_acts_a_manager_those_of_his_people(worked: Office) -> None:
    assert {title for _what, title in told(worked, "sun", Asked())} == {"昆山精密"}
    assert {title for _what, title in told(worked, "meng", Asked())} == {"苏州明达", ""}
    assert {"昆山精密", "苏州明达"} <= {title for _what, title in told(worked, "boss", Asked())}


def test_older_acts_come_page_by_page(worked: Office) -> None:
    admin = worked.admin
    first = acts(worked.records, admin, Asked(), limit=2)
    second = acts(worked.records, admin, Asked(), before=first[-1].id, limit=2)
    whole = acts(worked.records, admin, Asked(), limit=4)
    assert [act.id for act in (*first, *second)] == [act.id for act in whole]


def test_what_is_logged_is_nothing_to_undo(worked: Office) -> None:
    worked.records.log(worked.li, "export", "customer", 12, "a.xlsx")
    last = worked.records.last_batch(worked.li)
    assert last is not None and last.what == "update"


def test_the_state_of_the_database(worked: Office) -> None:
    found = state(worked.records, worked.boss)
    assert found.counts["customer"] == 2
    assert found.size > 0 and found.acts >= 4 and found.answer > 0
    assert (found.free is not None) == (worked.records.database.engine == "sqlite")
