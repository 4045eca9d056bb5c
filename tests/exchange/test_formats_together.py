"""The same customers in every format a sales office sends: one import, the same records."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.exchange.readers import xlsx_stream
from crm_desktop.exchange.readers.excel import ExcelBook
from crm_desktop.exchange.readers.spool import SheetSpool
from crm_desktop.exchange.reading import read_workbook
from crm_desktop.exchange.tables import find_table
from tests.exchange.stories import bring_in, values
from tests.exchange.tools import workbook_file
from tests.office import Office

HEADINGS = ["客户名称（必填）", "联系人", "手机号码", "邮政编码", "级别"]
ROWS: list[list[Any]] = [
    ["华为技术有限公司", "任正非", "13800138000", "050000", "A（重点客户）"],
    ["小米科技有限责任公司", "雷军", "13900139000", "100085", "B"],
    ["OPPO 广东移动通信有限公司", "陈明永", "13700137000", "523860", None],
]


def as_xls(path: Path) -> None:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("客户")
    sheet.write_merge(0, 0, 0, 4, "2026 年客户资料表")
    for number, row in enumerate([HEADINGS, *ROWS, ["合计", None, None, 3]], 1):
        for column, value in enumerate(row):
            if value is not None:
                # WPS and Excel turn typed phone numbers into floats.
                sheet.write(number, column, float(value) if column == 2 and isinstance(value, str) and value.isdigit() else value)
    book.save(str(path))


def as_ods(path: Path) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    table = Table(name="客户")
    for row in [HEADINGS, *ROWS]:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string") if value is not None else TableCell()
            if value is not None:
                cell.addElement(P(text=value))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))


def as_text(path: Path, encoding: str, delimiter: str = ",") -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([HEADINGS, *ROWS])
    path.write_bytes(file.getvalue().encode(encoding))


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["", ".xlsx", ".xls", ".xlsb", ".ods", ".txt"])
def test_the_same_customers_in_every_format(office: Office, tmp_path: Path, kind: str, ending: str) -> None:
    path = tmp_path / f"客户资料{ending}"  # the contents decide, whatever the ending says
    if kind == "xlsx":
        workbook_file(path, HEADINGS, ROWS)
    elif kind == "xls":
        as_xls(path)
    elif kind == "ods":
        as_ods(path)
    else:
        as_text(path, kind, "\t" if kind == "utf-16" else ",")
    with read_workbook(path) as workbook:
        assert workbook.format == (kind if kind in ("xlsx", "xls", "ods") else "csv")
        counts, _done = bring_in(office, Customer, office.li, workbook.sheet())
    assert counts == {"new": 3, "changed": 0, "unchanged": 0, "refused": 0}
    assert values(office, Customer, "name", "mobile", "postcode", "level") == [
        ("华为技术有限公司", "13800138000", "050000", "A"),
        ("小米科技有限责任公司", "13900139000", "100085", "B"),
        ("OPPO 广东移动通信有限公司", "13700137000", "523860", ""),
    ]
    assert values(office, Contact, "name") == ["任正非", "雷军", "陈明永"]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_name_merged_over_several_rows_of_contacts_stands_in_each(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"merged.{kind}"
    rows = [["客户名称", "联系人", "电话"], ["华为", "张三", "1"], [None, "李四", "2"], ["小米", "王五", "3"], [None, "赵六", "4"]]
    {"xlsx": _merged_xlsx, "xls": _merged_xls, "ods": _merged_ods}[kind](path, rows)
    with read_workbook(path) as workbook:
        table = find_table(workbook.sheet())
        assert [row[0] for _number, row in table.numbered()] == ["华为", "华为", "小米", "小米"]


@pytest.mark.parametrize("chunk", [512, 1 << 20])
def test_the_streaming_reader_tells_merged_cells_like_the_usual_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    """They stand behind the rows, wherever the sheet is cut into pieces."""
    import openpyxl

    book, path = openpyxl.Workbook(), tmp_path / "merged.xlsx"
    for row in [["客户名称", "联系人"], ["华为", "张三"], [None, "李四"], *([f"公司{place}", "王五"] for place in range(300))]:
        book.active.append(row)
    for area in ("A2:A3", "A300:B302", "C7:AB9"):
        book.active.merge_cells(area)
    book.save(path)
    monkeypatch.setattr(xlsx_stream, "_CHUNK", chunk)

    def areas(streaming: bool) -> list[list[int]]:
        return ExcelBook(path, "xlsx", streaming).pour("Sheet", SheetSpool(io.BytesIO(), "Sheet"), lambda _rows: None)

    assert areas(streaming=True) == areas(streaming=False)
    assert sorted(areas(streaming=True)) == [[1, 0, 2, 0], [6, 2, 8, 27], [299, 0, 301, 1]]


def _merged_xlsx(path: Path, rows: list[list[str | None]]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in ("A2:A3", "A4:A5"):
        book.active.merge_cells(area)
    book.save(path)


def _merged_xls(path: Path, rows: list[list[str | None]]) -> None:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("客户")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if column == 0 and number in (1, 3):
                sheet.write_merge(number, number + 1, 0, 0, value)
            elif value is not None:
                sheet.write(number, column, value)
    book.save(str(path))


def _merged_ods(path: Path, rows: list[list[str | None]]) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    book, table = OpenDocumentSpreadsheet(), Table(name="客户")
    for number, row in enumerate(rows):
        line = TableRow()
        for column, value in enumerate(row):
            merged = {"numberrowsspanned": 2, "numbercolumnsspanned": 1} if column == 0 and number in (1, 3) else {}
            cell = TableCell(valuetype="string", **merged) if value is not None else CoveredTableCell()
            if value is not None:
                cell.addElement(P(text=value))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))
