"""Columns find their fields by name, whatever program wrote the headings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.core.errors import Invalid
from crm_desktop.core.kinds import Kind, PictureKind
from crm_desktop.exchange.headings import heading, spelling
from crm_desktop.exchange.mapping import Mapping, guess_mapping, mapping_from
from crm_desktop.exchange.synonyms import synonyms
from crm_desktop.exchange.tables import Table, find_table
from crm_desktop.exchange.targets import Target, targets_of
from tests.exchange.tools import sheet_of

TYPES = {one.key(): one for one in RECORD_TYPES}


class DeclaredFields:
    """Stands for the door where only the declared fields matter."""

    types = TYPES

    def fields(self, record_type: Any) -> Any:
        return record_type.declared()


@dataclass
class Named:
    """A field of a record type that does not exist yet."""

    label: str
    kind: Kind
    custom: bool = False
    required: bool = False


def targets(key: str) -> dict[str, Target]:
    if key in TYPES:
        return targets_of(DeclaredFields(), TYPES[key])  # type: ignore[arg-type]
    return {name: Target(name, name, Named(name, Kind())) for name in synonyms()[key]}


def mapped(key: str, headings: list[str]) -> dict[str, str]:
    mapping = guess_mapping(key, targets(key), Table(sheet_of([]), headings))
    return {column.heading: column.target for column in mapping.mapped()}


RECORD_TYPE_OF = {"account": "customer", "case": "service_ticket", "meeting": "event", "visit": "revisit"}

# For each of the 39 public header sets: how many columns must find a field, and some that must be right.
LEAST: list[tuple[int, dict[str, str]]] = [
    (19, {"First Name": "name.first", "Company": "customer", "Job Title": "title", "Mobile Phone": "mobile", "E-mail Address": "email"}),
    (19, {"姓": "name.last", "名": "name.first", "单位": "customer", "移动电话": "mobile", "商务地址 街道": "address.street"}),
    (12, {"Name": "name", "E-mail 1 - Value": "email", "Organization 1 - Name": "customer", "Address 1 - Formatted": "address"}),
    (13, {"Organization Name": "customer", "Phone 1 - Value": "phone", "Phone 2 - Value": "mobile", "Birthday": "birthday"}),
    (12, {"First Name": "name.first", "Company Name": "customer", "Contact owner": "owner", "Create Date": "created_at"}),
    (9, {"Company name": "name", "Website URL": "website", "Company owner": "owner", "Record ID": "code"}),
    (6, {"Deal Name": "name", "Deal Stage": "stage", "Close Date": "expected_close", "Associated Company": "customer"}),
    (7, {"Account Name": "name", "Billing City": "city", "Billing Zip/Postal Code": "postcode", "Account Type": "type"}),
    (4, {"Full Name": "name", "Other City": "address.city"}),
    (4, {"Full Name": "name", "Company": "company", "Title": "title"}),
    (7, {"Name": "name", "Stage": "stage", "Probability (%)": "probability", "Close Date": "expected_close"}),
    (7, {"StageName": "stage", "CloseDate": "expected_close", "Amount": "amount"}),
    (14, {"客户名称": "name", "联系人": "contact.name", "职位": "contact.title", "固定电话": "phone", "所在省份": "province"}),
    (9, {"发票号码": "number", "发票代码": "code", "开票日期": "issued_on", "价税合计(小写)": "amount", "购方纳税人识别号": "tax_no"}),
    (10, {"统一社会信用代码": "tax_no", "联系人手机": "contact.mobile", "联系人邮箱": "contact.email", "创建时间": "created_at"}),
    (10, {"客户来源": "source", "网址": "website", "下次联系时间": "next_contact_on"}),
    (10, {"线索名称": "name", "线索来源": "source", "客户级别": "level"}),
    (10, {"姓名": "name", "客户名称": "customer", "是否关键决策人": "is_decision_maker", "性别": "gender"}),
    (6, {"产品名称": "name", "产品类型": "category", "产品单位": "unit", "产品编码": "code", "价格": "price"}),
    (5, {"商机名称": "name", "客户名称": "customer", "商机金额": "amount", "预计成交日期": "expected_close"}),
    (12, {"合同编号": "number", "下单时间": "signed_on", "客户签约人": "customer_signer", "公司签约人": "our_signer", "合同类型": "type"}),
    (8, {"回款编号": "number", "合同编号": "contract", "期数": "plan", "回款方式": "method"}),
    (7, {"计划回款金额": "amount", "计划回款日期": "due_on", "提前几天提醒": "remind_days"}),
    (9, {"回访形式": "method", "客户满意度": "satisfaction", "客户反馈": "content"}),
    (8, {"发票申请编号": "number", "开票金额": "amount", "合同金额": "contract_amount", "开票类型": "type"}),
    (10, {"Name": "name", "Status": "state", "Account": "company"}),
    (9, {"客户名称": "company", "客户来源": "source", "状态": "state"}),
    (8, {"Name": "name", "Billing Address": "address", "Industry": "industry"}),
    (8, {"名称": "name", "账单地址": "address", "网站": "website"}),
    (8, {"Name": "name", "Account": "customer", "Opportunity Role": "role"}),
    (7, {"名称": "name", "客户": "customer", "商机角色": "role"}),
    (9, {"Probability, %": "probability", "Lead Source": "source", "Close Date": "expected_close"}),
    (9, {"项目预算": "amount", "概率, %": "probability", "关闭日期": "expected_close"}),
    (8, {"Number": "number", "Name": "title", "Account": "customer", "Priority": "priority"}),
    (8, {"编号": "number", "名称": "title", "客户": "customer"}),
    (7, {"Name": "title", "Date Due": "due_on", "Account": "customer", "Status": "state"}),
    (7, {"名称": "title", "结束日期": "due_on", "优先级": "priority"}),
    (9, {"Name": "title", "Date Start": "starts_at", "Date End": "ends_at", "Is All-Day": "all_day"}),
    (9, {"名称": "title", "开始日期": "starts_at", "结束日期": "ends_at", "全天": "all_day"}),
]


def test_the_headings_of_39_other_products(shared_data: Path) -> None:
    sets = json.loads((shared_data / "import_headers" / "headers_public.json").read_text(encoding="utf-8"))
    assert len(sets) == len(LEAST) == 39
    for one, (least, sure) in zip(sets, LEAST, strict=True):
        key = RECORD_TYPE_OF.get(one["entity"].lower(), one["entity"].lower())
        found = mapped(key, one["headers"])
        assert len(found) >= least, (one["system"], one["entity"], one["lang"], found)
        assert {text: found.get(text) for text in sure} == sure, one["system"]
        assert len(set(found.values())) == len(found)


@pytest.mark.parametrize("lang", ["zh_CN", "zh_TW", "en"])
@pytest.mark.parametrize("key", [one.key() for one in RECORD_TYPES if one.declared()])
def test_own_labels_and_names_always_match(key: str, lang: str) -> None:
    """What is exported in any language, and what a person who scripts writes, finds its way back."""
    known = targets(key)
    # An id is known by its digits, a region by its places, a picture by being one: no heading alone is enough.
    alone = {name for name, target in known.items() if not (target.spread or isinstance(target.field.kind, PictureKind))}
    own = [name for name in known if "." not in name and name != "id" and name in alone]
    labels = [known[name].label(lang) for name in own]
    if len(set(labels)) == len(labels):
        assert list(mapped(key, labels).values()) == own
    by_name = mapped(key, own)
    assert {name: by_name.get(name) for name in own} == {name: name for name in own}


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("*客户名称", "name"), ("客户名称（必填）", "name"), ("客户 名称 *", "name"), ("1. 客户名称", "name"), ("CUSTOMER_NAME", "name"),
        ("customer name:", "name"), ("客戶名稱", "name"), ("Ｃｕｓｔｏｍｅｒ　Ｎａｍｅ", "name"), ("手机号码(选填)", "mobile"),
        ("商务地址 街道", "address.street"), ("邮政编码\n(6位)", "postcode"), ("E-Mail", "email"), ("tel.", "phone"),
    ],
)  # fmt: skip
def test_every_spelling_of_a_heading(written: str, field: str) -> None:
    assert mapped("customer", [written]) == {written: field}


@pytest.mark.parametrize(
    ("written", "scale"),
    [
        ("合同金额（万元）", 10_000), ("金额(元)", 1), ("金额[亿元]", 100_000_000), ("Amount (k)", 1_000), ("金额（千元）", 1_000),
        ("Amount (million)", 1_000_000), ("金额（单位：万元）", 10_000), ("重量(千克)", 1), ("Amount (converted)", 1),
        ("金额（百万元）", 1_000_000),
    ],
)  # fmt: skip
def test_units_in_brackets_scale_amounts(written: str, scale: int) -> None:
    assert heading(written).scale == scale


def test_the_surest_guess_wins_a_field() -> None:
    found = mapped("customer", ["公司", "客户名称", "电话", "联系电话"])
    assert found["客户名称"] == "name"
    assert found["电话"] == "phone"
    assert "公司" not in found


def test_a_mobile_behind_the_contact_is_his_where_a_customer_has_several_rows() -> None:
    several = [["客户名称", "联系人", "手机", "城市", "邮箱"], ["华为", "张三", "1", "x", "a@x.cn"], ["华为", "李四", "2", "x", "b@x.cn"]]
    for rows, mobile in ((several, "contact.mobile"), (several[:2], "mobile")):
        mapping = guess_mapping("customer", targets("customer"), find_table(sheet_of(rows)))
        assert {column.heading: column.target for column in mapping.mapped()} == {
            "客户名称": "name", "联系人": "contact.name", "手机": mobile, "城市": "city", "邮箱": "email",
        }  # fmt: skip


def test_the_number_of_the_office_may_stand_between_a_person_and_his_mobile() -> None:
    """As in the template of a Chinese CRM: 联系人, 职位, 固定电话, 手机号码, 邮箱."""
    rows = [["客户名称", "联系人", "职位", "固定电话", "手机号码", "邮箱"], ["新程", "陆一鸣", "厂长", "0573-84120001", "1", "a@x.cn"],
            ["新程", "钱小二", "采购", None, "2", "b@x.cn"]]  # fmt: skip
    for several, own in ((rows, "contact."), (rows[:2], "")):
        mapping = guess_mapping("customer", targets("customer"), find_table(sheet_of(several)))
        assert [column.target for column in mapping.columns] == [
            "name", "contact.name", "contact.title", "phone", f"{own}mobile", f"{own}email",
        ]  # fmt: skip


def test_a_contact_without_a_name_does_not_come_along() -> None:
    assert mapped("customer", ["Name", "Title"]) == {"Name": "name"}
    assert mapped("customer", ["Name", "Contact", "Title"])["Title"] == "contact.title"


def test_a_whole_name_makes_its_parts_needless() -> None:
    assert mapped("contact", ["Full Name", "First Name", "Last Name"]) == {"Full Name": "name"}
    assert mapped("contact", ["First Name", "Last Name"]) == {"First Name": "name.first", "Last Name": "name.last"}


def test_a_mapping_is_kept_and_read_again() -> None:
    table = Table(sheet_of([]), ["客户名称", "合同金额（万元）", "签订日期", "Foo"])
    known = targets("contract")
    mapping = guess_mapping("contract", known, table)
    mapping.set("Foo", "note")
    mapping.columns[2].dates = "dmy"
    kept = json.loads(json.dumps(mapping.as_json(), ensure_ascii=False))
    assert kept["合同金额（万元）"] == {"field": "amount", "scale": 10_000}
    assert kept["签订日期"] == {"field": "signed_on", "dates": "dmy"}
    assert mapping_from(kept, table, known) == mapping


def test_a_mapping_by_hand_may_be_wrong() -> None:
    table = Table(sheet_of([]), ["客户", "Tel"])
    known = targets("customer")
    with pytest.raises(Invalid, match="has no column"):
        mapping_from({"Phone": "phone"}, table, known)
    with pytest.raises(Invalid, match="no field"):
        mapping_from({"Tel": "phones"}, table, known)
    with pytest.raises(Invalid, match="Two columns"):
        mapping_from({"Tel": "phone", "客户": "phone"}, table, known)
    assert mapping_from({"tel ": "phone", "客户": ""}, table, known).column("phone") is not None
    with pytest.raises(Invalid):
        Mapping().set("x", "phone")


def test_the_synonym_file_names_only_fields_that_exist() -> None:
    """A field that was renamed would lose its headings silently."""
    for key, fields in synonyms().items():
        if key in TYPES:
            known = targets(key)
            base = {name for name in fields if "." not in name}
            missing = base - known.keys() - {"size", "department", "closed_at", "done_at", "website", "tags"}
            assert not missing, (key, missing)


def test_the_synonym_file_says_nothing_twice() -> None:
    for key, fields in synonyms().items():
        for name, words in fields.items():
            spelled = [spelling(word) for word in words]
            assert len(set(spelled)) == len(spelled), (key, name)


def test_headings_of_a_real_sheet_are_found_through_their_meaning() -> None:
    rows = [["2026 年客户资料"], ["序号", "客户名称（必填）", "联系电话", "合作意向"], [1, "华为", "010", "高"], [2, "小米", "011", "低"]]
    known = targets("customer")
    from crm_desktop.exchange.mapping import known_heading

    table = find_table(sheet_of(rows), known_heading("customer", known))
    mapping = guess_mapping("customer", known, table)
    assert table.heading_rows == (2,)
    assert {column.heading: column.target for column in mapping.mapped()} == {"客户名称（必填）": "name", "联系电话": "phone"}


def test_an_empty_column_leaves_the_field_to_one_with_cells() -> None:
    """Both may be the name of a lead; of a sheet without rows the surer heading is."""
    assert mapped("lead", ["名称", "联系人"]) == {"联系人": "name"}
    known = targets("lead")
    table = find_table(sheet_of([["名称", "联系人", "电话"], ["周星", None, "13700001111"]]), heading_row=1)
    mapping = guess_mapping("lead", known, table)
    assert [column.target for column in mapping.columns] == ["name", "", "phone"]
