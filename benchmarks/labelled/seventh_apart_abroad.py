"""Companies outside the mainland that look like one and are two."""

from __future__ import annotations

import random

from benchmarks.labelled import seventh_words as words
from benchmarks.labelled.seventh_firms import Firm, Row, digits, filled, mobile, row

Pair = tuple[Row, Row] | None


def _apart(firm: Firm, one: str, other: str, chance: random.Random) -> tuple[Row, Row]:
    return filled(firm, one, chance), filled(firm, other, chance)


def _other(firm: Firm, choices: tuple[str, ...] | list[str], chance: random.Random) -> str:
    return chance.choice([one for one in choices if one[:2] != firm.trade[:2] and one not in (firm.city, firm.trade)])


def _trades(firm: Firm) -> tuple[str, ...] | list[str]:
    return words.GERMAN_TRADES if firm.domain.endswith(".de") else words.TAILS


def sister_trade(firm: Firm, chance: random.Random) -> Pair:
    return _apart(firm, firm.name, f"{firm.brand} {_other(firm, _trades(firm), chance)} {firm.form}", chance)


def sister_one_domain(firm: Firm, chance: random.Random) -> Pair:
    """Two companies of one house: mails of one domain, names that tell their trades."""
    first, second = _apart(firm, firm.name, f"{firm.brand} {_other(firm, _trades(firm), chance)} {firm.form}", chance)
    return first | {"email": f"info@{firm.domain}"}, second | {"email": f"service@{firm.domain}"}


def countries(firm: Firm, chance: random.Random) -> Pair:
    """Companies of one group, each a customer of its own."""
    one, other = chance.sample(("UK Ltd", "Deutschland GmbH", "France SAS", "Italia S.r.l.", "Nederland B.V.", "(Shanghai) Co., Ltd.",
        "Singapore Pte Ltd", "USA Inc.", "India Pvt Ltd",
                                "Japan K.K.", "Australia Pty Ltd", "Ibérica S.L."), 2)  # fmt: skip
    return _apart(firm, f"{firm.brand} {one}", f"{firm.brand} {other}", chance)


def branches(firm: Firm, chance: random.Random) -> Pair:
    towns = words.GERMAN_TOWNS if firm.domain.endswith(".de") else words.ENGLISH_TOWNS
    one, other = chance.sample(towns, 2)
    word = "Niederlassung" if firm.domain.endswith(".de") else "Branch"
    return _apart(firm, f"{firm.name}, {word} {one}", f"{firm.name}, {word} {other}", chance)


def other_head(firm: Firm, chance: random.Random) -> Pair:
    """The first word of the brand and the trade in common."""
    one, joined, other = firm.brand.partition(" & ") if "&" in firm.brand else firm.brand.partition(" ")
    heads = (
        ("Quandt", "Abel", "Nolte", "Ihle", "Zöllner")
        if firm.domain.endswith(".de")
        else ("Maddox", "Ogden", "Tring", "Ivel", "Upton")
    )
    if not joined:
        return None
    new = chance.choice([head for head in heads if head[:2] != other[:2] and head not in firm.brand])
    return _apart(firm, firm.name, f"{one}{joined}{new} {firm.trade} {firm.form}", chance)


def given_names(firm: Firm, chance: random.Random) -> Pair:
    """Two businesses of one family."""
    one, other = chance.sample(("Albert", "Brigitte", "Conrad", "Dora", "Ernst", "Frieda", "Gustav", "Hanna", "Igor", "Julia"), 2)
    family = firm.brand.split()[-1].split("-")[-1]
    return _apart(firm, f"{one} {family} {firm.trade}", f"{other} {family} {firm.trade}", chance)


def saints_and_numbers(firm: Firm, chance: random.Random) -> Pair:
    form, parts = chance.choice((
        ("St. {}'s Hospital {}", ("Mary", "Luke", "Anne", "George", "Patrick", "Helen")), ("Hotel {} {}", ("Astoria", "Bellevue",
        "Central", "Excelsior", "Miramar", "Post")),
        ("{} County Council, {}", ("Education", "Highways", "Treasury", "Libraries", "Housing")), ("{} Street Garage {}", ("First",
        "Church", "Mill", "Station", "King")),
        ("University of {} {} Campus", ("North", "South", "East", "West"))))  # fmt: skip
    one, other = chance.sample(parts, 2)
    place = firm.brand.replace("&", "and")
    fill = (
        (lambda part: form.format(place, part))
        if form.startswith(("{} County", "University"))
        else (lambda part: form.format(part, place))
    )
    return _apart(firm, fill(one), fill(other), chance)


def shared_line(firm: Firm, chance: random.Random) -> Pair:
    """An office centre answers for two tenants."""
    number = f"+44 20 {digits(4, chance)} {digits(4, chance)}"
    other = f"{chance.choice(words.HEADS)}{chance.choice(('stone', 'wick', 'mere'))} {_other(firm, words.TAILS, chance)} Ltd"
    return row(firm.name, phone=number), row(other, phone=number, mobile=mobile(chance))


def stages(firm: Firm, chance: random.Random) -> Pair:
    one, other = chance.sample(("I", "II", "III", "IV"), 2)
    form = chance.choice(("{} {} Fund {}", "{} {} Holdings {} LP", "{} {} Plant {}"))
    return _apart(firm, form.format(firm.brand, firm.trade, one), form.format(firm.brand, firm.trade, other), chance)


WORDY = (
    sister_trade,
    sister_trade,
    sister_one_domain,
    countries,
    branches,
    other_head,
    given_names,
    saints_and_numbers,
    shared_line,
    stages,
)


def taiwan_sister(firm: Firm, chance: random.Random) -> Pair:
    trade = chance.choice([one for one in words.TAIWAN_TRADES if not set(one) & set(firm.trade)])
    return _apart(firm, firm.brand + firm.trade + firm.form, firm.brand + trade + firm.form, chance)


def taiwan_sign(firm: Firm, chance: random.Random) -> Pair:
    """One sign of the brand is another one that neither looks nor sounds like it."""
    sign = chance.choice([one for one in "台東南北山海春秋日月" if one not in firm.brand])
    return _apart(firm, firm.brand + firm.trade + firm.form, firm.brand[0] + sign + firm.trade + firm.form, chance)


def taiwan_shops(firm: Firm, chance: random.Random) -> Pair:
    one, other = chance.sample(("忠孝", "中山", "民生", "復興", "站前", "逢甲", "士林", "板橋"), 2)
    return _apart(
        firm,
        f"{firm.brand}{chance.choice(('藥局', '早餐', '眼鏡', '書局'))}{one}店",
        f"{firm.brand}{chance.choice(('藥局', '早餐', '眼鏡', '書局'))}{other}店",
        chance,
    )


def strait(firm: Firm, chance: random.Random) -> Pair:
    """The parent in Hong Kong or Taipei and its company in a mainland city."""
    one, other = chance.sample(("香港", "深圳", "上海", "台灣", "昆山", "澳門"), 2)
    return _apart(firm, f"{firm.brand}（{one}）有限公司", f"{firm.brand}（{other}）有限公司", chance)


TAIWAN = (taiwan_sister, taiwan_sign, taiwan_shops, strait)
