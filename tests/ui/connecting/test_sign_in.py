"""The short dialog in front of a team's database that is known already, and the ways out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.business.system import connecting
from crm_desktop.database import team_place
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.ui.connecting import flow
from crm_desktop.ui.connecting.dialog import ConnectDialog
from crm_desktop.ui.connecting.sign_in import TeamSignIn
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.widgets.labels import Label
from tests.guard.company import PASSWORD, Company, open_company


@pytest.fixture(scope="module")
def team(server: str) -> Iterator[Company]:
    company = open_company(server)
    yield company
    company.close()


def there(company: Company, password: str = "") -> ServerPlace:
    found = find_place(company.address("li"))
    assert isinstance(found, ServerPlace)
    return replace(found, password=password)


def told(dialog: QWidget) -> list[str]:
    return [one.text() for one in dialog.findChildren(Label) if one.objectName() == "FieldError" and one.text()]


def test_a_wrong_password_is_told_below_it_and_the_right_one_lets_in(
    team: Company, english: None, taken_down: QApplication, nameless: Callable[[QWidget], list[str]]
) -> None:
    dialog = TeamSignIn(Runner(inline=True), there(team))
    dialog.show()
    assert nameless(dialog) == [] and dialog.user.text() == team.login("li")
    dialog.password.setText("wrong")
    dialog.ok.click()
    assert dialog.isVisible() and "does not accept" in told(dialog)[0] and dialog.ok.isEnabled()
    dialog.password.setText(PASSWORD)
    dialog.ok.click()
    assert not dialog.isVisible() and dialog.place == there(team, PASSWORD)


def test_nobody_is_told_to_name_himself(team: Company, english: None, taken_down: QApplication) -> None:
    dialog = TeamSignIn(Runner(inline=True), replace(there(team), user=""))
    dialog.show()
    dialog.ok.click()
    assert dialog.isVisible() and told(dialog) == ["Write the user name you have on the server."]


def test_what_the_program_met_by_itself_stands_there(team: Company, english: None, taken_down: QApplication) -> None:
    dialog = TeamSignIn(Runner(inline=True), there(team), "The server does not answer.")
    dialog.show()
    assert told(dialog) == ["The server does not answer."]
    dialog.way.click()
    assert dialog.elsewhere and not dialog.isVisible()


class Person:
    """Does at each dialog that opens what he is told to, in turn."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *acts: Callable[[QWidget], None]):
        self.acts, self.seen = list(acts), list[str]()
        for kind in (TeamSignIn, ConnectDialog):
            monkeypatch.setattr(kind, "exec", lambda dialog: self._meets(dialog))

    def _meets(self, dialog: TeamSignIn | ConnectDialog) -> int:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.seen.append(type(dialog).__name__)
        dialog.show()
        self.acts.pop(0)(dialog)
        return dialog.result()


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "Runner", lambda: Runner(inline=True))


def test_what_let_one_in_is_remembered(
    team: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ring: dict[str, str], taken_down: QApplication, inline: None
) -> None:
    def sign_in(dialog: TeamSignIn) -> None:
        dialog.password.setText(PASSWORD)
        dialog.remember.setChecked(True)
        dialog.ok.click()

    Person(monkeypatch, sign_in)
    assert flow.ask_again(tmp_path, there(team), "") == there(team, PASSWORD)
    assert list(ring.values()) == [PASSWORD] and team_place.remembered(tmp_path) == there(team).address()


def test_the_way_is_looked_at_and_one_comes_back(
    team: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken_down: QApplication, inline: None
) -> None:
    connecting.settle(tmp_path, there(team), False)
    way, cancel = (lambda one: one.way.click()), (lambda one: one.reject())
    person = Person(monkeypatch, way, cancel, cancel)
    assert flow.ask_again(tmp_path, there(team), "") is None
    assert person.seen == ["TeamSignIn", "ConnectDialog", "TeamSignIn"]
    assert team_place.remembered(tmp_path), "who cancels stays in the team"
    Person(monkeypatch, way, lambda one: one.leave.click())
    assert flow.ask_again(tmp_path, there(team), "") == tmp_path and team_place.remembered(tmp_path) == ""
