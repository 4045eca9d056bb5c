"""Indexes that give each list its first order, also for one owner and one department."""

from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table

# Table -> the column its list is sorted by at first, its kind, and whose lists had no index yet.
ORDERS = (
    ("follow_up", "happened_at", "moment", ("department",)),
    ("opportunity", "expected_close", "day", ("owner", "department")),
    ("contract", "signed_on", "day", ("owner", "department")),
    ("task", "due_on", "day", ("department",)),
    ("event", "starts_at", "moment", ("department",)),
    ("reminder", "rings_at", "moment", ("owner", "department")),
)


def up(steps: Steps) -> None:
    """Add the indexes; nothing else changes."""
    for name, order, kind, whose in ORDERS:
        columns = [Column(column, "int", null=True) for column in whose]
        table = Table(name, (*columns, Column("deleted_at", "moment", null=True), Column(order, kind, null=True)))
        steps.index(table, *(Index(("deleted_at", column, order)) for column in whose))
