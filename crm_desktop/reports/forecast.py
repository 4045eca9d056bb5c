"""The weighted forecast: what the open opportunities are worth in the month each is expected to close."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.sales.targets import target_for
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say
from crm_desktop.reports.counting import WEIGHTED_NOTE, Sums, Weighted, amount, counted, share
from crm_desktop.reports.period import DAY, Period, first_of_month, months_after
from crm_desktop.reports.report import Asked, Parameter, Report
from crm_desktop.reports.signed import SIGNED
from crm_desktop.reports.stages import CLOSE_INDEX, OPEN_INDEX, few_owners
from crm_desktop.reports.table import Chart, Column, Drill, Marks, Row, Series, Table

OPEN = Condition("closed_at", "empty")
MONTHS = (("3", _("3 months")), ("6", _("6 months")), ("12", _("12 months")))
NOTE = _("Open opportunities only, in the month of their expected close; those of earlier months are late.")
TARGET_NOTE = _("Against the target stand the contracts signed in the month and the weighted amount together.")

# What is before, behind or outside the months shown.
LATE, LATER, NO_DATE = "late", "later", "no_date"
Place = str | date


def _make(asked: Asked) -> Table:
    lang, today = asked.lang, asked.today
    first = first_of_month(today)
    months = [months_after(first, count) for count in range(int(asked.answers["months"]))]
    end = months_after(months[-1], 1)
    view = View(conditions=(OPEN, *asked.people()))
    sums: dict[Place, Sums] = {}
    through = OPEN_INDEX if few_owners(asked.actor, view) else CLOSE_INDEX
    by, figures = (Opportunity.expected_close,), (Opportunity.amount, Weighted())
    groups = counted(asked.records, asked.actor, Opportunity, view, by, figures, through)
    for stored, *counts in groups:
        sums.setdefault(_place(stored, first, end), Sums()).add(*counts)
    columns = (
        Column("month", say("Month", lang)),
        Column("count", say("Opportunities", lang), "number"),
        Column("amount", say("Amount", lang), "money"),
        Column("weighted", say("Weighted amount", lang), "money"),
        Column("likelihood", say("Weighted share", lang), "rate"),
        Column("signed", say("Signed", lang), "money"),
        Column("target", say("Target", lang), "money"),
        Column("reached", say("Of target", lang), "rate"),
    )
    signed = _signed(asked, months)
    people = asked.answers.get("owner"), asked.answers.get("department")
    scope = asked.actor.scope(Opportunity)
    targets = dict(zip(months, target_for(asked.records, asked.actor, months, scope, *people), strict=True))
    every: list[Place] = [LATE, *months, LATER, NO_DATE]
    places = [place for place in every if isinstance(place, date) or place in sums]
    rows = [
        Row(
            (_label(place, lang), *_figures(sums.get(place, Sums())), *_against(place, sums, signed, targets)),
            _drill(place, view, first, end),
            _tone(place),
        )
        for place in places
    ]
    total = Sums()
    for one in sums.values():
        total.add(one.count, one.amount, one.weighted)
    return Table(
        FORECAST.key, say(FORECAST.title, lang), _summary(asked, total), asked.filter_line(), columns, tuple(rows), lang,
        (say("Total", lang), *_figures(total), *_in_all(months, sums, signed, targets)), _chart(rows, lang),
        (say(NOTE, lang), say(TARGET_NOTE, lang), say(WEIGHTED_NOTE, lang)),
    )  # fmt: skip


def _place(stored: Any, first: date, end: date) -> Place:
    day = Opportunity.expected_close.python_value(stored)
    if day is None:
        return NO_DATE
    if day < first:
        return LATE
    return LATER if day >= end else first_of_month(day)


def _figures(sums: Sums) -> tuple[Any, ...]:
    return sums.count, amount(sums.amount), amount(sums.weighted), share(sums.weighted, sums.amount)


def _signed(asked: Asked, months: list[date]) -> dict[date, Decimal]:
    """What was signed in each of the months, by the same people."""
    span = Period(months[0], months_after(months[-1], 1) - DAY)
    view = View(conditions=(Condition("state", "one_of", list(SIGNED)), *span.on_days("signed_on"), *asked.people()))
    found = dict.fromkeys(months, 0)
    for stored, _count, minor in counted(asked.records, asked.actor, Contract, view, (Contract.signed_on,), (Contract.amount,)):
        found[first_of_month(Contract.signed_on.python_value(stored))] += minor
    return {month: amount(minor) for month, minor in found.items()}


def _against(
    place: Place, sums: dict[Place, Sums], signed: dict[date, Decimal], targets: dict[date, Decimal | None]
) -> tuple[Any, ...]:  # fmt: skip
    """Signed, target, and how much of it is there or to be expected; nothing outside the months shown."""
    if not isinstance(place, date):
        return None, None, None
    return _reached(signed[place], amount(sums.get(place, Sums()).weighted), targets[place])


def _in_all(
    months: list[date], sums: dict[Place, Sums], signed: dict[date, Decimal], targets: dict[date, Decimal | None]
) -> tuple[Any, ...]:  # fmt: skip
    """The same of all months together."""
    set_ones = [value for value in targets.values() if value is not None]
    likely = sum((amount(sums[month].weighted) for month in months if month in sums), Decimal(0))
    return _reached(sum(signed.values(), Decimal(0)), likely, sum(set_ones, Decimal(0)) if set_ones else None)


def _reached(signed: Decimal, likely: Decimal, target: Decimal | None) -> tuple[Any, ...]:
    return signed, target, share(signed + likely, target) if target else None


def _label(place: Place, lang: str) -> str:
    if isinstance(place, date):
        return f"{place:%Y-%m}"
    return say({LATE: _("Late"), LATER: _("After that"), NO_DATE: _("No date")}[place], lang)


def _tone(place: Place) -> str:
    return {LATE: "bad", LATER: "grey", NO_DATE: "grey"}.get(place, "") if isinstance(place, str) else ""


def _drill(place: Place, view: View, first: date, end: date) -> Drill:
    if isinstance(place, date):
        last = months_after(place, 1) - DAY
        condition = Condition("expected_close", "between", [place.isoformat(), last.isoformat()])
    elif place == NO_DATE:
        condition = Condition("expected_close", "empty")
    elif place == LATE:
        condition = Condition("expected_close", "before", first.isoformat())
    else:
        condition = Condition("expected_close", "after", (end - DAY).isoformat())
    return Drill(Opportunity.key(), view.where(condition))


def _summary(asked: Asked, total: Sums) -> str:
    show = Column("", "", "money").show
    return say(
        "Open: {count}, {money}, weighted {weighted}", asked.lang, count=f"{total.count:,}",
        money=show(amount(total.amount)), weighted=show(amount(total.weighted)),
    )  # fmt: skip


def _chart(rows: list[Row], lang: str) -> Chart:
    target = Marks(say("Target", lang), tuple(row.values[6] for row in rows))
    raw = Series(say("Amount", lang), tuple(row.values[2] for row in rows))
    likely = Series(say("Weighted amount", lang), tuple(row.values[3] for row in rows))
    return Chart("column", tuple(row.values[0] for row in rows), (raw, likely), tones=tuple(row.tone for row in rows),
                 marks=target if any(target.values) else None)  # fmt: skip


FORECAST = Report(
    "forecast",
    _("Weighted forecast"),
    _("Amount and weighted amount of the open opportunities, by the month they are expected to close, beside the target."),
    "trending-up",
    Opportunity,
    (
        Parameter("months", _("Months"), "choice", "6", MONTHS),
        Parameter("owner", _("Owner"), "employee"),
        Parameter("department", _("Department"), "department"),
    ),
    _make,
)
