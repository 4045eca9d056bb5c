"""Help that fits a terminal: Chinese signs take two columns and may be parted anywhere, which argparse does not know."""

from __future__ import annotations

import argparse

from crm_desktop.cli.printing import width_of

_LAST = "，。；：、）”,.;:)"  # never begin a line


class Help(argparse.RawDescriptionHelpFormatter):
    """Wraps what is one line; paragraphs of several lines (tables of examples) stay as they are written."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        paragraphs = [part if "\n" in part else "\n".join(wrapped(part, width)) for part in text.split("\n\n")]
        return "\n\n".join("\n".join(indent + line for line in part.splitlines()) for part in paragraphs)


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns (a longer word without a break stands alone)."""
    lines, current = [], ""
    for piece in _pieces(text):
        fits = width_of(current + piece.rstrip()) <= width
        if current and not fits and piece not in _LAST:
            lines.append(current.rstrip())
            current = ""
        current += piece
    return [*lines, current.rstrip()] if current.strip() else lines


def _pieces(text: str) -> list[str]:
    """What may not be parted: words with the space behind them, single Chinese signs."""
    pieces: list[str] = []
    joins = False
    for sign in text:
        wide = width_of(sign) == 2
        if joins and not wide:
            pieces[-1] += sign
        else:
            pieces.append(sign)
        joins = not wide and sign != " "
    return pieces
