"""Who has which target, and what departments and the company have by those below them: children add up to their parent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from crm_desktop.business.sales.target import Target, is_over, place_of, why_not
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
        self.records, self.measure = records, measure
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
        # Months that are over count where the person was then.
        self._then: dict[tuple[Whose, date], Whose] = {}
        self._stayed: dict[tuple[Whose, date], list[Whose]] = {}
        for (whose, month), row in self.rows.items():
            if row.person in self._people and is_over(records, month):
                then = self._team(row.team)
                if then != self._above_person(self._people[row.person]):
                    self._then[whose, month] = then
                    self._stayed.setdefault((then, month), []).append(whose)

    def _above_team(self, team: int) -> Whose:
        return self._team(self._teams[team].parent)

    def _above_person(self, person: Any) -> Whose:
        return self._team(person.department)

    def _team(self, team: int | None) -> Whose:
        """A department, or the company in place of one that is no more."""
        return ("team", team) if team is not None and team in self._teams and self._teams[team].deleted_at is None else COMPANY

    def parts(self, whose: Whose, month: date) -> tuple[int | None, int | None]:
        """(person, department) as a target of that month names them."""
        kind, one = whose
        if kind != "person":
            return None, one if kind == "team" else None
        row = self.rows.get((whose, month))
        return one, row.team if row is not None and is_over(self.records, month) else place_of(self.records, one)

    def elsewhere(self, whose: Whose, month: date) -> str:
        """What another department is called that a person's target of a past month counts for, or the company; '' for his own."""
        then = self._then.get((whose, month))
        return "" if then is None else self._company() if then == COMPANY else self.records.names.title("department", then[1])

    def typed(self, whose: Whose, month: date) -> Decimal | None:
        """What was entered for it; None for nothing."""
        row = self.rows.get((whose, month))
        return row.amount if row is not None else None

    def below(self, whose: Whose, month: date) -> Decimal | None:
        """What those below add up to; None when none of them has a target."""
        now = [one for one in self._below.get(whose, ()) if (one, month) not in self._then]
        found = [value for one in (*now, *self._stayed.get((whose, month), ())) if (value := self.of(one, month)) is not None]
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
        people = {("person", one): self._people[one] for one in scope.owners if one in self._people}
        tops += [one for one, row in people.items() if self._then.get((one, month), self._above_person(row)) not in teams]
        found = [value for one in tops if (value := self.of(one, month)) is not None]
        return sum(found, ZERO) if found else None

    def tree(self, lang: str | None = None) -> list[Place]:
        """The company, its departments and everybody in them, each below what it belongs to."""
        return [Place(COMPANY, self._company(lang), 0), *self._under(COMPANY, 1)]

    def _company(self, lang: str | None = None) -> str:
        return str(self.records.settings.get("company", "")) or say(_("Company"), lang)

    def _under(self, whose: Whose, depth: int) -> list[Place]:
        found = []
        # People stand before the departments below theirs.
        for one in sorted(self._below.get(whose, ()), key=lambda each: each[0] != "person"):
            key = "employee" if one[0] == "person" else "department"
            found += [Place(one, self.records.names.title(key, one[1]), depth), *self._under(one, depth + 1)]
        return found


def target_for(
    records: Records, actor: Actor, months: Iterable[date], scope: Scope, owner: int | None = None, department: int | None = None
) -> list[Decimal | None]:
    """The sales target of each month for one person, one department, or all that the scope sees."""
    targets = Targets(records)
    whose: Whose | None = ("person", owner) if owner else ("team", department) if department else None
    return [targets.of(whose, month) if whose else targets.within(scope, month) for month in months]


def may_set(targets: Targets, actor: Actor, whose: Whose, month: date) -> str:
    """Why this person may not set the target of it for a month; '' when he may."""
    return why_not(targets.records, actor, *targets.parts(whose, month))


def set_targets(records: Records, actor: Actor, measure: str, wanted: Iterable[tuple[Whose, date, Decimal | None]]) -> Change:
    """Enter targets, None takes one away; one act, one undo. Raises Invalid for less than what is below adds up to."""
    wanted = list(wanted)

    def work(unit: Unit) -> None:
        # From above downwards would refuse a parent that is lowered together with its children.
        for whose, month, amount in sorted(wanted, key=lambda one: ("person", "team", "company").index(one[0][0])):
            _set(unit, measure, whose, month, amount)

    return records.unit(actor, work, "targets")[1]


def _set(unit: Unit, measure: str, whose: Whose, month: date, amount: Decimal | None) -> None:
    targets = Targets(unit.records, measure)
    if why := may_set(targets, unit.actor, whose, month):
        raise Refused(why)
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
        person, team = targets.parts(whose, month)
        record = Target(measure=measure, month=month, person=person, team=team, amount=amount)
    unit.save(record)
