"""Rules of repetition as other calendars write them (RFC 5545, 3.3.10), brought into the form in which we keep them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from crm_desktop.core.errors import Invalid
from crm_desktop.core.repeating import DAYS, MOST_EXCEPTIONS, Repetition, repetition


def kept(rule: str, start: date, until: date | datetime | None, but: Iterable[date], weekday: int) -> str:
    """The rule as we keep it; '' when it says what we cannot keep.

    start: when it begins first, until: the end the rule names, both wall time of this PC; but: days left out; weekday: on which
    it begins where the rule was written.
    """
    parts = dict(part.split("=", 1) for part in rule.upper().replace(" ", "").split(";") if "=" in part)
    every, day = parts.get("FREQ", ""), DAYS[start.weekday()]
    if start.weekday() != weekday:  # Monday evening there is Tuesday morning here
        if every in ("MONTHLY", "YEARLY") and any(name in parts for name in ("BYDAY", "BYMONTHDAY", "BYMONTH")):
            return ""
        ahead = start.weekday() - weekday
        days = parts.get("BYDAY", "").split(",")
        if any(one and one not in DAYS for one in days):
            return ""
        if "BYDAY" in parts:
            parts["BYDAY"] = ",".join(DAYS[(DAYS.index(one) + ahead) % 7] for one in days)
    parts.pop("UNTIL", None)
    if parts.get("WKST", "MO") == "MO" or (every != "WEEKLY" or parts.get("INTERVAL", "1") == "1"):
        parts.pop("WKST", None)  # it only matters where weeks are passed over
    # What the first time says already.
    if every in ("MONTHLY", "YEARLY") and parts.get("BYMONTHDAY") == str(start.day):
        del parts["BYMONTHDAY"]
    if every == "YEARLY" and parts.get("BYMONTH") == str(start.month) and "BYDAY" not in parts:
        del parts["BYMONTH"]
    if every == "MONTHLY" and parts.get("BYDAY", "") in DAYS and parts.get("BYSETPOS"):
        parts["BYDAY"] = parts.pop("BYSETPOS") + parts["BYDAY"]
    if every == "MONTHLY" and parts.get("BYDAY", "").startswith("+"):
        parts["BYDAY"] = parts["BYDAY"][1:]
    if every == "DAILY" and "BYDAY" in parts and parts.get("INTERVAL", "1") == "1":
        parts["FREQ"] = "WEEKLY"
    if every == "WEEKLY" and parts.get("BYDAY") == day:
        del parts["BYDAY"]
    try:
        found = repetition(";".join(f"{name}={value}" for name, value in parts.items()))
    except Invalid:
        return ""
    out = frozenset(but)
    if until is not None:
        found = replace(found, until=_last_day(start, until), count=0)
    if (found.days and not _begins_on_one(found, start)) or len(out) > MOST_EXCEPTIONS:
        return ""
    return replace(found, but=out).text()


def _last_day(start: date, until: date | datetime) -> date:
    """The last day it may begin on: a moment before the hour it begins at belongs to the day before."""
    if not isinstance(until, datetime):
        return until
    early = isinstance(start, datetime) and until.time() < start.time()
    return date.fromordinal(until.toordinal() - early)


def _begins_on_one(found: Repetition, start: date) -> bool:
    """Whether the first time is one of the days the rule names: programs disagree about what is meant otherwise."""
    first = datetime(start.year, start.month, start.day)
    return start.weekday() in found.days and (not found.place or first in found.of_step(first, 0))
