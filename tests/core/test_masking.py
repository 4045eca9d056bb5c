"""X30: numbers of others' records are hidden alike in every way out of the door, and no covered one is ever kept."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business import Contact, Customer, Employee, Lead, Role, RoleRight
from crm_desktop.business.customers.addresses import addressees
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core import custom, masking
from crm_desktop.core.custom import CustomField
from crm_desktop.core.errors import Conflict, Invalid
from crm_desktop.core.masking import masked
from crm_desktop.core.past import as_of
from crm_desktop.core.views import Condition, View
from crm_desktop.exchange.exporting import export
from crm_desktop.exchange.reading import read_workbook
from tests.exchange.stories import bring_in, reasons
from tests.office import Office

NUMBER, HIDDEN = "13812345678", "138****5678"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("13812345678", "138****5678"), ("138-1234-5678", "138-****-5678"), ("+86 138 1234 5678", "+86 1** **** 5678"),
     ("0755-28780808", "075*-****0808"), ("28780808", "28****08"), ("12345", "1***5"), ("110", "1***"), ("", ""), (None, ""),
     ("13812345678; 13987654321", "138****5678; 139****4321"), ("138****5678", "138****5678"), ("li@crm.cn", "l***@crm.cn"),
     ("wechat_li", "w***"), ("转8012", "转***")],
)  # fmt: skip
def test_the_middle_of_a_number_is_covered(text: str | None, shown: str) -> None:
    assert masked(text) == shown


@pytest.fixture
def two(office: Office) -> tuple[Any, Any]:
    """Li's customer with a contact, which Sun may read."""
    customer = office.save(Customer(name="华为技术", phone=NUMBER, mobile="13900001111", city="深圳"))
    contact = office.save(Contact(name="任一", customer=customer.id, mobile=NUMBER, phone="0755-28780808"))
    office.records.share(Customer, [customer.id], office.ids["sun"], office.li)
    return customer, contact


