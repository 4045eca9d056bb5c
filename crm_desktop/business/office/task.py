"""Tasks: something to do by a day, for oneself or a colleague."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm_desktop.business.office import reminder
from crm_desktop.core.fields import Choice, Day, Link, LongText, Moment, State, Text
from crm_desktop.core.ids import UID
from crm_desktop.core.pointing import StateValue
from crm_desktop.core.record import Move, Record, Rights, Screen, indexed
from crm_desktop.core.words import _

STATES = (
    StateValue("not_started", _("Not started"), "grey"),
    StateValue("in_progress", _("In progress"), "accent"),
    StateValue("completed", _("Completed"), "ok", open=False),
    StateValue("deferred", _("Deferred"), "warn"),
    StateValue("cancelled", _("Cancelled"), "grey", open=False),
)


class Task(Record):
    """A task of its owner."""

    title = Text(_("Task"), required=True, search="name")
    customer = Link(_("Customer"), "customer")
    opportunity = Link(_("Opportunity"), "opportunity")
    due_on = Day(_("Due on"))
    priority = Choice(_("Priority"), "priority", default="normal")
    state = State(_("State"), STATES, "not_started")
    remind_at = Moment(_("Remind at"))
    done_at = Moment(_("Done at"), readonly=True)
    note = LongText(_("Note"), search="text")
    uid = Text(_("Calendar ID"), max_length=255, readonly=True, shown=False, index=True)

    title_field = "title"
    screen = Screen(
        _("Tasks"),
        _("Task"),
        area="work",
        icon="square-check",
        columns="title customer due_on priority state owner",
        sort="due_on",
        sub="customer due_on",
        quick="title customer due_on priority remind_at",
        about="customer",
        rights=Rights(delete="sales"),
        moves=(
            Move("start", _("Start"), "not_started deferred", "in_progress"),
            Move("done", _("Done"), "not_started in_progress deferred", "completed"),
            Move("defer", _("Defer"), "not_started in_progress", "deferred"),
            Move("cancel", _("Cancel task"), "not_started in_progress deferred", "cancelled"),
            Move("reopen", _("Reopen"), "completed cancelled", "not_started"),
        ),
    )

    class Meta:
        indexes = (*indexed("state", first="due_on"), (("deleted_at", "owner", "done_at", "due_on"), False))

    def late(self, today: date) -> bool:
        """Whether it should have been done before today."""
        return self.done_at is None and self.due_on is not None and self.due_on < today

    def fill_in(self, unit: Any) -> None:
        done = self.state in ("completed", "cancelled")
        self.done_at = (self.done_at or unit.now) if done else None
        self.uid = self.uid or UID.format(id=self.id)

    def saved(self, unit: Any, before: dict[str, Any] | None) -> None:
        self._remind(unit)
        reminder.tell_new_owner(unit, self, before)

    def _remind(self, unit: Any, again: bool = False) -> None:
        over = self.done_at is not None or self.deleted_at is not None
        reminder.keep(unit, self, "task", None if over else self.remind_at, again)

    def deleted(self, unit: Any) -> None:
        self._remind(unit)

    def restored(self, unit: Any) -> None:
        self._remind(unit, again=True)
