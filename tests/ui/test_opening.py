"""A start on a file that another program keeps to itself: it is told, and tried again as often as the person likes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop.core.errors import Trouble
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.sentences import IN_USE, READ_ONLY
from crm_desktop.ui import start
from crm_desktop.ui.widgets import question


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, english: None, taken_down: QApplication) -> list[str]:
    """What the person was asked; he tries twice and gives up then. The other program ends after the second question."""
    told: list[str] = []

    def opens(place: Path) -> Database:
        if len(told) < 2:
            raise Trouble(IN_USE, file=str(place))
        return open_database(place)

    def agreed(_parent: object, _title: str, text: str, act: str) -> bool:
        told.append(f"{text} [{act}]")
        return len(told) < 3

    monkeypatch.setattr(start, "open_database", opens)
    monkeypatch.setattr(start, "_dress", lambda theme: None)
    monkeypatch.setattr(question, "agreed", agreed)
    monkeypatch.setattr(QApplication, "platformName", lambda: "xcb")
    return told


def test_it_is_opened_once_the_other_program_has_ended(tmp_path: Path, asked: list[str]) -> None:
    database = start._with_key(tmp_path / "crm.db", None, ask=True)
    assert database is not None and len(asked) == 2
    assert "is in use by another program" in asked[0] and asked[0].endswith("[Try again]")
    database.close()


def test_who_gives_up_is_let_go(tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question, "agreed", lambda *_all: False)
    assert start._with_key(tmp_path / "crm.db", None, ask=True) is None


@pytest.mark.parametrize("text", [IN_USE, READ_ONLY])
def test_where_nobody_can_answer_or_nothing_helps_it_ends(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    def opens(place: Path) -> Database:
        raise Trouble(text, file=str(place))

    monkeypatch.setattr(start, "open_database", opens)
    with pytest.raises(Trouble):
        start._with_key(tmp_path / "crm.db", None, ask=text == READ_ONLY)
    assert asked == []
