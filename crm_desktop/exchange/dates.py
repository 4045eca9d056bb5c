"""Days and times in a sheet, judged over the whole column: 3/4/2026 is April or March by what its neighbours say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.words import _
from crm_desktop.exchange.cells import Cell

DMY, MDY = "dmy", "mdy"
AMBIGUOUS = "ambiguous"

# Serial numbers of the days from 1950 to 2100: what a date looks like when its cell was not formatted as one.
_SERIALS = range(18_264, 73_051)
_FIRST_DAY = datetime(1899, 12, 30)
_SHORT_YEAR_FROM = 70  # 70-99 are 19.., 00-69 are 20..

_SLASHED = re.compile(
    r"(\d{1,2})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?:[\sT,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp])?\.?[Mm]?\.?)?"
)
_NAMED = re.compile(r"(\d{1,2})[\s\-]*([A-Za-z]{3,9})\.?[\s\-,]*(\d{4})|([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_AFTERNOON = re.compile(r"(上午|下午|晚上|中午|凌晨)\s*(\d{1,2})")

UNDECIDED = _("“{value}” can be read as day/month or as month/day. Choose the order of dates for the column “{column}”.")
NOT_A_DAY = _("“{value}” is not a date. Write it like 2026-11-30.")


def order_of(values: Iterable[Cell]) -> str:
    """How the slashed dates of a column are written: "dmy", "mdy", "ambiguous", or '' when there is none to judge.

    One date with a first number over 12 decides for the whole column; a column that holds both kinds is ambiguous.
    """
    day_first = month_first = undecided = False
    for value in values:
        if not isinstance(value, str):
            continue
        found = _SLASHED.fullmatch(value.strip())
        if found is None:
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            day_first = True
        elif second > 12 >= first:
            month_first = True
        elif first != second and max(first, second) <= 12:  # else it is no date at all
            undecided = True
    if day_first and month_first:
        return AMBIGUOUS
    if day_first or month_first:
        return DMY if day_first else MDY
    return AMBIGUOUS if undecided else ""


def read_day(value: Cell, order: str, column: str | Trouble) -> Cell:
    """A cell of a date column in a form every kind reads: a date or datetime where it is one, else what stood there.

    order: as `order_of` tells. Raises Invalid for a date whose order is not known.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _from_number(value)
    if isinstance(value, float):
        return _FIRST_DAY + timedelta(seconds=round(value * 86_400)) if int(value) in _SERIALS else value
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text.isdigit() and len(text) == 5:
        return _from_number(int(text))
    if found := _SLASHED.fullmatch(text):
        return _from_slashed(found, order, column)
    if found := _NAMED.fullmatch(text):
        return _from_named(found) or value
    return _AFTERNOON.sub(_hour, text)


def _from_number(number: int) -> Cell:
    if number in _SERIALS:
        return (_FIRST_DAY + timedelta(days=number)).date()
    return str(number)


def _from_slashed(found: re.Match[str], order: str, column: str | Trouble) -> Cell:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 1900 if year >= _SHORT_YEAR_FROM else 2000
    if first > 12 or second > 12 or first == second:
        day, month = (first, second) if first > 12 or first == second else (second, first)
    elif order in (DMY, MDY):
        day, month = (first, second) if order == DMY else (second, first)
    else:
        raise Invalid(UNDECIDED, value=found[0], column=column)
    try:
        if found[5] is None:
            return date(year, month, day)
        hour = int(found[5])
        if found[8]:
            hour = hour % 12 + (12 if found[8] in "Pp" else 0)
        return datetime(year, month, day, hour, int(found[6]), int(found[7] or 0))
    except ValueError:
        raise Invalid(NOT_A_DAY, value=found[0]) from None


def _from_named(found: re.Match[str]) -> date | None:
    """'3 Nov 2026', '03-Nov-2026', 'November 3, 2026'."""
    day, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    month = _MONTHS.get(name[:3].lower())
    if month is None:
        return None
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def _hour(found: re.Match[str]) -> str:
    """下午3 -> 15."""
    hour = int(found[2])
    late = found[1] in ("下午", "晚上") or (found[1] == "中午" and hour < 3)
    return " " + str(hour % 12 + 12 if late and hour <= 12 else hour)


def is_time(value: Cell) -> bool:
    """Whether a cell holds a time of day without a day."""
    return isinstance(value, time)
