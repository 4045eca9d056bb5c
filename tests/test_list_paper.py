"""PS9: a list on paper, with the company's own fields, for whoever may take it out, on both engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business import Customer
from crm_desktop.core import custom
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.custom import CustomField
from crm_desktop.core.errors import Refused
from crm_desktop.core.views import Condition, View
from crm_desktop.database.engine import Database
from crm_desktop.list_paper import write_list
from crm_desktop.printing.document import Document
from tests.office import Office, open_office
from tests.printing.reading import text_of


@pytest.fixture
def office(database: Database, clock: FixedClock) -> Office:
    return open_office(database, clock)


@pytest.fixture
def colour(office: Office) -> Any:
    field = office.save(CustomField(name="颜色", name_en="Colour", record_type="customer", field_kind="text"), "admin")
    for name, value in (("甲公司", "朱红"), ("乙公司", "")):
        customer = Customer(name=name, level="A", phone="010-51245187")
        custom.put(customer, office.records.fields(Customer)[field.code], value)
        office.save(customer)
    return field


def read(path: Path) -> str:
    return text_of(Document(path.read_bytes(), [(210.0, 297.0)]))


def test_the_list_with_a_custom_field_is_printed(office: Office, colour: Any, tmp_path: Path) -> None:
    path = tmp_path / "customers.pdf"
    done = write_list(office.records, Customer, office.meng, View(), ["name", "level", colour.code], path, reason="会议")
    assert done.rows == 2
    told = read(path)
    assert all(word in told for word in ("客户", "颜色", "朱红", "甲公司", "乙公司", "A 重点客户", "明达"))
    (line,) = office.records.database.read("SELECT note, `count` FROM batch WHERE what = 'export'")
    assert line[0].startswith("pdf · customers.pdf · 会议") and line[1] == 2
    filled = View((Condition(colour.code, "filled"),))
    assert write_list(office.records, Customer, office.meng, filled, None, path, lang="en").rows == 1
    told = read(path)
    assert "Customer name" in told and "乙公司" not in told


def test_who_may_not_export_gets_no_paper(office: Office, colour: Any, tmp_path: Path) -> None:
    path = tmp_path / "customers.pdf"
    with pytest.raises(Refused):
        write_list(office.records, CustomField, office.li, View(), None, path)
    assert not path.exists()
