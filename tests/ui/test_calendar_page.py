"""The calendar shows what repeats each time it comes, and leaves it where it is when it is dragged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from crm_desktop.business.office.event import Event
from crm_desktop.core import clock
from crm_desktop.ui.calendar_page import CalendarPage
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner
from tests.office import Office, open_office


@pytest.fixture
def office(database: Any, clock: Any) -> Office:
    return open_office(database, clock)


@pytest.fixture
def desk(office: Office, english: None, taken_down: Any) -> Iterator[Desk]:
    made = Desk(office.records, office.li, Runner(inline=True))
    yield made
    made.close()


def test_each_time_is_an_entry_of_its_own(office: Office, desk: Desk) -> None:
    made = office.save(Event(title="周会", starts_at=clock.to_utc(datetime(2026, 1, 5, 9)), repeats="FREQ=WEEKLY;BYDAY=MO,WE"))
    office.save(Event(title="一次", starts_at=clock.to_utc(datetime(2026, 3, 17, 9))))
    page = CalendarPage(desk)
    entries = page._entries_of(datetime(2026, 3, 16), datetime(2026, 3, 23))
    shown = sorted((entry.starts, entry.title, entry.editable) for entry in entries)
    assert shown == [
        (datetime(2026, 3, 16, 9), "周会", False), (datetime(2026, 3, 17, 9), "一次", True), (datetime(2026, 3, 18, 9), "周会", False),
    ]  # fmt: skip
    ids = {entry.id for entry in entries}
    assert len(ids) == 3
    assert {one[:2] for one in ids if len(one) == 3} == {("event", made.id)}
    assert all("all of its times" in entry.why_not for entry in entries if entry.title == "周会")
