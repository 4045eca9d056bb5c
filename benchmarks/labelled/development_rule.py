"""What the rules of the set the matcher is developed on have in common (`development_set`)."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.find import mobile
from benchmarks.labelled.customers import Firm
from benchmarks.labelled.judging import Row
from crm_desktop.core.find.pinyin import characters, readings

Rule = Callable[[Firm, Row, random.Random], Row | None]


def again(row: Row, name: str, chance: random.Random, **kept: str) -> Row | None:
    """The customer written once more; only what is `kept` tells it beside the name."""
    if not name or (name == row["name"] and not kept):
        return None
    other = {
        "name": name,
        "short_name": "",
        "phone": "",
        "mobile": mobile(chance) if chance.random() < 0.6 else "",
        "email": "",
        "tax_no": "",
    }
    return other | kept


def landline(chance: random.Random) -> tuple[str, str]:
    return chance.choice(
        ("010", "021", "0755", "0571", "0512", "028", "0769")
    ), f"{chance.randrange(2, 9)}{chance.randrange(10**7):07d}"


def sound(sign: str, chance: random.Random) -> str:
    found = [one for one in characters(readings(sign)[0], 8) if one != sign] if readings(sign) else []
    return chance.choice(found) if found else ""


def put(text: str, at: int, other: str) -> str:
    return text[:at] + other + text[at + 1 :]
