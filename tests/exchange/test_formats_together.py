"""The same customers in every format a sales office sends: one import, the same records."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.exchange.reading import read_workbook
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
def test_the_same_customers_in_every_format(office: Office, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "客户资料"  # without an ending: the contents decide
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
