"""Reports and workbench figures over a million opportunities, beside the plainest scan of the same index.

    python -m benchmarks.reports [ROWS] [PLACE]

PLACE is a folder or mysql://user:password@host:port/name; one that was filled before is used again.
CPU seconds on SQLite (the query runs in this process), wall seconds on a server; the best of five.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from crm_desktop.business import RECORD_TYPES, Contract, Customer, Opportunity
from crm_desktop.business.staff.department import Department
from crm_desktop.business.staff.employee import Employee
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.business.system import starting
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.record import Record, columns_of, stored_values
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database
from crm_desktop.reports import REPORTS
from crm_desktop.reports.figures import workbench

NOW = datetime(2026, 11, 20, 2, 0)
STAFF, DEPARTMENTS = 50, 10
PART = 20_000
FUNNEL_INDEX = "opportunity_deleted_at_owner_stage_reached_department_c_3b95848e"


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        place = sys.argv[2] if len(sys.argv) > 2 else folder
        records = Records(open_database(place), RECORD_TYPES, FixedClock(NOW))
        started = time.perf_counter()
        if starting.is_new(records):
            fill(records, rows)
        took = time.perf_counter() - started
        engine = records.database.engine
        print(f"{engine}: {rows:,} opportunities, {rows:,} customers, {rows // 3:,} contracts, made in {took:.0f} s\n")
        measure(records, asking(records))
        records.database.close()


def measure(records: Records, people: dict[str, Actor]) -> None:
    """Print each question's seconds and its ratio to the scan of the funnel's index."""
    clock = time.process_time if records.database.engine == "sqlite" else time.perf_counter
    sums = "SELECT COUNT(*), SUM(amount), SUM(probability) FROM opportunity"
    hint = f"INDEXED BY {FUNNEL_INDEX}" if records.database.engine == "sqlite" else f"FORCE INDEX ({FUNNEL_INDEX})"
    scan = best(lambda: records.database.read(f"{sums} {hint} WHERE deleted_at IS NULL"), clock)
    print(f"{'question':<44}{'who':<10}{'seconds':>9}{'ratio':>8}")
    print(f"{'floor: count and sum, scan of the index':<44}{'all':<10}{scan:9.3f}{1:8.1f}")
    funnel, everything = REPORTS["funnel"], {"period": "all"}
    close = {"basis": "expected_close"}
    questions: list[tuple[str, Callable[[Actor], Any]]] = [
        ("funnel, all time", lambda who: funnel.run(records, who, everything)),
        ("funnel, last 12 months", lambda who: funnel.run(records, who)),
        ("funnel, last 12 months by expected close", lambda who: funnel.run(records, who, close)),
        ("funnel by owner, all time", lambda who: funnel.run(records, who, {**everything, "by": "owner"})),
        ("forecast", lambda who: REPORTS["forecast"].run(records, who)),
        ("lost reasons, last 12 months", lambda who: REPORTS["lost_reasons"].run(records, who)),
        ("without next step", lambda who: REPORTS["without_next_step"].run(records, who)),
        ("waiting too long", lambda who: REPORTS["idle"].run(records, who)),
        ("workbench, everything", lambda who: workbench(records, who)),
    ]
    for name, ask in questions:
        for who, actor in people.items():
            seconds = best(lambda ask=ask, actor=actor: ask(actor), clock)
            print(f"{name:<44}{who:<10}{seconds:9.3f}{seconds / scan:8.1f}", flush=True)


def best(work: Callable[[], Any], clock: Callable[[], float], times: int = 5) -> float:
    """The least of a few runs; a slow question is asked less often."""
    found = []
    for _turn in range(times):
        started = clock()
        work()
        found.append(clock() - started)
        if sum(found) > 20:
            break
    return min(found)


# The rows


def asking(records: Records) -> dict[str, Actor]:
    """Who asks: one who sees all, one who sees a department, one who sees his own."""
    people = {person.name: person.id for person in records.names.all("employee")}
    who = {"all": "员工0", "department": "员工1", "own": "员工2"}
    return {scope: actor_for(records, people[name]) for scope, name in who.items()}


def fill(records: Records, rows: int) -> None:
    """An office of 50 and five years of its work."""
    starting.begin(records, "明达", "管理员", "zh_CN")
    roles = {role.code: role.id for role in records.names.all("role")}
    staff: list[Employee] = []

    def work(unit: Any) -> None:
        departments = [Department(name=f"销售{number}部") for number in range(DEPARTMENTS)]
        unit.add(departments)
        for number in range(STAFF):
            role = {0: "general", 1: "manager"}.get(number, "sales")
            staff.append(Employee(name=f"员工{number}", role=roles[role], department=departments[number % DEPARTMENTS].id))
        unit.add(staff)

    records.unit(Actor.program(), work, "start", trusted=True)
    drawn = random.Random(7)
    with WithoutIndexes(records):
        for made in (
            _customers(drawn, staff, rows),
            _opportunities(records, drawn, staff, rows),
            _contracts(drawn, staff, rows // 3),
        ):
            _insert(records, made)
    if records.database.engine == "mysql":
        for table in ("customer", "opportunity", "contract"):
            records.database.read(f"ANALYZE TABLE {table}")


class WithoutIndexes:
    """SQLite fills a table much faster before its indexes are made."""

    def __init__(self, records: Records):
        self.database = records.database
        self.sql: list[str] = []

    def __enter__(self) -> None:
        if self.database.engine != "sqlite":
            return
        found = self.database.read(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            " AND tbl_name IN ('customer', 'opportunity', 'contract')"
        )
        self.sql = [sql for _name, sql in found]
        self.database.write(lambda tx: [tx.run(f'DROP INDEX "{name}"') for name, _sql in found])

    def __exit__(self, *error: object) -> None:
        self.database.write(lambda tx: [tx.run(sql) for sql in self.sql])


def _insert(records: Records, made: Iterator[Record]) -> None:
    part: list[Record] = []
    for record in made:
        part.append(record)
        if len(part) == PART:
            _write(records, part)
            part = []
    if part:
        _write(records, part)


def _write(records: Records, part: list[Record]) -> None:
    record_type = type(part[0])
    columns = columns_of(record_type)
    names, marks = ", ".join(f"`{name}`" for name in columns), ", ".join("?" * len(columns))
    values = [tuple(row[name] for name in columns) for row in map(stored_values, part)]
    records.database.write(lambda tx: tx.many(f"INSERT INTO `{record_type.key()}` ({names}) VALUES ({marks})", values))


def _common(drawn: random.Random, staff: list[Employee], number: int) -> dict[str, Any]:
    person = drawn.choice(staff)
    created = NOW - timedelta(minutes=drawn.randrange(5 * 365 * 24 * 60))
    return {
        "id": 10**15 + number, "owner": person.id, "department": person.department, "created_at": created,
        "updated_at": min(NOW, created + timedelta(days=drawn.randrange(200))), "sort_key": f"{number:08}", "version": 1,
        "name": f"{number:08} 有限公司",
    }  # fmt: skip


def _customers(drawn: random.Random, staff: list[Employee], rows: int) -> Iterator[Customer]:
    for number in range(rows):
        contact = NOW.date() + timedelta(days=drawn.randrange(-60, 90)) if drawn.random() < 0.5 else None
        yield Customer(**_common(drawn, staff, number), next_contact_on=contact)


def _opportunities(records: Records, drawn: random.Random, staff: list[Employee], rows: int) -> Iterator[Opportunity]:
    stages = [stage for stage in records.names.all("stage") if stage.kind != "void"]
    way = [stage for stage in stages if stage.kind == "open"]
    for number in range(rows):
        common = _common(drawn, staff, number)
        stage = drawn.choice(way) if drawn.random() < 0.3 else drawn.choice(stages[-2:])
        closed = None if stage.kind == "open" else min(NOW, common["created_at"] + timedelta(days=drawn.randrange(200)))
        reached = stage if stage.kind != "lost" else drawn.choice(way)
        yield Opportunity(
            **common, customer=10**15 + number, stage=stage.id, reached=reached.id, probability=stage.probability,
            amount=drawn.randrange(1_000, 900_000), closed_at=closed, lost_reason="budget" if stage.kind == "lost" else "",
            expected_close=common["created_at"].date() + timedelta(days=drawn.randrange(300)),
            next_step_on=date(2026, 11, 25) if drawn.random() < 0.7 else None,
        )  # fmt: skip


def _contracts(drawn: random.Random, staff: list[Employee], rows: int) -> Iterator[Contract]:
    for number in range(rows):
        common = _common(drawn, staff, number)
        signed = common["created_at"].date()
        yield Contract(
            **common, number=f"HT-{number}", customer=10**15 + number, state=drawn.choice(("active", "completed", "draft")),
            amount=drawn.randrange(1_000, 900_000), signed_on=signed, ends_on=signed + timedelta(days=365),
        )  # fmt: skip


if __name__ == "__main__":
    main()
