"""On a server, a table with a FULLTEXT index that says nothing: written before the first savepoint of a transaction (find/index.py)."""

from crm_desktop.database.steps import Steps

BEGUN = """
CREATE TABLE IF NOT EXISTS find_begun (
    id BIGINT NOT NULL PRIMARY KEY,
    words VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    FULLTEXT KEY find_begun_words (words)
) ENGINE=InnoDB
"""


def up(steps: Steps) -> None:
    """Make the table. A file needs none."""
    steps.run_for(mysql=[BEGUN])
