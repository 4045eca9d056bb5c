"""A workbook comes in: each row gets its verdict, the whole is one batch, and it can be taken back."""

from __future__ import annotations

import threading
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.lead import Lead
from crm_desktop.business.goods.product import Product
from crm_desktop.business.office.event import Event
from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core import pouring
from crm_desktop.core.errors import Cancelled, Invalid, Refused
from crm_desktop.core.views import View
from crm_desktop.database.line import Line
from crm_desktop.exchange.importing import drafts
from crm_desktop.exchange.importing.companions import Companions
from crm_desktop.exchange.reading import read_workbook
from tests.exchange.stories import bring_in, everything, plan_for, reasons, values
from tests.office import Office

CUSTOMERS = [
    ["客户名称", "客户编号", "级别", "行业", "电话", "邮编", "下次联系时间", "备注"],
    ["华为技术有限公司", "C001", "A（重点客户）", "IT", 13800138000, "518129", "2026年3月20日", "大客户"],
    ["小米科技", "C002", "B", "制造", "010-60606666", "100085", "2026/3/25", None],
    ["OPPO", "C003", "c low", "Manufacturing", 4111010001.0, 523860, None, "x"],
]


def test_northwind_comes_in_and_goes_again(office: Office, sheets: Path) -> None:
    """93 customers with their contacts; two stray rows with spaces are customers too."""
    with read_workbook(sheets / "northwind_customers.csv") as workbook:
        counts, done = bring_in(office, Customer, office.boss, workbook.sheet(), note="northwind_customers.csv")
        assert counts == {"new": 93, "changed": 0, "unchanged": 0, "refused": 0}
        names = values(office, Customer, "name", "postcode", "city")
        assert ("Ana Trujillo Emparedados y helados", "05021", "México D.F.") in names
        assert len(values(office, Contact, "name")) == 93
        assert all(values(office, Contact, "is_primary"))
        again, nothing = bring_in(office, Customer, office.boss, workbook.sheet())
        assert again == {"new": 0, "changed": 0, "unchanged": 93, "refused": 0}
        assert nothing.batch is None
    outcome = office.records.undo(done.batch, office.boss)
    assert (len(outcome.done), outcome.refused) == (186, [])
    assert everything(office, Customer) == []


def test_what_the_cells_say_in_words_and_numbers(office: Office) -> None:
    counts, _done = bring_in(office, Customer, office.li, CUSTOMERS)
    assert counts["new"] == 3
    assert values(office, Customer, "name", "level", "industry", "phone", "postcode", "next_contact_on") == [
        ("华为技术有限公司", "A", "it", "13800138000", "518129", date(2026, 3, 20)),
        ("小米科技", "B", "manufacturing", "010-60606666", "100085", date(2026, 3, 25)),
        ("OPPO", "C", "manufacturing", "4111010001", "523860", None),
    ]
    assert values(office, Customer, "owner") == [office.ids["li"]] * 3


def test_all_that_is_wrong_in_a_row_is_told_at_once(office: Office) -> None:
    rows = [["客户名称", "级别", "邮箱", "下次联系"], ["甲公司", "ZZ", "not a mail", "下周"], ["乙公司", "A", "nobody", ""]]
    counts, done = bring_in(office, Customer, office.li, rows)
    told = reasons(done.verdicts)
    assert counts["refused"] == 2 and all(word in told[2] for word in ("级别: “ZZ”", "邮箱: “not a mail”", "下次联系: “下周”"))
    assert told[3].startswith("邮箱: “nobody”") and done.verdicts[0].reason.field == "level"  # type: ignore[union-attr]


def test_a_second_import_changes_only_what_is_new(office: Office) -> None:
    bring_in(office, Customer, office.li, CUSTOMERS)
    rows = [CUSTOMERS[0], [*CUSTOMERS[1][:4], "0755-1", None, None, None], CUSTOMERS[2], ["vivo", "C009"]]
    counts, done = bring_in(office, Customer, office.li, rows)
    assert counts == {"new": 1, "changed": 1, "unchanged": 1, "refused": 0}
    assert done.verdicts[0].fields == ("phone",)
    # An empty cell keeps what is there.
    assert values(office, Customer, "phone", "note")[0] == ("0755-1", "大客户")


