"""The weighted forecast: what the open opportunities are worth in the month each is expected to close."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say
from crm_desktop.reports.counting import WEIGHTED_NOTE, Sums, Weighted, amount, counted, share
from crm_desktop.reports.period import DAY, first_of_month, months_after
from crm_desktop.reports.report import Asked, Parameter, Report
from crm_desktop.reports.stages import CLOSE_INDEX, OPEN_INDEX, few_owners
from crm_desktop.reports.table import Chart, Column, Drill, Row, Series, Table

OPEN = Condition("closed_at", "empty")
MONTHS = (("3", _("3 months")), ("6", _("6 months")), ("12", _("12 months")))
NOTE = _("Open opportunities only, in the month of their expected close; those of earlier months are late.")

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
    )
    every: list[Place] = [LATE, *months, LATER, NO_DATE]
    places = [place for place in every if isinstance(place, date) or place in sums]
    rows = [
        Row(
            (_label(place, lang), *_figures(sums.get(place, Sums()))),
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
        (say("Total", lang), *_figures(total)), _chart(rows, lang), (say(NOTE, lang), say(WEIGHTED_NOTE, lang)),
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
    raw = Series(say("Amount", lang), tuple(row.values[2] for row in rows))
    likely = Series(say("Weighted amount", lang), tuple(row.values[3] for row in rows))
    return Chart("column", tuple(row.values[0] for row in rows), (raw, likely), tones=tuple(row.tone for row in rows))


FORECAST = Report(
    "forecast",
    _("Weighted forecast"),
    _("Amount and weighted amount of the open opportunities, by the month they are expected to close."),
    "trending-up",
    Opportunity,
    (
        Parameter("months", _("Months"), "choice", "6", MONTHS),
        Parameter("owner", _("Owner"), "employee"),
        Parameter("department", _("Department"), "department"),
    ),
    _make,
)
