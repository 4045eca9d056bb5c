"""Two customers that look like one: branches, kin, namesakes, numbered bodies, numbers that several share.

Whoever reads both lines of a pair would keep both: what sets them apart (place, number, line of business, tax number) stands there.
"""

from __future__ import annotations

import random

from benchmarks.labelled.colleagues import Pair, Rule, row, slip
from benchmarks.labelled.famous import KIN
from benchmarks.labelled.judging import Row
from benchmarks.labelled.registered import Organisation, Register, counties, folk, town
from benchmarks.labelled.yellow_pages import BANKS, CITIES, GOODS, TRADES, WORK


def own(one: Organisation, chance: random.Random, name: str = "", **more: str) -> Row:
    """The line of a customer with numbers of its own; a tax number, too, since that alone would tell some of them apart."""
    talks = chance.choice(one.people)
    return row(name or one.name(), "", one.line() if chance.random() < 0.7 else "", talks.mobile if chance.random() < 0.6 else "",
               talks.mailbox if chance.random() < 0.4 else "", one.code if one.kind == "company" else "") | more  # fmt: skip


def _like(one: Organisation, register: Register, **other: object) -> Organisation:
    """Another customer, with numbers of its own, in which only `other` is different."""
    made = {
        name: getattr(one, name)
        for name in ("kind", "city", "county", "brand", "trade", "form", "place", "layout", "latin", "land")
    }
    return register.staffed(Organisation(**(made | other)))  # type: ignore[arg-type]


def _other_city(one: Organisation, chance: random.Random) -> str:
    return chance.choice([city for city in CITIES if city != one.city])


def _near(one: Organisation, register: Register) -> Organisation:
    """A customer of another name in the same city."""
    other = register.company()
    return _like(other, register, city=one.city, place=one.city if other.place else "")


def other_city(register: Register) -> Pair:
    """Two that have nothing in common but a name as many have."""
    one, chance = register.lucky(), register.chance
    city = _other_city(one, chance)
    other = _like(one, register, city=city, place=city, form=one.form)
    return own(one, chance, one.name("pbtf")), own(other, chance, other.name("pbtf"))


def other_trade(register: Register) -> Pair:
    """A name as many have, in the same city and another line of business."""
    one, chance = register.lucky(), register.chance
    other = _like(one, register, trade=chance.choice([trade for trade in TRADES if trade != one.trade]))
    return own(one, chance, one.name("pbtf")), own(other, chance, other.name("pbtf"))


def one_sign(register: Register) -> Pair:
    """In one city and line of business, another sign, another sound."""
    one, other, chance = register.lucky(), register.lucky(), register.chance
    near = _like(one, register, brand=one.brand[0] + other.brand[1] if other.brand[1] != one.brand[1] else one.brand[0] + "邦")
    return own(one, chance), own(near, chance)


def same_sound(register: Register) -> Pair:
    """Spoken alike, written otherwise, elsewhere, and with another tax number."""
    while True:
        one, chance = register.company(), register.chance
        brand, city = slip(one.brand, chance), _other_city(one, chance)
        if brand:
            one.place = one.city
            other = _like(one, register, brand=brand, city=city, place=city)
            return own(one, chance), own(other, chance)


def member_of_group(register: Register) -> Pair:
    """The group and a company of it, with one domain."""
    one, chance = register.company(), register.chance
    group = _like(one, register, form="集团有限公司", trade=("", "", ""), place=one.city, layout="pbtf", domain=one.domain)
    return own(group, chance), own(one, chance, phone=one.line())


def two_members(register: Register) -> Pair:
    """Two companies of a group, with one domain, in different lines of business."""
    one, chance = register.company(), register.chance
    other = _like(one, register, trade=chance.choice([trade for trade in TRADES if trade != one.trade]), domain=one.domain)
    host = one.domain or f"{one.latin.lower()}group.com"
    return own(one, chance, email=f"office@{host}"), own(other, chance, email=f"sales@{host}")


