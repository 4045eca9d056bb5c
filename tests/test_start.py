"""The start stays light: what the first list does not need is not imported before it is painted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

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
    "PySide6.QtSvg",
    "PySide6.QtUiTools",
    "argparse",
    "base64",
    "getpass",
    "gettext",
    "inspect",
    "locale",
    "logging",
    "random",
    "runpy",
    "shibokensupport.signature.loader",
    "shutil",
    "tempfile",
    "tokenize",
    "traceback",
    "xml.etree.ElementTree",
    "zipfile",
    "crm_desktop.business.staff.strictness",
    "crm_desktop.cli.arguments",
    "crm_desktop.cli.opening",
    "crm_desktop.core.alike",
    "crm_desktop.core.find",
    "crm_desktop.core.guard.strict",
    "crm_desktop.core.joining",
    "crm_desktop.core.merging",
    "crm_desktop.core.twins",
    "crm_desktop.core.undoing",
    "crm_desktop.core.unit",
    "crm_desktop.business.system.defaults",
    "crm_desktop.business.system.safekeeping",
    "crm_desktop.business.tables",
    "crm_desktop.core.many",
    "crm_desktop.core.outcome",
    "crm_desktop.core.presence",
    "crm_desktop.core.seals",
    "crm_desktop.core.secret",
    "crm_desktop.database.copies",
    "crm_desktop.database.lease",
    "crm_desktop.database.reading_copy",
    "crm_desktop.database.recoding",
    "crm_desktop.database.recovery",
    "crm_desktop.exchange",
    "crm_desktop.printing",
    "crm_desktop.reports",
    "crm_desktop.scheduling",
    "crm_desktop.ui.records.detail",
    "crm_desktop.ui.shell.hits",
    "crm_desktop.ui.shell.palette",
    "crm_desktop.ui.widgets.empty",
    "crm_desktop.ui.widgets.field",
    "crm_desktop.ui.widgets.menus",
    "crm_desktop.ui.workbench",
)


# Widgets that nobody sees before somebody does something.
UNSEEN = ("BulkBar", "BusyLine", "DetailPage", "Empty", "Menu", "NoticeBar", "Palette", "Snackbar", "_ShortcutItem")

# Of the standard library, with OpenSSL and other programs behind them; Qt's own start loads some in some versions of Python.
HEAVY = ("hashlib", "hmac", "platform", "secrets", "socket", "subprocess", "uuid")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a fresh process has made when its list of customers has just been painted for the first time."""
    folder: Path = tmp_path_factory.mktemp("demo")
    start.demo(folder)
    return start.made_at_first_list(folder)


@pytest.fixture(scope="module")
def loaded(made: dict[str, Any]) -> set[str]:
    """Its modules."""
    return set(made["modules"])


@pytest.fixture(scope="module")
def of_qt() -> set[str]:
    """The modules of a process that has loaded Qt and nothing else."""
    return set(start.child("import sys, PySide6.QtWidgets; print(*sys.modules)", "offscreen")[0].split())


@pytest.mark.parametrize("name", UNWANTED)
def test_it_is_not_loaded_before_the_first_list_is_painted(loaded: set[str], name: str) -> None:
    assert "crm_desktop.ui.records.list_page" in loaded
    assert name not in loaded


@pytest.mark.parametrize("name", HEAVY)
def test_it_is_loaded_by_qt_or_not_at_all(loaded: set[str], of_qt: set[str], name: str) -> None:
    assert name not in loaded - of_qt


@pytest.mark.parametrize("name", UNSEEN)
def test_no_widget_is_made_before_it_can_be_seen(made: dict[str, Any], name: str) -> None:
    assert "ListPage" in made["widgets"]
    assert name not in made["widgets"]


def test_the_first_list_makes_no_more_than_it_shows(made: dict[str, Any]) -> None:
    """Budgets a little above what there was: who needs more sees it here, and decides whether it can wait."""
    assert len([name for name in made["modules"] if name.startswith("crm_desktop")]) <= 151
    assert made["records"] <= 200
    assert made["pictures"] <= 36
    assert len(made["widgets"]) <= 110


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
