"""Handing over what an employee owns when he leaves: one audited act after which nothing is left without somebody there.

A plan says who gets the records of each type, one person or several among whom they are dealt out; what is about a customer
may go with that customer. The act is one batch of the journal, from which its certificate is read at any later time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from crm_desktop.business.office.reminder import WAITING, Reminder
from crm_desktop.business.sales.stage import Stage
from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.system.saved_view import SavedView
from crm_desktop.core import money
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Cancelled, Marked, NotFound, Refused
from crm_desktop.core.fields import Money
from crm_desktop.core.owning import demand_present
from crm_desktop.core.pointing import StateKind
from crm_desktop.core.record import Record, copied
from crm_desktop.core.records import Records
from crm_desktop.core.sharing import Share
from crm_desktop.core.unit import Unit
from crm_desktop.core.words import _

WHAT = "handover"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """Who gets what of `leaver`. receivers: type key -> the employees who get records of it, in turn; a type that is not named
    stays with him. with_customer: what is about a customer that is handed over goes to whom the customer goes. closed: won and
    lost, finished and past ones too. close: he has left as of `left_on` (today, unless given) and cannot sign in any more."""

    leaver: int
    receivers: Mapping[str, tuple[int, ...]]
    with_customer: bool = True
    closed: bool = True
    close: bool = True
    left_on: date | None = None


@dataclass(frozen=True)
class Holding:
    """What somebody owns of a type: how many, how many of them are still open, and their open money."""

    record_type: type[Record]
    count: int
    open: int
    amount: Decimal | None = None


@dataclass
class Done:
    """What a handover did: how many records of each type went to whom."""

    moved: dict[str, dict[int, int]] = field(default_factory=dict)
    batch: int | None = None


def handed_types(records: Records) -> list[type[Record]]:
    """The types whose records are handed over: those that have owners of their own, and saved views. What follows another
    record goes with it."""
    return [
        one for one in records.types.values()
        if (one.screen.rights.see != "all" or one is SavedView) and one is not Share
    ]  # fmt: skip


def holdings(records: Records, employee: int, actor: Actor) -> list[Holding]:
    """What an employee owns, for who sees it all; types of which he has nothing are left out."""
    demand_seen(records, employee, actor)
    found = []
    for record_type in handed_types(records):
        key, loose = record_type.key(), _loose(record_type)
        where = f"FROM `{key}` WHERE owner = ? AND deleted_at IS NULL{loose}"
        count = records.database.read(f"SELECT COUNT(*) {where}", (employee,))[0][0]
        closed = closed_condition(records, record_type)
        still, values = (f" AND NOT ({closed[0]})", closed[1]) if closed else ("", [])
        open_ones = records.database.read(f"SELECT COUNT(*) {where}{still}", (employee, *values))[0][0] if count else 0
        if record_type is Reminder:
            count = open_ones
        amount = None
        if count and isinstance(record_type.declared().get("amount"), Money):
            total = records.database.read(f"SELECT SUM(amount) {where}{still}", (employee, *values))[0][0]
            amount = money.from_minor(int(total or 0))
        if count:
            found.append(Holding(record_type, count, open_ones, amount))
    return found


def closed_condition(records: Records, record_type: type[Record]) -> tuple[str, list[Any]] | None:
    """SQL for records that nobody has to do anything about any more; None when the type knows no such thing."""
    state, stage = record_type.state_field(), record_type.declared().get("stage")
    if state is not None:
        kind: Any = record_type.declared()[state].kind
        assert isinstance(kind, StateKind)
        ended = [key for key, one in kind.states.items() if not one.open]
        if record_type is Reminder:
            ended = [key for key in kind.states if key not in WAITING]
        return (f"`{state}` IN ({', '.join('?' * len(ended))})", list(ended)) if ended else None
    if stage is not None:
        over = [row.id for row in records.names.rows("stage").values() if isinstance(row, Stage) and row.kind != "open"]
        return (f"`stage` IN ({', '.join('?' * len(over))})", list(over)) if over else None
    return None


def _loose(record_type: type[Record]) -> str:
    """Only records that follow none: the others go with the one they follow."""
    return "".join(f" AND `{link}` IS NULL" for link in record_type.followed())


def demand_seen(records: Records, employee: int, actor: Actor) -> Any:
    """The employee, for an actor who sees everything that is his."""
    person: Any = records.names.rows("employee").get(employee)
    if person is None or person.deleted_at is not None:
        raise NotFound()
    hidden = [one for one in handed_types(records) if not _sees(actor, one, person)]
    if hidden:
        raise Refused(_("You do not see all {records} of {name}. Ask an administrator to hand them over."),
                      records=Marked(hidden[0].screen.title), name=person.name)  # fmt: skip
    return person


def _sees(actor: Actor, record_type: type[Record], person: Any) -> bool:
    return not _of_the_company(record_type) or actor.scope(record_type).holds(person.id, person.department)


def _of_the_company(record_type: type[Record]) -> bool:
    """Events, reminders, views and schedules are a person's own: who hands over his customers hands these over too."""
    return record_type.screen.area == "work" or record_type.screen.shared


