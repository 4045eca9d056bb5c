"""The demo company's days: events of this month and the next, tasks, reminders, and the views people saved."""

from __future__ import annotations

from datetime import date, timedelta

from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.office.event import Event
from crm_desktop.business.office.reminder import Reminder
from crm_desktop.business.office.task import Task
from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.system.demo_staff import USER, sellers
from crm_desktop.business.system.demo_world import DAY, SATURDAY, World
from crm_desktop.business.system.saved_view import SavedView
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say

Slot = tuple[int, int, int, str, str]

# Kind, titles; {name} is a customer's short name.
EVENTS = {
    "visit": ("拜访 {name}", "样机演示 {name}", "技术交流 {name}", "现场勘察 {name}", "验收 {name}"),
    "call": ("回访 {name}", "报价跟进 {name}", "催款 {name}", "约见确认 {name}"),
    "meeting": ("方案评审 {name}", "合同评审 {name}", "商机评审", "新品培训"),
    "other": ("准备投标文件", "整理客户资料", "外出办事"),
}
PLACES = {"visit": "客户现场", "meeting": "二楼会议室", "call": "", "other": ""}
RESULTS = (
    "客户认可方案，约定下周给正式报价。",
    "确认交期与付款条件，待客户内部审批。",
    "对方关注售后响应，已承诺 24 小时到场。",
    "需求有变化，方案需调整后再谈。",
)
# (hour, minute, minutes, kind, title) of the demo user's own day: two pairs overlap.
TODAY = (
    (9, 0, 60, "meeting", "部门晨会"),
    (9, 30, 45, "call", "报价跟进 {name}"),
    (11, 0, 30, "call", "回访 {name}"),
    (13, 30, 90, "visit", "样机演示 {name}"),
    (14, 15, 60, "meeting", "方案评审 {name}"),
    (16, 30, 45, "meeting", "合同评审 {name}"),
    (18, 0, 60, "other", "准备投标文件"),
)

TASKS = (
    "寄送样品", "准备投标文件", "跟进开票", "整理报价单", "更新客户资料", "确认发货时间", "催收尾款", "准备拜访资料",
    "安排工程师上门", "回复技术问题",
)  # fmt: skip


def events(world: World, known: list[Customer]) -> list[Event]:
    """Five weeks back and five ahead; the demo user's days are fuller than those of the others."""
    made: list[Event] = []
    own = {one.id: [customer for customer in known if customer.owner == one.id] for one in sellers(world)}
    for offset in range(-35, 36):
        day = world.today + offset * DAY
        if day.weekday() >= SATURDAY and offset:
            continue
        for seller in sellers(world):
            count = world.chance.randint(1, 3) if seller is world.staff[USER] else int(world.likely(0.4))
            slots = [_slot(world) for _number in range(count)]
            if offset == 0 and seller is world.staff[USER]:
                slots = list(TODAY)
            made += [_event(world, seller, day, slot, own[seller.id]) for slot in slots]
        if day.weekday() == 0:
            made.append(_event(world, world.staff[USER], day, (9, 0, 60, "meeting", "周例会"), []))
    made.append(_fair(world))
    return made


def _slot(world: World) -> Slot:
    kind = world.one(("visit", "call", "meeting", "other"), (4, 4, 3, 1))
    return (world.chance.randint(8, 17), world.chance.choice((0, 15, 30, 45)), world.chance.choice((30, 45, 60, 90)), kind,
            world.one(EVENTS[kind]))  # fmt: skip


def _event(world: World, owner: Employee, day: date, slot: Slot, known: list[Customer]) -> Event:
    hour, minute, minutes, kind, title = slot
    customer = world.one(known) if known and "{name}" in title else None
    starts = world.at(day, hour, minute)
    event = Event(
        title=title.format(name=customer.short_name if customer else ""), kind=kind, starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes), customer=customer.id if customer else None, place=PLACES[kind],
    )  # fmt: skip
    if event.ends_at <= world.now:
        event.state = world.one(("held", "not_held"), (9, 1))
        event.result = world.one(RESULTS) if event.state == "held" else ""
    elif starts > world.now:
        event.remind_minutes = world.one((15, 30, None), (3, 1, 4))
    world.owned(event, owner, starts - world.chance.randint(1, 9) * DAY)
    return event


