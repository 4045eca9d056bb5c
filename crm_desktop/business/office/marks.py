"""What a person marked or opened: stars and the last records opened, kept in the database for each person."""

from __future__ import annotations

from typing import Any

from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records

RECENT = 20


def opened(records: Records, actor: Actor, record_type: str, record_id: int) -> None:
    """Put a record at the head of the recently opened ones."""
    entry = [record_type, record_id]

    def at_the_head(known: list[list[Any]] | None) -> list[list[Any]]:
        return [entry, *(one for one in known or [] if one != entry)][:RECENT]

    records.settings.change("recent", at_the_head, actor.employee)


def recent(records: Records, actor: Actor) -> list[list[Any]]:
    """[type, id] pairs of the last records opened, newest first."""
    found: list[list[Any]] = records.settings.get("recent", [], actor.employee)
    return found


def star(records: Records, actor: Actor, record_type: str, record_id: int) -> bool:
    """Star a record, or take the star away; returns whether it has one now."""
    entry = [record_type, record_id]

    def turned(known: list[list[Any]] | None) -> list[list[Any]]:
        return [one for one in known or [] if one != entry] + ([] if entry in (known or []) else [entry])

    return entry in records.settings.change("starred", turned, actor.employee)


def starred(records: Records, actor: Actor) -> list[list[Any]]:
    """[type, id] pairs the person starred, oldest first."""
    found: list[list[Any]] = records.settings.get("starred", [], actor.employee)
    return found
