"""PS9: a field the company adds is at once in forms, lists, filters, search, import and export, for every kind of value."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES, Contact, Customer, Lead
from crm_desktop.core import custom
from crm_desktop.core.checks import examine
from crm_desktop.core.custom import KINDS, CustomField
from crm_desktop.core.errors import Conflict, Invalid, Refused
from crm_desktop.core.names import label_of
from crm_desktop.core.picklists import PickValue
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition, View
from crm_desktop.exchange.exporting import export, exported_fields
from crm_desktop.exchange.targets import targets_of
from tests.office import Office

VALUES: dict[str, tuple[Any, str, Condition | None]] = {
    # kind: a value, how it is shown, a condition that finds it (its field is filled in)
    "text": ("红色", "红色", Condition("", "contains", "红")),
    "long_text": ("第一行\n第二行", "第一行\n第二行", Condition("", "contains", "第二")),
    "number": (12, "12", Condition("", "at_least", 12)),
    "money": (Decimal("12.50"), "¥ 12.50", Condition("", "between", [1250, 1250])),
    "percent": (30, "30 %", Condition("", "is", 30)),
    "day": (date(2026, 4, 1), "2026-04-01", Condition("", "is", "2026-04-01")),
    "moment": (datetime(2026, 4, 1, 2), "2026-04-01 10:00", Condition("", "after", "2026-03-31")),
    "flag": (True, "是", Condition("", "yes")),
    "choice": ("gold", "金", Condition("", "one_of", ["gold"])),
    "phone": ("138 1234 5678", "138 1234 5678", Condition("", "contains", "12345")),
    "email": ("a@b.cn", "a@b.cn", Condition("", "begins", "A@B")),
    "url": ("https://b.cn", "https://b.cn", Condition("", "is", "https://b.cn")),
}


def add(office: Office, kind: str, **more: Any) -> Any:
    made = office.save(CustomField(**{"name": f"自设{kind}", "record_type": "customer", "field_kind": kind} | more), "admin")
    if kind == "choice":
        for code, name in (("gold", "金"), ("silver", "银")):
            office.save(PickValue(name=name, name_en=code.title(), code=code, picklist=made.list_key()), "admin")
    return made


def put(office: Office, name: str, field: Any, value: Any) -> Any:
    made = Customer(name=name)
    custom.put(made, office.records.fields(Customer)[field.code], value)
    return office.save(made)


def test_every_kind_is_tried() -> None:
    assert VALUES.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", VALUES)
def test_a_field_of_each_kind_appears_everywhere_without_a_restart(office: Office, kind: str, tmp_path: Path) -> None:
    value, shown, condition = VALUES[kind]
    field = add(office, kind)
    assert label_of(office.records.fields(Customer)[field.code], "zh_CN") == f"自设{kind}"
    assert field.code not in office.records.fields(Contact)
    made = put(office, "甲公司", field, value)
    put(office, "乙公司", field, None)
    records = Records(office.records.database, RECORD_TYPES, office.records.clock)
    again = records.get(Customer, made.id, office.li)
    assert custom.get(again, records.fields(Customer)[field.code]) == value
    # the list: shown, sorted, grouped, filtered
    rows = records.page(Customer, office.li, View(sort=((field.code, True),)), ["name", field.code], 9)
    assert [values[0] for _id, values in rows] == ["甲公司", "乙公司"]
    assert records.show(Customer, field.code, rows[0][1][1], "zh_CN") == shown
    assert len(records.groups(Customer, office.li, View(), field.code)) == 2
    assert condition is not None
    view = View((Condition(field.code, condition.operator, condition.value),))
    assert list(records.ids(Customer, office.li, view)) == [made.id]
    for operator in ("empty", "filled") if kind != "flag" else ("no", "yes"):
        found = list(records.ids(Customer, office.li, View((Condition(field.code, operator),))))
        assert (found == [made.id]) == (operator in ("filled", "yes"))
    # export and import know it
    assert field.code in exported_fields(records, Customer)
    assert field.code in targets_of(records, Customer)
    path = tmp_path / "out.csv"
    export(records, Customer, office.li, View(), ["name", field.code], path, "csv", lang="zh_CN")
    written = list(csv.reader(path.open(encoding="utf-8-sig", newline="")))
    assert written[0][1] == f"自设{kind}" and [row[1] for row in written[1:] if row[0] == "甲公司"] != [""]
    read = records.fields(Customer)[field.code].kind.read(next(row[1] for row in written[1:] if row[0] == "甲公司"), records.names)
    assert read == value, "what is exported is read back"
    # bulk change, history, undo
    outcome = records.set_field(Customer, [made.id], field.code, None if kind != "flag" else False, office.li)
    assert outcome.done == [made.id]
    assert field.code in records.history(Customer, made.id, office.li)[0].changes
    records.undo(outcome.batch, office.li)  # type: ignore[arg-type]
    assert custom.get(records.get(Customer, made.id, office.li), records.fields(Customer)[field.code]) == value
    assert [f.sentence("en") for _check, findings in examine(records) for f in findings] == []


def test_a_value_that_does_not_fit_is_told_with_the_field(office: Office) -> None:
    field = add(office, "email", required=True)
    with pytest.raises(Invalid) as caught:
        office.save(Customer(name="甲公司"))
    assert caught.value.field == field.code and "自设email" in caught.value.sentence("zh_CN")
    with pytest.raises(Invalid):
        put(office, "甲公司", field, "not an address")
    put(office, "甲公司", field, "a@b.cn")
    choice = add(office, "choice")
    with pytest.raises(Invalid):
        put(office, "乙公司", choice, "bronze")


def test_what_it_holds_is_found_when_the_field_becomes_searchable(office: Office) -> None:
    field = add(office, "text")
    made = put(office, "甲公司", field, "绿野仙踪")
    assert office.records.search("绿野", office.li) == []
    field.searchable = True
    change = office.records.save(field, office.admin)
    assert [hit.id for hit in office.records.search("绿野", office.li)] == [made.id]
    office.records.undo(change.batch, office.admin)
    assert office.records.search("绿野", office.li) == []
    assert [f.sentence("en") for _check, findings in examine(office.records) for f in findings] == []


def test_a_searchable_phone_is_found_by_its_digits(office: Office) -> None:
    field = add(office, "phone", searchable=True)
    made = put(office, "甲公司", field, "138-1234-5678")
    assert [hit.id for hit in office.records.search("12345678", office.li)] == [made.id]


def test_a_deleted_field_is_gone_and_its_values_come_back_with_it(office: Office) -> None:
    field = add(office, "text", searchable=True)
    made = put(office, "甲公司", field, "绿野仙踪")
    view = View((Condition(field.code, "filled"),), columns=("name", field.code), sort=((field.code, False),))
    office.records.delete(CustomField, [field.id], office.admin)
    assert field.code not in office.records.fields(Customer)
    assert office.records.search("绿野", office.li) == []
    with pytest.raises(Invalid) as caught:
        office.records.count(Customer, office.li, view)
    assert "no longer exists" in caught.value.sentence("en")
    record = office.records.get(Customer, made.id, office.li)
    record.city = "上海"
    office.records.save(record, office.li)
    office.records.restore(CustomField, [field.id], office.admin)
    assert list(office.records.ids(Customer, office.li, view)) == [made.id]
    assert [hit.id for hit in office.records.search("绿野", office.li)] == [made.id]


def test_kind_type_and_code_stay_what_they_are(office: Office) -> None:
    field = add(office, "text")
    for name, value in (("field_kind", "number"), ("record_type", "lead"), ("code", "other")):
        record: Any = office.records.get(CustomField, field.id, office.admin)
        setattr(record, name, value)
        with pytest.raises(Invalid):
            office.records.save(record, office.admin)
    renamed: Any = office.records.get(CustomField, field.id, office.admin)
    renamed.name, renamed.name_en = "颜色", "Colour"
    office.records.save(renamed, office.admin)
    assert label_of(office.records.fields(Customer)[field.code], "en") == "Colour"
    assert label_of(office.records.fields(Customer)[field.code], "zh_TW") == "颜色"


@pytest.mark.parametrize("code", ["name", "owner", "extra", "x') --", "a.b", "A", "1a", "中"])
def test_a_code_that_would_break_sql_or_hide_a_field_is_refused(office: Office, code: str) -> None:
    with pytest.raises(Invalid):
        add(office, "text", code=code)
    assert office.records.fields(Customer).keys() == Customer.declared().keys()


def test_two_fields_do_not_share_a_code(office: Office) -> None:
    add(office, "text", code="colour")
    with pytest.raises(Invalid):
        add(office, "number", code="colour")
    add(office, "number", code="colour", record_type="lead")
    assert office.records.fields(Lead)["colour"].kind.key == "number"


def test_only_administrators_add_fields(office: Office) -> None:
    for who in ("li", "meng", "boss"):
        with pytest.raises(Refused):
            office.save(CustomField(name="积分", record_type="customer", field_kind="number"), who)


def test_two_people_fill_in_two_custom_fields_of_one_record(office: Office) -> None:
    """They share a column, but not a fate."""
    colour, points = add(office, "text"), add(office, "number")
    fields = office.records.fields(Customer)
    made = put(office, "甲公司", colour, "红")
    mine, theirs = (office.records.get(Customer, made.id, office.meng) for _n in range(2))
    custom.put(theirs, fields[points.code], 7)
    office.records.save(theirs, office.meng)
    custom.put(mine, fields[colour.code], "蓝")
    office.records.save(mine, office.li)
    now = office.records.get(Customer, made.id, office.li)
    assert [custom.get(now, fields[f.code]) for f in (colour, points)] == ["蓝", 7]
    mine, theirs = (office.records.get(Customer, made.id, office.meng) for _n in range(2))
    for record, value, who in ((theirs, 8, "meng"), (mine, 9, "li")):
        custom.put(record, fields[points.code], value)
        if who == "meng":
            office.records.save(record, office.meng)
    with pytest.raises(Conflict) as caught:
        office.records.save(mine, office.li)
    assert caught.value.theirs == {points.code: 8}


def test_a_custom_picklist_is_one_of_the_lists_of_the_settings(office: Office) -> None:
    field = add(office, "choice")
    keys = {pick.key: pick.label for pick in office.records.names.picklist("picklist", "zh_CN")}
    assert keys[field.list_key()] == "自设choice"
    assert [pick.label for pick in office.records.names.picklist(field.list_key(), "en")] == ["Gold", "Silver"]
    assert office.records.names.pick(field.list_key(), "银") == "silver"


def test_a_field_may_offer_a_list_that_is_there_and_no_other(office: Office) -> None:
    level = add(office, "text", field_kind="choice", picklist="level", name="重要程度")
    assert level.list_key() == "level"
    made = put(office, "甲公司", level, "A")
    assert office.records.show(Customer, level.code, "A", "en") == "A key"
    assert custom.get(office.records.get(Customer, made.id, office.li), office.records.fields(Customer)[level.code]) == "A"
    with pytest.raises(Invalid) as caught:
        add(office, "choice", picklist="levell", name="另一个")
    assert caught.value.field == "picklist"
    assert level.code not in {pick.key for pick in office.records.names.picklist("picklist")}
