"""Who may see and do what: nothing leaks past the scope, and no way round a missing right is left open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from crm_desktop.business import (
    Contact,
    Customer,
    Employee,
    FollowUp,
    Lead,
    Opportunity,
    Reminder,
    RoleRight,
    SavedView,
    Task,
)
from crm_desktop.business.system.saved_view import views_for
from crm_desktop.core.access import OPERATIONS, Scope
from crm_desktop.core.errors import Invalid, NotFound, Refused, Trouble
from crm_desktop.core.picklists import Tag
from crm_desktop.core.views import Condition, View
from tests.office import Office


def may(office: Office, who: str, **changes: Any) -> Any:
    """An actor with other rights for customers than his role gives."""
    actor = office.actor(who)
    return replace(actor, rights={**actor.rights, "customer": frozenset(changes["customer"].split())})


# Seeing


def test_the_timeline_shows_of_what_belongs_only_what_is_seen(office: Office) -> None:
    """A colleague's opportunity with my customer stays his."""
    customer = office.save(Customer(name="甲公司"))
    theirs = office.save(Opportunity(name="孙的商机", customer=customer.id, owner=office.ids["sun"]), "boss")
    office.save(FollowUp(content="我的", customer=customer.id))
    told = office.records.timeline(Customer, customer.id, office.li)
    assert theirs.id not in {line.record_id for line in told}
    assert theirs.id in {line.record_id for line in office.records.timeline(Customer, customer.id, office.boss)}


