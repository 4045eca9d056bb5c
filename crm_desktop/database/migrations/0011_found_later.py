"""On a server, where the words of many imported records wait for the search index."""

from crm_desktop.database.steps import Steps

LATER = """
CREATE TABLE IF NOT EXISTS find_later (
    record_type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id BIGINT NOT NULL,
    owner BIGINT,
    department BIGINT,
    grams MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (record_type, id)
) ENGINE=InnoDB
"""


def up(steps: Steps) -> None:
    """Make the table; a file needs none."""
    steps.run_for(mysql=[LATER])
