"""A copy of a team's database comes back at the window: chosen, an empty database chosen, restored between two windows, worked in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.system import connecting, server_copies
from crm_desktop.business.system.relocating import words_for
from crm_desktop.core import operation_log
from crm_desktop.core.guard.made import guard_for
from crm_desktop.core.views import View
from crm_desktop.database import team_place
from crm_desktop.database.engine import open_database
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.ui.between import Between, BetweenDialog
from crm_desktop.ui.connecting import flow
from crm_desktop.ui.connecting.dialog import ConnectDialog
from crm_desktop.ui.connecting.filling import COPY, FillDialog
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.system.restoring import ChooseCopy
from crm_desktop.ui.system.state import StatePage
from crm_desktop.ui.widgets.buttons import Button
from tests.guard.company import PASSWORD, Company, open_company


@pytest.fixture(scope="module")
def own(server: str) -> Iterator[Company]:
    opened = open_company(server)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def cleared(own: Company) -> Iterator[None]:
    yield
    with own.raw("root") as raw, raw.cursor() as cursor:
        for schema in (beside(own), *guard_for(beside(own), RECORD_TYPES).views):
            cursor.execute(f"DROP DATABASE IF EXISTS `{schema}`")
        for who in ("sight", "watch"):
            cursor.execute(f"DROP USER IF EXISTS '{beside(own)}_{who}'@'%'")


def beside(company: Company) -> str:
    return company.name + "_b"


@pytest.fixture
def desk(own: Company, english: None, taken_down: QApplication, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(own.door("admin"), own.actor("admin"), Runner(inline=True))
    made.home = tmp_path
    place = found(own, "admin")
    connecting.settle(tmp_path, place, False)
    yield made
    made.close()


def found(company: Company, who: str = "") -> ServerPlace:
    place = find_place(company.address(who) if who else company.server + "/" + company.name)
    assert isinstance(place, ServerPlace)
    return place


class Person:
    """Does in each dialog what a test says, instead of its `exec`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.acts: dict[type[QDialog], Callable[[Any], None]] = {}
        self.seen: list[QDialog] = []
        for kind in (ChooseCopy, ConnectDialog, FillDialog):
            monkeypatch.setattr(kind, "exec", lambda dialog: self._meets(dialog))

    def _meets(self, dialog: Any) -> int:
        self.seen.append(dialog)
        self.acts[type(dialog)](dialog)
        return int(dialog.result())


def button(page: QWidget, text: str) -> Button:
    return next(one for one in page.findChildren(Button) if one.text() == text)


def into(name: str) -> Callable[[ConnectDialog], None]:
    """Signs in as the master of the server and names a database."""

    def act(dialog: ConnectDialog) -> None:
        assert dialog.user.value() == "root"
        dialog.name.set_value(name)
        dialog.ok.click()

    return act


def test_from_the_page_of_a_teams_database(
    own: Company, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nameless: Callable[[QWidget], list[str]]
) -> None:
    own.save(Customer(name="要紧的"), "li")
    copy = server_copies.back_up(desk.records, desk.actor, tmp_path / "backups")
    own.save(Customer(name="之后的"), "li")
    betweens: list[Between] = []
    desk.ways.between = betweens.append
    page, person = StatePage(desk), Person(monkeypatch)
    page.show()
    person.acts = {
        ChooseCopy: lambda dialog: dialog.ok.click(),
        ConnectDialog: into(own.name),
        FillDialog: lambda dialog: dialog.ok.click(),
    }
    button(page, "Restore a copy…").click()
    chosen, asked = person.seen
    assert isinstance(chosen, ChooseCopy) and chosen.copy == copy and nameless(chosen) == []
    assert isinstance(asked, ConnectDialog) and nameless(asked) == [] and not betweens
    assert asked.steps.found[-1].step == "empty" and "holds data" in asked.steps.text(), (
        "where people work nothing is overwritten"
    )
    person.acts[ConnectDialog] = into(beside(own))
    button(page, "Restore a copy…").click()
    filled = person.seen[-1]
    assert isinstance(filled, FillDialog) and nameless(filled) == []
    assert (filled.login.value(), filled.word.text()) == (own.login("admin"), PASSWORD), "he stays who he is"
    shown = BetweenDialog(betweens[0], desk.records.database, Runner(inline=True))
    assert not shown.failed, shown.text.text()
    assert (
        "same rows on both sides" in shown.text.text() and "invitation" in shown.text.text() and beside(own) in shown.text.text()
    )
    now = find_place(team_place.remembered(tmp_path))
    assert isinstance(now, ServerPlace) and (now.name, now.user) == (beside(own), own.login("admin"))
    there = Company(own.server, beside(own), own.suffix, own.ids, strict=False)
    li = there.door("li")
    assert [li.count(Customer, there.actor("li"), View(text=word)) for word in ("要紧", "之后")] == [1, 0]
    (act,) = operation_log.acts(there.door("admin"), there.actor("admin"), operation_log.Asked(act="restored"))
    assert act.note == copy.name and own.door("li").count(Customer, own.actor("li"), View(text="之后")) == 1
    for records in there.doors.values():
        records.database.close()


