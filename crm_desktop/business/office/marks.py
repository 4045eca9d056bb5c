"""What a person marked or opened: stars and the last records opened, kept in the database for each person."""

from __future__ import annotations

from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records

RECENT = 20


def opened(records: Records, actor: Actor, record_type: str, record_id: int) -> None:
    """Put a record at the head of the recently opened ones."""
    entry = [record_type, record_id]
    known = [one for one in recent(records, actor) if one != entry]
    records.settings.put("recent", [entry, *known][:RECENT], actor.employee)


def recent(records: Records, actor: Actor) -> list[list]:
    """[type, id] pairs of the last records opened, newest first."""
    return list(records.settings.get("recent", [], actor.employee))


def star(records: Records, actor: Actor, record_type: str, record_id: int) -> bool:
    """Star a record, or take the star away; returns whether it has one now."""
    entry = [record_type, record_id]
    known = starred(records, actor)
    on = entry not in known
    records.settings.put("starred", [*known, entry] if on else [one for one in known if one != entry], actor.employee)
    return on


def starred(records: Records, actor: Actor) -> list[list]:
    """[type, id] pairs the person starred, oldest first."""
    return list(records.settings.get("starred", [], actor.employee))
