"""What the palette is given: hits, and the provider that finds them (apart, because the box itself is heavy to import)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Hit(NamedTuple):
    """A line of the palette. `marks` are the (start, end) places of `title` that matched; `group` is its
    heading. `sub_marks` are those of `sub`, where the match is not in the title."""

    title: str
    run: Callable[[], object] | None
    icon: str = "search"
    sub: str = ""
    shortcut: str = ""
    marks: Sequence[tuple[int, int]] = ()
    group: str = ""
    why_not: str = ""
    sub_marks: Sequence[tuple[int, int]] = ()


Done = Callable[[Sequence[Hit]], None]
Provider = Callable[[str, Done], object]


def marks_of(title: str, words: str) -> Sequence[tuple[int, int]] | None:
    """Where what was typed stands in a title, by its characters, pinyin or initials; None when it does not."""
    if not words.strip():
        return ()
    from crm_desktop.core import find  # not before something is typed

    return find.said_by(find.parse(words), title)
