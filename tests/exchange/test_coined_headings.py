"""PS11: Cards and calendars have no headings of their own: the program's are told in the person's language and kept in one form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.office.event import Event
from crm_desktop.core.words import LANGUAGES, say
from crm_desktop.exchange.importing.refused_rows import write_refused
from crm_desktop.exchange.mapping import guess_mapping, mapping_from, reused, titles
from crm_desktop.exchange.readers import calendars, cards
from crm_desktop.exchange.reading import read_workbook
from crm_desktop.exchange.tables import find_table
from crm_desktop.exchange.targets import targets_of
from tests.exchange.stories import plan_for
from tests.exchange.tools import sheet_of
from tests.office import Office

CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:王小明\r\nTEL;TYPE=CELL:13800138001\r\nEMAIL:nobody at nowhere\r\nTITLE:经理\r\n"
    "X-CRM-IS-PRIMARY:yes\r\nEND:VCARD\r\n"
)
APPOINTMENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a@b\r\nDTSTART:20261101T090000\r\nDTEND:20261101T100000\r\n"
    "SUMMARY:例会\r\nLOCATION:二楼\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_they_are_told_in_every_language(office: Office, tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_text(CARD, encoding="utf-8")
    (tmp_path / "a.ics").write_text(APPOINTMENT, encoding="utf-8")
    with read_workbook(tmp_path / "a.vcf") as workbook:
        table, targets = find_table(workbook.sheet()), targets_of(office.records, Contact)
        assert table.headings == ["Full Name", "Job Title", "Mobile", "Email", "is_primary"]
        assert titles(table, targets, "en") == ["Full Name", "Job Title", "Mobile", "Email", "Primary contact"]
        assert titles(table, targets, "zh_CN") == ["姓名", "职务", "手机", "邮箱", "首要联系人"]
        assert titles(table, targets, "zh_TW") == ["姓名", "職稱", "手機", "電子郵件", "主要聯絡人"]
    with read_workbook(tmp_path / "a.ics") as workbook:
        table, targets = find_table(workbook.sheet()), targets_of(office.records, Event)
        assert titles(table, targets, "zh_CN") == ["主题", "开始", "结束", "地点", "日历编号"]
    # What stands in a sheet stays as it is written there, also where the program has a word for it.
    written = find_table(sheet_of([["Full Name"], ["x"]]), heading_row=1)
    assert titles(written, targets_of(office.records, Contact), "zh_CN") == ["Full Name"]
    for word in (*cards.COLUMNS, *calendars.COLUMNS, calendars.EVENTS, calendars.TASKS):
        if word != calendars.NOT_KEPT:  # a field's name
            assert not any(re.search("[A-Za-z]", say(word, lang)) for lang in ("zh_CN", "zh_TW")), word


@pytest.mark.parametrize("key", ["contact", "customer", "lead", "employee", "event", "task"])
def test_in_every_language_they_mean_the_same(office: Office, key: str) -> None:
    """A sheet of refused cards has translated headings and goes the same way."""
    targets = targets_of(office.records, office.records.types[key])
    for heading in calendars.COLUMNS if key in ("event", "task") else cards.COLUMNS:
        found = set()
        for text in {heading, *(say(heading, lang) for lang in LANGUAGES)}:
            table = find_table(sheet_of([[text, "Full Name"], ["x", "y"]]), heading_row=1)
            found.add(guess_mapping(key, targets, table).columns[0].target)
        if heading != "Full Name":  # it stands twice then
            assert len(found) == 1, (heading, found)


def test_a_mapping_kept_before_holds_in_every_language(office: Office, tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_text(CARD, encoding="utf-8")
    with read_workbook(tmp_path / "a.vcf") as workbook:
        table, targets = find_table(workbook.sheet()), targets_of(office.records, Contact)
        mapping = reused(guess_mapping("contact", targets, table), {"Job Title": "note", "Mobile": "phone"}, table, targets)
        assert [column.target for column in mapping.columns] == ["name", "note", "phone", "email", "is_primary"]
        assert mapping.as_json()["Job Title"] == "note" and mapping.columns[1].said("zh_CN") == "职务"
        assert mapping_from(mapping.as_json(), table, targets) == mapping


def test_refused_cards_are_told_and_come_back_in_the_same_words(office: Office, tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_text(CARD, encoding="utf-8")
    with read_workbook(tmp_path / "a.vcf") as workbook:
        plan = plan_for(office, Contact, office.boss, workbook.sheet())
        refused = plan.rehearse().refused()
        assert refused[2].sentence("zh_CN").startswith("邮箱：") and refused[2].sentence("en").startswith("Email:")
        write_refused(tmp_path / "r.csv", plan.table, refused, "zh_CN", titles(plan.table, plan.targets, "zh_CN"))
        before = {column.target for column in plan.mapping.mapped()}
    with read_workbook(tmp_path / "r.csv") as workbook:
        again = plan_for(office, Contact, office.boss, workbook.sheet())
        assert again.table.headings[:2] == ["姓名", "职务"] and {column.target for column in again.mapping.mapped()} == before
