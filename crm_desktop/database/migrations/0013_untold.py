"""On a server, which records of an import search and duplicates have not been told yet: runs of ids instead of their words."""

from crm_desktop.database.steps import Steps

UNTOLD = """
CREATE TABLE IF NOT EXISTS untold (
    first BIGINT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL,
    record_type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    actor BIGINT,
    keyed TINYINT NOT NULL
) ENGINE=InnoDB
"""


def up(steps: Steps) -> None:
    """Make the table; what waits with its words goes on waiting. A file needs none."""
    steps.run_for(mysql=[UNTOLD])
    if steps.engine == "mysql" and steps.has_table("find_later"):
        steps.run("INSERT IGNORE INTO untold (first, last, record_type, actor, keyed) SELECT id, id, record_type, NULL, 0 FROM find_later")
        steps.run("DROP TABLE find_later")
