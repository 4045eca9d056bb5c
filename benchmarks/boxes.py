"""Measure what somebody waits for while he types: in the search box over all record types, and in a combo box that asks one type.

    python -m benchmarks.boxes                        100,000 customers with 200,000 contacts, on SQLite and on a MariaDB of its own
    python -m benchmarks.boxes --customers 1000000 --engine sqlite
    python -m benchmarks.boxes --server mysql://root@127.0.0.1:3306/bench --customers 1000000
    python -m benchmarks.boxes --cpu                  processor time of client and server, for a busy machine

Through the door, with all that follows the hits (rights, hidden fields, the second line, the excerpt), for a salesperson, for the
manager of a department and for who sees everything. The classes of what is typed are those of `find`; a combo box is asked for
12 customers, whatever was typed.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.find import KINDS_OF_QUERY, Row, cpu_clock, percentiles  # noqa: E402
from benchmarks.lists import people  # noqa: E402
from benchmarks.rows import Bench, bench  # noqa: E402
from crm_desktop.business import Customer  # noqa: E402
from crm_desktop.core import finding  # noqa: E402
from crm_desktop.core.access import Actor  # noqa: E402
from crm_desktop.core.records import Records  # noqa: E402
from tests import servers  # noqa: E402

BARS = {"sqlite": 30.0, "mysql": 50.0}
MANY, BAR_OF_MANY = 300_000, 150.0  # on a server, of more documents than so many
Box = Callable[[Records, Actor, str], object]
BOXES: dict[str, Box] = {
    "search box": lambda records, actor, text: records.search(text, actor),
    "combo box of customers": lambda records, actor, text: records.search(text, actor, [Customer], 12),
}


def sampled(made: Bench, chance: random.Random) -> list[Row]:
    """Some thousand customers and contacts from all over both tables."""
    sample = []
    for table, mail in (("customer", "''"), ("contact", "email")):
        first, last = made.records.database.read(f"SELECT MIN(id), MAX(id) FROM {table}")[0]
        sql = f"SELECT id, name, mobile, {mail}, owner, department FROM {table} WHERE id >= ? AND mobile <> '' ORDER BY id LIMIT 50"
        for _ in range(60):
            sample += [Row(*row) for row in made.records.database.read(sql, [chance.randrange(first, last)])]
    return sample


def compare(made: Bench, queries: int, only: str, clock: Callable[[], float]) -> bool:
    """Print p50 and p95 of each class and box; whether p95 of all classes is within the bar in every column."""
    records, engine = made.records, made.records.database.engine
    chance = random.Random(11)
    sample = sampled(made, chance)
    finding.warm(records)
    customers = records.count(Customer, Actor.program())
    bar = BAR_OF_MANY if engine == "mysql" and 3 * customers > MANY else BARS[engine]
    columns = [(box, ask, who, actor) for box, ask in BOXES.items() for who, actor in people(made)]
    for _box, ask, _who, actor in columns:
        for text in ("hwjs", "华为", "zhangwei", "138"):
            ask(records, actor, text)
    print(f"\n{engine}, {customers:,} customers, p50 / p95 in ms")
    print(f"{'':24}" + "".join(f"{box:>48}" for box in BOXES))
    print(f"{'':24}" + "".join(f"{who:>16}" for _box, _ask, who, _actor in columns))
    every: list[list[float]] = [[] for _column in columns]
    for kind in KINDS_OF_QUERY:
        if only and only not in kind.title:
            continue
        texts = [kind.make(chance, sample) for _ in range(queries)]
        cells = []
        for place, (_box, ask, _who, actor) in enumerate(columns):
            times = []
            for text in texts:
                begun = clock()
                ask(records, actor, text)
                times.append((clock() - begun) * 1000)
            every[place] += times
            cells.append("{:.1f} / {:.1f}".format(*percentiles(times)))
            if only:
                slowest = sorted(zip(times, texts, strict=True), reverse=True)[:3]
                print(f"   {_box}, {_who}: " + ", ".join(f"{text} {spent:.1f}" for spent, text in slowest))
        print(f"{kind.title:24}" + "".join(f"{cell:>16}" for cell in cells), flush=True)
    told = [percentiles(times) for times in every]
    print(f"{'all classes':24}" + "".join(f"{f'{p50:.1f} / {p95:.1f}':>16}" for p50, p95 in told))
    good = all(p95 <= bar for _p50, p95 in told)
    print(f"bar of p95: {bar:.0f} ms: {'yes' if good else 'NO'}")
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--engine", choices=("sqlite", "mysql"))
    parser.add_argument("--server", default="", help="the address of a database to use and to keep")
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--only", default="", help="classes whose title holds this; prints the slowest queries")
    parser.add_argument("--cpu", action="store_true", help="processor time, the server's too, for a busy machine")
    asked = parser.parse_args()

    def told(place: str | None) -> bool:
        made = bench(asked.customers, place)
        clock = cpu_clock(made.records.database) if asked.cpu else time.perf_counter
        good = compare(made, asked.queries, asked.only, clock)
        made.records.database.close()
        return good

    good = True
    if asked.engine != "mysql" and not asked.server:
        good &= told(None)
    if asked.server:
        good &= told(asked.server)
    elif asked.engine != "sqlite":
        with servers.borrowed() as address:
            good &= told(f"{address}/boxes{asked.customers}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
