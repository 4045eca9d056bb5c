"""Whose records may be found, as a condition on a table with the columns owner and department."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Question = tuple[str, list[Any]]
"""SQL that gives ids, and its values."""


@dataclass(frozen=True)
class Scope:
    """Whose records may be found: those of any of `owners`, and those of any of `departments`."""

    owners: tuple[int, ...] = ()
    departments: tuple[int, ...] = ()

    def condition(self) -> Question:
        """One condition for all of it."""
        ways = [
            f"{column} IN ({', '.join('?' * len(several))})"
            for column, several in (("owner", self.owners), ("department", self.departments))
            if several
        ]
        return f"({' OR '.join(ways) or '1 = 0'})", [*self.owners, *self.departments]

    def each(self) -> list[Question]:
        """Conditions that together cover it, each of which one index answers."""
        owners: list[Question] = [("owner = ?", [one]) for one in self.owners]
        return owners + [("department = ?", [one]) for one in self.departments]
