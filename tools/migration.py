"""Writes the next migration: what the declared record types have and a fresh database has not yet, search and duplicates included.

    python tools/migration.py NAME

The file lands in crm_desktop/database/migrations and is frozen from then on; read it before you commit it. Whatever takes
something away or changes the kind of a column stands there as a comment, to be decided by a person.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from crm_desktop.business import RECORD_TYPES  # noqa: E402
from crm_desktop.core import alike  # noqa: E402
from crm_desktop.core.find import index_sql, table  # noqa: E402
from crm_desktop.core.record import Record  # noqa: E402
from crm_desktop.database.engine import open_database  # noqa: E402
from crm_desktop.database.freeze import migration_text, models_of  # noqa: E402
from crm_desktop.database.migrate import MIGRATIONS, migrations_in  # noqa: E402
from crm_desktop.database.models import tables_for  # noqa: E402
from crm_desktop.database.shape import schema_of  # noqa: E402


def main(arguments: Sequence[str]) -> int:
    """The command."""
    if len(arguments) != 1 or not re.fullmatch(r"[a-z][a-z0-9_]*", arguments[0]):
        print(__doc__, file=sys.stderr)
        return 2
    text = missing(arguments[0])
    if text is None:
        print("A fresh database has everything that is declared.")
        return 0
    path = MIGRATIONS / f"{len(migrations_in(MIGRATIONS)) + 1:04}_{arguments[0]}.py"
    path.write_text(text, encoding="utf-8")
    print(path.relative_to(ROOT))
    return 0


def missing(name: str, record_types: Sequence[type[Record]] = RECORD_TYPES) -> str | None:
    """The text of the migration; None when nothing is missing."""
    tables = tables_for(list(dict.fromkeys([*models_of(), *record_types])))
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(folder)
        present = schema_of(database)
        made = {row[0] for row in database.read("SELECT name FROM sqlite_master")}
        database.close()
    searched = [one.key() for one in record_types if any(field.search for field in one.declared().values())]
    text = migration_text(name, tables, present)
    body = text.partition("def up(")[2].splitlines()[2:]  # behind its own line and its docstring
    own = [(index_sql, key) for key in searched if table(key) not in made]
    own += [(alike.table_sql, one.key()) for one in record_types if one.compared and alike.table(one.key()) not in made]
    return text + "".join(_run(sql, key) for sql, key in own) if body or own else None


def _run(statements: Callable[[str, str], list[str]], key: str) -> str:
    lines = ["    steps.run_for("]
    for engine in ("sqlite", "mysql"):
        lines.append(f"        {engine}=(")
        for sql in statements(engine, key):
            lines.append(f'            """{_repeatable(sql.strip())}""",')
        lines.append("        ),")
    return "\n".join([*lines, "    )"]) + "\n"


def _repeatable(sql: str) -> str:
    """A migration that was killed is run again."""
    return re.sub(r"^CREATE (VIRTUAL )?TABLE ", r"CREATE \1TABLE IF NOT EXISTS ", sql)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
