"""Hebrew and Arabic on paper: letters joined and put in the order they are seen.

A plain form of the Unicode bidirectional algorithm (UAX 9) for one line without embedding marks: enough for
a name or an address. Arabic letters take their joined shapes from the presentation forms Unicode lists
(block FE70–FEFF).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

RIGHT_TO_LEFT = ("R", "AL")
SHAPES = {"<isolated>": 0, "<final>": 1, "<initial>": 2, "<medial>": 3}
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
TATWEEL = "\u0640"


def reads_right_to_left(text: str) -> bool:
    """Whether a letter of a right-to-left script occurs."""
    return any(unicodedata.bidirectional(character) in RIGHT_TO_LEFT for character in text)


def visual(text: str) -> str:
    """The characters from left to right as they stand on paper."""
    text = _joined(text)
    levels = _levels(text)
    order = list(range(len(text)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            if levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return "".join(text[place].translate(MIRRORED) if levels[place] % 2 else text[place] for place in order)


def _levels(text: str) -> list[int]:
    """Odd levels run right to left; numbers and Latin words inside them keep their order."""
    kinds = [unicodedata.bidirectional(character) for character in text]
    base = next(("L" if kind == "L" else "R" for kind in kinds if kind in ("L", *RIGHT_TO_LEFT)), "L")
    sides = _sides(kinds, base)
    levels = {"L": 0, "R": 1, "number": 2} if base == "L" else {"L": 2, "R": 1, "number": 2}
    settled = []
    for place, side in enumerate(sides):
        if side is None:
            # A space or mark goes with its neighbours when they agree, else with the line.
            before, after = _neighbour(sides, place, -1, base), _neighbour(sides, place, 1, base)
            side = before if before == after else base
        settled.append(levels[side])
    return settled


def _sides(kinds: list[str], base: str) -> list[str | None]:
    """Each character as "L", "R" or "number"; None for spaces and marks."""
    sides: list[str | None] = []
    latest = base
    for kind in kinds:
        if kind == "L" or kind in RIGHT_TO_LEFT:
            latest = "L" if kind == "L" else "R"
            sides.append(latest)
        elif kind in ("EN", "AN"):
            # A number after Latin text is part of it.
            sides.append("number" if latest == "R" else "L")
        elif kind == "NSM" and sides:
            sides.append(sides[-1])
        else:
            sides.append(None)
    return sides


def _neighbour(sides: list[str | None], place: int, step: int, base: str) -> str:
    place += step
    while 0 <= place < len(sides):
        side = sides[place]
        if side is not None:
            return "L" if side == "L" else "R"
        place += step
    return base


@lru_cache(1)
def _forms() -> dict[str, list[str]]:
    """Letter -> its isolated, final, initial and medial shape ("" where it has none)."""
    forms: dict[str, list[str]] = {}
    for code in range(0xFE70, 0xFF00):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) < 2 or parts[0] not in SHAPES:
            continue
        letters = "".join(chr(int(part, 16)) for part in parts[1:])
        forms.setdefault(letters, ["", "", "", ""])[SHAPES[parts[0]]] = chr(code)
    return forms


def _joined(text: str) -> str:
    forms = _forms()
    for ligature in (letters for letters in forms if len(letters) == 2 and letters[0] == "\u0644"):
        # Lam followed by alef is written as one letter; its isolated form stands for it until the shapes are
        # chosen.
        text = text.replace(ligature, forms[ligature][0])
    by_shape = {shapes[0]: shapes for shapes in forms.values() if shapes[0]}
    shaped = []
    for place, character in enumerate(text):
        shapes = forms.get(character) or by_shape.get(character)
        if shapes is None:
            shaped.append(character)
            continue
        joins_before = _joins_forward(text, place - 1, forms)
        joins_after = bool(shapes[2]) and _joins_back(text, place + 1, forms, by_shape)
        shape = shapes[(1 if joins_before else 0) + (2 if joins_after else 0)]
        shaped.append(shape or character)
    return "".join(shaped)


def _joins_forward(text: str, place: int, forms: dict[str, list[str]]) -> bool:
    while place >= 0 and unicodedata.combining(text[place]):
        place -= 1
    if place < 0:
        return False
    return text[place] == TATWEEL or bool(forms.get(text[place], ("", "", "", ""))[2])


def _joins_back(text: str, place: int, forms: dict[str, list[str]], by_shape: dict[str, list[str]]) -> bool:
    while place < len(text) and unicodedata.combining(text[place]):
        place += 1
    if place >= len(text):
        return False
    shapes = forms.get(text[place]) or by_shape.get(text[place])
    return text[place] == TATWEEL or bool(shapes and shapes[1])
