"""Roles: what their members may do and see; shipped ones are defaults the company may change."""

from __future__ import annotations

from typing import Any

from crm_desktop.business.staff.permissions import Staff, permissions
from crm_desktop.core.errors import Invalid, Refused
from crm_desktop.core.fields import Choice, Link, Many, Text
from crm_desktop.core.picklists import ADMIN_ONLY
from crm_desktop.core.record import Record, Screen
from crm_desktop.core.words import _

SCOPES = {
    "own": _("own records"),
    "own_and_below": _("own records and those of subordinates"),
    "department": _("own department"),
    "department_and_below": _("own department and those below"),
    "chosen": _("own records and chosen departments"),
    "all": _("all records"),
}

KEYS_TO_RIGHTS = ("role", "role_right", "employee")


class Role(Record):
    """A role. level: which of the shipped rights it has (sales < manager < general < admin); scope: what it sees."""

    name = Text(_("Role"), required=True, max_length=60)
    name_en = Text(_("English label"), max_length=60)
    name_tw = Text(_("Traditional Chinese label"), max_length=60)
    code = Text(_("Code"), max_length=40)
    level = Choice(_("Rights level"), "role_level", required=True, default="sales")
    scope = Choice(_("Data scope"), "data_scope", required=True, default="own")
    departments = Many(_("Chosen departments"), "department")

    screen = Screen(_("Roles"), _("Role"), area="settings", icon="lock", columns="name level scope departments", rights=ADMIN_ONLY)

    def check(self, unit: Any) -> None:
        demand_departments(self)

    def saved(self, unit: Any, before: dict[str, Any] | None) -> None:
        if before is not None and "level" in before:
            demand_administrator(unit)

    def deleted(self, unit: Any) -> None:
        """Nobody is left with a role that is gone."""
        if unit.tx.run("SELECT id FROM employee WHERE role = ? AND deleted_at IS NULL LIMIT 1", (self.id,)):
            raise Refused(_("Employees have the role “{name}”. Give them another one first."), name=self.name)


def demand_administrator(unit: Any) -> None:
    """Somebody stays who can change rights; else the company has locked itself out."""
    names, types = unit.records.names, unit.records.types
    staff = Staff(names.rows("employee"), names.rows("department"), names.rows("role"), names.all("role_right"))
    for employee in names.all("employee"):
        if employee.state != "left":
            granted = permissions(staff, employee, (types[key] for key in KEYS_TO_RIGHTS))
            if all("edit" in one.operations for one in granted.values()):
                return
    raise Refused(_("One administrator must stay. Give somebody else that role first."))


def demand_departments(row: Any) -> None:
    """A scope of chosen departments names them."""
    if row.scope == "chosen" and not row.departments:
        raise Invalid(_("Choose the departments that are seen."), "departments")


class RoleRight(Record):
    """What the company set differently for a role and a record type. operations: space-separated; scope: '' as the role's."""

    name = Text(_("Record type"), required=True, max_length=40)
    role = Link(_("Role"), "role", required=True)
    operations = Text(_("Operations"), max_length=200)
    scope = Choice(_("Data scope"), "data_scope")
    departments = Many(_("Chosen departments"), "department")

    screen = Screen(
        _("Role rights"), _("Role right"), icon="lock", columns="name role operations scope departments", rights=ADMIN_ONLY
    )

    def check(self, unit: Any) -> None:
        """One line for each role and record type; administrators keep what it takes to change rights again."""
        if self.name not in unit.records.types:
            raise Invalid(_("Choose a record type."), "name")
        demand_departments(self)
        rows: Any = unit.records.names.all("role_right")
        there = any(row.role == self.role and row.name == self.name and row.id != self.id for row in rows)
        if there or unit.pointed.held(self, "role", (self.role, self.name)):
            raise Invalid(_("This role has rights for this record type already. Change those."), "name")
        role: Any = unit.records.names.rows("role").get(self.role)
        if role is not None and role.level == "admin" and self.name in KEYS_TO_RIGHTS and "edit" not in self.operations.split():
            raise Refused(_("Administrators must be able to change roles and employees."))

    def saved(self, unit: Any, before: dict[str, Any] | None) -> None:
        if self.name in KEYS_TO_RIGHTS:
            demand_administrator(unit)

    def deleted(self, unit: Any) -> None:
        if self.name in KEYS_TO_RIGHTS:
            demand_administrator(unit)
