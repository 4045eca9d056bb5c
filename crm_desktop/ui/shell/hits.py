"""What the palette is given: hits, and the provider that finds them (apart, because the box itself is heavy to import)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Hit:
    """A line of the palette. `marks` are the (start, end) places of `title` that matched; `group` is its
    heading."""

    title: str
    run: Callable[[], object] | None
    icon: str = "search"
    sub: str = ""
    shortcut: str = ""
    marks: Sequence[tuple[int, int]] = ()
    group: str = ""
    why_not: str = ""


Done = Callable[[Sequence[Hit]], None]
Provider = Callable[[str, Done], object]


def marks_of(title: str, words: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where each word stands in a title; None when one of them does not."""
    found = []
    lower = title.lower()
    for word in words:
        place = lower.find(word.lower())
        if place < 0:
            return None
        found.append((place, place + len(word)))
    return found
