"""Reads contact cards (.vcf: vCard 2.1, 3.0 and 4.0) as a table: one row a card, one column for each kind of fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from crm_desktop.core.words import _
from crm_desktop.exchange.cells import Cell, clean_text
from crm_desktop.exchange.readers.content_lines import Component, Line, components

Facts = dict[str, Cell]

# The columns in their order; their headings, in every language, are among those every mapping knows (resources/import/headers.json).
COLUMNS = (
    _("Full Name"), _("Company"), _("Department"), _("Job Title"), _("Mobile"), _("Phone"), _("Other Phones"), _("Fax"), _("Email"),
    _("WeChat"), _("Website"), _("Street"), _("City"), _("Province"), _("Postal Code"), _("Country"), _("Birthday"),
    _("Day of Birth without Year"), _("Gender"), _("Tags"), _("Note"), _("Unreadable Lines"),
)  # fmt: skip
# Facts our own export writes that vCard has no property for: X-CRM-IS-PRIMARY -> the column `is_primary`, a field's name.
OWN = "X-CRM-"
UID = re.compile(r"(\d{15,19})@crm-desktop")

_CHINESE = re.compile("[\u3400-\u9fff]")
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T.*)?")
_GENDERS = {"M": "m", "F": "f"}
_LONGEST_CELL = 30_000


def cards(lines: Iterable[str]) -> Iterator[Facts]:
    """The facts of each card, by column."""
    for component in components(lines, ("VCARD",)):
        yield _facts(component)


def table_of(read: Callable[[], Iterator[Facts]], columns: tuple[str, ...]) -> Iterator[list[Cell]]:
    """The headings of all facts there are, then a row for each set of facts. `read` is called twice, so that no file has to fit
    into memory."""
    found: dict[str, None] = {}
    for facts in read():
        found.update(dict.fromkeys(facts))
    headings = [name for name in columns if name in found] + sorted(found.keys() - set(columns))
    if not found:
        return
    yield list(headings)
    for facts in read():
        yield [facts.get(name) for name in headings]


def _facts(card: Component) -> Facts:
    facts: Facts = {}
    phones: dict[str, list[str]] = {"Mobile": [], "Phone": [], "Other Phones": [], "Fax": []}
    several: dict[str, list[str]] = {"Email": [], "Website": [], "Note": [], "Tags": [], "Unreadable Lines": []}
    for line in card.lines:
        if line.name == "TEL":
            phones[_sort_of_phone(line)].append(_phone(line))
        elif line.name == "EMAIL":
            several["Email"].append(line.text().removeprefix("mailto:"))
        elif line.name == "URL":
            several["Website"].append(line.text())
        elif line.name == "NOTE":
            several["Note"].append(line.text())
        elif line.name == "CATEGORIES":
            several["Tags"] += line.parts(",")
        elif line.name == "" and line.value.strip():
            several["Unreadable Lines"].append(line.value.strip()[:200])
        else:
            _take(line, facts)
    if card.text("KIND").lower() == "org" or card.text("X-ABSHOWAS").upper() == "COMPANY":
        facts.setdefault("Company", _name(card))  # the card of a company, not of somebody there
    else:
        facts["Full Name"] = _name(card)
    for column, numbers in phones.items():
        numbers = list(dict.fromkeys(filter(None, map(clean_text, numbers))))
        # Two numbers fit into a field; what is more stands in a column of its own.
        if column in ("Mobile", "Phone"):
            phones["Other Phones"][:0] = numbers[2:]
            numbers = numbers[:2]
        facts[column] = "; ".join(numbers)
    for column, texts in several.items():
        between = "\n" if column in ("Note", "Unreadable Lines") else "; " if column == "Email" else "、"
        kept = list(dict.fromkeys(filter(None, map(clean_text, texts))))
        facts[column] = between.join(kept[:1] if column == "Website" else kept)
    return cleaned(facts)


def cleaned(facts: Facts) -> Facts:
    """Without the empty ones, texts tidied and of a bearable length."""
    tidy = {name: (clean_text(value[:_LONGEST_CELL]) if isinstance(value, str) else value) for name, value in facts.items()}
    return {name: value for name, value in tidy.items() if value is not None}


def _take(line: Line, facts: Facts) -> None:
    """Facts that come once; the first of several wins (the preferred one is written first)."""
    name = line.name
    if name == "ORG":
        company, *units = line.parts()
        facts.setdefault("Company", company)
        facts.setdefault("Department", " / ".join(filter(None, (unit.strip() for unit in units))))
    elif name == "TITLE":
        facts.setdefault("Job Title", line.text())
    elif name == "BDAY":
        # Phones write --0203 when they do not know the year, which no field can hold.
        facts.setdefault("Day of Birth without Year" if line.value.startswith("--") else "Birthday", _day(line.text()))
    elif name == "GENDER":
        facts.setdefault("Gender", _GENDERS.get(line.parts()[0].strip().upper(), ""))
    elif name == "ADR":
        if any(map(str.strip, line.parts())) and "Street" not in facts:
            _address(line, facts)
    elif name == "UID":
        if found := UID.fullmatch(line.text().strip()):
            facts["id"] = found[1]
    elif name in ("X-WECHAT", "X-WEIXIN", "X-QQ-WECHAT"):
        facts.setdefault("WeChat", line.text())
    elif name in ("IMPP", "X-SOCIALPROFILE") and (line.kinds & {"wechat", "weixin"} or line.value.lower().startswith("weixin:")):
        facts.setdefault("WeChat", line.text().partition(":")[2] or line.text())
    elif name.startswith(OWN):
        own = field_named(name)
        facts[{"gender": "Gender"}.get(own, own)] = line.text()


def field_named(name: str) -> str:
    """X-CRM-IS-PRIMARY -> is_primary."""
    return name.removeprefix(OWN).lower().replace("-", "_")


def _name(card: Component) -> str:
    whole = card.text("FN").strip()
    line = card.first("N")
    if whole or line is None:
        return whole
    family, given, middle = [*(part.strip() for part in line.parts()), "", "", ""][:3]
    if _CHINESE.search(family + given):
        return family + middle + given
    return " ".join(filter(None, (given, middle, family)))


def _sort_of_phone(line: Line) -> str:
    kinds = line.kinds
    if "fax" in kinds:
        return "Fax"
    if kinds & {"cell", "iphone"}:
        return "Mobile"
    if kinds & {"pager", "video", "modem", "isdn"} and not kinds & {"voice", "work", "home"}:
        return "Other Phones"
    return "Phone"


def _phone(line: Line) -> str:
    text = line.text()
    if text.lower().startswith("tel:"):  # vCard 4.0: tel:+1-418-656-9254;ext=102
        text = text[4:].replace(";ext=", " ext. ")
    return text


def _address(line: Line, facts: Facts) -> None:
    box, extended, street, city, province, postcode, country = [*line.parts(), *[""] * 7][:7]
    street = ", ".join(filter(None, (part.strip() for part in (box, extended, street))))
    values = (street, city, province, postcode, country)
    facts.update(zip(("Street", "City", "Province", "Postal Code", "Country"), values, strict=True))


def _day(text: str) -> Cell:
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return text
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return text
