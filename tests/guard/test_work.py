"""A day's work goes on through the guarded views as on a local file."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pymysql
import pytest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.converting import Conversion, convert
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.follow_up import FollowUp
from crm_desktop.business.customers.lead import Lead
from crm_desktop.business.office.event import Event
from crm_desktop.business.office.reminder import Reminder
from crm_desktop.business.office.task import Task
from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.staff import accounts
from crm_desktop.business.staff.employee import Employee
from crm_desktop.core import seals
from crm_desktop.core.checks import examine
from crm_desktop.core.errors import Invalid, NotFound, Refused, Trouble
from crm_desktop.core.twins import Duplicate
from crm_desktop.core.views import View
from tests.guard.company import Company


def test_a_salesperson_adds_changes_finds_and_undoes(company: Company) -> None:
    li = company.actor("li")
    door = company.door("li")
    customer = company.save(Customer(name="华为技术", phone="0755-28780808"), "li")
    contact = company.save(Contact(name="任先生", customer=customer.id, is_primary=True), "li")
    company.save(Contact(name="孟女士", customer=customer.id, is_primary=True), "li")
    company.save(FollowUp(content="谈了报价", customer=customer.id, next_contact_on=date(2027, 1, 5)), "li")
    company.save(Opportunity(name="交换机", customer=customer.id), "li")
    contract = company.save(Contract(name="合同", customer=customer.id), "li")
    company.save(Event(title="拜访", customer=customer.id, starts_at=datetime(2027, 1, 4, 2), remind_minutes=10), "li")
    again = door.get(Customer, customer.id, li)
    assert again.next_contact_on == date(2027, 1, 5) and contract.number
    assert not door.get(Contact, contact.id, li).is_primary
    again.name = "华为"
    change = door.save(again, li)
    assert [hit.id for hit in door.search("huawei", li, [Customer])] == [customer.id]
    assert door.undo(change.batch, li).done == [customer.id]
    assert door.get(Customer, customer.id, li).name == "华为技术"
    assert {line.action for line in door.history(Customer, customer.id, li)} == {"create", "update"}


def test_a_new_record_is_taken_back_without_the_right_to_delete(company: Company) -> None:
    door, li = company.door("li"), company.actor("li")
    customer = Customer(name="打错了")
    change = door.save(customer, li)
    assert not li.may(Customer, "delete")
    assert door.undo(change.batch, li).done == [customer.id]
    assert door.get(Customer, customer.id, li, deleted=True).deleted_at is not None


def test_a_manager_assigns_beyond_his_own_sight(company: Company) -> None:
    door, meng = company.door("meng"), company.actor("meng")
    mine = [company.save(Customer(name=f"分配{number}"), "li") for number in range(3)]
    person = company.save(Contact(name="随行", wechat="zeltmacher", customer=mine[0].id), "li")
    outcome = door.assign(Customer, [one.id for one in mine], company.ids["sun"], meng)
    assert len(outcome.done) == 3 and not outcome.refused
    sun, his = company.door("sun"), company.actor("sun")
    assert sun.get(Contact, person.id, his).owner == company.ids["sun"]
    assert person.id in [hit.id for hit in sun.search("随行", his, [Contact])]
    assert [hit.id for hit in sun.search("zeltmacher", his, [Contact])] == [person.id], "the index was written anew"
    assert {hit.id for hit in sun.search("分配", his, [Customer])} == {one.id for one in mine}
    with pytest.raises(NotFound):
        company.door("li").get(Customer, mine[0].id, company.actor("li"))
    for words in ("随行", "zeltmacher"):
        assert not company.door("li").search(words, company.actor("li"), [Contact])
    told = sun.ids(Reminder, his)
    assert len(told) == 1, "one act, one reminder"


def test_what_belongs_to_others_is_not_left_behind(company: Company) -> None:
    """The program does not even see sun's opportunity; the server refuses, and the other record is binned all the same."""
    customer = company.save(Customer(name="甲公司"), "li")
    free = company.save(Customer(name="乙公司"), "li")
    theirs = company.save(Opportunity(name="孙的商机", customer=customer.id, owner=company.ids["sun"]), "boss")
    outcome = company.door("meng").delete(Customer, [customer.id, free.id], company.actor("meng"))
    assert outcome.done == [free.id] and "belong to it" in outcome.refused[0][1].sentence("en")
    assert company.door("sun").get(Opportunity, theirs.id, company.actor("sun")).deleted_at is None
    assert company.door("boss").delete(Customer, [customer.id], company.actor("boss")).done == [customer.id]


