"""Understand what somebody types into a search box, and say where to look for it in the index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from crm_desktop.core.find.fold import fold
from crm_desktop.core.find.grams import phone_digits
from crm_desktop.core.find.pinyin import spellings
from crm_desktop.core.find.ways import Condition, Way, together, ways

LONGEST = 100  # characters of a query that are looked at
_MOST_TERMS = 6


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

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The readings of this term."""
        return tuple(ways(self.phone or self.text, self.phone or self.words))


@dataclass(frozen=True)
class Look:
    """One question to the index: records that meet, for each term, one of its conditions; at most `limit` of them.

    `narrow`: the better ones among what a later look finds as well, in case that one has more than its limit.
    """

    terms: tuple[tuple[Condition, ...], ...]
    limit: int
    narrow: bool = False


@dataclass(frozen=True)
class Query:
    """A parsed query. A record matches when all terms of one of the `variants` are found in it."""

    text: str
    variants: tuple[tuple[Term, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.variants)

    @property
    def single(self) -> bool:
        """Whether it is one word that is no number."""
        return len(self.variants) == 1 and len(self.variants[0]) == 1 and not self.variants[0][0].number

    @cached_property
    def begins(self) -> tuple[str, ...]:
        """How the sort key of a title begins that begins with this query."""
        if not self.variants:
            return ()
        whole = "".join(term.text for term in self.variants[0])
        return tuple(key for key in spellings(whole)[:4] if key)

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """Where to look, in this order."""
        return tuple(look for terms in self.variants for look in _looks(terms))

    @cached_property
    def deep(self) -> tuple[Look, ...]:
        """Where to look further when too little was found: slower, for one or two letters inside words."""
        return tuple(look for terms in self.variants for look in _deep(terms))


@lru_cache(maxsize=256)
def parse(text: str) -> Query:
    """Read a query: full width, case, accents and traditional characters do not matter; spaces separate terms.

    Digits that are separated like a phone number (138-0013 8000) count as one number.
    """
    words = [_term(word) for word in text[:LONGEST].split()]
    terms = tuple(dict.fromkeys(word for word in words if word.text))[:_MOST_TERMS]
    if not terms:
        return Query(text, ())
    if len(terms) > 1 and all(term.number for term in terms):
        return Query(text, ((_term(text[:LONGEST]),), terms))
    return Query(text, (terms,))


def _term(word: str) -> Term:
    words = fold(word).strip()
    return Term(words.replace(" ", ""), words)


def _looks(terms: tuple[Term, ...]) -> Iterator[Look]:
    first = terms[0].ways
    if len(terms) == 1:
        yield from _one([way.ahead + way.end + way.tokens for way in first if way.end], 40)
        yield from _one([way.ahead + way.tokens for way in first if way.ahead and way.tokens], 80)
        yield from _one([way.ahead for way in first if way.ahead and not way.tokens], 80, narrow=False)
        for way in first:
            if way.tokens and not way.wide:
                yield Look(((way.tokens,),), 200)
        return
    every = [condition for condition in map(_conditions, terms) if condition]
    if not every:
        every = [(together(" ".join(term.words for term in terms)).tokens,)]
    begun = tuple(way.ahead for way in first if way.ahead)
    if begun:
        yield Look((begun, *every), 80, narrow=True)
    yield Look(tuple(every), 200)


def _one(conditions: list[Condition], limit: int, narrow: bool = True) -> Iterator[Look]:
    distinct = tuple(dict.fromkeys(conditions))
    if distinct:
        yield Look((distinct,), limit, narrow)


def _conditions(term: Term) -> tuple[Condition, ...]:
    """All readings of one of several terms; a single letter or digit is only looked for in what the others find."""
    if len(term.text) == 1 and term.text.isascii():
        return ()
    return tuple(way.tokens for way in term.ways if way.tokens)


def _deep(terms: tuple[Term, ...]) -> Iterator[Look]:
    if len(terms) == 1:
        for way in terms[0].ways:
            if way.tokens and way.wide:
                yield Look(((way.tokens,),), 200)
