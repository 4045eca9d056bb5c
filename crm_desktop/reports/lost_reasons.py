"""Lost reasons: why opportunities were lost in a period, by count and money."""

from __future__ import annotations

from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say
from crm_desktop.reports.counting import amount, counted, share
from crm_desktop.reports.report import Asked, Parameter, Report
from crm_desktop.reports.table import Chart, Column, Drill, Row, Series, Table
from crm_desktop.reports.words import NONE

NOTE = _("Opportunities that are lost now and were closed in the period.")


def _make(asked: Asked) -> Table:
    records, lang = asked.records, asked.lang
    lost = [stage.id for stage in records.names.rows("stage").values() if stage.kind == "lost"]  # type: ignore[attr-defined]
    period = asked.period()
    view = View(conditions=(Condition("stage", "one_of", lost), *period.on_moments("closed_at"), *asked.people()))
    groups = counted(records, asked.actor, Opportunity, view, (Opportunity.lost_reason,), (Opportunity.amount,))
    groups.sort(key=lambda group: (-group[1], -group[2], group[0] or ""))
    count, money = sum(group[1] for group in groups), sum(group[2] for group in groups)
    columns = (
        Column("reason", say("Lost reason", lang)),
        Column("count", say("Opportunities", lang), "number"),
        Column("share", say("Share", lang), "rate"),
        Column("amount", say("Amount", lang), "money"),
    )
    rows = []
    for reason, times, lost_money in groups:
        label = records.names.picked("lost_reason", reason, lang) if reason else say(NONE, lang)
        condition = Condition("lost_reason", "one_of", [reason]) if reason else Condition("lost_reason", "empty")
        values = (label, times, share(times, count), amount(lost_money))
        rows.append(Row(values, Drill(Opportunity.key(), view.where(condition))))
    chart = Chart(
        "bar",
        tuple(row.values[0] for row in rows),
        (Series(columns[1].label, tuple(row.values[1] for row in rows)),),
        "number",
    )
    totals = (say("Total", lang), count, share(count, count), amount(money))
    return Table(
        LOST_REASONS.key, say(LOST_REASONS.title, lang), period.label(lang), asked.filter_line(), columns, tuple(rows), lang,
        totals, chart, (say(NOTE, lang),),
    )  # fmt: skip


LOST_REASONS = Report(
    "lost_reasons",
    _("Lost reasons"),
    _("Why opportunities were lost, by count and money."),
    "circle-x",
    Opportunity,
    (
        Parameter("period", _("Period"), "period", "last_12_months"),
        Parameter("owner", _("Owner"), "employee"),
        Parameter("department", _("Department"), "department"),
    ),
    _make,
)
