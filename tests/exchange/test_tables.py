"""The table in a sheet: where its headings are, and which rows are no data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.core.errors import Invalid
from crm_desktop.core.passing_folder import PassingFolder
from crm_desktop.exchange.reading import read_workbook
from crm_desktop.exchange.tables import Table, find_table, likely_sheet
from crm_desktop.exchange.workbook import Sheet, Workbook
from tests.exchange.tools import sheet_of

KNOWN = {"客户名称", "联系人", "电话", "手机", "地址", "邮编", "备注", "Name", "Phone"}
CUSTOMERS = [["华为", "张三", "010-1"], ["小米", "李四", "010-2"], ["OPPO", "王五", "010-3"], ["联想", "赵六", "010-4"]]

TWO_LINES = [
    ["客户名称", "联系方式", None, "地址"],
    [None, "电话", "手机", None],
    ["华为", "010", "138", "深圳"],
    ["小米", "011", "139", "北京"],
]


def table_of(rows: list[list[Any]], merged: list[tuple[int, int, int, int]] | None = None, row: int | None = None) -> Table:
    return find_table(sheet_of(rows, merged=merged or []), lambda text: text in KNOWN, row)


def data_of(table: Table) -> list[list[Any]]:
    return [row for _number, row in table.numbered()]


def test_headings_in_the_first_row() -> None:
    table = table_of([["客户名称", "联系人", "电话"], *CUSTOMERS])
    assert table.heading_rows == (1,)
    assert table.headings == ["客户名称", "联系人", "电话"]
    assert (table.count, data_of(table)) == (4, CUSTOMERS)


def test_titles_and_notes_above_are_listed() -> None:
    table = table_of([["客户名单"], ["制表：张三", None, "2026年"], [], ["客户名称", "联系人", "电话"], *CUSTOMERS])
    assert table.heading_rows == (4,)
    assert [(one.row, one.kind) for one in table.left_out] == [(1, "title"), (2, "title")]
    assert [number for number, _row in table.numbered()] == [5, 6, 7, 8]


def test_headings_nobody_knows_are_found_by_their_looks() -> None:
    table = table_of([["Quartalsliste"], ["Firma", "Ort", "Umsatz"], ["Acme", "Bonn", 12], ["Basco", "Köln", 7], ["Cor", "Ulm", 9]])
    assert table.heading_rows == (2,)


def test_a_table_without_headings_is_called_by_its_columns() -> None:
    table = table_of([["华为", "13800138000", 3], ["小米", "13900139000", 4], ["OPPO", "13700137000", 5]])
    assert table.heading_rows == ()
    assert table.headings == ["A", "B", "C"]
    assert table.count == 3


def test_one_column_of_names_has_no_heading_unless_it_is_known() -> None:
    assert table_of([["华为"], ["小米"]]).count == 2
    assert table_of([["客户名称"], ["华为"], ["小米"]]).count == 2


def test_a_running_number_among_the_headings() -> None:
    rows = [[0, "First", "Last", "Sex", "Land", "Age"], [1, "A", "B", "m", "x", 3], [2, "C", "D", "f", "y", 4]]
    assert table_of(rows).heading_rows == (1,)


def test_the_person_may_say_where_the_headings_are() -> None:
    rows = [["客户名称", "联系人", "电话"], ["Name", "Kontakt", "Tel"], *CUSTOMERS]
    assert table_of(rows, row=2).headings == ["Name", "Kontakt", "Tel"]
    assert table_of(rows, row=0).count == 6


def test_merged_headings_of_two_lines() -> None:
    merged = [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)]
    table = table_of(TWO_LINES, merged)
    assert table.heading_rows == (1, 2)
    assert table.headings == ["客户名称", "电话", "手机", "地址"]
    assert table.count == 2


def test_two_lines_in_a_format_that_tells_no_merged_areas() -> None:
    assert table_of(TWO_LINES).headings == ["客户名称", "电话", "手机", "地址"]


def test_a_group_title_helps_a_heading_that_says_nothing_alone() -> None:
    rows = [["Name", "2025", None, "2026", None], [None, "Plan", "Ist", "Plan", "Ist"], ["Acme", 1, 2, 3, 4], ["Basco", 5, 6, 7, 8]]
    merged = [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)]
    assert table_of(rows, merged, row=1).headings == ["Name", "2025 Plan", "2025 Ist", "2026 Plan", "2026 Ist"]


def test_totals_subheadings_notes_and_repeated_headings_are_left_out() -> None:
    rows = [
        ["客户名称", "联系人", "电话", "备注"],
        ["广东省"],
        ["华为", "张三", "010-1", "x"],
        ["小计", None, 1],
        ["客户名称", "联系人", "电话", "备注"],
        ["北京市："],
        ["小米", "李四", "010-2", "y"],
        ["OPPO", "李四", "010-3", "z"],
        ["合 计：", None, 3],
        ["Grand Total", None, 3],
        ["备注：本表仅供内部使用"],
    ]
    table = table_of(rows)
    assert [row[0] for row in data_of(table)] == ["华为", "小米", "OPPO"]
    assert [(one.row, one.kind) for one in table.left_out] == [
        (2, "subheading"), (4, "total"), (5, "heading"), (6, "subheading"), (9, "total"), (10, "total"), (11, "note"),
    ]  # fmt: skip


@pytest.mark.parametrize("region", ["华东区", "华南", "西北區", "华北片区", "华中大区"])
def test_the_parts_of_the_country_are_subheadings(region: str) -> None:
    table = table_of([["客户名称", "联系人", "电话"], *CUSTOMERS, [region], ["华东师范大学"]])
    assert [(one.kind, one.text) for one in table.left_out] == [("subheading", region)]
    assert data_of(table)[-1][0] == "华东师范大学"


def test_a_customer_of_whom_only_the_name_is_known_is_data() -> None:
    table = table_of([["客户名称", "联系人", "电话"], *CUSTOMERS, ["阿里巴巴"], ["共计划科技有限公司"]])
    assert data_of(table)[-2:] == [["阿里巴巴", None, None], ["共计划科技有限公司", None, None]]


def test_a_row_merged_across_is_a_subheading() -> None:
    table = table_of([["客户名称", "联系人", "电话"], ["重点"], *CUSTOMERS], [(1, 0, 1, 2)])
    assert [(one.row, one.kind) for one in table.left_out] == [(2, "subheading")]


def test_what_is_merged_over_several_rows_holds_for_all_of_them() -> None:
    rows = [["客户名称", "联系人", "电话"], ["华为", "张三", "1"], [None, "李四", "2"], [None, "王五", "3"]]
    rows += [["小米", "赵六"], [None, "钱七"]]
    table = table_of(rows, [(1, 0, 3, 0), (4, 0, 5, 0), (1, 2, 1, 2), (0, 1, 0, 2)])
    assert [row[0] for row in data_of(table)] == ["华为", "华为", "华为", "小米", "小米"]
    assert table.filled == [5, 5, 3]
    assert table.some([4, 6]) == {4: ["华为", "王五", "3"], 6: ["小米", "钱七", None]}
    table.correct(4, 0, "OPPO")
    assert [row[0] for row in data_of(table)] == ["华为", "华为", "OPPO", "小米", "小米"]


def test_merged_cells_reach_over_blocks_and_missing_rows() -> None:
    rows: list[list[Any]] = [["客户名称", "联系人"], ["华为", "x"], *([None, f"人{n}"] for n in range(3_000))]
    rows += [[], ["小米", "y"], [None, "z"]]
    table = table_of(rows, [(1, 0, 3_001, 0), (3_002, 0, 3_002, 0), (3_003, 0, 1_048_575, 0), (3_004, 1, 3_004, 9)])
    names = [row[0] for row in data_of(table)]
    assert (names.count("华为"), names.count("小米"), len(names)) == (3_001, 2, 3_003)
    assert table.some([3_002]) == {3_002: ["华为", "人2999"]}


def test_headings_merged_over_two_lines_are_not_written_into_the_data() -> None:
    table = table_of(TWO_LINES, [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)])
    assert data_of(table) == TWO_LINES[2:]


def test_error_cells_are_reported_with_their_place() -> None:
    table = table_of([["客户名称", "联系人", "电话"], ["华为", "#N/A", "1"], ["小米", "x", "#DIV/0!"]])
    assert [(one.row, one.column, one.text) for one in table.errors] == [(2, 1, "#N/A"), (3, 2, "#DIV/0!")]


def test_headings_that_are_missing_or_come_twice() -> None:
    table = table_of([["客户名称", None, "电话", "电话"], ["华为", "x", "1", "2"], ["小米", "y", "3", "4"]])
    assert table.headings == ["客户名称", "B", "电话", "电话 2"]


def test_samples_and_filled_cells_are_counted() -> None:
    table = table_of([["客户名称", "电话"], ["华为", None], ["小米", "2"], ["小米", "2"]])
    assert table.filled == [3, 2]
    assert table.samples == [["华为", "小米"], ["2"]]


def test_an_empty_sheet_is_a_sentence() -> None:
    with pytest.raises(Invalid, match="is empty"):
        table_of([[]])


def test_northwind(sheets: Path) -> None:
    with read_workbook(sheets / "northwind_customers.csv") as workbook:
        table = find_table(workbook.sheet())
        assert (table.heading_rows, table.count, table.left_out) == ((1,), 93, [])
        names = [row[1] for row in data_of(table)]
    assert sum(any(ord(char) > 127 for char in "".join(str(value) for value in row)) for row in [names]) == 1


cells = st.one_of(st.none(), st.text(max_size=12), st.integers(), st.dates(), st.just("合计"), st.just("客户名称"))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(cells, max_size=5), min_size=1, max_size=12))
def test_any_sheet_has_a_table_or_a_sentence(rows: list[list[Any]]) -> None:
    try:
        table = table_of(rows)
    except Invalid:
        return
    data = data_of(table)
    assert len(data) == table.count
    assert all(len(row) == len(table.headings) for row in data)
    told = table.count + len(table.left_out) + len(table.heading_rows)
    assert told == sum(1 for _row in table.sheet.rows())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4), st.lists(st.sampled_from(CUSTOMERS), min_size=1, max_size=8), st.booleans())
def test_headings_are_found_below_any_title(titles: int, rows: list[list[str]], total: bool) -> None:
    above: list[list[Any]] = [[f"客户名单 第{n}页"] for n in range(titles)]
    below: list[list[Any]] = [["合计", None, len(rows)]] if total else []
    table = table_of([*above, ["客户名称", "联系人", "电话"], *rows, *below])
    assert table.heading_rows == (titles + 1,)
    assert data_of(table) == rows


def test_days_stay_days() -> None:
    assert data_of(table_of([["Name", "Phone"], ["a", date(2026, 1, 2)]])) == [["a", date(2026, 1, 2)]]


def test_a_group_title_is_read_without_its_last_word() -> None:
    """手机 below 联系人信息 is the mobile of the contact; 首要联系人 says itself what it is about, 手机 below 基本信息 too."""
    known = {"客户名称", "手机", "联系人 手机", "首要联系人", "联系人 首要联系人", "电话"}.__contains__
    rows = [["基本信息", None, "联系人信息", None], ["客户名称", "手机", "首要联系人", "手机"], ["华为", "138", "张三", "139"]]
    table = find_table(sheet_of(rows, merged=[(0, 0, 0, 1), (0, 2, 0, 3)]), known)
    assert table.headings == ["客户名称", "手机", "首要联系人", "联系人 手机"]


def _book(tmp_path: Path, *sheets: Sheet) -> Workbook:
    return Workbook(tmp_path / "x.xlsx", PassingFolder("crm-sheet-"), sheets=list(sheets))


def test_the_sheet_with_the_known_headings_is_meant(tmp_path: Path) -> None:
    """Offices put an explanation before the table, and a hidden list of values behind it."""
    note, table = sheet_of([["请勿改动表头"], ["市场部"]], "说明"), sheet_of([["客户名称", "电话"], *CUSTOMERS], "客户资料")
    hidden = sheet_of([["客户名称", "联系人", "电话"], *CUSTOMERS], "旧")
    hidden.hidden = True
    known = KNOWN.__contains__
    assert likely_sheet(_book(tmp_path, note, table, hidden), known).name == "客户资料"
    assert likely_sheet(_book(tmp_path, note, sheet_of([["甲", "乙"]], "其他")), known).name == "说明"
