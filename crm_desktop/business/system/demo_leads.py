"""The demo company's leads, in every state."""

from __future__ import annotations

from datetime import timedelta

from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.lead import Lead
from crm_desktop.business.system import demo_names as names
from crm_desktop.business.system.demo_customers import SOURCES
from crm_desktop.business.system.demo_places import CITIES, mobile
from crm_desktop.business.system.demo_staff import sellers
from crm_desktop.business.system.demo_world import DAY, World

STATES = {"new": 9, "assigned": 8, "in_process": 11, "qualified": 6, "converted": 7, "disqualified": 5}
WAY = {"new": (), "assigned": ("assigned",), "in_process": ("assigned", "in_process"),
       "qualified": ("assigned", "in_process", "qualified"), "converted": ("in_process", "qualified", "converted"),
       "disqualified": ("in_process", "disqualified")}  # fmt: skip
WHY = ("no_need", "no_budget", "wrong_contact", "duplicate", "not_reached")
NOTES = (
    "展会上留下名片，对检测设备有兴趣。",
    "官网留言，询问包装线价格。",
    "老客户介绍，新工厂明年投产。",
    "电话咨询备件价格。",
    "",
)


def leads(world: World, known: list[Customer]) -> list[Lead]:
    """Leads of the last three months; some new ones nobody has taken yet, the converted ones point at their customer."""
    young = [customer for customer in known[-60:] if customer.country == "中国"]
    made = []
    for state, count in STATES.items():
        for number in range(count):
            age = number * 2 if state == "new" else world.chance.randint(3, 90)
            lead = _converted(world, young.pop()) if state == "converted" and young else _lead(world)
            lead.state = state
            lead.disqualified_reason = world.one(WHY) if state == "disqualified" else ""
            seller = world.employee(lead.owner) if lead.owner else world.one(sellers(world))
            nobody = state == "new" and number % 2 == 0
            world.owned(lead, None if nobody else seller, world.office_hour(world.workday(world.today - age * DAY)))
            if state in ("assigned", "in_process", "qualified"):
                lead.next_contact_on = world.workday(world.today + world.chance.randint(-2, 12) * DAY)
            _remember(world, lead)
            made.append(lead)
    return sorted(made, key=lambda lead: lead.created_at)


def _lead(world: World) -> Lead:
    city = world.one(CITIES)
    trade = world.one(names.TRADES)
    gender = world.one("mf")
    return Lead(
        name=world.one(names.FAMILY) + world.one(names.GIVEN[gender]), title=world.one(names.JOBS)[0], mobile=mobile(world),
        company=f"{city.name}{world.one(names.CORES)[0]}{trade.name}{world.one(names.FORMS)}", industry=trade.industry,
        city=city.name, source=world.one(SOURCES), level=world.one("ABC", (1, 3, 4)), note=world.one(NOTES),
    )  # fmt: skip


def _converted(world: World, customer: Customer) -> Lead:
    return Lead(
        name=world.one(names.FAMILY) + world.one(names.GIVEN["m"]), company=customer.name, customer=customer.id,
        industry=customer.industry, city=customer.city, source=customer.source, mobile=mobile(world), owner=customer.owner,
    )  # fmt: skip


def _remember(world: World, lead: Lead) -> None:
    before, at = "new", lead.created_at
    for state in WAY[lead.state]:
        at = min(at + timedelta(hours=world.chance.randint(2, 60)), world.now)
        world.happened(lead, at, lead.owner, "move", state=(before, state))
        before = state
