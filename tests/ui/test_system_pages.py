"""The pages of those who look after the program: who is online, the operation log, the state of the database."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from crm_desktop.business import Customer
from crm_desktop.business.system import server_copies
from crm_desktop.core import presence
from crm_desktop.core.state import state
from crm_desktop.scheduling.nightly import Wish, wish_of
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.system import team_copies
from crm_desktop.ui.system.log import LogPage
from crm_desktop.ui.system.nightly import NightlyCopies
from crm_desktop.ui.system.online import OnlinePage
from crm_desktop.ui.system.state import StatePage
from crm_desktop.ui.widgets import question
from crm_desktop.ui.widgets.labels import Label
from tests.office import Office, open_office


@pytest.fixture
def office(database: Any, clock: Any) -> Office:
    return open_office(database, clock)


@pytest.fixture
def desk(office: Office, english: None, taken_down: Any) -> Iterator[Desk]:
    made = Desk(office.records, office.admin, Runner(inline=True))
    yield made
    made.close()


def rows(page: Any) -> list[list[str]]:
    model = page.model
    return [[model.text(row, column) for column in range(model.columnCount())] for row in range(model.row_count())]


def test_an_administrator_ends_somebodys_work(
    office: Office, desk: Desk, monkeypatch: pytest.MonkeyPatch, nameless: Callable[[QWidget], list[str]]
) -> None:
    li = presence.arrive(office.records, office.li, "1.0", "PC-7")
    page = OnlinePage(desk)
    page.show()
    assert [row[:2] for row in rows(page)] == [["李娜", "PC-7"]]
    assert not page.end.isEnabled() and nameless(page) == []
    page.table.pick(0)
    assert page.end.isEnabled()
    monkeypatch.setattr(question, "agreed", lambda *_all: True)
    page.end.click()
    assert presence.beat(office.records, li) == office.ids["admin"]


def test_others_are_told_who_may(office: Office, desk: Desk) -> None:
    presence.arrive(office.records, office.li, "1.0", "PC-7")
    desk.actor = office.li
    page = OnlinePage(desk)
    page.show()
    page.table.pick(0)
    assert not page.end.isEnabled()
    assert "administrator" in page.end.toolTip()


def test_the_log_is_narrowed_and_opens_records(office: Office, desk: Desk, nameless: Callable[[QWidget], list[str]]) -> None:
    customer = office.save(Customer(name="苏州明达"))
    office.records.log(office.li, "export", "customer", 3, "a.xlsx")
    page = LogPage(desk)
    page.show()
    assert nameless(page) == []
    page.person.set_value(office.ids["li"])
    page.load()
    assert [(row[2], row[4], row[6]) for row in rows(page)] == [("Export", "", "a.xlsx"), ("New", "苏州明达", "")]
    opened: list[Any] = []
    desk.ways.open_record = lambda *which: opened.append(which)
    page.table.opened.emit(1)
    assert opened == [("customer", customer.id)]
    page.act.set_value("sign_in")
    page.load()
    assert rows(page) == []


def test_the_state_is_shown(office: Office, desk: Desk) -> None:
    office.save(Customer(name="苏州明达"))
    page = StatePage(desk)
    page.show()
    told = [label.text() for label in page.area.widget().findChildren(QWidget) if hasattr(label, "text")]
    assert str(state(office.records, office.admin).place) in told
    assert "Customers" in told and "1" in told


def texts(page: StatePage) -> list[str]:
    return [label.text() for label in page.area.widget().findChildren(Label)]


def on_a_server(office: Office, desk: Desk, last: server_copies.Last | None, wish: Wish) -> StatePage:
    """The page as it is on a server, whichever this office lies on."""
    page = StatePage(desk)
    there = replace(state(office.records, office.admin), free=None)
    page.show_state(there, copies=team_copies.TeamCopies(last, wish))
    return page


def test_the_last_copy_of_a_teams_database_is_told_truly(office: Office, desk: Desk, nameless: Callable[[QWidget], list[str]]) -> None:
    page = on_a_server(office, desk, None, Wish())
    late = [label.text() for label in page.area.widget().findChildren(Label) if label.objectName() == "Late"]
    assert "none yet" in late and "not on this computer" in texts(page) and nameless(page) == []
    now = datetime.now()
    newest = server_copies.Last(now, "王芳", "crm@db-nightly.db · PC-3")
    page = on_a_server(office, desk, newest, Wish(True, "22:00", "/copies", 7, platform.node()))
    assert f"{now:%Y-%m-%d %H:%M} · 王芳 · crm@db-nightly.db · PC-3" in texts(page)
    assert "at 22:00 into /copies, kept 7 days" in texts(page)
    old = server_copies.Last(now - timedelta(days=9), "", "x")
    assert [rank for _label, _text, rank in team_copies.lines(team_copies.TeamCopies(old, Wish()))] == ["Late", "", ""]
    for kept, words in (("plain", "can read it"), ("kept", "keyring"), ("asked", "asks for the recovery phrase")):
        assert words in team_copies.lines(team_copies.TeamCopies(None, Wish(), kept))[-1][1]


def test_who_may_not_copy_the_database_is_told_why(office: Office, desk: Desk) -> None:
    theirs = Desk(office.records, office.li, Runner(inline=True))
    page = on_a_server(office, theirs, None, Wish())
    assert not any(button.isEnabled() for button in page.copying.buttons)
    theirs.close()
    page = on_a_server(office, desk, None, Wish())
    assert page.copying.back_up.isEnabled() and page.copying.nightly.isEnabled() and page.copying.encrypt.isEnabled()
    assert not page.copying.restore.isEnabled() and "started with the address" in page.copying.restore.toolTip()


def test_a_copy_is_made_with_the_button(office: Office, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    made: list[Path] = []
    desk.home, desk.ways.tell = tmp_path, lambda text, *_more, **_named: told.append(text)
    page = on_a_server(office, desk, None, Wish())
    monkeypatch.setattr(page, "load", lambda: None)
    monkeypatch.setattr(server_copies, "back_up", lambda _records, _actor, folder: made.append(folder) or folder / "copy.db")
    page.copying.back_up.click()
    assert made == [tmp_path / "backups"] and told == [f"A copy was made, and every table proven: {tmp_path / 'backups' / 'copy.db'}"]


def test_copies_of_the_night_are_wished(office: Office, desk: Desk, tmp_path: Path, nameless: Callable[[QWidget], list[str]]) -> None:
    page = StatePage(desk)
    dialog = NightlyCopies(desk, Wish(), str(tmp_path / "none" / "below"), page)
    dialog.show()
    assert nameless(dialog) == [] and not dialog.on.isChecked()
    dialog.on.setChecked(True)
    dialog.ok.click()
    assert dialog.isVisible() and any("does not exist" in label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
    dialog.folder.setText(str(tmp_path))
    dialog.days.set_value(30)
    dialog.at.setText("23:30")
    dialog.ok.click()
    kept = wish_of(office.records, office.admin)
    assert not dialog.isVisible() and (kept.at, kept.days, kept.folder, kept.here) == ("23:30", 30, str(tmp_path), True)
