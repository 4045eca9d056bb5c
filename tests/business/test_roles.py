"""PS3 PS4: roles are edited by ticks, copied, and count at once; nobody locks the company out."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES, Customer, Employee, Lead, Opportunity, Role, RoleRight
from crm_desktop.business.staff import roles
from crm_desktop.business.staff.permissions import shipped
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core import masking
from crm_desktop.core.access import OPERATIONS
from crm_desktop.core.errors import Invalid, NotFound, Refused
from tests.core.samples import edited, sample
from tests.office import Office


def role(office: Office, code: str) -> Any:
    return next(row for row in office.records.names.all("role") if row.code == code)  # type: ignore[attr-defined]


def line(office: Office, of: Role, record_type: Any) -> roles.Line:
    return next(one for one in roles.lines(office.records, of) if one.record_type is record_type)


def change(office: Office, record_type: type[Any], one: int, **values: Any) -> None:
    record = office.records.get(record_type, one, office.admin)
    for name, value in values.items():
        setattr(record, name, value)
    office.records.save(record, office.admin)


def person(office: Office, of: int) -> Any:
    made = office.save(Employee(name="新人", role=of, department=office.li.department), "admin")
    return actor_for(office.records, made.id)


def test_a_line_is_kept_only_where_it_differs(office: Office) -> None:
    sales = role(office, "sales")
    usual = shipped(Customer, "sales")
    assert line(office, sales, Customer) == roles.Line(Customer, usual, "", (), False)
    changed = roles.set_line(office.records, office.admin, sales, Customer, usual | {"delete"}, "all")
    assert line(office, sales, Customer) == roles.Line(Customer, usual | {"delete"}, "all", (), True)
    assert office.li.may(Customer, "delete") and office.li.scope(Customer).all, "at once"
    roles.set_line(office.records, office.admin, sales, Customer, usual)
    assert not line(office, sales, Customer).differs and not office.li.may(Customer, "delete")
    assert office.records.count(RoleRight, office.admin) == 0
    roles.set_line(office.records, office.admin, sales, Customer, usual, "chosen", (office.sun.department,))  # type: ignore[arg-type]
    theirs = office.save(Customer(name="孙的"), "sun")
    mine = office.save(Customer(name="李的"))
    assert set(office.records.ids(Customer, office.li)) == {theirs.id, mine.id} and changed.batch
    with pytest.raises(Invalid):
        roles.set_line(office.records, office.admin, sales, Customer, usual, "chosen")
    with pytest.raises(Refused):
        roles.set_line(office.records, office.li, sales, Customer, usual | {"purge"})


def test_see_all_edit_none_and_see_own_edit_own(office: Office) -> None:
    """The walk of PS3: two clerks made by ticks alone, tried on every kind of record."""
    watcher = office.save(Role(name="只看", level="sales", scope="all"), "admin")
    worker = office.save(Role(name="只做自己的", level="sales", scope="own"), "admin")
    for record_type in RECORD_TYPES:
        roles.set_line(office.records, office.admin, watcher, record_type, frozenset())
    eye, hand = person(office, watcher.id), person(office, worker.id)
    customer = office.save(Customer(name="孙的"), "sun")
    for record_type in RECORD_TYPES:
        made = sample(office, record_type, customer.id)
        made.owner = office.ids["sun"]
        office.records.unit(office.admin, lambda unit, m=made: unit.save(m), trusted=True)  # type: ignore[misc]
        got = office.records.get(record_type, made.id, eye)
        assert all(not office.records.may(eye, record_type, word) for word in OPERATIONS)
        edited(got)
        with pytest.raises(Refused):
            office.records.save(got, eye)
        assert office.records.delete(record_type, [made.id], eye).done == []
        if record_type.screen.rights.see != "all":
            with pytest.raises(NotFound):
                office.records.get(record_type, made.id, hand)
    own = Customer(name="自己的", city="上海")
    office.records.save(own, hand)
    own.city = "北京"
    office.records.save(own, hand)
    assert office.records.count(Customer, hand) == 1 and office.records.count(Opportunity, eye) >= 1
    office.records.save(Lead(name="线索"), hand)


def test_a_copied_role_does_what_the_other_does(office: Office) -> None:
    manager = role(office, "manager")
    roles.set_line(office.records, office.admin, manager, Lead, frozenset(["edit"]), "own")
    made, copied = roles.copy_role(office.records, office.admin, manager, "副经理")
    assert [(a.operations, a.scope) for a in roles.lines(office.records, made)] == [
        (a.operations, a.scope) for a in roles.lines(office.records, manager)
    ]
    assert (made.level, made.scope, made.code) == ("manager", "department_and_below", "")
    with pytest.raises(Invalid, match="already"):
        roles.copy_role(office.records, office.admin, manager, "副经理")
    with pytest.raises(Refused):
        roles.copy_role(office.records, office.meng, manager, "又一个")
    office.records.undo(copied.batch, office.admin)
    assert made.id not in {row.id for row in office.records.names.all("role")}


def test_nobody_locks_the_company_out(office: Office) -> None:
    """However it is tried, somebody stays who can change rights."""
    admin = role(office, "admin")
    for key in (Role, RoleRight, Employee):
        with pytest.raises(Refused):
            roles.set_line(office.records, office.admin, admin, key, frozenset(["add"]))
    other = office.save(Role(name="另一个", level="sales", scope="all"), "admin")
    roles.set_line(office.records, office.admin, other, RoleRight, frozenset())
    change(office, Role, other.id, level="admin")
    with pytest.raises(Refused):  # a role that has the level but not the keys
        change(office, Employee, office.ids["admin"], role=other.id)
    with pytest.raises(Refused):
        change(office, Role, admin.id, level="sales")
    assert office.records.delete(Employee, [office.ids["admin"]], office.admin).done == []
    assert office.admin.may(RoleRight, "edit") and office.admin.may(Role, "edit")


def test_undo_does_not_lock_out_either(office: Office) -> None:
    boss: Any = office.records.get(Employee, office.ids["boss"], office.admin)
    boss.role = role(office, "admin").id
    given = office.records.save(boss, office.admin)
    mine: Any = office.records.get(Employee, office.ids["admin"], office.actor("boss"))
    mine.role = role(office, "sales").id
    office.records.save(mine, office.actor("boss"))
    refused = office.records.undo(given.batch, office.admin).refused
    assert refused and office.actor("boss").may(Role, "edit")


def test_hidden_fields_are_the_administrators_choice(office: Office) -> None:
    customer = office.save(Customer(name="孙的", phone="13812345678", email="a@b.cn"), "sun")
    office.records.share(Customer, [customer.id], office.ids["li"], office.sun)
    assert {"phone", "mobile", "email", "fax"} <= set(roles.may_be_hidden(office.records, Customer))
    assert not {"name", "note", "next_contact_on", "owner"} & set(roles.may_be_hidden(office.records, Customer))
    roles.set_hidden(office.records, office.admin, Customer, ["email"])
    got = office.records.get(Customer, customer.id, office.li)
    assert (got.phone, got.email) == ("13812345678", "a***@b.cn")
    assert masking.fields(office.records, Customer) == ("email",)
    with pytest.raises(Refused):
        roles.set_hidden(office.records, office.li, Customer, [])
    with pytest.raises(NotFound):
        roles.set_hidden(office.records, office.admin, Customer, ["name"])
    roles.set_hidden(office.records, office.admin, Customer, [])
    assert office.records.get(Customer, customer.id, office.li).email == "a@b.cn"
