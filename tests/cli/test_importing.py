"""import and export: counts, dry run, refused rows, mapping, matching, undo; and a round trip that changes nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, Shop

SHEET = """客户名称,客户编码,级别,电话,下次联系
杭州甲有限公司,K001,A,0571-88880001,2026-05-04
宁波乙有限公司,K002,Q,0574-1,2026-05-05
苏州丙有限公司,K003,B,0512-6,
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Three customers; the level of the second does not exist."""
    path = tmp_path / "customers.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def names(run: Run, place: list[str]) -> list[str]:
    return sorted(row["name"] for row in run("list", "customer", "--json", "--columns", "name", *place).json())


def only(run: Run, *arguments: object) -> dict[str, Any]:
    told = run(*arguments, "--json")
    assert told.code == 0, told.err
    (row,) = told.json()
    return row


def test_new_place_gets_one_user_who_is_the_default(run: Run, fresh: list[str]) -> None:
    assert run("list", "customer", *fresh).code == 0
    people = run("list", "employee", "--json", *fresh).json()
    assert len(people) == 1
    assert run("list", "employee", "--json", "--as", people[0]["name"], *fresh).json() == people


def test_import_counts_refuses_and_is_undone(run: Run, fresh: list[str], sheet: Path, tmp_path: Path) -> None:
    errors = tmp_path / "refused.csv"
    done = only(run, "import", "customer", sheet, "--errors", errors, *fresh)
    assert {key: done[key] for key in ("new", "changed", "unchanged", "refused")} == {"new": 2, "changed": 0, "unchanged": 0, "refused": 1}
    assert [row["row"] for row in done["refused_rows"]] == [3]
    assert "Q" in done["refused_rows"][0]["reason"]
    assert names(run, fresh) == ["杭州甲有限公司", "苏州丙有限公司"]
    with errors.open(encoding="utf-8-sig", newline="") as file:
        heading, refused = csv.reader(file)
    assert heading[:5] == SHEET.splitlines()[0].split(",")
    assert refused[:2] == ["宁波乙有限公司", "K002"] and refused[-1]

    again = only(run, "import", "customer", sheet, *fresh)
    assert (again["new"], again["unchanged"], again["refused"], again["batch"]) == (0, 2, 1, None)

    undone = only(run, "import", "--undo", done["batch"], *fresh)
    assert undone["undone"] == 2 and undone["kept"] == []
    assert names(run, fresh) == []
    assert run("import", "--undo", done["batch"], *fresh).code == 1
    assert run("import", "--undo", 12345, *fresh).code == 1
    assert run("check", *fresh).code == 0


def test_dry_run_changes_nothing(run: Run, fresh: list[str], sheet: Path) -> None:
    told = only(run, "import", "customer", sheet, "--dry-run", *fresh)
    assert (told["new"], told["refused"], told["batch"]) == (2, 1, None)
    assert names(run, fresh) == []
    assert only(run, "import", "customer", sheet, "--dry-run", *fresh) == told


def test_undo_brings_old_values_back(run: Run, fresh: list[str], sheet: Path) -> None:
    only(run, "import", "customer", sheet, *fresh)
    before = run("show", "customer", "K001", "--json", *fresh).json()[0]
    sheet.write_text(SHEET.replace("0571-88880001", "0571-99990009"), encoding="utf-8")
    changed = only(run, "import", "customer", sheet, *fresh)
    assert changed["changed"] == 1
    assert run("show", "customer", "K001", "--json", *fresh).json()[0]["phone"] == "0571-99990009"
    only(run, "import", "--undo", changed["batch"], *fresh)
    after = run("show", "customer", "K001", "--json", *fresh).json()[0]
    assert {key: value for key, value in after.items() if key != "updated_at"} == {
        key: value for key, value in before.items() if key != "updated_at"
    }


def test_several_fields_together_are_matched_on(run: Run, fresh: list[str], tmp_path: Path) -> None:
    """As in the window: all of them must be equal."""
    sheet = tmp_path / "customers.csv"
    sheet.write_text("客户名称,城市,手机\nAcme,Ulm,13812345678\nAcme,Bonn,13912345678\n", encoding="utf-8")
    assert only(run, "import", "customer", sheet, "--match", "name,city", *fresh)["new"] == 2
    sheet.write_text("客户名称,城市,手机,备注\nAcme,Bonn,,a\nAcme,Mainz,,b\n", encoding="utf-8")
    counts = only(run, "import", "customer", sheet, "--match", "name,city", *fresh)
    assert (counts["changed"], counts["new"]) == (1, 1)
    sheet.write_text("客户名称,手机,备注\nAcme,+86 138-1234-5678,c\nBeta,13812345678,d\n", encoding="utf-8")
    counts = only(run, "import", "customer", sheet, "--match", "name,mobile", *fresh)
    assert (counts["changed"], counts["new"]) == (1, 1)
    assert run("import", "customer", sheet, "--match", "name,colour", *fresh).code == 1


def test_written_mapping_mode_and_match(run: Run, fresh: list[str], tmp_path: Path) -> None:
    sheet, mapping = tmp_path / "strange.csv", tmp_path / "map.json"
    sheet.write_text("Wer,Wo\nAcme,Ulm\nBeta,Bonn\n", encoding="utf-8")
    mapping.write_text(json.dumps({"Wer": "name", "Wo": "city"}), encoding="utf-8")
    assert run("import", "customer", sheet, "--map", mapping, "--mode", "update", "--match", "name", *fresh).code == 1, "all refused"
    assert only(run, "import", "customer", sheet, "--map", mapping, "--mode", "create", *fresh)["new"] == 2
    sheet.write_text("Wer,Wo\nAcme,Mainz\n", encoding="utf-8")
    assert only(run, "import", "customer", sheet, "--map", mapping, "--mode", "update", "--match", "name", *fresh)["changed"] == 1
    assert only(run, "import", "customer", sheet, "--map", mapping, "--match", "none", *fresh)["new"] == 1
    assert names(run, fresh) == ["Acme", "Acme", "Beta"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("import customer missing.csv", 1),
        ("import customer SHEET --sheet Nowhere", 1),
        ("import customer SHEET --map missing.json", 1),
        ("import customer SHEET --map SHEET", 1),
        ("import customer SHEET --match colour", 1),
        ("import customer SHEET --mode sometimes", 2),
        ("import unicorn SHEET", 2),
        ("import customer", 2),
        ("import customer SHEET --errors /nowhere/at/all.xlsx", 1),
        ("export customer out.docx", 1),
        ("export customer /nowhere/at/all.xlsx", 1),
        ("export customer out.csv --columns colour", 1),
    ],
)
def test_impossible_imports_and_exports(run: Run, fresh: list[str], sheet: Path, arguments: str, code: int) -> None:
    told = run(*[str(sheet) if word == "SHEET" else word for word in arguments.split()], *fresh)
    assert told.code == code
    assert len(told.err.strip().splitlines()) == 1
    assert "mistake" not in told.err


def test_ambiguous_days_are_asked_for(run: Run, fresh: list[str], tmp_path: Path) -> None:
    sheet = tmp_path / "days.csv"
    sheet.write_text("客户名称,下次联系\n甲,03/04/2026\n乙,05/06/2026\n", encoding="utf-8")
    told = run("import", "customer", sheet, "--lang", "en", *fresh)
    assert told.code == 1 and "--dates" in told.err
    assert only(run, "import", "customer", sheet, "--dates", "dmy", *fresh)["new"] == 2
    assert run("show", "customer", "甲", "--json", *fresh).json()[0]["next_contact_on"] == "2026-04-03"


def test_without_the_right_nothing_is_read(run: Run, shop: Shop) -> None:
    told = run("import", "product", "missing.csv", "--as", "liumin", "--lang", "en", *shop.place)
    assert told.code == 1
    assert "right" in told.err


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_export_comes_back_unchanged(run: Run, shop: Shop, tmp_path: Path, ending: str) -> None:
    """Leading zeros, dates, tags, owners: what goes out comes in again as it was."""
    file = tmp_path / f"customers.{ending}"
    told = only(run, "export", "customer", file, "--reason", "备份", "--as", "sunlx", *shop.place)
    assert told == {"rows": 300, "file": str(file)}
    back = only(run, "import", "customer", file, "--dry-run", "--as", "sunlx", *shop.place)
    assert (back["new"], back["changed"], back["refused"], back["unchanged"]) == (0, 0, 0, 300), back["refused_rows"][:3]


def test_export_of_what_fits(run: Run, shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    chosen = ("--where", "level=A", "--sort", "-name", "--columns", "name,phone")
    done = only(run, "export", "customer", file, "--reason", "备份", *chosen, "--lang", "en", *shop.place)
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text))
    assert rows[0] == ["Customer name", "Phone"]
    listed = run("list", "customer", *chosen, "--json", *shop.place).json()
    assert rows[1:] == [[row["name"], row["phone"]] for row in listed]
    assert done["rows"] == len(listed) > 5
    only(run, "export", "customer", file, "--reason", "备份", "--encoding", "gb18030", "--where", "city=石家庄", *shop.place)
    assert "石家庄" in file.read_bytes().decode("gb18030")


def test_northwind(run: Run, fresh: list[str], shared_data: Path) -> None:
    done = only(run, "import", "customer", shared_data / "northwind" / "Customers.csv", *fresh)
    assert done["new"] + done["refused"] + done["unchanged"] == 93
    assert done["new"] >= 91
    assert "QUICK" in json.dumps(run("list", "customer", "--json", *fresh).json())
    assert [hit["title"] for hit in run("search", "Ernst Handel", "--json", "--type", "customer", *fresh).json()] == ["Ernst Handel"]


def test_counts_are_printed(run: Run, fresh: list[str], sheet: Path) -> None:
    told = run("import", "customer", sheet, "--lang", "en", *fresh)
    assert told.out.splitlines()[0] == "new: 2, changed: 0, unchanged: 0, refused: 1"
    assert told.out.splitlines()[1].startswith("batch: ")
    assert "row 3" in told.out


def test_headings_nobody_knows_are_named(run: Run, fresh: list[str], tmp_path: Path) -> None:
    path = tmp_path / "temperatures.csv"
    path.write_text("station,celsius\nHarbin,-20\nSanya,25\n", encoding="utf-8")
    told = run("import", "customer", path, "--lang", "en", *fresh)
    assert told.code == 1
    assert "station, celsius" in told.err and "--map" in told.err


def test_a_template_comes_from_the_live_fields(run: Run, fresh: list[str], tmp_path: Path) -> None:
    told = run("template", "customer", tmp_path / "t.xlsx", *fresh)
    assert told.code == 0, told.err
    assert (tmp_path / "t.xlsx").stat().st_size > 5_000
    refused = run("template", "customer", tmp_path / "t.csv", *fresh)
    assert (refused.code, ".xlsx" in refused.err) == (1, True)


def test_words_no_list_knows_are_added_or_left_out(run: Run, fresh: list[str], sheet: Path) -> None:
    assert only(run, "import", "customer", sheet, "--dry-run", "--unknown", "skip", *fresh)["refused"] == 0
    done = only(run, "import", "customer", sheet, "--unknown", "add", *fresh)
    assert (done["new"], done["refused"]) == (3, 0)
    assert done["mapping"]["级别"] == {"field": "level", "values": {"Q": "+"}}
    levels = [row["name"] for row in run("list", "pick_value", "--json", "--where", "picklist=level", *fresh).json()]
    assert "Q" in levels
    assert only(run, "import", "--undo", done["batch"], *fresh)["kept"] == []


def test_delimiter_cards_and_what_is_left_out(run: Run, fresh: list[str], tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("客户表\n公司|电话\n甲,乙公司|1\n合计|1\n", encoding="utf-8")
    done = only(run, "import", "customer", tmp_path / "t.txt", "--delimiter", "|", "--dry-run", *fresh)
    assert (done["new"], [(one["row"], one["kind"]) for one in done["left_out"]]) == (1, [(1, "title"), (4, "total")])
    assert run("import", "customer", tmp_path / "t.txt", "--delimiter", "||", *fresh).code == 2
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:王五\nORG:丙公司\nTEL;TYPE=CELL:13800138000\nEND:VCARD\n"
    (tmp_path / "cards.bin").write_text(card, encoding="utf-8")
    assert only(run, "import", "customer", tmp_path / "cards.bin", *fresh)["new"] == 1
    assert names(run, fresh) == ["丙公司"]


@pytest.mark.parametrize("ending", ["json", "vcf"])
def test_other_formats_go_out_and_come_in_again(run: Run, fresh: list[str], sheet: Path, tmp_path: Path, ending: str) -> None:
    only(run, "import", "customer", sheet, *fresh)
    path = tmp_path / f"out.{ending}"
    assert only(run, "export", "customer", path, "--reason", "给会计", *fresh)["rows"] == 2
    again = only(run, "import", "customer", path, *fresh)
    assert (again["new"], again["changed"], again["unchanged"], again["refused"]) == (0, 0, 2, 0)
    without = run("export", "customer", path, "--lang", "en", *fresh)
    assert without.code == 1 and "Say with --reason" in without.err
    refused = run("export", "customer", tmp_path / "out.ics", "--reason", "给会计", *fresh)
    assert (refused.code, "ics" in refused.err) == (1, True)


def test_a_region_is_taken_apart(run: Run, fresh: list[str], tmp_path: Path) -> None:
    """The dry run shows how, and what is in no list of places; a written mapping names it."""
    sheet, mapping = tmp_path / "regions.csv", tmp_path / "map.json"
    sheet.write_text("客户名称,所在地区\n甲,广东省深圳市南山区\n乙,浙江-杭州\n丙,北京市海淀区\n丁,湖北省武汉市光谷\n", encoding="utf-8")
    told = only(run, "import", "customer", sheet, "--dry-run", *fresh)
    assert told["mapping"]["所在地区"] == "region" and [one["row"] for one in told["remarks"]] == [5]
    first = {"cell": "广东省深圳市南山区", "province": "广东省", "city": "深圳市", "district": "南山区"}
    assert told["taken_apart"]["所在地区"][0] == first
    said = run("import", "customer", sheet, "--dry-run", "--lang", "en", *fresh).out
    assert "所在地区: 浙江-杭州 is taken apart into 浙江 · 杭州" in said and "“光谷” is in no list of places" in said
    mapping.write_text(json.dumps({"客户名称": "name", "所在地区": "region"}), encoding="utf-8")
    assert only(run, "import", "customer", sheet, "--map", mapping, *fresh)["new"] == 4
    rows = run("list", "customer", "--json", "--columns", "name,province,city,district", *fresh).json()
    assert {row["name"]: row["district"] for row in rows} == {"甲": "南山区", "乙": "", "丙": "海淀区", "丁": "光谷"}
