"""Why a record was found when its title does not show it: the piece of a note, number or phone that matched, marked."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.core.find.fold import places, squeeze
from crm_desktop.core.find.grams import Doc, phone_digits
from crm_desktop.core.find.query import Query, Term
from crm_desktop.core.find.rank import Match, rank

BEFORE, AFTER = 10, 30  # characters shown around the matching ones
Span = tuple[int, int]


def excerpt(query: Query, doc: Doc) -> tuple[str, tuple[Span, ...]]:
    """(text, places in it to mark): a short piece of what matched outside the title; ("", ()) when the title shows it."""
    if not doc.names:
        return "", ()
    title = squeeze(doc.names[0])
    for terms in query.variants:
        for term in terms:
            found = None if term.text in title else _of(term, doc)
            if found:
                return found
    return "", ()


def _of(term: Term, doc: Doc) -> tuple[str, tuple[Span, ...]] | None:
    for text in (*doc.names[1:], *doc.texts):
        start = squeeze(text).find(term.text)
        if start >= 0:
            origin = places(text)
            return _cut(text, (origin[start], origin[start + len(term.text) - 1] + 1))
    if term.number and len(term.phone) > 2:
        for phone in doc.phones:
            place = phone_digits(phone).find(term.phone)
            if place >= 0:
                return phone, _in_phone(phone, term.phone)
    return None


def _in_phone(phone: str, wanted: str) -> tuple[Span, ...]:
    """The wanted digits in a phone number as it was typed, whatever stands between them."""
    digits = [place for place, sign in enumerate(phone) if sign.isdecimal()]
    start = "".join(squeeze(phone[place]) for place in digits).find(wanted)
    return ((digits[start], digits[start + len(wanted) - 1] + 1),) if start >= 0 else ()


def _cut(text: str, span: Span) -> tuple[str, tuple[Span, ...]]:
    start, end = span
    first, last = max(0, start - BEFORE), min(len(text), end + AFTER)
    head, tail = "…" if first else "", "…" if last < len(text) else ""
    shift = len(head) - first
    piece = "".join(" " if sign.isspace() else sign for sign in text[first:last])  # line ends and tabs
    return head + piece + tail, ((start + shift, end + shift),)


def said_by(query: Query, label: str) -> tuple[Span, ...] | None:
    """Where a query stands in any label, by its characters, pinyin or initials: the places to mark; None when it does not."""
    match: Match | None = rank(query, Doc(0, (label,))) if query else None
    return match.spans if match is not None else None


def filtered(query: Query, labels: Sequence[str]) -> list[int]:
    """The places of the labels a query stands in, the best first."""
    ranked = [(match.score, -place) for place, label in enumerate(labels) if (match := rank(query, Doc(0, (label,)))) is not None]
    return [-place for _score, place in sorted(ranked, reverse=True)]