def two_projects(register: Register) -> Pair:
    """Companies of a builder, one for each city."""
    one, chance = register.company(), register.chance
    city = _other_city(one, chance)
    other = _like(one, register, city=city, place=city, layout="bPtf")
    one.place, one.layout = one.city, "bPtf"
    return own(one, chance), own(other, chance)


def shops_of_chain(register: Register) -> Pair:
    """Two shops of a chain, with the hotline of all."""
    one, chance = register.company(), register.chance
    here, there = chance.sample(("万达广场", "火车站", "人民路", "大学城", "银泰城", "步行街", "高新", "奥体", "城西", "滨江"), 2)
    hotline = f"400-{chance.randrange(100, 999)}-{chance.randrange(1000, 9999)}"
    first, second = (f"{one.brand}（{one.city}{at}店）" for at in (here, there))
    return row(first, "", hotline, one.people[0].mobile), row(second, "", hotline, one.people[1].mobile)


def branch_offices(register: Register) -> Pair:
    """Two branches of a company in two cities."""
    one, chance = register.company(), register.chance
    one.place = one.place or one.city
    here, there = chance.sample(list(CITIES), 2)
    other = _like(one, register, city=there)
    return own(one, chance, f"{one.name()}{here}分公司", phone=""), own(other, chance, f"{one.name()}{there}分公司")


def branch_of_bank(register: Register) -> Pair:
    """Two branches of a bank in one city."""
    while True:
        one, at = register.bank(), register.bank().trade
        other = _like(one, register, trade=at)
        if register.once(other.name()):
            return own(one, register.chance), own(other, register.chance)


def other_bank(register: Register) -> Pair:
    """Branches of two banks in one street."""
    while True:
        one, bank = register.bank(), register.chance.choice(list(BANKS))
        other = _like(one, register, brand=bank)
        if register.once(other.name()):
            return own(one, register.chance), own(other, register.chance)


def next_number(register: Register) -> Pair:
    """Schools and hospitals that are counted."""
    while True:
        one = register.body()
        if "{n}" in one.latin:
            number = register.chance.choice([sign for sign in "一二三四五六七八九" if sign != one.form])
            name = one.brand + one.latin.format(n=number)
            if register.once(name):
                return own(one, register.chance), own(_like(one, register), register.chance, name)


def next_office(register: Register) -> Pair:
    """Two offices of a county behind one switchboard."""
    while True:
        one, chance = register.body(), register.chance
        name = one.brand + chance.choice(
            ("民政局", "商务局", "审计局", "统计局", "林业局", "档案馆", "文化馆", "体育中学", "老年大学")
        )
        if register.once(name):
            return own(one, chance, phone=one.line()), own(_like(one, register), chance, name, phone=one.line())


def next_county(register: Register) -> Pair:
    """The same body of the next county."""
    while True:
        one = register.body()
        others = [name for name in counties(one.city) if name not in one.brand]
        if others:
            county = register.chance.choice(others)
            name = (one.city + "市" + county if county[-1] == "区" else county) + one.trade[0]
            if register.once(name):
                return own(one, register.chance), own(_like(one, register), register.chance, name)


def kin(register: Register) -> Pair | None:
    for first, second in register.chance.sample(KIN, len(KIN)):
        if register.once(first, second):
            one, other = (register.staffed(Organisation("body", "北京", "", name)) for name in (first, second))
            return own(one, register.chance, first), own(other, register.chance, second)
    return None


def bookkeeper(register: Register) -> Pair:
    """Two small firms whose bookkeeper has given her own number."""
    one, chance = register.company(), register.chance
    other = _near(one, register)
    number = one.people[0].mobile
    return own(one, chance, mobile=number, phone=""), own(other, chance, mobile=number, phone="")


