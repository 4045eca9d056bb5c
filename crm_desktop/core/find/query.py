"""Understand what somebody types into a search box, and say which index tokens a matching record must have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise, product

from crm_desktop.core.find.fold import fold
from crm_desktop.core.find.grams import INITIAL, PAIR, RUNS, SINGLE, digit_tokens, phone_digits
from crm_desktop.core.find.syllables import CODES, completed, cuts

LONGEST = 100  # characters of a query that are looked at
_MOST_TERMS = 6
_MOST_WAYS = 6  # of reading several terms together
_MOST_ENDINGS = 8  # syllables the last letters may become

AnyOf = tuple[str, ...]
"""Tokens of which a record must have one; a token ending in * stands for all that begin so."""

Condition = tuple[AnyOf, ...]
"""What a record must have all of."""


@dataclass(frozen=True)
class Term:
    """One word of a query, folded. `letters`: only a–z, so it may be pinyin; `number`: only digits, so maybe a phone."""

    text: str
    words: str

    @cached_property
    def letters(self) -> bool:
        return self.text.isascii() and self.text.isalpha()

    @cached_property
    def number(self) -> bool:
        return self.text.isdecimal()

    @cached_property
    def phone(self) -> str:
        """The digits as a phone field would have them, without +86."""
        return phone_digits(self.text) if self.number else ""

    @cached_property
    def mixed(self) -> bool:
        """Letters among characters, as in hua为 and 华w: the letters may then be pinyin as well."""
        return not self.text.isascii() and any("a" <= sign <= "z" for sign in self.text)


@dataclass(frozen=True)
class Tier:
    """Records to look at, better ones in earlier tiers: those that meet one of `ways`, at most `limit` of them."""

    ways: tuple[Condition, ...]
    limit: int
    general: bool


@dataclass(frozen=True)
class Query:
    """A parsed query. A record matches when all terms of one of the `variants` are found in it."""

    text: str
    variants: tuple[tuple[Term, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.variants)

    @cached_property
    def tiers(self) -> tuple[Tier, ...]:
        """Where to look, in this order."""
        return tuple(_tiers(self.variants))


@lru_cache(maxsize=256)
def parse(text: str) -> Query:
    """Read a query: full width, case, accents and traditional characters do not matter; spaces separate terms.

    Digits that are separated like a phone number (138-0013 8000) count as one number.
    """
    words = [_term(word) for word in text[:LONGEST].split()]
    terms = tuple(dict.fromkeys(word for word in words if word.text))[:_MOST_TERMS]
    if not terms:
        return Query(text, ())
    if len(words) > 1 and all(term.number for term in terms):
        return Query(text, ((_term(text[:LONGEST]),), terms))
    return Query(text, (terms,))


def _term(word: str) -> Term:
    words = fold(word).strip()
    return Term(words.replace(" ", ""), words)


def _tiers(variants: Iterable[tuple[Term, ...]]) -> Iterator[Tier]:
    exact: list[Condition] = []
    ahead: list[Condition] = []
    strong: list[Condition] = []
    weak: list[Condition] = []
    for terms in variants:
        first, *others = ([way for way in _ways(term)] for term in terms)
        rest = [_joined(combination) for combination in product(*others)][:_MOST_WAYS] if others else [()]
        for way in first:
            for more in rest:
                whole = way.tokens + more
                if way.ahead:
                    ahead.append(way.ahead + whole)
                    if not others and way.end:
                        exact.append(way.ahead + way.end + whole)
                if whole:
                    (weak if way.weak and not more else strong).append(whole)
        if len(terms) > 1 and not strong:
            strong += [way.tokens or way.ahead for way in _ways(_contiguous(terms))]
    if exact:
        yield Tier(_distinct(exact), 40, False)
    if ahead:
        yield Tier(_distinct(ahead), 120, False)
    for way in _distinct(strong):
        yield Tier((way,), 240, True)
    for way in _distinct(weak):
        yield Tier((way,), 120, True)


def _distinct(ways: Iterable[Condition]) -> tuple[Condition, ...]:
    return tuple(way for way in dict.fromkeys(ways) if way)


def _joined(ways: Iterable[_Way]) -> Condition:
    return tuple(token for way in ways for token in way.tokens)


def _contiguous(terms: Iterable[Term]) -> Term:
    words = " ".join(term.words for term in terms)
    return Term(words.replace(" ", ""), words)


@dataclass(frozen=True)
class _Way:
    """One reading of a term: tokens found wherever it stands, when a name begins with it, and when the name ends with it."""

    tokens: Condition
    ahead: Condition
    end: Condition
    weak: bool = False


def _ways(term: Term) -> Iterator[_Way]:
    tokens, weak = _literal(term)
    stream = term.text.translate(_USUAL)
    yield _Way(tokens, _ahead(stream), _end(stream), weak)
    if term.mixed:
        yield _Way(_literal(term, latin=False)[0], (), ())
    if term.letters:
        yield from (_spelled(parts) for parts in cuts(term.text[:40]))


class _Usual(dict[int, str]):
    """For str.translate: the usual initial of a character, polyphones too."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        initial = INITIAL[code]
        if not initial.isascii():
            initial = SINGLE[letter][1]
        self[code] = initial
        return initial


