"""Follow-ups by person and method: who called, visited and wrote how often in a period."""

from __future__ import annotations

from crm_desktop.business.customers.follow_up import FollowUp
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say
from crm_desktop.reports.counting import counted
from crm_desktop.reports.report import Asked, Parameter, Report
from crm_desktop.reports.table import Chart, Column, Drill, Row, Series, Table
from crm_desktop.reports.words import NOBODY, NONE, name_of

NOTE = _("A follow-up counts for the person who wrote it down, whoever owns the customer now.")


def _make(asked: Asked) -> Table:
    records, lang = asked.records, asked.lang
    period = asked.period()
    view = View(conditions=(*period.on_moments("happened_at"), *_by_author(asked)))
    groups = counted(records, asked.actor, FollowUp, view, (FollowUp.created_by, FollowUp.method))
    times = {(author, method): count for author, method, count in groups}
    used = {method for _author, method, _count in groups}
    methods = [pick.key for pick in records.names.picklist("follow_up_method", lang) if pick.key in used or pick.active]
    methods += sorted(used - set(methods))
    authors = sorted({author for author, _method, _count in groups}, key=lambda one: (-_sum(times, one, methods), one or 0))
    columns = (
        Column("person", say("Person", lang)),
        *(
            Column(
                f"method_{key}",
                records.names.picked("follow_up_method", key, lang) if key else say(NONE, lang),
                "number",
            )
            for key in methods
        ),
        Column("total", say("Total", lang), "number"),
    )
    rows = []
    for author in authors:
        label = name_of(records, "employee", author, lang, NOBODY)
        condition = Condition("created_by", "one_of", [author]) if author else Condition("created_by", "empty")
        counts = tuple(times.get((author, method), 0) for method in methods)
        rows.append(Row((label, *counts, sum(counts)), Drill(FollowUp.key(), view.where(condition))))
    totals = (
        say("Total", lang),
        *(sum(row.values[place] for row in rows) for place in range(1, len(columns))),
    )
    chart = Chart(
        "bar",
        tuple(row.values[0] for row in rows),
        (Series(columns[-1].label, tuple(row.values[-1] for row in rows)),),
        "number",
    )
    return Table(
        ACTIVITY.key, say(ACTIVITY.title, lang), period.label(lang), asked.filter_line(), columns, tuple(rows), lang,
        totals, chart, (say(NOTE, lang),),
    )  # fmt: skip


def _by_author(asked: Asked) -> tuple[Condition, ...]:
    """The person chosen is the one who wrote, not the owner of the customer."""
    return tuple(Condition("created_by", one.operator, one.value) if one.field == "owner" else one for one in asked.people())


def _sum(times: dict[tuple[int | None, str], int], author: int | None, methods: list[str]) -> int:
    return sum(times.get((author, method), 0) for method in methods)


ACTIVITY = Report(
    "activity",
    _("Follow-ups by person"),
    _("How often each person called, visited or wrote."),
    "message-square",
    FollowUp,
    (
        Parameter("period", _("Period"), "period", "this_month"),
        Parameter("owner", _("Person"), "employee"),
        Parameter("department", _("Department"), "department"),
    ),
    _make,
)
