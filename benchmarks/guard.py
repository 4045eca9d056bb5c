"""Measure what the guard of a shared server costs a salesperson: his own account and the views against the tables themselves.

    python -m benchmarks.guard                         100,000 customers on a MariaDB of its own
    python -m benchmarks.guard --customers 1000000
    python -m benchmarks.guard --cpu                       processor time of client and server, for a busy machine

Then the same with strict reading (profile B), which is for up to 100,000 customers, for the salesperson and for a manager.

Floor: the same question by the same program on the tables, with the owner filter. Milliseconds, the least wall clock of both
done in turn. Bars: 4 times the floor, and for a million 10 ms a page, 2 a record, 50 a name, 150 the join; read strictly 50 ms each
for the salesperson (a record 10), without a ratio. The join is asked of closed views, which read all that their person sees, as is
everything that other clients ask; all else goes along an index of what is his.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.figure import Figure, in_turn, tell  # noqa: E402
from benchmarks.rows import Bench, bench  # noqa: E402
from crm_desktop.business import RECORD_TYPES, Contact, Customer  # noqa: E402
from crm_desktop.business.staff import accounts  # noqa: E402
from crm_desktop.business.staff.sign_in import actor_for  # noqa: E402
from crm_desktop.business.system import shared_server  # noqa: E402
from crm_desktop.core.clock import Clock  # noqa: E402
from crm_desktop.core.guard.made import guard_for  # noqa: E402
from crm_desktop.core.guard.naming import table  # noqa: E402
from crm_desktop.core.guard.putting import settle_doors  # noqa: E402
from crm_desktop.core.guard.strict import MOST  # noqa: E402
from crm_desktop.core.records import Records  # noqa: E402
from crm_desktop.core.views import Condition, View  # noqa: E402
from crm_desktop.database.engine import open_database  # noqa: E402
from tests import servers  # noqa: E402

NAMES = Customer.screen.columns.split()
LOGIN, MANAGER, PASSWORD = "seller00", "seller01", "benchmark"
JOIN = (
    "SELECT c.id, c.name, k.name, k.mobile FROM customer c JOIN contact k ON k.customer = c.id AND k.deleted_at IS NULL"
    " WHERE c.owner = ? AND c.deleted_at IS NULL ORDER BY c.sort_key, c.id LIMIT 200"
)
# Lines are counted from an index alone on the tables, and a history is judged line by line behind the views. An order by titles looks
# up the title of every row on the tables too.
UNBOUND_STRICTLY = ("history", "contacts by customer")
UNBOUND = ("count up to 10,000", "history")
BARS = {"first page": 10.0, "one record": 2.0, "search by name": 50.0, "join with contacts": 150.0}


def questions(records: Records, seller: int) -> dict[str, Callable[[], Any]]:
    """What is measured, by name."""
    actor = actor_for(records, seller)
    ids = records.ids(Customer, actor)
    listing = records.listing(Customer, actor)
    after = tuple(records.database.read(listing.page([Customer.id], len(ids) // 2))[-1][-2:])
    one, some = ids[len(ids) // 3], list(ids[len(ids) // 2 :][:200])
    level = View(conditions=(Condition("level", "one_of", ["A"]),))
    by_title = View(sort=(("customer", False),))
    turn = iter(range(10**9))

    def save() -> None:
        record = records.get(Customer, one, actor)
        record.address = f"人民路{next(turn)}号"
        records.save(record, actor)

    return {
        "first page": lambda: records.page(Customer, actor, View(), NAMES, 200),
        "page in the middle": lambda: records.page(Customer, actor, View(), NAMES, 200, after),
        "page of level A": lambda: records.page(Customer, actor, level, NAMES, 200),
        "contacts, first page": lambda: records.page(Contact, actor, View(), ["name", "mobile"], 200),
        "contacts by customer": lambda: records.page(Contact, actor, by_title, ["name", "mobile"], 200),
        "rows of a page": lambda: records.rows(Customer, actor, some, NAMES),
        "one record": lambda: records.get(Customer, one, actor),
        "count up to 10,000": lambda: records.count(Customer, actor, cap=10_000),
        "search by name": lambda: records.search("华", actor, [Customer], 20),
        "search by pinyin": lambda: records.search("hwjs", actor, [Customer], 20),
        "join with contacts": lambda: records.database.read(JOIN, (seller,)),
        "history": lambda: records.history(Customer, one, actor),
        "save": save,
    }


clock: Callable[[], float] = time.perf_counter


def processor(made: Bench) -> Callable[[], float]:
    """Seconds of processor time of this thread and of the server, which works for nobody else."""
    server = int(Path(made.records.database.read("SELECT @@pid_file")[0][0]).read_text())
    its_clock = (~server << 3) | 2  # of a whole process, threads that have ended included (clock_getcpuclockid of Linux)
    return lambda: time.thread_time() + time.clock_gettime(its_clock)


def figures(made: Bench, address: str) -> Iterator[Figure]:
    """Each question through the account, beside the same on the tables."""
    place = shared_server.server(address)
    guard = guard_for(place.name, RECORD_TYPES)
    plain = questions(made.records, made.seller)
    told = {name: min(_timed(work) for _round in range(9)) for name, work in plain.items() if name == "save"}
    shared_server.put_under_guard(made.records.database, guard)
    shared_server.admit(shared_server.steps_of(made.records.database), guard, LOGIN, PASSWORD)
    own = f"mysql://{LOGIN}:{PASSWORD}@{place.host}:{place.port}/{place.name}"
    records = Records(open_database(own), RECORD_TYPES, Clock())
    accounts.attend(records)
    guarded = questions(records, made.seller)
    for name, work in guarded.items():
        if name == "save":  # on the tables nobody can save any more, once they are guarded: not done in turn, so no ratio
            yield Figure("guarded: save", min(_timed(work) for _round in range(9)), told[name], 50.0, ratio=False)
            continue
        floor, ours = in_turn(plain[name], work, clock=clock, pick=min, rounds=9)
        yield Figure(f"guarded: {name}", ours, floor, None if name in UNBOUND else 4.0)
        if name in BARS:
            yield Figure(f"guarded: {name}, alone", ours, None, BARS[name], ratio=False)


def strictly(made: Bench, address: str) -> Iterator[Figure]:
    """The same questions through closed views: of the salesperson, with bars, and of a manager, who sees a department."""
    place = shared_server.server(address)
    guard, steps = guard_for(place.name, RECORD_TYPES), shared_server.steps_of(made.records.database)
    steps.run(f"UPDATE {table(place.name, 'guard_profile')} SET strict = 1")
    settle_doors(steps, guard)
    for who, login, employee in (("strictly", LOGIN, made.seller), ("strictly, manager", MANAGER, made.manager)):
        shared_server.admit(steps, guard, login, PASSWORD)
        records = Records(open_database(f"mysql://{login}:{PASSWORD}@{place.host}:{place.port}/{place.name}"), RECORD_TYPES, Clock())
        accounts.attend(records)
        assert records.database.strict, "the account reads through closed views"
        plain = questions(made.records, employee)
        for name, work in questions(records, employee).items():
            bar = None if who != "strictly" or name in UNBOUND_STRICTLY else 10.0 if name == "one record" else 50.0
            if name == "save":
                yield Figure(f"{who}: save", min(_timed(work) for _round in range(5)), None, bar, ratio=False)
                continue
            floor, ours = in_turn(plain[name], work, clock=clock, pick=min, rounds=5)
            yield Figure(f"{who}: {name}", ours, floor, bar, ratio=False)


def _timed(work: Callable[[], Any]) -> float:
    begun = clock()
    work()
    return (clock() - begun) * 1000


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--cpu", action="store_true", help="processor time, the server's too, for a busy machine")
    asked = parser.parse_args()
    with servers.borrowed() as server:
        address = f"{server}/guard{asked.customers}"
        made = bench(asked.customers, address)
        if asked.cpu:
            global clock
            clock = processor(made)
        told = figures(made, address)
        return 0 if tell(chain(told, strictly(made, address) if asked.customers <= MOST else ())) else 1


if __name__ == "__main__":
    sys.exit(main())
