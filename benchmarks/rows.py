"""Real-shaped rows for the benchmarks: 100,000 or 1,000,000 customers with two contacts each, 50 owners, all searchable.

    python benchmarks/rows.py 1000000                  make (or find) the file and say where it is
    python benchmarks/rows.py 100000 mysql://root@127.0.0.1:3306/bench

Rows go straight into the tables and the search index, past the door and the journal: 3 million documents take about five
minutes on two cores. A SQLite file is kept in the temporary folder and used again until the columns, the index format or this
file change.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.find import CITIES, company, mobile, person  # noqa: E402
from crm_desktop.business import RECORD_TYPES  # noqa: E402
from crm_desktop.business.customers.contact import Contact  # noqa: E402
from crm_desktop.business.customers.customer import Customer  # noqa: E402
from crm_desktop.business.staff.department import Department  # noqa: E402
from crm_desktop.business.staff.employee import Employee  # noqa: E402
from crm_desktop.business.system import starting  # noqa: E402
from crm_desktop.core import find  # noqa: E402
from crm_desktop.core.access import Actor  # noqa: E402
from crm_desktop.core.clock import FixedClock  # noqa: E402
from crm_desktop.core.find.grams import tokens_of  # noqa: E402
from crm_desktop.core.record import Record, columns_of, stored_values  # noqa: E402
from crm_desktop.core.records import Records  # noqa: E402
from crm_desktop.core.unit import Unit  # noqa: E402
from crm_desktop.database.engine import Database, open_database  # noqa: E402

NOW = datetime(2026, 3, 18, 2, 0)
TODAY = NOW.date()
STAFF, DEPARTMENTS, CONTACTS_EACH = 50, 8, 2
CHUNK = 5_000  # customers
FIRST_ID = (1_500 * 86_400_000) << 21  # ids of customers made from 2024 on, a thousand apart
# How often each of the staff is the owner; the first one of about 8 %.
SHARES = tuple(1 / (1 + number * 0.5) ** 0.7 for number in range(STAFF))
STATUSES = ("potential", "active", "key", "dormant")
INDUSTRIES = ("it", "finance", "real_estate", "business_services", "transport", "manufacturing", "government", "media")
SOURCES = ("promotion", "search_engine", "referral", "cold_call", "phone_inquiry", "trade_show", "existing_customer")
JOBS = ("采购经理", "总经理", "技术总监", "财务经理", "项目经理", "Buyer")
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Book:
    """Who may own rows: (employee, department) pairs."""

    owners: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Bench:
    """A filled database: the door, the person with most customers, a manager of one department, one who sees all."""

    place: str
    records: Records
    seller: int
    manager: int
    general: int


def bench(customers: int, place: str | None = None) -> Bench:
    """The database with so many customers: at `place` (filled if it is empty), else a file kept for the next time."""
    if place is None:
        place = str(kept_folder(customers))
    database = open_database(place)
    records = Records(database, RECORD_TYPES, FixedClock(NOW))
    if starting.is_new(records):
        fill(records, customers)
    people = {row.login: row.id for row in records.names.all("employee")}  # type: ignore[attr-defined]
    return Bench(place, records, people["seller00"], people["seller01"], people["general"])


def kept_folder(customers: int) -> Path:
    """Where the file of this size is kept; made when it is not there. Half-made ones are never found."""
    # Migrations are not among them: they are carried out on the kept file when it is opened.
    parts = [Path(__file__).read_bytes(), str(find.FORMAT).encode()]
    parts += [" ".join(columns_of(record_type)).encode() for record_type in (Customer, Contact)]
    state = hashlib.sha256(b"".join(parts)).hexdigest()[:10]
    folder = Path(tempfile.gettempdir()) / f"crm-bench-{customers}-{state}"
    if not folder.exists():
        draft = Path(tempfile.mkdtemp(prefix="crm-bench-draft-"))
        try:
            bench(customers, str(draft)).records.database.close()
            draft.rename(folder)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    return folder


def fill(records: Records, customers: int) -> None:
    """Staff through the door, rows past it."""
    database = records.database
    book = _staff(records)
    chunks = range(0, customers, CHUNK)
    indexes = _without_indexes(database) if database.engine == "sqlite" else []
    begun = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        jobs = ((number, start, min(CHUNK, customers - start), book) for number, start in enumerate(chunks))
        for number, made in enumerate(workers.map(_chunk, jobs, chunksize=1)):
            database.write(lambda tx, made=made: [_write(tx, *one) for one in made])  # type: ignore[misc]
            _tell(f"{min((number + 1) * CHUNK, customers):,} of {customers:,} customers, {time.perf_counter() - begun:,.0f} s")
    for sql in indexes:
        _tell(sql[:70])
        database.write(lambda tx, sql=sql: tx.run(sql))  # type: ignore[misc]
    for key in ("customer", "contact"):
        _tell(f"settling the index of {key}")
        database.write(lambda tx, key=key: find.settle(tx, key))  # type: ignore[misc]
        if database.engine == "mysql":
            database.write(lambda tx, key=key: tx.run(f"ANALYZE TABLE `{key}`, {find.table(key)}"))  # type: ignore[misc]
    if database.engine == "sqlite":
        database.write(lambda tx: tx.run("ANALYZE"))
    _tell("")


def _tell(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{text:<78.78}\r", end="", file=sys.stderr, flush=True)


def _staff(records: Records) -> Book:
    starting.begin(records, "Bench", "Bench", "zh_CN")
    roles = {row.code: row.id for row in records.names.all("role")}  # type: ignore[attr-defined]

    def work(unit: Unit) -> list[Employee]:
        departments = [Department(name=f"销售{number + 1}部") for number in range(DEPARTMENTS)]
        unit.add(departments)
        people = []
        for number in range(STAFF):
            role = roles["manager" if number == 1 else "sales"]
            people.append(Employee(name=f"业务员{number:02d}", login=f"seller{number:02d}", role=role,
                                   department=departments[number % DEPARTMENTS].id))  # fmt: skip
        people.append(Employee(name="总经理", login="general", role=roles["general"], department=departments[0].id))
        unit.add(people)
        return people[:STAFF]

    people, _change = records.unit(Actor.program(), work, "bench", trusted=True)
    return Book(tuple((person.id, person.department) for person in people))


def _without_indexes(database: Database) -> list[str]:
    """Drop the indexes of the two tables; returns the statements that make them again, sorted at once."""
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('customer', 'contact') AND sql IS NOT NULL"
    found = database.read(asked)
    for name, _sql in found:
        database.write(lambda tx, name=name: tx.run(f'DROP INDEX "{name}"'))  # type: ignore[misc]
    return [sql for _name, sql in found]


# Made in worker processes


def _chunk(job: tuple[int, int, int, Book]) -> list[tuple[type[Record], Rows, Rows]]:
    """(type, rows, index rows) of customers start … start + count and of their contacts; the same for the same number."""
    number, start, count, book = job
    chance = random.Random(number)
    owners = chance.choices(book.owners, SHARES, k=count)
    customers, contacts = [], []
    for place, owner in enumerate(owners):
        customer = _customer(chance, FIRST_ID + (start + place) * 1_000, owner)
        customers.append(customer)
        contacts += [_contact(chance, customer, nth) for nth in range(CONTACTS_EACH)]
    return [(Customer, *_rows(Customer, customers)), (Contact, *_rows(Contact, contacts))]


def _customer(chance: random.Random, record_id: int, owner: tuple[int, int]) -> dict[str, Any]:
    name = company(chance)
    made = NOW - timedelta(minutes=chance.randrange(1_600_000))
    level = chance.choices("ABC", (12, 40, 48))[0]
    return {
        "id": record_id, "name": name, "code": f"C{record_id // 1_000 % 10_000_000:07d}", "level": level,
        "status": chance.choices(STATUSES, (4, 5, 1, 3))[0], "industry": chance.choice(INDUSTRIES), "source": chance.choice(SOURCES),
        "phone": f"0{chance.randint(21, 899)}-{chance.randrange(10**8):08d}", "mobile": mobile(chance) if chance.random() < 0.3 else "",
        "city": chance.choice(CITIES), "postcode": f"{chance.randrange(10**6):06d}", "address": f"人民路{chance.randint(1, 999)}号",
        "next_contact_on": _day(TODAY + timedelta(chance.randint(-30, 60))) if chance.random() < 0.7 else None,
        "last_contact_at": _moment(NOW - timedelta(minutes=chance.randrange(500_000))) if chance.random() < 0.8 else None,
        "created_at": _moment(made), "owner": owner[0], "department": owner[1],
    }  # fmt: skip


def _contact(chance: random.Random, customer: dict[str, Any], nth: int) -> dict[str, Any]:
    return {
        "id": customer["id"] + 1 + nth, "name": person(chance), "customer": customer["id"], "title": chance.choice(JOBS),
        "mobile": mobile(chance), "email": f"u{chance.randrange(10**7)}@example.com" if chance.random() < 0.5 else "",
        "is_primary": int(nth == 0), "created_at": customer["created_at"], "owner": customer["owner"],
        "department": customer["department"],
    }  # fmt: skip


def _rows(record_type: type[Record], made: Sequence[dict[str, Any]]) -> tuple[Rows, Rows]:
    """Values in the order of the table's columns, and (id, owner, department, tokens) for the index."""
    columns = columns_of(record_type)
    usual = {**stored_values(record_type()), "version": 1}
    searched = [(name, field.search) for name, field in record_type.declared().items() if field.search]
    rows, tokens = [], []
    for values in made:
        whole = usual | values | {"updated_at": values["created_at"], "sort_key": find.sort_key(values["name"])}
        for who in ("created_by", "updated_by"):
            whole[who] = values["owner"]
        rows.append(tuple(whole[column] for column in columns))
        said: dict[str, list[str]] = {"name": [], "text": [], "phone": []}
        for name, how in searched:
            if values.get(name):
                said[how].append(values[name])
        texts = (tuple(said[how]) for how in ("name", "text", "phone"))
        doc = find.Doc(values["id"], *texts, values["owner"], values["department"])
        tokens.append((doc.id, doc.owner, doc.department, tokens_of(doc)))
    return rows, tokens


def _write(tx: Any, record_type: type[Record], rows: Rows, tokens: Rows) -> None:
    key, columns = record_type.key(), columns_of(record_type)
    names, marks = ", ".join(f"`{column}`" for column in columns), ", ".join("?" * len(columns))
    tx.many(f"INSERT INTO `{key}` ({names}) VALUES ({marks})", rows)
    if tx.engine == "sqlite":
        tx.many(f"INSERT INTO {find.table(key)} (rowid, grams) VALUES (?, ?)", [(row[0], row[3]) for row in tokens])
    else:
        tx.many(f"INSERT INTO {find.table(key)} (id, owner, department, grams) VALUES (?, ?, ?, ?)", tokens)


def _day(day: date) -> str:
    return day.isoformat()


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def main() -> None:
    arguments: Iterator[str] = iter(sys.argv[1:])
    customers = int(next(arguments, "100000"))
    begun = time.perf_counter()
    made = bench(customers, next(arguments, None))
    count = made.records.count(Customer, Actor.program())
    print(f"{count:,} customers at {made.place} ({time.perf_counter() - begun:.1f} s)")


if __name__ == "__main__":
    main()
