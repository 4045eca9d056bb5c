"""Makes the customers of the fifth labelled set as they are, before anybody writes them down: what they are called, who works there.

Brands and counties are real ones of ../shared/data (without that folder they are made), so are the names from abroad in Northwind
and Chinook. No two customers are one by chance: a brand's sound stands once in a city and once in a line of business, mostly once
at all; numbers, mailboxes and codes belong to one customer.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from benchmarks.duplicates import ROOT
from benchmarks.find import GIVEN, SURNAMES, SYLLABLES, mobile
from benchmarks.labelled.famous import CALLED, TEXT
from benchmarks.labelled.offices import credit_code, places, plain
from benchmarks.labelled.yellow_pages import (
    ABROAD,
    BANKS,
    BODIES,
    CITIES,
    FIRST,
    FOLK,
    FORMS,
    GOODS,
    IN_ENGLISH,
    LUCKY,
    NOUNS,
    STREETS,
    TRADE_ENDS,
    TRADES,
    WORK,
)
from crm_desktop.core.find.pinyin import spell

DATA = ROOT.parent / "shared" / "data"


@dataclass
class Person:
    """Somebody who works at a customer's."""

    name: str
    mobile: str
    mailbox: str


@dataclass
class Organisation:
    """A customer in its parts. `rare`: nobody else has this brand."""

    kind: str
    city: str
    county: str
    brand: str
    trade: tuple[str, str, str] = ("", "", "")
    form: str = ""
    place: str = ""
    layout: str = "pbtf"
    rare: bool = True
    latin: str = ""
    domain: str = ""
    phone: str = ""
    code: str = ""
    people: list[Person] = field(default_factory=list)
    land: str = "86"

    def name(self, layout: str = "", **other: str) -> str:
        """As the register has it, or with `other` parts."""
        parts = {"p": self.place, "b": self.brand, "t": self.trade[0], "f": self.form} | other
        parts["P"] = f"（{self.city}）" if parts["p"] else ""
        if self.kind == "abroad":
            return " ".join(filter(None, (parts["b"], parts["t"], parts["f"])))
        return "".join(parts[part] for part in layout or self.layout)

    def said(self) -> str:
        return f"{self.brand} {self.trade[1]}".strip() if self.kind == "abroad" else self.brand + self.trade[1]

    def english(self, end: str = " Co., Ltd.") -> str:
        """The English side of the card."""
        return f"{town(self.city)} {self.latin} {self.trade[2]}{end}"

    def line(self, to: int = 0) -> str:
        """The switchboard, or a number near to it, as the telephone book writes it."""
        number = str(int(self.phone) + to)
        return f"+{self.land} {number[:3]} {number[3:]}" if self.kind == "abroad" else f"{CITIES[self.city][1]}-{number}"


def town(city: str) -> str:
    return IN_ENGLISH.get(city) or spell(city).capitalize()


@cache
def counties(city: str) -> list[str]:
    """Districts and counties of a city."""
    found = [place.name for place in places() if place.city == city and place.name[-1] in "区县市" and len(place.name) > 2]
    return found if len(found) > 1 else ["城东区", "城西区", f"{city[0]}阳县", f"{city[-1]}溪市"]


@cache
def towns() -> set[str]:
    """What a county is called, which is nobody's brand."""
    return {place.name for place in places()} | {place.name[:-1] for place in places()} | {*CITIES}


@cache
def brands() -> tuple[str, ...]:
    """Brands people have given their companies, without a word of what those do."""
    path = DATA / "company_names" / "company_short_20k.txt"
    if not path.is_file():
        return tuple(a + b + c for a in SYLLABLES for b in SYLLABLES for c in ("", *SYLLABLES[:20]) if a != b)
    ends = re.compile(f"({'|'.join(TRADE_ENDS)})$")
    return tuple(
        word for word in (ends.sub("", line) for line in path.read_text(encoding="utf-8").split()) if 2 <= len(word) <= 4
    )


