"""The tokens of many new records at once, column by column: those `grams.tokens_of` gives, in a fraction of the time.

The texts of a column are put one behind the other as bytes, and so are the tokens that begin at each of them: all first signs of
the tokens, all second ones and so on, each set in one step. Where no token begins, a mask over all of them, worked out by the
arithmetic of long integers, leaves zeros, which are then taken out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from string import ascii_lowercase, digits
from typing import NamedTuple

from crm_desktop.core.find.fold import Fold, ascii_fold
from crm_desktop.core.find.grams import (
    FIRST_DIGIT,
    INITIAL,
    INITIALS,
    NAME_PAIR,
    department_token,
    initials,
    name_tokens,
    owner_token,
    sign,
    sounds,
    text_tokens,
)
from crm_desktop.core.find.pinyin import polyphones

MANY = 8  # records: of fewer the tokens of each are made more quickly alone
_LOOK = 64  # texts that tell whether those of a column repeat
_LONG = 300  # characters: longer texts are rare, repeat themselves, and go one by one
_END, _BORDER = "\0", "\1"  # of a record; between two numbers of one

Column = Sequence[str]
Tokens = list[str]  # of each record, "" or words that each end with a space


class Said(NamedTuple):
    """What many records offer for finding, as `grams.Doc` of one: columns of texts, "" for none."""

    ids: Sequence[int]
    names: Sequence[Column]
    texts: Sequence[Column]
    phones: Sequence[Column]
    owners: Sequence[int | None]
    departments: Sequence[int | None]


def tokens_by_column(said: Said) -> list[str]:
    """All tokens of each record, separated by spaces."""
    parts: list[Tokens] = []
    for column in said.names:
        parts += _read(column, _names, name_tokens)
    for column in said.texts:
        parts += _read(column, _texts, text_tokens)
    parts += [_phones(column) for column in said.phones]
    for whose, token in ((said.owners, owner_token), (said.departments, department_token)):
        known = {one: "" if one is None else f"{token(one)} " for one in set(whose)}
        parts.append([known[one] for one in whose])
    return list(map(str.rstrip, map("".join, zip(*parts, strict=True))))


def _read(column: Column, together: Callable[[Column], list[Tokens] | None], alone: Callable[[str], list[str]]) -> list[Tokens]:
    """The tokens of a column of texts: those that repeat and long ones each once, all others together."""
    if 2 * len(set(column[:_LOOK])) < len(column[:_LOOK]) and 2 * len(values := list(set(column))) < len(column):
        nothing = [""] * len(values)  # a column of signs alone has no tokens at all
        known = dict(zip(values, map("".join, zip(nothing, *_read(values, together, alone), strict=True)), strict=True))
        return [[known[text] for text in column]]
    if max(map(len, column), default=0) > _LONG:
        long = [_joined(alone(text)) if len(text) > _LONG else "" for text in column]
        return [long, *_read([text if len(text) <= _LONG else "" for text in column], together, alone)]
    found = together(column)
    return found if found is not None else [[_joined(alone(text)) for text in column]]


def _joined(tokens: Iterable[str]) -> str:
    return "".join([f"{token} " for token in dict.fromkeys(tokens)])


# The arithmetic: a byte for each sign, the first one lowest; in masks 255 where something holds


class _Signs:
    """The signs of a column, ends of records among them, on the way to tokens."""

    def __init__(self, signs: bytes):
        self.signs, self.count = signs, len(signs)
        self._everywhere = int.from_bytes(b"\xff" * self.count, "little")

    def where(self, table: bytes) -> int:
        """The mask of the signs that a table for bytes.translate gives 255."""
        return _number(self.signs.translate(table))

    def otherwise(self, signs: int, mask: int, instead: bytes) -> int:
        """These signs where the mask holds, else the one instead."""
        return signs & mask | self.all(instead) & (mask ^ self._everywhere)

    def but(self, mask: int, other: int) -> int:
        """Where the one mask holds and the other does not."""
        return mask & (other ^ self._everywhere)

    def all(self, sign: bytes) -> int:
        return _number(sign * self.count)

    def tokens(self, mask: int, *signs: int) -> Tokens:
        """The tokens that begin where the mask holds, given as all their first signs, all their second ones …, of each record."""
        width = len(signs) + 1
        spread = bytearray(width * self.count)
        for place, number in enumerate(signs):
            spread[place::width] = self._bytes(number & mask)
        spread[width - 1 :: width] = self._bytes(self.all(b" ") & mask | self.all(b"\n") & self.where(_IS_END))
        return spread.translate(None, b"\0").decode().split("\n")[:-1]

    def _bytes(self, number: int) -> bytes:
        return number.to_bytes(self.count, "little")


def _number(signs: bytes) -> int:
    return int.from_bytes(signs, "little")


def _table(of: str) -> bytes:
    """For bytes.translate: 255 for these signs, 0 for others."""
    return bytes([255 * (chr(code) in of) for code in range(256)])


_IS_END, _IS_DIGIT, _IS_LETTER = _table(_END), _table(digits), _table(ascii_lowercase)
_IS_LATIN, _IS_WORD = _table(digits + ascii_lowercase), _table(".")
_FIRST = bytes([ord(FIRST_DIGIT[code - 48]) if 48 <= code < 58 else 0 for code in range(256)])


def _digits(data: bytes, ends: int) -> Tokens:
    """Of all numbers, as `grams.digit_tokens`: ends tells how many signs are filled up behind each. What is no digit parts them."""
    signs = _Signs(data)
    here, plain = signs.where(_IS_DIGIT), _number(data)
    second, before = here >> 8, here << 8
    third = second & here >> 16
    fourth = third & here >> 24
    enough = second if ends > 1 else third
    mask = here & (enough | signs.but(signs.but(here, second), before))
    filled = [signs.otherwise(plain >> 8 * place, there, b"z") for place, there in enumerate((second, third, fourth), 1)]
    return signs.tokens(mask, _number(data.translate(_FIRST)), *filled)


def _words(data: bytes) -> Tokens:
    """Of all Latin words: each letter between its neighbours."""
    signs = _Signs(data)
    here, plain = signs.where(_IS_LETTER), _number(data)
    before, behind = signs.otherwise(plain << 8, here << 8, b"0"), signs.otherwise(plain >> 8, here >> 8, b"0")
    return signs.tokens(here, signs.all(b"t"), before, plain, behind)


def _meetings(data: bytes) -> Tokens:
    """Of all places where letters and digits meet."""
    signs = _Signs(data)
    letter, digit, plain = signs.where(_IS_LETTER), signs.where(_IS_DIGIT), _number(data)
    return signs.tokens(letter & digit >> 8 | digit & letter >> 8, signs.all(b"x"), plain, plain >> 8, signs.all(b"0"))


class _Spelled(dict[int, str]):
    """For str.translate: a character as the five signs it has in a pair, those of its usual sound first, and its initial."""

    def __missing__(self, code: int) -> str:
        letter, initial = chr(code), INITIAL[code]
        if letter.isascii():
            spelled = _END * 6 if letter == _END else f".....{letter}"
        else:
            spelled = f"{sounds(letter)[0]}{sign(letter)}{initial if initial.isascii() else '?'}"
        self[code] = spelled
        return spelled


_SPELLED = _Spelled()


def _spelled(text: str) -> list[bytes]:
    """The signs of all characters: all first ones, all second ones …"""
    spelled = text.translate(_SPELLED).encode()
    return [spelled[place::6] for place in range(6)]


def _characters(spelled: list[bytes], alone: bool) -> list[Tokens]:
    """Of all characters of other scripts and their neighbours. alone: each counts by itself, else only those beside a "."."""
    signs = _Signs(spelled[0])
    here, beside = signs.where(_IS_LATIN), signs.where(_IS_WORD)
    a, b, c, d, e = map(_number, spelled[:5])
    pairs = (a, b, a >> 8, b >> 8, c, d, e, c >> 8, d >> 8, e >> 8)
    single = here if alone else here & (beside << 8 | beside >> 8)
    return [signs.tokens(single, signs.all(b"u"), c, d, e), signs.tokens(here & here >> 8, signs.all(b"g"), *pairs)]


def _initials(initials: bytes) -> Tokens:
    """Three initials at a time; those of a character that has several are "?", and left out."""
    signs = _Signs(initials)
    here, plain = signs.where(_IS_LATIN), _number(initials)
    return signs.tokens(here & here >> 8 & here >> 16, signs.all(b"p"), plain, plain >> 8, plain >> 16)


# Columns

_FOLD = Fold({0: _END})
_ASCII = ascii_fold(_END)
_PHONE_FOLD = Fold({0: _END, **dict.fromkeys(map(ord, ";；,，、/|\n"), _BORDER)})
_PHONE = bytes(1 if chr(code) in ";,/|\n" else code for code in range(256))
_NOT_OF_PHONES = bytes(code for code in range(256) if chr(code) not in f"{digits}{_END}{_BORDER};,/|\n")
_COUNTRY = re.compile(rb"(?<![0-9])(?:00)?86(?=1[3-9][0-9]{9})")
_HAS_LETTER, _HAS_DIGIT = re.compile(rb"[a-z]"), re.compile(rb"[0-9]")
_HAS_LATIN = re.compile("[a-z0-9]")


def _texts(column: Column) -> list[Tokens] | None:
    folded = _folded(column)
    if folded is None:
        return None
    found = _latin(folded)
    if not folded.isascii():
        marked = _END.join([f".{text}." if _mixed(text) else text for text in folded.split(_END)])
        found += _characters(_spelled(marked.replace(" ", "")), alone=False)
    return found


def _mixed(text: str) -> bool:
    """Whether a folded text holds characters of another script beside words or numbers."""
    return not (text.isascii() or (text.isalpha() and _HAS_LATIN.search(text) is None))


def _names(column: Column) -> list[Tokens] | None:
    folded = _folded(column)
    if folded is None:
        return None
    found = _latin(folded)
    names = folded.replace(" ", "").split(_END)[:-1]
    if not folded.isascii():
        spelled = _spelled("".join([_END if name.isascii() else f"00{name}0{_END}" for name in names]))
        found += [*_characters(spelled, alone=True), _initials(spelled[5])]
    return [*found, list(map(_beside, names))]


def _beside(name: str) -> str:
    """What only some names have: the initials of Latin ones, the tokens of others by the other readings of their characters."""
    if name.isascii():
        return _joined(initials(name)) if name else ""
    return _otherwise(name) if _several().search(name) else ""


@cache
def _several() -> re.Pattern[str]:
    """Any character that is read in several ways."""
    return re.compile(f"[{''.join(polyphones())}]")


def _otherwise(name: str) -> str:
    """The tokens of a name by the other readings of its characters."""
    tokens = []
    for found in _several().finditer(name):
        place = found.start()
        for two in (name[max(place - 1, 0) : place + 1], name[place : place + 2]):
            if len(two) > 1 and not (two[0].isascii() or two[1].isascii()):
                tokens.append(NAME_PAIR[two])
    stream = f"00{name}0".translate(INITIAL)
    if not stream.isascii():
        windows = [stream[at : at + 3] for at in range(len(stream) - 2)]
        tokens += [INITIALS[window] for window in windows if not window.isascii()]
    return f"{' '.join(tokens)} " if tokens else ""


def _folded(column: Column) -> str | None:
    """The texts for comparing, each with an end behind it; None when one holds such an end itself."""
    joined = f"{_END.join(column)}{_END}"
    if joined.count(_END) != len(column):
        return None
    return joined.encode().translate(_ASCII).decode() if joined.isascii() else joined.translate(_FOLD)


def _latin(folded: str) -> list[Tokens]:
    """The tokens of Latin words and numbers."""
    data = folded.encode("ascii", "replace")
    squeezed = data.replace(b" ", b"")
    letters, numbers = _HAS_LETTER.search(data), _HAS_DIGIT.search(data)
    found = [_words(data)] if letters else []
    if numbers:
        found.append(_digits(squeezed, 2))
    return [*found, _meetings(squeezed)] if letters and numbers else found


def _phones(column: Column) -> Tokens:
    joined = f"{_END.join(column)}{_END}"
    if joined.count(_END) != len(column):
        joined = f"{_END.join([text.replace(_END, ' ') for text in column])}{_END}"
    data = (joined if joined.isascii() else joined.translate(_PHONE_FOLD)).encode("ascii", "replace")
    return _digits(_COUNTRY.sub(b"", data.translate(_PHONE, _NOT_OF_PHONES)), 1)
