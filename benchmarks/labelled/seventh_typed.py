"""One Chinese company, typed twice: slips of the keyboard, the scanner and the ear, cells cut off, other ways to write the same.

The pairs of this file have nothing but the name in common, so the name is long enough, or the slip far enough from what tells two
companies apart (place, brand, trade), that a clerk takes it for a slip.
"""

from __future__ import annotations

import random

from benchmarks.labelled import seventh_words as words
from benchmarks.labelled.seventh_firms import Firm, Row, both
from crm_desktop.core.find.pinyin import characters, readings

Pair = tuple[Row, Row] | None
_SHAPES: dict[str, list[str]] = {}
for _one, _other in words.SHAPES:
    _SHAPES.setdefault(_one, []).append(_other)
    _SHAPES.setdefault(_other, []).append(_one)


def _put(text: str, place: int, sign: str) -> str:
    return text[:place] + sign + text[place + 1 :]


def _slippery(firm: Firm) -> range:
    """The places of the name at which a slip makes no other company: the trade, and brands of three signs or more."""
    begin = len(firm.city) + (0 if len(firm.brand) > 2 else len(firm.brand))
    return range(begin, len(firm.city + firm.brand + firm.trade))


def candidate_taken(firm: Firm, chance: random.Random) -> Pair:
    """Typed in pinyin, the second candidate taken."""
    place = chance.choice(_slippery(firm))
    sign = firm.name[place]
    others = [other for other in characters(readings(sign)[0], 12) if other != sign]
    return both(firm, firm.name, _put(firm.name, place, chance.choice(others)), chance) if others else None


def two_candidates(firm: Firm, chance: random.Random) -> Pair:
    """A whole word taken from the list: both signs of the brand sound the same; place, trade and form are all there."""
    if len(firm.brand) < 3 or len(firm.trade) < 4:
        return None
    brand = firm.brand
    for place in chance.sample(range(len(brand)), 2):
        others = [other for other in characters(readings(brand[place])[0], 6) if other != brand[place]]
        if not others:
            return None
        brand = _put(brand, place, chance.choice(others))
    return both(firm, firm.name, f"{firm.city}{brand}{firm.trade}{firm.form}", chance)


def scanned(firm: Firm, chance: random.Random) -> Pair:
    """A sign of the same shape."""
    places = [place for place in _slippery(firm) if firm.name[place] in _SHAPES]
    if not places:
        return None
    place = chance.choice(places)
    return both(firm, firm.name, _put(firm.name, place, chance.choice(_SHAPES[firm.name[place]])), chance)


def southern_ear(firm: Firm, chance: random.Random) -> Pair:
    """Heard on the phone where n and ng, s and sh are one: a sign of the neighbouring sound in a brand of three and more."""
    if len(firm.brand) < 3:
        return None
    place = chance.randrange(len(firm.brand))
    sound = readings(firm.brand[place])[0]
    for old, new in chance.sample(words.SOUNDS, len(words.SOUNDS)):
        if (sound.endswith(old) and new in ("n", "ng") and old in ("n", "ng")) or (sound.startswith(old) and old not in ("ng",)):
            other = sound[: -len(old)] + new if old in ("n", "ng") and sound.endswith(old) else new + sound[len(old) :]
            signs = characters(other, 3)
            if signs and other != sound:
                brand = _put(firm.brand, place, chance.choice(signs))
                return both(firm, firm.name, f"{firm.city}{brand}{firm.trade}{firm.form}", chance)
    return None


def sign_lost(firm: Firm, chance: random.Random) -> Pair:
    if len(firm.trade) < 4 and len(firm.brand) < 3:
        return None
    place = chance.choice(_slippery(firm))
    return both(firm, firm.name, _put(firm.name, place, ""), chance)


def sign_twice(firm: Firm, chance: random.Random) -> Pair:
    place = chance.randrange(len(firm.city), len(firm.name))
    return both(firm, firm.name, _put(firm.name, place, firm.name[place] * 2), chance)


def signs_swapped(firm: Firm, chance: random.Random) -> Pair:
    """Two neighbours in the wrong order; not within a brand of two, which would be another brand."""
    begin = len(firm.city) + (0 if len(firm.brand) > 2 else len(firm.brand))
    place = chance.randrange(begin, len(firm.name) - 3)
    one, two = firm.name[place : place + 2]
    return both(firm, firm.name, _put(_put(firm.name, place, two), place + 1, one), chance) if one != two else None


def cell_cut(firm: Firm, chance: random.Random) -> Pair:
    """An old program kept ten or twelve signs of a name: place, brand and at least three signs of the trade."""
    kept = chance.choice((10, 12))
    told = len(firm.city + firm.brand) + min(3, len(firm.trade))
    whole = chance.choice((f"{firm.province}省{firm.city}市{firm.brand}{firm.trade}{firm.form}", firm.name))
    if len(whole) <= kept or whole[:kept].find(firm.name[:told].removeprefix(firm.city)) < 0:
        return None
    return both(firm, firm.name, whole[:kept], chance)


def half_typed(firm: Firm, chance: random.Random) -> Pair:
    """The form not typed to its end."""
    end = chance.choice(
        ("有限公", "有限", "有限责任", "公司", "有限工司", "有线公司", "有限公司司", "有 限 公 司", "有限公習", "有限公同")
    )
    return both(firm, firm.name, firm.name.removesuffix(firm.form) + end, chance)


def stray_signs(firm: Firm, chance: random.Random) -> Pair:
    """What comes along when one copies from a web page, a PDF or a chat."""
    name = firm.name
    ways = (
        " ".join(name), "\u3000".join((firm.city, firm.brand + firm.trade, firm.form)), "\ufeff" + name + "\u00a0", name + "。",
        name[:4] + "\u200b" + name[4:], f"“{name}”", f"{name}；", name.replace(firm.brand, f"“{firm.brand}”"), f"《{name}》",
        name.replace(firm.form, "_" + firm.form), f"{name}\\", f"-{name}", name[:5] + "-" + name[5:],
    )  # fmt: skip
    return both(firm, name, chance.choice(ways), chance)


def pinyin_inside(firm: Firm, chance: random.Random) -> Pair:
    """The brand left in letters because the input window was still English."""
    if not 2 <= len(firm.brand) <= 4:
        return None
    typed = chance.choice((firm.spoken, firm.spoken.lower(), firm.spoken.upper()))
    return both(firm, firm.name, f"{firm.city}{typed}{firm.trade}{firm.form}", chance)


def traditional(firm: Firm, chance: random.Random) -> Pair:
    """Written by the office in Hong Kong or Taipei."""
    written = "".join(words.TRADITIONAL.get(sign, sign) for sign in firm.name)
    return both(firm, firm.name, written, chance) if sum(a != b for a, b in zip(firm.name, written, strict=True)) > 1 else None


def two_slips(firm: Firm, chance: random.Random) -> Pair:
    """No place before it, and a wrong sign in the trade; the brand, four signs of trade and the form say it is the same."""
    if len(firm.brand) < 3 or len(firm.trade) < 4:
        return None
    place = chance.randrange(len(firm.brand), len(firm.brand + firm.trade))
    name = firm.brand + firm.trade
    others = [other for other in characters(readings(name[place])[0], 8) if other != name[place]]
    return both(firm, firm.name, _put(name, place, chance.choice(others)) + firm.form, chance) if others else None


RULES = (candidate_taken, candidate_taken, two_candidates, scanned, scanned, southern_ear, sign_lost, sign_twice, signs_swapped, cell_cut,
         half_typed, stray_signs, pinyin_inside, traditional, two_slips)  # fmt: skip
