"""Files that are not databases of ours, made on the spot."""

from __future__ import annotations

import os
import random
from pathlib import Path

from sqlcipher3 import dbapi2

from crm_desktop.database.engine import open_database


def encrypted(path: Path) -> None:
    raw = dbapi2.connect(str(path))
    raw.execute("PRAGMA key = 'secret'")
    raw.executescript("CREATE TABLE a (b); INSERT INTO a VALUES (1);")
    raw.close()


def a_text(path: Path) -> None:
    path.write_text("Customers\n" * 2000, encoding="utf-8")


def a_short_text(path: Path) -> None:
    path.write_text("x")


def long_empty(path: Path) -> None:
    path.touch()
    os.utime(path, (1_000_000_000, 1_000_000_000))


def of_another_program(path: Path) -> None:
    raw = dbapi2.connect(str(path))
    raw.execute("CREATE TABLE bookmarks (url)")
    raw.close()


def damaged(path: Path) -> None:
    """A database of ours whose pages are overwritten, but for the first hundred bytes."""
    open_database(path).close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(100)
        file.write(random.Random(1).randbytes(size - 100))


def cut_off(path: Path) -> None:
    """As a copy that was interrupted."""
    open_database(path).close()
    os.truncate(path, 5000)


def newer(path: Path) -> None:
    database = open_database(path)
    database.write(
        lambda tx: tx.run(
            "INSERT INTO schema_version VALUES (9999, 'from_the_future', '2030-01-01 00:00:00')"
        )
    )
    database.close()
