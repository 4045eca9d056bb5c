"""What the demo company sells, its opportunities in every stage and its contracts in every state."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.goods.product import Product
from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.system.demo_staff import USER
from crm_desktop.business.system.demo_world import DAY, World

# Code, name, category, unit, price, on sale.
PRODUCTS = (
    ("YF-5X-800", "五轴加工中心 800", "product", "unit", 680_000, True),
    ("YF-5X-1200", "五轴加工中心 1200", "product", "unit", 1_180_000, True),
    ("YF-QC-200", "在线检测设备", "product", "unit", 168_000, True),
    ("YF-PK-60", "全自动包装线", "product", "set", 420_000, True),
    ("YF-AR-6", "六轴装配机器人", "product", "unit", 156_000, True),
    ("YF-VS-3", "视觉检测系统", "product", "set", 98_000, True),
    ("YF-AGV-1", "AGV 搬运小车", "product", "unit", 76_500, True),
    ("YF-SW-20", "产线管理软件（20 点授权）", "software", "set", 60_000, True),
    ("YF-SW-MES", "MES 接口模块", "software", "set", 35_000, True),
    ("YF-SV-YR", "年度维保服务", "service", "set", 28_000, True),
    ("YF-SV-TR", "现场操作培训", "service", "set", 8_000, True),
    ("YF-SP-KIT", "主轴备件包", "parts", "box", 12_600, True),
    ("YF-SP-SEN", "传感器组件", "parts", "set", 1_980.50, True),
    ("YF-3X-600", "三轴立式加工中心", "product", "unit", 268_000, False),
)  # fmt: skip

# What an opportunity is called, the products in it, amount in thousands from - to.
MACHINES = (
    ("五轴加工中心 2 台", ("YF-5X-800",), 1_200, 1_360), ("五轴加工中心采购", ("YF-5X-1200", "YF-SV-YR"), 1_100, 1_250),
    ("检测设备升级", ("YF-QC-200", "YF-VS-3"), 160, 420), ("包装线改造", ("YF-PK-60",), 380, 860),
    ("装配机器人试用", ("YF-AR-6",), 150, 320), ("产线二期扩容", ("YF-AR-6", "YF-AGV-1", "YF-SW-20"), 480, 1_600),
    ("年度备件框架", ("YF-SP-KIT", "YF-SP-SEN"), 40, 180), ("视觉检测项目", ("YF-VS-3",), 95, 290),
)  # fmt: skip
OTHERS = (
    ("软件授权 20 点", ("YF-SW-20",), 54, 66), ("年度维保服务", ("YF-SV-YR",), 26, 90), ("AGV 搬运系统", ("YF-AGV-1",), 220, 760),
    ("MES 对接", ("YF-SW-MES", "YF-SW-20"), 35, 130),
)  # fmt: skip
BUYERS = ("manufacturing", "transport", "it")
OPEN = ("prospecting", "qualification", "proposal", "negotiation", "closing")
# How many are in each stage now.
STAGES = {
    "prospecting": 16, "qualification": 18, "proposal": 14, "negotiation": 10, "closing": 7, "won": 60, "lost": 22, "void": 3,
}  # fmt: skip
NEXT_STEPS = (
    "发送正式报价", "安排样机演示", "约见技术总监", "确认付款条件", "提交技术方案", "跟进内部审批", "合同条款谈判", "现场勘察",
)  # fmt: skip
# The states of the newest contracts, and of the oldest from the last on.
NEWEST = ("active", "pending_signature", "draft", "active", "active", "pending_signature", "draft", "active", "void")
OLDEST = ("closed", "terminated", "closed", "completed", "active", "active")
LOST = ("competitor", "pricing", "budget", "missing_features", "long_cycle", "no_decision_maker", "need_changed",
        "project_cancelled", "unresponsive")  # fmt: skip
LESSONS = ("竞品交期短两周，我们备货不足。", "客户更换采购负责人，关系需要重新建立。", "价格差 8%，下次提前申请特价。", "")
COMPETITORS = ("东远重工", "捷铭自动化", "北方数控", "Mecanor", "")


def products(world: World) -> list[Product]:
    """The catalogue."""
    made = []
    for code, name, category, unit, price, on_sale in PRODUCTS:
        product = Product(code=code, name=name, category=category, unit=unit, price=Decimal(str(price)), on_sale=on_sale)
        made.append(world.owned(product, None, world.at(world.today - 900 * DAY, 9)))
    world.picked["product"] = {product.code: product.id for product in made}  # type: ignore[attr-defined]
    return made  # type: ignore[return-value]


def opportunities(world: World, known: list[Customer], people: list[Contact]) -> list[Opportunity]:
    """Opportunities in every stage, with the days they changed stage; those won spread over the last twelve months."""
    primary = {contact.customer: contact for contact in people if contact.is_primary}
    wanted = [customer for customer in known if customer.industry in BUYERS and customer.status != "dormant"]
    made = []
    for stage, count in STAGES.items():
        for number in range(count):
            # The newest ones won are the demo user's own: there is something signed this month.
            chosen = [one for one in wanted if one.owner == world.staff[USER].id] if stage == "won" and number < 4 else wanted
            customer = world.one(chosen, [{"A": 4, "B": 2, "C": 1}[one.level] for one in chosen])
            opportunity = _deal(world, customer, primary.get(customer.id))
            _stage(world, opportunity, stage, number / count)
            made.append(opportunity)
    return sorted(made, key=lambda one: one.created_at)


def _deal(world: World, customer: Customer, contact: Contact | None) -> Opportunity:
    name, codes, least, most = world.one(MACHINES + OTHERS if customer.industry == "manufacturing" else OTHERS)
    return Opportunity(
        name=name, customer=customer.id, contact=contact.id if contact else None, source=customer.source,
        amount=Decimal(world.chance.randint(least, most) * 1000), owner=customer.owner, tags=customer.tags,
        products=tuple(world.picked["product"][code] for code in codes), competitor=world.one(COMPETITORS),
    )  # fmt: skip


def _stage(world: World, opportunity: Opportunity, stage: str, share: float) -> None:
    """Put it into its stage, with the way there; share: 0 for the newest, towards 1 for the oldest of this stage."""
    stages = world.picked["stage"]
    closed = stage in ("won", "lost", "void")
    way = list(OPEN) if closed and stage != "void" else list(OPEN[: OPEN.index(stage) + 1]) if not closed else ["prospecting"]
    if stage == "lost":
        way = way[: world.chance.randint(1, 4)]
    way += [stage] if closed else []
    # Won ones close through the year, the newest today; open ones entered their stage lately, a few long ago.
    last_day = world.workday(world.today - int(360 * share**1.25 if closed else 40 * share) * DAY)
    moments = [world.office_hour(last_day)]
    for _step in way[1:]:
        earlier = moments[0].date() - world.chance.randint(3, 16) * DAY
        moments.insert(0, world.office_hour(world.workday(earlier)))
    world.owned(opportunity, world.employee(opportunity.owner), moments[0])
    opportunity.stage = stages[stage]
    opportunity.reached = stages["won" if stage == "won" else way[-2 if closed else -1]]
    opportunity.lost_reason = world.one(LOST) if stage == "lost" else ""
    opportunity.lost_note = world.one(LESSONS) if stage == "lost" else ""
    opportunity.expected_close = last_day if closed else world.workday(world.today + world.chance.randint(-6, 70) * DAY)
    if not closed and world.likely(0.8):
        opportunity.next_step = world.one(NEXT_STEPS)
        opportunity.next_step_on = world.workday(world.today + world.chance.randint(-2, 14) * DAY)
    for number, (before, after) in enumerate(zip(way, way[1:], strict=False), 1):
        world.happened(opportunity, moments[number], opportunity.owner, stage=(stages[before], stages[after]),
                       probability=(CHANCES[before], CHANCES[after]),
                       stage_since=(stored(moments[number - 1]), stored(moments[number])))  # fmt: skip
    world.turned[opportunity.id] = (moments[-1], moments[-1] if closed else None)


def contracts(world: World, deals: list[Opportunity], people: list[Contact]) -> list[Contract]:
    """A contract for every opportunity won, oldest first: the older, the further in its life."""
    signers = {contact.customer: contact.name for contact in people if contact.is_primary or contact.is_decision_maker}
    won = [deal for deal in deals if deal.stage == world.picked["stage"]["won"]]
    won.sort(key=lambda deal: world.turned[deal.id][0], reverse=True)
    made = []
    for number, deal in enumerate(won):
        oldest = len(won) - 1 - number
        if number < len(NEWEST):
            state = NEWEST[number]
        else:
            state = OLDEST[oldest] if oldest < len(OLDEST) else _state(world, number / len(won))
        contract = _contract(world, deal, state, signers)
        if number > len(won) * 0.6 and contract.state == "active":
            # Some of the old ones end in these weeks, and a few have ended without being closed.
            contract.ends_on = world.today + world.one((-9, -3, 5, 12, 19, 26)) * DAY
        made.append(contract)
    return made[::-1]


def _contract(world: World, deal: Opportunity, state: str, signers: dict[int, str]) -> Contract:
    made_at = world.turned[deal.id][0]
    signed: date | None = None
    if state not in ("draft", "pending_signature", "void"):
        signed = min(world.workday(made_at.date() + world.chance.randint(0, 4) * DAY), world.today)
        signed = max(signed, world.today) if made_at > world.now - DAY else signed
    starts = (signed or world.today) + world.chance.randint(1, 20) * DAY
    months = 12 if deal.name in ("年度备件框架", "年度维保服务") else world.chance.choice((4, 6, 6, 9, 12))
    contract = Contract(
        name=f"{deal.name}合同", customer=deal.customer, opportunity=deal.id, amount=deal.amount, state=state, signed_on=signed,
        starts_on=starts, ends_on=starts + months * 30 * DAY,
        type="service" if deal.name == "年度维保服务" else world.one(("direct", "direct", "direct", "agency", "quick")),
        customer_signer=signers.get(deal.customer or 0, "") if signed else "", our_signer=deal.owner if signed else None,
    )  # fmt: skip
    world.owned(contract, world.employee(deal.owner), made_at)
    _signed(world, contract)
    return contract


def _state(world: World, age: float) -> str:
    """age: 0 for the newest, towards 1 for the oldest."""
    if age < 0.5:
        return world.one(("active", "void"), (12, 1))
    if age < 0.75:
        return world.one(("completed", "active", "closed"), (4, 5, 2))
    return world.one(("closed", "completed", "active", "terminated"), (6, 3, 3, 1))


def _signed(world: World, contract: Contract) -> None:
    """The states a contract went through, from draft on."""
    way = {"draft": (), "pending_signature": ("pending_signature",), "void": ("void",), "active": ("pending_signature", "active"),
           "terminated": ("pending_signature", "active", "terminated"),
           "completed": ("pending_signature", "active", "completed"),
           "closed": ("pending_signature", "active", "completed", "closed")}[contract.state]  # fmt: skip
    before, at = "draft", contract.created_at
    for state in way:
        at = min(at + timedelta(days=world.chance.randint(1, 4), minutes=world.chance.randint(0, 90)), world.now)
        changes: dict[str, Any] = {"state": (before, state)}
        if state == "active":
            changes["signed_on"] = (None, contract.signed_on.isoformat())
        world.happened(contract, at, contract.owner, "move", **changes)
        before = state


def stored(moment: datetime) -> str:
    """A moment as the database keeps it."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


# What the stages' own probabilities are, for the histories.
CHANCES = {
    "prospecting": 10, "qualification": 30, "proposal": 50, "negotiation": 70, "closing": 90, "won": 100, "lost": 0, "void": 0,
}  # fmt: skip
