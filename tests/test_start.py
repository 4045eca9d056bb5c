"""The start stays light: what the first list does not need is not imported before it is painted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import start

UNWANTED = (
    "openpyxl",
    "reportlab",
    "apscheduler",
    "pymysql",
    "keyring",
    "sqlite3",
    "PySide6.QtNetwork",
    "PySide6.QtPrintSupport",
    "PySide6.QtUiTools",
    "getpass",
    "xml.etree.ElementTree",
    "crm_desktop.cli.opening",
    "crm_desktop.core.alike",
    "crm_desktop.core.find",
    "crm_desktop.core.joining",
    "crm_desktop.core.merging",
    "crm_desktop.core.twins",
    "crm_desktop.core.undoing",
    "crm_desktop.core.unit",
    "crm_desktop.business.system.defaults",
    "crm_desktop.exchange",
    "crm_desktop.printing",
    "crm_desktop.reports",
    "crm_desktop.scheduling",
    "crm_desktop.ui.records.detail",
    "crm_desktop.ui.workbench",
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules of a fresh process whose list of customers has just been painted for the first time."""
    folder: Path = tmp_path_factory.mktemp("demo")
    start.demo(folder)
    return start.loaded_at_first_list(folder)


@pytest.mark.parametrize("name", UNWANTED)
def test_it_is_not_loaded_before_the_first_list_is_painted(loaded: set[str], name: str) -> None:
    assert "crm_desktop.ui.records.list_page" in loaded
    assert name not in loaded


def test_no_source_is_read_again_for_switches_that_nothing_uses() -> None:
    """PySide's own import reads each module once more; the window puts Python's back."""
    look = "import builtins; plain = builtins.__import__; import crm_desktop.ui.start; print(builtins.__import__ is plain)"
    done = subprocess.run([sys.executable, "-c", look], cwd=start.ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "True", done.stderr


def test_an_unknown_view_is_told_with_those_there_are(tmp_path: Path) -> None:
    """`--view nowhere` is wrong usage, not a mistake in the program."""
    command = [sys.executable, "-m", "crm_desktop", "--demo", "--data", str(tmp_path), "--lang", "en", "--view", "nowhere"]
    command += ["--screenshot", str(tmp_path / "x.png")]
    done = subprocess.run(command, cwd=start.ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert "customers, contacts" in done.stderr
    assert "Traceback" not in done.stderr
