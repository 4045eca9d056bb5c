"""What the demo company's salespeople wrote down after calls, visits and mails."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.follow_up import FollowUp
from crm_desktop.business.system.demo_world import DAY, World

SAID = {
    "call": (
        "电话沟通交期，客户要求 {month} 月 10 日前到货，已答应与生产部确认后回复。",
        "回访设备使用情况，反馈主轴噪音偏大，已转售后，明天给答复。",
        "{person}来电询问{product}的价格，口头报了区间，客户希望看到书面报价。",
        "确认付款进度，{person}说财务本周五统一付款。",
        "电话约下周拜访，客户方便周三或周四下午。",
        "客户说今年预算已用完，新项目要等 {month} 月立项，先保持联系。",
        "跟进报价，{person}认为比同行高约 5%，需要申请一次折扣。",
        "询问样机试用情况，技术部反馈良好，采购在走内部审批。",
        "联系{person}未接通，稍后再打。",
        "客户确认收到发票，对账无误。",
        "年底备货提醒，客户计划追加两批备件。",
    ),
    "visit": (
        "上门拜访，演示{product}，采购与技术部均参加。客户关心售后响应时间。",
        "陪同技术总监看样机，现场确认参数，下周给正式报价。",
        "拜访{person}，了解到二期厂房 {month} 月动工，产线改造预算约 {amount} 万。",
        "现场测量安装位置，地面承重需要加固，客户同意自行处理。",
        "与{person}谈合同条款，付款方式改为 3-6-1，质保期 18 个月。",
        "验收会，设备运行正常，签署验收单。",
        "带工程师回访，处理了两处报警，培训操作工 4 人。",
    ),
    "email": (
        "发送{product}报价单，含税 13%，有效期 30 天。",
        "邮件发送技术方案与布局图，请{person}转生产部评估。",
        "收到客户询盘，要求提供{product}的检测报告与同行案例。",
        "发送合同草稿，等待客户法务意见。",
        "回复技术问题清单共 12 项，两项待研发确认。",
    ),
    "wechat": (
        "微信发送产品视频，{person}说下周内部讨论。",
        "{person}微信确认收货，箱体无破损。",
        "微信沟通付款条件，客户希望账期延长到 60 天，待领导批。",
        "节日问候，客户提到 {month} 月有扩产计划。",
    ),
    "sms": ("短信提醒合同续签，客户回复本周内盖章。", "短信告知发货单号，预计三天到货。"),
    "event": ("展会现场交流，对{product}有兴趣，留下名片并约定回访。", "邀请客户参加新品发布会，{person}和两位工程师出席。"),
}
SAID_IN_ENGLISH = {
    "call": (
        "Called {person} about the delivery date; they need the goods before the 10th of month {month}.",
        "Asked how the {product_en} is running. Happy with it, but spare parts take too long.",
        "{person} asked for a price for the {product_en}. Promised a written quotation by Friday.",
        "Payment check: accounts will transfer this week.",
        "No budget left this year. Call again when the new project starts in month {month}.",
    ),
    "visit": (
        "Visited the plant and showed the {product_en}. Purchasing and engineering were both there.",
        "Met {person} on site, agreed the layout; formal offer next week.",
    ),
    "email": (
        "Sent the quotation for the {product_en}, valid for 30 days.",
        "Sent the draft contract; their legal department will comment.",
        "Answered the list of twelve technical questions; two are open with R&D.",
    ),
    "wechat": ("Sent product video; {person} will discuss it with the team.",),
    "event": ("Met at the trade show; interested in the {product_en}. Left a card, follow-up agreed.",),
}
PRODUCTS = (("五轴加工中心", "5-axis machining centre"), ("在线检测设备", "inline inspection unit"), ("包装线", "packaging line"),
            ("装配机器人", "assembly robot"), ("视觉系统", "vision system"), ("备件包", "spare parts kit"))  # fmt: skip
ELSEWHERE = (("产线管理软件", "line software"), ("AGV 搬运小车", "AGV"), ("年度维保服务", "maintenance plan"))
CALLED = {"总经理": "总", "副总经理": "总", "技术总监": "总", "设备主管": "主管"}
METHODS = (("call", 46), ("visit", 18), ("wechat", 16), ("email", 14), ("sms", 3), ("event", 3))
TIMES = {"A": (4, 10), "B": (1, 6), "C": (0, 3)}  # how often a customer of this level was contacted


def follow_ups(world: World, known: list[Customer], people: Iterable[Contact]) -> list[FollowUp]:
    """The contact log of all customers. Sets each customer's last contact and the next one agreed."""
    there: dict[int, list[Contact]] = {}
    for contact in people:
        there.setdefault(contact.customer, []).append(contact)
    logged = []
    for customer in known:
        count = world.chance.randint(*TIMES[customer.level])
        moments = _moments(world, customer, count)
        own = [_line(world, customer, there[customer.id], at) for at in moments]
        if own:
            customer.last_contact_at = own[-1].happened_at
            if customer.status != "dormant":
                own[-1].next_contact_on = customer.next_contact_on = _next(world, own[-1].happened_at)
            for before, after in zip(own, own[1:], strict=False):
                before.next_contact_on = after.happened_at.date() if world.likely(0.6) else None
        elif customer.status != "dormant" and world.likely(0.6):
            customer.next_contact_on = world.workday(world.today + world.chance.randint(0, 20) * DAY)
        logged += own
    return sorted(logged, key=lambda line: line.happened_at)


def _moments(world: World, customer: Customer, count: int) -> list[datetime]:
    """Working hours between the customer's first day and today, closer together lately; dormant ones lie long back."""
    newest = 120 if customer.status == "dormant" else 0
    span = (world.now - customer.created_at).days - newest
    if span < 1:
        return [min(customer.created_at + timedelta(minutes=40), world.now)] if count else []
    days = {world.workday(world.today - DAY * (newest + int(span * world.chance.random() ** 2))) for _line in range(count)}
    moments = (world.office_hour(day) for day in days)
    return sorted(moment for moment in moments if moment > customer.created_at)


def _line(world: World, customer: Customer, people: list[Contact], at: datetime) -> FollowUp:
    said = SAID if customer.country == "中国" else SAID_IN_ENGLISH
    known = [pair for pair in METHODS if pair[0] in said]
    method = world.one([pair[0] for pair in known], [pair[1] for pair in known])
    contact = world.one(people)
    product, product_en = world.one(PRODUCTS if customer.industry == "manufacturing" else ELSEWHERE)
    person = contact.name if said is SAID_IN_ENGLISH else contact.name[0] + CALLED.get(contact.title, "经理")
    content = world.one(said[method]).format(
        person=person, product=product, product_en=product_en, month=world.chance.randint(1, 12),
        amount=world.chance.randint(2, 40) * 10,
    )  # fmt: skip
    line = FollowUp(content=content, customer=customer.id, contact=contact.id, method=method, happened_at=at)
    # Written down a little after it happened.
    return world.owned(line, world.employee(customer.owner), at + timedelta(minutes=world.chance.randint(2, 25)))  # type: ignore[return-value]


def _next(world: World, last: datetime) -> date | None:
    """The next contact agreed: mostly ahead, some of them today, a few missed."""
    if world.likely(0.2):
        return None
    ahead = world.one((0, world.chance.randint(1, 6), world.chance.randint(7, 30), -world.chance.randint(1, 9)), (8, 25, 55, 12))
    return max(world.workday(world.today + ahead * DAY) if ahead else world.today, last.date())