def test_an_event_is_held_though_the_customer_went_to_a_colleague(company: Company) -> None:
    customer = company.save(Customer(name="丙公司"), "li")
    event = company.save(Event(title="拜访", customer=customer.id, starts_at=datetime(2027, 1, 4, 2)), "li")
    company.door("meng").assign(Customer, [customer.id], company.ids["sun"], company.actor("meng"))
    door, li = company.door("li"), company.actor("li")
    door.move(door.get(Event, event.id, li), "hold", li, {"result": "谈妥"})
    assert door.get(Event, event.id, li).state == "held"


def test_a_colleague_is_told_of_a_share_and_undo_takes_both_back(company: Company) -> None:
    customer = company.save(Customer(name="共同客户"), "li")
    door, li = company.door("li"), company.actor("li")
    batch = door.share(Customer, [customer.id], company.ids["sun"], li, write=True).batch
    sun, his = company.door("sun"), company.actor("sun")
    record = sun.get(Customer, customer.id, his)
    record.city = "上海"
    sun.save(record, his)
    company.save(FollowUp(content="一起谈", customer=customer.id), "sun")
    assert door.get(Customer, customer.id, li).city == "上海"
    record.name = "归我"
    assert batch is not None and not door.undo(batch, li).refused
    with pytest.raises(NotFound):
        sun.get(Customer, customer.id, his)


def test_recycle_bin_and_purge(company: Company) -> None:
    customer = company.save(Customer(name="旧客户"), "li")
    person = company.save(Contact(name="旧人", customer=customer.id), "li")
    door, meng = company.door("meng"), company.actor("meng")
    assert door.delete(Customer, [customer.id], meng).done == [customer.id]
    assert not company.door("li").search("旧客户", company.actor("li"))
    assert door.restore(Customer, [customer.id], meng).done == [customer.id]
    assert company.door("li").get(Contact, person.id, company.actor("li")).deleted_at is None
    door.delete(Customer, [customer.id], meng)
    admin, keeper = company.door("admin"), company.actor("admin")
    assert admin.purge(Customer, [customer.id], keeper).done == [customer.id]
    with pytest.raises(NotFound):
        admin.get(Contact, person.id, keeper, deleted=True)


def test_a_lead_is_converted(company: Company) -> None:
    lead = company.save(Lead(name="小王", company="新公司", mobile="13800001111"), "li")
    company.save(FollowUp(content="来电", lead=lead.id), "li")
    made, _change = convert(company.door("li"), lead, company.actor("li"), Conversion(opportunity="首单"))
    assert company.door("li").get(Opportunity, made.opportunity or 0, company.actor("li")).customer == made.customer


def test_a_lead_beside_its_customer_is_asked_about(company: Company) -> None:
    """Each locks what it looks at in the other's keys, by whichever door."""
    door, li = company.door("li"), company.actor("li")
    customer = company.save(Customer(name="云海计量仪器有限公司", mobile="13812340000"), "li")
    lead = Lead(name="云姐", company="云海计量仪器")
    with pytest.raises(Duplicate) as told:
        door.save(lead, li, wary=True)
    assert [(twin.type, twin.id) for twin in told.value.twins] == [("customer", customer.id)] and lead.is_new()
    door.save(lead, li)
    company.save(Lead(name="金哥", company="金诚量具有限公司"), "li")
    with pytest.raises(Duplicate) as told:
        door.save(Customer(name="金诚量具"), li, wary=True)
    assert [twin.type for twin in told.value.twins] == ["lead"]
    company.door("sun").save(Customer(name="天蓝量具"), company.actor("sun"), wary=True)


def test_tasks_remind_and_are_done(company: Company) -> None:
    door, li = company.door("li"), company.actor("li")
    task = company.save(Task(title="寄样品", remind_at=datetime(2027, 2, 1, 1)), "li")
    door.move(task, "done", li)
    assert door.delete(Task, [task.id], li).done == [task.id]


