"""Makes the customers of the sixth labelled set as they are in life: their name, people, lines, mailboxes and numbers.

A brand that is heard once in the whole base is `rare`. Other brands are shared, as in life, by customers of different towns and quite
different lines of business, which nobody takes for one.
"""

# ruff: noqa: E501
from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from benchmarks.find import GIVEN, SURNAMES
from benchmarks.labelled.offices import plain
from benchmarks.labelled.parts import Parts
from benchmarks.labelled.sixth_words import (
    ABROAD,
    BODIES,
    BODY_NAMES,
    FIRST_NAMES,
    FORMS,
    GOODS,
    HARBOUR,
    HARBOUR_TRADES,
    ISLAND,
    ISLAND_TOWNS,
    ISLAND_TRADES,
    JAPAN,
    JAPAN_TRADES,
    KOREA,
    KOREA_TRADES,
    SIGNS,
    SOUNDS,
    TITLES,
    TOWNS,
    TRADES,
)
from crm_desktop.core.find.pinyin import simplified, spell


@dataclass(frozen=True)
class Person:
    """Somebody who works there."""

    name: str
    title: str
    mobile: str
    box: str


@dataclass(frozen=True)
class Client(Parts):
    """kind: company, shop, body, taiwan, hongkong, abroad, japan, korea or person."""

    town: str = ""
    district: str = ""
    line: str = ""  # of business, as said on the telephone
    family: str = ""
    english: str = ""
    sound: str = ""  # of a brand from abroad, in Chinese
    country: str = "CN"
    rare: bool = False
    phones: tuple[tuple[str, str], ...] = ()  # area code and number
    people: tuple[Person, ...] = field(default=())
    domain: str = ""
    code: str = ""

    def short(self) -> str:
        """Brand and line of business, as one says them."""
        return self.brand + self.line


def sounded(text: str) -> str:
    """A Chinese word as one word of pinyin."""
    return "".join(re.sub(r"[^a-z]", "", spell(simplified().get(sign, sign))) for sign in text)


def letters(text: str) -> str:
    """A Latin name as letters only."""
    return re.sub("[^a-z]", "", plain(text).lower())


