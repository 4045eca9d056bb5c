"""check: a sound place passes, every kind of damage is found and named, nothing is changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.office.task import Task
from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.business.system import starting
from crm_desktop.core.checks import CHECKS, examine
from crm_desktop.core.clock import Clock
from crm_desktop.core.records import Records
from crm_desktop.database.engine import Database
from tests.cli.conftest import Run, Shop


def test_demo_company_is_sound(run: Run, shop: Shop) -> None:
    told = run("check", "--json", *shop.place)
    assert (told.code, told.err) == (0, "")
    answers = told.json()
    assert [answer["check"] for answer in answers] == [check.key for check in CHECKS]
    assert all(answer["ok"] and not answer["problems"] for answer in answers)


@pytest.fixture
def records(database: Database) -> Records:
    """A few records of a new company."""
    records = Records(database, RECORD_TYPES, Clock())
    user = starting.begin(records, "试验公司", "李明", "zh_CN")
    actor = actor_for(records, user.id)
    customer = Customer(name="苏州明达有限公司", phone="0512-66660001")
    records.save(customer, actor)
    records.save(Contact(name="张伟", customer=customer.id, mobile="13800138000"), actor)
    records.save(Task(title="回电话", customer=customer.id), actor)
    records.save(Contract(name="年度合同", customer=customer.id), actor)
    return records


def found(records: Records) -> set[str]:
    return {check.key for check, findings in examine(records) if findings}


def test_new_company_is_sound(records: Records) -> None:
    assert found(records) == set()


DAMAGE = {
    "link": ("links", "UPDATE task SET customer = 4711"),
    "parent in the bin": ("links", "UPDATE customer SET deleted_at = '2026-01-01 00:00:00'"),
    "tag": ("lists", "UPDATE customer SET tags = ',4711,'"),
    "owner": ("owners", "UPDATE task SET owner = 4711"),
    "department": ("owners", "UPDATE task SET department = NULL"),
    "follower": ("owners", "UPDATE contact SET owner = NULL"),
    "state": ("states", "UPDATE contract SET state = 'somehow'"),
    "picklist": ("states", "UPDATE customer SET level = 'Z'"),
    "counter": ("numbers", "UPDATE counter SET value = 0"),
    "journal without act": ("journal", "DELETE FROM batch"),
    "act without journal": ("journal", "DELETE FROM journal WHERE record_type = 'task'"),
    "journal of nothing": ("journal", "UPDATE journal SET record_id = 4711 WHERE record_type = 'task'"),
    "journal of an unknown kind": ("journal", "UPDATE journal SET record_type = 'unicorn' WHERE record_type = 'task'"),
    "custom fields": ("values", "UPDATE customer SET extra = '{half'"),
    "not indexed": ("search", "DELETE FROM find_contact"),
    "indexed for ever": ("search", "DELETE FROM task"),
    "index of another name": ("search", "UPDATE customer SET name = '杭州另一家公司'"),
    "place in the list": ("search", "UPDATE customer SET sort_key = 'zzz'"),
    "missing index": ("tables", None),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found(records: Records, damage: str) -> None:
    expected, sql = DAMAGE[damage]
    database = records.database
    if sql is None:
        if database.engine == "mysql":
            pytest.skip("the schema is shared by the tests and must keep its shape")
        sql = "DROP INDEX customer_code"
    statement: str = sql
    database.write(lambda tx: tx.run(statement))
    assert expected in found(records)
    for _check, findings in examine(records):
        for finding in findings:
            assert "{" not in finding.sentence("en")


def test_dates_that_are_none(records: Records) -> None:
    if records.database.engine == "mysql":
        pytest.skip("a server refuses such values itself")
    for value in ("2026-02-30", "yesterday", "2026-1-1"):
        records.database.write(lambda tx, value=value: tx.run("UPDATE customer SET next_contact_on = ?", (value,)))
        assert found(records) == {"values"}


def test_exit_code_and_sentence(run: Run, fresh: list[str], open_place: Callable[[list[str]], Database]) -> None:
    run("list", "customer", *fresh)
    database = open_place(fresh)
    database.write(lambda tx: tx.run("UPDATE employee SET department = 4711"))
    database.close()
    told = run("check", "--lang", "en", *fresh)
    assert told.code == 1
    assert len(told.err.strip().splitlines()) == 1
    assert "Employees" in told.out and "4711" not in told.err
    answers = run("check", "--json", *fresh).json()
    # The search index knows the department too.
    assert {answer["check"] for answer in answers if not answer["ok"]} == {"links", "search"}


@pytest.fixture
def open_place() -> Callable[[list[str]], Database]:
    from crm_desktop.database.engine import open_database

    return lambda options: open_database(options[1])
