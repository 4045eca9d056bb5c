"""Everything a list can do as commands: the palette, the shortcut sheet and the keyboard reach all of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.core.words import _, say
from crm_desktop.ui.records.row_acts import ADDRESSED, LOGGED, VISITED
from crm_desktop.ui.shell.commands import Command

if TYPE_CHECKING:
    from crm_desktop.core.record import Record
    from crm_desktop.ui.records.list_page import ListPage

ELSEWHERE = {"labels", "envelopes", "delete"}  # of the page, of the window, and told apart below


# What concerns a list as a whole, besides making a record and the filter box: what stands behind the type in its key, title, keys, icon.
_WHOLE = (
    ("conditions", _("Conditions…"), "Ctrl+Shift+F", "filter"),
    ("columns", _("Columns and groups…"), "", "columns-3"),
    ("next_view", _("Next view"), "Ctrl+PgDown", "chevron-right"),
    ("view_before", _("View before"), "Ctrl+PgUp", "chevron-left"),
    ("save_view", _("Save as a new view…"), "", "save"),
    ("view_menu", _("This view: rename, share, delete…"), "", "sliders-horizontal"),
    ("export", _("Export the list"), "Ctrl+E", "download"),
    ("paste", _("Paste rows from a spreadsheet…"), "Ctrl+V", "clipboard-list"),
    ("labels", _("Print labels"), "Ctrl+P", "printer"),
)
_ONLY_TYPED = {"next_view", "view_before", "view_menu"}
_RIGHTS = {"export": "take_out", "paste": "bring_in"}  # what of it takes a right of its own


def page_commands(page: ListPage) -> list[Command]:
    """What concerns the list as a whole."""
    acts, key = page.acts, page.record_type.key()
    does: dict[str, tuple[Callable[[], object], Callable[[], str] | None]] = {
        "conditions": (page.edit_conditions, None),
        "columns": (page.choose_columns, None),
        "next_view": (lambda: page.chips.step(1), None),
        "view_before": (lambda: page.chips.step(-1), None),
        "save_view": (page.save_view, None),
        "view_menu": (page.open_view_menu, page.why_no_view_menu),
        "export": (acts.export, _needs("export", acts.may)),
        "paste": (page.paste, _needs("paste", acts.may)),
        "labels": (acts.labels, None),
    }
    one = say(page.record_type.screen.one)
    return [
        Command(f"{key}.{act}", say(title), does[act][0], keys, icon, one, does[act][1], only_typed=act in _ONLY_TYPED)
        for act, title, keys, icon in _WHOLE
        if act != "labels" or key in ADDRESSED
    ]


def _needs(act: str, may: Callable[[str], str]) -> Callable[[], str] | None:
    """Why an act that takes a right cannot be done; None for one that everybody may do."""
    return partial(may, _RIGHTS[act]) if act in _RIGHTS else None


def commands_from_afar(record_type: type[Record], go: Callable[[str], object], may: Callable[[str], str]) -> list[Command]:
    """The same for a list that is not in front; `go(key of the command)` shows the list and does it there, `may(operation)` says
    why not."""
    key, title_of_list = record_type.key(), say(record_type.screen.title)
    found = [Command(f"{key}.filter", say("Filter this list"), partial(go, f"{key}.filter"), "", "filter", title_of_list)]
    found += [
        Command(f"{key}.{act}", say(title), partial(go, f"{key}.{act}"), "", icon, title_of_list, _needs(act, may))
        for act, title, _keys, icon in _WHOLE
        if act not in _ONLY_TYPED and (act != "labels" or key in ADDRESSED)
    ]
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
