"""Targets: what the company, a department or a person is to sell, or to receive, in a month."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.errors import Invalid, Refused, Taken
from crm_desktop.core.fields import Choice, Link, Money, Month, Text
from crm_desktop.core.record import Judged, Record, Rights, Screen, indexed
from crm_desktop.core.words import _

TAKEN = _("There is a target for {name} in this month already. Change that one.")


class Target(Record):
    """One target; without department and person it is the company's. Everybody sees them, managers set them.

    A person's counts for the department he is in; when he goes to another one, those of past months stay behind.
    """

    name = Text(_("Target"), required=True, readonly=True, max_length=120)
    measure = Choice(_("Measure"), "target_measure", required=True, default="sales", max_length=20)
    month = Month(_("Month"), required=True)
    team = Link(_("Target of department"), "department")
    person = Link(_("Target of person"), "employee")
    amount = Money(_("Amount"), required=True)
    code = Text(_("Code"), max_length=60, readonly=True, shown=False)

    unique = ("code",)
    known_by = ("month", "measure", "team", "person")
    known_unless = {"team": "person"}
    judged = Judged("opportunity", owner="person", department="team", month="month")
    screen = Screen(
        _("Targets"), _("Target"), area="settings", icon="target", columns="name measure amount team person", sort="-month",
        quick="measure month team person amount",
        rights=Rights(see="all", add="manager", edit="manager", delete="manager", bring_in="manager"),
    )  # fmt: skip

    class Meta:
        indexes = (*indexed("month"), (("code",), False))

    def begin(self, records: Any) -> None:
        self.month = records.clock.today().replace(day=1)

    def whose(self) -> tuple[str, int]:
        """Whose target it is: ("person", id), ("team", id) or ("company", 0)."""
        return ("person", self.person) if self.person else ("team", self.team) if self.team else ("company", 0)

    def fill_in(self, unit: Any) -> None:
        """The department of a person's target is his own; that of a month that is over stays what it was."""
        if self.person:
            before, over = self.stored or {}, is_over(unit.records, self.month)
            if over and before.get("person") == self.person:
                self.team = before["team"]
            elif not (over and self.team):
                self.team = place_of(unit.records, self.person)
        kind, one = self.whose()
        if isinstance(self.month, date):
            self.name = f"{self.month:%Y-%m} {self._called(unit)}"[:120].strip()
            self.code = f"{self.measure} {self.month:%Y-%m} {kind} {one}"

    def _called(self, unit: Any) -> str:
        kind, one = self.whose()
        key = {"person": "employee", "team": "department"}.get(kind)
        return unit.records.names.title(key, one) if key else str(unit.records.settings.get("company", ""))

    def check(self, unit: Any) -> None:
        """An amount, once for each month, by somebody who sees the sales it is about."""
        if self.amount is not None and self.amount < 0:
            raise Invalid(_("A target is an amount from 0 upwards."), "amount")
        before = self.stored or {}
        if self.code != before.get("code"):
            if unit.taken(self, "code", self.code):
                raise Taken(TAKEN, "month", self.code, name=self.name)
            if before:
                _demand_seen(unit, before["person"], before["team"])
            if self.person:
                _demand_seen(unit, self.person, place_of(unit.records, self.person))
        _demand_seen(unit, self.person, self.team)

    def deleted(self, unit: Any) -> None:
        _demand_seen(unit, self.person, self.team)

    def restored(self, unit: Any) -> None:
        _demand_seen(unit, self.person, self.team)
        if unit.taken(self, "code", self.code):
            raise Refused(TAKEN, name=self.name)


def _demand_seen(unit: Any, person: int | None, team: int | None) -> None:
    why = why_not(unit.records, unit.actor, person, team)
    if why and not unit.trusted:
        raise Refused(why)


def why_not(records: Any, actor: Any, person: int | None, team: int | None) -> str:
    """Why this person does not set targets for somebody, in a department, or the company: only of whom he sees the opportunities; ''
    when he may. The server asks the same (core/guard/judging.py)."""
    scope = actor.scope(Opportunity)
    seen = scope.holds(person, team) if person or team else scope.all
    return "" if seen else _("You set targets only for those whose opportunities you see.")


def is_over(records: Any, month: Any) -> bool:
    """Whether a month lies in the past."""
    return isinstance(month, date) and month < records.clock.today().replace(day=1)


def place_of(records: Any, person: int) -> int | None:
    """The department somebody is in today."""
    employee = records.names.rows("employee").get(person)
    return employee.department if employee is not None else None
