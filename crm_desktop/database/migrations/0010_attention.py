"""Indexes that give opportunities without a next step, and those that wait too long, in the order they are told in."""

from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table


def up(steps: Steps) -> None:
    """Add the indexes; nothing else changes."""
    moments = ("deleted_at", "closed_at", "updated_at")
    numbers = ("amount", "stage", "owner", "department")
    columns = [Column(name, "moment", null=True) for name in moments] + [Column(name, "int", null=True) for name in numbers]
    opportunity = Table("opportunity", (*columns, Column("next_step_on", "day", null=True)))
    steps.index(
        opportunity,
        Index(("deleted_at", "closed_at", "next_step_on", "amount", "owner", "department")),
        Index(("deleted_at", "closed_at", "updated_at", "stage", "owner", "department")),
    )
