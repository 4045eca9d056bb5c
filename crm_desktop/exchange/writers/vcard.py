"""Writes contact cards (vCard 3.0, which every phone and mail program reads): one for each contact, lead or company."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from crm_desktop.core.ids import UID
from crm_desktop.exchange.writers.columns import Column
from crm_desktop.exchange.writers.content_lines import EntryWriter, escaped, own_line, text_of

# Field -> property, for those that are one line of text.
_LINES = {
    "title": "TITLE",
    "mobile": "TEL;TYPE=CELL",
    "phone": "TEL;TYPE=WORK,VOICE",
    "fax": "TEL;TYPE=WORK,FAX",
    "website": "URL;TYPE=WORK",
    "wechat": "X-WECHAT",
    "note": "NOTE",
}
_PLACE = ("address", "city", "province", "postcode", "country")


class VcardWriter(EntryWriter):
    """`company`: the cards are of companies, else of persons."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column], company: bool):
        self._company = company
        super().__init__(file, columns)

    def lines(self, facts: dict[str, Any]) -> list[str]:
        name = text_of(facts.pop("name", ""))
        lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{escaped(name)}"]
        if "id" in facts:
            lines.append(f"UID:{UID.format(id=facts.pop('id'))}")
        if self._company:
            lines += [f"N:{escaped(name)};;;;", f"ORG:{escaped(name)}", "X-ABSHOWAS:COMPANY"]
        else:
            lines += [f"N:;{escaped(name)};;;", *_organisation(facts)]
        for field, written in _LINES.items():
            if field in facts:
                lines.append(f"{written}:{escaped(text_of(facts.pop(field)))}")
        for address in str(facts.pop("email", "")).split("; "):
            if address:
                lines.append(f"EMAIL;TYPE=WORK,INTERNET:{escaped(address)}")
        if "birthday" in facts:
            lines.append(f"BDAY:{text_of(facts.pop('birthday'))}")
        if "tags" in facts:
            lines.append("CATEGORIES:" + ",".join(escaped(tag) for tag in str(facts.pop("tags")).split("、")))
        if any(part in facts for part in _PLACE):
            street, city, province, postcode, country = (escaped(text_of(facts.pop(part, ""))) for part in _PLACE)
            lines.append(f"ADR;TYPE=WORK:;;{street};{city};{province};{postcode};{country}")
        return [*lines, *(own_line(field, value) for field, value in facts.items()), "END:VCARD"]


def _organisation(facts: dict[str, Any]) -> list[str]:
    company = text_of(facts.pop("customer", "") or facts.pop("company", ""))
    unit = text_of(facts.pop("unit", ""))
    if not (company or unit):
        return []
    return [f"ORG:{escaped(company)};{escaped(unit)}" if unit else f"ORG:{escaped(company)}"]
