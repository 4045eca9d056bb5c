"""One customer written twice, and one has to look twice: the hard pairs of the fifth labelled set."""

from __future__ import annotations

import re

from benchmarks.labelled.colleagues import ALIKE, Pair, Rule, bare, row, slip, slipped, two
from benchmarks.labelled.famous import CALLED, IN_CHINA
from benchmarks.labelled.judging import Row
from benchmarks.labelled.offices import plain
from benchmarks.labelled.registered import Organisation, Register, town
from benchmarks.labelled.yellow_pages import CITIES
from crm_desktop.core.find.pinyin import spell


def two_slips(register: Register) -> Pair:
    while True:
        one, wrong = slipped(register)
        other = slip(wrong, register.chance, near=True)
        if len(one.brand) > 2 and other and sum(a != b for a, b in zip(one.brand, other, strict=True)) == 2:
            return two(
                one,
                register.chance,
                one.name(),
                register.chance.choice((bare(one, b=other), other + one.trade[1])),
                "box mobile phone",
            )


def trade_mark(register: Register) -> Pair:
    while True:
        one = register.company()
        if one.domain and one.latin != spell(one.brand).capitalize():
            return two(
                one,
                register.chance,
                one.name(),
                register.chance.choice((one.latin.upper(), f"{one.latin} {one.trade[2]}", one.latin + one.trade[1])),
                "host",
            )


def spelled(register: Register) -> Pair:
    """By a clerk with a foreign keyboard, from the telephone's display."""
    one, chance = register.company(), register.chance
    name = f"{town(one.city)} {spell(one.brand).capitalize()} {spell(one.trade[1]).capitalize()}"
    if chance.random() < 0.6:
        return two(one, chance, one.name("pbtf"), name, "mobile phone box")
    filed, again = two(one, chance, one.name("pbtf"), name, "", phone=f"{one.line()} ext. {chance.randrange(100, 900)}")
    return filed | {"phone": one.line()}, again


def famous(register: Register) -> Pair | None:
    for full, called in register.chance.sample(CALLED, len(CALLED)):
        if register.once(full):
            one = register.staffed(Organisation("company", "北京", "", full))
            return two(one, register.chance, full, called, "")
    return None


def famous_abroad(register: Register) -> Pair | None:
    for full, english, host in register.chance.sample(IN_CHINA, len(IN_CHINA)):
        if register.once(full):
            one = register.staffed(Organisation("company", "上海", "", full, domain=host))
            return two(one, register.chance, full, english, "host")
    return None


def initials(register: Register) -> Pair:
    while True:
        one = register.chance.choice((register.abroad, register.company))()
        words = re.findall(r"\w+", one.latin + " " + one.trade[2])
        letters_ = (
            "".join(word[0] for word in words)
            if one.kind == "abroad"
            else "".join(spell(sign)[:1] for sign in one.brand + one.trade[1])
        )
        if one.domain and len(letters_) > 2:
            return two(one, register.chance, one.name(), letters_.upper(), "host")


def digit_wrong(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    at = chance.choice([at for at in range(7) if one.phone[at] != one.phone[at + 1]])
    wrong = one.phone[:at] + one.phone[at + 1] + one.phone[at] + one.phone[at + 2 :]
    filed, again = two(
        one, chance, one.name(), chance.choice((one.said(), bare(one, f=""))), "", phone=f"{CITIES[one.city][1]}-{wrong}"
    )
    return filed | {"phone": one.line()}, again


def misread(register: Register) -> Pair:
    """By a scanner, from a card that has the next number of the same switchboard, or the same."""
    while True:
        one, chance = register.company(), register.chance
        wrong = "".join(ALIKE.get(sign, sign) for sign in one.brand)
        if wrong != one.brand:
            filed, again = two(one, chance, one.name(), one.name(b=wrong), "", phone=one.line(chance.choice((0, 1, 2))))
            return filed | {"phone": one.line()}, again


def person_filed(register: Register) -> Pair:
    """The person whom one knows stands where the company should."""
    one, chance = register.company(), register.chance
    who = next(person for person in one.people if register.once(person.name))
    filed, again = two(
        one, chance, one.name(), who.name, "", email="", mobile=who.mobile, short_name=chance.choice((one.said(), one.brand))
    )
    return filed | {"mobile": who.mobile}, again


def trading_as(register: Register) -> Pair:
    one, behind, chance = register.abroad(), register.abroad(), register.chance
    word = chance.choice(("t/a", "dba", "trading as", "d/b/a"))
    return two(one, chance, one.brand, f"{behind.name()} {word} {one.brand}", "")


def county_named(register: Register) -> Pair:
    """One has the county, one the big city it belongs to."""
    while True:
        one = register.company()
        if one.county[-1] in "县市" and one.county[:-1] != one.city:
            return two(one, register.chance, one.name("pbtf", p=one.county), one.name("pbtf", p=one.city), "phone box mobile")


def both_on_one_line(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    both = f"{one.said()} {one.latin.upper()} {one.trade[2].upper()}"
    return two(one, chance, both, chance.choice((f"{one.latin} {one.trade[2]} ({town(one.city)}) Co., Ltd.", one.name())), "")


def misspelt_abroad(register: Register) -> Pair:
    while True:
        one, chance = register.abroad(), register.chance
        word = max(re.findall(r"\w+", plain(one.brand)), key=len)
        at = chance.randrange(1, len(word) - 1)
        wrong = chance.choice(
            (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2 :])
        )
        if len(word) > 5 and wrong != word:
            return two(one, chance, one.name(), plain(one.name(f="")).replace(word, wrong), "phone box host")


def thrice(register: Register) -> tuple[Row, Row, Row]:
    """By three colleagues: the file, the telephone, the fair."""
    one, chance = register.company(), register.chance
    first, second = two(one, chance, one.name(), one.said(), "")
    common = chance.choice(({"phone": one.line()}, {"mobile": one.people[0].mobile}, {"email": one.people[0].mailbox}))
    return first | common, second | common, row(one.english(), one.brand) | common


HARD: tuple[Rule, ...] = (
    two_slips, trade_mark, spelled, famous, famous_abroad, initials, digit_wrong, misread, person_filed, trading_as, county_named,
    both_on_one_line, misspelt_abroad,
)  # fmt: skip
