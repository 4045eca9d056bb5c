"""Who is at work, and the seals of the journal."""

from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table

TABLES = (
    Table(
        "presence",
        (
            Column("id", "id"),
            Column("employee", "int"),
            Column("machine", "varchar(80)"),
            Column("version", "varchar(20)"),
            Column("since", "moment"),
            Column("seen_at", "moment"),
            Column("ended_at", "moment", null=True),
            Column("sent_home_by", "int", null=True),
        ),
        (Index(("seen_at",)),),
    ),
    Table(
        "seal",
        (
            Column("id", "id"),
            Column("batch", "int"),
            Column("digest", "varchar(64)"),
        ),
        (Index(("batch",), unique=True),),
    ),
)


def up(steps: Steps) -> None:
    """Make both tables."""
    steps.create(*TABLES)
