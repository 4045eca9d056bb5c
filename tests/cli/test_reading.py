"""list, search and show: the right records, in a stable form, for the person who asks."""

from __future__ import annotations

import re
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff.sign_in import actor_for, find
from crm_desktop.core.access import Actor
from crm_desktop.core.views import Condition, View
from tests.cli.conftest import Ran, Run, Shop


def rows(run: Run, shop: Shop, *arguments: object) -> list[dict[str, Any]]:
    told = run("list", *arguments, "--json", *shop.place)
    assert told.code == 0, told.err
    return told.json()


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda record_type: record_type.key())
def test_json_keys_are_field_names(run: Run, shop: Shop, record_type: Any) -> None:
    """Every type; values in the documented form."""
    assert shop.records is not None
    fields = shop.records.fields(record_type)
    for row in rows(run, shop, record_type.key(), "--limit", 3, "--as", "sunlx"):
        assert re.fullmatch(r"\d{18,19}", row.pop("id"))
        assert list(row) == [name for name, field in fields.items() if field.shown]
        for name, value in row.items():
            _check_form(fields[name].kind.key, value)


def _check_form(kind: str, value: Any) -> None:
    if kind == "flag":
        assert isinstance(value, bool)
    elif kind == "many":
        assert all(set(one) == {"id", "title"} and one["title"] for one in value)
    elif value is None:
        assert kind in ("number", "percent", "money", "day", "moment", "link")
    elif kind == "link":
        assert set(value) == {"id", "title"} and value["id"].isdigit()
    elif kind in ("number", "percent"):
        assert isinstance(value, int)
    else:
        form = {"money": r"-?\d+\.\d\d", "day": r"\d{4}-\d\d-\d\d", "moment": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"}.get(kind, r"[\s\S]*")
        assert re.fullmatch(form, value), (kind, value)


def test_everybody_sees_his_own(run: Run, shop: Shop) -> None:
    counts = {who: len(rows(run, shop, "customer", "--columns", "name", "--as", who)) for who in ("zhoujg", "王丽", "liumin")}
    assert counts["zhoujg"] == 300 > counts["王丽"] > counts["liumin"] > 10
    assert len(rows(run, shop, "customer", "--columns", "name")) == counts["王丽"], "the local user is the default"


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ("level=A", lambda row: row["level"] == "A"),
        ("level=A,B", lambda row: row["level"] in "AB"),
        ("level != C", lambda row: row["level"] != "C"),
        ("level=A 重点客户", lambda row: row["level"] == "A"),
        ("name~有限", lambda row: "有限" in row["name"]),
        ("name~HARBORVIEW", lambda row: "harborview" in row["name"].lower()),
        ("name^=苏州", lambda row: row["name"].startswith("苏州")),
        ("city=苏州", lambda row: row["city"] == "苏州"),
        ("city!=苏州", lambda row: row["city"] != "苏州"),
        ("owner=王丽", lambda row: row["owner"]["title"] == "王丽"),
        ("owner=me", lambda row: row["owner"]["title"] == "周建国"),
        ("owner me", lambda row: row["owner"]["title"] == "周建国"),
        ("mobile empty", lambda row: not row["mobile"]),
        ("mobile=", lambda row: not row["mobile"]),
        ("mobile!=", lambda row: bool(row["mobile"])),
        ("tags=展会客户", lambda row: "展会客户" in [tag["title"] for tag in row["tags"]]),
        ("tags filled", lambda row: bool(row["tags"])),
        ("next_contact_on empty", lambda row: row["next_contact_on"] is None),
    ],
)
def test_where(run: Run, shop: Shop, condition: str, fits: Any) -> None:
    everything = rows(run, shop, "customer", "--as", "zhoujg")
    found = rows(run, shop, "customer", "--as", "zhoujg", "--where", condition)
    assert [row["id"] for row in found] == [row["id"] for row in everything if fits(row)]


@pytest.mark.parametrize("sign", ["<", "<=", "=", ">", ">="])
@pytest.mark.parametrize(
    ("kind", "field", "pick"),
    [
        ("customer", "next_contact_on", lambda row: row["next_contact_on"]),
        ("opportunity", "amount", lambda row: row["amount"] and float(row["amount"])),
        ("opportunity", "probability", lambda row: row["probability"]),
    ],
)
def test_where_compares(run: Run, shop: Shop, kind: str, field: str, pick: Any, sign: str) -> None:
    everything = [row for row in rows(run, shop, kind, "--as", "zhoujg") if pick(row) is not None]
    edge = sorted(everything, key=pick)[len(everything) // 2]
    compare = {"<": pick(edge).__gt__, "<=": pick(edge).__ge__, "=": pick(edge).__eq__, ">": pick(edge).__lt__, ">=": pick(edge).__le__}
    expected = {row["id"] for row in everything if compare[sign](pick(row))}
    found = rows(run, shop, kind, "--as", "zhoujg", "--where", f"{field}{sign}{edge[field]}")
    assert {row["id"] for row in found} == expected
    assert expected


def test_days_of_moments_are_local(run: Run, shop: Shop) -> None:
    assert shop.records is not None
    day = shop.records.clock.today()
    view = View((Condition("starts_at", "today"),))
    expected = shop.records.count(shop.records.types["event"], Actor.program(), view)
    assert expected > 3
    assert len(rows(run, shop, "event", "--as", "zhoujg", "--where", f"starts_at={day}")) == expected
    assert len(rows(run, shop, "event", "--as", "zhoujg", "--where", "starts_at today")) == expected


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("colour=red", "colour"), ("level", "level"), ("level>A", "level"), ("next_contact_on=soon", "soon"),
        ("amount between 5", ".."), ("note=x", "note"), ("owner=Nobody", "Nobody"), ("amount>=much", "much"), ("level=Q", "Q"),
    ],
)  # fmt: skip
def test_impossible_conditions_get_a_sentence(run: Run, shop: Shop, condition: str, named: str) -> None:
    kind = "opportunity" if condition.startswith("amount") else "customer"
    told = run("list", kind, "--where", condition, "--lang", "en", *shop.place)
    assert told.code == 1
    assert told.out == ""
    assert named in told.err
    assert len(told.err.strip().splitlines()) == 1