def _fair(world: World) -> Event:
    """Two whole days of the coming week at a trade fair."""
    day = world.today + (7 - world.today.weekday() + 2) * DAY
    fair = Event(
        title="华东工业装备博览会",
        kind="other",
        all_day=True,
        starts_at=world.at(day, 0),
        ends_at=world.at(day + 2 * DAY, 0),
        place="上海 · 国家会展中心",
        note="展位 5.1H-C032，带五轴样件和宣传册。",
    )
    return world.owned(fair, world.staff[USER], world.now - 20 * DAY)  # type: ignore[return-value]


def tasks(world: World, known: list[Customer]) -> list[Task]:
    """Overdue, for today, for the next weeks, and done ones; most of them the demo user's."""
    made = []
    for seller in sellers(world):
        own = [customer for customer in known if customer.owner == seller.id]
        days = [-6, -2, -1, 0, 0, 0, 0, 1, 1, 2, 3, 4, 6, 9, 13] if seller is world.staff[USER] else [-3, 0, 4]
        made += [_task(world, seller, world.one(own), day, False) for day in days]
        made += [_task(world, seller, world.one(own), -world.chance.randint(1, 40), True) for _number in range(6)]
    return made


def _task(world: World, owner: Employee, customer: Customer, day: int, done: bool) -> Task:
    due = world.today + day * DAY
    due = due if day == 0 else world.workday(due)
    title = world.one(TASKS)
    task = Task(
        title=f"{title}：{customer.short_name}", customer=customer.id, due_on=due,
        priority=world.one(("normal", "high", "urgent", "low"), (6, 3, 1, 2)),
    )  # fmt: skip
    if done:
        task.state, task.done_at = world.one(("completed", "cancelled"), (9, 1)), world.office_hour(due)
    else:
        task.state = world.one(("not_started", "in_progress", "deferred"), (6, 3, 0 if day < 1 else 1))
        rings = world.at(due, 15, 30)
        task.remind_at = rings if day >= 0 and rings > world.now and world.likely(0.5) else None
    world.owned(task, owner, world.office_hour(world.workday(min(due, world.today) - world.chance.randint(1, 12) * DAY)))
    return task


def reminders(world: World, known: list[Customer]) -> list[Reminder]:
    """The demo user's own ones: one missed since yesterday, the next ones within minutes."""
    user = world.staff[USER]
    own = [customer for customer in known if customer.owner == user.id and customer.level == "A"]
    evening = world.at(world.today - DAY, 17, 30)
    wanted = (
        (evening, "确认 {name} 的付款时间"),
        (world.now + timedelta(minutes=3), "给 {name} 回电话"),
        (world.now + timedelta(minutes=20), "发送 {name} 的报价单"),
        (world.now + timedelta(hours=2), "准备 {name} 的演示资料"),
        (world.at(world.today + DAY, 9), "{name} 合同续签"),
    )
    made = []
    for number, (due, title) in enumerate(wanted):
        customer = own[number % len(own)]
        reminder = Reminder(title=title.format(name=customer.short_name), ref_type="customer", ref_id=customer.id, cause="own",
                            due_at=due, rings_at=due)  # fmt: skip
        made.append(world.owned(reminder, user, world.now - 2 * DAY))
    return made  # type: ignore[return-value]


def views(world: World, lang: str) -> list[SavedView]:
    """Views everybody finds beside the shipped ones, named in the language the demo is started in."""
    closing = (Condition("expected_close", "this_month"), Condition("closed_at", "empty"))
    shipped = (
        ("customer", _("Level A"), View((Condition("level", "one_of", ["A"]),))),
        ("customer", _("Dormant"), View((Condition("status", "one_of", ["dormant"]),))),
        ("contact", _("Key decision makers"), View((Condition("is_decision_maker", "yes"),))),
        ("lead", _("Qualified"), View((Condition("state", "one_of", ["qualified"]),))),
        ("opportunity", _("Closing this month"), View(closing)),
        ("task", _("Urgent"), View((Condition("priority", "one_of", ["high", "urgent"]), Condition("done_at", "empty")))),
    )
    user = world.staff[USER]
    made = []
    for position, (record_type, name, view) in enumerate(shipped):
        saved = SavedView(name=say(name, lang), record_type=record_type, content=view.to_json(), shared=True, position=position)
        made.append(world.owned(saved, user, world.now - 90 * DAY))
    return made  # type: ignore[return-value]
