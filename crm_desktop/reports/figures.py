"""The workbench's figures, counted from the data through the person's scope: money, customers, what is late, the funnel.

Every figure is one or two queries that an index answers alone; nothing is kept beside the records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.sales.targets import target_for
from crm_desktop.core.access import Actor
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say
from crm_desktop.database.peewee_import import peewee
from crm_desktop.reports.attention import OPEN
from crm_desktop.reports.counting import COUNT, Sums, Weighted, amount, counted, whole
from crm_desktop.reports.period import DAY, Period, first_of_month, midnight, months_after
from crm_desktop.reports.signed import SIGNED
from crm_desktop.reports.stages import CLOSE_INDEX, OPEN_INDEX, Pipeline, few_owners, pipeline
from crm_desktop.reports.table import Drill
from crm_desktop.reports.todo import Todo, todo_of
from crm_desktop.reports.words import named

MONTHS = 12
ENDING_DAYS = 30
MOST = 999  # late ones are counted up to here


@dataclass(frozen=True)
class Figure:
    """One figure. kind: money or number; before: the same days of last month, None when there is nothing to compare with;
    trend: the last 12 months, the running one last; more: whether counting stopped at MOST; drill: the records counted; target:
    what it is to become, None when nothing was set."""

    key: str
    label: str
    kind: str
    value: Decimal | int
    before: Decimal | int | None = None
    trend: tuple[Decimal | int, ...] = ()
    more: bool = False
    drill: Drill | None = None
    target: Decimal | None = None

    @property
    def change(self) -> Decimal | None:
        """Against the same days of last month: 0.124 is 12.4 % more; None without anything to compare with."""
        if not self.before:
            return None
        return round((Decimal(self.value) - Decimal(self.before)) / abs(Decimal(self.before)), 4)


@dataclass(frozen=True)
class Bar:
    """One stage of the small funnel: what stands in it now (for won stages: what was won this month)."""

    label: str
    tone: str
    count: int
    amount: Decimal
    weighted: Decimal
    drill: Drill


@dataclass(frozen=True)
class Workbench:
    """Everything the workbench shows of one person's day. months: the first day of each month of the trends."""

    day: date
    figures: tuple[Figure, ...]
    months: tuple[date, ...]
    funnel: tuple[Bar, ...]
    todo: Todo

    def figure(self, key: str) -> Figure:
        """A figure by its key."""
        return next(one for one in self.figures if one.key == key)


def workbench(records: Records, actor: Actor, lang: str | None = None) -> Workbench:
    """All figures of this person's scope, and his own list of things to do today."""
    asked = _Asked(records, actor, lang or actor.lang, records.clock.today())
    still = asked.open_by_stage()
    won = asked.won()
    figures = (
        asked.signed(),
        won,
        asked.new_customers(),
        asked.pipeline(still),
        asked.to_contact(),
        asked.late(),
        asked.ending(),
    )
    return Workbench(asked.today, figures, asked.months, asked.funnel(still, won), todo_of(records, actor, asked.lang))


