"""The tool that writes the next migration: nothing is missing now, and a new type gets its table, its search index and its keys."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.business import RECORD_TYPES
from crm_desktop.core.fields import Text
from crm_desktop.core.record import Compared, Record, Screen, indexed
from crm_desktop.database.engine import open_database
from crm_desktop.database.migrate import MIGRATIONS, migrations_in
from tools.migration import missing


class Parcel(Record):
    """Something on its way."""

    name = Text("Parcel", required=True, search="name")

    screen = Screen("Parcels", "Parcel", area="register")
    compared = Compared(company=("name",))

    class Meta:
        indexes = indexed()


def test_a_fresh_database_has_all_that_is_declared() -> None:
    assert missing("nothing") is None


def test_a_new_type_gets_its_table_and_its_search_index(tmp_path: Path) -> None:
    text = missing("parcels", (*RECORD_TYPES, Parcel))
    assert text is not None
    folder = tmp_path / "migrations"
    folder.mkdir()
    for path in MIGRATIONS.glob("0*.py"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / f"{len(migrations_in(MIGRATIONS)) + 1:04}_parcels.py").write_text(text, encoding="utf-8")
    database = open_database(tmp_path, folder)
    made = {row[0] for row in database.read("SELECT name FROM sqlite_master")}
    database.close()
    assert {"parcel", "find_parcel", "alike_parcel", "parcel_deleted_at_owner_sort_key"} <= made
