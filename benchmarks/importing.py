"""Measure an import, end to end: 100,000 customers x 20 columns from .xlsx into SQLite and MariaDB, and its undo.

    python -m benchmarks.importing [--rows 100000] [--rounds 3] [--engine SQLite]
    python -m benchmarks.importing --rows 20000 --engine guarded      MariaDB, with accounts of one's own

Ours is the whole way: the file read in its own process, the table found, columns mapped, cells converted, records validated
and matched, rows, journal and search index written, one commit. The floor is the plainest code that brings the same rows
into the same table: calamine, one conversion for each column, sort keys, executemany. Into MariaDB the floor reads and
converts as well, and inserts by statements of many rows. CPU seconds of this process and those it starts (and of the
server), the least of the rounds taken in turn. Both leave the same rows; that is checked. What search and duplicates of a server are
told after an import, when everything is found already, has a line of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import random
import resource
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.figure import Figure, tell  # noqa: E402
from benchmarks.find import CITIES, company, mobile  # noqa: E402
from crm_desktop.business import RECORD_TYPES, Customer  # noqa: E402
from crm_desktop.business.staff import accounts  # noqa: E402
from crm_desktop.business.staff.sign_in import actor_for  # noqa: E402
from crm_desktop.business.system import starting  # noqa: E402
from crm_desktop.core import find, twins, untold  # noqa: E402
from crm_desktop.core.access import Actor  # noqa: E402
from crm_desktop.core.clock import Clock, FixedClock  # noqa: E402
from crm_desktop.core.ids import new_ids  # noqa: E402
from crm_desktop.core.record import columns_of, stored_values  # noqa: E402
from crm_desktop.core.records import Records  # noqa: E402
from crm_desktop.database.engine import Database, open_database  # noqa: E402
from crm_desktop.exchange.importing.plan import Importing  # noqa: E402
from crm_desktop.exchange.mapping import guess_mapping, known_heading  # noqa: E402
from crm_desktop.exchange.reading import read_workbook  # noqa: E402
from crm_desktop.exchange.tables import find_table  # noqa: E402
from crm_desktop.exchange.targets import targets_of  # noqa: E402
from crm_desktop.exchange.writers.columns import Column  # noqa: E402
from crm_desktop.exchange.writing import write_table  # noqa: E402
from tests import servers  # noqa: E402
from tests.guard.company import open_company  # noqa: E402

NOW = datetime(2026, 3, 18, 2, 0)
READINGS = {False: "standard", True: "strict"}  # whether strictly -> how it is called
PACKET = 500
UNDONE = 28_000
# Field -> heading; twenty of them, as a Chinese office writes them.
HEADINGS = {
    "name": "客户名称", "code": "客户编号", "short_name": "简称", "level": "级别", "type": "客户类型", "status": "客户状态",
    "industry": "行业", "source": "来源", "phone": "电话", "mobile": "手机", "email": "邮箱", "website": "网址", "province": "省份",
    "city": "城市", "district": "区县", "address": "地址", "postcode": "邮编", "tax_no": "税号", "next_contact_on": "下次联系",
    "note": "备注",
}  # fmt: skip
CHOICES = {"level": "level", "type": "customer_type", "status": "customer_status", "industry": "industry", "source": "source"}
COLUMNS = [Column(text, "day" if name == "next_contact_on" else "text") for name, text in HEADINGS.items()]
Row = list[Any]


# The sheet


def sheet(path: Path, rows: int, labels: dict[str, list[str]], first: int = 0, changed: int = 0) -> Path:
    """A workbook of `rows` customers from number `first` on; the first `changed` of them with another phone, level and day."""
    write_table(path, "客户", COLUMNS, made(rows, labels, first, changed))
    return path


def made(rows: int, labels: dict[str, list[str]], first: int = 0, changed: int = 0) -> Iterator[list[Row]]:
    """Rows in packets; the same for the same number every time."""
    for start in range(first, first + rows, PACKET):
        numbers = range(start, min(first + rows, start + PACKET))
        yield [row(number, labels, number < first + changed) for number in numbers]


def row(number: int, labels: dict[str, list[str]], changed: bool) -> Row:
    chance = random.Random(number)
    name, city = company(chance), chance.choice(CITIES)
    values: dict[str, Any] = {
        "name": name, "code": f"K{number:07}", "short_name": name[:4].strip() if number % 3 else None,
        **{field: chance.choice(labels[field]) for field in CHOICES},
        "phone": f"010-{chance.randrange(10**8):08}" if number % 3 else None, "mobile": mobile(chance),
        "email": f"user{number}@example.com" if number % 2 else None,
        "website": f"https://www.example.com/{number}" if number % 4 else None,
        "province": f"{city}省", "city": city, "district": f"{chance.choice('东南西北')}城区",
        "address": f"人民路{chance.randrange(999)}号{chance.randrange(30)}楼", "postcode": f"{chance.randrange(10**6):06}",
        "tax_no": f"91{chance.randrange(10**16):016}", "next_contact_on": date(2026, 1, 1) + timedelta(chance.randrange(365)),
        "note": f"展会上认识，要报价 {number}" if number % 2 else None,
    }  # fmt: skip
    if changed:
        other = random.Random(-1 - number)
        values |= {"phone": f"021-{other.randrange(10**8):08}", "level": other.choice(labels["level"]), "next_contact_on": date(2027, 1, 1)}
    return list(values.values())


def choice_labels(records: Records) -> dict[str, list[str]]:
    return {field: [pick.label for pick in records.names.picklist(name, "zh_CN")] for field, name in CHOICES.items()}


# The works


class Office:
    """An empty company to import into: a fresh copy of a file, or a schema of its own on a server."""

    def __init__(self, place: str, person: int = 0) -> None:
        """person: who works there already, in a database where everybody has an account of his own."""
        self.database = open_database(place)
        self.records = Records(self.database, RECORD_TYPES, FixedClock(NOW) if not person else Clock())
        if person:
            accounts.attend(self.records)
            self.actor: Actor = actor_for(self.records, person)
            return
        if starting.is_new(self.records):
            starting.begin(self.records, "Bench", "Bench", "zh_CN")
        self.actor = actor_for(self.records, self.records.names.all("employee")[0].id)

    def bring_in(self, path: Path, progress: Any = None) -> int:
        """Import as the window and the command do; gives the batch."""
        with read_workbook(path) as workbook:
            targets = targets_of(self.records, Customer)
            table = find_table(workbook.sheet(), known_heading("customer", targets))
            mapping = guess_mapping("customer", targets, table)
            imported = Importing(self.records, Customer, table, mapping, self.actor).run(progress)
        assert imported.batch is not None and not imported.verdicts.refused()
        return imported.batch

    def rows(self) -> list[tuple[Any, ...]]:
        names = ", ".join(f"`{name}`" for name in ("sort_key", "owner", "department", "version", *HEADINGS))
        return self.database.read(f"SELECT {names} FROM customer ORDER BY code")

    def close(self) -> None:
        self.database.close()


def plain_import(office: Office, path: Path) -> None:
    """The floor: read, convert, insert."""
    import python_calamine

    cells = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    plain_insert(office.database, plain_rows(office, cells))


def plain_rows(office: Office, cells: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Cells as rows of the table, one conversion for each column."""
    columns = dict(zip(HEADINGS, zip(*cells[1:], strict=True), strict=True))
    stored: dict[str, Sequence[Any]] = {}
    for name, values in columns.items():
        if name in CHOICES:
            keys = {pick.label: pick.key for pick in office.records.names.picklist(CHOICES[name], "zh_CN")}
            stored[name] = [keys[value] for value in values]
        elif name == "next_contact_on":
            stored[name] = [value.isoformat()[:10] if value else None for value in values]
        else:
            stored[name] = [str(value) for value in values]
    count, now = len(cells) - 1, f"{NOW:%Y-%m-%d %H:%M:%S}"
    stored["id"], stored["sort_key"] = new_ids(count), list(map(find.sort_key, stored["name"]))
    employee = office.actor.employee
    department = office.records.names.rows("employee")[employee].department  # type: ignore[attr-defined,index]
    same = stored_values(Customer()) | {
        "owner": employee, "department": department, "created_at": now, "updated_at": now, "created_by": employee, "updated_by": employee,
        "version": 1,
    }  # fmt: skip
    return list(zip(*(stored.get(name) or [same[name]] * count for name in columns_of(Customer)), strict=True))


