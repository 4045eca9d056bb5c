"""Opportunities: what a customer may buy, how likely, and the next step towards it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.business.office import reminder
from crm_desktop.business.sales.stage import Stage
from crm_desktop.core.errors import Invalid, Refused
from crm_desktop.core.fields import Choice, Day, Link, LongText, Many, Moment, Money, Percent, Text
from crm_desktop.core.money import rounded
from crm_desktop.core.record import Record, Screen, indexed
from crm_desktop.core.words import _


class Opportunity(Record):
    """An opportunity in a stage. Probability follows the stage unless set by hand; lost ones name the reason."""

    name = Text(_("Opportunity"), required=True, search="name")
    customer = Link(_("Customer"), "customer", required=True)
    contact = Link(_("Contact"), "contact")
    stage = Link(_("Stage"), "stage", required=True)
    amount = Money(_("Amount"))
    probability = Percent(_("Probability"))
    expected_close = Day(_("Expected close"))
    next_step = Text(_("Next step"))
    next_step_on = Day(_("Next step on"))
    products = Many(_("Products"), "product")
    competitor = Text(_("Competitor"), max_length=120)
    source = Choice(_("Source"), "source")
    lost_reason = Choice(_("Lost reason"), "lost_reason")
    lost_note = LongText(_("What we learned"))
    reached = Link(_("Furthest stage"), "stage", readonly=True, index=False)
    stage_since = Moment(_("In this stage since"), readonly=True)
    closed_at = Moment(_("Closed at"), readonly=True)
    tags = Many(_("Tags"), "tag")
    note = LongText(_("Note"), search="text")

    screen = Screen(
        _("Opportunities"),
        _("Opportunity"),
        area="work",
        icon="kanban",
        columns="name customer stage amount probability expected_close next_step_on owner",
        sort="expected_close",
        sub="customer amount",
        quick="name customer amount expected_close next_step next_step_on",
        about="customer",
        shared=True,
    )

    class Meta:
        indexes = (
            *indexed("stage", "amount", "created_at", "closed_at", first="expected_close"),
            # The funnel, and what is open or was closed in a time, are counted from these indexes alone, in any scope.
            (("deleted_at", "owner", "stage", "reached", "department", "created_at", "expected_close", "amount",
              "probability"), False),
            (("deleted_at", "closed_at", "expected_close", "stage", "owner", "department", "amount", "probability"), False),
            (("deleted_at", "owner", "closed_at", "next_step_on"), False),
            # What is open without a next step, the largest first; and what is open, the longest untouched first.
            (("deleted_at", "closed_at", "next_step_on", "amount", "owner", "department"), False),
            (("deleted_at", "closed_at", "updated_at", "stage", "owner", "department"), False),
        )  # fmt: skip

    def weighted(self) -> Decimal:
        """Amount × probability, rounded once."""
        return rounded((self.amount or Decimal(0)) * (self.probability or 0) / 100)

    def idle_days(self, stage: Stage, now: datetime) -> int:
        """Days without a change, when that is longer than its stage allows; else 0."""
        if stage.kind != "open" or not stage.idle_days or self.updated_at is None:
            return 0
        days = (now - self.updated_at).days
        return days if days > stage.idle_days else 0

    def late(self, today: date) -> bool:
        """Whether the expected close has passed without one."""
        return self.closed_at is None and self.expected_close is not None and self.expected_close < today

    def begin(self, records: Any) -> None:
        """The first stage."""
        if self.stage is None:
            first = min((s for s in records.names.all("stage") if s.kind == "open"), key=lambda s: s.position or 0, default=None)
            self.stage = first.id if first else None

    def fill_in(self, unit: Any) -> None:
        """First stage for a new one; probability, dates and reasons follow the stage."""
        stages = unit.records.names.rows("stage")
        self.begin(unit.records)
        before = stages.get(self.stored["stage"]) if self.stored else None
        stage = stages.get(self.stage)
        if stage is None or stage is before:
            return
        self.reached = self._furthest(unit, stage)
        by_hand = self.probability is not None and self.probability != (before.probability if before else None)
        if not by_hand or stage.kind != "open":
            self.probability = stage.probability
        self.stage_since = unit.now
        self.closed_at = None if stage.kind == "open" else unit.now
        if stage.kind != "lost":
            self.lost_reason = ""

    def given(self, unit: Any, before: dict[str, Any] | None) -> None:
        reminder.tell_new_owner(unit, self, before)

    def _furthest(self, unit: Any, stage: Stage) -> int:
        """The stage furthest towards the contract it was ever in: what a lost one had reached shows in the funnel."""
        stages = unit.records.names.rows("stage")
        ways = [s for s in unit.records.names.all("stage") if s.kind in ("open", "won") and s.pipeline == stage.pipeline]
        been = [s for s in (stages.get(self.reached), stage) if s in ways]
        return int(max(been or ways[:1] or [stage], key=lambda s: s.position or 0).id)

    def check(self, unit: Any) -> None:
        """A lost one needs its reason; a stage may forbid going back."""
        stages = unit.records.names.rows("stage")
        stage = stages.get(self.stage)
        if stage is None:
            raise Invalid(_("Choose a stage."), "stage")
        if stage.kind == "lost" and not self.lost_reason:
            raise Invalid(_("Choose why the opportunity was lost."), "lost_reason")
        before = stages.get(self.stored["stage"]) if self.stored else None
        if before and before is not stage and not before.may_go_back and (stage.position or 0) < (before.position or 0):
            raise Refused(_("An opportunity cannot go back from “{stage}”."), stage=unit.records.names.title("stage", before.id))

    def opened_to(self, unit: Any, employee: int, others: int = 0) -> None:
        reminder.tell_colleague(unit, self, employee, others)
