"""Reports as files: the workbook read back cell by cell, the PDF by its text, rights, and folders that cannot be written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from crm_desktop.business import Opportunity
from crm_desktop.core.errors import Invalid, Refused, Trouble
from crm_desktop.report_files import write_report
from crm_desktop.reports.table import Chart, Column, Row, Series, Table, paper
from crm_desktop.reports.workbook import as_xlsx
from tests.office import Office

Plant = Callable[..., None]
AWKWARD = ("=1+1", "+86 13800000000", "@SUM(A1)", "-5", "😀\x00\x0b", "长" * 40_000, "<b>&", "\ud800", "a\nb")


def example(*first: str) -> Table:
    """A table with each kind of column, one row for each text."""
    columns = (
        Column("name", "名称"), Column("count", "数量", "number"), Column("money", "金额", "money"), Column("rate", "比例", "rate"),
        Column("day", "日期", "day"),
    )  # fmt: skip
    rows = tuple(Row((text, 1200, Decimal("1234.56"), Decimal("0.325"), date(2026, 3, 18))) for text in first)
    chart = Chart("funnel", first, (Series("数量", tuple(range(len(first)))),), "number", ("ok",) * len(first))
    return Table(
        "x", "报表: [1]/2", "小结", "条件", columns, rows, "zh_CN", ("合计", 3, Decimal(5), None, None), chart, ("怎么算的。",)
    )


def test_cells_keep_their_kind_and_text_is_never_a_formula(tmp_path: Path) -> None:
    path = as_xlsx(example(*AWKWARD), tmp_path / "x.xlsx", "明达")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    texts = [cell.value for cell in sheet["A"]]
    assert texts[:5] == ["报表: [1]/2", "明达", "小结", "条件", None]
    assert texts[5] == "名称"
    assert sheet.freeze_panes == "A7"
    body = [sheet.cell(row, 1) for row in range(7, 7 + len(AWKWARD))]
    assert {cell.data_type for cell in body} == {"s"}
    assert [cell.value for cell in body[:4]] == list(AWKWARD[:4])
    assert body[4].value == "😀"
    assert len(body[5].value) == 32_767
    values = [sheet.cell(7, column) for column in range(2, 6)]
    assert [cell.value for cell in values[:3]] == [1200, 1234.56, 0.325]
    assert values[3].is_date
    assert [cell.number_format for cell in values] == ["#,##0", "#,##0.00", "0.0%", "yyyy-mm-dd"]
    total = [sheet.cell(7 + len(AWKWARD), column).value for column in range(1, 6)]
    assert total == ["合计", 3, 5, None, None]
    assert "怎么算的。" in texts


def test_it_has_a_native_chart_of_the_same_values(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(as_xlsx(example("甲", "乙", "丙"), tmp_path / "x.xlsx"))
    assert len(book.worksheets[0]._charts) == 1
    data = book["Chart"]
    assert data.sheet_state == "hidden"
    assert [tuple(cell.value for cell in row) for row in data["A2:B4"]] == [("甲", 0), ("乙", 1), ("丙", 2)]


def test_an_empty_table_is_a_workbook_too(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(as_xlsx(example(), tmp_path / "x.xlsx")).worksheets[0]
    assert not sheet._charts
    assert sheet.cell(5, 1).value == "名称"


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        as_xlsx(example("甲"), tmp_path / "nowhere" / "x.xlsx")
    assert "x.xlsx" in caught.value.sentence("en")
    assert not list(tmp_path.iterdir())


def test_on_paper_every_value_is_a_finished_text() -> None:
    drawn = paper(example("甲"))
    assert drawn.rows == (("甲", "1,200", "¥ 1,234.56", "32.5 %", "2026-03-18"),)
    assert drawn.totals == ("合计", "3", "¥ 5", "", "")
    assert drawn.right == (False, True, True, True, False)


@pytest.fixture
def filled(office: Office, plant: Plant, stages: dict[str, int]) -> Office:
    for code in ("prospecting", "proposal", "won"):
        plant(Opportunity(name=code, stage=stages[code], amount=Decimal("12345.60"), owner=office.ids["li"]))
    return office


def test_the_funnel_as_workbook_holds_what_the_screen_shows(filled: Office, tmp_path: Path) -> None:
    path = write_report(filled.records, filled.li, "funnel", {"period": "all"}, "xlsx", tmp_path / "漏斗.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True) if row[0]}
    assert "明达" in rows
    assert rows["方案报价"][1:6] == (1, 12345.6, 6172.8, 2, 1)
    assert any("李娜" in str(first) for first in rows)


def test_the_funnel_as_pdf_has_chinese_text_and_a_page_number(filled: Office, tmp_path: Path) -> None:
    path = write_report(filled.records, filled.li, "funnel", {"period": "all"}, "pdf", tmp_path / "漏斗.pdf")
    text = PdfReader(path).pages[0].extract_text()
    for words in ("明达", "方案报价", "赢单", "¥ 12,345.60", "李娜"):
        assert words in text


@pytest.mark.parametrize("key", ["funnel", "forecast", "lost_reasons", "activity", "without_next_step", "idle"])
def test_every_report_can_be_written_both_ways(filled: Office, key: str, tmp_path: Path) -> None:
    for format in ("xlsx", "pdf"):
        assert write_report(filled.records, filled.boss, key, None, format, tmp_path / f"r.{format}").stat().st_size > 1000


def test_without_the_right_to_export_it_is_refused(filled: Office, tmp_path: Path) -> None:
    li = filled.li
    bare = replace(li, rights={**li.rights, "opportunity": li.rights["opportunity"] - {"take_out"}})
    with pytest.raises(Refused) as caught:
        write_report(filled.records, bare, "funnel", None, "xlsx", tmp_path / "x.xlsx")
    assert "export Opportunities" in caught.value.sentence("en")
    with pytest.raises(Invalid):
        write_report(filled.records, li, "funnel", None, "docx", tmp_path / "x.docx")
    assert not list(tmp_path.glob("x.*"))


def test_nothing_heavy_is_imported_before_a_file_is_made() -> None:
    code = (
        "import sys, crm_desktop.report_files, crm_desktop.reports.figures, crm_desktop.scheduling.clockwork,"
        " crm_desktop.scheduling.schedules;"
        "print([name for name in ('openpyxl', 'reportlab', 'apscheduler', 'pymysql', 'PySide6') if name in sys.modules])"
    )
    told: Any = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
