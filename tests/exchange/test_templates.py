"""Templates: made from the fields there are now, filled in, and imported as they are."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.core.custom import CustomField
from crm_desktop.core.errors import Refused, Trouble
from crm_desktop.core.kinds import PictureKind
from crm_desktop.core.picklists import PickValue
from crm_desktop.core.record import Record
from crm_desktop.exchange.mapping import guess_mapping, known_heading
from crm_desktop.exchange.reading import read_workbook
from crm_desktop.exchange.tables import find_table
from crm_desktop.exchange.targets import targets_of
from crm_desktop.exchange.templates import write_template
from crm_desktop.exchange.writers import whole_file as whole
from tests.exchange.stories import bring_in, reasons, values
from tests.office import Office

IMPORTED = [one for one in RECORD_TYPES if not one.declared()[one.title_field].readonly]


@pytest.mark.parametrize("lang", ["zh_CN", "zh_TW", "en"])
def test_a_template_is_filled_in_and_imported(office: Office, tmp_path: Path, lang: str) -> None:
    office.save(CustomField(name="车牌", name_en="Plate", record_type="customer", field_kind="choice"), "admin")
    own = next(name for name, field in office.records.fields(Customer).items() if field.custom)
    office.save(PickValue(name="京A", picklist=own), "admin")
    path = tmp_path / "客户.xlsx"
    assert write_template(office.records, Customer, office.li, path, lang) > 20
    book = openpyxl.load_workbook(path)
    sheet: Any = book.worksheets[0]
    labels = {target.label(lang): name for name, target in targets_of(office.records, Customer).items()}
    at = {labels[str(cell.value).removesuffix(" *")]: cell.column for cell in sheet[2]}
    row = {"name": "华为", "level": office.records.show(Customer, "level", "A", lang), "postcode": "050000", own: "京A",
           "next_contact_on": "2026-12-01", "contact.name": "张三", "owner": "赵强"}  # fmt: skip
    for name, value in row.items():
        sheet.cell(3, at[name]).value = value
    lists = {str(rule.sqref).split("3:")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    letter = openpyxl.utils.get_column_letter(at["level"])
    assert lists[letter].startswith(f"Lists!${letter}$1:") or lists[letter].startswith(f"=Lists!${letter}$1:")
    assert sheet.freeze_panes == "A3"
    book.save(path)
    with read_workbook(path) as workbook:
        counts, done = bring_in(office, Customer, office.boss, workbook.sheet())
    assert counts == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}, reasons(done.verdicts)
    assert values(office, Customer, "name", "level", "postcode", "owner") == [("华为", "A", "050000", office.ids["zhao"])]
    assert values(office, Contact, "name") == ["张三"]
    assert values(office, Customer, own) != [""]


@pytest.mark.parametrize("record_type", IMPORTED, ids=lambda one: one.key())
def test_every_heading_of_every_template_finds_its_field(office: Office, tmp_path: Path, record_type: type[Record]) -> None:
    path = tmp_path / "t.xlsx"
    count = write_template(office.records, record_type, office.admin, path, "zh_CN")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A3"] = "x"
    book.save(path)
    targets = targets_of(office.records, record_type)
    with read_workbook(path) as workbook:
        table = find_table(workbook.sheet(), known_heading(record_type.key(), targets))
        mapping = guess_mapping(record_type.key(), targets, table)
    assert (table.heading_rows, table.count) == ((2,), 1)
    # Where no picture lies below its heading there is none to bring in.
    pictures = sum(isinstance(target.field.kind, PictureKind) for target in targets.values())
    assert len(mapping.mapped()) == count - pictures
    assert len(table.left_out) == 1


def test_an_untouched_template_says_that_there_is_nothing_in_it(office: Office, tmp_path: Path) -> None:
    write_template(office.records, Customer, office.li, tmp_path / "t.xlsx", "zh_CN")
    with read_workbook(tmp_path / "t.xlsx") as workbook:
        assert find_table(workbook.sheet(), known_heading("customer", targets_of(office.records, Customer))).count == 0


class NoRoom(io.FileIO):
    def write(self, data: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_on_a_full_disk_there_is_one_sentence_and_nothing_behind_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive that is thrown away half written would complain of it aloud."""
    complaints: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    monkeypatch.setattr(whole.os, "fdopen", lambda handle, mode: NoRoom(handle, "r+"))
    with pytest.raises(Trouble, match="no room left"):
        write_template(office.records, Customer, office.li, tmp_path / "t.xlsx")
    gc.collect()
    assert complaints == [] and not [one for one in tmp_path.iterdir() if one.name.startswith((".t", "t."))]


def test_who_may_not_import_gets_no_template(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        write_template(office.records, PickValue, office.li, tmp_path / "t.xlsx")
    with pytest.raises(Trouble, match="does not exist"):
        write_template(office.records, Customer, office.li, tmp_path / "no" / "t.xlsx")
