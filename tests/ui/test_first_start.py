"""The first questions, and one window for one database file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop.core import words
from crm_desktop.database.place import find_place
from crm_desktop.ui import tongue
from crm_desktop.ui.first_start import FirstStart
from crm_desktop.ui.one_window import OneWindow
from crm_desktop.ui.tongue import speak


@pytest.fixture
def asked(taken_down: QApplication) -> Iterator[FirstStart]:
    """The dialog as it first shows, in English."""
    speak("en")
    dialog = FirstStart("en")
    dialog.show()
    taken_down.processEvents()
    yield dialog
    dialog.close()
    speak("zh_CN")
    words.speak_through(None)


def _settle() -> None:
    for _round in range(5):
        QApplication.processEvents()


def test_what_is_missing_is_told_below_the_field_and_covers_nothing(asked: FirstStart) -> None:
    asked.person.set_value("")
    asked._start()
    _settle()
    box = asked.person.parentWidget()
    line = next(child for child in box.children() if getattr(child, "text", str)() == box.error())
    assert "your name" in box.error()
    assert line.geometry().top() >= asked.person.geometry().bottom()
    assert box.height() >= line.geometry().bottom()
    assert asked.isVisible()
    asked.person.set_value("Anna")
    asked._start()
    assert not asked.isVisible() and not asked.sample


def test_another_language_keeps_what_was_typed(asked: FirstStart) -> None:
    asked.company.set_value("Nordwind & <b>Söhne</b>")
    asked.lang.set_value("zh_TW")
    asked._speak()
    _settle()
    assert asked.company.value() == "Nordwind & <b>Söhne</b>"
    assert asked.windowTitle() == words.say("Welcome", "zh_TW") != "Welcome"


def test_on_a_server_nothing_is_said_to_stay_on_this_computer(asked: FirstStart) -> None:
    assert "on this computer" in asked._where()
    asked.shared = True
    assert "on this computer" not in asked._where()


@pytest.mark.parametrize(
    ("locale", "lang"),
    [("C", "zh_CN"), ("C.UTF-8", "zh_CN"), ("", "zh_CN"), ("zh_HK", "zh_TW"), ("zh_Hans_CN", "zh_CN"), ("en_GB", "en"), ("fr_FR", "en")],
)
def test_the_first_words_are_in_the_language_of_the_computer(locale: str, lang: str) -> None:
    assert words.nearest(locale) == lang
    assert tongue.language_of_pc() in words.LANGUAGES


def test_a_folder_and_the_file_in_it_are_one_place(tmp_path: Path) -> None:
    """`--data DIR` and `--data DIR/crm.db` mean the same data: the second is not let in beside the first."""
    (tmp_path / "crm.db").touch()
    places = [find_place(tmp_path), find_place(tmp_path / "crm.db"), find_place(tmp_path / ".." / tmp_path.name)]
    first, *others = [OneWindow(place) for place in places if isinstance(place, Path)]
    assert first.take()
    assert [other.take() for other in others] == [False, False]
    first.release()
    assert others[0].take()
    others[0].release()


def test_two_files_in_one_folder_are_two_places(tmp_path: Path) -> None:
    one, two = OneWindow(tmp_path / "north.db"), OneWindow(tmp_path / "south.db")
    assert one.take() and two.take()
    one.release()
    two.release()
