"""What the labelled sets have in common: how a line is kept, whether a label is missing, and how the command judges the matcher."""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations

from benchmarks.duplicates import Set, judge, planted_in
from crm_desktop.business import RECORD_TYPES, Customer
from crm_desktop.core import twin_scan
from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database

Row = dict[str, str]


def kept(row: Row) -> Row:
    """As the fields of a customer keep it."""
    return {name: Customer.declared()[name].kind.read(value) or "" for name, value in row.items()}


def unlabelled(made: Set, marks: Callable[[Row], set[str]]) -> list[tuple[int, int]]:
    """Pairs that nobody has planted, though both lines have one of the marks that only one customer has: there must be none."""
    told, places = made.twins.keys() | made.strangers.keys(), defaultdict(list)
    for place, row in enumerate(made.rows, 1):
        for mark in marks(row):
            places[mark].append(place)
    return sorted({pair for found in places.values() for pair in combinations(found, 2)} - told)


def scanned(
    tale: str | None, seed: int, labelled: Callable[[int, random.Random], Set], companies: int = 20_000
) -> tuple[Set, list[twin_scan.Group]]:
    """What the command line asks for of a labelled set: the set, and the groups the matcher finds in it."""
    parser = argparse.ArgumentParser(description=tale, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=companies)
    parser.add_argument("--seed", type=int, default=seed)
    wanted = parser.parse_args()
    made = labelled(wanted.companies, random.Random(wanted.seed))
    with tempfile.TemporaryDirectory() as folder:
        records = Records(open_database(folder), RECORD_TYPES)
        planted_in(records, made)
        groups = twin_scan.scan(records, Customer, Actor.program())
        records.database.close()
    return made, groups


def judged(
    tale: str | None,
    seed: int,
    labelled: Callable[[int, random.Random], Set],
    marks: Callable[[Row], set[str]],
    companies: int = 20_000,
    **kinds: Iterable[Callable[..., object]],
) -> int:
    """The command of a set that was written without a look at the matcher: no example of what is missed is told, but the recall
    of each kind of rules (easy, ordinary, hard)."""
    made, groups = scanned(tale, seed, labelled, companies)
    if pairs := unlabelled(made, marks):
        print(f"{len(pairs)} pairs that nobody has planted have something in common: the labels are not right")
        return 1
    judge(made, groups, examples=0)
    found = {tuple(sorted((pair.first, pair.second))) for group in groups for pair in group.pairs}
    for name, rules in kinds.items():
        names = {rule.__name__ for rule in rules}
        hits = Counter(pair in found for pair, rule in made.twins.items() if rule in names)
        print(f"recall of the {name}: {hits[True] / hits.total():.3f} of {hits.total():,}")
    return 0
