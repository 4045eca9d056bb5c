"""State moves started from a button or a menu: asks for what the move needs, then moves."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from crm_desktop.core.journal import Change
from crm_desktop.core.record import Record, move_of
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.ask import ask_values


def start_move(desk: Desk, record_type: type[Record], record_id: int, key: str, parent: QWidget) -> None:
    """Change a record's state by one of its moves; the snackbar offers to undo it. Nobody leaves before what he owns is handed
    over."""
    if (record_type.key(), key) == ("employee", "quit"):
        from crm_desktop.ui.settings.handover import begin_handover

        begin_handover(desk, record_id, parent)
        return
    move = move_of(record_type, key)
    fields = desk.records.fields(record_type)
    answers: dict[str, Any] | None = {}
    if move.asks:
        wanted = {name: fields[name] for name in move.asks.split()}
        answers = ask_values(desk, parent, say(move.label), wanted, required=True)
    if answers is None:
        return
    given = answers

    def work() -> Change:
        record = desk.records.get(record_type, record_id, desk.actor)
        return desk.records.move(record, key, desk.actor, given)

    state = record_type.state_field() or ""
    label = desk.records.show(record_type, state, move.after)
    desk.write(work, done=say("The state is now “{state}”.", state=label))
