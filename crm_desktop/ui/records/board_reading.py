"""What the opportunity board shows, read in one go beside the UI thread: lanes with their cards, counts and money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.sales.stage import Stage
from crm_desktop.core import clock
from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition, View
from crm_desktop.reports.attention import OPEN
from crm_desktop.reports.counting import Sums, Weighted, amount, counted
from crm_desktop.reports.period import read_period
from crm_desktop.reports.stages import CLOSE_INDEX, pipeline

CAP = 40  # cards of a lane read at first; "n more" reads as many again
CLOSED_PERIOD = "this_quarter"
COLUMNS = (
    "name", "customer", "contact", "amount", "expected_close", "next_step", "next_step_on", "owner", "updated_at", "closed_at",
    "stage_since",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """Which cards are wanted. owner: an employee's id, None for everybody; closed: lost and void lanes too; more: how many
    cards of a stage, where it is not CAP."""

    pipeline: str = ""
    owner: int | None = None
    text: str = ""
    closed: bool = False
    more: Mapping[int, int] = field(default_factory=dict)

    @property
    def narrowed(self) -> bool:
        """Whether something is filtered away."""
        return bool(self.owner or self.text)


@dataclass(frozen=True)
class Card:
    """One opportunity as its card shows it. idle: days without a change when that is too long, else 0; closed: the day;
    staying: days in its stage."""

    id: int
    stage: int
    name: str
    customer_id: int | None = None
    customer: str = ""
    contact: str = ""
    amount: Decimal | None = None
    close: date | None = None
    step: str = ""
    step_on: date | None = None
    owner: str = ""
    idle: int = 0
    late: bool = False
    closed: date | None = None
    staying: int = 0


@dataclass(frozen=True)
class Lane:
    """One stage: its first cards, how many there are, and their money."""

    stage: Stage
    name: str
    cards: tuple[Card, ...]
    count: int
    amount: Decimal
    view: View


@dataclass(frozen=True)
class BoardContent:
    """Everything on the board. ends: stages without a lane of their own, to drop cards on."""

    lanes: tuple[Lane, ...]
    ends: tuple[Stage, ...]
    open_amount: Decimal
    weighted: Decimal

    @property
    def empty(self) -> bool:
        """Whether no lane has a card."""
        return not any(lane.count for lane in self.lanes)


def read_board(records: Records, actor: Actor, question: Question) -> BoardContent:
    """The board as this person sees it. Closed stages hold what was closed this quarter."""
    chosen = pipeline(records, question.pipeline)
    view = _narrowed(question)
    ends = tuple(stage for stage in chosen.ends if stage.deleted_at is None)
    shown = [*chosen.way, *(ends if question.closed else ())]
    sums = _sums(records, actor, view, shown)
    lanes = []
    for stage in shown:
        total = sums.get(stage.id, Sums())
        if stage.deleted_at is not None and not total.count:
            continue
        narrowed = view.where(*_conditions(records, stage))
        cards = _cards(records, actor, narrowed, stage, question.more.get(stage.id, CAP)) if total.count else ()
        name = records.names.title("stage", stage.id)
        lanes.append(Lane(stage, name, cards, total.count, amount(total.amount), narrowed))
    still = [sums[lane.stage.id] for lane in lanes if lane.stage.kind == "open" and lane.stage.id in sums]
    return BoardContent(
        tuple(lanes), () if question.closed else ends,
        amount(sum(one.amount for one in still)), amount(sum(one.weighted for one in still)),
    )  # fmt: skip


def ids_on(records: Records, actor: Actor, question: Question) -> list[int]:
    """All opportunities of the board, those of further cards too: lane by lane, each in the order of its cards."""
    chosen = pipeline(records, question.pipeline)
    ends = [stage for stage in chosen.ends if stage.deleted_at is None and question.closed]
    views = [_ordered(_narrowed(question).where(*_conditions(records, stage)), stage) for stage in (*chosen.way, *ends)]
    return [record_id for view in views for record_id in records.ids(Opportunity, actor, view)]


def _narrowed(question: Question) -> View:
    return View(conditions=_owner(question), text=question.text)


def _ordered(view: View, stage: Stage) -> View:
    return View(view.conditions, view.text, (("expected_close", False) if stage.kind == "open" else ("closed_at", True),))


def _owner(question: Question) -> tuple[Condition, ...]:
    return (Condition("owner", "one_of", [question.owner]),) if question.owner else ()


def _conditions(records: Records, stage: Stage) -> tuple[Condition, ...]:
    """What stands in a stage; of a closed one, what was closed lately."""
    there = Condition("stage", "one_of", [stage.id])
    return (OPEN, there) if stage.kind == "open" else (there, *_lately(records))


def _lately(records: Records) -> tuple[Condition, ...]:
    return read_period(CLOSED_PERIOD, records.clock.today()).on_moments("closed_at")


def _sums(records: Records, actor: Actor, view: View, stages: Iterable[Stage]) -> dict[int, Sums]:
    """How many and how much in each stage: one question for the open ones, one for the closed ones."""
    found: dict[int, Sums] = {}
    groups: dict[bool, list[int]] = {}
    for stage in stages:
        groups.setdefault(stage.kind == "open", []).append(stage.id)
    for still_open, ids in groups.items():
        limits = (Condition("stage", "one_of", ids), *((OPEN,) if still_open else _lately(records)))
        # By day first, in the order of the index; words in the filter box leave too few rows to go through it.
        by = (Opportunity.expected_close, Opportunity.stage)
        index = None if view.text else CLOSE_INDEX
        rows = counted(records, actor, Opportunity, view.where(*limits), by, (Opportunity.amount, Weighted()), index)
        for _day, stage_id, *sums in rows:
            found.setdefault(stage_id, Sums()).add(*sums)
    return found


def _cards(records: Records, actor: Actor, view: View, stage: Stage, limit: int) -> tuple[Card, ...]:
    rows = records.page(Opportunity, actor, _ordered(view, stage), COLUMNS, limit)
    customers = _short_names(records, actor, [values[1] for _id, values in rows if values[1]])
    records.names.learn("contact", [values[2] for _id, values in rows if values[2]])
    now, today = records.clock.now(), records.clock.today()
    return tuple(_card(records, stage, customers, record_id, values, now, today) for record_id, values in rows)


def _short_names(records: Records, actor: Actor, ids: Sequence[int]) -> dict[int, str]:
    """What customers are called among colleagues; the full name where there is no short one."""
    rows = records.rows(Customer, actor, list(dict.fromkeys(ids)), ("short_name", "name"))
    names = {customer: values[0] or values[1] for customer, values in rows.items()}
    records.names.learn("customer", [one for one in ids if one not in names])
    return {one: names.get(one) or records.names.title("customer", one) for one in ids}


def _card(
    records: Records, stage: Stage, customers: dict[int, str], record_id: int, values: tuple[Any, ...], now: datetime, today: date
) -> Card:
    told = dict(zip(COLUMNS, values, strict=True))
    rule = Opportunity(expected_close=told["expected_close"], updated_at=told["updated_at"], closed_at=told["closed_at"])
    contact, owner, closed = told["contact"], told["owner"], told["closed_at"]
    return Card(
        record_id,
        stage.id,
        told["name"],
        told["customer"],
        customers.get(told["customer"], ""),
        records.names.title("contact", contact) if contact else "",
        told["amount"],
        told["expected_close"],
        told["next_step"],
        told["next_step_on"],
        records.names.title("employee", owner) if owner else "",
        rule.idle_days(stage, now),
        rule.late(today),
        clock.to_local(closed).date() if closed else None,
        (now - told["stage_since"]).days if told["stage_since"] else 0,
    )
