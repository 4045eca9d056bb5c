"""A window on the demo company, made once; each test gets a fresh copy of the data and a session of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.system import demo
from crm_desktop.core.clock import Clock
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.session import Session
from crm_desktop.ui.shell.ending import take_down


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo company."""
    folder = tmp_path_factory.mktemp("demo")
    database = open_database(folder)
    demo.plant_once(Records(database, RECORD_TYPES, Clock()), Clock())
    database.close()
    return folder


@pytest.fixture
def session(planted: Path, tmp_path: Path, dressed: QApplication) -> Iterator[Session]:
    """The demo's sales manager at his window, in English; reads and writes happen at once."""
    for name in planted.iterdir():
        if name.suffix == ".db":
            shutil.copy(name, tmp_path / name.name)
    database = open_database(tmp_path)
    records = Records(database, RECORD_TYPES, Clock())
    user = records.settings.get("local_user")
    made = Session(records, Runner(inline=True), user, tmp_path, "en", "light")
    made.show("customers", restore=False)
    dressed.processEvents()
    yield made
    made.window.close()
    made.runner.close()
    take_down(dressed)
    database.close()