class _Asked:
    """The questions of one workbench."""

    def __init__(self, records: Records, actor: Actor, lang: str, today: date):
        self.records, self.actor, self.lang, self.today = records, actor, lang, today
        first = first_of_month(today)
        self.months = tuple(months_after(first, count - MONTHS + 1) for count in range(MONTHS))
        self.month = Period(first, months_after(first, 1) - DAY, "this_month")
        # Last month up to the same day; a shorter one to its end.
        last = months_after(first, -1)
        self.same_days = Period(last, min(last + (today - first), first - DAY))
        self.stages: Pipeline = pipeline(records)

    # Money

    def signed(self) -> Figure:
        """Amounts of the contracts signed this month; drafts and what was terminated or voided do not count."""
        state = Condition("state", "one_of", list(SIGNED))
        span = Period(self.months[0], self.month.last)
        view = View(conditions=(state, *span.on_days("signed_on")))
        days = counted(self.records, self.actor, Contract, view, (Contract.signed_on,), (Contract.amount,))
        trend = dict.fromkeys(self.months, 0)
        before = 0
        for stored, _count, money in days:
            day = Contract.signed_on.python_value(stored)
            trend[first_of_month(day)] += money
            if self.same_days.first <= day <= self.same_days.last:
                before += money
        monthly = tuple(amount(money) for money in trend.values())
        drill = Drill(Contract.key(), View(conditions=(state, *self.month.on_days("signed_on"))))
        return Figure(
            "signed",
            say(_("Signed this month"), self.lang),
            "money",
            monthly[-1],
            amount(before),
            monthly,
            drill=drill,
            target=target_for(self.records, self.actor, self.months[-1:], self.actor.scope(Contract))[0],
        )

    def won(self) -> Figure:
        """Amounts of the opportunities won this month."""
        won = Condition("stage", "one_of", self._won_stages())
        sums = (peewee.fn.SUM(Opportunity.amount),)
        values = self._by_month(Opportunity, Opportunity.closed_at, (won,), sums)
        monthly = tuple(amount(whole(value)) for value in values)
        drill = Drill(Opportunity.key(), View(conditions=(won, *self.month.on_moments("closed_at"))))
        return Figure(
            "won",
            say(_("Won this month"), self.lang),
            "money",
            monthly[-2],
            monthly[-1],
            monthly[:-1],
            drill=drill,
        )

    def open_by_stage(self) -> dict[int, Sums]:
        """What is open in each stage, all pipelines together."""
        view = View(conditions=(OPEN,))
        through = OPEN_INDEX if few_owners(self.actor, view) else CLOSE_INDEX
        # By day first: in the order of that index, which spares sorting all that is open.
        by, sums = (Opportunity.expected_close, Opportunity.stage), (Opportunity.amount, Weighted())
        found: dict[int, Sums] = {}
        for _day, stage, *counts in counted(self.records, self.actor, Opportunity, view, by, sums, through):
            found.setdefault(stage, Sums()).add(*counts)
        return found

    def pipeline(self, still: dict[int, Sums]) -> Figure:
        """The weighted amount of everything open."""
        money = amount(sum(one.weighted for one in still.values()))
        drill = Drill(Opportunity.key(), View(conditions=(OPEN,)))
        return Figure("pipeline", say(_("Open pipeline, weighted"), self.lang), "money", money, drill=drill)

    def funnel(self, still: dict[int, Sums], won: Figure) -> tuple[Bar, ...]:
        """The open stages of the first pipeline as they stand, and what was won this month."""
        bars = []
        for stage in self.stages.way:
            if stage.kind == "open" and (stage.deleted_at is None or stage.id in still):
                one = still.get(stage.id, Sums())
                drill = Drill(Opportunity.key(), View(conditions=(OPEN, Condition("stage", "one_of", [stage.id]))))
                bars.append(
                    Bar(
                        named(stage, self.lang),
                        stage.tone or "",
                        one.count,
                        amount(one.amount),
                        amount(one.weighted),
                        drill,
                    )
                )
        assert won.drill is not None
        count = self.records.count(Opportunity, self.actor, won.drill.view)
        bars.append(Bar(won.label, "ok", count, Decimal(won.value), Decimal(won.value), won.drill))
        return tuple(bars)

    # Customers and contracts

    def new_customers(self) -> Figure:
        """Customers created this month."""
        values = tuple(whole(value) for value in self._by_month(Customer, Customer.created_at, (), (COUNT,)))
        drill = Drill(Customer.key(), View(conditions=self.month.on_moments("created_at")))
        return Figure(
            "new_customers",
            say(_("New customers"), self.lang),
            "number",
            values[-2],
            values[-1],
            values[:-1],
            drill=drill,
        )

    def to_contact(self) -> Figure:
        """Customers whose next contact is today."""
        return self._count("contact_today", _("To contact today"), Customer, Condition("next_contact_on", "today"))

    def late(self) -> Figure:
        """Customers whose next contact should have been before today."""
        return self._count("contact_late", _("Contacts overdue"), Customer, Condition("next_contact_on", "past"))

    def ending(self) -> Figure:
        """Contracts in force that end within the next 30 days."""
        conditions = (
            Condition("state", "one_of", ["active"]),
            Condition("ends_on", "next_days", ENDING_DAYS),
        )
        return self._count("ending", _("Contracts ending in 30 days"), Contract, *conditions)

    # The SQL

    def _count(self, key: str, label: str, record_type: type[Record], *conditions: Condition) -> Figure:
        view = View(conditions=conditions)
        count = self.records.count(record_type, self.actor, view, cap=MOST + 1)
        drill = Drill(record_type.key(), view)
        return Figure(key, say(label, self.lang), "number", min(count, MOST), more=count > MOST, drill=drill)

    def _won_stages(self) -> list[int]:
        rows = self.records.names.rows("stage").values()
        return [row.id for row in rows if row.kind == "won"]  # type: ignore[attr-defined]

    def _by_month(
        self, record_type: type[Record], moment: Any, conditions: tuple[Condition, ...], sums: tuple[Any, ...]
    ) -> list[Any]:
        """A sum for each month of the trend, then for the same days of last month: one query of index ranges, because
        grouping by a month would have to sort every row."""
        spans = [(midnight(first), midnight(months_after(first, 1))) for first in self.months]
        assert self.same_days.first is not None and self.same_days.last is not None
        spans.append((midnight(self.same_days.first), midnight(self.same_days.last + DAY)))
        totals: list[Any] = [None] * len(spans)
        for part in self.records.listing(record_type, self.actor, View(conditions=conditions)).parts():
            asked: list[Any] = [part.select(*sums).where((moment >= begin) & (moment < end)) for begin, end in spans]
            row = self.records.database.read(peewee.Select(None, [one.alias(f"m{place}") for place, one in enumerate(asked)]))[0]
            totals = [new if old is None else old if new is None else old + new for old, new in zip(totals, row, strict=True)]
        return totals
