"""The time zones of a calendar file: by their usual names, by those Windows uses, or as the file itself describes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crm_desktop.exchange.readers.content_lines import Component

# Outlook and Exchange call zones as Windows does; the usual ones of our users (Unicode CLDR, windowsZones.xml).
WINDOWS = {
    "China Standard Time": "Asia/Shanghai", "Taipei Standard Time": "Asia/Taipei", "Singapore Standard Time": "Asia/Singapore",
    "Tokyo Standard Time": "Asia/Tokyo", "Korea Standard Time": "Asia/Seoul", "India Standard Time": "Asia/Kolkata",
    "SE Asia Standard Time": "Asia/Bangkok", "AUS Eastern Standard Time": "Australia/Sydney",
    "Arabian Standard Time": "Asia/Dubai", "Russian Standard Time": "Europe/Moscow", "GMT Standard Time": "Europe/London",
    "W. Europe Standard Time": "Europe/Berlin", "Romance Standard Time": "Europe/Paris",
    "Central Europe Standard Time": "Europe/Budapest", "Central European Standard Time": "Europe/Warsaw",
    "E. South America Standard Time": "America/Sao_Paulo", "Eastern Standard Time": "America/New_York",
    "Central Standard Time": "America/Chicago", "Mountain Standard Time": "America/Denver",
    "Pacific Standard Time": "America/Los_Angeles", "UTC": "UTC",
}  # fmt: skip
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?")
_BY_DAY = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Zones:
    """The zones of one file. Of those it describes itself, each half (standard and summer time) is told by its yearly rule."""

    def __init__(self, described: Iterable[Component]):
        self._described = {one.text("TZID").strip(): one for one in described}

    def named(self, name: str, wall: datetime) -> tzinfo | None:
        """The zone that holds at this wall time; None for no name and for one nobody can explain."""
        name = name.strip()
        if not name:
            return None
        return _usual(WINDOWS.get(name, name)) or self._own(name, wall)

    def _own(self, name: str, wall: datetime) -> tzinfo | None:
        component = self._described.get(name)
        if component is None:
            return None
        latest: tuple[datetime, timedelta] | None = None
        for half in component.inner:
            offset = _offset(half.text("TZOFFSETTO"))
            if offset is None:
                continue
            for begin in _begins(half, wall.year):
                if begin <= wall and (latest is None or begin > latest[0]):
                    latest = begin, offset
            latest = latest or (datetime.min, offset)
        return timezone(latest[1]) if latest else None


def _usual(name: str) -> tzinfo | None:
    """Also '/freeassociation.sourceforge.net/Europe/London', as old programs write it."""
    for tried in (name.strip("/"), "/".join(name.split("/")[-2:])):
        try:
            return ZoneInfo(tried)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(text.strip())
    if found is None or int(found[2]) > 23:
        return None
    length = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return -length if found[1] == "-" else length


def _begins(half: Component, year: int) -> list[datetime]:
    """When this half began last year and this year; once only when it has no yearly rule."""
    text = half.text("DTSTART").strip()
    try:
        first = datetime.strptime(text[:15], "%Y%m%dT%H%M%S")
    except ValueError:
        return []
    rule = dict(part.split("=", 1) for part in half.text("RRULE").upper().split(";") if "=" in part)
    if rule.get("FREQ") != "YEARLY":
        return [first]
    begins = []
    for one in (year - 1, year):
        day = _day(rule, first, one)
        if day is not None and day >= first.date() and not _over(rule, day):
            begins.append(datetime.combine(day, first.time()))
    return begins


def _day(rule: dict[str, str], first: datetime, year: int) -> date | None:
    """The day of a year a rule like BYMONTH=3;BYDAY=-1SU names."""
    month = int(rule["BYMONTH"]) if rule.get("BYMONTH", "").isdigit() else first.month
    found = _BY_DAY.fullmatch(rule.get("BYDAY", ""))
    try:
        if found is None:
            return date(year, month, first.day)
        nth, weekday = int(found[1] or 1), _DAYS.index(found[2])
        if nth > 0:
            start = date(year, month, 1)
            return start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (nth - 1))
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7 + 7 * (-nth - 1))
    except ValueError:
        return None


def _over(rule: dict[str, str], day: date) -> bool:
    until = rule.get("UNTIL", "")[:8]
    return until.isdigit() and len(until) == 8 and f"{day:%Y%m%d}" > until