_USUAL = _Usual()


def _ahead(stream: str) -> Condition:
    return ((f"p{('00' + stream)[-3:]}" if len(stream) == 1 else f"p0{stream[:2]}",),)


def _end(stream: str) -> Condition:
    return ((f"p{('0' + stream)[-2:]}0",),)


def _literal(term: Term, latin: bool = True) -> tuple[Condition, bool]:
    """Tokens of the term as it is written, and whether they are weak (only a beginning, so very many records).

    `latin` False leaves out its letters and digits, which may be meant as pinyin.
    """
    if term.number:
        return _number(term.phone if term.phone != term.text else term.text)
    exact: list[str] = []
    single: list[str] = []
    begins: list[str] = []
    runs = list(RUNS.finditer(term.words))
    before = ""
    for place, found in enumerate(runs):
        run = found.group().replace(" ", "")
        inner = place < len(runs) - 1
        if found.lastindex != 3 and not latin:
            continue
        if found.lastindex == 1:
            _word(("0" if place else "") + run + ("0" if inner else ""), exact, begins)
            if before.isdigit():
                exact.append(f"x{before}{run[0]}0")
        elif found.lastindex == 2:
            _digits(run, inner, exact, begins)
            if before.isascii() and before.isalpha():
                exact.append(f"x{before}{run[0]}0")
        elif len(run) == 1:
            single.append(SINGLE[run].split(" ")[0])
        else:
            exact += [PAIR[run[i : i + 2]] for i in range(len(run) - 1)]
        before = run[-1]
    chosen = exact or single
    if chosen:
        return tuple((token,) for token in dict.fromkeys(chosen)), False
    return tuple((token,) for token in dict.fromkeys(begins)), True


def _word(padded: str, exact: list[str], begins: list[str]) -> None:
    if len(padded) > 2:
        exact += [f"t{padded[i : i + 3]}" for i in range(len(padded) - 2)]
    elif len(padded) == 2:
        begins.append(f"t{padded}*")
    else:
        begins.append(f"t0{padded}*")


def _digits(number: str, ended: bool, exact: list[str], begins: list[str]) -> None:
    if ended:
        exact += digit_tokens(number) if len(number) > 1 else []
    elif len(number) > 3:
        exact += digit_tokens(number, "")
    elif len(number) > 1:
        begins.append(f"n{number}*")


def _number(number: str) -> tuple[Condition, bool]:
    exact: list[str] = []
    begins: list[str] = []
    _digits(number, False, exact, begins)
    return tuple((token,) for token in dict.fromkeys(exact or begins)), not exact


def _spelled(parts: tuple[str, ...]) -> _Way:
    """Tokens of a term read as pinyin: sounds of neighbours where both are spelled out, initials elsewhere."""
    stream = "".join(part[0] for part in parts)
    mixed = any(part not in CODES for part in parts)
    tokens: list[AnyOf] = []
    for place, (left, right) in enumerate(pairwise(parts)):
        if left in CODES and not (mixed and len(left) == 1):  # among initials a, e and o are initials too
            last = place == len(parts) - 2
            tokens.append(tuple(f"g{CODES[left]}{sound}*" for sound in _sounds(right, last)))
    if mixed:
        tokens += [(f"p{stream[i : i + 3]}",) for i in range(len(stream) - 2)]
    weak = not tokens
    if weak and len(parts) == 2:
        tokens = [(f"p{stream}*",)]
    elif weak:
        endings = completed(parts[0])
        if len(endings) <= _MOST_ENDINGS:
            tokens = [tuple(f"u{CODES[ending]}*" for ending in endings)]
    return _Way(tuple(dict.fromkeys(tokens)), _ahead(stream), _end(stream), weak)


def _sounds(part: str, last: bool) -> tuple[str, ...]:
    """How the index writes a syllable; the last one may still be growing, so everything it may become."""
    if not last:
        return (CODES.get(part, part[0]),)
    endings = completed(part)
    if 0 < len(endings) <= _MOST_ENDINGS:
        return tuple(dict.fromkeys(CODES[ending] for ending in endings))
    return (part[0],)
