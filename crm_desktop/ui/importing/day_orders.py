"""The two ways to read the days of a column, each shown on a day of that column."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import say
from crm_desktop.exchange.cells import Cell
from crm_desktop.exchange.dates import AMBIGUOUS, DMY, MDY, order_of, read_day


def day_orders(cells: Iterable[Cell]) -> list[tuple[str, str]]:
    """(order, what it makes of the first cell that may be read both ways)."""
    for cell in cells:
        if order_of([cell]) == AMBIGUOUS:
            try:
                first, second = (read_day(cell, order, "") for order in (DMY, MDY))
            except Invalid:
                continue
            if isinstance(first, date) and isinstance(second, date):
                return [
                    (DMY, say("Day first: {written} is {day}", written=cell, day=f"{first:%Y-%m-%d}")),
                    (MDY, say("Month first: {written} is {day}", written=cell, day=f"{second:%Y-%m-%d}")),
                ]
    return [(DMY, say("Day first: 31/12/2026")), (MDY, say("Month first: 12/31/2026"))]
