"""Measure the encrypted file against the plain one: import, a page of the list, search, opening.

    python -m benchmarks.encryption                        3,000 rows come in; 20,000 customers are listed and searched
    python -m benchmarks.encryption --customers 100000 --rows 20000

The floor is the same work of the same program on the plain file, done in turn. CPU milliseconds; the least of the rounds, so
that a busy computer disturbs both alike.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.figure import Figure, in_turn, tell  # noqa: E402
from benchmarks.importing import Office, choice_labels, sheet  # noqa: E402
from benchmarks.rows import NOW, kept_folder  # noqa: E402
from crm_desktop.business import RECORD_TYPES, Customer  # noqa: E402
from crm_desktop.business.staff import accounts, sign_in  # noqa: E402
from crm_desktop.business.staff.sign_in import actor_for  # noqa: E402
from crm_desktop.business.system import starting  # noqa: E402
from crm_desktop.core import twins as twins_of  # noqa: E402
from crm_desktop.core.clock import FixedClock  # noqa: E402
from crm_desktop.core.records import Records  # noqa: E402
from crm_desktop.core.views import View  # noqa: E402
from crm_desktop.database import keys, recoding, recovery  # noqa: E402
from crm_desktop.database.engine import open_database  # noqa: E402

NAMES = Customer.screen.columns.split()
SEARCHES = ("华", "hwjs", "科技", "138")


def twins(file: Path, folder: Path) -> tuple[Path, Path]:
    """Two copies of a file in folders of their own, one of them encrypted."""
    places = folder / "plain", folder / "secret"
    for place in places:
        place.mkdir(parents=True)
        shutil.copy(file, place / "crm.db")
    recoding.recode(places[0] / "crm.db", None)  # written anew as well, so that both are equally tidy
    recoding.recode(places[1] / "crm.db", recovery.new_key())
    assert keys.is_ours(keys.read_head(places[1] / "crm.db")) and not keys.is_ours(keys.read_head(places[0] / "crm.db"))
    return places


def readings(folder: Path, customers: int) -> Iterator[Figure]:
    """Lists, search and opening."""
    places = twins(kept_folder(customers) / "crm.db", folder / "read")
    works: list[dict[str, Callable[[], Any]]] = []
    for place in places:
        records = Records(open_database(place), RECORD_TYPES, FixedClock(NOW))
        works.append(_questions(records))
    for name in works[0]:
        floor, ours = in_turn(*(one[name] for one in works), pick=min, rounds=15)
        yield Figure(f"encrypted: {name}, {customers:,} customers", ours, floor, 1.3)
    for name, work in (("open the file alone", _open), ("open until somebody can work", _begin)):
        floor, ours = in_turn(*(lambda place=place, work=work: work(place) for place in places), pick=min, rounds=60)  # type: ignore[misc]
        yield Figure(f"encrypted: {name}", ours, floor, 1.2 if work is _begin else None)


def _open(place: Path) -> None:
    open_database(place).close()


def _begin(place: Path) -> None:
    """What a command and the window do before anything can be asked."""
    database = open_database(place)
    records = Records(database, RECORD_TYPES, FixedClock(NOW))
    accounts.attend(records)
    twins_of.catch_up(records)
    assert not starting.is_new(records)
    actor_for(records, sign_in.employees(records)[0].id)
    database.close()


def _questions(records: Records) -> dict[str, Callable[[], Any]]:
    people = {row.login: row.id for row in records.names.all("employee")}  # type: ignore[attr-defined]
    actor = actor_for(records, people["general"])
    listing = records.listing(Customer, actor)
    ids = records.ids(Customer, actor)
    after = tuple(records.database.read(listing.page([Customer.id], len(ids) // 2))[-1][-2:])
    return {
        "first page": lambda: [records.page(Customer, actor, View(), NAMES, 200) for _again in range(10)],
        "page in the middle": lambda: [records.page(Customer, actor, View(), NAMES, 200, after) for _again in range(10)],
        "search": lambda: [records.search(text, actor, [Customer], 20) for text in SEARCHES],
    }


def imports(folder: Path, rows: int, rounds: int = 5) -> Iterator[Figure]:
    """The same workbook into a plain and an encrypted file, each fresh every round."""
    template = folder / "template"
    office = Office(str(template))
    path = sheet(folder / "rows.xlsx", rows, choice_labels(office.records))
    office.close()
    plain, secret = twins(template / "crm.db", folder / "import")
    number = iter(range(10**6))

    def bring_in(source: Path) -> None:
        place = folder / f"round{next(number)}"
        shutil.copytree(source, place)
        fresh = Office(str(place))
        fresh.bring_in(path)
        fresh.close()
        shutil.rmtree(place)

    floor, ours = in_turn(lambda: bring_in(plain), lambda: bring_in(secret), pick=min, rounds=rounds)
    yield Figure(f"encrypted: import {rows:,} rows .xlsx", ours, floor, 1.3)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=20_000)
    parser.add_argument("--rows", type=int, default=3_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="crm-encryption-") as folder:

        def figures() -> Iterator[Figure]:
            yield from readings(Path(folder), asked.customers)
            yield from imports(Path(folder), asked.rows)

        return 0 if tell(figures()) else 1


if __name__ == "__main__":
    sys.exit(main())
