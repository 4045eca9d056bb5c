"""Who a letter goes to, and the lines of the address as his country writes them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

# Countries that write the postcode before the town (Universal Postal Union, country address sheets).
_BEFORE_TOWN = """
    Argentina, Austria, Belgium, Brazil, Bulgaria, Croatia, Czechia, Czech Republic, Denmark, Estonia, Finland,
    France, Germany, Greece, Iceland, Israel, Italy, Luxembourg, Malaysia, Mexico, Morocco, Netherlands,
    The Netherlands, Norway, Poland, Portugal, Romania, Serbia, Slovakia, Slovenia, Spain, Sweden, Switzerland,
    Turkey, Venezuela, Österreich, Deutschland, Schweiz, España, Italia, Sverige, Norge, Danmark, Suomi, Polska,
    Brasil, AR, AT, BE, BR, CH, CZ, DE, DK, ES, FI, FR, GR, IT, LU, MX, MY, NL, NO, PL, PT, SE, SI, SK, TR, VE
"""
_ALONE = "UK, GB, United Kingdom, Great Britain, England, Ireland, IE"
_CHINA = "China, P.R. China, PR China, CN, 中国, 中华人民共和国"


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in text.split(","))


POSTCODE_FIRST = _names(_BEFORE_TOWN)
POSTCODE_ALONE = _names(_ALONE)
CHINA = _names(_CHINA)
MUNICIPAL = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
UNPRINTABLE = ("Cc", "Cs", "Zl", "Zp")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True)
class Recipient:
    """One address. All texts may be empty; `address` may have several lines."""

    name: str = ""
    honorific: str = ""
    job: str = ""
    company: str = ""
    address: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Wording:
    """Which parts of an address are printed. `closing` follows a Chinese name (收, 启, 亲启; empty for none)."""

    postcode: bool = True
    company: bool = True
    job: bool = False
    honorific: bool = True
    phone: bool = False
    closing: str = "收"
    home: str = "China"  # this country's name is left out


PLAIN = Wording()


class Part(NamedTuple):
    """One line of an address and what it is: postcode, place, company, name, job, country or phone."""

    kind: str
    text: str


def is_chinese(recipient: Recipient) -> bool:
    """Whether the address is written the Chinese way: by the script of the address, else of the names."""
    place = recipient.address + recipient.city
    if place.strip():
        return bool(_HAN.search(place))
    return bool(_HAN.search(recipient.company + recipient.name)) or recipient.country.strip().casefold() in CHINA


def clean(text: str) -> str:
    """Text fit for a line of paper: composed letters, no control characters, single spaces; line ends
    stay."""
    if not text:
        return ""
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text.strip() if "  " not in text else _SPACES.sub(" ", text).strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (letter for letter in text if letter == "\n" or unicodedata.category(letter) not in UNPRINTABLE)
    return _SPACES.sub(" ", "".join(kept)).strip()


def postcode_digits(postcode: str) -> str:
    """The postcode with full-width digits made plain and spaces taken out."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", postcode))


def is_chinese_postcode(postcode: str) -> bool:
    """Six digits, as the boxes on the envelope want them."""
    digits = postcode_digits(postcode)
    return len(digits) == 6 and digits.isascii() and digits.isdigit()


def chinese_place(recipient: Recipient) -> str:
    """Province, city and street in one run; parts the street already begins with are not repeated."""
    street = clean(recipient.address).replace("\n", " ")
    region, city = clean(recipient.region), clean(recipient.city)
    if city in MUNICIPAL or city == region:
        city = ""
    if region and street.startswith(region):
        return street
    if city and street.startswith(city):
        return region + street
    return region + city + street


def parts(recipient: Recipient, wording: Wording = PLAIN) -> list[Part]:
    """The lines of the address from top to bottom, empty ones left out."""
    lines = _chinese(recipient, wording) if is_chinese(recipient) else _western(recipient, wording)
    return [part for part in lines if part.text]


def name_line(recipient: Recipient, wording: Wording) -> str:
    """A Chinese name with title and closing: 张海燕 女士 收; a job title takes the place of the honorific."""
    name = clean(recipient.name)
    if not name:
        return ""
    job = clean(recipient.job) if wording.job else ""
    honorific = clean(recipient.honorific) if wording.honorific else ""
    return " ".join(filter(None, (name, job or honorific, wording.closing)))


def _chinese(recipient: Recipient, wording: Wording) -> list[Part]:
    company = clean(recipient.company) if wording.company or not recipient.name.strip() else ""
    if company and not recipient.name.strip() and wording.closing:
        company = f"{company} {wording.closing}"
    country = clean(recipient.country)
    abroad = country and country.casefold() not in CHINA and country.casefold() != wording.home.casefold()
    return [
        Part("postcode", postcode_digits(recipient.postcode) if wording.postcode else ""),
        Part("country", country if abroad else ""),
        Part("place", chinese_place(recipient)),
        Part("company", company),
        Part("name", name_line(recipient, wording)),
        Part("phone", clean(recipient.phone) if wording.phone else ""),
    ]


def _western(recipient: Recipient, wording: Wording) -> list[Part]:
    honorific = clean(recipient.honorific) if wording.honorific else ""
    name = clean(recipient.name)
    person = f"{honorific} {name}".strip() if name else ""
    lines = [
        Part("name", person),
        Part("job", clean(recipient.job) if wording.job and name else ""),
        Part("company", clean(recipient.company) if wording.company or not name else ""),
    ]
    lines += [Part("place", line.strip()) for line in clean(recipient.address).split("\n")]
    lines += _town(recipient, wording)
    country = clean(recipient.country)
    if country.casefold() != wording.home.casefold():
        lines.append(Part("country", country.upper()))
    if wording.phone:
        lines.append(Part("phone", clean(recipient.phone)))
    return lines


def _town(recipient: Recipient, wording: Wording) -> list[Part]:
    city, region = clean(recipient.city), clean(recipient.region)
    postcode = clean(recipient.postcode) if wording.postcode else ""
    country = clean(recipient.country).casefold()
    if country in POSTCODE_FIRST:
        town = " ".join(filter(None, (postcode, city)))
        return [Part("place", ", ".join(filter(None, (town, region))))]
    if country in POSTCODE_ALONE:
        return [Part("place", city), Part("place", region), Part("place", postcode)]
    town = ", ".join(filter(None, (city, region)))
    return [Part("place", " ".join(filter(None, (town, postcode))))]
