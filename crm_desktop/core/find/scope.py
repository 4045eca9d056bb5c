"""Whose records may be found: as a condition on the columns owner and department, and as tokens of the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crm_desktop.core.find.grams import department_token, owner_token

Question = tuple[str, list[Any]]
"""SQL that gives ids, and its values."""


@dataclass(frozen=True)
class Scope:
    """Whose records may be found: those of any of `owners`, of any of `departments`, and those whose ids `opened` gives.

    The index has words for owners and departments; what `opened` gives is asked for apart, it is little.
    """

    owners: tuple[int, ...] = ()
    departments: tuple[int, ...] = ()
    opened: Question | None = None

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
        departments: list[Question] = [("department = ?", [one]) for one in self.departments]
        return owners + departments + self.apart("id")

    def apart(self, column: str) -> list[Question]:
        """The condition on an id column that holds for what is opened one by one; none when nothing is. `+rowid`: the engine
        goes through the matches of an index and looks each up, instead of asking the index for every single id."""
        return [(f"{column} IN ({self.opened[0]})", self.opened[1])] if self.opened else []


def scope_tokens(scope: Scope) -> tuple[str, ...]:
    """Tokens of which a record in the scope has one; never empty."""
    owners = [owner_token(one) for one in scope.owners]
    return (*owners, *(department_token(one) for one in scope.departments)) or ("nobody",)
