"""A star for a record, wherever it is asked for, and what the person is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.business.office import marks
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from crm_desktop.ui.session import Session


def star(desk: Desk, type_key: str, record_id: int) -> None:
    """Star a record, or take its star away."""

    def told(on: bool) -> None:
        desk.marked.emit()
        desk.ways.tell(say("Starred: it stands in the sidebar now.") if on else say("The star was taken away."))

    desk.write(lambda: marks.star(desk.records, desk.actor, type_key, record_id), told)


def star_current(session: Session) -> None:
    """The record in the detail dock; while that is put away, the current one of the view in front."""
    docks = session.window.docks
    shown = docks.view("detail").record if docks.built("detail") and docks.shown("detail") else None  # type: ignore[attr-defined]
    if shown is not None:
        star(session.desk, shown.key(), shown.id)
        return
    current = session.leading.in_front()
    if current is None:
        session.window.tell(say("Select a record first."))
    else:
        star(session.desk, *current)
