"""Duplicates told by rules that knew nothing of the matcher: the seventh labelled set, of many offices and many years; spent by now.

    python -m benchmarks.labelled.seventh_set [--companies 7000] [--seed 71]

The label is what a careful clerk says who sees both rows (names, numbers, mail, tax number) and nothing else.

One and the same: the same company typed, heard or scanned wrong in its trade or within a brand of three signs and more; place or form
left out, moved or written otherwise; a district of that city told; cut off; in traditional characters, in pinyin, in English with place
and trade or with the company's own mail domain; renamed where the other name is noted or the tax number is the same; with a
department, a person or a remark; a short name with the same landline, mobile, mailbox or (slipped, old) tax number.

Two: sisters of one brand with trades of their own, also behind one switchboard or domain; the same name in another city;
branches, shops, plants, stages, faculties and the head office itself, as each is a customer of its own; companies of one group in
several countries; neighbours in a building; namesakes; two customers of one bookkeeper; different brands of one trade and place; the
same filler in a field; tax numbers issued one after the other.

Not in the set, because nobody can tell: a brand of two signs that only sounds like another and nothing else in common, a province for
a city, a group and its main company, a short name without a number, people of one name.

Many of the companies with a Chinese twin also have a sister, a branch or a namesake here (`of a twin`).
"""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.duplicates import Set  # noqa: E402
from benchmarks.labelled import seventh_abroad as abroad  # noqa: E402
from benchmarks.labelled import seventh_apart as apart  # noqa: E402
from benchmarks.labelled import seventh_apart_abroad as apart_abroad  # noqa: E402
from benchmarks.labelled import seventh_called as called  # noqa: E402
from benchmarks.labelled import seventh_firms as firms  # noqa: E402
from benchmarks.labelled import seventh_numbers as numbers  # noqa: E402
from benchmarks.labelled import seventh_typed as typed  # noqa: E402
from benchmarks.labelled.judging import judged  # noqa: E402
from benchmarks.labelled.seventh_firms import Firm, Row, Rule  # noqa: E402

COMPANIES = 7_000
_A_TURN = 14  # rows at most
FILLERS = {filler for _field, filler in apart.FILLERS}
CHINESE = (*typed.RULES, *called.RULES, *numbers.RULES)
APART = apart.RULES


class Collection:
    """The set as it grows: no name is taken twice but by the pair that means it."""

    def __init__(self, chance: random.Random) -> None:
        self.made, self.chance = Set(), chance
        self.sources: dict[str, Iterator[Firm]] = {
            "chinese": firms.chinese(chance), "taiwan": firms.taiwanese(chance), "english": firms.english(chance),
            "german": firms.german(chance), "romance": firms.romance(chance),
        }  # fmt: skip
        self.names: set[str] = set()

    def put(self, pair: tuple[Row, Row], rule: str, same: bool) -> bool:
        first, second = pair
        names = {one["name"].casefold() for one in pair}
        if names & self.names or first == second or (not same and len(names) == 1):
            return False
        self.names |= names
        self.made.rows += [first, second]
        (self.made.twins if same else self.made.strangers)[len(self.made.rows) - 1, len(self.made.rows)] = rule
        return True

    def pair(self, source: str, rules: Sequence[Rule], turn: int, same: bool) -> Firm:
        """One pair by the rule whose turn it is, of the next company it fits; where it fits none soon, by the rule after it."""
        for tried in itertools.count():
            rule = rules[(turn + tried // 8) % len(rules)]
            firm = next(self.sources[source])
            made = rule(firm, self.chance)
            if made is not None and self.put(made, rule.__name__, same):
                return firm
        raise AssertionError

    def sister(self, firm: Firm) -> None:
        """Somebody who looks like the pair made last, and is neither of the two: when both tell enough of themselves to see it."""
        names = [one["name"] for one in self.made.rows[-2:]]
        rules = [apart.sister, apart.branch_and_head, apart.same_brand_elsewhere]
        if all(firm.city in name for name in names):
            rules.append(apart.other_town)
        made = self.chance.choice(rules)(firm, self.chance)
        if (
            made is None
            or made[1]["name"] in self.names
            or not all(firm.trade[:2] in name and firm.brand[:2] in name for name in names)
        ):
            return
        self.names.add(made[1]["name"])
        self.made.rows.append(made[1])
        place = len(self.made.rows)
        for other in (place - 2, place - 1):
            self.made.strangers[other, place] = "of a twin"

    def alone(self, firm: Firm) -> None:
        if firm.name.casefold() not in self.names:
            self.names.add(firm.name.casefold())
            self.made.rows.append(firms.filled(firm, firm.name, self.chance))


def labelled(count: int, chance: random.Random) -> Set:
    """`count` rows: of every ten companies four are there twice, four have somebody who looks like them, two are alone."""
    set_ = Collection(chance)
    for japanese in (abroad.japanese(chance), abroad.russian(chance)):
        for rule, pair in japanese:
            set_.put(pair, rule, True)
    turn = 0
    while len(set_.made.rows) < count - _A_TURN:
        firm = set_.pair("chinese", CHINESE, turn, True)
        if turn % 2:
            set_.sister(firm)
        set_.pair("chinese", APART, turn, False)
        if turn % 3 == 0:
            set_.alone(next(set_.sources["chinese"]))
        if turn % 4 == 0:
            set_.pair("taiwan", abroad.TAIWAN, turn // 4, True)
            set_.pair("taiwan", apart_abroad.TAIWAN, turn // 4, False)
        if turn % 2 == 0:
            source = ("english", "german", "english", "romance")[turn // 2 % 4]
            set_.pair(source, abroad.WORDY, turn // 2, True)
            set_.pair(source if source != "romance" else "english", apart_abroad.WORDY, turn // 2, False)
        turn += 1
    while len(set_.made.rows) < count:
        set_.alone(next(set_.sources["chinese"]))
    return set_.made


def marks(row: Row) -> set[str]:
    """What of a row only one company has, but for what pairs share by a rule: numbers, mailbox, tax number and the whole name."""
    return {row[name].casefold() for name in firms.FIELDS if row[name] and row[name] not in FILLERS}


def main() -> int:
    """The command."""
    return judged(__doc__, 71, labelled, marks, COMPANIES, typed=typed.RULES, called=called.RULES, numbers=numbers.RULES,
                  abroad=(*abroad.WORDY, *abroad.TAIWAN))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