def plain_insert(database: Database, rows: Sequence[tuple[Any, ...]]) -> None:
    """executemany on a bare connection: prepared once on SQLite, statements of many rows by PyMySQL."""
    raw, names = database.line().raw, columns_of(Customer)
    marks = ", ".join("?" * len(names))
    sql = database.backend.statement(f"INSERT INTO customer ({', '.join(f'`{name}`' for name in names)}) VALUES ({marks})")
    database.backend.begin(raw)
    raw.cursor().executemany(sql, rows)
    database.backend.commit(raw)


# Figures


class Spent:
    """CPU seconds of this process, of those it starts, and of the server."""

    def __init__(self, database: Database | None = None) -> None:
        self.server = ""
        if database is not None and database.engine == "mysql":
            self.server = Path(database.read("SELECT @@pid_file")[0][0]).read_text().strip()

    def now(self) -> float:
        own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
        if self.server:
            fields = Path(f"/proc/{self.server}/stat").read_text().rsplit(")", 1)[1].split()
            spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return spent

    def of(self, work: Callable[[], object]) -> float:
        gc.collect()
        begun = self.now()
        work()
        return self.now() - begun


Fresh = Callable[[], "contextlib.AbstractContextManager[Office]"]


def on_sqlite(folder: Path) -> Fresh:
    """Makes fresh offices from one template file."""
    template = folder / "template"
    Office(str(template)).close()

    @contextlib.contextmanager
    def fresh() -> Iterator[Office]:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            shutil.copy(template / "crm.db", Path(place) / "crm.db")
            office = Office(place)
            try:
                yield office
            finally:
                office.close()

    return fresh


