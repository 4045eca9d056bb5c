"""The small office, for all tests of business."""

import pytest

from crm_desktop.core.clock import FixedClock
from crm_desktop.database.engine import Database
from tests.office import Office, open_office


@pytest.fixture
def office(database: Database, clock: FixedClock) -> Office:
    return open_office(database, clock)