def hand_over(
    records: Records, plan: Plan, actor: Actor, progress: Progress | None = None, stopped: Callable[[], bool] = lambda: False
) -> Done:
    """Carry out a plan in one transaction and one batch. Raises Refused, with nothing changed, when something of his would be
    left behind with a closed account, or a receiver is not there; Cancelled when `stopped` says so."""
    person = demand_seen(records, plan.leaver, actor)
    for receiver in {one for several in plan.receivers.values() for one in several}:
        colleague = records.names.rows("employee").get(receiver)
        if colleague is None:
            raise NotFound()
        if receiver == plan.leaver:
            raise Refused(_("{name} cannot take over his own records. Choose somebody else."), name=person.name)
        demand_present(colleague)

    def work(unit: Unit) -> Done:
        return _HandingOver(unit, plan, person, progress, stopped).carry_out()

    note = ", ".join(dict.fromkeys(records.names.title("employee", one) for several in plan.receivers.values() for one in several))
    done, change = records.unit(actor, work, WHAT, f"{person.name} → {note}"[:400])
    done.batch = change.batch if change.touched else None
    return done


class _HandingOver:
    """One attempt at a plan, inside its transaction."""

    def __init__(self, unit: Unit, plan: Plan, person: Any, progress: Progress | None, stopped: Callable[[], bool]):
        self.unit, self.plan, self.person, self.progress, self.stopped = unit, plan, person, progress, stopped
        self.done = Done()
        self.customers: dict[int, int] = {}
        self.count = 0

    def carry_out(self) -> Done:
        unit = self.unit
        unit.current(Employee, self.plan.leaver)  # locked: who is giving him something is done first, or told that he has left
        if self.plan.close:
            unit.demand(Employee, "edit")
        chosen = [one for one in handed_types(unit.records) if one.key() in self.plan.receivers]
        waiting = [(record_type, self._ids(record_type)) for record_type in chosen]
        self.total = sum(len(ids) for _type, ids in waiting)
        for record_type, ids in waiting:
            if ids:
                self._demand(record_type)
                self._hand(record_type, ids)
        self._end_shares()
        if self.plan.close:
            self._demand_nothing_left()
            self._close()
        return self.done

    def _demand(self, record_type: type[Record]) -> None:
        if _of_the_company(record_type):
            self.unit.demand(record_type, "assign")

    def _ids(self, record_type: type[Record]) -> list[int]:
        where, values = f"owner = ? AND deleted_at IS NULL{_loose(record_type)}", [self.plan.leaver]
        closed = closed_condition(self.unit.records, record_type)
        if closed and (not self.plan.closed or record_type is Reminder):
            where += f" AND NOT ({closed[0]})"
            values += closed[1]
        lock = " FOR UPDATE" if self.unit.tx.engine == "mysql" else ""  # as it stands now, not as it stood when the act began
        rows = self.unit.tx.run(f"SELECT id FROM `{record_type.key()}` WHERE {where} ORDER BY sort_key, id{lock}", values)
        return [row[0] for row in rows]

    def _hand(self, record_type: type[Record], ids: Sequence[int]) -> None:
        receivers = self.plan.receivers[record_type.key()]
        turn = 0
        for one in ids:
            if self.stopped():
                raise Cancelled()
            current: Any = self.unit.current(record_type, one)
            if current is None or current.owner != self.plan.leaver:
                continue  # it went along with another one
            receiver = self._with_customer(record_type, current)
            if receiver is None:
                receiver = receivers[turn % len(receivers)]
                turn += 1
            self._give(current, receiver)
            if record_type.key() == "customer":
                self.customers[one] = receiver
            self.count += 1
            if self.progress is not None and self.count % 50 == 0:
                self.progress(self.count, self.total)

    def _with_customer(self, record_type: type[Record], record: Any) -> int | None:
        if not self.plan.with_customer or "customer" not in record_type.declared():
            return None
        return self.customers.get(record.customer)

    def _give(self, current: Record, receiver: int) -> None:
        """Whatever rules have been added since an old record was saved: it changes hands all the same."""
        record = copied(current)
        colleague: Any = self.unit.records.names.rows("employee")[receiver]
        record.owner = receiver
        if type(record).screen.rights.see != "all":
            record.department = colleague.department
        self.unit.write(record, current, "assign")
        told = self.done.moved.setdefault(record.key(), {})
        told[receiver] = told.get(receiver, 0) + 1

    def _end_shares(self) -> None:
        """What colleagues shared with him ends with him."""
        if self.plan.close:
            with self.unit.as_program():
                for (one,) in self.unit.tx.run("SELECT id FROM share WHERE employee = ? AND deleted_at IS NULL", (self.plan.leaver,)):
                    self.unit.delete(Share, one)

    def _demand_nothing_left(self) -> None:
        for record_type in handed_types(self.unit.records):
            left = len(self._ids(record_type))
            if left:
                text = _("{name} still has {count} {records}. Hand them over too, or leave the account open.")
                raise Refused(text, name=self.person.name, count=left, records=Marked(record_type.screen.title))

    def _close(self) -> None:
        """He has left; whoever reported to him reports to his manager."""
        unit = self.unit
        for (one,) in unit.tx.run("SELECT id FROM employee WHERE manager = ? AND deleted_at IS NULL", (self.plan.leaver,)):
            unit.amend(Employee, one, manager=self.person.manager if self.person.manager != one else None)
        now: Any = unit.current(Employee, self.plan.leaver)
        if now.state != "left":
            unit.move(now, "quit", {"left_on": self.plan.left_on or unit.today})
