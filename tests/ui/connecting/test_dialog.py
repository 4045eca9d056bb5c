"""The dialog that leads to a team's database: fields, the test with its steps, stopping it, an invitation, an empty database."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from crm_desktop.core import secret
from crm_desktop.database import invitation, team_place
from crm_desktop.database.invitation import Invitation
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.database.probing import STEPS, Found, Probe
from crm_desktop.ui.connecting import dialog as module
from crm_desktop.ui.connecting.dialog import PLAIN, VERIFIED, ConnectDialog
from crm_desktop.ui.connecting.filling import EACH, NEW, ONE, FillDialog
from crm_desktop.ui.connecting.steps import StepList
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.widgets.field import error_of
from tests.database.greeters import greeting, listening

Made = Callable[..., ConnectDialog]


@pytest.fixture
def made(english: None, taken_down: QApplication, tmp_path: Path) -> Made:
    """A dialog that works at once."""

    def make(place: str = "", **more: object) -> ConnectDialog:
        found = find_place(place) if place else None
        dialog = ConnectDialog(tmp_path, Runner(inline=True), found, **more)  # type: ignore[arg-type]
        dialog.show()
        return dialog

    return make


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def told(dialog: ConnectDialog) -> list[tuple[str, str]]:
    return [(one.step, one.state) for one in dialog.steps.found]


def test_what_is_missing_is_told_at_its_field(made: Made, nameless: Callable[[QWidget], list[str]]) -> None:
    dialog = made()
    assert nameless(dialog) == []
    assert (dialog.port.value(), dialog.name.value(), dialog.line.value()) == ("3306", "crm", VERIFIED)
    dialog.ok.click()
    assert "name of the server" in error_of(dialog.servers) and not told(dialog)
    dialog.servers.set_value("db1")
    dialog.port.set_value("x")
    dialog.test.click()
    assert not error_of(dialog.servers) and "65535" in error_of(dialog.port)
    dialog.port.set_value("3306")
    dialog.ok.click()
    assert "user name" in error_of(dialog.user) and dialog.isVisible()


def test_a_test_says_where_the_way_ends(made: Made, closed_port: int) -> None:
    dialog = made(f"mysql://anna:word@127.0.0.1:{closed_port}/crm?ssl=off")
    dialog.test.click()
    assert told(dialog) == [("name", "good"), ("port", "bad")]
    assert dialog.steps._waiting.text() == module.BAD
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "does not answer" in copied and "word" not in copied
    dialog.ok.click()
    assert dialog.isVisible() and dialog.place is None, "what does not work is not connected to"


def test_it_can_be_stopped_and_begun_again(english: None, taken_down: QApplication, tmp_path: Path) -> None:
    """While it waits for a server that says nothing; what comes late is not shown."""
    runner = Runner()
    with listening(b"") as port:
        dialog = ConnectDialog(tmp_path, runner, ServerPlace("anna", "", "127.0.0.1", port, "crm", {"ssl": "off"}))
        dialog.show()
        dialog.test.click()
        assert dialog.test.text() == "Stop" and not dialog.ok.isEnabled()
        dialog.test.click()
        assert dialog.test.text() == "Test connection" and dialog.ok.isEnabled()
        assert "stopped" in dialog.steps._waiting.text()
        dialog.test.click()
        assert dialog.test.text() == "Stop"
        dialog.reject()  # and closing it stops it too
        assert not dialog.isVisible() and dialog._stop is None
    runner.close()


def test_it_does_not_hold_up_the_window(english: None, taken_down: QApplication, tmp_path: Path, qtbot: object) -> None:
    runner = Runner()
    with listening(greeting()) as port:
        dialog = ConnectDialog(tmp_path, runner, ServerPlace("anna", "", "127.0.0.1", port, "crm", {"ssl": "off"}))
        dialog.show()
        dialog.test.click()
        assert told(dialog) == [], "it goes on beside the window"
        qtbot.waitUntil(lambda: len(told(dialog)) >= 3, timeout=60_000)  # type: ignore[attr-defined]
        assert [step for step, _state in told(dialog)][:3] == ["name", "port", "line"]
        dialog.reject()
    runner.close()


def test_the_line_is_checked_unless_the_server_is_this_computer(made: Made) -> None:
    dialog = made()
    dialog.servers.set_value("localhost")
    dialog.servers.editingFinished.emit()
    assert dialog.line.value() == PLAIN and not dialog.issuer.isEnabled()
    dialog.line.set_value(VERIFIED)
    dialog._line_chosen()
    dialog.servers.set_value("db1")
    dialog.servers.editingFinished.emit()
    assert dialog.line.value() == VERIFIED and dialog.issuer.isEnabled()


def test_an_invitation_fills_it_in(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x.crm-invitation"
    invitation.write(file, Invitation((("db1", 3307), ("db2", 3306)), "crm_2", True, "-----BEGIN", "明达"))
    dialog = made()
    dialog.user.set_value("anna")
    monkeypatch.setattr(module, "ask_open", lambda *_all: str(file))
    dialog.invited.click()
    assert (dialog.servers.value(), dialog.port.value(), dialog.name.value()) == ("db1, db2:3306", "3307", "crm_2")
    assert dialog.user.value() == "anna" and dialog.issuer.value() == str(tmp_path / team_place.ISSUER)
    assert "明达" in dialog.steps._waiting.text()
    file.write_text("nothing")
    dialog.invited.click()
    assert "no invitation" in dialog.steps._waiting.text()


def test_connecting_tests_and_goes_in(made: Made, server: str, tmp_path: Path) -> None:
    dialog = made(f"{server}/nowhere_{tmp_path.name.replace('-', '_')}?ssl=off")
    dialog.remember.setChecked(True)
    dialog.ok.click()
    assert dialog.result() == QDialog.DialogCode.Accepted and dialog.remembers
    assert dialog.place is not None and dialog.probe is not None and dialog.probe.tables == "missing"


def test_a_wrong_password_is_told_and_another_one_is_tested_anew(made: Made, server: str) -> None:
    place = find_place(f"{server}/x?ssl=off")
    assert isinstance(place, ServerPlace)
    dialog = made(f"mysql://nobody:wrong@{place.host}:{place.port}/x?ssl=off")
    dialog.ok.click()
    assert told(dialog)[-1] == ("account", "bad") and dialog.isVisible()
    dialog.user.set_value(place.user)
    dialog.password.setText(place.password)
    dialog.ok.click()
    assert not dialog.isVisible()


def test_a_place_one_works_in_is_only_tested(made: Made, server: str) -> None:
    dialog = made(f"{server}/mysql?ssl=off", only_test=True)
    assert told(dialog)[0] == ("name", "good") and len(told(dialog)) > 5
    assert not dialog.ok.isVisible() and not dialog.invited.isVisible()


def test_the_newest_step_is_in_sight(english: None, taken_down: QApplication, qtbot: Any) -> None:
    steps = StepList()
    steps.resize(300, 120)
    steps.show()
    for step in STEPS:
        steps.add(Found(step, "good", note="as it should be"))
    steps.end("Over.")
    bar = steps.verticalScrollBar()
    qtbot.waitUntil(lambda: 0 < bar.maximum() == bar.value(), timeout=60_000)


def test_the_way_back_to_the_file(made: Made) -> None:
    assert not made().leave.isVisible()
    dialog = made("mysql://a:b@db/crm", why="It is gone.", may_leave=True)
    dialog.leave.click()
    assert dialog.left and dialog.result() == QDialog.DialogCode.Rejected


def test_without_a_keyring_nothing_is_remembered(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret, "available", lambda: False)
    dialog = made()
    assert not dialog.remember.isEnabled() and "keyring" in dialog.remember.toolTip()


# An empty database


@pytest.fixture
def empty(english: None, taken_down: QApplication) -> Callable[..., FillDialog]:
    def make(makes_accounts: bool = True, version: tuple[int, ...] = (10, 11)) -> FillDialog:
        place = ServerPlace("root", "word", "db", 3306, "crm")
        probe = Probe(place)
        probe.makes_accounts, probe.version = makes_accounts, version
        dialog = FillDialog(place, probe, None)
        dialog.show()
        return dialog

    return make


def test_a_new_company_needs_an_administrator(empty: Callable[..., FillDialog], nameless: Callable[[QWidget], list[str]]) -> None:
    dialog = empty()
    assert nameless(dialog) == [] and dialog.accounts.value() == EACH and not dialog.person.isVisible()
    dialog.ok.click()
    assert "small letters" in error_of(dialog.login)
    dialog.login.set_value("anna")
    dialog.ok.click()
    assert "password" in error_of(dialog.word)
    dialog.word.setText("one")
    dialog.again.setText("other")
    dialog.ok.click()
    assert "differ" in error_of(dialog.again) and dialog.filling is None
    dialog.again.setText("one")
    dialog.ok.click()
    filling = dialog.filling
    assert filling is not None and (filling.content, filling.administrator, filling.password) == (NEW, "anna", "one")
    assert "one" not in repr(filling) or "word" not in repr(filling.place), "a password is not shown by chance"


@pytest.mark.parametrize("more", [{"makes_accounts": False}, {"version": (10, 5)}])
def test_who_may_not_make_accounts_is_told_what_to_do(empty: Callable[..., FillDialog], more: dict[str, object]) -> None:
    dialog = empty(**more)
    assert [dialog.accounts.itemData(row) for row in range(dialog.accounts.count())] in ([ONE], [None])
    assert "database create" in dialog.note.text() and not dialog.word.isVisible()
    dialog.ok.click()
    assert dialog.filling is not None and dialog.filling.administrator == ""