def test_sort_limit_and_columns(run: Run, shop: Shop) -> None:
    found = rows(run, shop, "opportunity", "--sort", "-amount,name", "--limit", 250, "--columns", "name,amount", "--as", "zhoujg")
    assert [list(row) for row in found] == [["id", "name", "amount"]] * len(found)
    amounts = [float(row["amount"]) for row in found]
    assert amounts == sorted(amounts, reverse=True)
    assert rows(run, shop, "opportunity", "--sort", "-amount,name", "--limit", 7, "--columns", "name,amount", "--as", "zhoujg") == found[:7]
    assert run("list", "customer", "--sort", "colour", *shop.place).code == 1
    assert run("list", "customer", "--columns", "colour", *shop.place).code == 1


def test_more_than_a_page(run: Run, shop: Shop) -> None:
    found = rows(run, shop, "customer", "--as", "zhoujg", "--columns", "name")
    assert len({row["id"] for row in found}) == len(found) == 300
    assert len(rows(run, shop, "customer", "--as", "zhoujg", "--columns", "name", "--limit", 201)) == 201


def test_saved_view_and_words(run: Run, shop: Shop) -> None:
    assert shop.records is not None
    name = next(row.name for row in shop.records.names.all("saved_view") if row.record_type == "customer")  # type: ignore[attr-defined]
    assert rows(run, shop, "customer", "--view", name)
    told = run("list", "customer", "--view", "No such", *shop.place)
    assert told.code == 1 and name in told.err
    by_text = rows(run, shop, "customer", "--text", "苏州", "--as", "zhoujg")
    assert by_text and all("苏州" in str(row) for row in by_text)


def test_table_has_headings_and_a_line_each(run: Run, shop: Shop) -> None:
    told = run("list", "customer", "--columns", "name,level,owner", "--limit", 3, "--lang", "en", *shop.place)
    lines = told.out.splitlines()
    assert lines[0].split("\t") == ["Customer name", "Level", "Owner"]
    assert len(lines) == 4 and all(line.count("\t") == 2 for line in lines)


def test_search(run: Run, shop: Shop) -> None:
    name, mobile = _somebody(run, shop)
    by_name = run("search", name, "--json", *shop.place).json()
    assert by_name[0]["title"] == name
    assert set(by_name[0]) == {"type", "id", "title", "sub"}
    by_phone = run("search", mobile[3:], "--json", "--type", "contact", *shop.place).json()
    assert name in [hit["title"] for hit in by_phone]
    assert len(run("search", "苏州", "--limit", 3, "--json", *shop.place).json()) == 3
    for form in ((), ("--json",)):
        nothing = run("search", "qqqqzzzz", *form, "--lang", "en", *shop.place)
        assert (nothing.code, nothing.out, nothing.err) == (0, "", "Nothing found for “qqqqzzzz”.\n")
        none = run("list", "customer", "--where", "name=qqqqzzzz", *form, "--lang", "en", *shop.place)
        assert (none.code, none.out, none.err) == (0, "", "Customers: none that fit, of those you may see.\n")
    assert name in run("search", *name.split(), *shop.place).out


def test_search_of_what_is_not_searched(run: Run, shop: Shop) -> None:
    told = run("search", "x", "--type", "role", "--lang", "en", *shop.place)
    assert told.code == 1
    assert "Roles" in told.err and "list role" in told.err


def _somebody(run: Run, shop: Shop) -> tuple[str, str]:
    row = next(row for row in rows(run, shop, "contact", "--as", "王丽") if row["mobile"] and not row["name"].isascii())
    return row["name"], row["mobile"]


def test_show_by_id_code_and_name(run: Run, shop: Shop) -> None:
    row = rows(run, shop, "customer", "--limit", 1)[0]
    for word in (row["id"], row["code"], row["name"]):
        told = run("show", "customer", word, "--json", *shop.place)
        assert told.code == 0
        assert told.json() == [row]
    told = run("show", "customer", row["id"], "--lang", "en", *shop.place)
    assert f"Customer name: {row['name']}" in told.out.splitlines()


def test_what_one_may_not_see_is_not_there(run: Run, shop: Shop) -> None:
    assert shop.records is not None
    seller = actor_for(shop.records, find(shop.records, "luojing").id)
    foreign = next(row for row in rows(run, shop, "customer") if row["owner"]["id"] != str(seller.employee))
    answers = [run("show", "customer", word, "--as", "luojing", *shop.place) for word in (foreign["id"], foreign["code"], "123456789")]
    assert answers == [Ran(1, "", answers[0].err)] * 3, "hidden and missing records are told alike"
