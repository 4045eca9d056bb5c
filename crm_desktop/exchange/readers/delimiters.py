"""Which character separates the columns of a text table."""

from __future__ import annotations

import csv
from collections import Counter

DELIMITERS = (",", "\t", ";", "|", "，", "；")
_ROWS = 60


def delimiter_of(lines: list[str]) -> str:
    """The delimiter that cuts `lines` (the start of the file) most evenly into the most columns; ',' if none does."""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0][4]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        score = _evenness(lines, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _evenness(lines: list[str], delimiter: str) -> float:
    """How alike the rows are in width, weighed by the width: 0 when nothing is cut."""
    widths: Counter[int] = Counter()
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=delimiter)):
            if number >= _ROWS:
                break
            if row:
                widths[len(row)] += 1
    except csv.Error:
        return 0.0
    cut = {width: count for width, count in widths.items() if width > 1}
    if not cut:
        return 0.0
    width, count = max(cut.items(), key=lambda item: (item[1], item[0]))
    share = count / sum(widths.values())
    # Titles and notes above a table are narrow: they lower the share without making the delimiter wrong.
    return share * share * min(width, 12)
