"""On a server with accounts the guard knows each account by its badge and writes the journal's lines of an import itself: it is put
up anew after every migration. What an import has not told may wait for two who can tell of it: for who imported it and, a single
record of it, for whom that was given to."""

from crm_desktop.database.steps import Steps


def up(steps: Steps) -> None:
    """Runs are named by who tells of them as well; 0 is nobody. A file has none."""
    steps.run_for(
        mysql=[
            "UPDATE untold SET actor = 0 WHERE actor IS NULL",
            "ALTER TABLE untold DROP PRIMARY KEY, MODIFY actor BIGINT NOT NULL, ADD PRIMARY KEY (first, actor)",
        ]
    )