def test_nobody_reads_names_of_tables(english: None) -> None:
    every = {words_for(table) for table in ("customer", "find_customer", "journal", "setting", "seal", "untold")}
    assert every == {"Customers", "Search index: Customers", "Operation log", "Settings and notes of the program"}


def test_stopped_it_goes_on_and_the_test_of_the_way_says_so(
    own: Company, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = server_copies.back_up(desk.records, desk.actor, tmp_path / "backups")
    place = replace(found(own), name=beside(own))
    steps: list[str] = []

    def told(table: str, _done: int, _total: int) -> None:
        steps.append(table)
        if len(steps) == 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        server_copies.restore(copy, place, own.login("admin"), PASSWORD, told)
    betweens: list[Between] = []
    desk.ways.between = betweens.append
    person = Person(monkeypatch)
    person.acts = {
        ChooseCopy: lambda dialog: dialog.ok.click(),
        ConnectDialog: into(beside(own)),
        FillDialog: lambda dialog: dialog.ok.click(),
    }
    page = StatePage(desk)
    page.show()
    button(page, "Restore a copy…").click()
    asked = person.seen[1]
    assert isinstance(asked, ConnectDialog) and "goes on where it was" in asked.steps.text()
    shown = BetweenDialog(betweens[0], desk.records.database, Runner(inline=True))
    assert not shown.failed, shown.text.text()


def test_an_account_without_rights_is_told(own: Company, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server_copies.back_up(desk.records, desk.actor, tmp_path / "backups")
    person = Person(monkeypatch)

    def as_oneself(dialog: ConnectDialog) -> None:
        dialog.user.set_value(own.login("admin"))
        dialog.password.setText(PASSWORD)
        dialog.ok.click()

    person.acts = {ChooseCopy: lambda dialog: dialog.ok.click(), ConnectDialog: as_oneself}
    page = StatePage(desk)
    page.show()
    button(page, "Restore a copy…").click()
    asked = person.seen[-1]
    assert isinstance(asked, ConnectDialog) and asked.result() == 0
    assert [one.step for one in asked.steps.found if one.state == "bad"] == ["database"] and own.login(
        "admin"
    ) in asked.steps.text()


def test_where_the_team_lost_its_server_a_copy_fills_the_new_one(
    own: Company, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first start on another computer: an empty database, and the file of a copy."""
    own.save(Customer(name="首要的"), "li")
    copy = server_copies.back_up(desk.records, desk.actor, tmp_path / "elsewhere")
    person = Person(monkeypatch)

    def connect(dialog: ConnectDialog) -> None:
        dialog._fill(replace(found(own), name=beside(own), options={"ssl": "off"}))
        dialog.ok.click()

    def fill(dialog: FillDialog) -> None:
        dialog.content.set_value(COPY)
        dialog._arrange()
        dialog.login.set_value(own.login("admin"))
        dialog.word.setText(PASSWORD)
        dialog.again.setText(PASSWORD)
        dialog.ok.click()

    person.acts = {ConnectDialog: connect, FillDialog: fill, ChooseCopy: lambda dialog: dialog._take(copy)}
    monkeypatch.setattr(flow, "Runner", lambda: Runner(inline=True))
    home = tmp_path / "new"
    home.mkdir()
    between = flow.ask_first(home, QWidget())
    assert between is not None
    shown = BetweenDialog(between, None, Runner(inline=True))
    assert not shown.failed, shown.text.text()
    now = find_place(team_place.remembered(home))
    assert isinstance(now, ServerPlace)
    database = open_database(replace(now, password=PASSWORD))
    assert ("首要的",) in database.read("SELECT name FROM customer")
    database.close()


def test_an_encrypted_copy_is_wished_at_the_window(own: Company, desk: Desk, tmp_path: Path, ring: dict[str, str]) -> None:
    from crm_desktop.database import keys
    from crm_desktop.ui.system.encrypting import NewKey

    page, told = StatePage(desk), list[str]()
    desk.ways.tell = lambda text, **_more: told.append(text)
    page.show()
    button(page, "Encrypt copies…").click()
    (dialog,) = page.findChildren(NewKey)
    dialog.on_paper.setChecked(True)
    dialog.go.click()
    assert "encrypted" in told[-1] and len(ring) == 1
    button(page.area.widget(), "Back up now").click()
    (made,) = (tmp_path / "backups").glob("*.db")
    assert keys.read_head(made) == keys.head_of(dialog.key) and not made.read_bytes().startswith(b"SQLite")