def one_owner(register: Register) -> Pair:
    """A man's factory and his shop."""
    shop, chance = register.shop(), register.chance
    one, number = _near(shop, register), shop.people[0].mobile
    return own(one, chance, mobile=number), own(shop, chance, mobile=number)


def one_park(register: Register) -> Pair:
    """Tenants of a house with one switchboard."""
    one, chance = register.company(), register.chance
    other = _near(one, register)
    return own(one, chance, phone=f"{one.line()}-{chance.randrange(100, 500)}"), own(
        other, chance, phone=f"{one.line()}-{chance.randrange(500, 900)}"
    )


def daughter_abroad(register: Register) -> Pair:
    """A firm abroad and its company in another country, with one domain."""
    daughters = (("Polska", "Sp. z o.o.", "48"), ("France", "SAS", "33"), ("UK", "Ltd.", "44"), ("Italia", "S.r.l.", "39"),
                 ("Deutschland", "GmbH", "49"), ("Nordic", "AB", "46"))  # fmt: skip
    while True:
        one, chance = register.abroad(), register.chance
        where, form, land = chance.choice(daughters)
        if one.form and land != one.land:
            other = _like(one, register, domain=one.domain, land=land)
            name = f"{one.brand} {where} {form}"
            return own(one, chance, email=f"info@{one.domain}"), own(other, chance, name, email=f"office@{one.domain}")


def same_first_word(register: Register) -> Pair:
    """Firms abroad that begin alike."""
    one, other, chance = register.abroad(), register.abroad(), register.chance
    word = one.brand.split()[0]
    second = f"{word} {other.brand.split()[-1]} {chance.choice(WORK)} {other.form}".strip()
    return own(one, chance), own(other, chance, second)


def same_words(register: Register) -> Pair:
    """On the English side of their cards they differ by the city."""
    while True:
        one, chance = register.company(), register.chance
        here, there = chance.sample(list(CITIES), 2)
        word = chance.choice(
            (
                "Golden Star",
                "United Pacific",
                "New Century",
                "Oriental",
                "Great Wall",
                "Sunshine",
                "Everbright",
                "Jade",
                "Phoenix",
                "Pacific",
            )
        )
        first, second = (f"{town(city)} {word} {one.trade[2]} Co., Ltd." for city in (here, there))
        if register.once(first, second):
            one.city = here
            return own(one, chance, first), own(_like(one, register, city=there), chance, second)


def namesake_shop(register: Register) -> Pair:
    """老王五金 there are many, in other towns."""
    one, chance = register.shop(), register.chance
    city = _other_city(one, chance)
    county = chance.choice(counties(city))
    other = _like(one, register, city=city, county=county, place=city + "市" + county if county[-1] == "区" else county)
    return own(one, chance, mobile=one.people[0].mobile), own(other, chance, mobile=other.people[0].mobile)


def neighbour_shop(register: Register) -> Pair:
    """One street, one kind of goods, another owner."""
    one, chance = register.shop(), register.chance
    other = _like(one, register, brand=folk(chance), trade=(chance.choice(GOODS),) * 3)
    return own(one, chance), own(other, chance)


def numbered_fund(register: Register) -> Pair:
    """Partnerships that a house founds one after the other."""
    one, chance = register.company(), register.chance
    first, second = chance.sample("一二三四五六七八", 2)
    names = [f"{one.city}{one.brand}{number}号股权投资合伙企业（有限合伙）" for number in (first, second)]
    return own(one, chance, names[0]), own(_like(one, register), chance, names[1], phone=one.line())


STRANGERS: tuple[Rule, ...] = (
    other_city, other_trade, one_sign, same_sound, member_of_group, two_members, two_projects, shops_of_chain, branch_offices,
    branch_of_bank, other_bank, next_number, next_office, next_county, kin, bookkeeper, one_owner, one_park, daughter_abroad,
    same_first_word, same_words, namesake_shop, neighbour_shop, numbered_fund,
)  # fmt: skip
