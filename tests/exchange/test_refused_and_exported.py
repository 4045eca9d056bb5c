"""Out again: refused rows with their reason, and the list as people see it."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.follow_up import FollowUp
from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.errors import Cancelled, Invalid, Refused
from crm_desktop.core.views import Condition, View
from crm_desktop.exchange.exporting import export
from crm_desktop.exchange.importing.refused_rows import write_refused
from crm_desktop.exchange.reading import read_workbook
from tests.exchange.stories import bring_in, data, plan_for
from tests.office import Office

ROWS: list[list[Any]] = [
    ["客户名称", "电话", "邮箱", "下次联系时间", "x"],
    ["华为", "0755", "a@b.cn", date(2026, 3, 20), 1.5],
    ["小米", 13800138000, "nobody", date(2026, 3, 21), 2],
    ["OPPO", "007", "a@b.cn", date(2026, 3, 22), "=1+1"],
    ["vivo", "008", "nobody", "soon", None],
]


def test_refused_rows_come_back_as_the_same_sheet(office: Office, tmp_path: Path) -> None:
    plan = plan_for(office, Customer, office.li, ROWS)
    done = plan.run()
    path = tmp_path / "refused.xlsx"
    assert write_refused(path, plan.table, done.verdicts.refused(), "en") == 2
    with read_workbook(path) as workbook:
        rows = list(workbook.sheet().rows())
    assert rows[0] == ["客户名称", "电话", "邮箱", "下次联系时间", "x", "Reason"]
    assert rows[1][:5] == ["小米", 13800138000, "nobody", date(2026, 3, 21), 2]
    assert rows[1][5] == "邮箱: “nobody” is not an e-mail address. Write it like name@company.com."
    assert rows[2][:4] == ["vivo", "008", "nobody", "soon"]


def test_the_corrected_rows_go_in(office: Office, tmp_path: Path) -> None:
    plan = plan_for(office, Customer, office.li, ROWS)
    write_refused(tmp_path / "refused.csv", plan.table, plan.run().verdicts.refused(), "zh_CN")
    text = (tmp_path / "refused.csv").read_text(encoding="utf-8-sig").replace("nobody", "b@c.cn").replace("soon", "2026-03-23")
    (tmp_path / "corrected.csv").write_text(text, encoding="utf-8")
    with read_workbook(tmp_path / "corrected.csv") as workbook:
        counts, _done = bring_in(office, Customer, office.li, workbook.sheet())
    assert counts == {"new": 2, "changed": 0, "unchanged": 0, "refused": 0}


CUSTOMERS = [
    ["客户名称", "客户编号", "级别", "电话", "邮编", "下次联系时间", "备注", "城市"],
    ["华为 \"技术\", <有限>", "00042", "A", "+86 138", "050000", "2026-03-20", "=cmd|' /C calc'!A0\n第二行", "深圳"],
    ["'= 小米", "1.38E+1", "B", "0755", "100085", None, "-x\u202eمرحبا😀", "北京"],
    ["@OPPO", "C3", None, None, None, None, "a;b,c|d" + "长" * 3_000, None],
]


@pytest.mark.parametrize("format", ["xlsx", "csv", "csv-gb18030"])
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_what_is_exported_is_imported_unchanged(office: Office, tmp_path: Path, format: str, lang: str) -> None:
    bring_in(office, Customer, office.li, CUSTOMERS, match=("name",))
    customers = sorted(office.records.ids(Customer, office.li, View()))
    office.save(Contact(name="张三", customer=customers[0], gender="m", birthday=date(1980, 1, 1), is_primary=True))
    office.save(Opportunity(name="扩容", customer=customers[0], amount=1234567.89, expected_close=date(2026, 6, 30)))
    office.save(Contract(name="年度", customer=customers[1], amount=12, signed_on=date(2026, 1, 1)))
    for record_type, rows in ((Customer, 3), (Contact, 1), (Opportunity, 1), (Contract, 1)):
        path = tmp_path / f"{record_type.key()}.{format[:4].strip('-')}"
        told: list[tuple[int, int]] = []
        done = export(office.records, record_type, office.li, View(), None, path, format, lambda *p, told=told: told.append(p), lang=lang)  # type: ignore[misc]
        assert (done.rows, told[-1]) == (rows, (rows, rows))
        with read_workbook(path) as workbook:
            counts, _done = bring_in(office, record_type, office.li, workbook.sheet())
        assert counts == {"new": 0, "changed": 0, "unchanged": rows, "refused": 0}, record_type


def test_the_list_as_seen_is_exported(office: Office, tmp_path: Path) -> None:
    bring_in(office, Customer, office.li, [["客户名称", "级别", "电话"], ["乙", "B", "2"], ["甲", "A", "1"], ["丙", "A", "007"]])
    bring_in(office, Customer, office.sun, [["客户名称", "级别"], ["丁", "A"]])
    view = View(conditions=(Condition("level", "one_of", ("A",)),), sort=(("name", True),))
    path = tmp_path / "t.xlsx"
    export(office.records, Customer, office.li, view, ["phone", "name", "owner"], path, lang="zh_CN")
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    ids = office.records.ids(Customer, office.li, view)
    names = office.records.rows(Customer, office.li, ids, ["name"])
    assert [row[1] for row in rows[1:]] == [names[one][0] for one in ids]
    assert {row[1] for row in rows[1:]} == {"甲", "丙"}
    assert {row[0] for row in rows[1:]} == {"1", "007"}
    assert {row[2] for row in rows[1:]} == {"李娜"}


def test_a_selection_is_exported_in_its_order(office: Office, tmp_path: Path) -> None:
    bring_in(office, Customer, office.li, [["客户名称"], ["甲"], ["乙"], ["丙"]])
    ids = sorted(office.records.ids(Customer, office.li, View()))
    export(office.records, Customer, office.li, View(), ["name"], tmp_path / "t.csv", "csv", ids=[ids[2], ids[0]])
    assert (tmp_path / "t.csv").read_text(encoding="utf-8-sig").splitlines()[1:] == ["丙", "甲"]


def test_rights_fields_and_cancel(office: Office, tmp_path: Path) -> None:
    bring_in(office, Customer, office.li, [["客户名称"], ["甲"]])
    path = tmp_path / "t.xlsx"
    with pytest.raises(Invalid, match="no field"):
        export(office.records, Customer, office.li, View(), ["nonsense"], path)
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        export(office.records, Customer, office.li, View(), None, path, cancel=cancel)
    nobody = office.li.__class__(office.ids["li"], "x", rights={"*": frozenset({"edit"})}, scopes=office.li.scopes)
    with pytest.raises(Refused, match="export"):
        export(office.records, FollowUp, nobody, View(), None, path)
    assert not [one for one in tmp_path.iterdir() if not one.name.startswith("crm.db")]


def test_the_table_of_a_plan_is_what_was_read(office: Office) -> None:
    assert data(plan_for(office, Customer, office.li, ROWS).table)[0][:2] == ["华为", "0755"]


def logged(office: Office) -> list[tuple[Any, ...]]:
    return office.records.database.read("SELECT actor, record_type, `count`, note FROM batch WHERE what = 'export' ORDER BY id")


def test_an_export_is_logged_with_who_what_how_many_and_why(office: Office, tmp_path: Path) -> None:
    bring_in(office, Customer, office.li, [["客户名称"], ["甲"], ["乙"]])
    before = office.records.last_batch(office.li)
    export(office.records, Customer, office.li, View(), ["name"], tmp_path / "t.csv", "csv", reason="给会计")
    export(office.records, Customer, office.sun, View(), ["name"], tmp_path / "s.vcf", "vcf")
    assert logged(office) == [(office.ids["li"], "customer", 2, "csv · t.csv · 给会计"), (office.ids["sun"], "customer", 0, "vcf · s.vcf")]
    # Ctrl+Z takes back what was done before: there is nothing to undo about an export.
    assert office.records.last_batch(office.li) == before


def test_what_cannot_be_logged_is_not_taken_out(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(office, Customer, office.li, [["客户名称"], ["甲"]])

    def no_line(*_facts: Any, **_more: Any) -> None:
        raise Refused("no line")

    monkeypatch.setattr(office.records, "log", no_line)
    with pytest.raises(Refused):
        export(office.records, Customer, office.li, View(), None, tmp_path / "t.xlsx")
    assert not list(tmp_path.glob("*t*.xlsx")) and not list(tmp_path.glob(".*.part"))


def test_amounts_have_a_sum_that_no_import_takes_for_a_record(office: Office, tmp_path: Path) -> None:
    customer = office.save(Customer(name="甲"))
    for amount in ("1234567.89", "0.11"):
        office.save(Opportunity(name=f"商机 {amount}", customer=customer.id, amount=Decimal(amount)))
    path = tmp_path / "t.xlsx"
    export(office.records, Opportunity, office.li, View(), ["name", "amount", "owner"], path, lang="zh_CN")
    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[4]][:2] == ["合计", 1234568]
    assert sheet.auto_filter.ref == "A1:C3"
    with read_workbook(path) as workbook:
        plan = plan_for(office, Opportunity, office.li, workbook.sheet(), match=("name",))
        assert [(one.row, one.kind) for one in plan.table.left_out] == [(4, "total")]
        assert plan.rehearse().counts()["unchanged"] == 2


def test_refused_rows_of_a_text_come_back_separated_and_encoded_alike(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes("客户名称;邮箱\n华为;nobody\n小米;a@b.cn\n".encode("gb18030"))
    with read_workbook(source) as workbook:
        plan = plan_for(office, Customer, office.li, workbook.sheet())
        write_refused(tmp_path / "out.csv", plan.table, plan.rehearse().refused(), "zh_CN")
    lines = (tmp_path / "out.csv").read_bytes().decode("gb18030").split("\r\n")
    assert lines[0].startswith("客户名称;邮箱;")
    assert lines[1].startswith("华为;nobody;")


def test_a_workbook_says_who_has_taken_it_out(office: Office, tmp_path: Path) -> None:
    office.records.settings.put("company", "明达 & Söhne <有限>")
    office.save(Customer(name="华为"))
    path = tmp_path / "out.xlsx"
    export(office.records, Customer, office.li, View(), None, path, lang="en")
    workbook = openpyxl.load_workbook(path)
    assert workbook.properties.creator == "李娜"
    assert workbook.active.oddFooter.left.text.replace("&&", "&").startswith("明达 & Söhne <有限> · Exported by 李娜 on 2026-03-18")
    with read_workbook(path) as read:
        assert read.sheet().height == 2, "nothing of it stands in the table"
