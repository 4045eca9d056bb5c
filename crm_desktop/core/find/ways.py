"""Say which tokens a record must have to hold a term, for every way the term can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

from crm_desktop.core.find.grams import INITIAL, PAIR, RUNS, SINGLE, digit_tokens, digits_beginning, first_letters, four_digits
from crm_desktop.core.find.pinyin import characters
from crm_desktop.core.find.syllables import CODES, DIGITS36, INITIALS, completed, cuts

_MOST_CHARACTERS = 80  # tried for one syllable
_MANY = 20  # alternatives that are still quick
_MOST_SOUNDS = 150  # pairs of syllables tried for an initial and a syllable
_LETTERS = f"{ascii_lowercase}0"
_FEW = 4  # tokens asked for of one reading

AnyOf = tuple[str, ...]
"""Tokens of which a record must have one; `g‹syll›‹syll›*` stands for all that begin so."""

Condition = tuple[AnyOf, ...]
"""What a record must have all of."""


@dataclass(frozen=True)
class Way:
    """One reading of a term: tokens it has wherever it stands, when a name begins with it, and when a name ends with it.

    `ahead` and `end` are left out where the title's sort key begins with the term as well: titles.py finds those.
    `wide`: the tokens are many alternatives, slower and only asked when little else is found.
    """

    tokens: Condition
    ahead: Condition = ()
    end: Condition = ()
    wide: bool = False


def meeting(condition: Condition, texts: Sequence[str], places: Sequence[int]) -> list[int]:
    """Those of the places whose texts, each the words of a record, meet a condition."""
    left = list(places)
    for tokens in condition:
        first, *others = (token.rstrip("*") for token in tokens)
        if others:
            has = re.compile("|".join(map(re.escape, (first, *others)))).search
            left = [place for place in left if has(texts[place])]
        else:
            left = [place for place in left if first in texts[place]]
    return left


def ways(text: str, words: str) -> Iterator[Way]:
    """The readings of a term: as written; letters also as pinyin. `text` is squeezed, `words` only folded."""
    letters = text.isascii() and text.isalpha()
    exact, wide = _written(words)
    if letters and len(words) < 3:
        yield from _short(text)
    elif text.isascii():
        yield Way(_few(exact)) if exact else Way(tuple(wide), wide=any(len(tokens) > _MANY for tokens in wide))
    else:
        stream = "".join(map(_initial, text))
        yield Way(_few(exact), _ahead(stream), _end(stream))
        if any(sign.isascii() for sign in text):
            characters_only, _ = _written(words, latin=False)
            yield Way(_few(characters_only))
    if letters:
        yield from (_spelled(parts) for parts in cuts(text[:40]) if len(text) > 2 or parts == (text,))


def _short(letters: str) -> Iterator[Way]:
    """One or two letters: the beginning of a word, or initials a name begins with; then inside words and names."""
    ahead = _ahead(letters)
    if len(letters) == 1:
        yield Way((), ahead)
        yield Way((_beginning(f"0{letters}"),), wide=True)
        return
    yield Way(_all([f"t0{letters}"]))
    yield Way((), ahead, _end(letters))
    yield Way((_beginning(letters),), wide=True)
    if letters[0] in INITIALS and letters[1] in INITIALS:
        yield Way((tuple(f"p{letters}{sign}" for sign in DIGITS36),), wide=True)


def _beginning(two: str) -> AnyOf:
    return tuple(f"t{two}{letter}" for letter in _LETTERS)


def together(words: str) -> Way:
    """Several terms of one sign each as they stand beside each other."""
    exact, wide = _written(words)
    return Way(_few(exact) if exact else tuple(wide), wide=not exact)


def _few(tokens: list[str]) -> Condition:
    """Tokens that tell most; each costs time, and what they leave through is looked at anyway."""
    tokens = list(dict.fromkeys(tokens))
    if len(tokens) > _FEW:
        chosen = sorted(range(len(tokens)), key=lambda place: (_usual(tokens[place]), place % 3))[:_FEW]
        tokens = [tokens[place] for place in sorted(chosen)]
    return _all(tokens)


def _usual(token: str) -> int:
    """How usual the letters of a token of Latin letters are; other tokens are all the same."""
    return sum(map("aeing".count, token[1:])) if token[0] in "tp" else 0


def _all(tokens: list[str]) -> Condition:
    return tuple((token,) for token in tokens)


def _initial(letter: str) -> str:
    """A character's usual initial."""
    initial = INITIAL[ord(letter)]
    return initial if initial.isascii() else first_letters(letter)[0]