def on_server(address: str) -> Fresh:
    """Makes an office in a schema of its own, and drops it."""

    @contextlib.contextmanager
    def fresh() -> Iterator[Office]:
        office = Office(f"{address}/importing")
        try:
            yield office
        finally:
            office.database.write(lambda tx: tx.run_last("DROP DATABASE importing"))
            office.close()

    return fresh


def guarded(address: str, strict: bool) -> Fresh:
    """The same where everybody has an account of his own (core/guard); a salesperson imports."""

    @contextlib.contextmanager
    def fresh() -> Iterator[Office]:
        company = open_company(address, strict)
        try:
            office = Office(company.address("li"), company.ids["li"])
            try:
                yield office
            finally:
                office.close()
        finally:
            company.close()

    return fresh


def without_search() -> Any:
    """While it is `with`, nothing is told to the search index."""
    return mock.patch.object(Records, "searched", return_value=False)


def without_keys() -> Any:
    """While it is `with`, no keys of duplicates are kept."""
    return mock.patch.object(twins, "keep_columns")


Work = tuple[Fresh, Callable[[Office], object]]


def measured(works: Sequence[Work], rounds: int) -> list[float]:
    """The least CPU seconds of each work, each in an office of its own; all leave the same rows."""
    best = [float("inf")] * len(works)
    seen: list[Any] = []
    for number in range(rounds):
        for place, (fresh, work) in enumerate(works):
            with fresh() as office:
                best[place] = min(best[place], Spent(office.database).of(lambda work=work, office=office: work(office)))  # type: ignore[misc]
                if not number:
                    seen.append([row[:1] + row[3:] for row in office.rows()])
    assert all(rows == seen[0] for rows in seen)
    return best


def imports(fresh: Fresh, path: Path, engine: str, rounds: int, rows: int) -> Iterator[Figure]:
    """Import with search and the keys by which duplicates are found, without those, and without search too."""
    floor, whole, main, rest = measured([(fresh, lambda office: plain_import(office, path)), *ours(fresh, path)], rounds)
    tale = f"import {rows:,} x {len(HEADINGS)} .xlsx, {engine}"
    yield Figure(f"{tale}, keys of duplicates too", whole, floor, 1.8, "s")
    yield Figure(tale, main, floor, 1.8, "s")
    yield Figure(f"{tale}, without search", rest, floor, 1.3 if engine == "SQLite" else None, "s")
    if engine == "MariaDB":
        yield from told_later(fresh, path, tale)


def ours(fresh: Fresh, path: Path) -> list[Work]:
    """The whole import, that without keys of duplicates, and that without search too."""

    def unkeyed(office: Office) -> None:
        with without_keys():
            office.bring_in(path)

    def unsearched(office: Office) -> None:
        with without_keys(), without_search():
            office.bring_in(path)

    return [(fresh, lambda office: office.bring_in(path)), (fresh, unkeyed), (fresh, unsearched)]


def under_guard(address: str, path: Path, rounds: int, rows: int) -> Iterator[Figure]:
    """The same through an account of one's own, standard and strict reading; the floor is that on the tables, unguarded."""
    works = [(on_server(address), lambda office: plain_import(office, path))]
    works += [work for strict in (False, True) for work in ours(guarded(address, strict), path)]
    floor, *told = measured(works, rounds)
    for place, figure in enumerate(told):
        how = ("keys of duplicates too", "without keys of duplicates", "without search and keys")[place % 3]
        reading = READINGS[place >= 3]
        bar = 1.8 if how.startswith("keys") else None
        yield Figure(f"import {rows:,} x {len(HEADINGS)} .xlsx, guarded, {reading} reading, {how}", figure, floor, bar, "s")
    for strict, reading in READINGS.items():
        yield from told_later(guarded(address, strict), path, f"import {rows:,} x {len(HEADINGS)} .xlsx, guarded, {reading} reading")


