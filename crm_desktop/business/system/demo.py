"""A small company to look around in: twelve of staff, three hundred customers, a year of work, all relative to today."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.system import (
    defaults,
    demo_customers,
    demo_leads,
    demo_office,
    demo_past,
    demo_sales,
    demo_staff,
    demo_talk,
    demo_targets,
    starting,
)
from crm_desktop.business.system.demo_world import World
from crm_desktop.business.system.sample import PLANTED
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import Clock
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit


def plant_once(records: Records, clock: Clock, seed: int = 7, lang: str = "zh_CN") -> Employee:
    """Plant the demo company unless the database has one already; returns who signs in."""
    if starting.is_new(records):
        return plant(records, clock, seed, lang)
    user = records.names.rows("employee").get(records.settings.get("local_user", 0))
    return user if isinstance(user, Employee) else next(iter(records.names.rows("employee").values()))  # type: ignore[return-value]


def plant(records: Records, clock: Clock, seed: int = 7, lang: str = "zh_CN") -> Employee:
    """Make the demo company in an empty database and return its sales manager, whose screens are the fullest.

    The same seed on the same day makes the same company. Views get their names in `lang`. All of it goes through the
    door, in the name of the program, as two batches; it takes about a second.
    """
    world = World(clock, random.Random(f"{seed} {clock.today()}"))

    def office(unit: Unit) -> None:
        defaults.plant(unit)
        demo_staff.plant(unit, world)

    work = _plant(records, world, office, lang)
    user = world.staff[demo_staff.USER]
    records.settings.put("company", demo_staff.COMPANY)
    records.settings.put("language", lang)
    records.settings.put("local_user", user.id)
    _settle(records, user, work)
    return user


def start_with_sample(records: Records, company: str, person: str, lang: str, seed: int = 7) -> Employee:
    """The first start with sample data: one's own company and user, and beside them sample colleagues, customers and a year of work,
    of which the user has his own share. business/system/sample.py takes it out again."""
    user = starting.begin(records, company or demo_staff.COMPANY, person, lang)
    world = World(records.clock, random.Random(f"{seed} {records.clock.today()}"))
    work = _plant(records, world, lambda unit: demo_staff.plant(unit, world, user), lang)
    _settle(records, user, work)
    return user


def _plant(records: Records, world: World, office: Callable[[Unit], None], lang: str) -> list[Sequence[Record]]:
    """People first, then their work; which acts these were is remembered."""
    program = Actor.program(lang)
    _none, first = records.unit(program, office, "demo", trusted=True)
    work = _work(world, lang)
    _none, second = records.unit(program, lambda unit: _plant_work(unit, world, work), "demo", trusted=True)
    records.settings.put(PLANTED, [first.batch, second.batch])
    return work


def _work(world: World, lang: str) -> list[Sequence[Record]]:
    """All records, a list for each type, in the order they are written.

    Follow-ups and contacts are written before their customers: what follows from each of them (last contact, next
    contact) is in the customers already, and must not be worked out again nine hundred times.
    """
    products = demo_sales.products(world)
    customers = demo_customers.customers(world)
    contacts = demo_customers.contacts(world, customers)
    opportunities = demo_sales.opportunities(world, customers, contacts)
    return [
        products,
        demo_talk.follow_ups(world, customers, contacts),
        contacts,
        customers,
        demo_leads.leads(world, customers),
        opportunities,
        demo_sales.contracts(world, opportunities, contacts),
        demo_office.tasks(world, customers),
        demo_office.events(world, customers),
        demo_office.reminders(world, customers),
        demo_office.views(world, lang),
        demo_targets.targets(world),
    ]


def _plant_work(unit: Unit, world: World, work: list[Sequence[Record]]) -> None:
    for planted in work:
        for record in planted:
            if isinstance(record, Contract):
                record.number = unit.number("contract", f"HT-{record.created_at.year}-")
        unit.add(planted)
    # Contracts remind before they end; what was due before today has been seen to.
    since = world.at(world.today, 0).strftime("%Y-%m-%d %H:%M:%S")
    unit.tx.run("UPDATE reminder SET state = 'done', shown_at = due_at WHERE cause = 'contract_end' AND due_at < ?", (since,))
    demo_past.set_back(unit, world, [record for planted in work for record in planted])


def _settle(records: Records, user: Employee, work: list[Sequence[Record]]) -> None:
    """What he starred and opened last."""
    own = [record for planted in work for record in planted if record.owner == user.id]
    starred: list[list[Any]] = []
    recent: list[list[Any]] = []
    for key, stars, opened in (("customer", 3, 6), ("opportunity", 1, 3), ("contract", 1, 2), ("contact", 0, 1)):
        # Newest first, and only one of each name: a shelf of shortcuts tells them apart by it.
        ids = list({record.called(): record.id for record in own if record.key() == key}.values())[::-1]
        starred += [[key, one] for one in ids[:stars]]
        recent += [[key, one] for one in ids[stars : stars + opened]]
    records.settings.put("starred", starred, user.id)
    records.settings.put("recent", recent, user.id)
