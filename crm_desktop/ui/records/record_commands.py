"""What can be done with the record in the detail dock, and the way back to the one before, as commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.core.words import say
from crm_desktop.ui.shell.commands import Command

if TYPE_CHECKING:
    from crm_desktop.ui.records.detail import DetailPage


def record_commands(detail: DetailPage) -> list[Command]:
    """Commands that work on whatever record is shown."""
    group = say("Details")

    def nothing() -> str:
        return "" if detail.record is not None else say("Select a record first.")

    def no_way(trail: list[tuple[str, int]]) -> str:
        return "" if trail else say("There is no other record to go to.")

    return [
        Command("record.back", say("Back to the record before"), detail.back, "Alt+Left", "arrow-left", group,
                lambda: no_way(detail.trail.before), only_typed=True),
        Command("record.forward", say("Forward to the next record"), detail.forward, "Alt+Right", "arrow-right", group,
                lambda: no_way(detail.trail.after), only_typed=True),
        Command("record.more", say("More acts of this record…"), detail.open_more, "Ctrl+.", "ellipsis", group, nothing),
        Command("record.past", say("The record as of a day…"), detail.show_past, "", "history", group, nothing),
        Command("record.next_tab", say("Next tab of the details"), lambda: detail.step_tab(1), "Ctrl+]", "chevron-right", group, nothing,
                only_typed=True),
        Command("record.tab_before", say("Tab before of the details"), lambda: detail.step_tab(-1), "Ctrl+[", "chevron-left", group,
                nothing, only_typed=True),
    ]  # fmt: skip
