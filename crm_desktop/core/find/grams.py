"""Turn what a record says into the short ASCII words ("tokens") that the full-text index of either engine holds.

    u‹sign›                          one character of a name          u9z4
    g‹syll›‹syll›‹sign›‹sign›        two neighbouring characters      by their sound: the first five signs alone
    p‹3 initials›                    initials of a name               0hw hwj wjs js0 (0 marks the ends of the name)
    t‹3 letters›                     a Latin word                     0co com omp … ny0
    ‹4 digits›                       digits of phones and numbers     1380 3800 … 000z, the first one as a letter
    x‹letter›‹digit›                 where letters and digits meet
    o‹owner› d‹department›           who may see it, in hexadecimal

All are at least four signs long, so no engine's stop words or minimum length swallow them; only pairs and owners are longer,
because the prefix index of FTS5 holds words of five signs and more. Tokens may promise too much (two far characters share a
sign): rank.py looks at the text itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from operator import add
from typing import NamedTuple

from crm_desktop.core.find.fold import fold
from crm_desktop.core.find.pinyin import polyphones, readings, usual_readings
from crm_desktop.core.find.syllables import CODES, DIGITS36

FORMAT = 3
"""Raise it when tokens change their meaning: the indexes must then be built again."""

LONGEST_TEXT = 20_000  # characters of one field that are indexed
LONGEST_NAME = 400  # characters of a name whose initials are indexed
_CACHE = 30_000  # entries, some 7 MB for each kind of token

RUNS = re.compile(r"([a-z]+)|([0-9]+(?: +[0-9]+)*)|([^ a-z0-9]+(?: +[^ a-z0-9]+)*)")
"""Folded text cut into Latin words, numbers and characters of all other scripts; punctuation inside the latter two goes."""

FIRST_DIGIT = "hijklmqrsv"
"""What the first of four digits is written as: letters that stand in no number of hexadecimal and begin no other token."""

SINGLE_CHARACTER = "u"
"""The first sign of the token of one character."""

_NUMBER_ENDS = re.compile(r"[;；,，、/|\n]")
_NO_DIGITS = re.compile(r"[^0-9]+")
_LATIN = re.compile(r"[a-z0-9]")
_COUNTRY = re.compile(r"^(?:00)?86(?=1[3-9]\d{9})")


class Doc(NamedTuple):
    """What one record offers for finding: names first in rank, digits of phones, all other text; and who may see it."""

    id: int
    names: tuple[str, ...]
    texts: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    owner: int | None = None
    department: int | None = None


@lru_cache(_CACHE)
def sign(letter: str) -> str:
    """The three signs of a character in the index; some share theirs."""
    code = ord(letter)
    return DIGITS36[code // 1296 % 36] + DIGITS36[code // 36 % 36] + DIGITS36[code % 36]


@lru_cache(_CACHE)
def sounds(letter: str) -> tuple[str, ...]:
    """The index signs of a character's readings, the usual one first; 00 when it has none."""
    return tuple(dict.fromkeys(CODES[reading] for reading in readings(letter) if reading in CODES)) or ("00",)


class _Cached(dict[str, str]):
    """A token cache that starts over before it grows beyond bounds."""

    def keep(self, key: str, tokens: str) -> str:
        if len(self) >= _CACHE:
            self.clear()
        self[key] = tokens
        return tokens


class _Single(_Cached):
    def __missing__(self, letter: str) -> str:
        return self.keep(letter, f"u{sign(letter)}")


class _Pair(_Cached):
    """Two characters by their usual readings."""

    def __missing__(self, pair: str) -> str:
        left, right = pair[0], pair[1]
        return self.keep(pair, f"g{sounds(left)[0]}{sounds(right)[0]}{sign(left)}{sign(right)}")


class _NamePair(_Cached):
    """Two characters of a name by all their readings, so that it is found however it is spelled."""

    def __missing__(self, pair: str) -> str:
        signs = sign(pair[0]) + sign(pair[1])
        return self.keep(pair, " ".join(f"g{a}{b}{signs}" for a, b in product(sounds(pair[0]), sounds(pair[1]))))


class _Word(_Cached):
    def __missing__(self, word: str) -> str:
        padded = f"0{word}0"
        tokens = " ".join([f"t{padded[i : i + 3]}" for i in range(len(word))])
        return self.keep(word, tokens) if len(word) < 40 else tokens


class _Initials(_Cached):
    """Three initials; a character in place of one stands for all that its readings begin with."""

    def __missing__(self, window: str) -> str:
        ways = (sign if sign.isascii() else first_letters(sign) for sign in window)
        return self.keep(window, " ".join(f"p{''.join(way)}" for way in product(*ways)))


