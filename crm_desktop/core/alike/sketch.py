"""What is compared of one record, and the keys it shares with records that may be the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from crm_desktop.core.alike import beside, blocking, company, numbers, person
from crm_desktop.core.alike.folding import plain

if TYPE_CHECKING:
    from crm_desktop.core.record import Compared

FORMAT = 12
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
    sites: tuple[str, ...]
    """Domains of addresses that stand in place of a name."""
    traces: frozenset[str]
    """Two records without one in common share no phone, mail or tax number: most are told apart by that and their names."""


def draw(compared: Compared, record_id: int, values: Mapping[str, Any]) -> Sketch:
    """The sketch of a record with these values (field name -> value)."""
    told = [text for name in compared.company if (text := values.get(name))]
    named = [found for text in told for one in beside.names(text) if (found := company.parse(one))]
    who = values.get(compared.person) if compared.person else None
    phones: list[str] = []
    mails: list[str] = []
    codes: list[str] = []
    for name in compared.phones:
        if text := values.get(name):
            found_here = numbers.phones(text)
            phones += found_here
            if not found_here and len(text) > _WRONG_CELL:
                mails += numbers.mails(text)
                codes += numbers.credit_codes(text)
    for name in compared.mails:
        if text := values.get(name):
            mails += numbers.mails(text)
            if "@" not in text:
                phones += numbers.phones(text)
    for name in compared.codes:
        if text := values.get(name):
            codes += (found_codes := numbers.codes(text))
            if not found_codes and len(text) > _WRONG_CELL:
                phones += numbers.mobiles(text)
    sites: list[str] = []
    for text in told:
        if len(text) > _WRONG_CELL and not text.isalpha():
            phones += numbers.mobiles(text) if "1" in text else ()
            mails += numbers.mails(text) if "@" in text else ()
            sites += filter(None, (numbers.site(text),))
    return Sketch(
        record_id,
        tuple(named),
        person.parse(who) if who else None,
        (values.get(compared.within) or None) if compared.within else None,
        tuple(phones),
        tuple(mails),
        tuple(codes),
        tuple(sites),
        frozenset((*numbers.phone_traces(phones), *mails, *map(numbers.code_key, codes))),
    )


@lru_cache(20_000)
def drawn(compared: Compared, record_id: int, values: tuple[Any, ...]) -> Sketch:
    """`draw`, remembered: what one packet of a sheet is compared with the next one is often compared with again. values: in the order of
    `compared.fields()`."""
    return draw(compared, record_id, dict(zip(compared.fields(), values, strict=True)))


_WRONG_CELL = 9
"""Characters of a cell that may hold a number of another kind: the mail address in the cell of the phone, a mobile in that of the name."""


def words_of(sketch: Sketch) -> list[str]:
    """The keys of a record as words; records that are the same share one at least."""
    found: list[str] = []
    if sketch.person is None:
        for name in sketch.companies:
            found += blocking.keys(name)
    else:
        found.append(f"w{sketch.person.sound}{_where(sketch)}")
    return found + phone_words(sketch.phones) + mail_words(sketch.mails) + _of_codes(sketch.codes)


def phone_words(found: Iterable[str]) -> list[str]:
    """The keys of these numbers (digits alone) as words."""
    return ["p" + numbers.phone_key(number) for number in found]


def mail_words(found: Iterable[str]) -> list[str]:
    """The keys of these addresses (in small letters) as words."""
    return ["m" + mail for mail in found]


def _of_codes(found: Iterable[str]) -> list[str]:
    return ["c" + numbers.code_key(code) for code in found]


def _where(sketch: Sketch) -> str:
    if sketch.within is not None:
        return f"|{sketch.within}"
    return f"|{sketch.companies[0].brand_sound}" if sketch.companies else "|"


def keys_of(sketch: Sketch) -> set[int]:
    """The same as numbers, as they are stored. Two words rarely share one: what is found by it is looked at.

    Of a person also those of his company, by which records of companies find him."""
    words = words_of(sketch)
    if sketch.person is not None:
        for name in sketch.companies:
            words += blocking.keys(name)
    return hashed(words)


def hashed(words: Iterable[str]) -> set[int]:
    """Words as they are stored."""
    return {crc32(word.encode()) for word in words}


PLACES = 24  # bits


def keys_by_column(compared: Compared, count: int, columns: Mapping[str, Sequence[Any]], first: int = 0) -> list[int]:
    """The keys of many new records given as columns (field name -> values), of companies without sketches: each key with the place of
    its record, from `first` on, in the last PLACES bits. A record may have the same one twice."""
    if compared.person:
        rows = zip(*columns.values(), strict=True) if columns else [()] * count
        values = (dict(zip(columns, row, strict=True)) for row in rows)
        return in_places((keys_of(draw(compared, 0, one)) for one in values), first)
    found: list[int] = []
    for names, of_text in (
        (compared.company, _company_words),
        (compared.phones, _phone_words),
        (compared.mails, _mail_words),
        (compared.codes, _code_words),
    ):
        for name in filter(columns.__contains__, names):
            for place, text in enumerate(columns[name], first):
                if text:
                    for word in of_text(text):
                        found.append(crc32(word.encode()) << PLACES | place)
    return found


def in_places(keys: Iterable[Iterable[int]], first: int = 0) -> list[int]:
    """The keys of each of many records as `keys_by_column` gives them."""
    return [key << PLACES | place for place, several in enumerate(keys, first) for key in several]


def kin(compared: Compared, changed: Collection[str]) -> set[str]:
    """The fields whose keys have to be looked at when these have changed: another one may give the same."""
    fields = set(compared.fields())
    return set() if fields.isdisjoint(changed) else fields


def _company_words(text: str) -> list[str]:
    if plain(text) and beside.alone(text):
        return blocking.keys_of_chinese(text)
    names = beside.names(text)
    found = blocking.keys_of(names[0])
    for other in names[1:]:
        found += blocking.keys_of(other)
    if len(text) > _WRONG_CELL and not text.isalpha():
        found += phone_words(numbers.mobiles(text)) if "1" in text else ()
        found += mail_words(numbers.mails(text)) if "@" in text else ()
    return found


def _phone_words(text: str) -> list[str]:
    if key := numbers.usual_phone_key(text):
        return ["p" + key]
    found = phone_words(numbers.phones(text))
    if found or len(text) <= _WRONG_CELL:
        return found
    return [*mail_words(numbers.mails(text)), *_of_codes(numbers.credit_codes(text))]


def _mail_words(text: str) -> list[str]:
    return mail_words(numbers.mails(text)) if "@" in text else phone_words(numbers.phones(text))


def _code_words(text: str) -> list[str]:
    if key := numbers.usual_code_key(text):
        return ["c" + key]
    found = _of_codes(numbers.codes(text))
    return found if found or len(text) <= _WRONG_CELL else phone_words(numbers.mobiles(text))
