"""Measure saving one customer, with journal and search index, against one SQLite transaction with the same statements.

    python -m benchmarks.saving [--customers 100000] [--saves 200]

The statements our save has written are replayed on a second copy of the same file: the driver, its pragmas and the values are
the same, only the program around them is missing. CPU milliseconds, in turn.
"""

from __future__ import annotations

import argparse
import gc
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.figure import Figure, tell  # noqa: E402
from benchmarks.find import company, mobile  # noqa: E402
from benchmarks.rows import NOW, bench  # noqa: E402
from crm_desktop.business import RECORD_TYPES, Customer  # noqa: E402
from crm_desktop.business.staff.sign_in import actor_for  # noqa: E402
from crm_desktop.core.clock import FixedClock  # noqa: E402
from crm_desktop.core.records import Records  # noqa: E402
from crm_desktop.database.engine import open_database  # noqa: E402
from crm_desktop.database.unit import Tx  # noqa: E402

Statement = tuple[str, list[Any]]


class Overheard:
    """While it is `with`, notes what is written through any transaction, to be replayed."""

    def __init__(self) -> None:
        self.said: list[Statement] = []
        self._run, self._many = Tx.run, Tx.many

    def __enter__(self) -> Overheard:
        run, many, said = self._run, self._many, self.said

        def note_run(tx: Tx, query: Any, params: Any = ()) -> Any:
            if not str(query).startswith("SELECT"):
                said.append((query, [tuple(params)]))
            return run(tx, query, params)

        def note_many(tx: Tx, sql: str, rows: Any) -> None:
            said.append((sql, list(rows)))
            many(tx, sql, rows)

        Tx.run, Tx.many = note_run, note_many  # type: ignore[method-assign]
        return self

    def __exit__(self, *_error: object) -> None:
        Tx.run, Tx.many = self._run, self._many  # type: ignore[method-assign]


def replay(raw: Any, statements: list[Statement]) -> None:
    """The floor: one transaction on a bare connection."""
    raw.execute("BEGIN IMMEDIATE")
    for sql, rows in statements:
        if len(rows) == 1:
            raw.execute(sql, rows[0])
        else:
            raw.executemany(sql, rows)
    raw.execute("COMMIT")


def new_customer(chance: random.Random) -> Customer:
    return Customer(
        name=company(chance), phone=mobile(chance), mobile=mobile(chance), city="上海", level=chance.choice("ABC"),
        source="referral", industry="it", address=f"人民路{chance.randint(1, 999)}号",
    )  # fmt: skip


def figures(customers: int = 100_000, saves: int = 200) -> Iterator[Figure]:
    """Creating a customer, and changing three fields of one."""
    made = bench(customers)
    made.records.database.close()
    with tempfile.TemporaryDirectory() as folder:
        ours, plain = Path(folder) / "ours", Path(folder) / "plain"
        for copy in (ours, plain):
            copy.mkdir()
            shutil.copy(Path(made.place) / "crm.db", copy / "crm.db")
        records = Records(open_database(ours), RECORD_TYPES, FixedClock(NOW))
        database = open_database(plain)
        raw = database.line().raw
        actor = actor_for(records, made.seller)
        chance = random.Random(3)
        kept: list[Customer] = []

        def fresh() -> Customer:
            kept.append(new_customer(chance))
            return kept[-1]

        def changed() -> Customer:
            record = records.get(Customer, kept.pop(0).id, actor)
            record.name, record.phone, record.level = company(chance), mobile(chance), chance.choice("ABC")
            return record

        works = (fresh, "save a new customer, journal and search index"), (changed, "save three changed fields of a customer")
        for made_ready, name in works:
            spent: tuple[list[float], list[float]] = ([], [])
            gc.collect()
            for number in range(saves):
                customer, overheard = made_ready(), Overheard()
                with overheard:
                    begun = time.process_time()
                    records.save(customer, actor)
                    mine = time.process_time() - begun
                begun = time.process_time()
                replay(raw, overheard.said)
                least = time.process_time() - begun
                if number >= 10:
                    spent[0].append(least * 1000)
                    spent[1].append(mine * 1000)
            yield Figure(f"{name} ({customers:,})", statistics.median(spent[1]), statistics.median(spent[0]), 3)
        records.database.close()
        database.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--saves", type=int, default=200)
    options = parser.parse_args()
    return 0 if tell(figures(options.customers, options.saves)) else 1


if __name__ == "__main__":
    sys.exit(main())
