"""A fault at any statement of any unit of work: nothing of it happened, or, where it may be tried again, all of it once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.business import Contact, Contract, Customer, Employee, FollowUp, Lead, Opportunity
from crm_desktop.business.customers.converting import Conversion, convert
from crm_desktop.business.staff.handover import Plan, hand_over
from crm_desktop.core import joining
from crm_desktop.core.errors import Trouble
from crm_desktop.database import retry
from crm_desktop.database.unit import Tx
from tests.office import Office

# What may differ: the list of operation ids, and sign-ins.
LEFT_OUT = ("tx_log", "schema_version", "presence", "seal")


class Fault(Exception):
    """Something no part of the program expects."""


@pytest.fixture
def stage(office: Office) -> Office:
    """Two like customers of Li with what belongs to them, a lead, an opportunity, a contract."""
    ids = office.ids
    first = office.save(Customer(name="苏州明达", phone="0512-66001122"))
    second = office.save(Customer(name="苏州明达有限公司", mobile="13800138000"))
    ids["first"], ids["second"] = first.id, second.id
    ids["contact"] = office.save(Contact(name="王丽", customer=second.id)).id
    office.save(FollowUp(content="电话", customer=second.id))
    ids["lead"] = office.save(Lead(name="陈工", company="昆山精密")).id
    ids["deal"] = office.save(Opportunity(name="设备", customer=first.id, amount=Decimal(1000))).id
    ids["contract"] = office.save(Contract(name="合同", customer=first.id, amount=Decimal(1000))).id
    return office


def _change(office: Office) -> Any:
    customer: Any = office.records.get(Customer, office.ids["first"], office.li)
    customer.city, customer.phone = "苏州", "0512-66003344"
    return office.records.save(customer, office.li)


ACTS: dict[str, Callable[[Office], Any]] = {
    "a new customer": lambda office: office.records.save(Customer(name="昆山精密"), office.li),
    "a changed customer": _change,
    "a logged call": lambda office: office.records.save(FollowUp(content="再次联系", customer=office.ids["first"]), office.li),
    "a new contract with its number": lambda office: office.records.save(
        Contract(name="新合同", customer=office.ids["first"]), office.li
    ),
    "assigning with followers": lambda office: office.records.assign(
        Customer, [office.ids["first"], office.ids["second"]], office.ids["zhao"], office.boss
    ),
    "deleting with what belongs to it": lambda office: office.records.delete(Customer, [office.ids["second"]], office.boss),
    "one field of many": lambda office: office.records.set_field(
        Customer, [office.ids["first"], office.ids["second"]], "level", "A", office.li
    ),
    "converting a lead": lambda office: convert(
        office.records, office.records.get(Lead, office.ids["lead"], office.li), office.li, Conversion(opportunity="项目")
    ),
    "merging two customers": lambda office: joining.join(
        office.records, Customer, office.ids["first"], office.ids["second"], office.boss
    ),
    "undoing": lambda office: office.records.undo(office.records.last_batch(office.li).id, office.li),  # type: ignore[union-attr]
    "a handover": lambda office: hand_over(
        office.records, Plan(office.ids["li"], dict.fromkeys(office.records.types, (office.ids["zhao"],))), office.admin
    ),
    "an employee in another department": lambda office: _move_zhao(office),
}


def _move_zhao(office: Office) -> Any:
    person: Any = office.records.get(Employee, office.ids["li"], office.admin)
    person.department = office.records.get(Employee, office.ids["sun"], office.admin).department  # type: ignore[attr-defined]
    return office.records.save(person, office.admin)


def everything(office: Office) -> dict[str, list[Any]]:
    """Every row of every table, search index included."""
    database = office.records.database
    if database.engine == "sqlite":
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'find_%'"
    else:
        names = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
    tables = [name for (name,) in database.read(names) if name not in LEFT_OUT]
    return {name: sorted(map(repr, database.read(f'SELECT * FROM "{name}"'))) for name in tables}


class Breaking:
    """Makes the n-th statement of a unit fail, before or after the database has done it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.at, self.count, self.error, self.times = 0, 0, Exception(), 0
        run, many = Tx.run, Tx.many

        def broken(plain: Any) -> Any:
            def call(tx: Tx, *arguments: Any) -> Any:
                self.count += 1
                due = self.count == self.at and self.times > 0
                if not due or self.at % 2:  # every other statement has been done when its fault comes
                    result = plain(tx, *arguments)
                if not due:
                    return result
                self.times -= 1
                tx._note(self.error)
                raise self.error

            return call

        monkeypatch.setattr(Tx, "run", broken(run))
        monkeypatch.setattr(Tx, "many", broken(many))

    def arm(self, at: int, error: BaseException, times: int = 1) -> None:
        self.at, self.count, self.error, self.times = at, 0, error, times  # type: ignore[assignment]


@pytest.mark.parametrize("act", ACTS)
def test_an_unexpected_fault_leaves_nothing(stage: Office, act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(stage)
    breaking = Breaking(monkeypatch)
    statement = 0
    while True:
        statement += 1
        breaking.arm(statement, Fault(f"at statement {statement}"))
        try:
            ACTS[act](stage)
        except Fault:
            assert everything(stage) == before, f"{act}: a part stays after a fault at statement {statement}"
        else:
            break
        assert statement < 400
    assert statement > 3
    assert everything(stage) != before


@pytest.mark.parametrize("act", ["a changed customer", "assigning with followers", "converting a lead"])
def test_what_may_be_tried_again_happens_once(
    stage: Office, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deadlock (on a file: a busy file) in the middle: the whole unit runs again and leaves as much as one without it."""
    monkeypatch.setattr(retry.time, "sleep", lambda _seconds: None)
    busy = stage.records.database.backend
    error = Fault("busy")
    monkeypatch.setattr(type(busy), "fault", _busy_for(error, type(busy).fault))
    breaking = Breaking(monkeypatch)
    acts = stage.records.database.read("SELECT COUNT(*) FROM batch")[0][0]
    lines = stage.records.database.read("SELECT COUNT(*) FROM journal")[0][0]
    breaking.arm(0, error)
    ACTS[act](stage)
    statements, made = breaking.count, stage.records.database.read("SELECT COUNT(*) FROM journal")[0][0] - lines
    assert stage.records.undo(stage.records.database.read("SELECT MAX(id) FROM batch")[0][0], stage.admin).refused == []
    acts, lines = acts + 2, stage.records.database.read("SELECT COUNT(*) FROM journal")[0][0]
    breaking.arm(statements // 2, error)
    ACTS[act](stage)
    assert breaking.times == 0, "the fault did not come"
    assert stage.records.database.read("SELECT COUNT(*) FROM batch")[0][0] == acts + 1
    assert stage.records.database.read("SELECT COUNT(*) FROM journal")[0][0] == lines + made


def _busy_for(error: BaseException, plain: Any) -> Any:
    from crm_desktop.database.faults import Fault as Kind

    return lambda self, found: Kind.BUSY if found is error else plain(self, found)


def test_the_comparison_would_notice(stage: Office) -> None:
    before = everything(stage)
    with pytest.raises(Trouble):
        stage.records.save(Customer(name=""), stage.li)
    assert everything(stage) == before
    stage.records.database.write(lambda tx: tx.run("UPDATE customer SET city = 'x' WHERE id = ?", (stage.ids["first"],)))
    assert everything(stage) != before
