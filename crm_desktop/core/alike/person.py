"""Names of people compared: spaces, capitals, titles and the order of Latin names do not count; 王伟 sounds like Wang Wei."""

from __future__ import annotations

import re
from typing import NamedTuple

from crm_desktop.core.alike.sounds import SOUND
from crm_desktop.core.find.fold import FOLD

_TITLES = re.compile(r"(?:先生|女士|小姐|太太|老师|經理|经理|总经理|总监|主任|工程师)$")
_LATIN_TITLES = frozenset("mr mrs ms miss dr prof herr frau monsieur madame".split())


class Person(NamedTuple):
    """A name as it is compared: as written, and the letters of its sound in the order of the alphabet."""

    name: str
    sound: str


def parse(name: str) -> Person | None:
    """The name without title; None when it says nothing."""
    words = [word for word in name.translate(FOLD).split() if word not in _LATIN_TITLES]
    squeezed = "".join(words)
    bare = _TITLES.sub("", squeezed)
    squeezed = bare if len(bare) > 1 else squeezed
    return Person(squeezed, "".join(sorted(squeezed.translate(SOUND)))) if squeezed else None
