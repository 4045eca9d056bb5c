"""The permission model: one pure function from the company's own rows (staff, departments, roles, role rights) to what an
employee may do and see. The door, the settings and the server's views all ask it; shares come on top (core/sharing.py).

    operations   what the role's level gives by the type's `Rights`, or what its `RoleRight` for the type lists instead
    scope        the role's data scope, or its `RoleRight`'s for the type; types with `see="all"` are seen by everybody
    own records  are in every scope
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from crm_desktop.business.staff.department import below
from crm_desktop.core.access import EVERYTHING, LEVELS, OPERATIONS, Scope
from crm_desktop.core.record import Record


class Staff(NamedTuple):
    """The rows the model is made of, by id; role rights as a list. Deleted ones among them are those records still name."""

    employees: Mapping[int, Any]
    departments: Mapping[int, Any]
    roles: Mapping[int, Any]
    role_rights: Iterable[Any]


class Permission(NamedTuple):
    """What one employee may do with one record type, and which of its records he sees (shares apart)."""

    operations: frozenset[str]
    scope: Scope


def permissions(staff: Staff, employee: Any, types: Iterable[type[Record]]) -> dict[str, Permission]:
    """The permission of an employee (a row) for each record type."""
    role = staff.roles.get(employee.role)
    differing = {row.name: row for row in staff.role_rights if row.role == employee.role}
    found = {}
    for record_type in types:
        key, differs = record_type.key(), differing.get(record_type.key())
        level = role.level if role else LEVELS[0]
        allowed = frozenset(differs.operations.split()) if differs else shipped(record_type, level)
        row = differs if differs and differs.scope else role
        seen = EVERYTHING if record_type.screen.rights.see == "all" else scope(staff, employee, row)
        found[key] = Permission(allowed, seen)
    return found


def shipped(record_type: type[Record], level: str) -> frozenset[str]:
    """What a level may do with records of a type as the program comes."""
    rank = LEVELS.index(level)
    return frozenset(word for word in OPERATIONS if LEVELS.index(getattr(record_type.screen.rights, word)) <= rank)


def scope(staff: Staff, employee: Any, row: Any) -> Scope:
    """What the data scope of a role, or of its right for a type, means for an employee; his own records are always in it."""
    word = row.scope if row else "own"
    if word == "all":
        return EVERYTHING
    if word == "department" and employee.department:
        return Scope(departments=frozenset([employee.department]))
    if word == "department_and_below" and employee.department:
        return Scope(departments=below(dict(staff.departments), employee.department))
    if word == "own_and_below":
        return Scope(owners=subordinates(staff.employees, employee.id))
    if word == "chosen":
        return Scope(owners=frozenset([employee.id]), departments=frozenset(row.departments))
    return Scope(owners=frozenset([employee.id]))


def subordinates(rows: Mapping[int, Any], top: int) -> frozenset[int]:
    """The employee and everybody who reports to him, directly or not."""
    found = {top}
    while more := {row.id for row in rows.values() if row.manager in found} - found:
        found |= more
    return frozenset(found)
