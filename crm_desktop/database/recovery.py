"""The recovery phrase: a file's key as something a person can print, keep in a drawer and type in again.

It is the key itself, in 13 groups of four letters and digits (base32), and a 14th that checks them. The check is a Reed-Solomon
code over pairs of signs: a mistake in one pair is not only noticed but found, so that the person is told which group to look at.
"""

from __future__ import annotations

import base64
from functools import cache

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _

KEY_BYTES = 32
GROUP, GROUPS = 4, 14
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
# What the alphabet leaves out because it is read as another sign.
_READ_AS = str.maketrans("018", "OIB")

WRONG_LENGTH = _("A recovery phrase has {groups} groups of {signs} signs; this one has {count} signs in all. Type all of it.")
WRONG_SIGN = _("Group {group} of the recovery phrase (“{typed}”) has a sign that does not occur in it. Look at the printed page again.")
WRONG_GROUP = _("There is a mistake in group {group} of the recovery phrase (“{typed}”). Look at the printed page again.")
WRONG_GROUPS = _("There is a mistake in several groups of the recovery phrase. Compare each of them with the printed page.")


def new_key() -> bytes:
    """A key nobody can guess."""
    import secrets

    return secrets.token_bytes(KEY_BYTES)


def phrase_of(key: bytes) -> str:
    """The key for people: ABCD EFGH … in 14 groups."""
    text = base64.b32encode(key).decode().rstrip("=")
    text += _as_text(_check(_pairs(text)))
    return " ".join(groups_of(text))


def groups_of(phrase: str) -> list[str]:
    """The groups of a phrase, however it was typed."""
    text = "".join(sign for sign in phrase.upper() if sign.isalnum()).translate(_READ_AS)
    return [text[start : start + GROUP] for start in range(0, len(text), GROUP)]


def key_of(phrase: str) -> bytes:
    """The key a phrase stands for; case, spaces and dashes do not matter. Raises Invalid, naming the group with the mistake."""
    groups = groups_of(phrase)
    text = "".join(groups)
    for number, group in enumerate(groups, 1):
        if any(sign not in SIGNS for sign in group):
            raise Invalid(WRONG_SIGN, group=number, typed=group)
    if len(text) != GROUP * GROUPS:
        raise Invalid(WRONG_LENGTH, groups=GROUPS, signs=GROUP, count=len(text))
    place = _wrong_pair(_pairs(text))
    if place is not None:
        if place < 0:
            raise Invalid(WRONG_GROUPS)
        number = place * 2 // GROUP
        raise Invalid(WRONG_GROUP, group=number + 1, typed=groups[number])
    body = text[: GROUP * (GROUPS - 1)]
    key = base64.b32decode(body + "=" * (-len(body) % 8))
    if base64.b32encode(key).decode().rstrip("=") != body:  # the last sign has bits that are always nought
        raise Invalid(WRONG_GROUP, group=GROUPS - 1, typed=groups[-2])
    return key


# Arithmetic in the field of 1,024 elements, each a pair of signs.


@cache
def _tables() -> tuple[list[int], dict[int, int]]:
    powers, value = [], 1
    for _power in range(1023):
        powers.append(value)
        value <<= 1
        if value & 1024:
            value ^= 0b10000001001  # x^10 + x^3 + 1
    return powers, {value: power for power, value in enumerate(powers)}


def _times(one: int, power: int) -> int:
    powers, logs = _tables()
    return powers[(logs[one] + power) % 1023] if one else 0


def _pairs(text: str) -> list[int]:
    return [SIGNS.index(text[at]) * 32 + SIGNS.index(text[at + 1]) for at in range(0, len(text), 2)]


def _as_text(pairs: list[int]) -> str:
    return "".join(SIGNS[pair // 32] + SIGNS[pair % 32] for pair in pairs)


def _sums(pairs: list[int]) -> tuple[int, int]:
    """The sum of the pairs, and that of each times its place."""
    plain = placed = 0
    for place, pair in enumerate(pairs):
        plain ^= pair
        placed ^= _times(pair, place)
    return plain, placed


def _check(pairs: list[int]) -> list[int]:
    """The two pairs that make both sums nought."""
    powers, logs = _tables()
    plain, placed = _sums(pairs)
    count = len(pairs)
    # first + second = plain;  first * a^count + second * a^(count + 1) = placed
    rest = placed ^ _times(plain, count)
    between = powers[count] ^ powers[count + 1]
    second = _times(rest, -logs[between])
    return [plain ^ second, second]


def _wrong_pair(pairs: list[int]) -> int | None:
    """The place of the one pair that is wrong; -1 when there are more, None when all is well."""
    _powers, logs = _tables()
    plain, placed = _sums(pairs)
    if not plain and not placed:
        return None
    if not plain or not placed:
        return -1
    place = (logs[placed] - logs[plain]) % 1023
    return place if place < len(pairs) else -1
