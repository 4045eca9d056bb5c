"""How near two names in Latin letters are, word by word: what they are called first, then what they do."""

from __future__ import annotations

from crm_desktop.core.alike.company import Company
from crm_desktop.core.alike.distance import apart
from crm_desktop.core.alike.latin import GENERIC, QUALIFIERS
from crm_desktop.core.alike.likeness import NEAR, SHORT, Alike

_BRAND = 5  # letters: with a shorter one many begin
_SLIP = 6  # letters a word has at least in which a slip is believed
_LONG_SLIP = 9  # and in which two are


def compare(one: Company, other: Company, few: bool) -> Alike | None:
    """How near two Latin names are that are not the same but for a slip."""
    here, there = _brand(one), _brand(other)
    same = sorted(here) == sorted(there) or "".join(here) == "".join(there)
    slipped = not same and _slipped(here, there, sure=True)
    short = _short(one, other, here, there) if few and not same else None
    if not same and not slipped and short is None:
        return None  # most: what they do need not be looked at
    does, do = set(one.units[len(here) :]), set(other.units[len(there) :])
    mine, theirs = does - GENERIC, do - GENERIC
    if same:
        if len("".join(here)) < _BRAND:
            return None
        called = {"short": min(one.raw, other.raw, key=len)}
        if not (mine and theirs) and (few or does & do):
            return Alike(66, SHORT, called)
        more = mine ^ theirs
        if mine & theirs - QUALIFIERS and (mine <= theirs or theirs <= mine) and not more & QUALIFIERS:
            return Alike(74, SHORT, called)
        return None
    if mine and theirs and not mine & theirs:
        return None
    if slipped and _slipped(here, there, len(one.units) > 2 and does == do):
        return Alike(78 if mine == theirs else 66, NEAR, {})
    return short


def _short(one: Company, other: Company, here: tuple[str, ...], there: tuple[str, ...]) -> Alike | None:
    """One of them is the beginning of the other, or its initials (IBM)."""
    named, more = (one, other) if len(one.units) <= len(other.units) else (other, one)
    if len(named.units) > 2 and more.units[:-1] == named.units and more.units[-1] == more.brand[-len(more.units[-1]) :]:
        return Alike(66, SHORT, {"short": named.raw})  # a town nobody knows, behind what they do
    bare, whole, shorter = (one, other, here) if len(here) <= len(there) else (other, one, there)
    if len(shorter) > 1:
        begins = bare.units == shorter and whole.units[: len(shorter)] == shorter and len(bare.brand) > _LONG_SLIP
        return Alike(66, SHORT, {"short": min(one.raw, other.raw, key=len)}) if begins else None
    if 2 < len(shorter[0]) < 6 and "".join([word[0] for word in whole.units]).startswith(shorter[0]):
        return Alike(62, SHORT, {"short": min(one.raw, other.raw, key=len)})
    return None


def initials(one: Company, other: Company) -> bool:
    """Whether one of them begins with the first letters of the other's words: IBM."""
    bare, whole = sorted((one, other), key=lambda name: len(name.units))
    letters = bare.units[0]
    return len(whole.units) > 1 < len(letters) < 7 and "".join([word[0] for word in whole.units]).startswith(letters)


def _brand(name: Company) -> tuple[str, ...]:
    """The words it is called by."""
    length, count = 0, 0
    while count < len(name.units) and length < len(name.brand):
        length += len(name.units[count])
        count += 1
    return name.units[:count]


def _slipped(one: tuple[str, ...], other: tuple[str, ...], sure: bool) -> bool:
    """Whether two brands are one but for a slip in one of their words. sure: what they do is the same, word for word."""
    if len(one) != len(other):
        here, there = "".join(one), "".join(other)
        return min(len(here), len(there)) > _LONG_SLIP and apart(here, there, 1) <= 1
    wrong = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(wrong) != 1:
        return False
    here, there = wrong[0]
    least = min(len(here), len(there))
    if not here.isalpha() or not there.isalpha() or least < (_SLIP - 1 if sure or len(one) > 1 else _SLIP):
        return False
    most = 2 if least >= _LONG_SLIP else 1
    return here[0] == there[0] and apart(here, there, most) <= most
