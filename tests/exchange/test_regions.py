"""One column with a whole region fills province, city and district, in the straight way and one by one, and is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.lead import Lead
from crm_desktop.core.errors import Invalid
from crm_desktop.exchange.cells import as_text
from crm_desktop.exchange.importing import drafts
from crm_desktop.exchange.importing.verdicts import REMARKED
from crm_desktop.exchange.mapping import guess_mapping, mapping_from, reused, splits
from crm_desktop.exchange.tables import Table, find_table
from crm_desktop.exchange.targets import targets_of
from crm_desktop.exchange.templates import write_template
from tests.exchange.stories import bring_in, everything, plan_for, reasons, values
from tests.exchange.test_mapping import targets
from tests.exchange.tools import sheet_of
from tests.office import Office

PLACE = ("province", "city", "district")
ROWS: list[list[Any]] = [
    ["客户名称", "所在地区", "地址"],
    ["甲", "广东省深圳市南山区", "科技园路1号"],
    ["乙", "广东-深圳-南山", None],
    ["丙", "北京市海淀区", None],
    ["丁", "香港", None],
    ["戊", None, None],
]
SPLIT = [("广东省", "深圳市", "南山区"), ("广东", "深圳", "南山"), ("北京市", "北京市", "海淀区"), ("香港", "", ""), ("", "", "")]


def table_of(heading: str, cells: list[str]) -> Table:
    return find_table(sheet_of([["客户名称", heading], *[[f"客户{place}", cell] for place, cell in enumerate(cells)]]),
                      lambda text: text in ("客户名称", heading))  # fmt: skip


def guessed(heading: str, *cells: str) -> str:
    return guess_mapping("customer", targets("customer"), table_of(heading, list(cells))).columns[1].target


WHOLE = ("广东省深圳市南山区", "内蒙古自治区呼和浩特市", "北京市海淀区")


@pytest.mark.parametrize("heading", ["所在地区", "地区", "省市区", "省/市/区", "省、市、区县", "区域", "Region", "State/Region"])
def test_headings(heading: str) -> None:
    assert guessed(heading, *WHOLE) == "region"
    assert guessed(heading, "Guangdong/Shenzhen", "Hangzhou, Zhejiang") == "region"


def test_headings_of_other_products_say_province_unless_the_cells_are_whole_regions() -> None:
    """Salesforce, HubSpot, Google Contacts and Outlook write states below these."""
    for heading in ("Region", "State/Region", "Address 1 - Region", "Business State", "商务地址 省/市/自治区", "所在省份"):
        assert guessed(heading, "California", "WA") == "province"
    assert guessed("地区", "华南", "华东") == "" and guessed("省市区", "华南", "华东") == "province"
    assert guessed("所在城市", "深圳", "北京") == "city"


def test_content_tells_where_the_heading_does_not() -> None:
    assert guessed("Spalte 2", *WHOLE) == "region"
    assert guessed("Spalte 2", "广东", "浙江") == ""
    assert guessed("Spalte 2", "广东省深圳市南山区科技园路1号", "北京市海淀区中关村大街5号") == ""


@pytest.mark.parametrize("packet", [2, 500])
def test_it_fills_three_fields_and_is_taken_back(office: Office, monkeypatch: pytest.MonkeyPatch, packet: int) -> None:
    monkeypatch.setattr(drafts, "PACKET", packet)
    counts, done = bring_in(office, Customer, office.li, ROWS)
    assert counts["new"] == 5 and done.verdicts.remarks() == []
    assert values(office, Customer, *PLACE) == SPLIT
    assert values(office, Customer, "address")[0] == "科技园路1号"
    again, _done = bring_in(office, Customer, office.li, ROWS)
    assert (again["unchanged"], again["new"]) == (5, 0)
    office.records.undo(done.batch, office.li)
    assert values(office, Customer, "name") == []


def test_a_change_of_region_changes_its_fields_and_comes_back(office: Office) -> None:
    bring_in(office, Customer, office.li, ROWS)
    before = everything(office, Customer)
    counts, done = bring_in(office, Customer, office.li, [["客户名称", "所在地区"], ["甲", "广东省广州市天河区"], ["乙", "广东-深圳"]])
    assert (counts["changed"], counts["unchanged"]) == (1, 1)
    assert done.verdicts[0].fields == ("city", "district")
    assert values(office, Customer, *PLACE)[:2] == [("广东省", "广州市", "天河区"), SPLIT[1]]
    office.records.undo(done.batch, office.li)
    assert [row[:-1] for row in everything(office, Customer)] == [row[:-1] for row in before]


def test_what_no_list_knows_is_kept_and_told(office: Office) -> None:
    places = ("广东省深圳市前海", "华南", "浙江省杭州市", "#N/A", "广东" + "区" * 70)
    rows = [["客户名称", "所在地区"], *map(list, zip("甲乙丙丁戊", places, strict=True))]
    _counts, done = bring_in(office, Customer, office.li, rows, mapping={"客户名称": "name", "所在地区": "region"})
    assert {name: tuple(place) for name, *place in values(office, Customer, "name", *PLACE)} == {
        "甲": ("广东省", "深圳市", "前海"), "乙": ("华南", "", ""), "丙": ("浙江省", "杭州市", "")
    }  # fmt: skip
    assert [(row, note.sentence("en")) for row, note in done.verdicts.remarks()][:2] == [
        (2, "所在地区: “前海” is in no list of places; it goes into “District” as it stands."),
        (3, "所在地区: “华南” is in no list of places; it goes into “Province” as it stands."),
    ]
    assert list(done.verdicts.places(REMARKED)) == [0, 1]
    assert {row: "所在地区" in reason for row, reason in reasons(done.verdicts).items()} == {5: True, 6: True}


def test_a_column_of_its_own_goes_first_and_what_it_leaves_out_is_told(office: Office) -> None:
    rows = [["客户名称", "省份", "所在地区"], ["甲", "广东省", "广东深圳"], ["乙", None, "浙江杭州"], ["丙", "江苏", "浙江杭州"]]
    _counts, done = bring_in(office, Customer, office.li, rows)
    assert values(office, Customer, *PLACE) == [("广东省", "深圳", ""), ("浙江", "杭州", ""), ("江苏", "杭州", "")]
    ((row, note),) = done.verdicts.remarks()
    assert (row, note.sentence("en")) == (
        4, "所在地区: “浙江” is left out, because another column says “江苏” for “Province”."
    )  # fmt: skip


def test_the_mapping_is_kept_and_written(office: Office) -> None:
    known = targets_of(office.records, Customer)
    table = table_of("Spalte", ["华南", "华东"])
    mapping = guess_mapping("customer", known, table)
    mapping.set("Spalte", "region")
    kept = mapping.as_json()
    assert kept == {"客户名称": "name", "Spalte": "region"}
    assert reused(guess_mapping("customer", known, table), kept, table, known).as_json() == kept
    assert mapping_from(kept, table, known).as_json() == kept
    with pytest.raises(Invalid):
        mapping_from({"Spalte": "region", "客户名称": "region"}, table, known)
    assert "region" not in targets_of(office.records, office.records.types["task"])


def test_rows_are_matched_on_what_a_region_fills(office: Office) -> None:
    """The same name in two cities is two customers."""
    rows = [["客户名称", "所在地区"], ["第一中学", "广东深圳"], ["第一中学", "浙江杭州"]]
    counts, _done = bring_in(office, Customer, office.li, rows, match=("name", "city"))
    assert counts["new"] == 2
    assert plan_for(office, Customer, office.li, rows, match=("name", "district")).rehearse().counts()["refused"] == 0


def test_a_template_asks_for_the_fields_themselves(office: Office, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    write_template(office.records, Customer, office.li, tmp_path / "t.xlsx", "en")
    headings = [as_text(cell.value) for cell in load_workbook(tmp_path / "t.xlsx").active[2]]
    assert "Province" in headings and not any("Region" in heading for heading in headings)


ADDRESSES: list[list[Any]] = [
    ["客户名称", "地址"],
    ["甲", "广东省深圳市南山区科技园路1号"],
    ["乙", "北京市海淀区中关村大街5号"],
    ["丙", "南京路1号"],
    ["丁", None],
]


def test_an_address_in_one_cell_fills_them_when_the_person_says_so(office: Office) -> None:
    """By itself it stays as it is: what was exported with its address in full has to come in again unchanged."""
    asked = {"客户名称": "name", "地址": "whole_address"}
    bring_in(office, Customer, office.li, ADDRESSES)
    whole = [("", "", "", row[1] or "") for row in ADDRESSES[1:]]
    assert values(office, Customer, *PLACE, "address") == whole
    counts, done = bring_in(office, Customer, office.li, ADDRESSES, mapping=asked)
    assert (counts["changed"], counts["unchanged"]) == (2, 2) and done.verdicts.remarks() == []
    assert done.verdicts[0].fields == ("province", "city", "district", "address")
    assert values(office, Customer, *PLACE, "address") == [
        ("广东省", "深圳市", "南山区", "科技园路1号"), ("北京市", "北京市", "海淀区", "中关村大街5号"), ("", "", "", "南京路1号"),
        ("", "", "", ""),
    ]  # fmt: skip
    again, _done = bring_in(office, Customer, office.li, ADDRESSES, mapping=asked)
    assert again["unchanged"] == 4
    office.records.undo(done.batch, office.li)
    assert values(office, Customer, *PLACE, "address") == whole


def test_it_is_offered_where_no_other_column_says_the_place() -> None:
    known = targets("customer")
    for headings, offered in ((("客户名称", "地址"), True), (("客户名称", "地址", "城市"), False), (("客户名称", "地址", "省市区"), False)):
        rows = [list(headings), *[[name, address, *["广东省深圳市"] * (len(headings) - 2)] for name, address in ADDRESSES[1:3]]]
        mapping = guess_mapping("customer", known, find_table(sheet_of(rows), headings.__contains__))
        assert [splits(column, mapping, known) for column in mapping.columns] == [False, offered, *[False] * (len(headings) - 2)]


LEADS: list[list[Any]] = [
    ["姓名", "公司", "所在地区", "地址"],
    ["赵一", "甲", "广东省深圳市南山区", "科技园路1号"],
    ["钱二", "乙", "广东-深圳-南山", "深圳市南山区科技园路2号"],
    ["孙三", "丙", "北京市海淀区", None],
    ["李四", "丁", None, "某路3号"],
    ["周五", "戊", "California", "1 Main St"],
]


@pytest.mark.parametrize("packet", [500, 2])
def test_a_lead_has_its_region_in_its_address(office: Office, packet: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has a city but no province: the whole region begins its address, nothing of it is lost."""
    monkeypatch.setattr(drafts, "PACKET", packet)
    plan = plan_for(office, Lead, office.boss, sheet_of(LEADS))
    assert [column.target for column in plan.mapping.columns] == ["name", "company", "region", "address"]
    assert [target.name for target in plan.drafts.spreads[0].fields] == ["city", "address"]
    counts, done = bring_in(office, Lead, office.boss, LEADS)
    assert counts["new"] == 5 and [row for row, _remark in done.verdicts.remarks()] == [6]
    assert values(office, Lead, "city", "address") == [
        ("深圳市", "广东省深圳市南山区科技园路1号"), ("深圳", "深圳市南山区科技园路2号"), ("北京市", "北京市海淀区"), ("", "某路3号"),
        ("", "1 Main St, California"),
    ]  # fmt: skip
    counts, _done = bring_in(office, Lead, office.boss, LEADS)
    assert counts["unchanged"] == 5


def test_a_street_of_a_lead_stands_behind_its_region(office: Office) -> None:
    rows = [["姓名", "公司", "省市区", "街道"], ["赵一", "甲", "广东省深圳市南山区", "科技园路1号"], ["钱二", "乙", None, "某路3号"]]
    counts, _done = bring_in(office, Lead, office.boss, rows)
    assert counts["new"] == 2
    assert values(office, Lead, "city", "address") == [("深圳市", "广东省深圳市南山区科技园路1号"), ("", "某路3号")]


def test_a_city_of_its_own_goes_first_for_a_lead_too(office: Office) -> None:
    rows = [["姓名", "公司", "城市", "地区"], ["赵一", "甲", "广州", "广东省深圳市南山区"]]
    _counts, done = bring_in(office, Lead, office.boss, rows)
    assert values(office, Lead, "city", "address") == [("广州", "广东省深圳市南山区")]
    assert "广州" in done.verdicts.remarks()[0][1].sentence("zh_CN")
