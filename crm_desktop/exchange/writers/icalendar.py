"""Writes calendars (iCalendar 2.0): appointments as VEVENT, tasks as VTODO, times in UTC, so that no zone has to be described."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO, Any

from crm_desktop.core.ids import UID
from crm_desktop.core.repeating import repetition
from crm_desktop.exchange.writers.columns import Column
from crm_desktop.exchange.writers.content_lines import EntryWriter, escaped, own_line, text_of, utc

_DAY, _WALL = "{:%Y%m%d}".format, "{:%Y%m%dT%H%M%S}".format
_LINES = {"title": "SUMMARY", "place": "LOCATION", "note": "DESCRIPTION"}


class IcalendarWriter(EntryWriter):
    """`tasks`: the entries are tasks, else appointments."""

    begin = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//CRM Desktop//CRM Desktop//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    end = ("END:VCALENDAR",)

    def __init__(self, file: IO[bytes], columns: Sequence[Column], tasks: bool):
        self._kind = "VTODO" if tasks else "VEVENT"
        self._stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        super().__init__(file, columns)

    def lines(self, facts: dict[str, Any]) -> list[str]:
        uid = facts.pop("uid", "") or UID.format(id=facts.get("id", id(facts)))
        lines = [f"BEGIN:{self._kind}", f"UID:{escaped(uid)}", f"DTSTAMP:{self._stamp}"]
        for field, written in _LINES.items():
            if field in facts:
                lines.append(f"{written}:{escaped(text_of(facts.pop(field)))}")
        lines += _due(facts) if self._kind == "VTODO" else _times(facts)
        minutes = facts.pop("remind_minutes", None)
        lines += [own_line(field, value) for field, value in facts.items()]
        if minutes is not None:
            lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-PT{minutes}M", "DESCRIPTION:Reminder", "END:VALARM"]
        return [*lines, f"END:{self._kind}"]


def _due(facts: dict[str, Any]) -> list[str]:
    return [f"DUE;VALUE=DATE:{facts.pop('due_on'):%Y%m%d}"] if "due_on" in facts else []


def _times(facts: dict[str, Any]) -> list[str]:
    """Whole days as days. The mark itself is written too: an appointment may be of a whole day and not begin at midnight.

    What repeats is written in wall time: Monday at seven may be Sunday in UTC."""
    start, end = facts.pop("starts_at", None), facts.pop("ends_at", None)
    moments = [moment for moment in (start, end) if isinstance(moment, datetime)]
    whole = facts.get("all_day") is True and all((at.hour, at.minute, at.second) == (0, 0, 0) for at in moments)
    rule = repetition(facts.pop("repeats")) if facts.get("repeats") and isinstance(start, datetime) else None
    form = _DAY if whole else _WALL if rule is not None else utc
    name = ";VALUE=DATE:" if whole else ":"
    lines = [
        f"{line}{name}{form(moment)}" for line, moment in (("DTSTART", start), ("DTEND", end)) if isinstance(moment, datetime)
    ]
    if rule is not None:
        text = replace(rule, until=None, but=frozenset()).text()
        on = {day: form(datetime.combine(day, start.time())) for day in (*rule.but, *filter(None, (rule.until,)))}
        lines.append(f"RRULE:{text}" + (f";UNTIL={on[rule.until]}" if rule.until else ""))
        if rule.but:
            lines.append(f"EXDATE{name}{','.join(on[day] for day in sorted(rule.but))}")
    return lines
