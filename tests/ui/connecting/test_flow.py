"""The whole way into a team's database and back: made or moved between two windows, remembered, opened at the next start."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

import crm_desktop.__main__ as program
from crm_desktop.business import RECORD_TYPES, Customer
from crm_desktop.business.staff import accounts
from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.system import connecting
from crm_desktop.core.records import Records
from crm_desktop.database import invitation, team_place
from crm_desktop.database.engine import open_database
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.database.probing import Probe
from crm_desktop.ui import kept, start
from crm_desktop.ui.between import Between, BetweenDialog
from crm_desktop.ui.connecting import flow, ways
from crm_desktop.ui.connecting.dialog import ConnectDialog
from crm_desktop.ui.connecting.filling import MOVE, NEW, FillDialog, Filling
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.first_start import FirstStart
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.system.state import StatePage
from crm_desktop.ui.widgets import question
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.labels import Label
from tests.guard.company import PASSWORD, Company, fresh_name, open_company
from tests.office import Office


@pytest.fixture
def house(server: str) -> Iterator[Company]:
    """A server with nothing on it yet."""
    suffix, name = fresh_name()
    company = Company(server, name, suffix, {"boss": 0})
    yield company
    company.close()


@pytest.fixture(scope="module")
def team(server: str) -> Iterator[Company]:
    company = open_company(server)
    yield company
    company.close()


def there(company: Company, who: str = "") -> ServerPlace:
    found = find_place(company.address(who) if who else f"{company.server}/{company.name}")
    assert isinstance(found, ServerPlace)
    return found


@pytest.fixture
def desk(office: Office, english: None, taken_down: QApplication, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(office.records, office.admin, Runner(inline=True))
    made.home = tmp_path
    yield made
    made.close()


def button(page: QWidget, text: str) -> Button:
    return next(one for one in page.findChildren(Button) if one.text() == text)


def done(between: Between, desk: Desk | None = None) -> BetweenDialog:
    return BetweenDialog(between, desk.records.database if desk else None, Runner(inline=True))


def worked_in(folder: Path) -> ServerPlace:
    found = find_place(team_place.remembered(folder))
    assert isinstance(found, ServerPlace)
    return found


def test_a_new_company_on_the_server(house: Company, english: None, taken_down: QApplication, tmp_path: Path, ring: dict[str, str]) -> None:
    filling = Filling(there(house), NEW, house.login("boss"), PASSWORD, "明达")
    between = flow.to_connect(tmp_path, there(house), True, filling)
    shown = done(between)
    assert not shown.failed and "team's database" in shown.title.text()
    assert between.again_with == PASSWORD and PASSWORD not in repr(between)
    assert worked_in(tmp_path).user == house.login("boss")
    assert list(ring.values()) == [PASSWORD], "that of the administrator, not of the server's master"
    database = open_database(flow.with_password(worked_in(tmp_path)))
    assert accounts.signed_in(Records(database, RECORD_TYPES)).login == house.login("boss")
    database.close()
    again = done(between)
    assert again.failed and "there already" in again.text.text(), "what is there is not made a second time"


def test_the_data_of_this_computer_goes_along(house: Company, office: Office, desk: Desk, tmp_path: Path) -> None:
    office.save(Customer(name="苏州明达"))
    person = office.records.get(Employee, office.ids["admin"], office.admin)
    person.login = house.login("boss")
    office.save(person, "admin")
    betweens: list[Between] = []
    desk.ways.between = betweens.append
    probe = Probe(there(house))
    list(probe.steps())
    asked = FillDialog(there(house), probe, office.records)
    asked.show()
    assert asked.content.value() == MOVE and asked.person.value() == house.login("boss")
    asked.word.setText(PASSWORD)
    asked.again.setText(PASSWORD)
    asked.ok.click()
    assert asked.filling is not None
    shown = done(flow.to_connect(tmp_path, there(house), False, asked.filling), desk)
    assert not shown.failed, shown.text.text()
    database = open_database(replace(worked_in(tmp_path), password=PASSWORD))
    assert database.read("SELECT name FROM customer") == [("苏州明达",)]
    database.close()
    local = open_database(tmp_path)
    assert local.read("SELECT name FROM customer") == [("苏州明达",)], "it stays on this computer as well"
    local.close()


def test_nobody_with_a_fitting_user_name_is_told_before_anything_happens(team: Company, office: Office, desk: Desk) -> None:
    person = office.records.get(Employee, office.ids["admin"], office.admin)
    person.login = "Admin Ä"
    office.save(person, "admin")
    office.records.renew()
    probe = Probe(there(team))
    list(probe.steps())
    asked = FillDialog(there(team), probe, office.records)
    asked.show()
    assert not asked.ok.isEnabled() and "small letters" in asked.note.text()


def test_from_the_page_of_the_database(
    team: Company, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nameless: Callable[[QWidget], list[str]]
) -> None:
    betweens: list[Between] = []
    desk.ways.between = betweens.append
    page = StatePage(desk)
    page.show()
    assert nameless(page) == []
    button(page, "Work in a team's database…").click()
    (dialog,) = page.findChildren(ConnectDialog)
    place = replace(there(team, "li"), options={"ssl": "off"})
    dialog._fill(place)
    dialog.remember.setChecked(True)
    dialog.ok.click()
    (between,) = betweens
    assert not done(between, desk).failed
    assert worked_in(tmp_path).address() == place.address()
    desk.home = None  # started with --data FILE or --database
    page.load()
    assert not [one for one in page.area.widget().findChildren(Button) if "team" in one.text()]


def test_in_the_team_one_invites_tests_and_goes_back(
    team: Company, english: None, taken_down: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = team.door("li")
    desk = Desk(door, team.actor("li"), Runner(inline=True))
    desk.home = tmp_path
    connecting.settle(tmp_path, there(team, "li"), False)
    betweens, told = list[Between](), list[str]()
    desk.ways.between, desk.ways.tell = betweens.append, lambda text, **_more: told.append(text)
    page = StatePage(desk)
    page.show()
    assert "0 B" not in [label.text() for label in page.area.widget().findChildren(Label)], "views have no size"
    monkeypatch.setattr(ways, "ask_save", lambda *_all: str(tmp_path / "x.crm-invitation"))
    button(page, "Invite a colleague…").click()
    assert "no password" in told[0] and "correct horse" not in (tmp_path / "x.crm-invitation").read_text()
    assert invitation.read(tmp_path / "x.crm-invitation").name == team.name
    button(page, "Test connection…").click()
    (dialog,) = page.findChildren(ConnectDialog)
    assert {one.step: one.note for one in dialog.steps.found}["person"] == "李娜"
    monkeypatch.setattr(question, "agreed", lambda *_all: True)
    button(page, "Back to the file of this computer…").click()
    assert not done(betweens[0]).failed and team_place.remembered(tmp_path) == ""
    desk.close()


def test_the_first_start_offers_it(english: None, taken_down: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = Between("a", "b", lambda _step: None)
    monkeypatch.setattr(flow, "ask_first", lambda folder, parent: wanted)
    dialog = FirstStart("en", home=tmp_path)
    dialog.show()
    button(dialog, "Work in a team's database…").click()
    assert dialog.between is wanted and not dialog.isVisible()
    assert not [one for one in FirstStart("en").findChildren(Button) if one.isVisibleTo(one.window()) and "team" in one.text()]


# The next start


def test_the_keyring_opens_it(team: Company, tmp_path: Path, ring: dict[str, str], qapp: QApplication) -> None:
    where = there(team, "li")
    connecting.settle(tmp_path, where, True)
    reached, database = start._team(worked_in(tmp_path), tmp_path, "", None)
    assert database is not None and reached == where and database.account == team.login("li")
    database.close()


def test_without_a_password_it_is_asked_for(
    team: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication, english: None
) -> None:
    where = there(team, "li")
    connecting.settle(tmp_path, where, False)
    asked: list[str] = []

    def ask(home: Path, place: ServerPlace, why: str) -> ServerPlace | None:
        asked.append(why)
        return [replace(place, password="wrong"), where, None][len(asked) - 1]

    monkeypatch.setattr(flow, "ask_again", ask)
    monkeypatch.setattr(start, "_dress", lambda theme: None)
    _reached, database = start._team(worked_in(tmp_path), tmp_path, "", None)
    assert database is not None and asked[0] == "" and "password" in asked[1], "what was wrong is told in the dialog"
    database.close()
    assert start._team(replace(where, password="wrong"), tmp_path, "", None) == (None, None)


def test_an_account_of_nobody_is_told_in_the_dialog_and_an_empty_password_is_one(
    team: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication, english: None
) -> None:
    """The master of the server has no password, and belongs to nobody who works there."""
    asked: list[str] = []

    def ask(home: Path, place: ServerPlace, why: str) -> ServerPlace | None:
        asked.append(why)
        return there(team) if len(asked) == 1 else None

    monkeypatch.setattr(flow, "ask_again", ask)
    monkeypatch.setattr(start, "_dress", lambda theme: None)
    assert start._team(replace(there(team), password=""), tmp_path, "", None) == (None, None)
    assert asked[0] == "" and "belongs to nobody" in asked[1]


def test_who_goes_back_gets_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    monkeypatch.setattr(flow, "ask_again", lambda home, place, why: home)
    monkeypatch.setattr(start, "_dress", lambda theme: None)
    assert start._team(ServerPlace("a", "", "db", 3306, "crm"), tmp_path, "", None) == (tmp_path / "crm.db", None)


def test_a_password_goes_to_the_next_start_through_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[list[str], io.StringIO | None]] = []

    class Child:
        def __init__(self, words: list[str], stdin: int | None = None, encoding: str | None = None):
            self.stdin = Written() if stdin else None
            started.append((words, self.stdin))

    class Written(io.StringIO):
        def close(self) -> None:
            """What was written can still be looked at."""

    monkeypatch.setattr(subprocess, "Popen", Child)
    monkeypatch.setattr(kept.sys, "orig_argv", ["python", "-m", "crm_desktop", "--lang", "en", program.PASSWORD])
    kept.start_program_again("s3cret")
    kept.start_program_again()
    (words, pipe), (plain, no_pipe) = started
    assert words[-1] == program.PASSWORD and words.count(program.PASSWORD) == 1 and "s3cret" not in " ".join(words)
    assert pipe is not None and pipe.getvalue() == "s3cret\n"
    assert program.PASSWORD not in plain and no_pipe is None


def test_the_program_reads_it_there_and_finds_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[dict[str, Any]] = []
    monkeypatch.setattr(start, "open_window", lambda place, **more: opened.append({"place": place, **more}) or 0)
    monkeypatch.setattr(program, "_has_screen", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("s3cret\n"))
    assert program.main(["--data", str(tmp_path), program.PASSWORD]) == 0
    assert program.main(["--data", str(tmp_path)]) == 0
    team_place.remember(tmp_path, ServerPlace("anna", "", "db", 3306, "crm"))
    assert program.main(["--data", str(tmp_path)]) == 0
    assert program.main(["--demo", "--data", str(tmp_path)]) == 0
    found = [(one["place"], one["home"], one["password"]) for one in opened]
    address = "mysql://anna@db:3306/crm"
    assert found == [(tmp_path, tmp_path, "s3cret"), (tmp_path, tmp_path, ""), (address, tmp_path, ""), (tmp_path, None, "")]
