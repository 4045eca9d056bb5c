"""Duplicates told by a sixth labelled set: the base of a sales office after ten years of typing, sheets, cards and two teams made one.

    python -m benchmarks.labelled.sixth_set [--companies 20000] [--seed 67]

Written without a look at the matcher or at what the rules of other sets do. One customer comes twice, or three times, as two sources
tell him (`sixth_writing`): easily seen (`sixth_easy`), ordinary (`sixth_ordinary`), hard (`sixth_hard`). Where the names alone would
leave a clerk in doubt, both lines have a number, a mailbox or a code that only one customer has. Those that only look like one stand
in `sixth_apart`. The lines hold what the matcher is given, as the fields keep it; `judging.unlabelled` says of what nobody has
planted whether it could be one customer after all. No example of what is missed is told.

First met 2026-11-26, matcher of bf687da: recall 0.953 (easy 0.953, ordinary 0.946, hard 0.971), precision 0.795, of "the same" 0.986.
"""

from __future__ import annotations

import random
import re
import sys
from itertools import combinations, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.duplicates import Set  # noqa: E402
from benchmarks.labelled.judging import Row, judged, kept  # noqa: E402
from benchmarks.labelled.sixth_apart import APART, NOBODY, NOTHING  # noqa: E402
from benchmarks.labelled.sixth_clients import Book, Client  # noqa: E402
from benchmarks.labelled.sixth_easy import EASY  # noqa: E402
from benchmarks.labelled.sixth_hard import HARD  # noqa: E402
from benchmarks.labelled.sixth_ordinary import ORDINARY  # noqa: E402
from benchmarks.labelled.sixth_writing import one  # noqa: E402

# Of a hundred thousand companies: how many times each rule is used.
SHARES = ((EASY, 190), (ORDINARY, 125), (HARD, 90))
APART_SHARE = 190


def single(book: Book, client: Client) -> Row:
    """The line of a customer who is there once, as whoever typed him used to: many leave the form out, some note whom to ask for."""
    chance, name = book.chance, client.name()
    if client.kind in ("taiwan", "hongkong") and chance.random() < 0.25:
        name = client.english
    elif client.kind == "company" and client.rare and chance.random() < 0.12:
        name = chance.choice(
            (
                client.name(form=""),
                client.name(trade=client.line, form=""),
                f"{client.short()} {client.people[0].name}",
                client.english,
            )
        )
    elif client.kind == "abroad" and chance.random() < 0.3:
        name = chance.choice((client.name().upper(), client.name(form="")))
    return one(book, client, name)


def labelled(count: int, chance: random.Random) -> Set:
    """`count` customers: nearly a tenth of them are there twice or three times, and as many have somebody who only looks like them."""
    made, book = Set(), Book(chance)
    for rules, share in SHARES:
        for rule in rules:
            for _number in range(max(1, share * count // 100_000)):
                begin = len(made.rows) + 1
                made.rows += map(kept, rule(book))
                made.twins |= dict.fromkeys(combinations(range(begin, len(made.rows) + 1), 2), rule.__name__)
    for rule in APART:
        for _number in range(max(1, APART_SHARE * count // 100_000)):
            made.rows += map(kept, rule(book))
            made.strangers[len(made.rows) - 1, len(made.rows)] = rule.__name__
    made.rows += [kept(single(book, client)) for client in islice(book, count - len(made.rows))]
    return made


def bare(number: str) -> str:
    """A number without its country, its zeros in front and its extension."""
    digits = re.sub(r"\D", "", re.sub(r"(?<=\d{7})(-\d{3}|转\d+|\.0|\(.*)$", "", number.replace(" ", ""))).lstrip("0")
    return digits.removeprefix("86") if len(digits) > 10 else digits


def marks(row: Row) -> set[str]:
    """What of a line only one customer has: numbers, mailbox, code, and the name without signs and form."""
    found = {bare(number) for cell in (row["phone"], row["mobile"]) for number in re.split("[/;、,]", cell)}
    found |= {row["email"].lower(), row["tax_no"].lower().strip()}
    found -= {*map(bare, NOTHING), *NOBODY, "无", "000000000000000000"}
    return (found | {re.sub(r"\W|股份有限公司$|有限责任公司$|集团有限公司$|有限公司$", "", row["name"]).lower()}) - {""}


def main() -> int:
    """The command."""
    return judged(__doc__, 67, labelled, marks, easy=EASY, ordinary=ORDINARY, hard=HARD)


if __name__ == "__main__":
    sys.exit(main())
