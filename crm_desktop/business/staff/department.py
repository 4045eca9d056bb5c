"""Departments: a tree; what a manager sees follows it."""

from __future__ import annotations

from typing import Any

from crm_desktop.core.errors import Invalid, Refused
from crm_desktop.core.fields import Link, Number, Text
from crm_desktop.core.picklists import ADMIN_ONLY
from crm_desktop.core.record import Record, Screen
from crm_desktop.core.words import _


class Department(Record):
    """A department under its parent."""

    name = Text(_("Department"), required=True, max_length=80)
    name_en = Text(_("English label"), max_length=80)
    parent = Link(_("Part of"), "department")
    position = Number(_("Position"))

    screen = Screen(
        _("Departments"), _("Department"), area="settings", icon="building-2", columns="name parent", rights=ADMIN_ONLY,
    )  # fmt: skip

    def check(self, unit: Any) -> None:
        """A department is not part of itself, however indirectly."""
        rows = unit.records.names.rows("department")
        above = self.parent
        while above:
            if above == self.id:
                raise Invalid(_("A department cannot be part of itself."), "parent")
            above = rows[above].parent if above in rows else None

    def deleted(self, unit: Any) -> None:
        """Nobody is left in a department that is gone."""
        for key, link in (("employee", "department"), ("department", "parent")):
            if unit.tx.run(f"SELECT id FROM `{key}` WHERE `{link}` = ? AND deleted_at IS NULL LIMIT 1", (self.id,)):
                raise Refused(_("“{name}” still has people or departments in it. Move them first."), name=self.name)


def below(rows: dict[int, Any], top: int) -> frozenset[int]:
    """The department and all under it."""
    found = {top}
    while True:
        more = {row.id for row in rows.values() if row.parent in found} - found
        if not more:
            return frozenset(found)
        found |= more
