"""The stages of one pipeline as the reports about opportunities need them: the way to the contract, and the ends."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.sales.stage import Stage
from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records
from crm_desktop.core.through import Through
from crm_desktop.core.views import Condition, View
from crm_desktop.reports.report import pipelines

# Everything a funnel counts stands in this index.
FUNNEL_INDEX = Through(
    Opportunity,
    "deleted_at",
    "owner",
    "stage",
    "reached",
    "department",
    "created_at",
    "expected_close",
    "amount",
    "probability",
)
# What is open by the day it is expected to close, or closed by the moment it was.
CLOSE_INDEX = Through(
    Opportunity,
    "deleted_at",
    "closed_at",
    "expected_close",
    "stage",
    "owner",
    "department",
    "amount",
    "probability",
)

# What is open of one owner.
OPEN_INDEX = Through(Opportunity, "deleted_at", "owner", "closed_at", "next_step_on")
# What is open without a next step, the largest first, and what is open, the longest untouched first: of whomever.
STEP_INDEX = Through(Opportunity, "deleted_at", "closed_at", "next_step_on", "amount", "owner", "department")
IDLE_INDEX = Through(Opportunity, "deleted_at", "closed_at", "updated_at", "stage", "owner", "department")


def few_owners(actor: Actor, view: View) -> bool:
    """Whether only some owners' opportunities are asked for: their own index is the shorter way to what is open."""
    scope = actor.scope(Opportunity)
    return bool(scope.owners and not scope.departments) or any(one.field == "owner" for one in view.conditions)


@dataclass(frozen=True)
class Pipeline:
    """Stages of a pipeline. way: open stages and won ones in their order; ends: lost and void ones. Stages deleted since
    keep their place, because old opportunities still stand in them."""

    name: str
    way: tuple[Stage, ...]
    ends: tuple[Stage, ...]
    only: bool

    @property
    def ids(self) -> list[int]:
        return [stage.id for stage in (*self.way, *self.ends)]

    def of(self, *kinds: str) -> list[int]:
        """The ids of the stages of these kinds."""
        return [stage.id for stage in (*self.way, *self.ends) if stage.kind in kinds]

    def conditions(self) -> tuple[Condition, ...]:
        """What limits opportunities to this pipeline; nothing when there is no other."""
        return () if self.only else (Condition("stage", "one_of", self.ids),)


def pipeline(records: Records, name: str = "") -> Pipeline:
    """A pipeline by its name, the first one without."""
    known = pipelines(records)
    name = name if name in known else (known or [""])[0]
    every = [row for row in records.names.rows("stage").values() if isinstance(row, Stage)]
    rows = [row for row in every if row.pipeline == name]
    rows.sort(key=lambda row: (row.position or 0, row.id))
    way = sorted((row for row in rows if row.kind in ("open", "won")), key=lambda row: row.kind == "won")
    ends = [row for row in rows if row.kind not in ("open", "won")]
    return Pipeline(name, tuple(way), tuple(ends), len(rows) == len(every))