def test_every_way_out_of_the_door_shows_the_cover(office: Office, two: tuple[Any, Any], tmp_path: Path) -> None:
    customer, contact = two
    records, sun = office.records, office.sun
    got = records.get(Customer, customer.id, sun)
    assert (got.phone, got.mobile, got.name, got.masked) == (HIDDEN, "139****1111", "华为技术", {"phone", "mobile"})
    assert records.rows(Contact, sun, [contact.id], ["name", "mobile"])[contact.id] == ("任一", HIDDEN)
    assert records.page(Customer, sun, View(), ["phone", "city"], 10) == [(customer.id, (HIDDEN, "深圳"))]
    assert HIDDEN in records.search("华为", sun)[0].sub and NUMBER not in str(records.search("任", sun))
    own = office.records.get(Customer, customer.id, office.li)
    own.phone = "13812349999"
    records.save(own, office.li)
    for lines in (records.history(Customer, customer.id, sun), records.timeline(Customer, customer.id, sun)):
        told = [line.changes["phone"] for line in lines if "phone" in line.changes]
        assert told == [(HIDDEN, "138****9999")]
    assert records.history(Customer, customer.id, office.li)[0].changes["phone"] == (NUMBER, "13812349999")
    past = as_of(records, Customer, customer.id, sun, records.clock.now())
    assert past.values["phone"] == "138****9999"
    assert [one.phone for one in addressees(records, "contact", [contact.id], sun)] == [HIDDEN]
    export(records, Customer, sun, View(), ["name", "phone", "mobile"], tmp_path / "out.csv", "csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1:] == [["华为技术", "138****9999", "139****1111"]]
    assert records.groups(Customer, sun, View(), "phone") == [("138****9999", 1)]


def test_a_hidden_number_is_found_only_by_who_sees_it(office: Office, two: tuple[Any, Any]) -> None:
    customer, contact = two
    records = office.records
    for who, found in (("li", True), ("meng", True), ("sun", False)):
        actor = office.actor(who)
        assert bool(records.search(NUMBER, actor, [Contact])) is found and bool(records.search("13900001111", actor)) is found
        assert bool(list(records.ids(Customer, actor, View(text="1390000")))) is found
        for operator, value in (("contains", "1390000"), ("begins", "139"), ("is", "13900001111")):
            view = View((Condition("mobile", operator, value),))
            assert bool(records.count(Customer, actor, view)) is found, "else it could be guessed digit by digit"
        assert records.count(Customer, actor, View((Condition("mobile", "filled"),))) == 1
    assert [hit.id for hit in records.search("任一", office.sun)] == [contact.id] and customer.id


def test_his_own_and_what_he_works_on_is_shown(office: Office, two: tuple[Any, Any]) -> None:
    customer, contact = two
    mine = office.save(Customer(name="孙的", phone=NUMBER), "sun")
    assert office.records.get(Customer, mine.id, office.sun).phone == NUMBER
    office.records.share(Customer, [customer.id], office.ids["sun"], office.li, write=True)
    assert office.records.get(Customer, customer.id, office.sun).phone == NUMBER
    assert office.records.get(Contact, contact.id, office.sun).mobile == NUMBER
    assert [hit.id for hit in office.records.search(NUMBER, office.sun, [Contact])] == [contact.id]


def clerk(office: Office) -> Any:
    """Somebody who sees and edits all customers but no numbers."""
    role = office.save(Role(name="文员", level="sales", scope="all"), "admin")
    person = office.save(Employee(name="文员", role=role.id, department=office.sun.department), "admin")
    return actor_for(office.records, person.id)


def test_saving_a_form_with_a_covered_number_keeps_the_real_one(office: Office, two: tuple[Any, Any]) -> None:
    customer, _contact = two
    actor, records = clerk(office), office.records
    form = records.get(Customer, customer.id, actor)
    assert form.phone == HIDDEN
    form.city = "东莞"
    change = records.save(form, actor)
    real = records.get(Customer, customer.id, office.li)
    assert (real.city, real.phone, real.mobile) == ("东莞", NUMBER, "13900001111")
    assert (form.phone, form.version) == (HIDDEN, real.version), "and the form still does not show it"
    assert "phone" not in records.history(Customer, customer.id, office.li)[0].changes
    form.phone = "13700000000"
    records.save(form, actor)
    assert records.get(Customer, customer.id, office.li).phone == "13700000000", "a new number is a new number"
    assert form.phone == "137****0000"
    form.phone = "139****0000"
    with pytest.raises(Invalid, match="hidden"):
        records.save(form, actor)
    assert records.undo(change.batch, actor).refused == []
    real = records.get(Customer, customer.id, office.li)
    assert (real.city, real.phone) == ("深圳", "13700000000")


def test_two_people_at_once_and_a_covered_number(office: Office, two: tuple[Any, Any]) -> None:
    customer, _contact = two
    actor, records = clerk(office), office.records
    form, again = records.get(Customer, customer.id, actor), records.get(Customer, customer.id, actor)
    own = records.get(Customer, customer.id, office.li)
    own.phone = "13755556666"
    records.save(own, office.li)
    form.city = "惠州"
    records.save(form, actor)
    assert (records.get(Customer, customer.id, office.li).phone, form.phone) == ("13755556666", "137****6666")
    again.phone = "13711112222"
    with pytest.raises(Conflict) as caught:
        records.save(again, actor)
    assert caught.value.theirs == {"phone": "137****6666"}


def test_bulk_changes_and_sheets_never_bring_a_cover_in(office: Office, two: tuple[Any, Any]) -> None:
    customer, _contact = two
    actor, records = clerk(office), office.records
    assert records.set_field(Customer, [customer.id], "mobile", "139****1111", actor).done == [customer.id]
    refused = records.set_field(Customer, [customer.id], "mobile", "139****2222", actor).refused
    assert "Mobile" in refused[0][1].sentence("en")
    with pytest.raises(Invalid, match="hidden"):
        records.save(Lead(name="抄来的", mobile=HIDDEN), actor)
    sheet = [["客户名称", "手机", "城市"], ["华为技术", "139****1111", "珠海"], ["新公司", "139****3333", "中山"]]
    counts, done = bring_in(office, Customer, actor, sheet, match=("name",))
    assert counts["refused"] == 1 and "hidden" in reasons(done.verdicts)[3]
    real = records.get(Customer, customer.id, office.li)
    assert (real.mobile, real.city) == ("13900001111", "珠海")


def test_an_export_with_covered_numbers_comes_in_again_and_changes_nothing(
    office: Office, two: tuple[Any, Any], tmp_path: Path
) -> None:
    customer, _contact = two
    path = tmp_path / "customers.xlsx"
    export(office.records, Customer, clerk(office), View(), None, path, ids=[customer.id])
    with read_workbook(path) as workbook:
        counts, _done = bring_in(office, Customer, clerk(office), workbook.sheet())
    assert counts == {"new": 0, "changed": 0, "unchanged": 1, "refused": 0}
    assert office.records.get(Customer, customer.id, office.li).mobile == "13900001111"


def test_the_company_says_what_is_hidden_and_who_sees_it(office: Office, two: tuple[Any, Any]) -> None:
    customer, _contact = two
    records = office.records
    records.settings.put(masking.SETTING, {"customer": ["email", "card"], "contact": []})
    made = office.save(CustomField(name="卡号", code="card", record_type="customer", field_kind="text", searchable=True), "admin")
    form = records.get(Customer, customer.id, office.li)
    field = records.fields(Customer)[made.code]
    form.email = "ren@huawei.com"
    custom.put(form, field, "6222020012345678")
    records.save(form, office.li)
    records.settings.put(masking.SETTING, {"customer": ["email", made.code], "contact": []})
    got = records.get(Customer, customer.id, office.sun)
    assert (got.phone, got.email, custom.get(got, field)) == (NUMBER, "r***@huawei.com", "622*********5678")
    assert records.search("6222020012345678", office.sun) == [] and records.search("6222020012345678", office.li) != []
    actor = clerk(office)
    form = records.get(Customer, customer.id, actor)
    form.city = "佛山"
    records.save(form, actor)
    real = records.get(Customer, customer.id, office.li)
    assert (custom.get(real, field), real.email, real.city) == ("6222020012345678", "ren@huawei.com", "佛山")
    role: Any = next(row for row in records.names.all("role") if row.code == "sales")  # type: ignore[attr-defined]
    office.save(RoleRight(name="customer", role=role.id, operations="add edit plain"), "admin")
    assert records.get(Customer, customer.id, office.sun).email == "ren@huawei.com", "at once"