def told_later(fresh: Fresh, path: Path, tale: str) -> Iterator[Figure]:
    """What search and duplicates of a server are told afterwards (core/untold.py), how long the first search takes until then, and
    another one until then and from then on: wall clock, the median of names, numbers and initials."""
    with fresh() as office:
        office.bring_in(path)
        words = [row[0] for row in office.database.read("SELECT name FROM customer ORDER BY code LIMIT 8")]
        asked = [*(name[:2] for name in words), *words, "1380", "13800138", "hwjs"]
        took: list[list[float]] = [[], []]
        begun = perf_counter()
        office.records.search(words[0], office.actor, [Customer])
        first = perf_counter() - begun
        for times in took:
            for text in asked:
                begun = perf_counter()
                office.records.search(text, office.actor, [Customer])
                times.append(1000 * (perf_counter() - begun))
            if times is took[0]:
                later = Spent(office.database).of(lambda: untold.take_in(office.records, office.actor))
    yield Figure(f"{tale}, search and duplicates told afterwards", later, unit="s")
    yield Figure(f"{tale}, the first search until then", first, unit="s")
    yield Figure(f"{tale}, another one, floor once they are told", statistics.median(took[0]), statistics.median(took[1]))


def undo(fresh: Fresh, folder: Path, engine: str, labels: dict[str, list[str]], rows: int) -> Iterator[Figure]:
    """Undo of a batch, half of it created and half updated, and of one of new records alone, beside the import of those rows."""
    before = sheet(folder / "before.xlsx", rows // 2, labels)
    after = sheet(folder / "after.xlsx", rows, labels, changed=rows // 2)
    with fresh() as office:
        clock = Spent(office.database)
        office.bring_in(before)
        was = office.rows()
        batch: list[int] = []
        floor = clock.of(lambda: batch.append(office.bring_in(after)))
        ours = clock.of(lambda: office.records.undo(batch[0], office.actor))
        kept = office.database.read("SELECT COUNT(*) FROM customer WHERE deleted_at IS NULL")[0][0]
        again = [row[:3] + row[4:] for row in office.rows()][: len(was)]
        assert kept == len(was) and again == [row[:3] + row[4:] for row in was]
    yield Figure(f"undo of {rows:,} rows, half created, half updated, {engine}", ours, floor, 1, "s")
    made = sheet(folder / "made.xlsx", rows, labels)
    with fresh() as office:
        clock = Spent(office.database)
        floor = clock.of(lambda: batch.append(office.bring_in(made)))
        ours = clock.of(lambda: office.records.undo(batch[-1], office.actor))
        assert office.database.read("SELECT COUNT(*) FROM customer WHERE deleted_at IS NULL")[0][0] == 0
    yield Figure(f"undo of {rows:,} new rows, {engine}", ours, floor, 1, "s")


ENGINES = ("SQLite", "MariaDB", "guarded")


def figures(rows: int = 100_000, rounds: int = 3, engines: Sequence[str] = ENGINES[:2]) -> Iterator[Figure]:
    """Everything about imports."""
    with tempfile.TemporaryDirectory(prefix="crm-importing-") as place:
        folder = Path(place)
        fresh = on_sqlite(folder)
        with fresh() as office:
            labels = choice_labels(office.records)
        path = sheet(folder / "customers.xlsx", rows, labels)
        undone = min(UNDONE, rows)
        if "SQLite" in engines:
            yield from imports(fresh, path, "SQLite", rounds, rows)
            yield from undo(fresh, folder, "SQLite", labels, undone)
        if {"MariaDB", "guarded"} & {*engines}:
            with servers.borrowed() as address:
                if "MariaDB" in engines:
                    yield from imports(on_server(address), path, "MariaDB", rounds, rows)
                    yield from undo(on_server(address), folder, "MariaDB", labels, undone)
                if "guarded" in engines:
                    yield from under_guard(address, path, rounds, rows)
                    for strict, reading in READINGS.items():
                        yield from undo(guarded(address, strict), folder, f"guarded, {reading} reading", labels, undone)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engine", choices=ENGINES, action="append")
    options = parser.parse_args()
    return 0 if tell(figures(options.rows, options.rounds, options.engine or ENGINES[:2])) else 1


if __name__ == "__main__":
    sys.exit(main())
