"""The contacts in a sheet of customers: several named in one cell, and one that stands in several rows."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.core.sharing import Share
from crm_desktop.exchange.importing import drafts
from crm_desktop.exchange.importing.companions import each_of
from tests.exchange.stories import bring_in, plan_for, values
from tests.office import Office

MAPPING = {"客户名称": "name", "联系人": "contact.name", "职位": "contact.title", "联系人手机": "contact.mobile"}
HEADINGS = list(MAPPING)
LONG = "负责本项目全部技术支持与售后服务的工程师们、以及财务部"


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ({"name": "张三"}, [{"name": "张三"}]),
        ({"name": "", "mobile": "1"}, []),
        ({"name": "张三、李四", "mobile": "1；2"}, [{"name": "张三", "mobile": "1"}, {"name": "李四", "mobile": "2"}]),
        ({"name": "张三/李四\n王五", "mobile": "1,2"}, [{"name": "张三", "mobile": "1,2"}, {"name": "李四"}, {"name": "王五"}]),
        # Two numbers of three people: nobody knows whose.
        ({"name": "张三;李四;王五", "mobile": "1、2"}, [{"name": "张三", "mobile": "1、2"}, {"name": "李四"}, {"name": "王五"}]),
        ({"name": "张三、李四", "is_primary": True}, [{"name": "张三", "is_primary": True}, {"name": "李四"}]),
        # No list of names.
        ({"name": "Smith, John"}, [{"name": "Smith, John"}]),
        ({"name": LONG}, [{"name": LONG}]),
    ],
)  # fmt: skip
def test_who_a_cell_names(cell: dict[str, Any], people: list[dict[str, Any]]) -> None:
    assert each_of(cell, "name") == people


def test_several_contacts_in_one_cell_are_several_records(office: Office) -> None:
    rows = [
        HEADINGS,
        ["华为", "张三、李四", "经理、总监", "13800000001、13800000002"],
        ["小米", "王五", "采购", "13800000003、13800000004"],
    ]
    counts, done = bring_in(office, Customer, office.li, rows, mapping=MAPPING)
    assert counts["new"] == 2
    assert values(office, Contact, "name", "title", "mobile", "is_primary") == [
        ("张三", "经理", "13800000001", True), ("李四", "总监", "13800000002", False),
        ("王五", "采购", "13800000003、13800000004", True),
    ]  # fmt: skip
    again, _done = bring_in(office, Customer, office.li, rows, mapping=MAPPING)
    assert again["unchanged"] == 2 and len(values(office, Contact, "name")) == 3
    later, _done = bring_in(office, Customer, office.li, [HEADINGS, ["华为", "李四、赵六", "副总、秘书", None]], mapping=MAPPING)
    assert later["changed"] == 1
    assert values(office, Contact, "name", "title")[1::2] == [("李四", "副总"), ("赵六", "秘书")]
    office.records.undo(done.batch, office.li)
    assert values(office, Contact, "name") == ["李四", "赵六"]  # worked with since


@pytest.mark.parametrize("packet", [1, 2, 500])
def test_a_contact_that_stands_in_several_rows_is_one(office: Office, monkeypatch: pytest.MonkeyPatch, packet: int) -> None:
    monkeypatch.setattr(drafts, "PACKET", packet)
    rows = [
        HEADINGS,
        ["华为", "张三", None, "13800000001"],
        ["华为", "张三", "经理", None],
        ["华为", "张三", None, "13800000001"],
        ["华为", "李四", None, None],
    ]
    _counts, done = bring_in(office, Customer, office.li, rows, mapping=MAPPING)
    assert [verdict.outcome for verdict in done.verdicts] == ["new", "changed", "unchanged", "changed"]
    assert values(office, Contact, "name", "title", "mobile") == [("张三", "经理", "13800000001"), ("李四", "", "")]
    office.records.undo(done.batch, office.li)
    assert values(office, Contact, "name") == [] and values(office, Customer, "name") == []


@pytest.mark.parametrize("packet", [1, 2, 3, 500])
def test_further_rows_change_a_contact_once_also_in_a_rehearsal(
    office: Office, monkeypatch: pytest.MonkeyPatch, packet: int
) -> None:
    """What earlier packets would write is gone again in a rehearsal, and counts all the same: of a new contact and of a known one."""
    monkeypatch.setattr(drafts, "PACKET", packet)
    bring_in(office, Customer, office.li, [HEADINGS, ["小米", "王五", "采购", "13800000003"]], mapping=MAPPING)
    rows = [
        HEADINGS,
        ["华为", "张三、李四", "经理、总监", "13800000001、13800000002"],
        ["小米", "王五", "采购", "13800000003"],
        ["小米", "王五", "采购总监", None],
        ["华为", "张三", "经理", None],
        ["小米", "王五", "采购总监", "13800000003"],
        ["小米", "王五", "采购", None],
        ["华为", "李四", "总监", "13800000009"],
        ["小米", "王五", "采购总监", None],
        ["华为", "李四、张三", "总监、经理", "13800000009、13800000001"],
        ["小米", "赵六", None, None],
        ["小米", "赵六", None, None],
    ]
    _counts, done = bring_in(office, Customer, office.li, rows, mapping=MAPPING)
    assert [(verdict.outcome, verdict.fields) for verdict in done.verdicts] == [
        ("new", ()), ("unchanged", ()), ("changed", ("contact.title",)), ("unchanged", ()), ("unchanged", ()),
        ("changed", ("contact.title",)), ("changed", ("contact.mobile",)), ("changed", ("contact.title",)), ("unchanged", ()),
        ("changed", ("contact.name",)), ("unchanged", ()),
    ]  # fmt: skip


def test_a_corrected_row_is_judged_by_the_rows_before_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "PACKET", 1)
    rows = [HEADINGS, ["华为", "张三", "经理", None], ["华为", "张三", "总监", None], ["华为", "张三", "总监", None]]
    plan = plan_for(office, Customer, office.li, rows, mapping=MAPPING)
    assert [verdict.outcome for verdict in plan.rehearse()] == ["new", "changed", "unchanged"]
    assert [verdict.outcome for verdict in plan.recheck([3])] == ["changed"]  # not by what it said itself
    plan.table.correct(3, 2, "经理")
    assert [verdict.outcome for verdict in plan.recheck([3])] == ["unchanged"]


def test_a_contact_of_two_rows_is_made_once_though_another_row_is_refused(office: Office) -> None:
    """What is refused only when it is written has every row of its packet written on its own."""
    shown = office.save(Customer(name="小米"), "sun")
    office.save(Share(ref_type="customer", ref_id=shown.id, employee=office.ids["li"]), "sun")
    rows = [
        HEADINGS,
        ["华为", "张三", "经理", None],
        ["小米", "王五", None, None],
        ["华为", "张三", None, "13800000001"],
        ["华为", "李四", "总监", None],
    ]
    counts, _done = bring_in(office, Customer, office.li, rows, mapping=MAPPING, match=("name",))
    assert (counts["new"], counts["refused"], counts["changed"]) == (1, 1, 2)
    assert values(office, Contact, "name", "title", "mobile") == [("张三", "经理", "13800000001"), ("李四", "总监", "")]


@pytest.mark.parametrize("choice", ["skip", "update", "create"])
def test_further_rows_of_a_customer_that_is_there_under_another_name_go_with_the_first(office: Office, choice: str) -> None:
    office.save(Customer(name="华为技术有限公司", phone="010-12345678"))
    mapping = MAPPING | {"电话": "phone"}
    rows = [
        list(mapping),
        ["华为技术", "张三", "经理", None, "010-12345678"],
        ["华为技术", "李四", "总监", None, "010-12345678"],
    ]
    counts, _done = bring_in(office, Customer, office.li, rows, mapping=mapping, match=("name",), same=choice, similar=choice)
    people = values(office, Contact, "name", "customer")
    if choice == "skip":
        assert counts["refused"] == 2 and people == []
        return
    assert counts["refused"] == 0 and [name for name, _customer in people] == ["张三", "李四"]
    assert len({customer for _name, customer in people}) == 1
    assert len(values(office, Customer, "name")) == (1 if choice == "update" else 2)
