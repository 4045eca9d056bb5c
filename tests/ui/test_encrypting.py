"""Encrypting at the window: the phrase is shown and asked for, the file rewritten between two windows, the phrase taken at the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from crm_desktop.database import keys, recovery
from crm_desktop.database.engine import open_database
from crm_desktop.printing.phrase_page import draw_phrase
from crm_desktop.ui.between import BetweenDialog
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.signing.phrase import AskPhrase
from crm_desktop.ui.system.encrypting import NewKey, begin, recoding
from crm_desktop.ui.system.state import StatePage
from crm_desktop.ui.widgets import question
from crm_desktop.ui.widgets.buttons import Button
from tests.office import Office
from tests.printing.reading import text_of


@pytest.fixture(autouse=True)
def nothing_typed(ring: dict[str, str]) -> Iterator[None]:
    """The key of a file comes from the keyring, as far as that has it."""
    keys._typed.clear()
    yield
    keys._typed.clear()


def buttons(page: QWidget) -> dict[str, Button]:
    return {button.text(): button for button in page.findChildren(Button)}


def test_the_page_of_the_database_tells_and_offers_it(desk: Desk, office: Office, nameless: Callable[[QWidget], list[str]]) -> None:
    page = StatePage(desk)
    page.show()
    assert buttons(page)["Encrypt…"].isEnabled() and "Decrypt…" not in buttons(page)
    assert nameless(page) == []
    desk.actor = office.li
    page.load()
    assert not buttons(page.area.widget())["Encrypt…"].isEnabled()
    assert "administrator" in buttons(page.area.widget())["Encrypt…"].toolTip()


def test_it_goes_on_only_with_the_phrase_on_paper(desk: Desk, nameless: Callable[[QWidget], list[str]]) -> None:
    parent = QWidget()
    dialog = NewKey(desk, "encrypt", parent)
    dialog.show()
    assert nameless(dialog) == []
    dialog._go_on()
    assert dialog.isVisible()
    assert all("reads otherwise" in edit.accessibleDescription() for edit in dialog.typed.values())
    for group, edit in dialog.typed.items():
        edit.setText(dialog._groups[group - 1].lower())
    dialog._go_on()
    assert not dialog.isVisible() and dialog.result() == NewKey.DialogCode.Accepted
    assert recovery.key_of(" ".join(dialog._groups)) == dialog.key


def test_who_says_that_he_has_it_need_not_type(desk: Desk) -> None:
    parent = QWidget()
    dialog = NewKey(desk, "rekey", parent)
    dialog._copy()
    assert recovery.key_of(QGuiApplication.clipboard().text()) == dialog.key
    dialog.on_paper.setChecked(True)
    dialog._go_on()
    assert dialog.result() == NewKey.DialogCode.Accepted


def test_decrypting_is_asked_about(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QWidget()
    asked: list[Any] = []
    desk.ways.between = asked.append
    monkeypatch.setattr(question, "agreed", lambda *_all: False)
    begin(desk, "decrypt", parent)
    assert asked == []
    monkeypatch.setattr(question, "agreed", lambda *_all: True)
    begin(desk, "decrypt", parent)
    assert [between.done for between in asked] == ["The database is no longer encrypted."]


def test_between_two_windows_the_file_is_rewritten(office: Office, desk: Desk, tmp_path: Path) -> None:
    key, file = recovery.new_key(), tmp_path / "crm.db"
    dialog = BetweenDialog(recoding(desk, "encrypt", key), office.records.database, Runner(inline=True))
    assert dialog.title.text() == "The database is encrypted." and dialog.again.isEnabled() and not dialog.failed
    assert keys.read_head(file) == keys.head_of(key)
    open_database(file).close()  # by the keyring


def test_when_it_cannot_be_done_the_file_stays(
    office: Office, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_desktop.ui.between.ENDING", 0.0)
    other = open_database(tmp_path)
    dialog = BetweenDialog(recoding(desk, "encrypt", recovery.new_key()), office.records.database, Runner(inline=True))
    assert dialog.failed and dialog.again.isEnabled()
    assert "another window" in dialog.text.text()
    other.close()
    assert not keys.is_ours(keys.read_head(tmp_path / "crm.db"))


def test_the_start_asks_for_the_phrase(
    office: Office, desk: Desk, tmp_path: Path, ring: dict[str, str], nameless: Callable[[QWidget], list[str]]
) -> None:
    key, file = recovery.new_key(), tmp_path / "crm.db"
    BetweenDialog(recoding(desk, "encrypt", key), office.records.database, Runner(inline=True))
    ring.clear()
    keys._typed.clear()
    with pytest.raises(keys.KeyNeeded) as needed:
        open_database(file)
    dialog = AskPhrase(needed.value, Runner(inline=True))
    dialog.show()
    assert nameless(dialog) == []
    phrase = recovery.phrase_of(key)
    dialog.phrase.setText(phrase[:5] + ("A" if phrase[5] != "A" else "B") + phrase[6:])
    dialog._open()
    assert dialog.isVisible() and "group 2" in dialog.phrase.accessibleDescription()
    dialog.phrase.setText(recovery.phrase_of(recovery.new_key()))
    dialog._open()
    assert dialog.isVisible() and "another database" in dialog.phrase.accessibleDescription()
    dialog.phrase.setText(phrase)
    dialog._open()
    assert not dialog.isVisible()
    assert list(ring.values()) == [phrase]
    open_database(file).close()


def test_the_phrase_on_paper_is_complete() -> None:
    groups = recovery.groups_of(recovery.phrase_of(bytes(range(32))))
    document = draw_phrase(groups, "/data/crm.db", "明达", "2026-11-26", "en")
    assert document.pages == 1
    text = text_of(document).replace(" ", "")
    assert all(group in text for group in groups)
    assert "/data/crm.db" in text
