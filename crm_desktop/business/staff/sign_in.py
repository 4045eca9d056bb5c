"""Who is acting: an employee's rights and data scope, worked out from his role, department and subordinates."""

from __future__ import annotations

from typing import Any

from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.staff.permissions import Staff, permissions
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import NotFound, Refused
from crm_desktop.core.records import Records
from crm_desktop.core.words import _

NOBODY = _("Nobody in this database may sign in, because all its employees have left or were deleted. Restore a backup.")


def employees(records: Records) -> list[Employee]:
    """Who may sign in, in their order."""
    return [row for row in records.names.all("employee") if isinstance(row, Employee) and row.state != "left"]


def actor_for(records: Records, employee_id: int, lang: str = "zh_CN") -> Actor:
    """The actor an employee is. Raises NotFound, or Refused for one who has left."""
    employee: Any = records.names.rows("employee").get(employee_id)
    if employee is None or employee.deleted_at is not None:
        raise NotFound()
    if employee.state == "left":
        raise Refused(_("{name} has left the company and cannot sign in."), name=employee.name)
    role: Any = records.names.rows("role").get(employee.role)
    granted = permissions(staff_of(records), employee, records.types.values())
    rights = {key: one.operations for key, one in granted.items()}
    scopes = {key: one.scope for key, one in granted.items()}
    return Actor(employee.id, employee.name, role.code if role else "sales", lang, employee.department, rights, scopes)


def staff_of(records: Records) -> Staff:
    """The company's rows that the permission model is made of."""
    names = records.names
    return Staff(names.rows("employee"), names.rows("department"), names.rows("role"), names.all("role_right"))


def find(records: Records, who: str) -> Employee:
    """The employee with this user name or name, as `--as` names him; NotFound with a sentence."""
    found = [e for e in employees(records) if who.casefold() in {(e.login or "").casefold(), e.name.casefold(), str(e.id)}]
    if len(found) != 1:
        raise NotFound(_("There is no user “{who}”. Name one of: {names}."), who=who,
                       names=", ".join(e.login or e.name for e in employees(records)))  # fmt: skip
    return found[0]
