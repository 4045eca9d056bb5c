"""Employees: the people of the company, who own records and use the program."""

from __future__ import annotations

from typing import Any

from crm_desktop.business.staff.role import demand_administrator
from crm_desktop.core import owning
from crm_desktop.core.errors import Marked, Refused, Taken
from crm_desktop.core.fields import Choice, Day, Email, Link, Phone, State, Text
from crm_desktop.core.picklists import ADMIN_ONLY
from crm_desktop.core.pointing import StateValue
from crm_desktop.core.record import Move, Record, Screen
from crm_desktop.core.words import _

STATES = (
    StateValue("active", _("Employed"), "ok"),
    StateValue("leave", _("On leave"), "warn"),
    StateValue("left", _("Left the company"), "grey", open=False),
)


class Employee(Record):
    """An employee with a role (what he may do) and a department (whose records he may see)."""

    name = Text(_("Name"), required=True, search="name", max_length=80)
    name_en = Text(_("English name"), max_length=80)
    login = Text(_("User name"), max_length=40)
    role = Link(_("Role"), "role", required=True)
    department = Link(_("Department"), "department", index=False)
    manager = Link(_("Manager"), "employee")
    title = Text(_("Job title"), max_length=80)
    mobile = Phone(_("Mobile"))
    email = Email(_("E-mail"))
    tone = Choice(_("Colour"), "tone", max_length=20)
    state = State(_("State"), STATES, "active")
    hired_on = Day(_("Hired on"))
    left_on = Day(_("Left on"))

    screen = Screen(
        _("Employees"),
        _("Employee"),
        area="settings",
        icon="user",
        columns="name role department manager title mobile state",
        quick="name login role department manager mobile email",
        sub="title",
        rights=ADMIN_ONLY,
        moves=(
            Move("leave", _("On leave"), "active", "leave"),
            Move("back", _("Back at work"), "leave left", "active"),
            Move("quit", _("Has left"), "active leave", "left", asks="left_on"),
        ),
    )

    def check(self, unit: Any) -> None:
        """User names are unique, whatever their case."""
        if self.login:
            name = self.login.casefold()
            others = (one for one in unit.records.names.rows("employee").values() if one.id != self.id and one.deleted_at is None)
            if unit.pointed.held(self, "login", name) or any((other.login or "").casefold() == name for other in others):
                raise Taken(_("The user name “{login}” is taken. Choose another."), "login", self.login, login=self.login)

    def saved(self, unit: Any, before: dict[str, Any] | None) -> None:
        """The records of somebody who changes department go along."""
        if before is not None and "department" in before:
            owning.regroup(unit, self.id, self.department)
        if before is not None and ("role" in before or "state" in before):
            demand_administrator(unit)

    def deleted(self, unit: Any) -> None:
        demand_administrator(unit)
        for record_type in unit.records.types.values():
            if record_type.screen.rights.see != "all" and record_type.key() != "reminder":
                sql = f"SELECT COUNT(*) FROM `{record_type.key()}` WHERE owner = ? AND deleted_at IS NULL"
                if count := unit.tx.run(sql, (self.id,))[0][0]:
                    text = _("{name} still has {count} {records}. Assign them to somebody else first.")
                    raise Refused(text, name=self.name, count=count, records=Marked(record_type.screen.title))
