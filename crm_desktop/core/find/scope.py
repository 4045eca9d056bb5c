"""Whose records may be found: as a condition on the columns owner and department, and as tokens of the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crm_desktop.core.find.grams import department_token, owner_token

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


def scope_tokens(scope: Scope) -> tuple[str, ...]:
    """Tokens of which a record in the scope has one; never empty."""
    owners = [owner_token(one) for one in scope.owners]
    return (*owners, *(department_token(one) for one in scope.departments)) or ("nobody",)
