"""Saved views: a list's conditions, columns and order under a name, private or shared with a role."""

from __future__ import annotations

from typing import Any

from crm_desktop.business.sales.stage import Stage
from crm_desktop.core.errors import Refused
from crm_desktop.core.fields import Choice, Flag, Link, LongText, Number, Text
from crm_desktop.core.record import Record, Rights, Screen
from crm_desktop.core.words import _


class SavedView(Record):
    """A view of one record type; `role` empty and `shared` off: only its owner has it."""

    name = Text(_("View"), required=True, max_length=60)
    record_type = Choice(_("Record type"), "record_type", required=True, max_length=40)
    content = LongText(_("Content"), shown=False)
    shared = Flag(_("Shared with everybody"))
    role = Link(_("Shared with role"), "role")
    is_default = Flag(_("Shown first"))
    position = Number(_("Position"))

    screen = Screen(
        _("Views"), _("View"), icon="filter", columns="name record_type shared role is_default",
        rights=Rights(see="all", delete="sales"),
    )  # fmt: skip

    def check(self, unit: Any) -> None:
        """Others' views are theirs, and those that came with the program are the administrator's."""
        if self.stored is not None:
            self._demand_own(unit, self.stored["owner"])

    def deleted(self, unit: Any) -> None:
        self._demand_own(unit, self.owner)

    def _demand_own(self, unit: Any, owner: int | None) -> None:
        # Who may keep the lists of everybody (stages, picklists) may also keep everybody's views.
        if owner != unit.actor.employee and not unit.trusted and not unit.actor.may(Stage, "edit"):
            raise Refused(_("This view belongs to somebody else. Save it under a name of your own."))


def views_for(records: Any, actor: Any, record_type: str) -> list[SavedView]:
    """The views a person has for a record type: own ones, those shared with everybody or with the role."""
    employee = records.names.rows("employee").get(actor.employee)
    role = employee.role if employee else None
    return [
        row
        for row in records.names.all("saved_view")
        if row.record_type == record_type and (row.owner == actor.employee or row.shared or (row.role and row.role == role))
    ]
