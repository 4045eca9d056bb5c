"""The small office, and a second desktop on the same database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.core.clock import FixedClock
from crm_desktop.core.records import Records
from crm_desktop.database.engine import Database, open_database
from tests.office import Office, open_office


@pytest.fixture
def office(database: Database, clock: FixedClock) -> Office:
    return open_office(database, clock)


@pytest.fixture
def second(office: Office, clock: FixedClock) -> Iterator[Records]:
    """The records as another desktop has them: its own connections, its own memory of names."""
    place = office.records.database.backend.place
    if isinstance(place, Path):
        address = str(place)
    else:
        address = f"mysql://{place.user}:{place.password}@{place.host}:{place.port}/{place.name}"
    database = open_database(address)
    yield Records(database, office.records.types.values(), clock)
    database.close()
