"""Changing what roles may do and see: one line for each record type, kept only where it differs from the role's level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.business.staff.permissions import shipped
from crm_desktop.business.staff.role import Role, RoleRight
from crm_desktop.business.staff.strictness import settle_doors
from crm_desktop.core import masking
from crm_desktop.core.access import OPERATIONS, Actor, lacks
from crm_desktop.core.errors import Invalid, NotFound
from crm_desktop.core.journal import Change
from crm_desktop.core.kinds import Kind
from crm_desktop.core.names import Names
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.core.words import _


@dataclass(frozen=True)
class Line:
    """What a role may do with a record type and sees of it. scope: '' as the role's; differs: the company set this line."""

    record_type: type[Record]
    operations: frozenset[str]
    scope: str
    departments: tuple[int, ...]
    differs: bool


def lines(records: Records, role: Role) -> list[Line]:
    """A role's line for every record type, in the order of the types."""
    own: dict[str, Any] = {row.name: row for row in records.names.all("role_right") if row.role == role.id}  # type: ignore[attr-defined]
    found = []
    for record_type in records.types.values():
        row = own.get(record_type.key())
        if row is None:
            found.append(Line(record_type, shipped(record_type, role.level), "", (), False))
        else:
            allowed = frozenset(row.operations.split())
            found.append(Line(record_type, allowed, row.scope or "", tuple(row.departments), True))
    return found


def operations_of(record_type: type[Record]) -> tuple[str, ...]:
    """The operations that mean something for a record type."""
    seen_by_all, screen = record_type.screen.rights.see == "all", record_type.screen
    without = {"assign", "plain"} if seen_by_all else set()
    if screen.follows:
        without.add("assign")
    if not screen.shared:
        without.add("share")
    if not any(field.kind.store(None) == "" and field.masked for field in record_type.declared().values()):
        without.add("plain")
    return tuple(word for word in OPERATIONS if word not in without)


def set_line(
    records: Records, actor: Actor, role: Role, record_type: type[Record], allowed: frozenset[str], scope: str = "",
    departments: Sequence[int] = (),
) -> Change:  # fmt: skip
    """Set what a role may do with a record type and sees of it. A line that says what the role's level says is taken away."""

    def work(unit: Unit) -> None:
        now: Any = unit.current(Role, role.id)
        rows = unit.tx.run("SELECT id FROM role_right WHERE role = ? AND name = ? AND deleted_at IS NULL", (role.id, record_type.key()))
        plain = allowed == shipped(record_type, now.level) and not scope
        if rows and plain:
            unit.delete(RoleRight, rows[0][0])
        elif not plain:
            row: Any = unit.get(RoleRight, rows[0][0]) if rows else RoleRight(name=record_type.key(), role=role.id)
            row.operations = " ".join(word for word in OPERATIONS if word in allowed)
            row.scope, row.departments = scope, tuple(departments) if scope == "chosen" else ()
            unit.save(row)

    return records.unit(actor, work, "rights", f"{role.name}: {record_type.key()}")[1]


def copy_role(records: Records, actor: Actor, role: Role, name: str) -> tuple[Role, Change]:
    """A new role that may do and sees what another one does."""

    def work(unit: Unit) -> Role:
        taken = {row.called().casefold() for row in unit.records.names.all("role")}
        if name.strip().casefold() in taken:
            raise Invalid(_("There is a role “{name}” already. Choose another name."), "name", name=name.strip())
        made = Role(name=name.strip(), level=role.level, scope=role.scope, departments=role.departments)
        unit.save(made)
        for row in unit.records.names.all("role_right"):
            if row.role == role.id:  # type: ignore[attr-defined]
                one: Any = row
                unit.save(
                    RoleRight(name=one.name, role=made.id, operations=one.operations, scope=one.scope, departments=one.departments)
                )
        return made

    return records.unit(actor, work, "rights", name)


# Hidden numbers


def may_be_hidden(records: Records, record_type: type[Record]) -> list[str]:
    """The fields of a type that the company may hide: texts that are neither its title nor long."""
    return [
        name for name, field in records.fields(record_type).items()
        if field.shown and not field.readonly and name != record_type.title_field and _is_text(field.kind)
    ]  # fmt: skip


def _is_text(kind: Kind) -> bool:
    return kind.key in ("text", "phone", "email")


def set_hidden(records: Records, actor: Actor, record_type: type[Record], names: Sequence[str]) -> None:
    """Choose which fields of a type are hidden from those who neither own a record nor may see them in full."""
    if not actor.may(Role, "edit"):
        raise lacks(Role, "edit", records.names).refusal()
    if set(names) - set(may_be_hidden(records, record_type)):
        raise NotFound()

    def chosen(known: dict[str, list[str]] | None) -> dict[str, list[str]]:
        return {**(known or {}), record_type.key(): sorted(names)}

    records.settings.change(masking.SETTING, chosen)
    settle_doors(records)


def label_of(names: Names, role: Role) -> str:
    """A role as it is called in the reader's language."""
    return names.title("role", role.id)