def test_empty_cells_may_clear(office: Office) -> None:
    bring_in(office, Customer, office.li, CUSTOMERS)
    rows = [["客户编号", "客户名称", "备注", "级别"], ["C001", "华为技术有限公司", None, None]]
    counts, done = bring_in(office, Customer, office.li, rows, empty="clear")
    assert counts["changed"] == 1
    assert set(done.verdicts[0].fields) == {"note", "level"}
    assert values(office, Customer, "note", "level")[0] == ("", "")


def test_undo_brings_the_old_values_back(office: Office) -> None:
    bring_in(office, Customer, office.li, CUSTOMERS)
    before = [row[:-3] for row in everything(office, Customer)]
    rows = [["客户编号", "客户名称", "电话"], ["C001", "华为技术有限公司", "1"], ["C002", "小米科技", "2"], ["C777", "新", "3"]]
    _counts, done = bring_in(office, Customer, office.li, rows)
    record = office.records.get(Customer, office.records.ids(Customer, office.li, View(text="小米"))[0], office.li)
    record.phone = "edited since"
    office.records.save(record, office.li)
    outcome = office.records.undo(done.batch, office.li)
    assert len(outcome.refused) == 1
    phones = dict(values(office, Customer, "code", "phone"))
    assert phones == {"C001": "13800138000", "C002": "edited since", "C003": "4111010001"}
    assert len(before) == 3


def test_refused_rows_say_why_and_do_not_hold_up_the_others(office: Office) -> None:
    rows = [
        ["客户名称", "电话", "邮箱", "级别", "下次联系时间", "负责人", "邮编"],
        ["好公司", "1", "a@b.cn", "A", "2026-03-20", "李娜", "100000"],
        [None, "2", None, None, None, None, None],
        ["坏邮箱", "3", "nobody", None, None, None, None],
        ["坏级别", "4", None, "Z", None, None, None],
        ["坏日期", "5", None, None, "2026-02-30", None, None],
        ["坏负责人", "6", None, None, None, "诸葛亮", None],
        ["错误格", "#DIV/0!", None, None, None, None, None],
        ["x" * 201, "7", None, None, None, None, None],
        ["短号码", "1.38E+10", None, None, None, None, None],
        ["另一家好公司", None, None, None, None, "zhao", 30000],
    ]
    counts, done = bring_in(office, Customer, office.boss, rows)
    assert counts == {"new": 2, "changed": 0, "unchanged": 0, "refused": 8}
    told = reasons(done.verdicts)
    assert "“Customer name” must be filled in" in told[3]
    assert "邮箱" in told[4] and "not an e-mail address" in told[4]
    assert "级别" in told[5] and "not in the list" in told[5]
    assert "下次联系时间" in told[6] and "not a date" in told[6]
    assert "负责人" in told[7] and "was not found" in told[7]
    assert "#DIV/0!" in told[8]
    assert "at most 200" in told[9]
    assert "digits are lost" in told[10]
    # The other postcodes have six digits, so this one has lost its first.
    assert values(office, Customer, "owner", "postcode")[1] == (office.ids["zhao"], "030000")


def test_the_same_customer_twice_in_a_sheet(office: Office) -> None:
    rows = [["客户名称", "电话"], ["华为", "1"], ["小米", "2"], ["华为", "3"]]
    counts, done = bring_in(office, Customer, office.li, rows)
    assert counts == {"new": 2, "changed": 0, "unchanged": 0, "refused": 1}
    assert reasons(done.verdicts) == {4: "Row 2 holds the same record already."}


