"""PS1 PS4: who sees what follows the departments and the chain of command, and changes with them at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm_desktop.business import (
    Contact,
    Customer,
    Department,
    Employee,
    FollowUp,
    Lead,
    Opportunity,
    Reminder,
    Role,
    RoleRight,
    Task,
)
from crm_desktop.business.staff.department import below
from crm_desktop.business.staff.sign_in import actor_for, employees, find
from crm_desktop.core.access import EVERYTHING, Scope
from crm_desktop.core.checks import examine
from crm_desktop.core.errors import Invalid, NotFound, Refused
from tests.office import Office


def whole(office: Office) -> list[str]:
    return [finding.sentence("en") for _check, found in examine(office.records) for finding in found]


def change(office: Office, record_type: type[Any], one: int, **values: Any) -> Any:
    record = office.records.get(record_type, one, office.admin)
    for name, value in values.items():
        setattr(record, name, value)
    return office.records.save(record, office.admin)


def departments(office: Office) -> dict[str, int]:
    return {row.called(): row.id for row in office.records.names.all("department")}


def test_somebody_who_changes_department_takes_his_records_along(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    contact = office.save(Contact(name="钱一", customer=customer.id))
    office.save(FollowUp(content="谈了", customer=customer.id))
    office.save(Opportunity(name="二期", customer=customer.id))
    office.save(Task(title="寄样品", remind_at=office.records.clock.now()))
    office.save(Lead(name="孙二"))
    second = departments(office)["销售二部"]
    told = change(office, Employee, office.ids["li"], department=second)
    for record_type in (Customer, Contact, FollowUp, Opportunity, Task, Lead, Reminder):
        assert office.records.count(record_type, office.meng) == 0, record_type.key()
        assert {row[0] for row in office.records.database.read(f"SELECT department FROM `{record_type.key()}`")} == {second}
        assert office.records.count(record_type, office.li) == 1, "his own, as before"
    assert office.records.search("钱一", office.meng) == []
    chief = office.save(Employee(name="二部经理", role=_role(office, "manager"), department=second), "admin")
    actor = actor_for(office.records, chief.id)
    assert [hit.id for hit in office.records.search("钱一", actor)] == [contact.id]
    assert office.records.count(Customer, actor) == 1
    assert whole(office) == []
    assert office.records.undo(told.batch, office.admin).refused == []
    assert office.records.count(Customer, office.meng) == 1
    assert [hit.id for hit in office.records.search("钱一", office.meng)] == [contact.id]
    assert whole(office) == []


def test_a_form_opened_before_the_change_does_not_bring_the_old_department_back(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    open_form = office.records.get(Customer, customer.id, office.li)
    second = departments(office)["销售二部"]
    change(office, Employee, office.ids["li"], department=second)
    open_form.city = "上海"
    office.records.save(open_form, office.li)
    now = office.records.get(Customer, customer.id, office.li)
    assert (now.city, now.department) == ("上海", second)


def test_a_department_made_in_the_same_act_counts_at_once(office: Office) -> None:
    def work(unit: Any) -> Any:
        department = unit.save(Department(name="销售三部"))
        person = unit.save(Employee(name="新人", role=_role(office, "sales"), department=department.id))
        return unit.save(Customer(name="新客户", owner=person.id))

    customer, _change = office.records.unit(office.admin, work)
    assert customer.department == departments(office)["销售三部"]


def test_a_manager_sees_his_department_and_those_below(office: Office) -> None:
    ids = departments(office)
    group = office.save(Department(name="一组", parent=ids["销售一部"]), "admin")
    deep = office.save(Department(name="一组甲", parent=group.id), "admin")
    person = office.save(Employee(name="组员", role=_role(office, "sales"), department=deep.id), "admin")
    customer = office.save(Customer(name="组员的"), "boss")
    office.records.assign(Customer, [customer.id], person.id, office.boss)
    assert office.records.count(Customer, office.meng) == 1
    assert office.meng.scope(Customer) == Scope(departments=frozenset([ids["销售一部"], group.id, deep.id]))
    change(office, Department, group.id, parent=ids["销售二部"])
    assert office.records.count(Customer, office.meng) == 0, "the group went to another department"
    assert below(office.records.names.rows("department"), ids["公司"]) >= {ids["销售一部"], ids["销售二部"], group.id, deep.id}


def test_a_department_is_not_part_of_itself(office: Office) -> None:
    ids = departments(office)
    with pytest.raises(Invalid):
        change(office, Department, ids["公司"], parent=ids["公司"])
    with pytest.raises(Invalid):
        change(office, Department, ids["公司"], parent=ids["销售一部"])


@pytest.mark.parametrize(
    ("word", "seen"),
    [("own", {"li"}), ("own_and_below", {"li", "zhao"}), ("department", {"li", "zhao", "meng"}),
     ("department_and_below", {"li", "zhao", "meng"}), ("all", {"li", "zhao", "sun", "meng", "boss"})],
)  # fmt: skip
def test_every_data_scope_means_what_it_says(office: Office, word: str, seen: set[str]) -> None:
    ids = {who: office.save(Customer(name=f"{who} 公司"), who).id for who in ("li", "zhao", "sun", "meng", "boss")}
    change(office, Employee, office.ids["zhao"], manager=office.ids["li"])
    change(office, Role, _role(office, "sales"), scope=word)
    wanted = {ids[who] for who in seen}
    assert set(office.records.ids(Customer, office.li)) == wanted
    assert {hit.id for hit in office.records.search("公司", office.li)} == wanted
    assert office.records.count(Customer, office.li) == len(wanted)


def test_people_who_report_in_a_circle_end_the_search(office: Office) -> None:
    change(office, Employee, office.ids["zhao"], manager=office.ids["li"])
    change(office, Employee, office.ids["li"], manager=office.ids["zhao"])
    change(office, Role, _role(office, "sales"), scope="own_and_below")
    assert office.li.scope(Customer) == Scope(owners=frozenset([office.ids["li"], office.ids["zhao"]]))


def test_without_a_department_one_sees_ones_own(office: Office) -> None:
    change(office, Employee, office.ids["meng"], department=None)
    assert office.meng.scope(Customer) == Scope(owners=frozenset([office.ids["meng"]]))
    made = office.save(Customer(name="孟的"), "meng")
    assert list(office.records.ids(Customer, office.meng)) == [made.id]


def test_a_role_may_see_all_and_edit_none_and_another_its_own(office: Office) -> None:
    """PS3: two clerks, without code."""
    role = office.save(Role(name="文员", level="sales", scope="all"), "admin")
    for name in ("customer", "contact"):
        office.save(RoleRight(name=name, role=role.id, operations=""), "admin")
    clerk = office.save(Employee(name="文员", role=role.id, department=office.li.department), "admin")
    actor = actor_for(office.records, clerk.id)
    theirs = office.save(Customer(name="孙的"), "sun")
    record = office.records.get(Customer, theirs.id, actor)
    record.city = "上海"
    with pytest.raises(Refused) as caught:
        office.records.save(record, actor)
    assert "edit" in caught.value.sentence("en")
    assert office.records.may(actor, Customer, "take_out").sentence("zh_CN")  # type: ignore[union-attr]
    office.records.save(Lead(name="她自己的"), actor)
    assert actor.scope(Customer) == EVERYTHING


def test_who_has_left_cannot_sign_in_nor_be_chosen(office: Office) -> None:
    zhao: Any = office.records.get(Employee, office.ids["zhao"], office.admin)
    office.records.move(zhao, "leave", office.admin)
    assert office.zhao.name == "赵强", "on leave he may still look after things"
    office.records.move(zhao, "quit", office.admin, {"left_on": date(2026, 3, 18)})
    with pytest.raises(Refused) as caught:
        actor_for(office.records, office.ids["zhao"])
    assert "赵强" in caught.value.sentence("en")
    assert office.ids["zhao"] not in {one.id for one in employees(office.records)}
    with pytest.raises(NotFound):
        find(office.records, "zhao")
    office.records.move(zhao, "back", office.admin)
    assert find(office.records, "zhao").id == office.ids["zhao"] == find(office.records, "赵强").id
    office.records.delete(Employee, [office.ids["zhao"]], office.admin)
    with pytest.raises(NotFound):
        actor_for(office.records, office.ids["zhao"])


def test_user_names_are_unique_whatever_their_case(office: Office) -> None:
    role = _role(office, "sales")
    with pytest.raises(Invalid) as caught:
        office.save(Employee(name="李二", login="LI", role=role), "admin")
    assert caught.value.field == "login"
    with pytest.raises(Invalid):
        change(office, Employee, office.ids["sun"], login="Zhao")
    office.save(Employee(name="无名", role=role), "admin")
    office.save(Employee(name="也无名", role=role), "admin")


def test_a_record_keeps_the_name_of_who_has_gone(office: Office) -> None:
    made = office.save(Customer(name="甲公司"), "zhao")
    refused = office.records.delete(Employee, [office.ids["zhao"]], office.admin).refused
    assert "赵强" in refused[0][1].sentence("en") and "1" in refused[0][1].sentence("en")
    office.records.assign(Customer, [made.id], office.ids["li"], office.meng)
    assert office.records.delete(Employee, [office.ids["zhao"]], office.admin).refused == []
    assert office.records.show(Customer, "created_by", made.created_by, "zh_CN") == "赵强"


def test_nobody_is_left_in_a_department_or_with_a_role_that_is_gone(office: Office) -> None:
    first = departments(office)["销售一部"]
    assert office.records.delete(Department, [first], office.admin).done == []
    assert office.records.delete(Department, [departments(office)["公司"]], office.admin).done == []
    assert office.records.delete(Role, [_role(office, "sales")], office.admin).done == []
    for who in ("meng", "li", "zhao"):
        change(office, Employee, office.ids[who], department=departments(office)["销售二部"])
    assert office.records.delete(Department, [first], office.admin).done == [first]


def _role(office: Office, code: str) -> int:
    return next(row.id for row in office.records.names.all("role") if row.code == code)  # type: ignore[attr-defined]
