"""Breaks text into lines as Chinese typesetting wants it: no punctuation begins a line, no opening bracket
ends one.

Words, numbers and amounts of Latin text stay whole unless one alone is wider than the line. The lists of
characters follow the rules of GB/T 15834 and the usual practice of word processors.
"""

from __future__ import annotations

import re
from collections.abc import Callable

NOT_FIRST = "，。、；：？！）】》〉」』〕〗｝］…—～·”’％‰℃,.;:?!)]}%›»"
NOT_LAST = "（【《〈「『〔〖｛［“‘([{‹«¥￥$€£＃#№"
CURRENCIES = "¥￥$€£"
HAN = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
ELLIPSIS = "…"

# The sign of a currency stays with its amount, also over the blank between them.
_OPEN = f"(?:[{re.escape(CURRENCIES)}] |[{re.escape(NOT_LAST)}])"
_CLOSE = f"[{re.escape(NOT_FIRST)}]"
# One unbreakable piece: opening marks, then a Han character or a Latin word, then closing marks; or white
# space.
_PIECE = re.compile(rf"\s+|{_OPEN}*(?:[{HAN}]|[^\s{HAN}]+)?{_CLOSE}*|.")
_HAN_OR_SPACE = re.compile(rf"[\s{HAN}]")

Measure = Callable[[str], float]


def pieces(text: str) -> list[str]:
    """The text cut where a line may end; joined they are the text again."""
    return [piece for piece in _PIECE.findall(text) if piece]


def wrap(text: str, room: float, measure: Measure) -> list[str]:
    """The lines of `text`, each at most `room` wide by `measure`; an empty text is one empty line.

    Only a single character wider than the room may exceed it.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph, room, measure))
    return lines


def _wrap_paragraph(text: str, room: float, measure: Measure) -> list[str]:
    if measure(text) <= room:
        return [text]
    lines: list[str] = []
    line, used = "", 0.0
    for piece in pieces(text):
        needed = measure(piece)
        if used + needed <= room:
            line, used = line + piece, used + needed
            continue
        if piece.isspace():
            # White space at the end of a line is dropped, it never starts the next one.
            lines.append(line.rstrip())
            line, used = "", 0.0
            continue
        if line.strip():
            lines.append(line.rstrip())
        line, used = piece, needed
        while used > room and len(line) > 1:
            cut = _cut(line, room, measure)
            lines.append(line[:cut])
            line = line[cut:]
            used = measure(line)
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def _cut(piece: str, room: float, measure: Measure) -> int:
    """How many characters of an over-wide piece go on this line, at least one."""
    used = 0.0
    for place, character in enumerate(piece):
        used += measure(character)
        if used > room:
            best = max(1, place)
            # A long word breaks better after a slash, hyphen or at-sign, when one is in the second half.
            for back in range(best, best // 2, -1):
                if piece[back - 1] in "/-_@\\&" and piece[back] not in NOT_FIRST:
                    return back
            return best
    return len(piece)


def shorten(text: str, room: float, measure: Measure) -> str:
    """The text cut to the room with an ellipsis at its end, or unchanged when it fits."""
    if measure(text) <= room:
        return text
    used = measure(ELLIPSIS)
    for place, character in enumerate(text):
        used += measure(character)
        if used > room:
            return text[:place].rstrip() + ELLIPSIS
    return text
