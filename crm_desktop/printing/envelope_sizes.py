"""The sizes of envelopes, the zones of the Chinese front and the six postcode boxes, from
resources/labels/envelopes.json."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from crm_desktop.core.errors import Invalid, NotFound
from crm_desktop.core.places import RESOURCES
from crm_desktop.core.words import _, language

FILE = RESOURCES / "labels" / "envelopes.json"
DEFAULT = "CN-DL"


@dataclass(frozen=True)
class PostcodeBoxes:
    """Where the six boxes lie: the first one's corner, their size and the pitch from one to the next, in
    mm."""

    left: float = 12.0
    top: float = 8.5
    width: float = 7.5
    height: float = 9.0
    pitch: float = 9.5

    def check(self) -> None:
        """Raises Invalid when the boxes overlap or leave the zone the sorting machine reads."""
        zone = zones()["postcode_zone"]
        right = self.left + 5 * self.pitch + self.width
        if self.width <= 0 or self.height <= 0 or self.pitch < self.width:
            raise Invalid(_("The postcode boxes overlap: the pitch must be at least the width of a box."), "pitch")
        if self.left < 0 or self.top < 0 or right > zone["width"] or self.top + self.height > zone["height"]:
            raise Invalid(
                _("The postcode boxes must lie inside the {width} × {height} mm zone at the top left."),
                "left",
                width=zone["width"],
                height=zone["height"],
            )


USUAL_BOXES = PostcodeBoxes()


@dataclass(frozen=True)
class Envelope:
    """A size of envelope, seen from the front, in mm."""

    key: str
    width: float
    height: float
    chinese: bool
    names: dict[str, str] = field(default_factory=dict, hash=False)

    def name(self, lang: str | None = None) -> str:
        return self.names.get(lang or language()) or self.names.get("en", self.key)


@lru_cache(1)
def zones() -> dict[str, Any]:
    """The content of envelopes.json."""
    loaded: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return loaded


@lru_cache(1)
def envelopes() -> tuple[Envelope, ...]:
    """All sizes, the Chinese domestic ones first."""
    return tuple(
        Envelope(size["key"], float(size["width"]), float(size["height"]), size["chinese"], size["name"])
        for size in zones()["sizes"]
    )


def envelope(key: str) -> Envelope:
    """The envelope of that key ("CN-DL", "No10"). Raises NotFound."""
    for known in envelopes():
        if known.key == key:
            return known
    raise NotFound(_("There is no envelope “{key}”. Choose one from the list."), key=key)
