"""Passwords."""

from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Table

TABLES = (
    Table(
        "password",
        (
            Column("id", "id"),
            Column("hash", "varchar(200)"),
            Column("changed_at", "moment"),
            Column("wrong", "int"),
            Column("locked_until", "moment", null=True),
        ),
    ),
)


def up(steps: Steps) -> None:
    """Passwords."""
    steps.create(*TABLES)
