"""On a server with accounts the guard takes back many new records at one question (core/guard/unmaking.py), and gives their tables the
column by which it tells its triggers: it is put up anew after every migration, so there is nothing else to do."""

from crm_desktop.database.steps import Steps


def up(steps: Steps) -> None:
    """The tables of the program stay as they are."""
