"""Everything a list can do as commands: the palette, the shortcut sheet and the keyboard reach all of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.core.words import say
from crm_desktop.ui.records.row_acts import ADDRESSED, LOGGED, VISITED
from crm_desktop.ui.shell.commands import Command

if TYPE_CHECKING:
    from crm_desktop.ui.records.list_page import ListPage

ELSEWHERE = {"labels", "envelopes", "delete"}  # of the page, of the window, and told apart below


def page_commands(page: ListPage) -> list[Command]:
    """What concerns the list as a whole, besides making a record and the filter box."""
    key, one = page.record_type.key(), say(page.record_type.screen.one)
    found = [
        Command(f"{key}.conditions", say("Conditions…"), page.edit_conditions, "Ctrl+Shift+F", "filter", one),
        Command(f"{key}.columns", say("Columns and groups…"), page.choose_columns, "", "columns-3", one),
        Command(f"{key}.next_view", say("Next view"), lambda: page.chips.step(1), "Ctrl+PgDown", "chevron-right", one, only_typed=True),
        Command(f"{key}.view_before", say("View before"), lambda: page.chips.step(-1), "Ctrl+PgUp", "chevron-left", one, only_typed=True),
        Command(f"{key}.save_view", say("Save as a new view…"), page.save_view, "", "save", one),
        Command(f"{key}.view_menu", say("This view: rename, share, delete…"), page.open_view_menu, "", "sliders-horizontal", one,
                page.why_no_view_menu, only_typed=True),
        Command(f"{key}.export", say("Export the list"), page.acts.export, "Ctrl+E", "download", one, lambda: page.acts.may("take_out")),
        Command(f"{key}.paste", say("Paste rows from a spreadsheet…"), page.paste, "Ctrl+V", "clipboard-list", one,
                lambda: page.acts.may("bring_in")),
    ]  # fmt: skip
    if key in ADDRESSED:
        found.append(Command(f"{key}.labels", say("Print labels"), page.acts.labels, "Ctrl+P", "printer", one))
    return found


def row_commands(page: ListPage) -> list[Command]:
    """What is done with the rows that are selected, or the current one."""
    key, one, acts = page.record_type.key(), say(page.record_type.screen.one), page.acts

    def why_not(action: str) -> str:
        return next((one.why_not for one in acts.bulk_actions() if one.key == action), "")

    found = []
    if key in LOGGED:
        found.append(Command(f"{key}.log", say("Log a call"), acts.log_call, "L", "phone", one))
    if key in VISITED:
        found.append(Command(f"{key}.plan", say("Plan a visit"), acts.plan_visit, "F", "calendar-plus", one))
    found.append(Command(f"{key}.edit_cell", say("Edit this cell"), page.edit_cell, "F2", "pencil", one, lambda: acts.may("edit")))
    for action in acts.bulk_actions():
        if action.key not in ELSEWHERE:
            why = partial(why_not, action.key)
            found.append(Command(f"{key}.{action.key}", action.title, action.run, action.shortcut, action.icon, one, why))
    for move in page.record_type.screen.moves:
        run = partial(acts.move_current, move)
        found.append(Command(f"{key}.move.{move.key}", say(move.label), run, "", "flag", one, only_typed=True))
    # Who may not delete finds no button for it; the key still says why.
    found.append(Command(f"{key}.delete", say("Delete"), acts.delete, "Del", "trash-2", one, listed=not acts.may("delete")))
    return found
