"""A small office for tests: a general manager, two departments with a manager and salespeople, on either engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff.department import Department
from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.business.system import starting
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import Clock
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.database.engine import Database


@dataclass
class Office:
    """Records of a fresh database and its people: `admin`, `boss`, `meng` (manager of sales 1), `li`, `zhao` (sales 1), `sun` (sales 2)."""

    records: Records
    ids: dict[str, int] = field(default_factory=dict)

    def actor(self, who: str) -> Actor:
        return actor_for(self.records, self.ids[who])

    def __getattr__(self, who: str) -> Actor:
        if who in self.ids:
            return self.actor(who)
        raise AttributeError(who)

    def save(self, record: Record, who: str = "li") -> Any:
        self.records.save(record, self.actor(who))
        return record


def open_office(database: Database, clock: Clock) -> Office:
    """The office on an empty database."""
    records = Records(database, RECORD_TYPES, clock)
    user = starting.begin(records, "明达", "管理员", "zh_CN")
    office = Office(records, {"admin": user.id})
    office.ids |= fill_office(records, None, str)
    return office


def fill_office(records: Records, actor: Actor | None, login: Callable[[str], str]) -> dict[str, int]:
    """Two departments and five people; without an actor it is the program's own act. Their ids by user name."""
    roles = {role.code: role.id for role in records.names.all("role")}
    ids: dict[str, int] = {}

    def work(unit: Any) -> None:
        top = Department(name="公司")
        unit.save(top)
        first, second = Department(name="销售一部", parent=top.id), Department(name="销售二部", parent=top.id)
        unit.add([first, second])
        people = (
            ("boss", "王总", "general", top.id),
            ("meng", "孟经理", "manager", first.id),
            ("li", "李娜", "sales", first.id),
            ("zhao", "赵强", "sales", first.id),
            ("sun", "孙丽", "sales", second.id),
        )
        for who, name, role, department in people:
            person = Employee(name=name, login=login(who), role=roles[role], department=department)
            unit.save(person)
            ids[who] = person.id

    records.unit(actor or Actor.program(), work, "start", trusted=actor is None)
    return ids
