"""What a person has to do today: events, tasks, customers and leads to contact, opportunities that need a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.lead import Lead
from crm_desktop.business.office.event import Event
from crm_desktop.business.office.task import Task
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core import clock as clocks
from crm_desktop.core.access import Actor
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.repeating import repetition
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say
from crm_desktop.reports.attention import NO_STEP, OPEN, idle, without_step
from crm_desktop.reports.period import DAY
from crm_desktop.reports.table import Drill

SHOWN = 20  # of each group
MOST = 999  # counted up to here
ME = Condition("owner", "me")
PLANNED = Condition("state", "one_of", ["planned"])


@dataclass(frozen=True)
class Item:
    """One thing to do. sub: the customer or company; at: its local wall time, None for the whole day; day: when it was due;
    late: before today."""

    group: str
    record_type: str
    id: int
    title: str
    sub: str
    day: date | None
    at: datetime | None = None
    late: bool = False


@dataclass(frozen=True)
class Group:
    """One kind of thing to do: how many (up to MOST), the first of them, and the list that opens."""

    key: str
    label: str
    count: int
    items: tuple[Item, ...]
    drill: Drill | None


@dataclass(frozen=True)
class Todo:
    """All groups; `items` is what is due by today in one list, late things first, then by the clock."""

    groups: tuple[Group, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        dated = [item for group in self.groups for item in group.items if item.day is not None]
        return tuple(sorted(dated, key=lambda item: (item.day, item.at is None, item.at or datetime.min, item.title)))

    def group(self, key: str) -> Group:
        """A group by its key."""
        return next(one for one in self.groups if one.key == key)


@dataclass(frozen=True)
class _Kind:
    """How a group is found: conditions, the field with its day or moment, and the field that tells whose it is."""

    key: str
    label: str
    record_type: type[Record]
    conditions: tuple[Condition, ...]
    when: str
    sub: str
    down: bool = True


def _kinds(today: date) -> tuple[_Kind, ...]:
    tomorrow = (today + DAY).isoformat()
    open_leads = [key for key, state in Lead.state.kind.states.items() if state.open]
    return (
        _Kind("events", _("Events today"), Event, (Condition("starts_at", "today"), PLANNED),
              "starts_at", "customer", down=False),
        _Kind("tasks", _("Tasks due"), Task, (Condition("done_at", "empty"), Condition("due_on", "before", tomorrow)),
              "due_on", "customer"),
        _Kind("customers", _("Customers to contact"), Customer, (Condition("next_contact_on", "before", tomorrow),),
              "next_contact_on", "city"),
        _Kind("leads", _("Leads to contact"), Lead,
              (Condition("next_contact_on", "before", tomorrow), Condition("state", "one_of", open_leads)),
              "next_contact_on", "company"),
        _Kind("steps", _("Next steps due"), Opportunity, (OPEN, Condition("next_step_on", "before", tomorrow)),
              "next_step_on", "customer"),
    )  # fmt: skip


def todo_of(records: Records, actor: Actor, lang: str) -> Todo:
    """What this person himself has to do; nothing for the program, which is nobody."""
    if actor.employee is None:
        return Todo(())
    today = records.clock.today()
    groups = [_group(records, actor, kind, today, lang) for kind in _kinds(today)]
    lacking = View(conditions=(ME, *NO_STEP))
    step = _waiting(
        records,
        actor,
        "without_step",
        say(_("Without next step"), lang),
        without_step,
        Drill("opportunity", lacking),
    )
    # Each stage has its own limit, which one list cannot say: what opens is the report.
    late = _waiting(records, actor, "idle", say(_("Waiting too long"), lang), idle, None)
    return Todo((*groups, step, late))


def _group(records: Records, actor: Actor, kind: _Kind, today: date, lang: str) -> Group:
    view = View(conditions=(ME, *kind.conditions))
    # The newest first: when more is late than fits, today's is shown.
    view = replace(view, sort=((kind.when, kind.down),))
    columns = [kind.record_type.title_field, kind.sub, kind.when]
    page = records.page(kind.record_type, actor, view, columns, SHOWN)
    count = len(page) if len(page) < SHOWN else records.count(kind.record_type, actor, view, cap=MOST)
    items = _items(records, kind, page, today)
    if kind.record_type is Event:
        again = _items(records, kind, _again_today(records, actor, today), today)
        count, items = count + len(again), tuple(sorted((*items, *again), key=lambda item: item.at or datetime.min))
    return Group(kind.key, say(kind.label, lang), count, items, Drill(kind.record_type.key(), view))


def _again_today(records: Records, actor: Actor, today: date) -> list[tuple[int, tuple[Any, ...]]]:
    """What began earlier and comes again today."""
    view = View(conditions=(ME, PLANNED, Condition("repeats", "filled"), Condition("starts_at", "before", today.isoformat())))
    found = []
    for record_id, (title, customer, starts, rule) in records.page(Event, actor, view, ["title", "customer", "starts_at", "repeats"], MOST):
        day = datetime(today.year, today.month, today.day)
        for at in repetition(rule).starts(clocks.to_local(starts), day + DAY, day):
            found.append((record_id, (title, customer, clocks.to_utc(at))))
    return found


def _items(records: Records, kind: _Kind, page: Sequence[tuple[int, tuple[Any, ...]]], today: date) -> tuple[Item, ...]:
    if kind.sub == "customer":
        records.names.learn("customer", [values[1] for _id, values in page])
    items = []
    for record_id, (title, sub, moment) in page:
        words = records.show(kind.record_type, kind.sub, sub)
        at = clocks.to_local(moment) if isinstance(moment, datetime) else None
        day = at.date() if at else moment
        items.append(Item(kind.key, kind.record_type.key(), record_id, title, words, day, at, day < today))
    return tuple(items)


Find = Callable[[Records, Actor, View, int], tuple[list[int], int]]


def _waiting(records: Records, actor: Actor, key: str, label: str, find: Find, drill: Drill | None) -> Group:
    """Opportunities of this person that need attention, without a day."""
    ids, count = find(records, actor, View(conditions=(ME,)), SHOWN)
    rows = records.rows(Opportunity, actor, ids, ("name", "customer"))
    records.names.learn("customer", [row[1] for row in rows.values()])
    items = [
        Item(
            key,
            Opportunity.key(),
            one,
            rows[one][0],
            records.show(Opportunity, "customer", rows[one][1]),
            None,
        )
        for one in ids
        if one in rows
    ]
    return Group(key, label, count, tuple(items), drill)
