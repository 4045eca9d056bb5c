"""Signing in at the window: the password, what a wrong one says, remembering, changing, locking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.business.staff import password
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.signing.dialog import SignIn, remembered, secret_name
from crm_desktop.ui.signing.idle import IdleWatch
from crm_desktop.ui.signing.own_password import SetPassword
from tests.office import Office, open_office

GOOD = "Gute-Reise-2026"


@pytest.fixture
def office(database: Any, clock: Any) -> Office:
    made = open_office(database, clock)
    password.change(made.records, made.li, made.ids["li"], GOOD)
    return made


@pytest.fixture
def dialog(office: Office, english: None, taken_down: Any, ring: dict[str, str]) -> Iterator[SignIn]:
    people = [(office.ids[who], who) for who in ("li", "zhao")]
    made = SignIn(office.records, Runner(inline=True), people, office.ids["li"])
    made.show()
    yield made
    made.deleteLater()


def test_the_right_password_opens(office: Office, dialog: SignIn, nameless: Callable[[QWidget], list[str]]) -> None:
    assert nameless(dialog) == []
    dialog.word.setText("falsch")
    dialog.go_in()
    assert dialog.isVisible() and "Tries left" in dialog.word.accessibleDescription()
    dialog.word.setText(GOOD)
    dialog.go_in()
    assert not dialog.isVisible() and dialog.employee == office.ids["li"]


def test_who_has_no_password_just_comes_in(office: Office, dialog: SignIn) -> None:
    dialog.person.set_value(office.ids["zhao"])
    dialog.person.committed.emit()
    assert not dialog.word.isEnabled()
    dialog.go_in()
    assert dialog.employee == office.ids["zhao"]


def test_it_is_remembered_in_the_keyring_until_it_is_changed(office: Office, dialog: SignIn, ring: dict[str, str]) -> None:
    li = office.ids["li"]
    assert not remembered(office.records, li)
    dialog.remember.setChecked(True)
    dialog.word.setText(GOOD)
    dialog.go_in()
    assert ring == {secret_name(office.records, li): GOOD}
    assert remembered(office.records, li)
    password.change(office.records, office.admin, li, "Neue-Reise-2027")
    assert not remembered(office.records, li)
    assert ring == {}


@pytest.fixture
def desk(office: Office, english: None, taken_down: Any) -> Iterator[Desk]:
    made = Desk(office.records, office.li, Runner(inline=True))
    yield made
    made.close()


def test_one_changes_ones_own(office: Office, desk: Desk) -> None:
    parent = QWidget()
    box = SetPassword(desk, office.ids["li"], parent)
    box.show()
    box.new.setText("Neue-Reise-2027")
    box.again.setText("Neue-Reise-2028")
    box._save()
    assert "differ" in box.again.accessibleDescription()
    box.again.setText("Neue-Reise-2027")
    box.old.setText("falsch")
    box._save()
    assert box.isVisible() and box.old.accessibleDescription()
    box.old.setText(GOOD)
    box._save()
    password.check(office.records, office.ids["li"], "Neue-Reise-2027")


def test_nobody_touches_anything(qtbot: Any, dressed: QApplication) -> None:
    gone: list[int] = []
    owner = QObject()
    watch = IdleWatch(dressed, lambda: gone.append(1), owner)
    watch.watch(5)
    assert watch._timer.isActive()
    assert watch._timer.interval() == 300_000
    watch._timer.setInterval(30)
    qtbot.waitUntil(lambda: bool(gone))
    watch._timer.start(10_000)
    watch.eventFilter(owner, QEvent(QEvent.Type.KeyPress))
    assert watch._timer.remainingTime() > 9_000
    watch.watch(0)
    assert not watch._timer.isActive()
