"""How near two names are, in a number, and the sentences that say why."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.core.words import _


class Alike(NamedTuple):
    """How near two names are, of 100 (100: the same), and why, as a marked sentence with its values."""

    score: int
    why: str
    values: dict[str, str]


SAME = _("the same name")
BUT_FORM = _("the names differ only in “{parts}”")
ELSEWHERE = _("the same name in another place")
SOUNDS = _("the names sound the same")
ORDER = _("the same words in another order")
SHORT = _("“{short}” is short for the other name")
LETTER = _("the names differ in one character")
SCRIPT = _("the same name in another script")
DOMAIN = _("a Chinese and a Latin name, both with mailboxes at {host}")
ADDRESS = _("{host} stands in place of a name")
NEAR = _("the names are nearly the same")
NEAR_TRADE = _("the same “{brand}” in nearly the same line of business")
BRAND = _("the same “{brand}” in the same place")
