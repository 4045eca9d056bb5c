"""The office of the stories: 明达, its people, and a wall clock in Shanghai that the story turns on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from crm_desktop.core import clock as clocks
from crm_desktop.core.checks import examine
from crm_desktop.core.clock import FixedClock
from crm_desktop.database.engine import Database
from tests.office import Office, open_office


@pytest.fixture
def office(database: Database, clock: FixedClock) -> Iterator[Office]:
    """Whatever is told here, at the end of the day the database is whole."""
    office = open_office(database, clock)
    yield office
    assert [finding.sentence("en") for _check, found in examine(office.records) for finding in found] == []


@pytest.fixture
def it_is(clock: FixedClock) -> Callable[[str], None]:
    """`it_is("2026-03-17 09:00")`: the clock on the wall."""

    def turn(wall: str) -> None:
        clock.at = clocks.to_utc(datetime.fromisoformat(wall))

    return turn
