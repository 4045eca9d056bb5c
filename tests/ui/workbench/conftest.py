"""A workbench of the demo company on Wednesday 18 March 2026, 10:00; real widgets, no screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from shutil import copy

import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff.sign_in import actor_for, find
from crm_desktop.business.system import demo
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.workbench.page import WorkbenchPage
from tests.ui.board.conftest import Told

NOW = datetime(2026, 3, 18, 2, 0)


@pytest.fixture(scope="session")
def demo_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company, to copy."""
    folder = tmp_path_factory.mktemp("demo")
    copy(sqlite_template, folder / "crm.db")
    database = open_database(folder)
    clock = FixedClock(NOW)
    demo.plant(Records(database, RECORD_TYPES, clock), clock, lang="en")
    database.close()
    return folder / "crm.db"


@pytest.fixture
def records(demo_file: Path, tmp_path: Path) -> Iterator[Records]:
    copy(demo_file, tmp_path / "crm.db")
    database = open_database(tmp_path)
    yield Records(database, RECORD_TYPES, FixedClock(NOW))
    database.close()


@pytest.fixture
def desk(records: Records) -> Iterator[Desk]:
    """The desk of the sales manager."""
    desk = Desk(records, actor_for(records, find(records, "wangli").id, "en"), Runner(inline=True))
    yield desk
    desk.close()


@pytest.fixture
def told(desk: Desk) -> Told:
    return Told(desk)


@pytest.fixture
def page(qtbot, english: None, desk: Desk, told: Told) -> WorkbenchPage:
    """The workbench, shown and with the keyboard."""
    page = WorkbenchPage(desk)
    qtbot.addWidget(page)
    page.resize(1180, 780)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.setFocus()
    return page
