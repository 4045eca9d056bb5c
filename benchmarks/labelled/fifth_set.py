"""Duplicates told by a fifth labelled set: one customer as two colleagues type it, and those that only look like one.

    python -m benchmarks.labelled.fifth_set [--companies 20000] [--seed 53]

Written without a look at the matcher. 360 pairs are easy, 750 ordinary, 480 hard (`same_easy` and so on; how they are written down:
`colleagues`), of customers that nobody has twice by chance (`registered`); in 950 pairs more there are two customers each
(`lookalikes`). The lines hold what the matcher is given and no more, as the fields keep it. No example of what is missed is told:
whoever mends the matcher after having seen some needs a sixth.

First met 2026-11-26, matcher of 9aa37ac: recall 0.844 (easy 0.978, ordinary 0.869, hard 0.704), precision 0.733, of "the same" 0.995.
"""

from __future__ import annotations

import random
import re
import sys
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.duplicates import Set  # noqa: E402
from benchmarks.labelled.colleagues import Rule  # noqa: E402
from benchmarks.labelled.judging import Row, judged, kept  # noqa: E402
from benchmarks.labelled.lookalikes import STRANGERS, own  # noqa: E402
from benchmarks.labelled.registered import Organisation, Register  # noqa: E402
from benchmarks.labelled.same_easy import EASY  # noqa: E402
from benchmarks.labelled.same_hard import HARD, thrice  # noqa: E402
from benchmarks.labelled.same_ordinary import ORDINARY  # noqa: E402

# Of a hundred thousand companies: how many pairs of a kind.
SHARES = ((EASY, 225), (ORDINARY, 150), (HARD, 150))


def marks(line: Row) -> set[str]:
    """What of a line only one customer has: numbers, mailbox, tax number, and the name without signs and form."""
    digits = {re.sub(r"\D", "", line[name])[-11:] for name in ("phone", "mobile")}
    found = (digits | {line["email"].lower(), line["tax_no"].lower()}) - {""}
    return found | {re.sub(r"\W|股份有限公司$|有限责任公司$|有限公司$", "", line["name"]).lower()}


def single(one: Organisation, chance: random.Random) -> Row:
    """The line of a customer who is there once: few have a tax number filled in, fewer a short name."""
    line = own(one, chance)
    line["tax_no"] = line["tax_no"] if chance.random() < 0.3 else ""
    line["short_name"] = one.said() if one.kind == "company" and chance.random() < 0.15 else ""
    return line


def plant(made: Set, told: dict[tuple[int, int], str], rule: Rule, register: Register) -> None:
    """One pair more of a kind, as long as there are any."""
    lines = rule(register)
    if lines is not None:
        made.rows += map(kept, lines)
        told[len(made.rows) - 1, len(made.rows)] = rule.__name__


def labelled(count: int, chance: random.Random) -> Set:
    """`count` customers: 8 % of them are there twice, some three times, and 5 % have somebody who only looks like them."""
    made, register = Set(), Register(chance)
    for rules, share in SHARES:
        for rule in rules:
            for _number in range(max(1, share * count // 100_000)):
                plant(made, made.twins, rule, register)
    for _number in range(max(1, 150 * count // 100_000)):
        made.rows += map(kept, thrice(register))
        last = len(made.rows)
        made.twins |= dict.fromkeys(((last - 2, last - 1), (last - 2, last), (last - 1, last)), thrice.__name__)
    for rule in STRANGERS:
        for _number in range(max(1, 200 * count // 100_000)):
            plant(made, made.strangers, rule, register)
    made.rows += [kept(single(one, chance)) for one in islice(register, count - len(made.rows))]
    return made


def main() -> int:
    """The command."""
    return judged(__doc__, 53, labelled, marks, easy=EASY, ordinary=ORDINARY, hard=(*HARD, thrice))


if __name__ == "__main__":
    sys.exit(main())
