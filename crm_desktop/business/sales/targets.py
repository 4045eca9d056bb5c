"""Who has which target, and what departments and the company have by those below them: children add up to their parent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from crm_desktop.business.sales.target import Target, why_not
from crm_desktop.core.access import Actor, Scope
from crm_desktop.core.errors import Invalid, Refused
from crm_desktop.core.journal import Change
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.core.words import _, say

Whose = tuple[str, int]
COMPANY: Whose = ("company", 0)
ZERO = Decimal(0)
LESS = _("What is below adds up to {sum} already. Lower that first, or leave this empty: then it is the sum.")


class Place(NamedTuple):
    """One line of the tree: whose targets it holds, what that is called, and how deep it stands."""

    whose: Whose
    name: str
    depth: int


class Targets:
    """All targets of one measure as they stand: typed ones, and what follows from them.

    Whoever has others below him has at least what they add up to; what was typed above that is not shared out yet.
    """

    def __init__(self, records: Records, measure: str = "sales"):
        self._records, self.measure = records, measure
        rows: Any = records.names.all("target")
        self.rows: dict[tuple[Whose, date], Target] = {
            (row.whose(), row.month): row for row in rows if row.measure == measure and row.month is not None
        }
        self._people: dict[int, Any] = dict(records.names.rows("employee"))
        self._teams: dict[int, Any] = dict(records.names.rows("department"))
        self._below: dict[Whose, list[Whose]] = {}
        for row in records.names.all("department"):
            self._below.setdefault(self._above_team(row.id), []).append(("team", row.id))
        named = {one for kind, one in (whose for whose, _month in self.rows) if kind == "person"}
        for person in self._people.values():
            if (person.deleted_at is None and person.state != "left") or person.id in named:
                self._below.setdefault(self._above_person(person), []).append(("person", person.id))

    def _above_team(self, team: int) -> Whose:
        parent = self._teams[team].parent
        return ("team", parent) if self._lives(parent) else COMPANY

    def _above_person(self, person: Any) -> Whose:
        return ("team", person.department) if self._lives(person.department) else COMPANY

    def _lives(self, team: int | None) -> bool:
        return team in self._teams and self._teams[team].deleted_at is None

    def typed(self, whose: Whose, month: date) -> Decimal | None:
        """What was entered for it; None for nothing."""
        row = self.rows.get((whose, month))
        return row.amount if row is not None else None

    def below(self, whose: Whose, month: date) -> Decimal | None:
        """What those below add up to; None when none of them has a target."""
        found = [value for one in self._below.get(whose, ()) if (value := self.of(one, month)) is not None]
        return sum(found, ZERO) if found else None

    def of(self, whose: Whose, month: date) -> Decimal | None:
        """The target: what was entered, or what those below add up to when that is more."""
        values = [value for value in (self.typed(whose, month), self.below(whose, month)) if value is not None]
        return max(values) if values else None

    def within(self, scope: Scope, month: date) -> Decimal | None:
        """The target of all that this scope sees: the company's, or that of its departments and people together."""
        if scope.all:
            return self.of(COMPANY, month)
        teams = {("team", one) for one in scope.departments}
        tops = [one for one in teams if one[1] in self._teams and self._above_team(one[1]) not in teams]
        people = [self._people[one] for one in scope.owners if one in self._people]
        tops += [("person", one.id) for one in people if self._above_person(one) not in teams]
        found = [value for one in tops if (value := self.of(one, month)) is not None]
        return sum(found, ZERO) if found else None

    def tree(self, lang: str | None = None) -> list[Place]:
        """The company, its departments and everybody in them, each below what it belongs to."""
        company = str(self._records.settings.get("company", "")) or say(_("Company"), lang)
        return [Place(COMPANY, company, 0), *self._under(COMPANY, 1)]

    def _under(self, whose: Whose, depth: int) -> list[Place]:
        found = []
        # People stand before the departments below theirs.
        for one in sorted(self._below.get(whose, ()), key=lambda each: each[0] != "person"):
            key = "employee" if one[0] == "person" else "department"
            found += [Place(one, self._records.names.title(key, one[1]), depth), *self._under(one, depth + 1)]
        return found


def target_for(
    records: Records, actor: Actor, months: Iterable[date], scope: Scope, owner: int | None = None, department: int | None = None
) -> list[Decimal | None]:
    """The sales target of each month for one person, one department, or all that the scope sees."""
    targets = Targets(records)
    whose: Whose | None = ("person", owner) if owner else ("team", department) if department else None
    return [targets.of(whose, month) if whose else targets.within(scope, month) for month in months]


def may_set(records: Records, actor: Actor, whose: Whose) -> str:
    """Why this person may not set targets for it; '' when he may."""
    return why_not(records, actor, *_parts(whose))


def set_targets(records: Records, actor: Actor, measure: str, wanted: Iterable[tuple[Whose, date, Decimal | None]]) -> Change:
    """Enter targets, None takes one away; one act, one undo. Raises Invalid for less than what is below adds up to."""
    wanted = list(wanted)

    def work(unit: Unit) -> None:
        # From above downwards would refuse a parent that is lowered together with its children.
        for whose, month, amount in sorted(wanted, key=lambda one: ("person", "team", "company").index(one[0][0])):
            _set(unit, measure, whose, month, amount)

    return records.unit(actor, work, "targets")[1]


def _set(unit: Unit, measure: str, whose: Whose, month: date, amount: Decimal | None) -> None:
    if why := may_set(unit.records, unit.actor, whose):
        raise Refused(why)
    targets = Targets(unit.records, measure)
    row = targets.rows.get((whose, month))
    if amount is None:
        if row is not None:
            unit.delete(Target, row.id)
        return
    below = targets.below(whose, month)
    if below is not None and amount < below:
        raise Invalid(LESS, "amount", sum=f"{below:,.2f}".removesuffix(".00"))
    if row is not None:
        record: Any = unit.get(Target, row.id)
        record.amount = amount
    else:
        person, team = _parts(whose)
        record = Target(measure=measure, month=month, person=person, team=team, amount=amount)
    unit.save(record)


def _parts(whose: Whose) -> tuple[int | None, int | None]:
    """(person, department) as a target names them."""
    kind, one = whose
    return one if kind == "person" else None, one if kind == "team" else None

