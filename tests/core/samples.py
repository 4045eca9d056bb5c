"""One plain record of every type, for tests that walk all of them; who adds a type adds its sample."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.business import (
    Contact,
    Contract,
    Customer,
    Department,
    Employee,
    Event,
    FollowUp,
    Lead,
    Opportunity,
    Product,
    Reminder,
    Role,
    RoleRight,
    SavedView,
    Schedule,
    Share,
    Stage,
    Target,
    Task,
)
from crm_desktop.core.custom import CustomField
from crm_desktop.core.picklists import PickValue, Tag
from crm_desktop.core.record import Record
from tests.office import Office

DAY = date(2026, 4, 1)
MOMENT = datetime(2026, 4, 1, 2, 0)


def role(office: Office, code: str = "sales") -> int:
    found: Any = next(row for row in office.records.names.all("role") if row.code == code)  # type: ignore[attr-defined]
    return int(found.id)


def of_no_role_yet(office: Office, name: str) -> int:
    """A role without a line for this record type."""
    rows: Any = office.records.names.all("role_right")
    taken = {row.role for row in rows if row.name == name}
    free = [row.id for row in office.records.names.all("role") if row.id not in taken and row.level != "admin"]  # type: ignore[attr-defined]
    return free[0] if free else office.save(Role(name="又一", level="sales"), "admin").id


def colleague(office: Office, customer: int) -> int:
    """Somebody who is not the customer's owner."""
    ((owner,),) = office.records.database.read("SELECT owner FROM customer WHERE id = ?", (customer,))
    return office.ids["zhao" if owner == office.ids["sun"] else "sun"]


_months = itertools.count(12 * 1950)


def free_month() -> date:
    """A month no target was ever set for."""
    number = next(_months)
    return date(number // 12, number % 12 + 1, 1)


SAMPLES: dict[type[Record], Callable[[Office, int], Record]] = {
    Customer: lambda office, customer: Customer(name="样品公司", city="上海", phone="021-5555"),
    Contact: lambda office, customer: Contact(name="样品人", customer=customer, mobile="13812345678"),
    FollowUp: lambda office, customer: FollowUp(content="样品记录", customer=customer, next_contact_on=DAY),
    Lead: lambda office, customer: Lead(name="样品线索", company="某公司"),
    Opportunity: lambda office, customer: Opportunity(name="样品商机", customer=customer, amount=Decimal("12.50"), expected_close=DAY),
    Contract: lambda office, customer: Contract(name="样品合同", customer=customer, amount=Decimal(100), ends_on=DAY),
    Product: lambda office, customer: Product(name="样品", price=Decimal("9.90")),
    Task: lambda office, customer: Task(title="样品任务", customer=customer, due_on=DAY, remind_at=MOMENT),
    Event: lambda office, customer: Event(title="样品日程", customer=customer, starts_at=MOMENT, remind_minutes=15),
    Reminder: lambda office, customer: Reminder(title="样品提醒", due_at=MOMENT),
    Stage: lambda office, customer: Stage(name="样品阶段", probability=20, position=90),
    Target: lambda office, customer: Target(month=free_month(), person=office.ids["li"], amount=Decimal(5_000)),
    Department: lambda office, customer: Department(name="样品部"),
    Employee: lambda office, customer: Employee(name="样品员工", role=role(office)),
    Role: lambda office, customer: Role(name="样品角色"),
    RoleRight: lambda office, customer: RoleRight(name="task", role=of_no_role_yet(office, "task"), operations="add edit"),
    Tag: lambda office, customer: Tag(name="样品标签"),
    PickValue: lambda office, customer: PickValue(name="样品值", picklist="source"),
    CustomField: lambda office, customer: CustomField(name="样品字段", record_type="lead", field_kind="text"),
    SavedView: lambda office, customer: SavedView(name="样品视图", record_type="customer", content="{}"),
    Schedule: lambda office, customer: Schedule(name="样品定时", folder="/tmp"),
    Share: lambda office, customer: Share(ref_type="customer", ref_id=customer, employee=colleague(office, customer)),
}

# A field of the sample that everybody who may edit may change, and its new value.
EDITS: dict[type[Record], tuple[str, Any]] = {
    FollowUp: ("content", "另一条记录"), Contract: ("amount", Decimal("99.99")), Task: ("title", "另一个"), Event: ("title", "另一个"),
    Reminder: ("title", "另一个"), RoleRight: ("operations", "add"), Customer: ("city", "北京"), Opportunity: ("amount", Decimal(7)),
    Share: ("may_write", True), Target: ("amount", Decimal("99.99")),
}  # fmt: skip


def sample(office: Office, record_type: type[Record], customer: int) -> Record:
    """A new record of the type, complete but not saved."""
    return SAMPLES[record_type](office, customer)


def edited(record: Record) -> str:
    """Change the record a little; gives the field."""
    name, value = EDITS.get(type(record), ("name", "改过的名字"))
    setattr(record, name, value)
    return name
