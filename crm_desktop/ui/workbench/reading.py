"""Everything the workbench shows, read in one go beside the UI thread: figures, things to do, what needs attention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_desktop import reports
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.office.event import Event
from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.system import sample
from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition, View
from crm_desktop.reports import attention
from crm_desktop.reports.figures import Workbench, workbench
from crm_desktop.reports.period import DAY, Period, months_after
from crm_desktop.reports.signed import SIGNED
from crm_desktop.reports.table import Drill, Table

SHOWN = 3  # records of each list that needs attention


@dataclass(frozen=True)
class Needing:
    """One record that needs somebody: its type, what it is called, whose it is, and a day or money."""

    record_type: str
    id: int
    title: str
    sub: str
    day: date | None = None
    days: int = 0


@dataclass(frozen=True)
class Needy:
    """One list of them: how many there are, the first few, and the list or report that shows all."""

    key: str
    count: int
    items: tuple[Needing, ...]
    drill: Drill | None = None
    report: str = ""


@dataclass(frozen=True)
class Content:
    """The whole workbench. bare: no customer yet, so the first steps are shown; planned: an event exists already; sample: there is
    sample data that this person may remove."""

    workbench: Workbench
    needy: tuple[Needy, ...]
    open_count: int
    forecast: Table | None
    bare: bool
    planned: bool
    sample: bool = False


def read_content(records: Records, actor: Actor, lang: str, with_forecast: bool) -> Content:
    """The workbench as this person sees it."""
    bare = not records.count(Customer, actor, View(), cap=1)
    bench = workbench(records, actor, lang)
    pipeline = bench.figure("pipeline").drill
    return Content(
        bench,
        (_ending(records, actor, bench), _idle(records, actor), _without_step(records, actor)),
        records.count(Opportunity, actor, pipeline.view, cap=10_000) if pipeline else 0,
        reports.find("forecast").run(records, actor, None, lang) if with_forecast else None,
        bare,
        bare and bool(records.count(Event, actor, View(), cap=1)),
        not bare and sample.may_remove(records, actor),
    )


def month_drill(first: date) -> Drill:
    """The contracts signed in a month."""
    state = Condition("state", "one_of", list(SIGNED))
    month = Period(first, months_after(first, 1) - DAY)
    return Drill(Contract.key(), View(conditions=(state, *month.on_days("signed_on"))))


def _ending(records: Records, actor: Actor, bench: Workbench) -> Needy:
    figure = bench.figure("ending")
    assert figure.drill is not None
    view = View(conditions=figure.drill.view.conditions, sort=(("ends_on", False),))
    rows = records.page(Contract, actor, view, ("name", "customer", "ends_on"), SHOWN)
    records.names.learn("customer", [values[1] for _id, values in rows if values[1]])
    items = tuple(
        Needing("contract", record_id, name, records.names.title("customer", customer) if customer else "", ends)
        for record_id, (name, customer, ends) in rows
    )
    return Needy("ending", int(figure.value), items, Drill("contract", view))


def _idle(records: Records, actor: Actor) -> Needy:
    """Each stage has its own limit, which no view can say: all of them stand in the report."""
    ids, count = attention.idle(records, actor, View(), SHOWN)
    return Needy("idle", count, _opportunities(records, actor, ids), report=reports.find("idle").key)


def _without_step(records: Records, actor: Actor) -> Needy:
    ids, count = attention.without_step(records, actor, View(), SHOWN)
    drill = Drill("opportunity", View(conditions=attention.NO_STEP, sort=(("amount", True),)))
    return Needy("without_step", count, _opportunities(records, actor, ids), drill)


def _opportunities(records: Records, actor: Actor, ids: list[int]) -> tuple[Needing, ...]:
    rows: dict[int, Any] = records.rows(Opportunity, actor, ids, ("name", "customer", "expected_close", "updated_at"))
    records.names.learn("customer", [row[1] for row in rows.values() if row[1]])
    now = records.clock.now()
    found = []
    for record_id in ids:
        if record_id in rows:
            name, customer, close, changed = rows[record_id]
            sub = records.names.title("customer", customer) if customer else ""
            found.append(Needing("opportunity", record_id, name, sub, close, (now - changed).days if changed else 0))
    return tuple(found)
