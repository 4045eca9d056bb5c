"""Look at what a candidate record really says: whether it matches, how well, and which part of its title to mark."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.core.find.fold import FOLD, places
from crm_desktop.core.find.grams import INITIAL, Doc, phone_digits
from crm_desktop.core.find.pinyin import readings
from crm_desktop.core.find.query import Query, Term
from crm_desktop.core.find.syllables import PARTS

# How good a match is before its place and the length of the name count.
EXACT, BEGINS, WORD, INSIDE = 900, 800, 650, 600
SPELLED_EXACT, SPELLED_BEGINS, SPELLED_INSIDE = 780, 700, 520
PHONE_EXACT, PHONE_BEGINS, PHONE_ENDS, PHONE_INSIDE = 880, 560, 550, 540
TEXT = 300
OTHER_NAME = 50  # an alias counts this much less than the title
_STEP = 1000  # score points; below it place and length decide


class Match(NamedTuple):
    """How well a record matches (more is better), and the parts of its title to mark as (start, end)."""

    score: int
    spans: tuple[tuple[int, int], ...]


class _Said:
    """A record's text, folded once for all terms."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.folded = [name.translate(FOLD) for name in doc.names if name]
        self.names = [name.replace(" ", "") for name in self.folded]
        self._texts: list[str] | None = None

    def texts(self) -> list[str]:
        if self._texts is None:
            self._texts = [text.translate(FOLD).replace(" ", "") for text in self.doc.texts if text]
        return self._texts


def rank(query: Query, doc: Doc) -> Match | None:
    """How `doc` matches, or None if it does not (the index promises too much now and then)."""
    said = _Said(doc)
    best: Match | None = None
    for terms in query.variants:
        found = _all_terms(terms, said)
        if found and (best is None or found.score > best.score):
            best = found
    return best


def _all_terms(terms: tuple[Term, ...], said: _Said) -> Match | None:
    score = 0
    spans: list[tuple[int, int]] = []
    for term in terms:
        found = _term(term, said)
        if found is None:
            return None
        score += found[0]
        if found[1] is not None:
            spans.append(found[1])
    score //= len(terms)
    if len(terms) > 1 and said.names:
        together = "".join(term.text for term in terms)
        if together in said.names[0]:
            score += 100 * _STEP
    return Match(score, _marked(spans, said.doc.names[0]) if spans else ())


def _marked(spans: list[tuple[int, int]], title: str) -> tuple[tuple[int, int], ...]:
    """Spans of the squeezed title as spans of the title itself, joined where they touch."""
    origin = places(title)
    marks: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        first, last = origin[start], origin[end - 1] + 1
        if marks and first <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(last, marks[-1][1]))
        else:
            marks.append((first, last))
    return tuple(marks)


Found = tuple[int, tuple[int, int] | None]


def _term(term: Term, said: _Said) -> Found | None:
    """The best score of one term over all that the record says, and its place in the title."""
    best = 0
    span: tuple[int, int] | None = None
    for index, name in enumerate(said.names):
        found = _in_name(term, name, said.folded[index])
        if found is None:
            continue
        quality, start, end = found
        score = (quality - (OTHER_NAME if index else 0)) * _STEP - min(start, 40) * 10 - min(len(name), 400)
        if index == 0:
            span = (start, end)
        best = max(best, score)
    if term.number and len(term.phone) > 1:
        best = max(best, max((_in_phone(term.phone, phone) for phone in said.doc.phones), default=0))
    if not best and any(term.text in text for text in said.texts()):
        best = TEXT * _STEP
    return (best, span) if best else None


def _in_phone(wanted: str, phone: str) -> int:
    digits = phone_digits(phone)
    place = digits.find(wanted)
    if place < 0:
        return 0
    if len(digits) == len(wanted):
        return PHONE_EXACT * _STEP
    if place == 0:
        return PHONE_BEGINS * _STEP
    return (PHONE_ENDS if digits.endswith(wanted) else PHONE_INSIDE) * _STEP


def _in_name(term: Term, name: str, folded: str) -> tuple[int, int, int] | None:
    """(quality, start, end) of the term in a squeezed name."""
    wanted = term.text
    place = name.find(wanted)
    if place >= 0:
        end = place + len(wanted)
        if place == 0:
            return (EXACT if end == len(name) else BEGINS), place, end
        return (WORD if f" {term.words}" in folded else INSIDE), place, end
    if term.letters or term.mixed:
        return _in_sounds(wanted, name)
    return None


def _in_sounds(wanted: str, name: str) -> tuple[int, int, int] | None:
    """The same for a name that is spelled by its sound, in full or by initials."""
    if name.isascii():
        return None
    first = wanted[0].translate(INITIAL)
    stream = name.translate(INITIAL)
    for start, initial in enumerate(stream):
        if initial != first and initial.isascii():
            continue
        end = spelled_until(wanted, name, start)
        if end:
            if start:
                return SPELLED_INSIDE, start, end
            return (SPELLED_EXACT if end == len(name) else SPELLED_BEGINS), start, end
    return None


def spelled_until(wanted: str, name: str, start: int) -> int:
    """Where the part of `name` ends that `wanted` spells from `start` on; 0 when it does not.

    Each character is spelled in full or by its initial; the last one may be spelled in part.
    """
    reached = {0}
    for place in range(start, len(name)):
        letter = name[place]
        onward: set[int] = set()
        for said in (letter, *readings(letter)):
            size = len(said)
            for begun in reached:
                if wanted.startswith(said, begun):
                    onward.add(begun + size)
                if said.startswith(wanted[begun:]):
                    return place + 1
                for part in (said[:1], said[:2]):
                    if part in PARTS and wanted.startswith(part, begun):
                        onward.add(begun + len(part))
        if len(wanted) in onward:
            return place + 1
        if not onward:
            return 0
        reached = onward
    return 0