def checked(code: str) -> str:
    """A unified social credit code with its check sign (GB 32100)."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    return code + signs[(31 - sum(signs.index(sign) * 3**at for at, sign in enumerate(code)) % 31) % 31]


class Book:
    """Customers without end, of which no two are one."""

    def __init__(self, chance: random.Random):
        self.chance = chance
        self.known: set[str] = set()
        self.places: dict[str, set[str]] = {}  # brand, as it sounds → towns and families of business that have it
        self.common = ["".join(chance.sample(SIGNS, 2)) for _number in range(500)]
        self.places.update((sounded(brand), set()) for brand in self.common)

    def new(self, *keys: str) -> bool:
        """Whether none of these is there yet; from now on they are."""
        if self.known & set(keys):
            return False
        self.known |= set(keys)
        return True

    def clear(self, parts: list[str], trade: str) -> bool:
        """Whether nobody in that line of business has the same parts in his brand, in any order, or all of them but one."""
        left = [parts[:at] + parts[at + 1 :] for at in range(len(parts))] if len(parts) > 2 else []
        return self.new(*(f"near {'-'.join(sorted(some))} {trade}" for some in (parts, *left)))

    def digits(self, count: int, begin: str = "") -> str:
        """A number nobody else has."""
        while True:
            made = begin + str(self.chance.randrange(2, 9)) + "".join(self.chance.choices("0123456789", k=count - 1))
            if self.new(made):
                return made

    def who(self) -> str:
        """The name of somebody."""
        return self.chance.choice(SURNAMES) + "".join(self.chance.choices(GIVEN, k=self.chance.choice((1, 2, 2))))

    def mobile(self, country: str = "CN") -> str:
        """A mobile number of that country."""
        if country == "CN":
            return self.digits(8, self.chance.choice("130 135 136 137 138 139 150 151 158 177 186 189 199".split()))
        begin, more = {"TW": ("09", 8), "HK": ("9", 7), "JP": ("090", 8), "KR": ("010", 8)}.get(country, ("7", 9))
        return self.digits(more, begin)

    def staff(self, country: str, domain: str) -> tuple[Person, ...]:
        """Three people; some write from a mailbox of their own."""
        chance, found = self.chance, []
        for _number in range(3):
            name = self.who()
            first, last = sounded(name[1:]), sounded(name[0])
            if country in ABROAD:
                first, last = chance.choice(FIRST_NAMES), re.sub("[^a-z]", "", plain(chance.choice(ABROAD[country][1])).lower())
                name = f"{first} {last.capitalize()}"
            user = first.lower() + chance.choice(("", ".", "_")) + last if chance.random() < 0.5 else chance.choice(
                ("sales", "info", "purchase", "admin", "office", "cg", "market")) + str(chance.randrange(100))  # fmt: skip
            own = domain and chance.random() < 0.7
            private = (
                f"{self.digits(8)}@qq.com"
                if chance.random() < 0.5
                else f"{user}{chance.randrange(10000)}@{chance.choice(('163.com', '126.com'))}"
            )
            box = f"{user}@{domain}" if own else private if country == "CN" else f"{user}{self.digits(5)}@gmail.com"
            found.append(Person(name, chance.choice(TITLES), self.mobile(country), box))
        while len({one.box for one in found}) < 3:
            found = [Person(one.name, one.title, one.mobile, f"{at}{one.box}") for at, one in enumerate(found)]
        return tuple(found)

    def host(self, word: str, end: str) -> str:
        """A mail domain nobody else has."""
        while not self.new(f"@{word}{end}"):
            word += self.chance.choice("abcdghkmstxz")
        return word + end

    def kin(self, client: Client, town: str = "") -> Client:
        """Another customer that has all of it but people, numbers and code: those are its own, of that town."""
        if client.country != "CN":
            return replace(client, people=self.staff(client.country, ""), phones=tuple((area, self.digits(len(rest))) for area, rest in client.phones),
                           domain="", code="".join(re.findall("^[A-Z]*", client.code)) + self.digits(len(re.sub("[A-Z]", "", client.code)) or 8))  # fmt: skip
        _province, area, region, *_districts = TOWNS[town or client.town]
        return replace(
            client, people=self.staff("CN", ""), phones=self.lines(area), domain="", code=self.credit(region, client.code[:2])
        )

    def lines(self, area: str) -> tuple[tuple[str, str], ...]:
        """Two landlines."""
        return tuple((area, self.digits(8 if len(area) < 4 or area[1] in "57" else 7)) for _line in range(2))

    def company(self, rare: bool = True, at: str = "") -> Client:
        """One of the mainland."""
        chance = self.chance
        while True:
            town = at or chance.choice(list(TOWNS))
            province, area, region, *districts = TOWNS[town]
            full, middle, said, english, family = chance.choice(TRADES)
            brand = "".join(chance.sample(SIGNS, chance.choice((2, 2, 3)))) if rare else chance.choice(self.common)
            places = self.places.setdefault(sounded(brand), set())
            if (places and rare) or {town, family} & places or (rare and brand in self.common):
                continue
            if rare and sounded(brand) in map(sounded, self.common):
                continue
            if rare and not self.clear(list(brand), full):
                continue
            places |= {town, family, "taken"}
            break
        suffix = "市" if province == "广东" or chance.random() < 0.25 else ""
        place = chance.choice(
            (town + suffix,) * 4 + (province if town not in (province, "昆山") and chance.random() < 0.5 else town,)
        )
        layout = chance.choice(("pbtf",) * 6 + ("bPtf", "btPf"))
        place = place.removesuffix("市") if layout != "pbtf" else place
        form = chance.choice(FORMS)
        form = "有限公司" if form == "厂" and layout != "pbtf" else form
        domain = ""
        if chance.random() < 0.5:
            domain = self.host(
                sounded(brand) + chance.choice(("", "", "-cn", english.split()[-1].lower()[:4])),
                chance.choice((".com", ".cn", ".com.cn")),
            )
        name = f"{' '.join((sounded(town).capitalize(), sounded(brand).capitalize(), english))} Co., Ltd."
        return Client("company", place, brand, full, form, layout, middle, town=town, district=chance.choice(districts), line=said, family=family,
                      english=name, rare=rare, phones=self.lines(area),
                      people=self.staff("CN", domain), domain=domain, code=self.credit(region))  # fmt: skip

    def credit(self, region: str, begin: str = "91") -> str:
        """A credit code nobody else has."""
        return checked(begin + region + (self.digits(9) if self.chance.random() < 0.5 else self.digits(7, "MA")))

    def shop(self) -> Client:
        """A shop whose licence names its district."""
        chance = self.chance
        while True:
            town = chance.choice(list(TOWNS))
            _province, area, region, *districts = TOWNS[town]
            district, goods, owner = chance.choice(districts), chance.choice(GOODS), self.who()
            near = re.sub("(?:新区|区|镇|街道)$", "", district)
            near = near if len(near) > 1 else district
            brand = chance.choice(
                (
                    f"{owner[0]}记",
                    f"老{owner[0]}",
                    f"阿{owner[-1]}",
                    owner,
                    "".join(chance.sample(SIGNS, 2)),
                    "".join(chance.sample(SIGNS, 2)),
                )
            )
            if self.new(f"shop {sounded(brand)} {goods[:2]}", f"shop {sounded(brand)} {town}", sounded(brand) + goods):
                break
        people = self.staff("CN", "")
        people = (Person(owner, "老板", people[0].mobile, people[0].box), *people[1:])
        return Client("shop", near, brand, goods, chance.choice(("", "", "（个体工商户）")), "pbtf", town=town, district=district, line=goods,
                      phones=self.lines(area), people=people, code=self.credit(region, "92"))  # fmt: skip

    def body(self) -> Client:
        """A school, a hospital, an authority."""
        chance = self.chance
        while True:
            town = chance.choice(list(TOWNS))
            _province, area, region, *districts = TOWNS[town]
            full, called = chance.choice(BODIES)
            words = {
                "c": town,
                "d": chance.choice(districts),
                "n": chance.choice("一二三四五六七八九"),
                "x": chance.choice(BODY_NAMES),
            }
            name = full.format(**words)
            if self.new(name, called.format(**words)):
                break
        return Client("body", town, name, words["n"] if "{n}" in full else "", layout="b", called=called.format(**words), town=town,
                      district=words["d"], phones=self.lines(area), people=self.staff("CN", ""), code=self.credit(region, "12"))  # fmt: skip

    def taiwan(self) -> Client:
        """One of Taiwan, with its number of eight digits."""
        return self._overseas("taiwan", ISLAND, ISLAND_TRADES, "TW", ".com.tw")

    def hongkong(self) -> Client:
        """One of Hong Kong, registered in both languages."""
        return self._overseas("hongkong", HARBOUR, HARBOUR_TRADES, "HK", ".com.hk")

    def _overseas(self, kind: str, signs: dict[str, str], trades: tuple[list[str], ...], country: str, end: str) -> Client:
        chance = self.chance
        while True:
            trade, english = chance.choice(trades)
            brand = "".join(chance.sample(list(signs), chance.choice((2, 2, 3))))
            latin = " ".join(signs[sign] for sign in brand)
            if sounded(brand) not in self.places and self.new(f"latin {latin.lower()}", f"latin {brand}") and self.clear(list(brand), kind + trade):
                break
        self.places[sounded(brand)] = {"taken"}
        town = chance.choice(list(ISLAND_TOWNS))
        domain = (
            self.host(latin.replace(" ", "").lower() + chance.choice(("", english[:4].lower())), end)
            if chance.random() < 0.6
            else ""
        )
        if kind == "taiwan":
            form, layout, name, area = (
                chance.choice(("股份有限公司", "股份有限公司", "有限公司")),
                "btf",
                f"{latin} {english} Co., Ltd.",
                ISLAND_TOWNS[town],
            )
        else:
            form, layout, area = "有限公司", chance.choice(("btf", "bPtf", "pbtf")), "852"
            name = f"{latin} {english} {'(Hong Kong) ' if layout == 'bPtf' else '(HK) ' if layout == 'pbtf' else ''}Limited"
        return Client(kind, "香港" if kind == "hongkong" else "", brand, trade, form, layout, town=town, line=trade[:2], english=name, country=country,
                      rare=True, phones=tuple((area, self.digits(8)) for _ in range(2)), people=self.staff(country, domain), domain=domain,
                      code=self.digits(8) if kind == "taiwan" or chance.random() < 0.3 else "")  # fmt: skip

    def abroad(self, family: bool = False, country: str = "") -> Client:
        """One of the West, India or Vietnam: a made-up brand, or a family's name."""
        chance = self.chance
        land = country or chance.choice(list(ABROAD))
        forms, families, lines, (dial, length), (end,), (begin, signs) = ABROAD[land]
        while True:
            trade, sound = chance.choice(lines), ""
            if family or chance.random() < 0.35:
                first, second = chance.sample(families, 2)
                parts = chance.choice(([first], [first, second]))
                brand = chance.choice((" & ", " ")).join(parts)
            else:
                parts = chance.sample(list(SOUNDS), chance.choice((3, 3, 4)))
                brand, sound = "".join(parts).capitalize(), "".join(SOUNDS[part] for part in parts)
            # A family's name alone may stand in another line of business, a brand stands once.
            key = letters(brand)
            if self.new(f"abroad {key} {trade}", *([f"abroad {key}"] if sound or " " in brand else [])) and self.clear(
                parts, f"abroad {trade}"
            ):
                break
        domain = self.host(
            re.sub("[^a-z]", "", key) + ("" if sound else "-" + re.sub("[^a-z]", "", plain(trade).lower())[:6]), end
        )
        return Client("abroad", "", brand, trade, chance.choice(forms), country=land, sound=sound, rare=bool(sound), line=trade,
                      phones=tuple((dial, self.digits(int(length))) for _ in range(2)), people=self.staff(land, domain), domain=domain,
                      code=begin + self.digits(int(signs)))  # fmt: skip

    def japan(self) -> Client:
        """One of Japan."""
        return self._neighbour("japan", JAPAN, JAPAN_TRADES, "JP", "81", "株式会社", ".co.jp")

    def korea(self) -> Client:
        """One of Korea."""
        return self._neighbour("korea", KOREA, KOREA_TRADES, "KR", "82", "주식회사", ".co.kr")

    def _neighbour(
        self,
        kind: str,
        brands: tuple[list[str], ...],
        trades: tuple[list[str], ...],
        country: str,
        dial: str,
        form: str,
        end: str,
    ) -> Client:
        chance = self.chance
        while True:
            (brand, latin), (trade, english) = chance.choice(brands), chance.choice(trades)
            if chance.random() < 0.6:
                more, sound = chance.choice([one for one in brands if one[0] != brand])
                brand, latin = brand + more, f"{latin} {sound}"
            if self.new(f"{kind} {brand} {trade}") and self.clear(sorted(latin.split()), kind + trade):
                break
        domain = self.host(re.sub("[^a-z]", "", (latin + english.split()[0]).lower()), end)
        return Client(kind, "", brand, trade, form, chance.choice(("fbt", "btf")), country=country, english=f"{latin} {english} Co., Ltd.", line=trade,
                      phones=tuple((dial, self.digits(9)) for _ in range(2)), people=self.staff(country, domain), domain=domain)  # fmt: skip

    def person(self) -> Client:
        """Somebody who buys in his own name."""
        while True:
            people = self.staff("CN", "")
            if self.new(f"person {people[0].name}"):
                return Client("person", brand=people[0].name, layout="b", people=people)

    def __iter__(self) -> Iterator[Client]:
        makers = ((self.company, 36), (lambda: self.company(rare=False), 22), (self.shop, 8), (self.body, 6), (self.taiwan, 7), (self.hongkong, 4),
                  (self.abroad, 13), (self.japan, 1), (self.korea, 0.3), (self.person, 2))  # fmt: skip
        while True:
            yield self.chance.choices([maker for maker, _weight in makers], [weight for _maker, weight in makers])[0]()  # type: ignore[operator]
