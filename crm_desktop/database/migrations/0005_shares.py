"""Shares of single records, and the data scope “chosen departments”."""

from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table

TABLES = (
    Table(
        "share",
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
            Column("name", "varchar(200)"),
            Column("ref_type", "varchar(40)"),
            Column("ref_id", "int", null=True),
            Column("employee", "int", null=True),
            Column("may_write", "int"),
            Column("until", "day", null=True),
        ),
        (
            Index(("deleted_at", "sort_key")),
            Index(("deleted_at", "owner", "sort_key")),
            Index(("deleted_at", "department", "sort_key")),
            Index(("employee", "ref_type", "ref_id")),
            Index(("ref_id",)),
        ),
    ),
)


def up(steps: Steps) -> None:
    """Add the table, and where roles name their departments; the list of scopes of a company that is there gets the new one."""
    steps.create(*TABLES)
    for table in ("role", "role_right"):
        steps.add(table, Column("departments", "text", default=""))
    known = steps.run("SELECT id, code, position, created_at FROM pick_value WHERE picklist = 'data_scope' AND deleted_at IS NULL")
    if known and all(code != "chosen" for _id, code, _position, _at in known):
        everything = next((row for row in known if row[1] == "all"), known[-1])
        columns = "id, owner, department, sort_key, created_at, updated_at, version, extra"
        columns += ", name, name_tw, name_en, picklist, code, tone, position, active"
        marks = ", ".join("?" * 16)
        new = steps.run("SELECT MAX(id) + 1 FROM pick_value")[0][0]
        values = (new, None, None, "", everything[3], everything[3], 1, "", "指定部门", "指定部門", "Chosen departments",
                  "data_scope", "chosen", "", everything[2], 1)  # fmt: skip
        steps.run(f"INSERT INTO pick_value ({columns}) VALUES ({marks})", values)
        steps.run("UPDATE pick_value SET position = position + 1 WHERE id = ?", (everything[0],))
