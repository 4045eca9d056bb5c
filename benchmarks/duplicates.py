"""Measure the scan for duplicates against normalising and building its keys, and how much of a labelled set it finds.

    python benchmarks/duplicates.py                    100,000 companies
    python benchmarks/duplicates.py --companies 20000

The companies have real short names (../shared/data/company_names, else made ones); the twins among them are made by the rules
below, which know nothing of how the matcher works: what people do to a name when they write it down once more. Branches, sisters
in other cities and companies of the same brand in another trade are planted too: they are not duplicates.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.figure import Figure, tell  # noqa: E402
from benchmarks.find import CITIES, SYLLABLES, TRADES, WORD_KINDS, WORD_TRADES, WORDS, mobile  # noqa: E402
from crm_desktop.business import RECORD_TYPES, Customer  # noqa: E402
from crm_desktop.core import alike, twin_scan, twins  # noqa: E402
from crm_desktop.core.access import Actor  # noqa: E402
from crm_desktop.core.find.pinyin import characters, readings  # noqa: E402
from crm_desktop.core.records import Records  # noqa: E402
from crm_desktop.database.engine import open_database  # noqa: E402

NAMES = ROOT.parent / "shared" / "data" / "company_names" / "company_short_20k.txt"
FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
LATIN_ENDS = {"Technology": "Tech", "Trading": "Trade", "Electronics": "Elec", "Software": "Soft", "Logistics": "Logis",
              "Industries": "Ind", "Engineering": "Eng", "Medical": "Med", "Foods": "Food", "Textile": "Text"}  # fmt: skip
# Characters that look alike: slips of the brush, of scanners and of wubi.
LOOK_ALIKE = dict(pair for a, b in ("己已", "未末", "土士", "天夫", "大太", "人入", "日曰", "田由", "今令", "木本", "兰蓝", "午牛", "千干",
                                     "万方", "王玉", "石右", "力刀", "新欣", "晶品", "远达") for pair in ((a, b), (b, a)))  # fmt: skip
# What a business card says for a line of business.
IN_ENGLISH = {"软": "Software", "电": "Electronics", "贸商": "Trading", "物流": "Logistics", "医药": "Medical", "食": "Foods",
              "服": "Garment", "工程": "Engineering", "化": "Chemical", "机": "Machinery", "科技信": "Technology"}  # fmt: skip
TRADITIONAL = str.maketrans("龙华东国业电万发时开长实际机贸云飞广汇丰联兴达", "龍華東國業電萬發時開長實際機貿雲飛廣匯豐聯興達")


@dataclass
class Firm:
    """A company before its name is written down: how people call the parts."""

    city: str
    brand: str
    trade: str
    form: str
    latin: bool = False

    def name(self) -> str:
        if self.latin:
            return f"{self.brand} {self.trade} {self.form}"
        return f"{self.city}{self.brand}{self.trade}{self.form}"


@dataclass
class Set:
    """All customers, the pairs that are one company with the rule that made them, and those that only look so."""

    rows: list[dict[str, str]] = field(default_factory=list)
    twins: dict[tuple[int, int], str] = field(default_factory=dict)
    strangers: dict[tuple[int, int], str] = field(default_factory=dict)

    def add(self, name: str, phone: str) -> int:
        self.rows.append({"name": name, "short_name": "", "phone": "", "mobile": phone, "email": "", "tax_no": ""})
        return len(self.rows)


def firms(chance: random.Random) -> Iterator[Firm]:
    """Companies without end: no two have brand, trade and city in common."""
    if NAMES.is_file():
        brands = [line for line in NAMES.read_text(encoding="utf-8").split() if 2 <= len(line) <= 5]
    else:
        brands = ["".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4)))) for _n in range(20_000)]
    known: set[tuple[str, ...]] = set()
    while True:
        if chance.random() < 0.2:
            made = Firm("", f"{chance.choice(WORDS)} {chance.choice(WORDS)}", chance.choice(WORD_TRADES), chance.choice(WORD_KINDS), True)
            if chance.random() < 0.7:
                first = chance.choice("bcdfghklmnprstvw") + chance.choice(WORDS).lower()[1:]
                made.brand = f"{first.title()} {made.brand}"
        else:
            city = chance.choice(CITIES)
            city = chance.choice((city, city + "市", city))
            made = Firm(city, chance.choice(brands), chance.choice(TRADES), chance.choice(FORMS))
        key = (made.brand, made.trade, made.city.removesuffix("市"))
        if key not in known:
            known.add(key)
            yield made


# What people do to a name: rule -> the name written once more, "" when the rule does not fit.


def _swap(text: str, at: int) -> str:
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def homophone(firm: Firm, chance: random.Random) -> str:
    """The input method offered another character of the same sound."""
    core = firm.brand + firm.trade
    places = [at for at, sign in enumerate(core) if readings(sign) and len(characters(readings(sign)[0], 6)) > 1]
    if firm.latin or not places:
        return ""
    at = chance.choice(places)
    other = [sign for sign in characters(readings(core[at])[0], 6) if sign != core[at]]
    return firm.city + core[:at] + chance.choice(other) + core[at + 1 :] + firm.form if other else ""


def look_alike(firm: Firm, chance: random.Random) -> str:
    places = [at for at, sign in enumerate(firm.brand) if sign in LOOK_ALIKE]
    if firm.latin or not places or len(firm.brand) < 3:
        return ""
    at = chance.choice(places)
    return firm.city + firm.brand[:at] + LOOK_ALIKE[firm.brand[at]] + firm.brand[at + 1 :] + firm.trade + firm.form


def left_out(firm: Firm, chance: random.Random) -> str:
    """A character (of a longer brand) or a letter was forgotten."""
    if len(firm.brand) < (6 if firm.latin else 4):
        return ""
    at = chance.randrange(1, len(firm.brand))
    brand = firm.brand[:at] + firm.brand[at + 1 :]
    return Firm(firm.city, brand, firm.trade, firm.form, firm.latin).name()


def doubled(firm: Firm, chance: random.Random) -> str:
    at = chance.randrange(len(firm.brand))
    return Firm(firm.city, firm.brand[:at] + firm.brand[at] + firm.brand[at:], firm.trade, firm.form, firm.latin).name()


def swapped(firm: Firm, chance: random.Random) -> str:
    """Two neighbours changed places."""
    core = firm.brand + (" " if firm.latin else "") + firm.trade
    places = [at for at in range(len(core) - 1) if core[at] != core[at + 1] and " " not in core[at : at + 2]]
    return firm.city + _swap(core, chance.choice(places)) + (" " if firm.latin else "") + firm.form


def form_dropped(firm: Firm, chance: random.Random) -> str:
    return f"{firm.brand} {firm.trade}" if firm.latin else firm.city + firm.brand + firm.trade


def form_changed(firm: Firm, chance: random.Random) -> str:
    form = chance.choice([one for one in (WORD_KINDS if firm.latin else FORMS) if one != firm.form])
    return Firm(firm.city, firm.brand, firm.trade, form, firm.latin).name()


def city_dropped(firm: Firm, chance: random.Random) -> str:
    return "" if firm.latin else firm.brand + firm.trade + firm.form


def city_moved(firm: Firm, chance: random.Random) -> str:
    city = firm.city.removesuffix("市")
    return "" if firm.latin else f"{firm.brand}{chance.choice('（(')}{city}{chance.choice('）)')}{firm.trade}{firm.form}"


def short(firm: Firm, chance: random.Random) -> str:
    """What colleagues call it: the brand, in the same city or none."""
    return "" if firm.latin or len(firm.brand) < 2 else chance.choice(("", firm.city)) + firm.brand


def words_cut(firm: Firm, chance: random.Random) -> str:
    return f"{firm.brand} {LATIN_ENDS[firm.trade]} {firm.form}" if firm.latin else ""


def words_turned(firm: Firm, chance: random.Random) -> str:
    words = firm.brand.split()
    return f"{' '.join(reversed(words))} {firm.trade} {firm.form}" if firm.latin and len(set(words)) > 1 else ""


def spelled(firm: Firm, chance: random.Random) -> str:
    """The card had only the pinyin."""
    syllables = [readings(sign)[:1] for sign in firm.brand]
    if firm.latin or not all(syllables):
        return ""
    brand = "".join(one[0] for one in syllables).title()
    english = next((word for signs, word in IN_ENGLISH.items() if any(sign in firm.trade for sign in signs)), "")
    return chance.choice((f"{brand}{firm.trade}{firm.form}", f"{brand} {english} {chance.choice(WORD_KINDS)}".replace("  ", " ")))


def traditional(firm: Firm, chance: random.Random) -> str:
    name = firm.name().translate(TRADITIONAL)
    return name if name != firm.name() else ""


def spaced(firm: Firm, chance: random.Random) -> str:
    if firm.latin:
        return firm.name().upper().replace("., ", " ").replace(".", "")
    return f" {firm.city} {firm.brand} {firm.trade} {firm.form} "


TWIN_RULES: tuple[Callable[[Firm, random.Random], str], ...] = (
    homophone, look_alike, left_out, doubled, swapped, form_dropped, form_changed, city_dropped, city_moved, short, words_cut,
    words_turned, spelled, traditional, spaced,
)  # fmt: skip


def branch(firm: Firm, chance: random.Random) -> str:
    return "" if firm.latin else firm.name() + chance.choice(CITIES) + chance.choice(("分公司", "分公司", "办事处"))


def sister(firm: Firm, chance: random.Random) -> str:
    city = chance.choice([one for one in CITIES if one not in firm.city])
    return "" if firm.latin else city + firm.brand + firm.trade + firm.form


def same_brand(firm: Firm, chance: random.Random) -> str:
    trade = chance.choice([one for one in (WORD_TRADES if firm.latin else TRADES) if one != firm.trade])
    city = chance.choice([one for one in CITIES if one not in firm.city])
    return Firm("" if firm.latin else city, firm.brand, trade, firm.form, firm.latin).name()


def near_brand(firm: Firm, chance: random.Random) -> str:
    """Another brand of two characters that shares one."""
    if firm.latin or len(firm.brand) != 2:
        return ""
    return firm.city + firm.brand[0] + chance.choice([one for one in SYLLABLES if one != firm.brand[1]]) + firm.trade + firm.form


STRANGER_RULES = (branch, sister, same_brand, near_brand)


def labelled(count: int, chance: random.Random) -> Set:
    """`count` companies; 2 % of them are there twice, and 2 % have somebody who only looks like them. A third of the twins
    has the same mobile number, the others another one."""
    made, source = Set(), firms(chance)
    planted = count // 50
    for number in range(count - 2 * planted):
        firm, phone = next(source), mobile(chance)
        one = made.add(firm.name(), phone)
        if number < planted:
            rule = TWIN_RULES[number % len(TWIN_RULES)]
            name = rule(firm, chance)
            while not name:
                firm = next(source)
                name = rule(firm, chance)
                made.rows[one - 1]["name"] = firm.name()
            other = made.add(name, phone if chance.random() < 1 / 3 else mobile(chance))
            made.twins[one, other] = rule.__name__
        elif number < 2 * planted:
            rule = STRANGER_RULES[number % len(STRANGER_RULES)]
            name = rule(firm, chance)
            while not name:
                firm = next(source)
                name = rule(firm, chance)
                made.rows[one - 1]["name"] = firm.name()
            made.strangers[one, made.add(name, mobile(chance))] = rule.__name__
    return made


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    made = labelled(wanted.companies, random.Random(wanted.seed))
    with tempfile.TemporaryDirectory() as folder:
        records = Records(open_database(folder), RECORD_TYPES)
        planted_in(records, made)
        floors, ours, groups = [], [], []
        for _round in range(wanted.rounds):
            floors.append(_timed(lambda: _keys(made)))
            ours.append(_timed(lambda: groups.__setitem__(slice(None), twin_scan.scan(records, Customer, Actor.program()))))
        records.database.close()
    good = tell([Figure(f"scan of {len(made.rows):,} companies / normalising and keys", min(ours), min(floors), bar=2.0)])
    return 0 if judge(made, groups) and good else 1


def planted_in(records: Records, made: Set) -> None:
    """Put the companies into the database; their ids are their places, from 1."""
    columns = ("id", *Customer.compared.fields())  # type: ignore[union-attr]
    names = ", ".join(columns)
    records.database.write(
        lambda tx: tx.many(
            f"INSERT INTO customer ({names}, level, type, status, industry, source, tags, website, fax, country, province, city,"
            f" district, address, postcode, note, code, sort_key, version, extra) VALUES ({', '.join('?' * len(columns))},"
            " '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', 1, '')",
            [(place, *(row[name] for name in columns[1:])) for place, row in enumerate(made.rows, 1)],
        )
    )


def _timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def _keys(made: Set) -> None:
    """The floor: every name taken apart and every record's keys made, nothing compared."""
    how = twins.compared(Customer)
    twin_scan.blocks([alike.draw(how, place, row) for place, row in enumerate(made.rows, 1)])