def test_settings_are_ones_own(company: Company) -> None:
    door, li = company.door("li"), company.actor("li")
    door.settings.put("theme", "dark", li.employee)
    assert door.settings.get("theme", None, li.employee) == "dark"
    with pytest.raises(Exception, match="settings of the company"):
        door.settings.put("company", "别的公司")
    company.door("admin").settings.put("company", "明达贸易")


def test_rights_change_at_once(company: Company) -> None:
    """The transaction that changes staff changes what the server lets through."""
    customer = company.save(Customer(name="看不见的"), "zhao")
    door, admin = company.door("admin"), company.actor("admin")
    with pytest.raises(NotFound):
        company.door("li").get(Customer, customer.id, company.actor("li"))
    role = next(role.id for role in door.names.all("role") if role.code == "manager")
    li = door.get(Employee, company.ids["li"], admin)
    was, li.role = li.role, role
    door.save(li, admin)
    try:
        assert company.door("li").get(Customer, customer.id, company.actor("li")).id == customer.id
        assert customer.id in company.door("li").ids(Customer, company.actor("li"), View())
    finally:
        li.role = was
        door.save(li, admin)
    with company.raw("li") as line, line.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM customer WHERE id = %s", (customer.id,))
        assert cursor.fetchone() == (0,)


def test_the_journal_is_sealed_by_who_sees_all_of_it(company: Company) -> None:
    company.save(Customer(name="versiegelt"), "li")
    with company.raw("root") as line, line.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM batch")
        (acts,) = cursor.fetchone()
    door = company.door("admin")
    ripe, seals.RIPE = seals.RIPE, timedelta(seconds=-5)
    try:
        while seals.seal(door):
            pass
        assert door.database.read("SELECT COUNT(*) FROM seal")[0][0] == acts
        assert list(seals.verify(door)) == []
        company.save(Customer(name="noch eins"), "li")
        with pytest.raises(Trouble):
            seals.seal(company.door("li"))
    finally:
        seals.RIPE = ripe


def test_all_is_well_says_the_check(company: Company) -> None:
    company.save(Customer(name="geprüft", phone="13800002222"), "sun")
    told = {check.key: [finding.sentence("en") for finding in findings] for check, findings in examine(company.door("admin"))}
    assert not any(told.values()), told


def test_nobody_works_as_somebody_else(company: Company) -> None:
    door = company.door("li")
    assert accounts.signed_in(door).id == company.ids["li"]
    with pytest.raises(Refused):
        accounts.demand_same(door, door.names.rows("employee")[company.ids["boss"]])  # type: ignore[arg-type]


def test_a_number_is_given_once_though_nobody_sees_both(company: Company) -> None:
    theirs = company.save(Customer(name="verborgen"), "sun")
    taken = company.save(Contract(name="geheimer Vertrag", customer=theirs.id), "sun").number
    mine = company.save(Customer(name="offen"), "li")
    with pytest.raises(Invalid, match="Choose another number") as refused:
        company.save(Contract(name="eigener", customer=mine.id, number=taken), "li")
    assert "geheim" not in refused.value.sentence("en")
    own = company.save(Contract(name="eigener", customer=mine.id), "li")
    assert own.number != taken
    # The next number of the series stands already in a contract that li does not see: it is stepped over.
    head, last = own.number[:-4], int(own.number[-4:])
    company.save(Contract(name="vorweg", customer=theirs.id, number=f"{head}{last + 1:04}"), "sun")
    assert company.save(Contract(name="danach", customer=mine.id), "li").number == f"{head}{last + 2:04}"
    # A client of another make is refused by the server.
    with company.raw("li") as line, line.cursor() as cursor, pytest.raises(pymysql.err.OperationalError, match=r"crm:number|denied"):
        cursor.execute("UPDATE contract SET number = %s, version = version + 1 WHERE id = %s", (taken, own.id))
    with company.raw("root") as line, line.cursor() as cursor:
        cursor.execute("SELECT number FROM contract GROUP BY number HAVING COUNT(*) > 1")
        assert cursor.fetchall() == ()
