"""The command `database`: made, examined, moved to and from a server, accounts opened; refused with a sentence otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.business import RECORD_TYPES, Customer
from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.system import starting
from crm_desktop.cli import copying
from crm_desktop.core import secret
from crm_desktop.core.clock import Clock
from crm_desktop.core.records import Records
from crm_desktop.database import team_place
from crm_desktop.database.engine import open_database
from crm_desktop.database.place import ServerPlace, find_place
from tests.cli.conftest import Run
from tests.guard.company import Company, fresh_name
from tests.office import open_office


@pytest.fixture
def house(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Company]:
    """A server with nothing on it yet, and passwords where there is no terminal to ask for them."""
    suffix, name = fresh_name()
    monkeypatch.setenv("CRM_NEW_PASSWORD", "correct horse")
    company = Company(server, name, suffix, {"chef": 0, "li": 0})
    yield company
    company.close()


def master(house: Company) -> str:
    return f"{house.server}/{house.name}"


def test_made_and_worked_in(house: Company, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = run("database", "create", "--database", master(house), "--administrator", house.login("chef"), "--company", "明达")
    assert made.code == 0 and house.login("chef") in made.out and "correct" not in made.out
    assert run("database", "create", "--database", master(house), "--administrator", house.login("chef")).code == 1
    here = ("--database", house.address("chef"))
    assert run("list", "employee", *here, "--json").json()[0]["login"] == house.login("chef")
    assert run("list", "employee", *here, "--as", "nobody").code == 1
    assert "belongs to nobody" in run("list", "employee", "--database", master(house), "--lang", "en").err
    without = house.address("chef").replace(":correct%20horse", "")
    assert run("list", "employee", "--database", without).code == 1
    monkeypatch.setenv("CRM_DATABASE_PASSWORD", "correct horse")
    assert run("list", "employee", "--database", without).code == 0
    monkeypatch.delenv("CRM_DATABASE_PASSWORD")
    told = run("database", "doctor", "--database", master(house), "--json").json()
    assert {line["check"] for line in told if not line["ok"]} <= {"durability"}
    assert run("database", "migrate", "--database", master(house)).code == 0
    assert "tidy" in run("database", "tidy", "--database", master(house), "--lang", "en").out
    assert {line["taken_out"] for line in run("database", "tidy", "--database", master(house), "--json").json()} == {0}
    assert "may not" in run("database", "tidy", *here, "--lang", "en").err
    assert run("database", "login", house.login("li"), "--open", *here).code == 1, "no employee has this user name"
    assert run("check", *here).code == 0


def test_a_database_shared_by_one_account_is_put_under_guard(house: Company, run: Run) -> None:
    database = open_database(master(house))
    office = open_office(database, Clock())
    office.save(Customer(name="bleibt"), "li")
    admin = office.admin
    person = office.records.get(Employee, office.ids["admin"], admin)
    person.login = house.login("chef")
    office.records.save(person, admin)
    database.close()
    for wrong in (house.login("li"), "nobody"):
        refused = run("database", "create", "--database", master(house), "--administrator", wrong, "--lang", "en")
        assert refused.code == 1 and "No administrator" in refused.err
    assert run("list", "customer", "--database", master(house), "--as", "li", "--json").json()[0]["name"] == "bleibt", "still as it was"
    assert run("database", "create", "--database", master(house), "--administrator", house.login("chef")).code == 0
    assert run("list", "customer", "--database", house.address("chef"), "--json").json()[0]["name"] == "bleibt"
    assert run("list", "customer", "--database", master(house), "--as", "li").code == 1


def test_moved_to_a_server_and_back(house: Company, run: Run, tmp_path: Path) -> None:
    database = open_database(tmp_path / "old")
    records = Records(database, RECORD_TYPES)
    chef: Employee = starting.begin(records, "明达", "张总", "zh_CN")
    from crm_desktop.business.staff.sign_in import actor_for

    chef.login = house.login("chef")
    actor = actor_for(records, chef.id)
    records.save(chef, actor)
    records.unit(actor, lambda unit: unit.add([Customer(name=f"公司{number}", phone=f"0755-{number:07}") for number in range(300)]))
    database.close()

    there = run("database", "move", "--data", tmp_path / "old", "--to", master(house), "--administrator", "张总", "--json")
    assert there.code == 0 and {row["table"]: row["rows"] for row in there.json()}["customer"] == 300
    found = run("search", "0755-0000123", "--database", house.address("chef"), "--json").json()
    assert [hit["title"] for hit in found] == ["公司123"]
    again = run("database", "move", "--data", tmp_path / "old", "--to", master(house), "--administrator", "张总")
    assert again.code == 1

    back = run("database", "move", "--database", master(house), "--to", tmp_path / "new", "--json")
    assert back.code == 0, back.err
    sums = {row["table"]: row["sha256"] for row in there.json()}
    assert sums["customer"] == {row["table"]: row["sha256"] for row in back.json()}["customer"]
    assert len(run("list", "customer", "--data", tmp_path / "new", "--json").json()) == 300
    assert [hit["title"] for hit in run("search", "公司123", "--data", tmp_path / "new", "--json").json()] == ["公司123"]


def test_a_teams_database_is_copied_and_brought_back(house: Company, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chef, home = house.login("chef"), tmp_path / "home"
    monkeypatch.setattr(copying, "data_folder", lambda: home)
    assert run("database", "create", "--database", master(house), "--administrator", chef, "--company", "明达").code == 0
    here = ("--database", house.address("chef"), "--lang", "en")
    assert "no copies" in run("database", "restore", *here).out
    refused = run("database", "backup", "--database", master(house), "--lang", "en")
    assert refused.code == 1 and "belongs to nobody" in refused.err, "the server's master is no employee"
    made = run("database", "backup", *here)
    assert made.code == 0 and "every table proven" in made.out, made.err
    copy = Path(made.out.splitlines()[-1])
    assert copy.parent == home / "backups"
    for _night in range(2):
        assert run("database", "backup", *here, "--keep", "7", "--to", tmp_path / "disk").code == 0
    assert len(list((tmp_path / "disk").iterdir())) == 2
    assert run("database", "backup", *here, "--keep", "0").code == 2
    assert run("database", "backup", "--data", tmp_path, "--keep", "3").code == 2, "of a file none are taken away"
    told = run("database", "restore", copy.name, "--database", master(house), "--administrator", chef, "--lang", "en")
    assert told.code == 1 and "already" in told.err
    with house.raw("root") as raw, raw.cursor() as cursor:
        cursor.execute(f"DROP DATABASE `{house.name}`")
    listed = run("database", "restore", "--database", master(house), "--json").json()
    assert [one["copy"] for one in listed] == [copy.name] and listed[0]["why"] == "made by hand"
    back = run("database", "restore", copy.name, "--database", master(house), "--administrator", chef, "--lang", "en")
    assert back.code == 0 and "same rows on both sides" in back.out, back.err
    assert run("list", "employee", *here, "--json").json()[0]["login"] == chef
    assert run("check", *here).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("doctor",),
        ("tidy",),
        ("tidy", "--database", "mysql://root@no.such.host.example/crm"),
        ("create", "--database", "mysql://root@127.0.0.1:1/crm", "--administrator", "Chef"),
        ("create", "--database", "mysql://root@127.0.0.1:1/Grosse Namen", "--administrator", "chef"),
        ("create", "--database", "mysql://root@127.0.0.1:1/crm", "--administrator", "chef"),
        ("doctor", "--database", "mysql://root@no.such.host.example/crm"),
    ],
)
def test_what_is_wrong_is_told(run: Run, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_NEW_PASSWORD", "x")
    ran = run("database", *words, "--lang", "en")
    assert ran.code in (1, 2) and ran.err.strip().count("\n") == 0 and "mistake in the program" not in ran.err


def test_a_folder_that_stands_for_a_teams_database(house: Company, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As the window leaves it: commands go there too, with the password of the keyring; what is about the file refuses."""
    assert run("database", "create", "--database", master(house), "--administrator", house.login("chef")).code == 0
    place = find_place(house.address("chef"))
    assert isinstance(place, ServerPlace)
    team_place.remember(tmp_path, place)
    assert run("list", "employee", "--data", tmp_path).code == 1, "nobody knows the password"
    monkeypatch.setattr(secret, "get", {place.secret(): place.password}.get)
    assert run("list", "employee", "--data", tmp_path, "--json").json()[0]["login"] == house.login("chef")
    made = run("database", "backup", "--data", tmp_path)
    assert made.code == 0 and Path(made.out.splitlines()[-1]).parent == tmp_path / "backups"
    assert len(run("database", "restore", "--data", tmp_path, "--json").json()) == 1
    team_place.forget(tmp_path)
    assert [row["login"] for row in run("list", "employee", "--data", tmp_path, "--json").json()] != [house.login("chef")]
    (tmp_path / team_place.FILE_NAME).write_text("nonsense")
    told = run("list", "employee", "--data", tmp_path, "--lang", "en")
    assert told.code == 1 and team_place.FILE_NAME in told.err
