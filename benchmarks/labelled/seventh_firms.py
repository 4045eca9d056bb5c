"""The companies of the seventh labelled set, and how one of their rows is usually filled in: numbers, mails, tax numbers."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.labelled import seventh_words as words  # noqa: E402
from crm_desktop.core.find.pinyin import readings, simplified  # noqa: E402

Row = dict[str, str]
Rule = Callable[["Firm", random.Random], "tuple[Row, Row] | None"]
FIELDS = ("name", "short_name", "phone", "mobile", "email", "tax_no")
NAMES = ROOT.parent / "shared" / "data" / "company_names" / "company_short_20k.txt"
CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def sound(sign: str) -> str:
    """How a character is usually read; the sign itself when it is none."""
    return (readings(simplified().get(sign, sign)) or (sign,))[0]


@dataclass
class Firm:
    """What is true of one company, whoever writes it down."""

    brand: str
    trade: str
    form: str
    city: str = ""
    district: str = ""
    province: str = ""
    area: str = ""  # area code
    english: str = ""  # its trade on an English card
    cut: str = ""  # its trade as people shorten it
    number: str = ""  # the landline without its area code
    tax: str = ""
    boss: str = ""
    domain: str = ""
    wordy: bool = field(default=False)  # written with blanks between words

    @property
    def name(self) -> str:
        if self.wordy:
            return f"{self.brand} {self.trade} {self.form}"
        return f"{self.city}{self.brand}{self.trade}{self.form}"

    @property
    def spoken(self) -> str:
        """The brand in pinyin, as on an English card."""
        return "".join(sound(sign) for sign in self.brand).capitalize()

    @property
    def place(self) -> str:
        return "".join(sound(sign) for sign in self.city).capitalize() if self.city != "西安" else "Xi'an"


def digits(count: int, chance: random.Random) -> str:
    return chance.choice("2345678") + "".join(chance.choices("0123456789", k=count - 1))


def mobile(chance: random.Random) -> str:
    return chance.choice("130 131 132 136 137 138 139 151 156 177 180 185 199".split()) + digits(8, chance)


def person(chance: random.Random) -> str:
    return chance.choice(words.FAMILIES) + "".join(chance.sample(words.GIVEN, chance.choice((1, 2, 2))))


def code(chance: random.Random) -> str:
    """A credit code: 91, the place, the nine signs of the organisation, a check sign."""
    return "91" + str(chance.randrange(110000, 659000)) + "MA" + "".join(chance.choices(CODE, k=8))


def plain_letters(text: str) -> str:
    """As an English keyboard writes it: without any mark above or below."""
    table = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "ı": "i", "Æ": "AE"})
    return "".join(sign for sign in unicodedata.normalize("NFD", text.translate(table)) if not unicodedata.combining(sign))


def row(name: str, **others: str) -> Row:
    return {**dict.fromkeys(FIELDS, ""), "name": name, **others}


def filled(firm: Firm, name: str, chance: random.Random) -> Row:
    """A row of this name with what one colleague happened to know: somebody's mobile, now and then a mail, rarely more."""
    made = row(name)
    if chance.random() < 0.7:
        made["mobile"] = mobile(chance)
    if chance.random() < 0.25:
        made["email"] = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=8)) + "@" + chance.choice(words.MAILS)
    return made


def both(firm: Firm, one: str, other: str, chance: random.Random) -> tuple[Row, Row]:
    """Two rows that have nothing but the names in common; which came first is nobody's rule."""
    first, second = filled(firm, one, chance), filled(firm, other, chance)
    if chance.random() < 0.15:
        first["tax_no"] = firm.tax
    return (first, second) if chance.random() < 0.5 else (second, first)


def heard(brand: str) -> str:
    """The brand as a careless ear takes it: two that sound so alike are never two companies of this set."""
    spoken = "".join(sound(sign) for sign in brand)
    for one, other in (("ng", "n"), ("sh", "s"), ("zh", "z"), ("ch", "c"), ("n", "l"), ("h", "f")):
        spoken = spoken.replace(one, other)
    return spoken


def islanders() -> set[str]:
    """How the brands of Taiwan sound: no mainland company has one of them, nor does one that was renamed take it."""
    return {heard(one + two) for one in words.TAIWAN_SIGNS for two in words.TAIWAN_SIGNS}


def renamed(firm: Firm, chance: random.Random) -> str:
    """Another brand the company was given one day."""
    taken = islanders()
    return chance.choice([one + two for one in words.NEW for two in words.NEW if one != two and heard(one + two) not in taken])


