"""The search index of a shared database, kept light: what changed and deleted records left in it is counted and taken out."""

from __future__ import annotations

from collections.abc import Iterator

from crm_desktop.business.system.relocating import SEARCHED
from crm_desktop.business.system.shared_server import server
from crm_desktop.core import find
from crm_desktop.core.record import Record
from crm_desktop.database.engine import look_at
from crm_desktop.database.line import Line
from crm_desktop.database.place import ServerPlace
from crm_desktop.database.steps import Steps


def heaviest(steps: Steps, schema: str) -> int:
    """How many records that are no longer so the index of one type holds at most."""
    return max(find.left_behind(steps.run, schema, one.key()) for one in SEARCHED)


def tidy(address: str | ServerPlace) -> Iterator[tuple[type[Record], int]]:
    """Take them out of every index, while people work: each type, and how many there were. Raises Trouble."""
    place = server(address)
    database = look_at(place)
    try:
        line = database.patiently(lambda: Line(database.backend, patient=True))  # two thousand words of a large index take a while
        steps = Steps(database.backend, line)
        for record_type in SEARCHED:
            yield record_type, find.tidy(steps.run, place.name, record_type.key())
    except Exception as error:
        database.raise_for_people(error)
        raise
    finally:
        database.close()
