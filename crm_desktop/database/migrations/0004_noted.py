"""Each batch carries the moment the database noted it, by which the other desktops find it."""

from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table


def up(steps: Steps) -> None:
    """Older batches keep none: no desktop waits for them any more."""
    noted = Column("noted_at", "moment", null=True)
    steps.add("batch", noted)
    steps.index(Table("batch", (noted,)), Index(("noted_at",)))
