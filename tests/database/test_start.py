"""The start stays cheap: drivers that peewee would load are loaded only when a server is meant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

UNWANTED = ("pymysql", "cryptography", "psycopg", "psycopg2", "MySQLdb", "sqlite3")


def loaded_after(program: str, *arguments: str) -> list[str]:
    """Which of the unwanted modules are loaded in a fresh process that has run `program`."""
    ending = f"\nprint([name for name in {UNWANTED} if name in sys.modules])"
    command = [sys.executable, "-c", "import sys\n" + program + ending, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return [str(name) for name in eval(done.stdout)]


def test_a_file_is_opened_without_the_drivers_of_servers(tmp_path: Path) -> None:
    program = "from crm_desktop.database.engine import open_database\n"
    program += "open_database(sys.argv[1]).read('SELECT 1')"
    assert loaded_after(program, str(tmp_path)) == []


@pytest.mark.parametrize("module", ["crm_desktop.core.records", "crm_desktop.business"])
def test_other_rooms_load_peewee_without_drivers(module: str) -> None:
    assert loaded_after(f"import {module}") == []


def test_what_was_loaded_before_stays(tmp_path: Path) -> None:
    program = "import sqlite3, pymysql\nfrom crm_desktop.database.peewee_import import peewee\n"
    program += "assert sys.modules['sqlite3'] is sqlite3 and peewee.sqlite3 is not sqlite3\n"
    program += "import pysqlite3"
    command = [sys.executable, "-c", "import sys\n" + program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert "No module named 'pysqlite3'" in done.stderr


def test_peewee_tells_its_statements_to_who_brings_logging_in() -> None:
    program = """
from crm_desktop.database.peewee_import import peewee
assert "logging" not in sys.modules
database = peewee.SqliteDatabase(":memory:")
database.execute_sql("SELECT 1")
import logging
logging.basicConfig(level=logging.INFO, stream=sys.stdout)
database.execute_sql("SELECT 2")
logging.getLogger("peewee").setLevel(logging.DEBUG)
database.execute_sql("SELECT 3")
"""
    done = subprocess.run([sys.executable, "-c", "import sys\n" + program], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "DEBUG:peewee:('SELECT 3', None)", done.stderr
