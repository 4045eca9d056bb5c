"""Look at what a candidate record really says: whether it matches, how well, and which part of its title to mark."""

from __future__ import annotations

from collections.abc import Sequence

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
TOGETHER = 100  # several terms that stand together count this much more
_STEP = 1000  # score points; below it place and length decide

ELSEWHERE = (WORD + 1) * _STEP
"""What one term that is no number scores at most where no title begins with it."""

Span = tuple[int, int]


class Match:
    """How well a record matches: the more `score`, the better."""

    __slots__ = ("_squeezed", "_title", "score")

    def __init__(self, score: int, squeezed: Sequence[Span], title: str) -> None:
        self.score = score
        self._squeezed = squeezed
        self._title = title

    @property
    def spans(self) -> tuple[Span, ...]:
        """The parts of the title to mark, as (start, end), in order."""
        marks: list[Span] = []
        origin = places(self._title) if self._squeezed else []
        for start, end in sorted(self._squeezed):
            first, last = origin[start], origin[end - 1] + 1
            if marks and first <= marks[-1][1]:
                marks[-1] = (marks[-1][0], max(last, marks[-1][1]))
            else:
                marks.append((first, last))
        return tuple(marks)


def rank(query: Query, doc: Doc) -> Match | None:
    """How `doc` matches, or None if it does not (the index promises too much now and then)."""
    folded = [name.translate(FOLD) for name in doc.names]
    names = [name.replace(" ", "") for name in folded]
    best: Match | None = None
    for terms in query.variants:
        score = 0
        spans: list[Span] = []
        for term in terms:
            found, span = _term(term, doc, names, folded)
            if not found:
                break
            score += found
            if span:
                spans.append(span)
        else:
            score //= len(terms)
            if len(terms) > 1 and names and "".join([term.text for term in terms]) in names[0]:
                score += TOGETHER * _STEP
            if best is None or score > best.score:
                best = Match(score, spans, doc.names[0] if names else "")
    return best


def _term(term: Term, doc: Doc, names: Sequence[str], folded: Sequence[str]) -> tuple[int, Span | None]:
    """The best score of one term over all that the record says (0: nowhere), and its place in the title."""
    best = 0
    span: Span | None = None
    for index, name in enumerate(names):
        found = _in_name(term, name, folded[index])
        if found is None:
            continue
        quality, start, end = found
        if index == 0:
            span = (start, end)
        else:
            quality -= OTHER_NAME
        best = max(best, quality * _STEP - min(start, 40) * 10 - min(len(name), 400))
    if term.number:
        for phone in doc.phones:
            best = max(best, _in_phone(term.phone, phone) * _STEP)
    if not best:
        for text in doc.texts:
            if term.text in text.translate(FOLD).replace(" ", ""):
                return TEXT * _STEP, None
    return best, span


def _in_phone(wanted: str, phone: str) -> int:
    """Quality of a part of a phone number, from three digits on."""
    digits = phone_digits(phone)
    place = digits.find(wanted) if len(wanted) > 2 else -1
    if place < 0:
        return 0
    if len(digits) == len(wanted):
        return PHONE_EXACT
    if place == 0:
        return PHONE_BEGINS
    return PHONE_ENDS if digits.endswith(wanted) else PHONE_INSIDE


def _in_name(term: Term, name: str, folded: str) -> tuple[int, int, int] | None:
    """(quality, start, end) of the term in a squeezed name."""
    wanted = term.text
    place = name.find(wanted)
    if place == 0:
        return (EXACT if len(wanted) == len(name) else BEGINS), 0, len(wanted)
    spelled = _in_sounds(wanted, name) if term.letters or term.mixed else None
    if place > 0 and (spelled is None or spelled[1] > 0):
        return (WORD if f" {term.words}" in folded else INSIDE), place, place + len(wanted)
    return spelled


def _in_sounds(wanted: str, name: str) -> tuple[int, int, int] | None:
    """The same for a name that is spelled by its sound, in full or by initials."""
    if name.isascii():
        return None
    first = wanted[0].translate(INITIAL)
    stream = name.translate(INITIAL)
    simple = stream.find(wanted)
    for start, initial in enumerate(stream):
        if start == simple:
            end = start + len(wanted)
        elif initial == first or not initial.isascii():
            end = spelled_until(wanted, name, start)
        else:
            continue
        if end:
            if start:
                return SPELLED_INSIDE, start, end
            return (SPELLED_EXACT if end == len(name) else SPELLED_BEGINS), start, end
    return None


class _Heard(dict[str, tuple[str, ...]]):
    """What a character may be typed as: itself, its readings, their beginnings: 张 → 张 zhang zh z."""

    def __missing__(self, letter: str) -> tuple[str, ...]:
        spoken = readings(letter)
        parts = [part for reading in spoken for part in (reading[:2], reading[:1]) if part in PARTS]
        heard = self[letter] = tuple(dict.fromkeys((letter, *spoken, *parts)))
        return heard


_HEARD = _Heard()


def spelled_until(wanted: str, name: str, start: int) -> int:
    """Where the part of `name` ends that `wanted` spells from `start` on; 0 when it does not.

    Each character is spelled in full or by its initial; the last one may be spelled in part.
    """
    rests = {wanted}
    for place in range(start, len(name)):
        heard = _HEARD[name[place]]
        onward = set()
        for rest in rests:
            for said in heard:
                if said.startswith(rest):
                    return place + 1
                if rest.startswith(said):
                    onward.add(rest[len(said) :])
        if not onward:
            return 0
        rests = onward
    return 0