class _Initial(dict[int, str]):
    """For str.translate: a character's initial; the character itself when its readings begin differently."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter.isascii():
            initial = letter
        elif letter in polyphones():
            initial = letter if len(first_letters(letter)) > 1 else first_letters(letter)[0]
        else:
            initial = usual_readings().get(letter, "0")[0]
        self[code] = initial
        return initial


def first_letters(letter: str) -> list[str]:
    """The initials a character can have: 重 → z, c."""
    return list(dict.fromkeys(reading[0] for reading in readings(letter))) or ["0"]


SINGLE = _Single()
PAIR = _Pair()
INITIAL = _Initial()
NAME_PAIR = _NamePair()
_WORD = _Word()
INITIALS = _Initials()


def initials(squeezed: str) -> list[str]:
    """The initials tokens of a name: three at a time, from before its first to behind its last character."""
    stream = f"00{squeezed[:LONGEST_NAME].translate(INITIAL)}0"
    last = len(stream) - 2
    if squeezed.isascii():  # a Latin name is found by its words; only where it begins and ends is said here
        return ["p" + stream[:3], "p" + stream[1:4], "p" + stream[-3:]]
    if stream.isascii():
        return ["p" + " p".join([stream[i : i + 3] for i in range(last)])]
    return [INITIALS[stream[i : i + 3]] for i in range(last)]


def four_digits(four: str) -> str:
    """The token of four digits, or of fewer filled up with z."""
    return FIRST_DIGIT[ord(four[0]) - 48] + four[1:]


def digit_tokens(number: str, end: str = "zz") -> list[str]:
    """Four digits at a time; the last ones filled up, so that short endings are found as beginnings."""
    if len(number) < 2:
        return [four_digits(f"{number}zzz")] if number else []
    padded = number + end
    return [FIRST_DIGIT[ord(padded[i]) - 48] + padded[i + 1 : i + 4] for i in range(len(padded) - 3)]


def digits_beginning(number: str) -> list[str]:
    """The tokens of all fours that two or three digits may begin."""
    if len(number) == 4:
        return [four_digits(number)]
    if len(number) == 2:
        longer = [token for digit in "0123456789" for token in digits_beginning(number + digit)]
        return [*longer, four_digits(f"{number}zz")]
    return [four_digits(number + digit) for digit in "0123456789z"]


def phone_digits(phone: str) -> str:
    """The digits of a phone number without +86: '+86 138-0013-8000' → '13800138000'."""
    digits = _NO_DIGITS.sub("", fold(phone)) if not (phone.isascii() and phone.isdigit()) else phone
    return _COUNTRY.sub("", digits) if len(digits) > 11 else digits


def _runs(folded: str, tokens: list[str], pairs: dict[str, str], in_name: bool) -> None:
    """Add the tokens of a folded text that is not simply one run of Chinese characters."""
    before = ""
    for found in RUNS.finditer(folded):
        kind = found.lastindex
        run = found.group()
        if kind == 1:
            tokens.append(_WORD[run])
            if before.isdigit():
                tokens.append(f"x{before}{run[0]}0")
            before = run[-1]
        elif kind == 2:
            number = run.replace(" ", "")
            tokens += digit_tokens(number)
            if before.isalpha():
                tokens.append(f"x{before}{number[0]}0")
            before = number[-1]
        else:
            run = run.replace(" ", "")
            if in_name:
                tokens += map(SINGLE.__getitem__, run)
            elif len(run) < len(folded):  # B座, 第7次: one character beside letters or digits
                tokens += (SINGLE[run[0]], SINGLE[run[-1]])
            tokens += map(pairs.__getitem__, map(add, run, run[1:]))
            before = ""


def name_tokens(name: str) -> list[str]:
    """The tokens of a name, by which records are found first."""
    tokens: list[str] = []
    folded = fold(name[:LONGEST_TEXT])
    squeezed = folded.replace(" ", "")
    if not squeezed:
        return tokens
    if _LATIN.search(squeezed):
        _runs(folded, tokens, NAME_PAIR, in_name=True)
    else:  # the quick way for most names: Chinese characters only
        tokens += map(SINGLE.__getitem__, squeezed)
        tokens += map(NAME_PAIR.__getitem__, map(add, squeezed, squeezed[1:]))
    return tokens + initials(squeezed)


def text_tokens(text: str) -> list[str]:
    """The tokens of a code, a mail address, a note."""
    folded = fold(text[:LONGEST_TEXT])
    if folded.isdigit():  # the quick ways for numbers, and for Chinese characters only
        return digit_tokens(folded)
    if folded.isalpha() and not _LATIN.search(folded):
        return [PAIR[two] for two in map(add, folded, folded[1:])]
    tokens: list[str] = []
    _runs(folded, tokens, PAIR, in_name=False)
    return tokens


def tokens_of(doc: Doc) -> str:
    """All tokens of a record, separated by spaces; `many.tokens_by_column` gives those of many records."""
    tokens: list[str] = []
    for name in doc.names:
        tokens += name_tokens(name)
    for text in doc.texts:
        tokens += text_tokens(text)
    for field in doc.phones:
        for phone in (field,) if field.isdigit() else _NUMBER_ENDS.split(field):
            tokens += digit_tokens(phone_digits(phone), "z")
    if len(tokens) > 200:  # long notes repeat themselves
        tokens = list(dict.fromkeys(" ".join(tokens).split(" ")))
    if doc.owner is not None:
        tokens.append(owner_token(doc.owner))
    if doc.department is not None:
        tokens.append(department_token(doc.department))
    return " ".join(tokens)


def owner_token(owner: int) -> str:
    return f"o{owner:04x}"


def department_token(department: int) -> str:
    return f"d{department:04x}"
