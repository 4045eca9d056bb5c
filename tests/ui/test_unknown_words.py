"""Words no list knows are added by who may, and the others are told whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from crm_desktop.business import Customer
from crm_desktop.exchange.importing.column_values import ADD
from crm_desktop.exchange.importing.unknown_words import Unknown
from crm_desktop.exchange.mapping import Column
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.importing.unknown_words import UnknownWords
from crm_desktop.ui.runner import Runner
from tests.office import Office, open_office


@pytest.fixture
def office(database: Any, clock: Any) -> Office:
    return open_office(database, clock)


@contextmanager
def asked(office: Office, who: str) -> Iterator[UnknownWords]:
    fields = office.records.fields(Customer)
    unknown = [Unknown(Column(place, name), fields[name], {"皮革": 1}) for place, name in enumerate(("industry", "source", "owner"))]
    desk = Desk(office.records, office.actor(who), Runner(inline=True))
    dialog = UnknownWords(desk, unknown)
    yield dialog
    dialog.deleteLater()
    desk.close()


def note(dialog: UnknownWords) -> str:
    return next(label.text() for label in dialog.findChildren(QLabel) if "These words are in no list." in label.text())


def test_who_may_not_add_words_is_told_once_whom_to_ask(office: Office, english: None, taken_down: Any) -> None:
    with asked(office, "li") as dialog:
        assert all(choice.findData(ADD) < 0 for choice in dialog.choices.values())
        assert note(dialog).count("You lack the right to add Picklists. 管理员 (administrator) can grant it") == 1


def test_who_may_add_them_is_offered_that_first(office: Office, english: None, taken_down: Any) -> None:
    with asked(office, "admin") as dialog:
        assert [choice.findData(ADD) for choice in dialog.choices.values()] == [0, 0, -1]
        assert "lack" not in note(dialog)
