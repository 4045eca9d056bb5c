"""The letters of one document: how wide a text is, which embedded font holds each part of it, and what no
font has."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from crm_desktop.printing.embedding import EmbeddedFont
from crm_desktop.printing.fonts import GONE, Face, bundled_face, face_for, is_emoji
from crm_desktop.printing.righttoleft import reads_right_to_left, visual

Run = tuple[int, str]  # number of the font in the document, hex glyph codes
# Marks both scripts use: as wide as a Han character in Chinese text, narrow beside Latin letters
# (“O’Reilly”…).
SHARED_MARKS = frozenset("‘’“”…—–·")
OPENING_MARKS = "‘“"
SHARED_CODES = frozenset(map(ord, SHARED_MARKS))
FIRST_HAN = "\u2e80"


class _Widths(dict[str, float]):
    """Character -> width in thousandths of the size; shared by all documents of the process."""

    def __missing__(self, character: str) -> float:
        width = self[character] = self._measured(ord(character))
        return width

    def _measured(self, code: int) -> float:
        face = face_for(code)
        if face is not None:
            return float(face.widths[code])
        if invisible(code) or is_emoji(code):
            return 0.0
        return 1000.0


_widths = _Widths()


def width(text: str) -> float:
    """Width of a line of text in sizes: times the size in points it is points."""
    return sum(map(_widths.__getitem__, text)) / 1000


def is_narrow(text: str, place: int) -> bool:
    """Whether a shared mark stands beside a Latin letter: an opening one is judged by what follows, others
    by what precedes."""
    neighbour = place + 1 if text[place] in OPENING_MARKS or place == 0 else place - 1
    if neighbour >= len(text):
        return True
    return text[neighbour] < FIRST_HAN and (text[neighbour] not in SHARED_MARKS or neighbour == 0)


def exact_width(text: str) -> float:
    """As `width`, with shared marks counted as narrow as they will be printed."""
    total = width(text)
    if SHARED_MARKS.isdisjoint(text):
        return total
    narrow = bundled_face(1).widths
    for place, character in enumerate(text):
        if character in SHARED_MARKS and is_narrow(text, place):
            total += (narrow[ord(character)] - _widths[character]) / 1000
    return total


def invisible(code: int) -> bool:
    """Joiners, direction marks, variation selectors and control characters: they print as nothing."""
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or unicodedata.category(chr(code)) in ("Cc", "Cf")


@dataclass
class Letters:
    """Turns text into glyph codes, embedding each font the first time it is needed."""

    fonts: list[EmbeddedFont] = field(default_factory=list)
    missing: dict[str, list[int | None]] = field(default_factory=dict)
    position: int | None = None  # of the recipient or row being drawn, remembered with a missing character

    def __post_init__(self) -> None:
        self._numbers: dict[int, int] = {}
        # `text.translate(main)` gives four hex digits for each character the main font has; a shorter result
        # means that some are lacking, and `mixed_runs` finds fonts for them.
        self.main = self.fonts[self._number(bundled_face(0))].codes
        self.main.withheld = SHARED_CODES

    def _number(self, face: Face) -> int:
        number = self._numbers.get(id(face))
        if number is None:
            number = self._numbers[id(face)] = len(self.fonts)
            self.fonts.append(EmbeddedFont(face, number))
        return number

    def mixed_runs(self, text: str) -> list[Run]:
        """Text with characters the main font lacks, in reading order on paper: each from the first font that has
        it."""
        if reads_right_to_left(text):
            text = visual(text)
        runs: list[Run] = []
        for place, character in enumerate(text):
            code = ord(character)
            if invisible(code):
                continue
            if code in SHARED_CODES:
                face: Face | None = bundled_face(1 if is_narrow(text, place) else 0)
            else:
                face = face_for(code)
            if face is None:
                self.missing.setdefault(character, []).append(self.position)
                if is_emoji(code):
                    continue
                code = ord(GONE)
                face = bundled_face(0)
            number = self._number(face)
            digits = self.fonts[number].codes.of(code)
            if runs and runs[-1][0] == number:
                runs[-1] = (number, runs[-1][1] + digits)
            else:
                runs.append((number, digits))
        return runs
