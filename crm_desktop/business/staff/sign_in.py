"""Who is acting: an employee's rights and data scope, worked out from his role, department and subordinates."""

from __future__ import annotations

from typing import Any

from crm_desktop.business.staff.department import below
from crm_desktop.business.staff.employee import Employee
from crm_desktop.core.access import EVERYTHING, LEVELS, OPERATIONS, Actor, Scope
from crm_desktop.core.errors import NotFound, Refused
from crm_desktop.core.record import Record, Rights
from crm_desktop.core.records import Records
from crm_desktop.core.words import _


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
    level = role.level if role else "sales"
    own = {row.name: row for row in records.names.all("role_right") if row.role == employee.role}  # type: ignore[attr-defined]
    rights: dict[str, frozenset[str]] = {}
    scopes: dict[str, Scope] = {}
    for key, record_type in records.types.items():
        differs: Any = own.get(key)
        rights[key] = frozenset(differs.operations.split()) if differs else operations(record_type.screen.rights, level)
        word = (differs.scope if differs else "") or (role.scope if role else "own")
        scopes[key] = EVERYTHING if record_type.screen.rights.see == "all" else scope(records, employee, word)
    return Actor(employee.id, employee.name, role.code if role else "sales", lang, employee.department, rights, scopes)


def find(records: Records, who: str) -> Employee:
    """The employee with this user name or name, as `--as` names him; NotFound with a sentence."""
    found = [e for e in employees(records) if who.casefold() in {(e.login or "").casefold(), e.name.casefold(), str(e.id)}]
    if len(found) != 1:
        raise NotFound(_("There is no user “{who}”. Name one of: {names}."), who=who,
                       names=", ".join(e.login or e.name for e in employees(records)))  # fmt: skip
    return found[0]


def operations(rights: Rights, level: str) -> frozenset[str]:
    """What a shipped level may do with records of these default rights."""
    rank = LEVELS.index(level)
    return frozenset(word for word in OPERATIONS if LEVELS.index(getattr(rights, word)) <= rank)


def scope(records: Records, employee: Employee, word: str) -> Scope:
    """The data scope a word means for an employee."""
    if word == "all":
        return EVERYTHING
    if word == "department" and employee.department:
        return Scope(departments=frozenset([employee.department]))
    if word == "department_and_below" and employee.department:
        return Scope(departments=below(records.names.rows("department"), employee.department))
    if word == "own_and_below":
        return Scope(owners=subordinates(records.names.rows("employee"), employee.id))
    return Scope(owners=frozenset([employee.id]))


def subordinates(rows: dict[int, Record], top: int) -> frozenset[int]:
    """The employee and everybody who reports to him, directly or not."""
    found = {top}
    while more := {row.id for row in rows.values() if row.manager in found} - found:  # type: ignore[attr-defined]
        found |= more
    return frozenset(found)
