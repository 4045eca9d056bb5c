"""Prints tables and JSON to standard output."""

from __future__ import annotations

import json
import shutil
import sys
import time
import unicodedata
from collections.abc import Sequence
from typing import Any

TOLD_EACH = 0.5  # seconds between two lines of progress
WIDEST = 40  # columns of one cell on a terminal


def put_json(value: dict[str, Any]) -> None:
    """One object on one line."""
    print(json.dumps(value, ensure_ascii=False))


def width_of(text: str) -> int:
    """How many columns a text takes on a terminal; Chinese signs take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def fitted(text: str, width: int) -> str:
    """The text filled up or cut to a width."""
    space = width - width_of(text)
    if space >= 0:
        return text + " " * space
    kept = ""
    for sign in text:
        if width_of(kept + sign) > width - 1:
            break
        kept += sign
    return fitted(kept + "…", width)


class TablePrinter:
    """Prints rows below headings. On a terminal cells are aligned and cut; into a file or pipe all of them go, with tabs."""

    def __init__(self, headings: Sequence[str], rights: Sequence[bool]):
        self._headings, self._rights = list(headings), list(rights)
        self._aligned = sys.stdout.isatty()
        self._widths: list[int] = []

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Print more rows; the first ones decide how wide the columns are."""
        told = [[" ".join(cell.split()) for cell in row] for row in rows]
        if not self._widths:
            columns = zip(self._headings, *told, strict=True)
            self._widths = [min(WIDEST, max(width_of(cell) for cell in column)) for column in columns]
            self._print(self._headings)
        for row in told:
            self._print(row)

    def _print(self, row: Sequence[str]) -> None:
        if not self._aligned:
            print("\t".join(row))
            return
        cells = []
        for cell, width, right in zip(row, self._widths, self._rights, strict=True):
            cells.append(" " * (width - width_of(cell)) + cell if right else fitted(cell, width))
        line = "  ".join(cells).rstrip()
        print(fitted(line, shutil.get_terminal_size().columns).rstrip())


def remark(sentence: str) -> None:
    """Say something beside the answer: it goes to standard error, so that what reads the answer is not disturbed."""
    print(sentence, file=sys.stderr)


def progress_line(text: str) -> None:
    """A line that is written over by the next, for long work at a terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


class Progress:
    """Tells on standard error how far a move or a copy is: one line on a terminal, now and then a line elsewhere."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, table: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= TOLD_EACH:
            self._last = now
            end = "\r" if sys.stderr.isatty() else "\n"
            print(f"{table}: {done:,} / {total:,}", end=end, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the line."""
        if self._last and sys.stderr.isatty():
            print(" " * 60, end="\r", file=sys.stderr)
