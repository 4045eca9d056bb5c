"""Things that repeat: every so many days, weeks, months or years, until a day or so many times; kept in the words of iCalendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from crm_desktop.core.errors import Invalid
from crm_desktop.core.kinds import WEEK, Kind, Naming, tidy
from crm_desktop.core.later import pattern
from crm_desktop.core.words import _, listed, say

EVERY = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PLACES = (1, 2, 3, 4, -1)  # the first … fourth and last of a weekday in its month
MOST_EXCEPTIONS = 18
LONGEST = 255  # characters: all seven days, a last day and the exceptions
_MOST_STEPS = 60_000  # a daily thing of over a hundred years

NOT_SAID = _("“{rule}” is no repetition that can be kept. Write it like FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231.")
_ONE = (_("Every day"), _("Every week"), _("Every month"), _("Every year"))
_MANY = (_("Every %n day(s)"), _("Every %n week(s)"), _("Every %n month(s)"), _("Every %n year(s)"))
_NTH = dict(zip(PLACES, (_("first {day}"), _("second {day}"), _("third {day}"), _("fourth {day}"), _("last {day}")), strict=True))
_PART = pattern(r"([A-Z]+)=([A-Z0-9,+-]+)")


@dataclass(frozen=True)
class Repetition:
    """every: one of EVERY; days: weekdays from 0 (Monday), `place` of PLACES which of them in the month (0: all of a week);
    count and until end it, both 0 and None never; but: days on which it does not take place."""

    every: str
    interval: int = 1
    days: tuple[int, ...] = ()
    place: int = 0
    count: int = 0
    until: date | None = None
    but: frozenset[date] = field(default_factory=frozenset)

    def text(self) -> str:
        """As it is kept: a rule of RFC 5545, the exceptions behind it."""
        parts = [f"FREQ={self.every}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.days:
            parts.append("BYDAY=" + ",".join(f"{self.place or ''}{DAYS[day]}" for day in self.days))
        if self.count:
            parts.append(f"COUNT={self.count}")
        if self.until:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        if self.but:
            parts.append("EXCEPT=" + ",".join(f"{day:%Y%m%d}" for day in sorted(self.but)))
        return ";".join(parts)

    def without(self, day: date) -> Repetition:
        """The same, but not on this day."""
        return replace(self, but=self.but | {day})

    def short(self, first: datetime) -> tuple[Repetition, datetime]:
        """The same, and when it begins first; with more exceptions than are kept, those at the beginning are passed over: what is
        done week after week does not run out of them."""
        if len(self.but) <= MOST_EXCEPTIONS:
            return self, first
        begins = next(self.starts(first, datetime.max), first)
        return self.since(first, begins), begins

    def until_before(self, first: datetime, at: datetime) -> Repetition:
        """What there is of it before this time."""
        but = frozenset(day for day in self.but if day < at.date())
        if self.count:
            return replace(self, count=self._number(first, at), but=but)
        return replace(self, until=at.date() - timedelta(1), but=but)

    def since(self, first: datetime, at: datetime) -> Repetition:
        """What there is of it from this time on, which it then begins with."""
        but = frozenset(day for day in self.but if day >= at.date())
        return replace(self, count=self.count and self.count - self._number(first, at), but=but)

    def _number(self, first: datetime, at: datetime) -> int:
        """How many times come before this one, those left out too."""
        return sum(1 for _at in replace(self, but=frozenset()).starts(first, at))

    def moved(self, first: datetime, to: datetime) -> Repetition:
        """The same with its first time at another one: its weekdays, its end and its exceptions go along."""
        by = (to.date() - first.date()).days
        until = self.until + timedelta(by) if self.until else None
        if self.every == "WEEKLY":
            days, place = tuple(sorted((day + by) % 7 for day in self.days)), 0
        else:
            days = (to.weekday(),) if self.days else ()
            place = _place(to.date(), self.place) if self.days else 0
        there = replace(self, days=days, place=place, until=until, but=frozenset())
        if not self.but:
            return there
        last = datetime.combine(max(self.but) + timedelta(1), datetime.min.time())
        pairs = zip(replace(self, but=frozenset()).starts(first, last), there.starts(to, datetime.max), strict=False)
        return replace(there, but=frozenset(new.date() for old, new in pairs if old.date() in self.but))

    def starts(self, first: datetime, before: datetime, since: datetime = datetime.min) -> Iterator[datetime]:
        """The moments (wall time) it begins at, from `since` on and before `before`; `first` is when it began first."""
        for number, at in enumerate(self._all(first), 1):
            if at >= before or (self.count and number > self.count) or (self.until and at.date() > self.until):
                return
            if at >= since and at.date() not in self.but:
                yield at

    def _all(self, first: datetime) -> Iterator[datetime]:
        """Without an end. The first one counts even when it is not one of the days (RFC 5545, 3.8.5.3)."""
        yield first
        for step in range(_MOST_STEPS):
            try:
                yield from (at for at in self.of_step(first, step * self.interval) if at > first)
            except OverflowError:
                return

    def of_step(self, first: datetime, steps: int) -> list[datetime]:
        """When it begins in the day, week, month or year that many after the first."""
        if self.every == "DAILY":
            return [first + timedelta(days=steps)]
        if self.every == "WEEKLY":
            monday = first - timedelta(days=first.weekday()) + timedelta(weeks=steps)
            return [monday + timedelta(days=day) for day in sorted(self.days) or [first.weekday()]]
        months = first.month - 1 + steps * (12 if self.every == "YEARLY" else 1)
        year, month = first.year + months // 12, months % 12 + 1
        if year > 9_000:
            raise OverflowError
        day = _nth(year, month, self.days[0], self.place) if self.days else first.day
        # A month without a 31st is passed over.
        return [first.replace(year=year, month=month, day=day)] if 0 < day <= _length(year, month) else []

    def sentence(self, lang: str | None = None) -> str:
        """“Every 2 weeks on Mon, Wed, until 2026-12-31”."""
        place = EVERY.index(self.every)
        said = say(_ONE[place], lang) if self.interval == 1 else say(_MANY[place], lang, n=self.interval)
        if self.days:
            names = [say(WEEK[day], lang) for day in self.days]
            names = [say(_NTH[self.place], lang, day=name) for name in names] if self.place else names
            said = say(_("{every} on {days}"), lang, every=said, days=listed(names, lang))
        if self.count:
            said = say(_("{every}, %n time(s)"), lang, every=said, n=self.count)
        elif self.until:
            said = say(_("{every}, until {day}"), lang, every=said, day=self.until.isoformat())
        return say(_("{every}, without %n day(s)"), lang, every=said, n=len(self.but)) if self.but else said


def _nth(year: int, month: int, weekday: int, place: int) -> int:
    """The day of the month that is the first, … or last such weekday; 0 when there is none."""
    first = (weekday - date(year, month, 1).weekday()) % 7 + 1
    return first + (_length(year, month) - first) // 7 * 7 if place < 0 else first + (place - 1) * 7


def _place(day: date, before: int) -> int:
    """Which of its weekday in the month a day is; the last one where that was meant, or no fifth would do."""
    last = day.day + 7 > _length(day.year, day.month)
    return -1 if last and (before < 0 or day.day > 28) else (day.day - 1) // 7 + 1


def _length(year: int, month: int) -> int:
    """How many days a month has."""
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day


def repetition(text: str) -> Repetition:
    """The repetition a kept text says. Raises Invalid."""
    parts = dict(_PART.findall(text))
    if ";".join(f"{name}={value}" for name, value in parts.items()) != text or parts.pop("FREQ", "") not in EVERY:
        raise Invalid(NOT_SAID, rule=text[:80])
    found = Repetition(text.removeprefix("FREQ=").partition(";")[0])
    try:
        for name, value in parts.items():
            found = replace(found, **_read(found.every, name, value))
    except ValueError:
        raise Invalid(NOT_SAID, rule=text[:80]) from None
    if (found.count and found.until) or len(found.but) > MOST_EXCEPTIONS:
        raise Invalid(NOT_SAID, rule=text[:80])
    return found


def _read(every: str, name: str, value: str) -> dict[str, Any]:
    if name in ("INTERVAL", "COUNT"):
        if not 0 < int(value) <= 9_999:
            raise ValueError
        return {name.lower(): int(value)}
    if name == "UNTIL":
        return {"until": date.fromisoformat(value)}
    if name == "EXCEPT":
        return {"but": frozenset(map(date.fromisoformat, value.split(",")))}
    if name != "BYDAY":
        raise ValueError
    days = [(DAYS.index(day[-2:]), int(day[:-2] or 0)) for day in value.split(",")]
    if every == "WEEKLY" and all(place == 0 for _day, place in days):
        return {"days": tuple(sorted({day for day, _place in days}))}
    if every == "MONTHLY" and len(days) == 1 and days[0][1] in PLACES:
        return {"days": (days[0][0],), "place": days[0][1]}
    raise ValueError


class RepeatKind(Kind):
    """A repetition, kept as text; '' for what happens once."""

    key = "repeat"
    operators = ("empty", "filled")

    def __init__(self) -> None:
        super().__init__(LONGEST)

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        return repetition(value).sentence(lang) if value else ""

    def read(self, value: Any, names: Naming | None = None) -> str:
        return self.check(tidy(value).upper().replace(" ", "").removeprefix("RRULE:"))

    def check(self, value: Any) -> str:
        return repetition(super().check(value)).text() if value else ""