def judge(made: Set, groups: list[twin_scan.Group], examples: int = 8) -> bool:
    """Print how many of the planted pairs were found, and how many of those found are right; whether the bar is reached."""
    found = {tuple(sorted((pair.first, pair.second))): pair.likeness for group in groups for pair in group.pairs}
    print(f"\n{'rule':<16}{'planted':>9}{'found':>9}")
    hits, all_of = Counter(), Counter(made.twins.values())  # type: ignore[var-annotated]
    for pair, rule in made.twins.items():
        hits[rule] += pair in found
    for rule, count in all_of.items():
        print(f"{rule:<16}{count:>9}{hits[rule]:>9}   {hits[rule] / count:.2f}")
    wrong = Counter(rule for pair, rule in made.strangers.items() if pair in found)
    for rule, count in Counter(made.strangers.values()).items():
        print(f"not: {rule:<11}{count:>9}{wrong[rule]:>9}   taken for duplicates")
    recall = sum(hits.values()) / len(made.twins)
    alone = [pair for pair in made.twins if made.rows[pair[0] - 1]["mobile"] != made.rows[pair[1] - 1]["mobile"]]
    by_name = sum(pair in found for pair in alone) / len(alone)
    right = sum(pair in made.twins for pair in found)
    sure = [pair for pair, likeness in found.items() if likeness.same]
    good = sum(pair in made.twins for pair in sure)
    print(f"\nrecall {recall:.3f} (by the name alone {by_name:.3f}; bar 0.95)")
    print(f"precision {right / max(len(found), 1):.3f} of {len(found):,} pairs")
    print(f"called the same: {len(sure):,} pairs, {good / max(len(sure), 1):.3f} of them right")
    missed = [pair for pair in made.twins if pair not in found]
    for pair in random.Random(1).sample(missed, min(examples, len(missed))):
        print(f"  missed ({made.twins[pair]}): {' | '.join(made.rows[one - 1]['name'] for one in pair)}")
    others = [(pair, likeness) for pair, likeness in found.items() if pair not in made.twins]
    for pair, likeness in random.Random(1).sample(others, min(examples, len(others))):
        names = " | ".join(made.rows[one - 1]["name"] for one in pair)
        print(f"  not planted: {names}  ({likeness.score}: {likeness.reasons[0].sentence('en')})")
    return recall >= 0.95


if __name__ == "__main__":
    sys.exit(main())
