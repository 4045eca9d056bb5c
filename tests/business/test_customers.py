"""CU2 CU4: contacts with one primary and one who decides; the log sets the last and the next contact."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from crm_desktop.business import Contact, Customer, FollowUp, Lead
from crm_desktop.core.errors import Invalid
from crm_desktop.database.unit import Tx
from tests.office import Office

MARCH = datetime(2026, 3, 10, 2)


@pytest.fixture
def customer(office: Office) -> Any:
    return office.save(Customer(name="甲公司"))


def now(office: Office, record: Any) -> Any:
    return office.records.get(type(record), record.id, office.boss)


def marked(office: Office, customer: Any, mark: str) -> list[str]:
    rows = office.records.database.read(
        f"SELECT name FROM contact WHERE customer = ? AND `{mark}` = 1 AND deleted_at IS NULL ORDER BY id", (customer.id,)
    )
    return [name for (name,) in rows]


@pytest.mark.parametrize("mark", ["is_primary", "is_decision_maker"])
def test_only_one_contact_has_the_mark(office: Office, customer: Any, mark: str) -> None:
    first = office.save(Contact(name="钱一", customer=customer.id, **{mark: True}))
    second = office.save(Contact(name="孙二", customer=customer.id))
    assert marked(office, customer, mark) == ["钱一"]
    setattr(second, mark, True)
    change = office.records.save(second, office.li)
    assert marked(office, customer, mark) == ["孙二"]
    assert office.records.undo(change.batch, office.li).refused == []
    assert marked(office, customer, mark) == ["钱一"]
    assert now(office, first).version > 1


def test_each_customer_has_a_primary_contact_of_its_own(office: Office, customer: Any) -> None:
    other = office.save(Customer(name="乙公司"))
    office.save(Contact(name="钱一", customer=customer.id, is_primary=True))
    moved = office.save(Contact(name="孙二", customer=other.id, is_primary=True))
    assert marked(office, customer, "is_primary") == ["钱一"] and marked(office, other, "is_primary") == ["孙二"]
    moved.customer = customer.id
    office.records.save(moved, office.li)
    assert marked(office, customer, "is_primary") == ["孙二"], "who changes the company takes the mark along"


def test_of_several_primary_ones_in_one_sheet_the_first_keeps_the_mark(office: Office, customer: Any) -> None:
    people = [Contact(name=name, customer=customer.id, is_primary=True) for name in ("钱一", "孙二", "李三")]
    office.records.unit(office.li, lambda unit: unit.add(people), "import")
    assert marked(office, customer, "is_primary") == ["钱一"]
    people[2].phone = "010-1"
    office.records.save(people[2], office.li)
    assert marked(office, customer, "is_primary") == ["钱一"]


@pytest.mark.parametrize("mark", ["is_primary", "is_decision_maker"])
def test_several_new_ones_take_the_mark_each_from_its_own_company(office: Office, customer: Any, mark: str) -> None:
    other, third = office.save(Customer(name="乙公司")), office.save(Customer(name="丙公司"))
    before = [office.save(Contact(name=name, customer=one.id, **{mark: True})) for name, one in (("钱一", customer), ("孙二", other))]
    pairs = (("李三", other), ("周四", other), ("吴五", third), ("郑六", third))
    people = [Contact(name=name, customer=one.id, **{mark: True}) for name, one in pairs]
    _result, change = office.records.unit(office.li, lambda unit: unit.add(people), "import")
    assert [marked(office, one, mark) for one in (customer, other, third)] == [["钱一"], ["李三"], ["吴五"]]
    assert [now(office, one).version for one in before] == [1, 2]
    assert office.records.undo(change.batch, office.li).refused == []
    assert [marked(office, one, mark) for one in (customer, other, third)] == [["钱一"], ["孙二"], []]


@pytest.mark.parametrize(("had", "takes"), [(0, "张3"), (1, "张3"), (3, "张1")])
def test_of_several_changed_ones_the_last_one_takes_the_mark_as_if_each_were_saved_alone(
    office: Office, customer: Any, had: int, takes: str
) -> None:
    other = office.save(Customer(name="乙公司"))
    whose = (customer, customer, other, customer)
    people = [office.save(Contact(name=f"张{number}", customer=one.id, is_primary=number == had)) for number, one in enumerate(whose)]
    for one in people[:had] + people[had + 1 :]:
        one.is_primary, one.title = True, "总监"
    people[had].title = "经理"
    _result, change = office.records.unit(office.li, lambda unit: unit.save_all([*people, people[1]]), "import")
    assert (marked(office, customer, "is_primary"), marked(office, other, "is_primary")) == ([takes], ["张2"])
    assert [now(office, one).title for one in people] == ["经理" if number == had else "总监" for number in range(4)]
    assert office.records.undo(change.batch, office.li).refused == []
    assert (marked(office, customer, "is_primary"), marked(office, other, "is_primary")) == ([f"张{had}"], [])
    assert [now(office, one).title for one in people] == [""] * 4


def test_a_restored_primary_contact_does_not_make_two(office: Office, customer: Any) -> None:
    first = office.save(Contact(name="钱一", customer=customer.id, is_primary=True))
    office.records.delete(Contact, [first.id], office.meng)
    office.save(Contact(name="孙二", customer=customer.id, is_primary=True))
    office.records.restore(Contact, [first.id], office.meng)
    assert marked(office, customer, "is_primary") == ["孙二"]


def test_the_log_sets_last_and_next_contact(office: Office, customer: Any) -> None:
    office.save(FollowUp(content="打电话", customer=customer.id, happened_at=MARCH, next_contact_on=date(2026, 3, 20)))
    assert (now(office, customer).last_contact_at, now(office, customer).next_contact_on) == (MARCH, date(2026, 3, 20))
    office.save(FollowUp(content="补记", customer=customer.id, happened_at=MARCH - timedelta(days=9)))
    assert (now(office, customer).last_contact_at, now(office, customer).next_contact_on) == (MARCH, date(2026, 3, 20))
    office.save(FollowUp(content="今天", customer=customer.id))
    assert now(office, customer).last_contact_at == office.records.clock.now()


def test_a_corrected_moved_or_deleted_line_of_the_log_corrects_the_last_contact(office: Office, customer: Any) -> None:
    first = office.save(FollowUp(content="一", customer=customer.id, happened_at=MARCH))
    second = office.save(FollowUp(content="二", customer=customer.id, happened_at=MARCH + timedelta(1)))
    second.happened_at = MARCH + timedelta(2)
    office.records.save(second, office.li)
    assert now(office, customer).last_contact_at == MARCH + timedelta(2)
    outcome = office.records.delete(FollowUp, [second.id], office.meng)
    assert now(office, customer).last_contact_at == MARCH
    office.records.undo(outcome.batch, office.meng)  # type: ignore[arg-type]
    assert now(office, customer).last_contact_at == MARCH + timedelta(2)
    other = office.save(Customer(name="乙公司"))
    second = now(office, second)
    second.customer = other.id
    office.records.save(second, office.li)
    assert now(office, customer).last_contact_at == MARCH
    assert now(office, other).last_contact_at == MARCH + timedelta(2)
    assert now(office, first).customer == customer.id


def test_what_another_program_knew_of_the_last_contact_is_not_lost(office: Office) -> None:
    """Imported customers bring their last contact along, without its log."""
    customer = office.save(Customer(name="甲公司", last_contact_at=MARCH))
    office.save(FollowUp(content="补记", customer=customer.id, happened_at=MARCH - timedelta(days=30)))
    assert now(office, customer).last_contact_at == MARCH


def test_a_lead_has_its_log_too(office: Office) -> None:
    lead = office.save(Lead(name="钱一"))
    office.save(FollowUp(content="打电话", lead=lead.id, happened_at=MARCH, next_contact_on=date(2026, 3, 20)))
    assert (now(office, lead).last_contact_at, now(office, lead).next_contact_on) == (MARCH, date(2026, 3, 20))
    with pytest.raises(Invalid) as caught:
        office.save(FollowUp(content="跟谁？"))
    assert caught.value.field == "customer"


def test_a_follow_up_two_people_log_at_once_shows_on_one_timeline(office: Office, customer: Any) -> None:
    office.save(FollowUp(content="李的", customer=customer.id))
    office.save(FollowUp(content="孟的", customer=customer.id), "meng")
    logs = [line for line in office.records.timeline(Customer, customer.id, office.li) if line.record_type == "follow_up"]
    assert [line.actor for line in logs] == [office.ids["meng"], office.ids["li"]], "newest first"
    assert {owner for (owner,) in office.records.database.read("SELECT owner FROM follow_up")} == {office.ids["li"]}


def test_awkward_names_are_names(office: Office) -> None:
    for name in ("😀", "a'b\"c", "<b>", "שלום", "\u202e反", "x" * 200, "'; DROP TABLE customer; --", "  前后空格  "):
        made = office.save(Customer(name=name))
        assert now(office, made).name == name
        assert office.records.names.title("customer", made.id) == name


def test_a_customer_without_a_code_gets_the_next_one(office: Office) -> None:
    first, typed = office.save(Customer(name="一")), office.save(Customer(name="二", code="A-7"))
    assert (first.code, typed.code) == ("C000001", "A-7")
    both = [Customer(name="三"), Customer(name="四")]
    office.records.unit(office.li, lambda unit: unit.add(both))
    assert [one.code for one in both] == ["C000002", "C000003"]
    both[0].code = ""
    office.records.save(both[0], office.li)
    assert now(office, both[0]).code == "", "who takes a code away means it"
    assert [hit.id for hit in office.records.search("C000003", office.li)] == [both[1].id]


def test_codes_that_came_from_elsewhere_are_stepped_over(office: Office) -> None:
    for number in (2, 3, 5, 900_000):
        office.save(Customer(name=f"旧{number}", code=f"C{number:06d}"))
    office.records.delete(Customer, [office.save(Customer(name="旧6", code="C000006")).id], office.meng)
    made = [Customer(name=f"新{number}") for number in range(3)]
    office.records.unit(office.li, lambda unit: unit.add(made))
    assert [one.code for one in made] == ["C000001", "C000004", "C000007"]
    assert office.save(Customer(name="又新")).code == "C000008"


def test_looking_for_the_next_code_goes_through_no_others(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A million codes of another length stand between C000001 and C999999: each save went through all of them."""
    asked: list[tuple[object, ...]] = []
    run = Tx.run

    def noted(tx: Tx, query: Any, params: Any = ()) -> Any:
        if "LENGTH(`code`)" in str(query):
            asked.append(tuple(params))
        return run(tx, query, params)

    monkeypatch.setattr(Tx, "run", noted)
    assert office.save(Customer(name="一")).code == "C000001"
    assert asked == [("C000001", "C000001", 7)]


def test_a_refused_customer_has_no_code_yet(office: Office) -> None:
    refused = Customer(name="甲", email="no address")
    with pytest.raises(Invalid):
        office.save(refused)
    assert refused.code == ""
    refused.email = "a@b.cn"
    assert office.save(refused).code == "C000001"
