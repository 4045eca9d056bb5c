"""Copies at the window: made by a button, chosen in a dialog, restored between two windows, and offered where the database is damaged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from crm_desktop.business import Customer
from crm_desktop.business.system import safekeeping
from crm_desktop.core import secret
from crm_desktop.core.errors import Trouble
from crm_desktop.database import keys, recoding, recovery, sentences
from crm_desktop.database.copies import copies_beside
from crm_desktop.database.engine import open_database
from crm_desktop.ui import start
from crm_desktop.ui.between import Between, BetweenDialog
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.signing.phrase import AskPhrase
from crm_desktop.ui.system import restoring
from crm_desktop.ui.system.restoring import ChooseCopy
from crm_desktop.ui.system.state import StatePage
from crm_desktop.ui.widgets.buttons import Button
from tests.office import Office


@pytest.fixture
def file(office: Office, tmp_path: Path) -> Path:
    return tmp_path / "crm.db"


def button(page: QWidget, text: str) -> Button:
    return next(one for one in page.findChildren(Button) if one.text() == text)


def names(folder: Path) -> list[str]:
    database = open_database(folder)
    try:
        return [row[0] for row in database.read("SELECT name FROM customer ORDER BY id")]
    finally:
        database.close()


def test_from_the_page_of_the_database_and_back(
    office: Office, desk: Desk, file: Path, nameless: Callable[[QWidget], list[str]]
) -> None:
    office.save(Customer(name="First Ltd"))
    page, told, betweens = StatePage(desk), list[str](), list[Between]()
    desk.ways.tell = lambda text, **_more: told.append(text)
    desk.ways.between = betweens.append
    page.show()
    button(page, "Back up now").click()
    (copy,) = copies_beside(file)
    assert str(copy.path) in told[0]
    office.save(Customer(name="Second Ltd"))

    button(page.area.widget(), "Restore a copy…").click()
    (dialog,) = page.findChildren(ChooseCopy)
    assert nameless(dialog) == []
    assert dialog.ok.isEnabled() and dialog.model.text(0, 1) == "made by hand"
    dialog.ok.click()
    (between,) = betweens
    shown = BetweenDialog(between, office.records.database, desk.runner)
    assert not shown.failed and shown.title.text() == "The copy is restored."
    assert str(copies_beside(file)[0].path) in shown.text.text()
    assert names(file.parent) == ["First Ltd"]
    again = open_database(file.parent)
    assert again.read("SELECT actor, note FROM batch WHERE what = 'restored'") == [(desk.actor.employee, copy.path.name)]
    again.close()


def test_others_may_copy_but_not_restore(office: Office, desk: Desk) -> None:
    desk.actor = office.li
    page = StatePage(desk)
    page.show()
    assert button(page, "Back up now").isEnabled()
    assert not button(page, "Restore a copy…").isEnabled()
    assert "administrator" in button(page, "Restore a copy…").toolTip()


def test_without_a_copy_another_file_can_be_chosen(desk: Desk, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = ChooseCopy(lambda: copies_beside(file), desk.runner)
    dialog.show()
    assert not dialog.ok.isEnabled() and "no copies" in dialog.ok.toolTip()
    monkeypatch.setattr(restoring, "ask_open", lambda *_all: str(tmp_path / "gone.db"))
    dialog.other.click()
    assert dialog.isVisible() and "gone.db" in dialog.problem.text()
    shutil.copy(file, tmp_path / "other.db")
    monkeypatch.setattr(restoring, "ask_open", lambda *_all: str(tmp_path / "other.db"))
    dialog.other.click()
    assert dialog.result() == QDialog.DialogCode.Accepted and dialog.copy == tmp_path / "other.db"


def test_a_copy_under_another_key_asks_for_its_phrase(desk: Desk, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, answer in (("available", lambda: False), ("get", lambda name: None), ("put", lambda name, word: False)):
        monkeypatch.setattr(secret, name, answer)
    copy, key = Path(shutil.copy(file, tmp_path / "secret.db")), recovery.new_key()
    recoding.recode(copy, key)
    keys._typed.clear()
    monkeypatch.setattr(restoring, "ask_open", lambda *_all: str(copy))

    def type_it(asked: AskPhrase) -> int:
        asked.phrase.setText(recovery.phrase_of(key))
        asked._open()
        return asked.result()

    monkeypatch.setattr(AskPhrase, "exec", type_it)
    dialog = ChooseCopy(lambda: copies_beside(file), desk.runner)
    dialog.other.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    keys._typed.clear()


def test_when_it_cannot_be_done_the_database_stays(office: Office, desk: Desk, file: Path, tmp_path: Path) -> None:
    office.save(Customer(name="First Ltd"))
    bad = tmp_path / "bad.db"
    bad.write_text("nothing")
    shown = BetweenDialog(restoring.restoring(file, bad), office.records.database, desk.runner)
    assert shown.failed and shown.title.text() == "Nothing was changed" and "bad.db" in shown.text.text()
    assert names(file.parent) == ["First Ltd"]


def test_a_start_on_a_damaged_database_offers_its_copies(
    office: Office, desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    """And goes on with it; without a choice it ends."""
    safekeeping.back_up(office.records, office.admin)
    office.records.database.close()
    file.write_bytes(b"SQLite format 3\x00" + bytes(84) + b"noise" * 2000)
    chosen, again = list[Any](), list[int]()
    monkeypatch.setattr(QApplication, "platformName", staticmethod(lambda: "xcb"))
    monkeypatch.setattr("crm_desktop.ui.kept.start_program_again", lambda: again.append(1))
    monkeypatch.setattr(restoring, "do_between", lambda between: bool(between.work(lambda *_all: None)))
    monkeypatch.setattr(start, "_dress", lambda theme: None)

    def choose(dialog: ChooseCopy) -> int:
        chosen.append(dialog)
        if len(chosen) > 1:
            dialog.copy = copies_beside(file)[0].path
            return 1
        return 0

    monkeypatch.setattr(ChooseCopy, "exec", choose)
    trouble = Trouble(sentences.DAMAGED, file=str(file))
    assert start._refuse(trouble, None, file) == 1 and not again
    assert start._refuse(trouble, None, file) == 0 and again
    open_database(file).close()
