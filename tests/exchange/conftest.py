"""The small office and the small real files, for all tests of exchange."""

from pathlib import Path

import pytest

from crm_desktop.core.clock import FixedClock
from crm_desktop.database.engine import Database
from tests.office import Office, open_office


@pytest.fixture
def office(database: Database, clock: FixedClock) -> Office:
    return open_office(database, clock)


@pytest.fixture(scope="session")
def sheets() -> Path:
    """tests/data/sheets: a few real files that are always there."""
    return Path(__file__).resolve().parents[1] / "data" / "sheets"


@pytest.fixture(scope="session")
def messy(shared_data: Path) -> list[Path]:
    """Every workbook of the messy sheets."""
    files = sorted(path for path in (shared_data / "messy_sheets" / "calamine").iterdir() if path.is_file())
    assert len(files) > 100
    return files
