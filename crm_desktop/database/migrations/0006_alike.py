"""The keys by which duplicates are found, and the pairs that were called two different records."""

from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table

APART = Table(
    "apart",
    (Column("first", "int"), Column("second", "int"), Column("actor", "int", null=True), Column("at", "moment")),
    (Index(("second",)),),
    key=("first", "second"),
)
COMPARED = ("customer", "contact", "lead")
KEYS = "(hash {number} NOT NULL, record {number} NOT NULL, PRIMARY KEY (hash, record))"


def up(steps: Steps) -> None:
    """Make the tables; the program fills them when it starts."""
    steps.create(APART)
    for key in COMPARED:
        steps.run_for(
            sqlite=[f"CREATE TABLE IF NOT EXISTS alike_{key} {KEYS.format(number='INTEGER')} STRICT, WITHOUT ROWID"],
            mysql=[f"CREATE TABLE IF NOT EXISTS alike_{key} {KEYS.format(number='BIGINT')} ENGINE=InnoDB"],
        )
