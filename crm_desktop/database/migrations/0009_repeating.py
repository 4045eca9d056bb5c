"""Events that come again, and the ids by which other calendars know events and tasks."""

from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table


def up(steps: Steps) -> None:
    """Add the columns; what is there gets the id under which it was exported until now."""
    steps.add("event", Column("repeats", "varchar(255)", default=""))
    for name in ("event", "task"):
        steps.add(name, Column("uid", "varchar(255)", default=""))
        steps.run_for(
            sqlite=[f"UPDATE {name} SET uid = id || '@crm-desktop' WHERE uid = ''"],
            mysql=[f"UPDATE {name} SET uid = CONCAT(id, '@crm-desktop') WHERE uid = ''"],
        )
        steps.index(Table(name, (Column("uid", "varchar(255)"),)), Index(("uid",)))
