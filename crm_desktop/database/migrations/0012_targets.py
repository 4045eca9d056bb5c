"""Targets for sales and receipts, and the list of what they measure."""

from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table

TABLES = (
    Table(
        "target",
        (
            Column("id", "id"),
            Column("owner", "int", null=True),
            Column("department", "int", null=True),
            Column("sort_key", "varchar(40)"),
            Column("created_at", "moment", null=True),
            Column("created_by", "int", null=True),
            Column("updated_at", "moment", null=True),
            Column("updated_by", "int", null=True),
            Column("version", "int"),
            Column("deleted_at", "moment", null=True),
            Column("extra", "text"),
            Column("name", "varchar(120)"),
            Column("measure", "varchar(20)"),
            Column("month", "day", null=True),
            Column("team", "int", null=True),
            Column("person", "int", null=True),
            Column("amount", "int", null=True),
            Column("code", "varchar(60)"),
        ),
        (
            Index(("team",)),
            Index(("person",)),
            Index(("deleted_at", "sort_key")),
            Index(("deleted_at", "owner", "sort_key")),
            Index(("deleted_at", "department", "sort_key")),
            Index(("deleted_at", "month")),
            Index(("code",)),
        ),
    ),
)


def up(steps: Steps) -> None:
    """Add the table; a company that is there gets the list."""
    steps.create(*TABLES)
    known = steps.run("SELECT picklist FROM pick_value WHERE deleted_at IS NULL")
    if not known or any(picklist == "target_measure" for (picklist,) in known):
        return
    columns = "id, sort_key, created_at, updated_at, version, extra, name, name_tw, name_en, picklist, code, tone, position, active"
    made = steps.run("SELECT MAX(id), MIN(created_at) FROM pick_value")[0]
    values = (("sales", "销售", "銷售", "Sales", "accent"), ("receipts", "回款", "回款", "Receipts", "ok"))
    for place, (code, zh, tw, en, tone) in enumerate(values):
        row = (made[0] + 1 + place, "", made[1], made[1], 1, "", zh, tw, en, "target_measure", code, tone, place, 1)
        steps.run(f"INSERT INTO pick_value ({columns}) VALUES ({', '.join('?' * len(row))})", row)
