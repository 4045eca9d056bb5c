"""PS9: a list on paper, with the company's own fields, for whoever may take it out, on both engines."""

from __future__ import annotations

import threading
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business import Customer
from crm_desktop.business.goods.product import Product
from crm_desktop.core import custom
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.custom import CustomField
from crm_desktop.core.errors import Cancelled, Refused
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import say
from crm_desktop.database.engine import Database
from crm_desktop.list_paper import write_list
from crm_desktop.printing.document import Document
from tests.exchange.test_pictures import TALL, WIDE
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


def test_the_bar_goes_on_while_the_rows_are_drawn(office: Office, tmp_path: Path) -> None:
    """Reading the rows is the smaller part of it; who gives up while they are drawn gets no file."""
    office.records.unit(office.meng, lambda unit: [unit.save(Customer(name=f"第{n}号有限公司")) for n in range(450)], "import")
    told: list[tuple[int, int]] = []
    path, stop = tmp_path / "customers.pdf", threading.Event()
    rows = write_list(office.records, Customer, office.meng, View(), ["name"], path, lambda *step: told.append(step)).rows
    assert told[0][0] < rows * 0.2 and told == sorted(told) and told[-1] == (rows, rows)
    halfway = [done for done, _total in told if rows * 0.3 < done < rows * 0.95]
    assert len(halfway) >= 2
    path.unlink()

    def give_up(done: int, _total: int) -> None:
        if done > rows * 0.3:
            stop.set()

    with pytest.raises(Cancelled):
        write_list(office.records, Customer, office.meng, View(), ["name"], path, give_up, stop)
    assert list(tmp_path.glob("*.pdf")) == []


def test_who_may_not_export_gets_no_paper(office: Office, colour: Any, tmp_path: Path) -> None:
    path = tmp_path / "customers.pdf"
    with pytest.raises(Refused):
        write_list(office.records, CustomField, office.li, View(), None, path)
    assert not path.exists()


def test_products_are_printed_with_their_pictures(office: Office, tmp_path: Path) -> None:
    """SA12: beside the name, once however often it is shown, and no column where nobody has one."""
    path = tmp_path / "products.pdf"
    office.save(Product(name="软件", code="P0", price=300), "boss")
    view = View(sort=(("code", False),))
    assert write_list(office.records, Product, office.boss, view, ["code", "name", "price"], path).rows == 1
    assert b"/DCTDecode" not in path.read_bytes() and say("Picture", "zh_CN") not in read(path)
    for number, picture in enumerate((WIDE, TALL, WIDE), 1):
        office.save(Product(name=f"机器人 {number}", code=f"P{number}", price=500, picture=picture), "boss")
    assert write_list(office.records, Product, office.boss, view, ["code", "name", "price"], path).rows == 4
    pdf, told = path.read_bytes(), read(path)
    assert pdf.count(b64decode(WIDE)) == 1 and pdf.count(b64decode(TALL)) == 1 and pdf.count(b"/DCTDecode") == 2
    assert b"/Width 480 /Height 240" in pdf and b"/Width 100 /Height 400" in pdf
    places = [told.index(say(word, "zh_CN")) for word in ("Product code", "Picture", "Price")]
    assert places == sorted(places)
    assert "软件" in told and "机器人 3" in told
