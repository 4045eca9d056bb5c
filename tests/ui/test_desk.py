"""What a page gets from its desk: answers while the window is there, and the reason why something may not be done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from crm_desktop.business import RECORD_TYPES, Customer
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Refused
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner


@pytest.fixture
def desk(tmp_path: Path, english: None) -> Iterator[Desk]:
    database = open_database(tmp_path)
    made = Desk(Records(database, RECORD_TYPES), Actor(1, "Li"), Runner(inline=True))
    yield made
    made.close()
    database.close()


def _refuse() -> None:
    raise Refused("No.")


def test_answers_for_a_window_that_has_gone_are_dropped(desk: Desk) -> None:
    """A page of the old window is deleted when the language changes; what it asked may still be under way."""
    got: list[Any] = []
    desk.ways.tell = lambda text, undo=None: got.append(text)
    desk.read(lambda: 1, got.append)
    desk.write(lambda: 2, lambda answer: got.append(answer))
    desk.read(_refuse, got.append)
    assert got == [1, 2, "No."]
    desk.close()
    desk.read(lambda: 3, lambda answer: got.append(answer))
    desk.write(lambda: 4, done="Saved")
    desk.read(_refuse, lambda answer: got.append(answer))
    desk.undo()
    assert got == [1, 2, "No."]


class Page(QObject):
    """Something that asks, in a method and in an inner function, and may be deleted before the answer comes."""

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk = desk
        self.got: list[Any] = []

    def take(self, answer: Any) -> None:
        self.got.append(answer)

    def ask(self) -> None:
        self.desk.read(lambda: 1, self.take)
        self.desk.read(lambda: 2, lambda answer: self.take(answer))
        self.desk.write(lambda: 3, lambda answer: self.take(answer))


def test_answers_for_a_page_that_was_deleted_are_dropped(desk: Desk) -> None:
    page = Page(desk)
    page.ask()
    assert page.got == [1, 2, 3]
    delete(page)
    page.ask()
    assert page.got == [1, 2, 3]


def test_the_desk_says_why_not(desk: Desk) -> None:
    assert "delete" in desk.why_not(Customer, "delete")
    desk.actor = Actor.program()
    assert desk.why_not(Customer, "delete") == ""
