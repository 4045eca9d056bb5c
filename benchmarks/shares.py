"""Measure what shares cost a salesperson: lists, counts, search and single records, with nothing, 50 and 2,000 shared.

    python -m benchmarks.shares                        100,000 customers on SQLite and on a MariaDB of its own
    python -m benchmarks.shares --full                 1,000,000 on SQLite

The floor is the same question by his own data scope alone. Milliseconds: CPU of this process on SQLite, the least wall clock
on a server.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.figure import Figure, in_turn, tell  # noqa: E402
from benchmarks.rows import Bench, bench  # noqa: E402
from crm_desktop.business import Contact, Customer  # noqa: E402
from crm_desktop.business.staff.sign_in import actor_for  # noqa: E402
from crm_desktop.core import sharing  # noqa: E402
from crm_desktop.core.access import Actor  # noqa: E402
from crm_desktop.core.views import View  # noqa: E402
from tests import servers  # noqa: E402

NAMES = Customer.screen.columns.split()
SHARED = (0, 50, 2_000)
BARS = {"first page": 10.0, "page in the middle": 10.0, "contacts, first page": 10.0, "one record": 2.0, "search by name": 50.0}


class Questions:
    """What the lists ask the door; `actor` without an employee is asked about no shares."""

    def __init__(self, made: Bench, actor: Actor):
        self.made, self.actor, self.records = made, actor, made.records
        ids = self.records.ids(Customer, actor)
        listing = self.records.listing(Customer, actor)
        self.after = tuple(self.records.database.read(listing.page([Customer.id], len(ids) // 2))[-1][-2:])
        self.one, self.page_ids = ids[len(ids) // 3], list(ids[len(ids) // 2 :][:200])

    def works(self) -> dict[str, Any]:
        """What is measured, by name."""
        records, actor = self.records, self.actor
        return {
            "first page": lambda: records.page(Customer, actor, View(), NAMES, 200),
            "page in the middle": lambda: records.page(Customer, actor, View(), NAMES, 200, self.after),
            "contacts, first page": lambda: records.page(Contact, actor, View(), ["name", "mobile"], 200),
            "rows of a page": lambda: records.rows(Customer, actor, self.page_ids, NAMES),
            "count up to 10,000": lambda: records.count(Customer, actor, cap=10_000),
            "one record": lambda: records.get(Customer, self.one, actor),
            "search by name": lambda: records.search("华", actor, [Customer], 20),
            "search by pinyin": lambda: records.search("hwjs", actor, [Customer], 20),
        }


def share(made: Bench, many: int) -> None:
    """Let colleagues share so many customers with the salesperson."""
    records = made.records
    rows = records.database.read("SELECT id FROM customer WHERE owner <> ? ORDER BY code LIMIT ?", (made.seller, many))

    def work(unit: Any) -> None:
        for (one,) in rows:
            sharing.share(unit, Customer, one, made.seller)

    records.unit(Actor.program(), work, "share", trusted=True)


def figures(made: Bench) -> Iterator[Figure]:
    """Each question with more and more shared."""
    engine = made.records.database.engine
    wall = engine == "mysql"
    actor = actor_for(made.records, made.seller)
    for many in SHARED:
        share(made, many)
        with_shares, without = Questions(made, actor).works(), Questions(made, replace(actor, employee=None)).works()
        for name, work in with_shares.items():
            pick, clock = (min, time.perf_counter) if wall else (statistics.median, time.process_time)
            floor, ours = in_turn(without[name], work, clock=clock, pick=pick, rounds=9)
            yield Figure(f"{engine}, {many:,} shared: {name}", ours, floor, BARS.get(name), ratio=False)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--engine", choices=("sqlite", "mysql"), default="")
    asked = parser.parse_args()
    good = True
    if asked.engine != "mysql":
        size = 1_000_000 if asked.full else asked.customers
        kept = Path(bench(size).place)
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(kept, folder, dirs_exist_ok=True)
            good &= tell(figures(bench(size, folder)))
    if asked.engine != "sqlite":
        with servers.borrowed() as address:
            good &= tell(figures(bench(asked.customers, f"{address}/shares{asked.customers}")))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
