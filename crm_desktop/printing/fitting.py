"""Fits a few lines of an address into a box: as designed if it can, then smaller, then wrapped, and cut only
as a last resort."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.printing.letters import width
from crm_desktop.printing.pen import MM
from crm_desktop.printing.wrapping import ELLIPSIS, shorten, wrap

LEADING = 1.32  # line distance in sizes
ASCENT = 0.88  # of the tallest letters above the baseline, in sizes
DESCENT = 0.21
WHOLE_LINES = 0.84  # lines stay whole down to this scale, then they are wrapped
STEP = 0.04
SMALLEST = 5.5  # points; below, nobody reads an address


class Line(NamedTuple):
    """One line to be printed: its text, its size in points when nothing has to give way, and its weight."""

    text: str
    size: float
    bold: bool = False
    gap: float = 0.0  # extra space above, in sizes


class Row(NamedTuple):
    """A line as it is printed: its baseline is `baseline` mm below the top of the block."""

    text: str
    size: float
    bold: bool
    baseline: float


class Block(NamedTuple):
    """Lines fitted into a box: the rows, the height they take in mm, and what was lost."""

    rows: list[Row]
    height: float
    scale: float
    cut: bool = False


def fit(lines: list[Line], room: float, height: float, smallest: float = SMALLEST) -> Block:
    """The lines set into a box `room` mm wide and `height` mm high."""
    room_points, height_points = room * MM, height * MM
    if not lines:
        return Block([], 0.0, 1.0)
    widest = max(width(line.text) * line.size for line in lines)
    tallest = _height(lines)
    scale = min(1.0, room_points / widest if widest else 1.0, height_points / tallest)
    if scale >= WHOLE_LINES:
        # Whole hundredths keep the number of different sizes, and so of font changes, small.
        return _set(lines, int(scale * 100) / 100, cut=False)
    lowest = min(1.0, smallest / min(line.size for line in lines))
    scale = 1.0
    while True:
        groups = [_wrapped(line, scale, room_points) for line in lines]
        wrapped = [part for group in groups for part in group]
        if _height(wrapped) * scale <= height_points and _widest(wrapped) * scale <= room_points:
            return _set(wrapped, scale, cut=False)
        if scale <= lowest:
            return _cut_to_fit(groups, scale, room_points, height_points)
        scale = max(lowest, scale - STEP)


def _height(lines: list[Line]) -> float:
    """Height of the lines in points at full scale, from the top of the first to the descenders of the
    last."""
    total = lines[0].size * ASCENT + lines[-1].size * DESCENT
    return total + sum((LEADING + line.gap) * line.size for line in lines[1:])


def _widest(lines: list[Line]) -> float:
    return max(width(line.text) * line.size for line in lines)


def _wrapped(line: Line, scale: float, room: float) -> list[Line]:
    parts = wrap(line.text, room / (line.size * scale), width)
    return [Line(part, line.size, line.bold, 0.0 if number else line.gap) for number, part in enumerate(parts)]


def _cut_to_fit(groups: list[list[Line]], scale: float, room: float, height: float) -> Block:
    """Take rows from the longest line until the block fits: every line keeps its beginning."""
    kept = [list(group) for group in groups]
    while _height([part for group in kept for part in group]) * scale > height:
        longest = max(kept, key=len)
        if len(longest) == 1:
            break
        longest.pop()
    rows = []
    for group, whole in zip(kept, groups, strict=True):
        if len(group) < len(whole):
            last = group[-1]
            group[-1] = last._replace(text=_with_ellipsis(last.text, room / (last.size * scale)))
        rows.extend(group)
    # Still too high (many lines on a tiny label) or a single wide letter: smaller than readable beats
    # overflowing.
    scale = min(scale, scale * height / (_height(rows) * scale), room / (_widest(rows) or room))
    return _set(rows, scale, cut=True)


def _with_ellipsis(text: str, room: float) -> str:
    if width(text) + width(ELLIPSIS) <= room:
        return text + ELLIPSIS
    return shorten(text, room - 0.01, width) if width(text) > room else shorten(text + ELLIPSIS, room, width)


def _set(lines: list[Line], scale: float, cut: bool) -> Block:
    rows = []
    place = lines[0].size * ASCENT * scale
    for number, line in enumerate(lines):
        if number:
            place += (LEADING + line.gap) * line.size * scale
        rows.append(Row(line.text, round(line.size * scale, 2), line.bold, place / MM))
    bottom = place + lines[-1].size * DESCENT * scale
    return Block(rows, bottom / MM, scale, cut)