def brands(chance: random.Random) -> Iterator[str]:
    """Short names of real companies, shuffled, none of which sounds like, begins or ends another one."""
    if NAMES.is_file():
        found = NAMES.read_text(encoding="utf-8").split()
    else:
        signs = "锦瀚博睿恒澜熙芮珀恺铭远诚拓朗格维纳德隆"
        found = [one + two + three for one in signs for two in signs for three in signs]
    found = [brand for brand in found if 2 <= len(brand) <= 4 and all(readings(sign) for sign in brand)]
    taken = {city for city, *_ in words.PLACES} | set(words.NO_BRAND)
    chance.shuffle(found)
    sounds = islanders()
    parts: set[str] = set()
    for brand in found:
        ends = {brand[:size] for size in range(2, len(brand))} | {brand[-size:] for size in range(2, len(brand))}
        if heard(brand) in sounds or brand in parts or ends & parts or any(place in brand for place in taken):
            continue
        sounds.add(heard(brand))
        parts |= {brand} | ends
        yield brand


def chinese(chance: random.Random) -> Iterator[Firm]:
    for brand in brands(chance):
        city, province, area, districts = chance.choice(words.PLACES)
        trade, english, cut = chance.choice(words.TRADES)
        firm = Firm(brand, trade, chance.choice(words.FORMS), city, chance.choice(districts), province, area, english, cut)
        firm.number, firm.tax, firm.boss = digits(8, chance), code(chance), person(chance)
        ending = chance.choice(("", "-group", "cn", english.split()[0].lower()[:4]))
        firm.domain = f"{firm.spoken.lower()}{ending}.{chance.choice(('com', 'cn', 'com.cn'))}"
        yield firm


def taiwanese(chance: random.Random) -> Iterator[Firm]:
    signs = [one + two for one in words.TAIWAN_SIGNS for two in words.TAIWAN_SIGNS if one < two]
    chance.shuffle(signs)
    sounds: set[str] = set()
    for brand in signs:
        if heard(brand) in sounds:
            continue
        sounds.add(heard(brand))
        city, area = chance.choice(words.TAIWAN_PLACES)
        form = chance.choice(("股份有限公司", "股份有限公司", "有限公司", "企業社"))
        firm = Firm(brand, chance.choice(words.TAIWAN_TRADES), form, city, area=area)
        firm.number, firm.tax, firm.boss = digits(8 if area == "02" else 7, chance), digits(8, chance), person(chance)
        firm.domain = f"{firm.spoken.lower()}.com.tw"
        yield firm


def _wordy(brand: str, trade: str, form: str, town: str, ending: str, chance: random.Random) -> Firm:
    firm = Firm(brand, trade, form, town, wordy=True)
    firm.number, firm.tax, firm.boss = digits(9, chance), digits(9, chance), person(chance)
    firm.domain = (
        "".join(sign for sign in plain_letters(brand).lower() if sign.isalnum()) + f"-{plain_letters(trade)[:4].lower()}.{ending}"
    )
    return firm


def english(chance: random.Random) -> Iterator[Firm]:
    pairs = [(one, two) for one in words.HEADS for two in words.HEADS if one != two]
    chance.shuffle(pairs)
    seen: set[frozenset[str]] = set()
    for one, two in pairs:
        if frozenset((one, two)) not in seen:
            seen.add(frozenset((one, two)))
            brand = f"{one} {two}" if chance.random() < 0.5 else f"{one} & {two}"
            yield _wordy(brand, chance.choice(words.TAILS), chance.choice(words.ENGLISH_FORMS), chance.choice(words.ENGLISH_TOWNS),
                         "com", chance)  # fmt: skip


def german(chance: random.Random) -> Iterator[Firm]:
    pairs = [(one, two) for one in words.GERMANS for two in words.GERMANS if one < two]
    chance.shuffle(pairs)
    for one, two in pairs:
        brand = chance.choice((f"{one} & {two}", f"{one}-{two}", f"Gebrüder {one}-{two}"))
        trade, form, town = (chance.choice(some) for some in (words.GERMAN_TRADES, words.GERMAN_FORMS, words.GERMAN_TOWNS))
        yield _wordy(brand, trade, form, town, "de", chance)


def romance(chance: random.Random) -> Iterator[Firm]:
    """Names with signs an English keyboard lacks; each brand once alone and then with family names of the others."""
    known = list(words.ROMANCE)
    chance.shuffle(known)
    for brand, trade, form in known:
        yield _wordy(brand, trade, form, "", "eu", chance)
    pairs = [(one, two) for one in known for two in known if one[0] < two[0]]
    chance.shuffle(pairs)
    for (one, trade, form), (two, *_) in pairs:
        yield _wordy(f"{one} {two}", trade, form, "", "eu", chance)
