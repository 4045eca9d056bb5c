"""PS1 CU9: whatever the departments, roles, shares and handovers, every way shows a person the same records: those a plain
walk through all of them in Python says he sees."""

from __future__ import annotations

import csv
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business import (
    Contact,
    Contract,
    Customer,
    Department,
    Employee,
    FollowUp,
    Lead,
    Opportunity,
    Role,
    RoleRight,
    Share,
    Task,
)
from crm_desktop.business.staff.handover import Plan, hand_over, handed_types
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core.access import Actor
from crm_desktop.core.checks import examine
from crm_desktop.core.errors import NotFound, Trouble
from crm_desktop.core.record import Record, columns_of, from_row
from crm_desktop.core.views import Condition, View
from crm_desktop.exchange.exporting import export
from crm_desktop.reports.counting import COUNT, counted
from tests.office import Office

TYPES = (Customer, Contact, FollowUp, Lead, Opportunity, Contract, Task)
SCOPES = ("own", "own_and_below", "department", "department_and_below", "chosen", "all")
WORD = "星海"
SEEDS = range(3)


class Company:
    """A random company, and what each of its people should see, worked out row by row."""

    def __init__(self, office: Office, seed: int):
        self.office, self.records, self.dice = office, office.records, random.Random(seed)
        self.program = Actor.program()
        self.departments = [row.id for row in self.records.names.all("department")]
        self.people: list[int] = []
        self._staff()
        self._book()

    def _save(self, record: Record) -> Any:
        self.records.unit(self.program, lambda unit: unit.save(record), trusted=True)
        return record

    def _staff(self) -> None:
        dice = self.dice
        for n in range(5):
            self.departments.append(self._save(Department(name=f"部{n}", parent=dice.choice([None, *self.departments]))).id)
        roles = []
        for n, scope in enumerate(dice.sample(SCOPES, 5)):
            role = self._save(Role(name=f"角色{n}", level="sales", scope=scope, departments=tuple(dice.sample(self.departments, 2))))
            roles.append(role.id)
            if dice.random() < 0.6:
                name, word = dice.choice(["customer", "opportunity", "contact"]), dice.choice(SCOPES)
                chosen = tuple(dice.sample(self.departments, 1))
                self._save(RoleRight(name=name, role=role.id, operations="add edit take_out", scope=word, departments=chosen))
        for n in range(8):
            place = dice.choice([None, *self.departments])
            boss = dice.choice([None, *self.people])
            self.people.append(self._save(Employee(name=f"人{n}", role=dice.choice(roles), department=place, manager=boss)).id)

    def _book(self) -> None:
        dice = self.dice
        self.customers = [
            self._save(Customer(name=f"{WORD}公司{n}", owner=dice.choice(self.people), phone=f"0755-{n:08}", mobile=f"138{n:08}"))
            for n in range(14)
        ]
        self.leads = [self._save(Lead(name=f"{WORD}线索{n}", owner=dice.choice(self.people))) for n in range(6)]
        for n in range(50):
            customer = dice.choice(self.customers)
            owner = customer.owner if dice.random() < 0.6 else dice.choice(self.people)
            made: Record = dice.choice([
                Contact(name=f"{WORD}人{n}", customer=dice.choice([customer.id, customer.id, None]), owner=owner),
                FollowUp(content=f"{WORD}记录{n}", customer=customer.id),
                FollowUp(content=f"{WORD}记录{n}", lead=dice.choice(self.leads).id),
                Opportunity(name=f"{WORD}商机{n}", customer=customer.id, owner=owner, amount=n + 1),
                Contract(name=f"{WORD}合同{n}", customer=customer.id, owner=owner, amount=n + 1),
                Task(title=f"{WORD}任务{n}", customer=customer.id, owner=owner),
            ])  # fmt: skip
            self._save(made)

    def stir(self) -> None:
        """Something happens: a share, the end of one, an assignment, a move to another department, a deletion."""
        dice, today = self.dice, self.records.clock.today()
        kind = dice.choice(("share",) * 6 + ("end", "assign", "assign", "move", "delete", "role", "handover"))
        one = dice.choice([*self.customers, *self.customers, *self.leads, *self.all(Opportunity), *self.all(Contract)])
        try:
            if kind == "share":
                until = dice.choice([None, today, today + timedelta(3)])
                self.records.share(type(one), [one.id], dice.choice(self.people), self.program, dice.random() < 0.5, until)
            elif kind == "end" and (shares := self.all(Share)):
                self.records.unshare([dice.choice(shares).id], self.program)
            elif kind == "assign":
                self.records.assign(type(one), [one.id], dice.choice(self.people), self.program)
            elif kind == "move":
                self.change(Employee, dice.choice(self.people), department=dice.choice([None, *self.departments]))
            elif kind == "role":
                role = dice.choice(self.all(Role))
                self.change(Role, role.id, scope=dice.choice(SCOPES), departments=tuple(dice.sample(self.departments, 2)))
            elif kind == "handover":
                leaver, *takers = dice.sample(self.people, 3)
                receivers = {one.key(): tuple(takers) for one in handed_types(self.records)}
                hand_over(self.records, Plan(leaver, receivers, with_customer=dice.random() < 0.5, close=False), self.program)
            elif kind == "delete":
                self.records.delete(type(one), [one.id], self.program)
        except Trouble:
            pass  # refused: nothing happened

    def change(self, record_type: type[Record], one: int, **values: Any) -> None:
        record = self.records.get(record_type, one, self.program)
        for name, value in values.items():
            setattr(record, name, value)
        self.records.save(record, self.program)

    def all(self, record_type: type[Record]) -> list[Any]:
        columns = columns_of(record_type)
        names = ", ".join(f"`{name}`" for name in columns)
        rows = self.records.database.read(f"SELECT {names} FROM `{record_type.key()}` WHERE deleted_at IS NULL ORDER BY id")
        return [from_row(record_type, columns, row) for row in rows]

    # What should be seen, without the door

    def expected(self, employee: int, record_type: type[Record]) -> set[int]:
        mine = next(row for row in self.all(Employee) if row.id == employee)
        role = next(row for row in self.all(Role) if row.id == mine.role)
        own = [row for row in self.all(RoleRight) if row.role == role.id and row.name == record_type.key() and row.scope]
        word, chosen = (own[0].scope, own[0].departments) if own else (role.scope, role.departments)
        today = self.records.clock.today()
        open_to = {
            (row.ref_type, row.ref_id) for row in self.all(Share) if row.employee == employee and (row.until is None or row.until >= today)
        }
        owners = {row.id: row.owner for row in self.all(Customer)}
        return {
            row.id for row in self.all(record_type)
            if self._in_scope(mine, word, chosen, row) or self._is_shared(record_type, row, open_to, owners)
        }  # fmt: skip

    def _in_scope(self, mine: Any, word: str, chosen: Any, row: Any) -> bool:
        if word == "all":
            return True
        if word == "department" and mine.department:
            return bool(row.department == mine.department)
        if word == "department_and_below" and mine.department:
            return mine.department in self._above(row.department)
        if word == "chosen":
            return row.owner == mine.id or row.department in chosen
        if word == "own_and_below":
            return mine.id in self._chiefs(row.owner)
        return bool(row.owner == mine.id)

    def _above(self, department: int | None) -> set[int]:
        parents, found = {row.id: row.parent for row in self.all(Department)}, set()
        while department and department not in found:
            found.add(department)
            department = parents.get(department)
        return found

    def _chiefs(self, employee: int | None) -> set[int]:
        managers, found = {row.id: row.manager for row in self.all(Employee)}, set()
        while employee and employee not in found:
            found.add(employee)
            employee = managers.get(employee)
        return found

    def _is_shared(self, record_type: type[Record], row: Any, open_to: set[tuple[str, int]], owners: dict[int, Any]) -> bool:
        if (record_type.key(), row.id) in open_to:
            return True
        if record_type in (Contact, FollowUp) and row.customer:
            return ("customer", row.customer) in open_to
        if record_type is FollowUp:
            return ("lead", row.lead) in open_to
        if record_type in (Opportunity, Contract):
            return ("customer", row.customer) in open_to and owners.get(row.customer) == row.owner
        return False


