"""Opportunities that need somebody: open ones without a next step, and those that have waited too long in their stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records
from crm_desktop.core.through import Through
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say
from crm_desktop.database.peewee_import import peewee
from crm_desktop.reports.counting import COUNT
from crm_desktop.reports.report import Asked, Parameter, Report
from crm_desktop.reports.stages import IDLE_INDEX, STEP_INDEX
from crm_desktop.reports.table import Column, Drill, Row, Table
from crm_desktop.reports.words import NOBODY, name_of

OPEN = Condition("closed_at", "empty")
NO_STEP = (OPEN, Condition("next_step_on", "empty"))
MOST = 500  # rows of a list on paper; the window opens the whole list
FIELDS = ("name", "customer", "stage", "amount", "owner", "expected_close", "updated_at")
STEP_NOTE = _("Open opportunities that have no date for a next step.")
IDLE_NOTE = _("Open opportunities without a change for longer than their stage allows.")
CUT_NOTE = _("The first {shown} of {all} are shown.")


def without_step(records: Records, actor: Actor, view: View, limit: int) -> tuple[list[int], int]:
    """The ids of open opportunities without a next step, the largest first, at most `limit`; and how many there are."""
    parts = records.listing(Opportunity, actor, view.where(*NO_STEP)).parts()
    return _first(records, parts, Opportunity.amount, True, limit, STEP_INDEX)


def _first(
    records: Records, parts: Sequence[Any], by: Any, down: bool, limit: int, through: Through
) -> tuple[list[int], int]:  # fmt: skip
    """The ids with the smallest (`down`: largest) values of the column, and how many there are; the first part is read
    through its index, in its order: among equal values at the very end of the limit that decides who is still told."""
    count, found = 0, []
    for part in [parts[0].from_(through), *parts[1:]]:
        count += records.database.read(part.select(COUNT))[0][0]
        found += records.database.read(part.select(Opportunity.id, by).order_by(by.desc() if down else by).limit(limit))
    found.sort(key=lambda row: row[0])
    found.sort(key=lambda row: (row[1] is not None, row[1]), reverse=down)  # nothing comes before every value, as in SQL
    return [row[0] for row in found[:limit]], count


def idle_condition(records: Records, now: datetime) -> Any:
    """What `Opportunity.idle_days` says, as SQL; None when no stage sets a limit."""
    limits: dict[int, list[int]] = {}
    for stage in records.names.rows("stage").values():
        if stage.kind == "open" and stage.idle_days:  # type: ignore[attr-defined]
            limits.setdefault(stage.idle_days, []).append(stage.id)  # type: ignore[attr-defined]
    tests = [Opportunity.stage.in_(sorted(stages)) & _untouched(now, days) for days, stages in limits.items()]
    # Said of all stages together it is the stretch of the index that is read.
    return _untouched(now, min(limits)) & reduce(or_, tests) if tests else None


def _untouched(now: datetime, days: int) -> Any:
    """Without a change for longer than so many days."""
    since = (now - timedelta(days=days + 1)).strftime("%Y-%m-%d %H:%M:%S")
    return peewee.Expression(Opportunity.updated_at, "<=", peewee.Value(since, converter=False))


def idle(records: Records, actor: Actor, view: View, limit: int) -> tuple[list[int], int]:
    """The ids of what waits too long, the longest first, at most `limit`; and how many there are."""
    waiting = idle_condition(records, records.clock.now())
    if waiting is None:
        return [], 0
    parts = [part.where(waiting) for part in records.listing(Opportunity, actor, view.where(OPEN)).parts()]
    return _first(records, parts, Opportunity.updated_at, False, limit, IDLE_INDEX)


# The reports


def _without_step(asked: Asked) -> Table:
    ids, count = without_step(asked.records, asked.actor, View(conditions=asked.people()), MOST)
    return _table(asked, WITHOUT_NEXT_STEP, ids, count, STEP_NOTE)


def _idle(asked: Asked) -> Table:
    ids, count = idle(asked.records, asked.actor, View(conditions=asked.people()), MOST)
    return _table(asked, IDLE, ids, count, IDLE_NOTE)


def _table(asked: Asked, report: Report, ids: Sequence[int], count: int, note: str) -> Table:
    records, lang = asked.records, asked.lang
    found = records.rows(Opportunity, asked.actor, ids, FIELDS)
    records.names.learn("customer", [row[1] for row in found.values()])
    now = records.clock.now()
    columns = (
        Column("name", say("Opportunity", lang)),
        Column("customer", say("Customer", lang)),
        Column("stage", say("Stage", lang)),
        Column("amount", say("Amount", lang), "money"),
        Column("owner", say("Owner", lang)),
        Column("expected_close", say("Expected close", lang), "day"),
        Column("days", say("Days without a change", lang), "number"),
    )
    rows = []
    for record_id in ids:
        if record_id not in found:
            continue
        name, customer, stage, money, owner, close, changed = found[record_id]
        values = (
            name,
            records.names.title("customer", customer) if customer else "",
            name_of(records, "stage", stage, lang),
            money,
            name_of(records, "employee", owner, lang, NOBODY),
            close,
            (now - changed).days if changed else None,
        )
        rows.append(Row(values, Drill(Opportunity.key(), record=record_id)))
    notes = [say(note, lang)]
    if count > len(rows):
        notes.append(say(CUT_NOTE, lang, shown=f"{len(rows):,}", all=f"{count:,}"))
    return Table(
        report.key, say(report.title, lang), say("%n opportunity(ies)", lang, n=count), asked.filter_line(), columns,
        tuple(rows), lang, notes=tuple(notes),
    )  # fmt: skip


PEOPLE = (Parameter("owner", _("Owner"), "employee"), Parameter("department", _("Department"), "department"))

WITHOUT_NEXT_STEP = Report(
    "without_next_step",
    _("Without next step"),
    STEP_NOTE,
    "circle-question-mark",
    Opportunity,
    PEOPLE,
    _without_step,
)
IDLE = Report("idle", _("Waiting too long"), IDLE_NOTE, "timer", Opportunity, PEOPLE, _idle)