def test_a_refused_row_does_not_stand_in_the_way_of_the_corrected_one(office: Office) -> None:
    rows = [
        ["合同名称", "客户", "合同开始时间", "合同结束时间"],
        ["年度合同", "华为", "2026-05-01", "2026-01-01"],
        ["年度合同", "华为", "2026-01-01", "2026-12-31"],
    ]
    bring_in(office, Customer, office.li, [["客户名称"], ["华为"]])
    counts, done = bring_in(office, Contract, office.li, rows)
    assert counts == {"new": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert "ends before it starts" in reasons(done.verdicts)[2]


def test_a_second_row_takes_the_place_of_a_refused_one_with_its_contact(office: Office) -> None:
    rows = [["客户名称", "联系人", "联系人手机"], ["华为", "x" * 81, "1"], ["华为", "李四", "2"], ["华为", "王五", "3"]]
    counts, _done = bring_in(office, Customer, office.li, rows)
    assert counts == {"new": 1, "changed": 1, "unchanged": 0, "refused": 1}
    assert values(office, Contact, "name", "is_primary") == [("李四", True), ("王五", False)]


def test_create_only_and_update_only(office: Office) -> None:
    bring_in(office, Customer, office.li, CUSTOMERS)
    rows = [["客户名称", "电话"], ["小米科技", "9"], ["vivo", "8"]]
    counts, done = bring_in(office, Customer, office.li, rows, mode="create")
    assert counts == {"new": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert "exists already" in reasons(done.verdicts)[2]
    rows = [["客户名称", "电话"], ["小米科技", "9"], ["Nokia", "8"]]
    counts, done = bring_in(office, Customer, office.li, rows, mode="update")
    assert counts == {"new": 0, "changed": 1, "unchanged": 0, "refused": 1}
    assert "none yet" in reasons(done.verdicts)[3]


def test_rows_are_matched_on_the_fields_chosen(office: Office) -> None:
    bring_in(office, Customer, office.li, CUSTOMERS)
    rows = [["客户名称", "电话"], ["小米科技有限公司", "010-60606666"], ["OPPO 广东", None]]
    counts, done = bring_in(office, Customer, office.li, rows, match=("phone",))
    assert counts == {"new": 1, "changed": 1, "unchanged": 0, "refused": 0}
    assert done.verdicts[0].fields == ("name",)
    counts, _done = bring_in(office, Customer, office.li, [["客户名称"], ["vivo"], ["vivo"]], match=())
    assert counts["new"] == 2
    counts, done = bring_in(office, Customer, office.li, [["客户名称", "电话"], ["vivo", "1"]])
    assert "2 records match" in reasons(done.verdicts)[2]


def test_outsiders_learn_only_that_it_exists_and_whose_it_is(office: Office) -> None:
    bring_in(office, Customer, office.sun, CUSTOMERS)
    counts, done = bring_in(office, Customer, office.li, CUSTOMERS)
    assert counts["refused"] == 3
    assert "belongs to 孙丽" in reasons(done.verdicts)[2]
    assert set(values(office, Customer, "owner")) == {office.ids["sun"]}


def test_of_two_of_one_name_the_visible_one_is_meant(office: Office) -> None:
    bring_in(office, Customer, office.sun, [["客户名称"], ["华为"]])
    bring_in(office, Customer, office.li, [["客户名称"], ["华为"]], match=())
    counts, _done = bring_in(office, Customer, office.li, [["客户名称", "电话"], ["华为", "1"]])
    assert counts["changed"] == 1
    assert values(office, Customer, "phone") == ["", "1"]


def test_without_the_right_nothing_is_imported(office: Office) -> None:
    with pytest.raises(Refused, match="import"):
        plan_for(office, Product, office.li, [["产品名称"], ["服务器"]])
    counts, _done = bring_in(office, Product, office.meng, [["产品名称", "产品编码", "单位", "价格"], ["服务器", "S-1", "台", "1.2万"]])
    assert counts["new"] == 1
    assert values(office, Product, "unit", "price") == [("unit", Decimal("12000.00"))]


def test_links_are_found_by_name_code_or_number(office: Office) -> None:
    bring_in(office, Customer, office.li, CUSTOMERS)
    bring_in(office, Customer, office.sun, [["客户名称"], ["别人的客户"]])
    rows = [
        ["商机名称", "客户名称", "商机金额（万元）", "赢率", "预计成交日期", "销售阶段", "负责人"],
        ["扩容", "华为技术有限公司", 12.34567, 0.5, "2026-06-30", "方案报价", "李娜"],
        ["新线", "C002", "80", 0.3, datetime(2026, 7, 1), "Negotiation", None],
        ["不存在", "诺基亚", 1, None, None, None, None],
        ["看不见", "别人的客户", 1, None, None, None, None],
    ]
    counts, done = bring_in(office, Opportunity, office.li, rows)
    assert counts == {"new": 2, "changed": 0, "unchanged": 0, "refused": 2}
    assert all("was not found" in text for text in reasons(done.verdicts).values())
    stages = {row.id: row.name_en for row in office.records.names.all("stage")}
    found = values(office, Opportunity, "amount", "probability", "expected_close", "stage")
    assert [(amount, chance, day, stages[stage]) for amount, chance, day, stage in found] == [
        (Decimal("123456.70"), 50, date(2026, 6, 30), "Proposal"),
        (Decimal("800000.00"), 30, date(2026, 7, 1), "Negotiation"),
    ]


def test_dates_that_can_be_read_both_ways_are_asked_once(office: Office) -> None:
    bring_in(office, Customer, office.li, CUSTOMERS)
    rows = [["合同编号", "合同名称", "客户", "签约日期"], ["1", "a", "OPPO", "03/04/2026"], ["2", "b", "OPPO", "05/06/2026"]]
    plan = plan_for(office, Contract, office.li, rows)
    assert plan.undecided == ["签约日期"]
    assert plan.rehearse().counts()["refused"] == 2
    kept = plan.mapping.as_json() | {"签约日期": {"field": "signed_on", "dates": "mdy"}}
    counts, _done = bring_in(office, Contract, office.li, rows, mapping=kept)
    assert counts["new"] == 2
    assert values(office, Contract, "signed_on") == [date(2026, 3, 4), date(2026, 5, 6)]
    decided = [*rows, ["3", "c", "OPPO", "25/12/2026"]]
    plan = plan_for(office, Contract, office.li, decided)
    assert plan.undecided == []


def test_several_rows_of_one_customer_bring_several_contacts(office: Office) -> None:
    rows = [
        ["客户名称", "客户电话", "联系人", "职位", "联系人手机", "联系人邮箱"],
        ["华为", "0755", "张三", "经理", "13800000001", "z@x.cn"],
        ["华为", "0755", "李四", "总监", "13800000002", None],
        ["小米", None, "王五", None, None, None],
        ["OPPO", None, None, None, None, None],
        ["联想", None, "坏邮箱", None, None, "nobody"],
    ]
    mapping = {"客户名称": "name", "客户电话": "phone", "联系人": "contact.name", "职位": "contact.title",
               "联系人手机": "contact.mobile", "联系人邮箱": "contact.email"}  # fmt: skip
    counts, done = bring_in(office, Customer, office.li, rows, mapping=mapping)
    assert counts == {"new": 3, "changed": 1, "unchanged": 0, "refused": 1}
    assert "联系人邮箱" in reasons(done.verdicts)[6]
    contacts = values(office, Contact, "name", "title", "mobile", "is_primary")
    found = {name: (title, mobile, first) for name, title, mobile, first in contacts}
    assert found == {
        "张三": ("经理", "13800000001", True), "李四": ("总监", "13800000002", False), "王五": ("", "", True),
    }  # fmt: skip
    assert set(values(office, Contact, "owner")) == {office.ids["li"]}


def test_the_first_row_of_a_customer_tells_of_it_and_the_others_only_of_contacts(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "PACKET", 2)
    rows = [
        ["客户名称", "客户电话", "备注", "联系人", "联系人手机"],
        ["华为", "0755", "大客户", None, None],
        ["小米", "010", None, "王五", None],
        ["华为", None, None, "张三", "1"],
        ["华为", "0755", None, "李四", "2"],
        ["华为", "0755", "问过价", "赵六", "3"],
    ]
    mapping = {"客户名称": "name", "客户电话": "phone", "备注": "note", "联系人": "contact.name", "联系人手机": "contact.mobile"}
    for empty in ("keep", "clear"):
        counts, done = bring_in(office, Customer, office.li, rows, mapping=mapping, empty=empty)
        assert reasons(done.verdicts) == {
            6: "Row 2 holds the same record already, with another “Note”. Write the same in both, or nothing in this one."
        }
        assert counts["refused"] == 1
        assert sorted(values(office, Customer, "name", "phone", "note")) == [("华为", "0755", "大客户"), ("小米", "010", "")]
        assert sorted(values(office, Contact, "name", "mobile")) == [("张三", "1"), ("李四", "2"), ("王五", "")]


def test_a_later_sheet_updates_the_contact_of_that_name(office: Office) -> None:
    bring_in(office, Customer, office.li, [["客户名称", "联系人", "职位"], ["华为", "张三", "经理"]])
    rows = [["客户名称", "联系人", "职位"], ["华为", "张三", "总监"], ["华为", "李四", "工程师"]]
    counts, done = bring_in(office, Customer, office.li, rows)
    assert counts == {"new": 0, "changed": 2, "unchanged": 0, "refused": 0}
    assert done.verdicts[0].fields == ("contact.title",)
    assert values(office, Contact, "name", "title", "is_primary") == [("张三", "总监", True), ("李四", "工程师", False)]


def test_names_in_parts_and_addresses_in_parts(office: Office) -> None:
    rows = [
        ["First Name", "Middle Name", "Last Name", "Business Street", "Business City", "Business State", "Business Country/Region"],
        ["Maria", "J.", "Anders", "Obere Str. 57", "Berlin", "BE", "Germany"],
        ["三丰", None, "张", "中关村大街1号", "北京市", "北京市", "中国"],
    ]
    counts, _done = bring_in(office, Contact, office.li, rows)
    assert counts["new"] == 2
    assert values(office, Contact, "name", "address") == [
        ("Maria J. Anders", "Obere Str. 57, Berlin, BE, Germany"),
        ("张三丰", "北京市中关村大街1号"),
    ]


def test_owner_creator_and_date_are_honoured(office: Office) -> None:
    rows = [["线索名称", "负责人", "创建时间", "创建人"], ["王先生", "赵强", "2019-05-04 10:30", "sun"]]
    bring_in(office, Lead, office.boss, rows)
    assert values(office, Lead, "owner", "created_at", "created_by") == [
        (office.ids["zhao"], datetime(2019, 5, 4, 2, 30), office.ids["sun"])
    ]


def test_times_are_wall_times(office: Office) -> None:
    rows = [
        ["主题", "类型", "开始时间", "结束时间"],
        ["演示", "会议", datetime(2026, 3, 20, 9, 0), datetime(2026, 3, 20, 10, 30)],
        ["错", "会议", "2026-03-20 12:00", "2026-03-20 11:00"],
    ]
    counts, done = bring_in(office, Event, office.li, rows)
    assert counts == {"new": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert values(office, Event, "starts_at") == [datetime(2026, 3, 20, 1, 0)]
    assert "ends before it starts" in reasons(done.verdicts)[3]


def test_cancel_keeps_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "PACKET", 2)
    rows: list[list[Any]] = [["客户名称"], *([f"客户{n}"] for n in range(10))]
    plan = plan_for(office, Customer, office.li, rows)
    cancel = threading.Event()
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if done >= 4:
            cancel.set()

    with pytest.raises(Cancelled):
        plan.run(progress, cancel)
    assert told == [(2, 10), (4, 10)]
    assert everything(office, Customer) == []
    with pytest.raises(Cancelled):
        plan.rehearse(cancel=cancel)
    assert plan.run().verdicts.counts()["new"] == 10


@pytest.mark.parametrize("way", ["rehearse", "run"])
def test_cancel_does_not_wait_for_the_rows_under_way(office: Office, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """On a slow line some hundred rows with their contacts take a minute."""
    rows: list[list[Any]] = [["客户名称", "联系人姓名"], *([f"客户{n}", f"张{n}"] for n in range(40))]
    plan = plan_for(office, Customer, office.li, rows)
    cancel, after = threading.Event(), []
    add, execute, execute_many = Companions.add, Line.execute, Line.execute_many

    def add_and_cancel(*given: Any) -> None:
        cancel.set()
        add(*given)

    def noted(how: Any) -> Any:
        def run(line: Line, sql: str, *given: Any) -> Any:
            if cancel.is_set() and "PRAGMA" not in sql:
                after.append(sql)
            return how(line, sql, *given)

        return run

    monkeypatch.setattr(Companions, "add", add_and_cancel)
    monkeypatch.setattr(Line, "execute", noted(execute))
    monkeypatch.setattr(Line, "execute_many", noted(execute_many))
    with pytest.raises(Cancelled):
        getattr(plan, way)(None, cancel)
    assert after == [] and everything(office, Customer) == []


@pytest.mark.parametrize("known", [0, 100], ids=["all new", "all there"])
def test_progress_of_a_great_many_leaves_room_for_the_end(office: Office, monkeypatch: pytest.MonkeyPatch, known: int) -> None:
    """What is to be done at the end for new records is not awaited of those that are there; and during the end it is told on."""
    monkeypatch.setattr(drafts, "PACKET", 50)
    monkeypatch.setattr(pouring, "MANY", 100)
    rows: list[list[Any]] = [["客户名称", "电话"], *([f"客户{n}", "1"] for n in range(100))]
    told: list[tuple[int, int]] = []
    if known:
        bring_in(office, Customer, office.li, [rows[0], *([name, "2"] for name, _phone in rows[1:])])
    plan_for(office, Customer, office.li, rows).run(lambda done, total: told.append((done, total)))
    if office.records.database.engine == "sqlite":
        rest = 1 - pouring.WORDS - pouring.LISTS
        part = rest if known else rest - pouring.KEPT_MOST
        assert told[:2] == [(int(50 * part), 100), (int(100 * part), 100)]
        assert len(told) > 5 and told == sorted(told), "it never goes back"
        assert told[2][0] == int(100 * rest) and told[-1] == (100, 100)
    else:
        assert told == [(50, 100), (100, 100)]


def test_packets_do_not_matter(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Repetitions, contacts and refusals across the borders of packets."""
    monkeypatch.setattr(drafts, "PACKET", 1)
    rows = [
        ["客户名称", "电话", "联系人", "联系人邮箱"],
        ["华为", "1", "张三", None],
        ["小米", "2", None, None],
        ["华为", "1", "李四", None],
        ["小米", "3", None, None],
        ["OPPO", "4", "x", "bad"],
    ]
    counts, _done = bring_in(office, Customer, office.li, rows)
    assert counts == {"new": 2, "changed": 1, "unchanged": 0, "refused": 2}
    assert values(office, Contact, "name", "is_primary") == [("张三", True), ("李四", False)]


def test_impossible_plans_are_sentences(office: Office) -> None:
    rows = [["客户名称", "电话"], ["华为", "1"]]
    with pytest.raises(Invalid, match="no way of importing"):
        plan_for(office, Customer, office.li, rows, mode="replace")
    with pytest.raises(Invalid, match="No column goes into “Customer name”"):
        plan_for(office, Customer, office.li, rows, mapping={"电话": "phone"}, match=())
    with pytest.raises(Invalid, match="cannot be matched on “Mobile”"):
        plan_for(office, Customer, office.li, rows, match=("mobile",))
    with pytest.raises(Invalid, match="choose the fields"):
        plan_for(office, Customer, office.li, rows, mode="update", match=())


def test_ugly_values_in_every_field(office: Office) -> None:
    ugly = ["'; DROP TABLE customer; --", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "\u202eمرحبا", "😀" * 20, "a\nb"]
    rows = [["客户名称", "简称", "城市", "地址", "备注"], *([text] * 5 for text in ugly)]
    counts, _done = bring_in(office, Customer, office.li, rows)
    assert counts["new"] == len(ugly)
    assert sorted(values(office, Customer, "name")) == sorted(ugly)
    assert values(office, Customer, "note") == ugly


def test_custom_fields_come_in_too(office: Office) -> None:
    from crm_desktop.core.custom import CustomField

    office.save(CustomField(name="年营业额", name_en="Turnover", record_type="customer", field_kind="money"), "admin")
    rows = [["客户名称", "年营业额（万元）"], ["华为", 88]]
    bring_in(office, Customer, office.li, rows)
    name = next(name for name, field in office.records.fields(Customer).items() if field.custom)
    assert values(office, Customer, name) == [Decimal("880000.00")]
    counts, done = bring_in(office, Customer, office.li, [["客户名称", "Turnover"], ["华为", 99]])
    assert counts["changed"] == 1
    assert done.verdicts[0].fields == (name,)


def test_values_as_offices_write_them(office: Office) -> None:
    """制造业 for the value 制造, 金融 for 金融业, A类 for A: the words at the end say only what kind of word it is."""
    rows = [["客户名称", "级别", "行业"], ["甲", "A类", "制造业"], ["乙", "B级", "金融"], ["丙", "重点", "房地产行业"]]
    bring_in(office, Customer, office.li, rows)
    assert values(office, Customer, "level", "industry") == [("A", "manufacturing"), ("B", "finance"), ("A", "real_estate")]


def test_a_verdict_says_which_record_is_meant(office: Office) -> None:
    rows = [["客户名称", "邮箱"], ["甲公司", "a@b.example"], ["乙公司", "nobody at nowhere"], ["长" * 100, "c@d.example"]]
    _counts, done = bring_in(office, Customer, office.li, rows)
    assert [verdict.title for verdict in done.verdicts] == ["甲公司", "乙公司", "长" * 60]
    corrected = done.verdicts[1]._replace(outcome="new", reason=None, title="乙公司改")
    done.verdicts.replace(corrected)
    assert [verdict.title for verdict in done.verdicts] == ["甲公司", "乙公司改", "长" * 60]


def test_without_a_column_for_the_name_that_is_said(office: Office) -> None:
    with pytest.raises(Invalid, match="every record needs"):
        plan_for(office, Customer, office.li, [["电话", "城市"], ["010-1", "北京"]])