@pytest.mark.parametrize("seed", SEEDS)
def test_every_way_shows_the_same(office: Office, tmp_path: Path, seed: int) -> None:
    company = Company(office, seed)
    shared = 0
    for _round in range(2):
        for _n in range(16):
            company.stir()
        for employee in company.people:
            actor = actor_for(office.records, employee)
            for record_type in TYPES:
                wanted = company.expected(employee, record_type)
                ways_agree(office, actor, record_type, wanted, tmp_path)
                scope = actor.scope(record_type)
                shared += sum(not scope.holds(row.owner, row.department) for row in company.all(record_type) if row.id in wanted)
    assert shared > 5, "shares took part"
    assert [f.sentence("en") for _check, found in examine(office.records) for f in found] == []


def ways_agree(office: Office, actor: Actor, record_type: type[Record], wanted: set[int], folder: Path) -> None:
    """List, pages, get, rows, count, report, groups, search and export show just these records."""
    records = office.records
    every = [row[0] for row in records.database.read(f"SELECT id FROM `{record_type.key()}` WHERE deleted_at IS NULL")]
    listed = list(records.ids(record_type, actor))
    assert sorted(listed) == sorted(wanted), "list"
    paged, after = [], None
    listing = records.listing(record_type, actor)
    while page := records.database.read(listing.page([record_type.id], 3, after)):
        paged += [row[0] for row in page]
        after = tuple(page[-1][-(len(listing.order()) + 1) :])
    assert paged == listed, "pages of three"
    assert {one for one in every if _gets(records, record_type, one, actor)} == wanted, "get"
    assert set(records.rows(record_type, actor, every, [])) == wanted, "rows"
    assert records.count(record_type, actor) == records.count(record_type, actor, cap=500) == len(wanted), "count"
    assert records.count(record_type, actor, cap=2) == min(2, len(wanted))
    where = record_type.select(record_type.id).where(listing.condition())
    assert {row[0] for row in records.database.read(where)} == wanted, "one condition"
    ((reported, *_sums),) = counted(records, actor, record_type, View(), ())
    assert reported == len(wanted), "report"
    by_owner = {row[0]: row[1] for row in counted(records, actor, record_type, View(), (record_type.owner,))}
    assert by_owner == dict(records.groups(record_type, actor, View(), "owner"))
    assert COUNT is not None and sum(by_owner.values()) == len(wanted), "groups"
    if records.searched(record_type):
        assert {hit.id for hit in records.search(WORD, actor, [record_type], 500)} == wanted, "search"
        assert set(records.ids(record_type, actor, View(text=WORD))) == wanted, "text of a list"
    mine = View((Condition("owner", "me"),))
    assert set(records.ids(record_type, actor, mine)) <= wanted
    if actor.may(record_type, "take_out"):
        path = folder / "out.csv"
        title = record_type.title_field
        export(records, record_type, actor, View(), [title], path, "csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            told = sorted(line[0] for line in list(csv.reader(file))[1:])
        titles = records.rows(record_type, actor, every, [title])
        assert told == sorted(values[0] for values in titles.values()) and len(told) == len(wanted), "export"


def _gets(records: Any, record_type: type[Record], one: int, actor: Actor) -> bool:
    try:
        records.get(record_type, one, actor)
    except NotFound:
        return False
    return True
