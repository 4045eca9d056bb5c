"""Reads calendars (.ics: iCalendar 2.0) as two tables: appointments and tasks, one row each, times as wall time of this PC."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from crm_desktop.core import clock
from crm_desktop.core.words import _
from crm_desktop.exchange.cells import Cell
from crm_desktop.exchange.readers.cards import OWN, Facts, cleaned, field_named
from crm_desktop.exchange.readers.content_lines import Component, Line, components
from crm_desktop.exchange.readers.repeats import kept
from crm_desktop.exchange.readers.zones import Zones

EVENTS, TASKS = _("Events"), _("Tasks")
NOT_KEPT = "left_out"  # a rule of repetition that cannot be kept: said in the verdict
COLUMNS = (
    _("Summary"), _("Start"), _("End"), _("All Day"), _("Due Date"), _("Location"), _("Remind minutes before"), _("Description"),
    _("Categories"), _("Priority"), _("Organised by"), _("Attendees"), _("Repeats"), NOT_KEPT, _("Unreadable Lines"),
)  # fmt: skip

# Facts of our own that also follow from the standard's lines; what is said in so many words wins.
_OWN_COLUMNS = {"all_day": "All Day", "priority": "Priority"}
_LONGEST_UID = 230
_UNTIL = re.compile(r"(?:^|;)UNTIL=([^;]+)")
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_LENGTH = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
# What other programs say of the state of an entry, as ours says it; "confirmed" and "tentative" say nothing new.
_STATES = {
    "VEVENT": {"CANCELLED": "not_held"},
    "VTODO": {"NEEDS-ACTION": "not_started", "IN-PROCESS": "in_progress", "COMPLETED": "completed", "CANCELLED": "cancelled"},
}


class Calendar:
    """`lines` opens the file anew; it is gone through for time zones first, because they may stand at the end."""

    def __init__(self, lines: Callable[[], Iterable[str]]):
        self._lines = lines
        self._zones = Zones(components(lines(), ("VTIMEZONE",)))
        self._moved: dict[str, list[date]] = {}  # UID of a series -> days of single appointments that stand by themselves
        if any(line[:13].upper() == "RECURRENCE-ID" for line in lines()):
            for one in components(lines(), ("VEVENT",)):
                if (line := one.first("RECURRENCE-ID")) is not None and isinstance(at := self._at(line), date):
                    self._moved.setdefault(one.text("UID").strip(), []).append(_day(at))

    def entries(self, kind: str) -> Iterator[Facts]:
        """The facts of each "VEVENT" or "VTODO", by column."""
        for component in components(self._lines(), ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY")):
            if component.kind == kind:
                yield self._facts(component)

    def _facts(self, entry: Component) -> Facts:
        facts: Facts = {
            "Summary": entry.text("SUMMARY"),
            "Location": entry.text("LOCATION"),
            "Description": entry.text("DESCRIPTION"),
            "Organised by": "、".join(_people(entry, "ORGANIZER")),
            "Attendees": "、".join(_people(entry, "ATTENDEE")),
            "Categories": "、".join(part for line in entry.lines if line.name == "CATEGORIES" for part in line.parts(",")),
            "Remind minutes before": _reminder(entry),
            "Unreadable Lines": "\n".join(line.value.strip()[:200] for line in entry.lines if not line.name),
            "state": _STATES[entry.kind].get(entry.text("STATUS").strip().upper(), ""),
        }
        if entry.kind == "VTODO":
            due = self._at(entry.first("DUE"))
            facts["Due Date"] = due.date() if isinstance(due, datetime) else due
            facts["Priority"] = _priority(entry.text("PRIORITY"))
        else:
            self._take_times(entry, facts)
        self._take_repetition(entry, facts)
        facts["uid"] = self._uid(entry)
        for line in entry.lines:
            if line.name.startswith(OWN):
                name = field_named(line.name)
                facts[_OWN_COLUMNS.get(name, name)] = line.text()
        told = cleaned(facts)
        return told if told.keys() - {"uid", NOT_KEPT} else {}  # an id alone is no appointment

    def _take_times(self, entry: Component, facts: Facts) -> None:
        start, end = self._at(entry.first("DTSTART")), self._at(entry.first("DTEND"))
        length = _length(entry.text("DURATION"))
        if isinstance(start, date):
            if end is None and length is not None:
                end = start + length
            if not isinstance(start, datetime):
                facts["All Day"] = True
                # The end of a whole day is the day after, as in the program itself.
                if not (isinstance(end, date) and str(end) > str(start)):
                    end = start + timedelta(days=1)
        facts["Start"], facts["End"] = start, end

    def _uid(self, entry: Component) -> str:
        """Its own; a single appointment of a series has the series' own, and the day it would have been."""
        uid, line = entry.text("UID").strip()[:_LONGEST_UID], entry.first("RECURRENCE-ID")
        return f"{uid}/{line.value.strip()}" if uid and line is not None else uid

    def _take_repetition(self, entry: Component, facts: Facts) -> None:
        """How it comes again, as far as that can be kept; what cannot is told."""
        lines = [line for line in entry.lines if line.name in ("RRULE", "RDATE", "EXRULE")]
        if not lines or entry.first("RECURRENCE-ID") is not None:
            return
        start, first = facts.get("Start"), entry.first("DTSTART")
        text = ""
        if len(lines) == 1 and lines[0].name == "RRULE" and isinstance(start, date) and first is not None:
            but = [self._at(replace(line, value=part)) for line in entry.lines if line.name == "EXDATE" for part in line.value.split(",")]
            ends = _UNTIL.search(lines[0].value.upper())
            until = self._at(replace(first, value=ends[1])) if ends else None
            days = [_day(one) for one in but if isinstance(one, date)] + self._moved.get(entry.text("UID").strip(), [])
            if (until is None or isinstance(until, date)) and self._keeps_its_hour(first, start):
                text = kept(lines[0].value, start, until, days, self._wall(first.value)[0].weekday())
        facts["Repeats"] = text
        facts[NOT_KEPT] = "" if text else "; ".join(line.value.strip() for line in lines)[:200]

    def _keeps_its_hour(self, line: Line, start: date) -> bool:
        """Whether the clocks of its place and of this one stay equally far apart all year round."""
        if not isinstance(start, datetime):
            return True
        wall, _utc = self._wall(line.value)
        later = (self._at(replace(line, value=f"{wall + timedelta(91 * n):%Y%m%dT%H%M%S}" + line.value.strip()[15:])) for n in (1, 2, 3))
        return all(isinstance(one, datetime) and one.time() == start.time() for one in later)

    def _wall(self, text: str) -> tuple[datetime, bool]:
        """The time as it stands there, and whether it is UTC. Raises ValueError."""
        found = _TIME.fullmatch(text.strip())
        if found is None:
            raise ValueError(text)
        hour, minute, second = (int(part or 0) for part in found.groups()[3:6])
        return datetime(int(found[1]), int(found[2]), int(found[3]), hour, minute, min(second, 59)), bool(found[7])

    def _at(self, line: Line | None) -> Cell:
        """A day, a moment as wall time of this PC, or what stood there."""
        if line is None:
            return None
        text = line.value.strip()
        try:
            wall, is_utc = self._wall(text)
            if "T" not in text:
                return wall.date()
            return _here(wall, UTC if is_utc else self._zones.named(line.params.get("TZID", ""), wall))
        except (ValueError, OverflowError, OSError):
            return text