def _ahead(stream: str) -> Condition:
    return ((f"p00{stream}" if len(stream) == 1 else f"p0{stream[:2]}",),)


def _end(stream: str) -> Condition:
    return ((f"p{('0' + stream)[-2:]}0",),)


def _written(words: str, latin: bool = True) -> tuple[list[str], list[AnyOf]]:
    """Tokens of a term as it is written, and wide ones for pieces too short for that.

    `latin` False leaves out its letters and digits, which may be meant as pinyin.
    """
    exact: list[str] = []
    single: list[str] = []
    wide: list[AnyOf] = []
    runs = list(RUNS.finditer(words))
    before = ""
    for place, found in enumerate(runs):
        run = found.group().replace(" ", "")
        ended = place < len(runs) - 1
        if found.lastindex == 3:
            if len(run) == 1:
                single.append(SINGLE[run])
            exact += [PAIR[run[i : i + 2]] for i in range(len(run) - 1)]
        elif latin:
            if found.lastindex == 1:
                _word(("0" if place else "") + run + ("0" if ended else ""), exact, wide)
            else:
                _digits(run, ended, exact, wide)
            if before.isascii() and before.isalnum() and before.isdigit() != run.isdigit():
                exact.append(f"x{before}{run[0]}0")
        before = run[-1]
    telling = [token for token in exact if token not in _everywhere()]
    return telling or exact[:1] or single, wide


@cache
def _everywhere() -> frozenset[str]:
    """Pairs that most company names have: not asked for when a term has others."""
    return frozenset(PAIR[pair] for pair in ("有限", "限公", "公司", "限责", "责任", "任公", "股份", "份有"))


def _word(padded: str, exact: list[str], wide: list[AnyOf]) -> None:
    if len(padded) > 2:
        exact += [f"t{padded[i : i + 3]}" for i in range(len(padded) - 2)]
        return
    if padded[-1] == "0":  # a word's last letter
        wide.append(tuple(f"t{letter}{padded}" for letter in _LETTERS))
    else:
        wide.append(_beginning(padded if len(padded) == 2 else f"0{padded}"))


def _digits(number: str, ended: bool, exact: list[str], wide: list[AnyOf]) -> None:
    if ended:
        exact += digit_tokens(number) if len(number) > 1 else []
    elif len(number) > 3:
        # From the end, where phone numbers differ most, side by side.
        ends = [*range(len(number), 3, -4), 4]
        exact += [four_digits(number[end - 4 : end]) for end in ends]
    elif len(number) > 1:
        wide.append(tuple(digits_beginning(number)))


def _spelled(parts: tuple[str, ...]) -> Way:
    """Tokens of a term read as pinyin: sounds of neighbours where all is spelled out, initials elsewhere."""
    stream = "".join(part[0] for part in parts)
    if len(parts) == 1:
        return Way(_sounding(parts[0]), wide=True)
    if all(part in CODES for part in parts[:-1]):
        tokens = [_pair(left, right) for left, right in zip(parts[:-2], parts[1:-1], strict=True)]
        last = _pair(parts[-2], *completed(parts[-1]))
        if not tokens or len(last) <= _MANY:
            tokens.append(last)
        return Way(tuple(tokens[:_FEW]))
    if len(parts) > 2:
        return Way(_few([f"p{stream[i : i + 3]}" for i in range(len(stream) - 2)]), _ahead(stream), _end(stream))
    sounds = [pair for left in completed(parts[0]) for pair in _pair(left, *completed(parts[1]))]
    return Way((tuple(sounds[:_MOST_SOUNDS]),))


def _pair(left: str, *rights: str) -> AnyOf:
    return tuple(dict.fromkeys(f"g{CODES[left]}{CODES[right]}*" for right in rights))


def _sounding(part: str) -> Condition:
    """Any character of a name that is read so, or begins so."""
    endings = completed(part)
    share = max(4, _MOST_CHARACTERS // max(1, len(endings)))
    letters = "".join(characters(ending, share) for ending in endings)
    return (tuple(dict.fromkeys(SINGLE[letter] for letter in letters)),) if letters else ()
