"""Duplicates told by the set the matcher is developed on: everything we know of how one customer comes to stand there twice.

    python -m benchmarks.labelled.development_set [--companies 20000] [--seed 5]

Whoever changes the matcher looks at what is missed here, so it judges nothing: its recall is what we have thought of, not what an office
will do. What judges are the sets that were written without a look at the matcher, at their first meeting (docs/figures.md).
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.duplicates import Set, judge  # noqa: E402
from benchmarks.find import mobile  # noqa: E402
from benchmarks.labelled import development_cells, development_chinese, development_latin  # noqa: E402
from benchmarks.labelled.customers import Firm, firms  # noqa: E402
from benchmarks.labelled.development_rule import Rule, landline  # noqa: E402
from benchmarks.labelled.development_strangers import STRANGERS  # noqa: E402
from benchmarks.labelled.judging import Row, scanned  # noqa: E402
from benchmarks.labelled.offices import credit_code  # noqa: E402

TWINS: tuple[Rule, ...] = (*development_chinese.RULES, *development_cells.RULES, *development_latin.RULES)


def labelled(count: int, chance: random.Random) -> Set:
    """`count` customers; 7 % of them are there twice, and 5 % have somebody who only looks like them."""
    made, source = Set(), firms(chance)
    for rules, kept, share in ((TWINS, made.twins, 14), (STRANGERS, made.strangers, 20)):
        for rule in rules:
            for _number in range(count // share // len(rules)):
                for _try in range(3_000):  # the next customer may fit the rule
                    firm = next(source)
                    row = _card(firm, chance)
                    other = rule(firm, row, chance)
                    if other is not None:
                        made.rows += [row, other]
                        kept[len(made.rows) - 1, len(made.rows)] = rule.__name__
                        break
    made.rows += [_card(next(source), chance) for _place in range(count - len(made.rows))]
    return made


def _card(firm: Firm, chance: random.Random) -> Row:
    row = {
        "name": firm.name(),
        "short_name": "",
        "phone": "",
        "mobile": mobile(chance) if chance.random() < 0.6 else "",
        "email": "",
        "tax_no": "",
    }
    if chance.random() < 0.5:
        row["phone"] = "-".join(landline(chance))
    if firm.kind == "company" and chance.random() < 0.4:
        row["tax_no"] = credit_code(chance)
    return row


def main() -> int:
    """The command."""
    judge(*scanned(__doc__, 5, labelled))
    return 0


if __name__ == "__main__":
    sys.exit(main())