@cache
def foreign_names() -> tuple[str, ...]:
    """Customers and suppliers of Northwind, companies of Chinook."""
    found: list[str] = []
    for path, column in (
        ("northwind/Customers.csv", "CompanyName"),
        ("northwind/Suppliers.csv", "CompanyName"),
        ("chinook/Customer.csv", "Company"),
    ):
        if (DATA / path).is_file():
            with (DATA / path).open(encoding="utf-8") as lines:
                found += [row[column].strip() for row in csv.DictReader(lines) if len(row[column].strip()) > 7]
    return tuple(dict.fromkeys(found))


def invented(chance: random.Random) -> str:
    """A word that means nothing and can be protected."""
    parts = (("K", "T", "V", "L", "Zen", "Mar", "Sol", "Ax", "Nor", "Pel", "Br", "D"), "aeiou", "lrvmnxdt", "aeio", "lrvmnxdt", "aeio",
             ("", "x", "n", "ra", "tek", "dex", "lux", "vis", "ro", "mo"))  # fmt: skip
    return "".join(chance.choice(part) for part in (parts if chance.random() < 0.5 else parts[:4] + parts[6:]))


def folk(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))


class Register:
    """Customers without end, no two of them one."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._taken: set[object] = {called for _full, called in CALLED}
        self._brands = self._words()
        self._abroad = iter(chance.sample(foreign_names(), len(foreign_names())))

    def __iter__(self) -> Iterator[Organisation]:
        makers = (
            (self.company,) * 11 + (self.lucky,) * 4 + (self.shop,) * 3 + (self.body,) * 2 + (self.abroad,) * 3 + (self.bank,)
        )
        while True:
            yield self.chance.choice(makers)()

    def _words(self) -> Iterator[str]:
        """Each brand once; then such as people might have given, of two of them."""
        words = self.chance.sample(brands(), len(brands()))
        yield from words
        while True:
            yield self.chance.choice(words)[:2] + self.chance.choice(words)[-1]

    def once(self, *names: str) -> bool:
        """Whether there were no customers of these names before."""
        return self._first(*names)

    def word(self) -> str:
        """An invented word nobody else has, nor one with a letter more, less or another."""
        while True:
            found = invented(self.chance)
            word = found.lower()
            if self._first(("word", word), *(("word", word[:at] + word[at + 1 :]) for at in range(len(word)))):
                return found

    def _first(self, *keys: object) -> bool:
        """Whether nobody has any of these yet; then they are taken."""
        free = not self._taken.intersection(keys)
        if free:
            self._taken.update(keys)
        return free

    def staffed(self, one: Organisation) -> Organisation:
        """The customer with numbers, mailboxes and people of its own."""
        chance = self.chance
        while not one.phone or not self._first(("phone", one.phone[:-1])):  # the numbers that follow are its own, too
            one.phone = f"{chance.randrange(2, 9)}{chance.randrange(100, 10**6):06d}{chance.choice('01')}"
        one.code = credit_code(chance)
        while len(one.people) < 3:
            name, number = folk(chance), mobile(chance)
            if one.kind == "abroad":
                name = f"{chance.choice(FIRST)} {chance.choice(FOLK)}"
                number = f"+{one.land} {chance.randrange(150, 180)} {chance.randrange(10**7):07d}"
            host = f"@{one.domain}" if one.domain else chance.choice(("@qq.com", "@163.com", "@126.com", "@foxmail.com"))
            box = plain(name).lower().replace(" ", ".") if one.kind == "abroad" else ""
            box = (
                box or spell(name)
                if one.domain
                else chance.choice((str(chance.randrange(10**8, 10**10)), f"{spell(name)}{chance.randrange(10**4)}"))
            )
            if self._first(("mobile", number)) and self._first(box + host):
                one.people.append(Person(name, number, box + host))
        return one

    def company(self) -> Organisation:
        """A company whose brand nobody else has."""
        chance, city = self.chance, self.chance.choice(list(CITIES))
        brand = next(self._brands)
        while (
            brand in towns()
            or brand in TEXT
            or ("lucky", spell(brand)) in self._taken
            or not self._first(("brand", spell(brand)))
        ):
            brand = next(self._brands)
        return self._settled(brand, city, chance.choice(TRADES), True)

    def lucky(self) -> Organisation:
        """A company with a name as many have: there is another one in another city and another line of business."""
        chance = self.chance
        while True:
            brand, city, trade = "".join(chance.sample(LUCKY, 2)), chance.choice(list(CITIES)), chance.choice(TRADES)
            if (
                brand not in TEXT
                and ("brand", spell(brand)) not in self._taken
                and self._first((spell(brand), city), (spell(brand), trade))
            ):
                self._taken.add(("lucky", spell(brand)))
                return self._settled(brand, city, trade, False)

    def _settled(self, brand: str, city: str, trade: tuple[str, ...], rare: bool) -> Organisation:
        chance = self.chance
        place = chance.choice(
            (city, city + "市", city + "市", CITIES[city][0] + "省" + city + "市" if CITIES[city][0] != city else city, "")
        )
        layout = chance.choice(("pbtf", "pbtf", "pbtf", "bPtf", "btPf"))
        if not rare and not place:
            place = city
        latin = spell(brand).capitalize() if chance.random() < 0.6 else self.word()
        one = Organisation(
            "company", city, chance.choice(counties(city)), brand, trade, chance.choice(FORMS), place, layout, rare, latin
        )  # type: ignore[arg-type]
        host = latin.lower() + chance.choice(
            ("", "", "", "".join(spell(sign)[:1] for sign in trade[0][:2]), "-cn", "group", "tech")
        )
        host += chance.choice((".com", ".cn", ".com.cn", ".net"))
        if chance.random() < 0.6 and self._first(("host", host.split(".")[0])):
            one.domain = host
        return self.staffed(one)

    def shop(self) -> Organisation:
        """A shop of the street."""
        chance = self.chance
        while True:
            city = chance.choice(list(CITIES))
            county, goods = chance.choice(counties(city)), chance.choice(GOODS)
            brand = chance.choice(
                (f"老{chance.choice(SURNAMES)}家", f"{chance.choice(SURNAMES)}姐", folk(chance), f"{chance.choice(SURNAMES)}氏")
            )
            if self._first((spell(brand), county, city), (spell(brand), goods)):
                near = city + "市" + county if county[-1] == "区" else county
                return self.staffed(
                    Organisation(
                        "shop", city, county, brand, (goods, goods, ""), chance.choice(("店", "经营部", "商店", "门市")), near
                    )
                )

    def body(self) -> Organisation:
        """A school, a hospital or an office of a city or a county; its number stands in `form`."""
        chance = self.chance
        while True:
            city = chance.choice(list(CITIES))
            county, number = chance.choice((city + "市", *counties(city)[:8])), chance.choice("一二三四五六七八九")
            what = chance.choice(BODIES)
            near = city + "市" + county if county[-1] == "区" else county
            if len(near) <= 8 and self._first(near + what.format(n=number)):
                return self.staffed(
                    Organisation("body", city, county, near, (what.format(n=number),) * 3, number, layout="bt", latin=what)
                )

    def bank(self) -> Organisation:
        """A branch of a bank."""
        chance = self.chance
        while True:
            city, bank = chance.choice(list(CITIES)), chance.choice(list(BANKS))
            at = chance.choice((*(name[:-1] for name in counties(city)), *STREETS))
            if len(at) > 1 and self._first(city + bank + at + "支行", bank + city + at + "支行"):
                return self.staffed(Organisation("bank", city, city, bank, (at, at, ""), "支行", city, "bptf"))

    def abroad(self) -> Organisation:
        """A company from another country; of Northwind's each comes once."""
        chance = self.chance
        real = next(self._abroad, "") if chance.random() < 0.2 else ""
        while True:
            first, second = chance.choice(FOLK), chance.choice(FOLK)
            brand = real or chance.choice(
                (self.word(), f"{first} & {second}", f"{first} {self.word()}", f"{chance.choice(NOUNS)} {self.word()}")
            )
            form, land = ("", chance.choice(("49", "33", "1", "44"))) if real else chance.choice(ABROAD)
            words = re.findall("[a-z0-9]+", plain(brand).lower())
            word = "".join(words)[:20]
            if real or (len(word) > 3 and self._first(("host", word), tuple(sorted(words)))):
                one = Organisation(
                    "abroad", "上海", "", brand, ("" if real else chance.choice(WORK),) * 3, form, land=land, latin=brand
                )
                one.domain = word + chance.choice((".com", ".com", ".de" if land == "49" else ".net", ".eu"))
                return self.staffed(one)
