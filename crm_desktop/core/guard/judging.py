"""Triggers on records everybody sees, but of which not everybody with a right to the type writes all: targets (record.Judged)."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.core.guard import audit
from crm_desktop.core.guard.naming import ALL, DEPARTMENT, OWNER, granted, refuse, table
from crm_desktop.core.guard.sight import today
from crm_desktop.core.record import Record

_EAST = 840  # minutes: nowhere is a month over earlier


class Judging:
    """The rules of a type's `judged`: `target.why_not` and `fill_in` say the same."""

    def __init__(self, schema: str, record_type: type[Record]):
        assert record_type.judged is not None
        self.schema, (self.by, self.owner, self.department, self.month) = schema, record_type.judged

    def adding(self) -> list[str]:
        """Only for those one sees, and in the department where they are."""
        return [
            refuse(f"NOT ({self._sees('NEW')} AND {self._sees_now('NEW')})", "judged"),
            self._demand_place(f"NOT ({self._settled()} OR {self._over('NEW')})"),
        ]

    def changing(self, content: Sequence[str]) -> list[str]:
        """Whoever moves a person may bring what is still to come into the new department; that is no change of its content."""
        rest = [name for name in content if name != self.department]
        whose = audit.differ([self.owner, self.department])
        placed = audit.differ([self.owner, self.department, self.month])
        same_owner = f"NEW.`{self.owner}` <=> OLD.`{self.owner}`"
        all_seen = f"{self._sees('OLD')} AND {self._sees('NEW')} AND {self._sees_now('NEW')}"
        follows = f"({same_owner} AND NEW.`{self.owner}` IS NOT NULL AND {self._settled()})"
        return [
            refuse(f"{audit.differ(rest)} AND NOT {self._sees('NEW')}", "judged"),
            refuse(f"{whose} AND NOT {follows} AND NOT ({all_seen})", "judged"),
            self._demand_place(f"{placed} AND NOT ({self._settled()} OR {self._over('NEW')})"),
            self._demand_place(f"{same_owner} AND {self._over('OLD')} AND {audit.differ([self.department])}"),  # it stays where it was
        ]

    def _demand_place(self, wrong: str) -> str:
        """Who sees all puts right, and takes back, where something was."""
        return refuse(f"({wrong}) AND NOT {granted(self.schema, ALL, self.by, who='who')}", "judged")

    def _sees(self, row: str) -> str:
        """Whose it is, by the department that stands in it."""
        return self._scope(f"{row}.`{self.owner}`", f"{row}.`{self.department}`")

    def _sees_now(self, row: str) -> str:
        """The same by the department where the owner is today."""
        return f"({row}.`{self.owner}` IS NULL OR {self._scope(f'{row}.`{self.owner}`', self._place(row))})"

    def _scope(self, owner: str, department: str) -> str:
        ways = [
            granted(self.schema, ALL, self.by, who="who"),
            granted(self.schema, OWNER, self.by, owner, "who"),
            granted(self.schema, DEPARTMENT, self.by, department, "who"),
        ]
        return f"({' OR '.join(ways)})"

    def _place(self, row: str) -> str:
        return f"(SELECT e.department FROM {table(self.schema, 'employee')} e WHERE e.id = {row}.`{self.owner}`)"

    def _settled(self) -> str:
        return f"(NEW.`{self.owner}` IS NULL OR NEW.`{self.department}` <=> {self._place('NEW')})"

    def _over(self, row: str) -> str:
        """Whether its month is over."""
        return f"{row}.`{self.month}` < DATE_FORMAT({today(self.schema, _EAST)}, '%Y-%m-01')"
