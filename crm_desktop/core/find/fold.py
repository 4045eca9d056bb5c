"""Bring text into the one shape in which it is compared: half width, lower case, no accents, simplified characters."""

from __future__ import annotations

import unicodedata

from crm_desktop.core.find import pinyin

# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ħ": "h"}


class Fold(dict[int, str]):
    """For str.translate: any character as it is compared; "" for accents, " " for everything that is no letter or digit."""

    def __missing__(self, code: int) -> str:
        folded = "".join(_folded(part) for part in unicodedata.normalize("NFKD", chr(code).casefold()))
        self[code] = folded
        return folded


def _folded(letter: str) -> str:
    if unicodedata.category(letter) in {"Mn", "Mc", "Me", "Cf"}:
        return ""
    if not letter.isalnum():
        return " "
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    letter = letter.casefold()
    return _PLAIN.get(letter) or pinyin.simplified().get(letter, letter)


FOLD = Fold()


def ascii_fold(kept: str = "") -> bytes:
    """The same for codes, mails and numbers, which are ASCII, and bytes.translate: several times quicker. kept: signs left as they
    are."""
    return "".join(chr(code) if chr(code) in kept else _folded(chr(code)) for code in range(128)).encode() + bytes(128)


_ASCII = ascii_fold()


def fold(text: str) -> str:
    """`text` for comparing, words kept apart by spaces: 'ＡＢＣ（龍）Café' → 'abc 龙 cafe'."""
    return text.encode().translate(_ASCII).decode() if text.isascii() else text.translate(FOLD)


def squeeze(text: str) -> str:
    """`text` for comparing without any spaces or punctuation: 'HT-2026-0052' → 'ht20260052'."""
    return fold(text).replace(" ", "")


def places(text: str) -> list[int]:
    """For each character of squeeze(text), the place in `text` that it came from."""
    origin: list[int] = []
    for place, letter in enumerate(text):
        folded = FOLD[ord(letter)]
        if folded != " ":
            origin.extend([place] * len(folded.replace(" ", "")))
    return origin


def sort_key(name: str) -> str:
    """The key a name is sorted by: pinyin of its characters, Latin letters without accents, digits; at most 40 signs."""
    return pinyin.spell(squeeze(name))
