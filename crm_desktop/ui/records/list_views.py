"""The saved views of a list: shipped ones, a person's own and shared ones; saving, renaming, sharing, choosing the first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.business.office.reminder import WAITING
from crm_desktop.business.system.saved_view import SavedView, views_for
from crm_desktop.core.journal import Change
from crm_desktop.core.record import Record
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from crm_desktop.core.unit import Unit


class Choice(NamedTuple):
    """One chip: a view under a name; `saved` is the stored one, None for a view that ships with the program."""

    key: str
    name: str
    view: View
    saved: SavedView | None = None


def choices(desk: Desk, record_type: type[Record]) -> list[Choice]:
    """The views of a list, left to right: All, Mine, what is due, open ones, then the saved ones."""
    fields = record_type.declared()
    shipped = [Choice("all", say("All"), View())]
    scope = desk.actor.scope(record_type)
    if record_type.screen.rights.see != "all" and (scope.all or scope.departments or len(scope.owners) > 1):
        shipped.append(Choice("mine", say("Mine"), View((Condition("owner", "me"),))))
    elif record_type.screen.shared and not scope.all:  # of others' he sees what they share with him
        shipped.append(Choice("shared", say("Shared with me"), View((Condition("owner", "not_me"),))))
    if "next_contact_on" in fields:
        due = Condition("next_contact_on", "next_days", 0)
        late = Condition("next_contact_on", "past")
        shipped.append(Choice("due", say("Due today"), View((due,), sort=(("next_contact_on", False),))))
        shipped.append(Choice("late", say("Late"), View((late,), sort=(("next_contact_on", False),))))
    state = record_type.state_field()
    if state:
        states: Any = fields[state].kind
        open_ones = [one.key for one in states.states.values() if one.open]
        if len(open_ones) < len(states.states):
            title = say("Employed") if record_type.key() == "employee" else say("Still open")
            shipped.append(Choice("open", title, View((Condition(state, "one_of", open_ones),))))
    if record_type.key() == "reminder":
        waiting = (Condition("owner", "me"), Condition("state", "one_of", list(WAITING)))
        shipped.insert(0, Choice("waiting", say("Waiting for me"), View(waiting, sort=(("rings_at", False),))))
    if record_type.key() == "contract":
        ending = (Condition("ends_on", "next_days", 30), Condition("state", "one_of", ["active"]))
        shipped.append(Choice("ending", say("Ending within 30 days"), View(ending, sort=(("ends_on", False),))))
    if record_type.key() == "opportunity":
        stages: Any = desk.records.names.all("stage")
        still_open = Condition("stage", "one_of", [stage.id for stage in stages if stage.kind == "open"])
        shipped.append(Choice("open", say("Still open"), View((still_open,), sort=(("expected_close", False),))))
        shipped.append(Choice("no_step", say("Without next step"), View((still_open, Condition("next_step", "empty")))))
    saved = [
        Choice(str(row.id), row.name, View.from_json(row.content), row)
        for row in views_for(desk.records, desk.actor, record_type.key())
    ]
    return [*shipped, *saved]


def first_choice(desk: Desk, record_type: type[Record], offered: list[Choice]) -> str:
    """The view a list starts with: the one this person wants first, else the one in use last, else one that a colleague
    who shares it wants first, else all."""
    wanted = [choice for choice in offered if choice.saved is not None and choice.saved.is_default]
    marked = {choice.saved.owner == desk.actor.employee: choice.key for choice in reversed(wanted) if choice.saved}
    if True in marked:
        return marked[True]
    last = desk.setting(f"view.{record_type.key()}")
    keys = [choice.key for choice in offered]
    if last in keys:
        return str(last)
    marked_by_others = marked.get(False)
    # A list of tasks is a list of what is still to do; the bell leads to what rings for oneself.
    first = {"task": "open", "reminder": "waiting"}.get(record_type.key(), "all")
    return marked_by_others or (first if first in keys else "all")


def save_as(desk: Desk, record_type: type[Record], name: str, view: View, shared: bool = False) -> tuple[SavedView, Change]:
    """Keep a view under a new name. Raises Refused/Invalid."""
    row = SavedView(name=name, record_type=record_type.key(), content=view.to_json(), shared=shared)
    change = desk.records.save(row, desk.actor)
    return row, change


def update(desk: Desk, saved: SavedView, **values: Any) -> Change:
    """Change a saved view: its `content` (a View), name, shared, is_default."""
    row: Any = desk.records.get(SavedView, saved.id, desk.actor)
    for name, value in values.items():
        setattr(row, name, value.to_json() if isinstance(value, View) else value)
    return desk.records.save(row, desk.actor)


def show_first(desk: Desk, saved: SavedView, wanted: bool) -> Change:
    """Let the list start with this view, and with no other one of the same owner; or no longer."""

    def work(unit: Unit) -> None:
        for row in desk.records.names.all("saved_view"):
            same_list = row.record_type == saved.record_type and row.owner == saved.owner  # type: ignore[attr-defined]
            should = wanted and row.id == saved.id
            if same_list and bool(row.is_default) != should:  # type: ignore[attr-defined]
                view: Any = unit.get(SavedView, row.id)
                view.is_default = should
                unit.save(view)

    return desk.records.unit(desk.actor, work, "update")[1]


def arranged(view: View, layout: list[dict[str, Any]], sort: tuple[tuple[str, bool], ...]) -> View:
    """The view with columns, widths and order as the person arranged them."""
    shown = [entry for entry in layout if not entry["hidden"]]
    widths = {entry["key"]: entry["width"] for entry in shown}
    return replace(view, columns=tuple(entry["key"] for entry in shown), widths=widths, sort=sort)


