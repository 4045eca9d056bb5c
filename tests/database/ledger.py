"""A small table for the tests of the database room."""

from __future__ import annotations

from crm_desktop.database.engine import Database
from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Table

LEDGER = Table("ledger", (Column("id", "id"), Column("name", "varchar(60)"), Column("amount", "int")))


def make_ledger(database: Database) -> None:
    """Ann has 10, Bob 20."""
    Steps(database.backend, database.line()).create(LEDGER)
    rows = [(1, "Ann", 10), (2, "Bob", 20)]
    database.write(lambda tx: tx.many("INSERT INTO ledger (id, name, amount) VALUES (?, ?, ?)", rows))


def total(database: Database) -> int:
    """What all have together."""
    return int(database.read("SELECT SUM(amount) FROM ledger")[0][0])
