"""The demo company's customers and the people there."""

from __future__ import annotations

from datetime import timedelta

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.system import demo_names as names
from crm_desktop.business.system.demo_places import ABROAD, CITIES, ROADS, address, landline, mobile
from crm_desktop.business.system.demo_staff import SHARES
from crm_desktop.business.system.demo_world import DAY, World

ABROAD_SHARE = 0.2
SOURCES = ("trade_show", "referral", "existing_customer", "online_inquiry", "phone_inquiry", "search_engine", "cold_call",
           "email_inquiry", "appointment", "promotion")  # fmt: skip

_TAX_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def customers(world: World) -> list[Customer]:
    """All customers, oldest first, each with its owner, a name of its own and a status that fits its level."""
    owners = [world.staff[login] for login, share in SHARES.items() for _ in range(share)]
    world.chance.shuffle(owners)
    # Many are recent and some came this month: the figures of the workbench compare months.
    ages = sorted((int(730 * world.chance.random() ** 1.6) for _owner in owners), reverse=True)
    taken: set[str] = set()
    made = []
    for owner, age in zip(owners, ages, strict=True):
        customer = _abroad(world, taken) if world.likely(ABROAD_SHARE) else _at_home(world, taken)
        world.owned(customer, owner, world.office_hour(world.workday(world.today - age * DAY)))
        _judge(world, customer, age)
        _remember(world, customer, owner)
        made.append(customer)
    return made


def _at_home(world: World, taken: set[str]) -> Customer:
    city = world.one(CITIES, [city.weight for city in CITIES])
    district, postcode = world.one(city.districts)
    name = ""
    while not name or name in taken:
        core, spelled = world.one(names.CORES)
        trade = world.one(names.TRADES, [trade.weight for trade in names.TRADES])
        name = f"{city.name}{core}{trade.name}" + ("" if trade.industry == "government" else world.one(names.FORMS))
    taken.add(name)
    site = f"{spelled}{city.area_code.lstrip('0')}.example"
    return Customer(
        name=name, short_name=core + trade.name[:2], industry=trade.industry, phone=landline(world, city),
        mobile=mobile(world) if world.likely(0.5) else "", email=f"info@{site}", website=f"www.{site}", country="中国",
        province=city.province, city=city.name, district=district, postcode=postcode, address=address(world, district),
        tax_no=tax_number(world, city.region_code) if world.likely(0.7) else "",
        fax=landline(world, city) if world.likely(0.2) else "",
    )  # fmt: skip


def _abroad(world: World, taken: set[str]) -> Customer:
    city, county, country, postcode, phone = world.one(ABROAD)
    name = ""
    while not name or name in taken:
        core, trade = world.one(names.ENGLISH_CORES), world.one(names.ENGLISH_TRADES)
        name = f"{core} {trade.name} {world.one(names.ENGLISH_FORMS)}"
    taken.add(name)
    site = f"{core.lower()}-{trade.name.split()[-1].lower()}.example"
    return Customer(
        name=name, short_name=core, industry=trade.industry, phone=phone.format(world.chance.randrange(100)),
        email=f"info@{site}", website=f"www.{site}", country=country, province=county, city=city, postcode=postcode,
        address=f"{world.chance.randint(1, 240)} {world.one(ROADS)}",
    )  # fmt: skip


def tax_number(world: World, region: str) -> str:
    """A unified social credit code with the right check sign: weights 3^(place - 1) mod 31."""
    digits = "".join(world.chance.choice("0123456789") for _place in range(8))
    body = f"91{region}{digits}{world.chance.choice(_TAX_SIGNS)}"
    total = sum(_TAX_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _TAX_SIGNS[-total % 31]


def _judge(world: World, customer: Customer, age: int) -> None:
    """Level, type, status, source, tags."""
    customer.level = world.one("ABC", (12, 40, 48))
    if age < 45:
        customer.status = world.one(("potential", "active"), (4, 1))
    elif customer.level == "A":
        customer.status = world.one(("key", "active"), (3, 2))
    else:
        customer.status = world.one(("active", "potential", "dormant"), (5, 2, 3))
    customer.type = {"key": "loyal", "active": "normal"}.get(customer.status, "prospect")
    customer.source = world.one(SOURCES)
    tags = list(world.picked["tag"].values())
    customer.tags = tuple(sorted(world.chance.sample(tags, world.one((0, 1, 2), (5, 4, 2)))))
    customer.note = world.one(names.NOTES) if world.likely(0.2) else ""


def _remember(world: World, customer: Customer, owner: Employee) -> None:
    """What became of it since: some rose in level, changed status, or came from a colleague."""
    age = (world.now - customer.created_at).days
    if age < 60:
        return
    if customer.level == "A" and world.likely(0.6):
        at = customer.created_at + timedelta(days=world.chance.randint(20, age - 20))
        world.happened(customer, at, owner.id, level=("B", "A"))
    if customer.status != "potential" and world.likely(0.7):
        at = customer.created_at + timedelta(days=world.chance.randint(15, age - 5))
        world.happened(customer, at, owner.id, status=("potential", customer.status))
    colleagues = [one for one in world.staff.values() if one.department == owner.department and one is not owner]
    if world.likely(0.06) and colleagues:
        before, head = world.one(colleagues), owner.manager or owner.id
        at = customer.created_at + timedelta(days=world.chance.randint(10, age - 5))
        world.happened(customer, at, head, "assign", owner=(before.id, owner.id))


def contacts(world: World, known: list[Customer]) -> list[Contact]:
    """One to three people at each customer; the first is the primary one."""
    made = []
    for customer in known:
        chinese = customer.country == "中国"
        jobs = list(names.JOBS if chinese else names.ENGLISH_JOBS)
        world.chance.shuffle(jobs)
        for number in range(world.one((1, 2, 3), (5, 4, 2))):
            contact = _person(world, customer, chinese, *jobs[number])
            contact.is_primary = number == 0
            world.owned(contact, world.employee(customer.owner), customer.created_at + timedelta(minutes=number + 3))
            made.append(contact)
        own = made[-number - 1 :]
        decider = next((one for one in own if one.title in names.DECIDERS), None)
        if decider is not None:
            decider.is_decision_maker = True
    return made


def _person(world: World, customer: Customer, chinese: bool, job: str, unit: str) -> Contact:
    gender = world.one("mf")
    site = customer.website.removeprefix("www.")
    if chinese:
        name = world.one(names.FAMILY) + world.one(names.GIVEN[gender])
        email = f"{'hr' if unit == '财务部' else 'cg'}{world.chance.randint(1, 99):02d}@{site}"
    else:
        given, family = world.one(names.ENGLISH_GIVEN[gender]), world.one(names.ENGLISH_FAMILY)
        name, email = f"{given} {family}", f"{given}.{family}@{site}".lower()
    birthday = world.today.replace(year=world.today.year - world.chance.randint(28, 57), day=1)
    return Contact(
        name=name, customer=customer.id, title=job, unit=unit, gender=gender, email=email, role=names.ROLES.get(job, ""),
        mobile=mobile(world) if chinese else "", phone=customer.phone if not chinese or world.likely(0.3) else "",
        wechat=site.split(".")[0] + str(world.chance.randint(10, 99)) if chinese and world.likely(0.5) else "",
        birthday=birthday + world.chance.randint(0, 364) * DAY if world.likely(0.6) else None,
    )  # fmt: skip