def _day(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _here(wall: datetime, zone: tzinfo | None) -> datetime:
    """Wall time of a zone as wall time of this PC; without a zone it is already."""
    return wall if zone is None else clock.to_local(clock.to_utc(wall, zone))


def _people(entry: Component, name: str) -> list[str]:
    people = []
    for line in entry.lines:
        if line.name == name:
            address = re.sub(r"^mailto:", "", line.text().strip(), flags=re.I)
            people.append(line.params.get("CN", "").strip() or address)
    return [one for one in people if one][:50]


def _length(text: str) -> timedelta | None:
    found = _LENGTH.fullmatch(text.strip())
    if found is None or text.strip() in ("P", "PT", ""):
        return None
    weeks, days, hours, minutes, seconds = (min(int(part or 0), 100_000) for part in found.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length


def _reminder(entry: Component) -> int | None:
    """Minutes before the start of the first reminder."""
    for alarm in entry.inner:
        trigger = alarm.first("TRIGGER")
        length = _length(trigger.value) if alarm.kind == "VALARM" and trigger and "END" not in trigger.params.get("RELATED", "") else None
        if length is not None and length <= timedelta():
            return int(-length.total_seconds() // 60)
    return None


def _priority(text: str) -> str:
    """1-4 is high, 5 normal, 6-9 low."""
    number = int(text) if text.strip() in tuple("123456789") else 0
    return "" if not number else "high" if number < 5 else "normal" if number == 5 else "low"