def test_what_is_hidden_on_a_timeline_does_not_cut_it_short(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    mine = office.save(FollowUp(content="我的", customer=customer.id))
    for n in range(30):
        office.save(Opportunity(name=f"商机{n}", customer=customer.id, owner=office.ids["sun"]), "boss")
    told = office.records.timeline(Customer, customer.id, office.li, limit=5)
    assert mine.id in {line.record_id for line in told}
    whole, before = [], None
    while page := office.records.timeline(Customer, customer.id, office.boss, before=before, limit=7):
        whole += page
        before = page[-1].id
    assert [line.id for line in whole] == sorted({line.id for line in whole}, reverse=True)
    assert {"opportunity", "follow_up", "customer"} == {line.record_type for line in whole}
    assert sum(line.record_type == "opportunity" for line in whole) == 30


def test_history_of_a_record_one_may_not_see_is_not_there(office: Office) -> None:
    theirs = office.save(Customer(name="孙的"), "sun")
    for ask in (office.records.history, office.records.timeline, office.records.get):
        with pytest.raises(NotFound):
            ask(Customer, theirs.id, office.li)
    assert office.records.rows(Customer, office.li, [theirs.id], ["name"]) == {}
    assert office.records.groups(Customer, office.li, View(), "owner") == []


@pytest.mark.parametrize("many", [3, 9, 25])
def test_a_chief_with_many_people_sees_theirs_in_every_way(office: Office, many: int) -> None:
    """Own and subordinates: few owners are read run by run, many by one condition; list, count and search agree."""
    roles = {role.code: role.id for role in office.records.names.all("role")}  # type: ignore[attr-defined]
    people: list[int] = []
    chief = office.ids["meng"]
    for n in range(many):
        # A chain of command: each reports to the one before.
        above = people[-1] if people else chief
        one = office.save(Employee(name=f"人{n}", role=roles["sales"], manager=above, department=office.boss.department), "admin")
        people.append(one.id)
    ids = {who: office.save(Customer(name=f"公司{n}", owner=who), "boss").id for n, who in enumerate(people)}
    office.save(Customer(name="公司外", owner=office.ids["sun"]), "boss")
    role = office.records.get(type(office.records.names.all("role")[0]), roles["manager"], office.admin)
    role.scope = "own_and_below"  # type: ignore[attr-defined]
    office.records.save(role, office.admin)
    actor = office.meng
    assert actor.scope(Customer) == Scope(owners=frozenset([chief, *people]))
    assert set(office.records.ids(Customer, actor)) == set(ids.values())
    assert office.records.count(Customer, actor) == many
    assert {hit.id for hit in office.records.search("公司", actor, limit=99)} == set(ids.values())
    listed = [one for one, _row in office.records.page(Customer, actor, View(text="公司"), ["name"], 99)]
    assert set(listed) == set(ids.values())
    assert dict(office.records.groups(Customer, actor, View(), "owner")) == dict.fromkeys(people, 1)


def test_seeing_nothing_is_a_scope_too(office: Office) -> None:
    office.save(Customer(name="甲公司"))
    nobody = replace(office.li, scopes={})
    assert list(office.records.ids(Customer, nobody)) == [] and office.records.search("甲", nobody) == []
    assert office.records.count(Customer, nobody) == 0


# Doing


def test_a_salesperson_gives_nothing_away_by_any_way(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    loose = office.save(Contact(name="散客"))
    lead = office.save(Lead(name="钱一"))
    spoken = office.save(FollowUp(content="谈了", lead=lead.id))
    zhao = office.ids["zhao"]
    for record in (customer, loose, lead):
        record.owner = zhao
        with pytest.raises(Refused):
            office.records.save(record, office.li)
        assert office.records.set_field(type(record), [record.id], "owner", zhao, office.li).done == []
        assert office.records.assign(type(record), [record.id], zhao, office.li).done == []
        with pytest.raises(Refused):
            office.save(type(record)(name="新的", owner=zhao))
    spoken.owner = zhao
    office.records.save(spoken, office.li)
    assert office.records.get(FollowUp, spoken.id, office.li).owner == office.ids["li"], "the lead's owner, whatever is written"
    assert office.records.count(Customer, office.zhao) == office.records.count(Contact, office.zhao) == 0


def test_the_department_is_the_owners_whatever_is_written(office: Office) -> None:
    """Else a record could be slipped into the sight of another department, or out of the manager's."""
    made = office.save(Customer(name="甲公司", department=office.sun.department))
    assert made.department == office.li.department
    made.department = office.sun.department
    office.records.save(made, office.li)
    assert office.records.get(Customer, made.id, office.meng).department == office.li.department


def test_assigning_needs_no_right_to_edit_and_gives_none(office: Office) -> None:
    """"See all, edit none" may still hand out work; what else was changed in the form is refused."""
    made = office.save(Customer(name="甲公司", city="上海"))
    clerk = may(office, "meng", customer="assign")
    assert office.records.assign(Customer, [made.id], office.ids["zhao"], clerk).done == [made.id]
    with pytest.raises(Refused):
        office.records.save(office.records.get(Customer, made.id, clerk), clerk)
    record = office.records.get(Customer, made.id, clerk)
    record.city = "北京"
    with pytest.raises(Refused):
        office.records.unit(clerk, lambda unit: unit.assign(record, office.ids["li"]))
    assert office.records.get(Customer, made.id, office.meng).city == "上海"


def test_records_are_given_only_to_people_who_are_there(office: Office) -> None:
    made = office.save(Customer(name="甲公司"))
    zhao: Any = office.records.get(Employee, office.ids["zhao"], office.admin)
    office.records.move(zhao, "quit", office.admin, {"left_on": date(2026, 3, 1)})
    assert "赵强" in office.records.assign(Customer, [made.id], zhao.id, office.meng).refused[0][1].sentence("en")
    with pytest.raises(Refused):
        office.save(Customer(name="给走了的人", owner=zhao.id), "meng")
    office.records.delete(Employee, [zhao.id], office.admin)
    assert office.records.assign(Customer, [made.id], zhao.id, office.meng).done == []
    assert office.records.assign(Customer, [made.id], 4711, office.meng).done == []


def test_deleting_does_not_reach_into_other_departments(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    theirs = office.save(Opportunity(name="孙的商机", customer=customer.id, owner=office.ids["sun"]), "boss")
    refused = office.records.delete(Customer, [customer.id], office.meng).refused
    assert "甲公司" in refused[0][1].sentence("en") and "Opportunities" in refused[0][1].sentence("en")
    assert office.records.get(Opportunity, theirs.id, office.sun).deleted_at is None
    assert office.records.delete(Customer, [customer.id], office.boss).done == [customer.id]
    assert office.records.count(Opportunity, office.sun) == 0


def test_what_hangs_on_nothing_is_not_restored(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    contact = office.save(Contact(name="钱一", customer=customer.id))
    deal = office.save(Opportunity(name="二期", customer=customer.id))
    office.records.delete(Contact, [contact.id], office.meng)
    office.records.delete(Opportunity, [deal.id], office.meng)
    office.records.delete(Customer, [customer.id], office.meng)
    for record_type, one in ((Contact, contact.id), (Opportunity, deal.id)):
        outcome = office.records.restore(record_type, [one], office.meng)
        assert outcome.done == [] and "甲公司" in outcome.refused[0][1].sentence("en")
    office.records.restore(Customer, [customer.id], office.meng)
    assert office.records.count(Contact, office.li) == 0, "it was deleted on its own before"
    assert office.records.restore(Contact, [contact.id], office.meng).done == [contact.id]


def test_nobody_hangs_a_record_on_what_he_does_not_see_or_what_is_deleted(office: Office) -> None:
    theirs = office.save(Customer(name="孙的"), "sun")
    gone = office.save(Customer(name="没了的"), "meng")
    tag = office.save(Tag(name="甲"))
    office.records.delete(Customer, [gone.id], office.meng)
    office.records.delete(Tag, [tag.id], office.meng)
    for wrong in (
        Contact(name="钱一", customer=theirs.id), Task(title="打电话", customer=theirs.id), Contact(name="钱一", customer=4711),
        Opportunity(name="机会", customer=gone.id), Customer(name="带标签", tags=(tag.id,)), Customer(name="带标签", tags=(4711,)),
        Customer(name="级别", level="Z"), Customer(name="级别", level="'; --"),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            office.save(wrong)


def test_an_old_record_keeps_what_was_taken_out_of_use(office: Office) -> None:
    """A value of yesterday's list does not stand in the way of a new phone number."""
    tag = office.save(Tag(name="甲"))
    made = office.save(Customer(name="甲公司", source="trade_show", tags=(tag.id,)))
    value: Any = next(v for v in office.records.names.all("pick_value") if v.code == "trade_show")  # type: ignore[attr-defined]
    office.records.delete(type(value), [value.id], office.admin)
    office.records.delete(Tag, [tag.id], office.meng)
    made = office.records.get(Customer, made.id, office.li)
    made.phone = "010-1"
    office.records.save(made, office.li)
    assert office.records.show(Customer, "source", made.source, "zh_CN") == "展会", "and shows what it was called"
    other = Customer(name="乙公司", source="trade_show")
    with pytest.raises(Invalid):
        office.save(other)


def test_others_views_are_theirs(office: Office) -> None:
    mine = office.save(SavedView(name="我的", record_type="customer", shared=True))
    shipped = office.save(SavedView(name="公司的", record_type="customer", shared=True, owner=office.ids["admin"]), "admin")
    for view in (mine, shipped):
        for who in ("zhao", "meng"):
            record: Any = office.records.get(SavedView, view.id, office.actor(who))
            record.name = "改了"
            record.owner = office.ids[who]
            with pytest.raises(Refused):
                office.records.save(record, office.actor(who))
            assert office.records.delete(SavedView, [view.id], office.actor(who)).done == []
    assert [view.name for view in views_for(office.records, office.zhao, "customer")] == ["公司的", "我的"]
    office.records.delete(SavedView, [mine.id], office.li)
    office.records.delete(SavedView, [shipped.id], office.admin)


def test_a_reminder_is_its_owners(office: Office) -> None:
    made = office.save(Reminder(title="喝茶", due_at=office.records.clock.now()))
    with pytest.raises(NotFound):
        office.records.get(Reminder, made.id, office.sun)
    assert office.records.count(Reminder, office.sun, View((Condition("owner", "me"),))) == 0


@pytest.mark.parametrize("operation", sorted(set(OPERATIONS) - {"bring_in", "take_out", "plain"}))
def test_what_may_not_be_done_is_refused_by_the_door_too(office: Office, operation: str) -> None:
    """`may` and the door say the same about a record, for somebody with every other right."""
    made = office.save(Customer(name="甲公司", city="上海"))
    if operation == "purge":
        office.records.delete(Customer, [made.id], office.admin)
    others = " ".join(set(OPERATIONS) - {operation})
    for rights, wanted in ((others, False), (" ".join(OPERATIONS), True)):
        actor = may(office, "boss", customer=rights)
        assert bool(office.records.may(actor, Customer, operation)) is wanted
        assert _done(office, operation, made.id, actor) is wanted


def _done(office: Office, operation: str, one: int, actor: Any) -> bool:
    records = office.records
    try:
        if operation == "add":
            records.save(Customer(name="乙公司"), actor)
        elif operation == "edit":
            record = records.get(Customer, one, actor)
            record.city = "北京"
            records.save(record, actor)
        else:
            ways: Any = {
                "delete": lambda: records.delete(Customer, [one], actor),
                "assign": lambda: records.assign(Customer, [one], office.ids["zhao"], actor),
                "purge": lambda: records.purge(Customer, [one], actor),
                "share": lambda: records.share(Customer, [one], office.ids["zhao"], actor),
            }
            return bool(ways[operation]().done)
    except Trouble as trouble:
        return not trouble.sentence("en")
    return True


def test_rights_set_by_the_company_count_at_once(office: Office) -> None:
    made = office.save(Customer(name="甲公司"))
    role: Any = next(row for row in office.records.names.all("role") if row.code == "sales")  # type: ignore[attr-defined]
    right = office.save(RoleRight(name="customer", role=role.id, operations="edit delete", scope="all"), "admin")
    assert office.records.count(Customer, office.sun) == 1, "the scope of this type is everything now"
    assert office.records.delete(Customer, [made.id], office.sun).done == [made.id]
    with pytest.raises(Refused) as caught:
        office.save(Customer(name="乙公司"), "sun")
    assert "administrator" in caught.value.sentence("en")
    office.records.delete(RoleRight, [right.id], office.admin)
    assert office.records.count(Customer, office.sun) == 0
    office.save(Customer(name="乙公司"), "sun")


def test_the_company_cannot_lock_itself_out(office: Office) -> None:
    """One administrator stays, with the right to change rights."""
    admin: Any = office.records.get(Employee, office.ids["admin"], office.admin)
    role: Any = next(row for row in office.records.names.all("role") if row.code == "admin")  # type: ignore[attr-defined]
    sales: Any = next(row for row in office.records.names.all("role") if row.code == "sales")  # type: ignore[attr-defined]
    assert office.records.delete(Employee, [admin.id], office.admin).done == []
    with pytest.raises(Refused):
        office.records.move(admin, "quit", office.admin, {"left_on": date(2026, 3, 1)})
    admin.role = sales.id
    with pytest.raises(Refused):
        office.records.save(admin, office.admin)
    role.level = "sales"
    with pytest.raises(Refused):
        office.records.save(role, office.admin)
    for name in ("role_right", "role", "employee"):
        with pytest.raises(Refused):
            office.save(RoleRight(name=name, role=role.id, operations="add"), "admin")
    second = office.save(Employee(name="管二", role=role.id), "admin")
    office.records.delete(Employee, [office.ids["admin"]], office.admin)
    assert office.records.get(Employee, second.id, office.boss).role == role.id
