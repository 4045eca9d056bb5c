"""What is compared of one record, and the keys it shares with records that may be the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from crm_desktop.core.alike import company, numbers, person

if TYPE_CHECKING:
    from crm_desktop.core.record import Compared

FORMAT = 1
"""Raise it when keys change their meaning: the stored ones are then made again when the program starts."""


class Sketch(NamedTuple):
    """One record for comparing. within: the record it belongs to, of persons; None when unknown."""

    id: int
    companies: tuple[company.Company, ...]
    person: person.Person | None
    within: int | None
    phones: tuple[str, ...]
    mails: tuple[str, ...]
    codes: tuple[str, ...]


def draw(compared: Compared, record_id: int, values: Mapping[str, Any], once: bool = False) -> Sketch:
    """The sketch of a record with these values (field name -> value). once: the names will not be asked for again."""
    parse = company.parse if once else company.parsed
    named = [found for name in compared.company if (text := values.get(name)) and (found := parse(text))]
    who = values.get(compared.person) if compared.person else None
    return Sketch(
        record_id,
        tuple(named),
        person.parse(who) if who else None,
        (values.get(compared.within) or None) if compared.within else None,
        tuple(number for name in compared.phones if (text := values.get(name)) for number in numbers.phones(text)),
        tuple(mail for name in compared.mails if (text := values.get(name)) for mail in numbers.mails(text)),
        tuple(code for name in compared.codes if (text := values.get(name)) for code in numbers.codes(text)),
    )


def words_of(sketch: Sketch) -> list[str]:
    """The keys of a record as words; records that are the same share one at least."""
    found: list[str] = []
    if sketch.person is None:
        for name in sketch.companies:
            found += company.keys(name)
    else:
        found.append(f"w{sketch.person.sound}{_where(sketch)}")
    found += ["p" + numbers.phone_key(number) for number in sketch.phones]
    found += ["m" + mail for mail in sketch.mails]
    found += ["c" + code for code in sketch.codes]
    return found


def _where(sketch: Sketch) -> str:
    if sketch.within is not None:
        return f"|{sketch.within}"
    return f"|{sketch.companies[0].brand_sound}" if sketch.companies else "|"


def keys_of(sketch: Sketch) -> set[int]:
    """The same as numbers, as they are stored. Two words rarely share one: what is found by it is looked at."""
    return {crc32(word.encode()) for word in words_of(sketch)}
