"""Schedules: a report exported to a folder by itself, on set weekdays at a set time; a missed run is made up once."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from crm_desktop.core import clock
from crm_desktop.core.errors import Invalid
from crm_desktop.core.fields import Choice, Flag, Moment, Text, Weekdays
from crm_desktop.core.record import Record, Rights, Screen, indexed
from crm_desktop.core.words import _


class Schedule(Record):
    """A scheduled export of its owner. weekdays: digits 1 (Monday) to 7, '1' or '12345'; at: local wall time 'HH:MM'."""

    name = Text(_("Schedule"), required=True, max_length=80)
    report = Choice(_("Report"), "report", required=True, default="funnel")
    format = Choice(_("Format"), "report_format", required=True, default="xlsx")
    folder = Text(_("Folder"), required=True, max_length=400)
    weekdays = Weekdays(_("Weekdays"), required=True, default="1")
    at = Text(_("Time"), required=True, max_length=5, default="08:00")
    active = Flag(_("Switched on"), default=True)
    last_run_at = Moment(_("Last run"), readonly=True)
    next_run_at = Moment(_("Next run"), readonly=True)
    last_result = Text(_("Last result"), max_length=400, readonly=True)

    screen = Screen(
        _("Scheduled exports"),
        _("Scheduled export"),
        area="settings",
        icon="clock",
        columns="name report format weekdays at folder next_run_at last_result",
        rights=Rights(delete="sales"),
    )

    class Meta:
        indexes = indexed("next_run_at")

    def fill_in(self, unit: Any) -> None:
        """A new timing counts from now: what the old one missed, or what was missed while inactive, is not made up."""
        timing = (self.weekdays, self.at, int(self.active))
        before = self.stored and (self.stored["weekdays"], self.stored["at"], int(self.stored["active"]))
        if timing != before or self.next_run_at is None:
            self.next_run_at = next_run(self, unit.now) if self.active else None

    def check(self, unit: Any) -> None:
        if wall_time(self.at) is None:
            raise Invalid(_("Write the time like 08:00."), "at")


def wall_time(text: str) -> time | None:
    """'08:00' as a time of day; None if it is not one."""
    hour, _colon, minute = text.partition(":")
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None


def next_run(schedule: Schedule, after: datetime, zone: tzinfo | None = None) -> datetime | None:
    """The first moment after `after` (both UTC) when the clock on the wall says `at` on one of the weekdays.

    Worked out anew from the wall time of each day, so that it stays 08:00 when summer time begins or ends. A time the clocks
    jump over comes right after the jump; one they show twice counts the first time. zone: another than this PC's.
    """
    at = wall_time(schedule.at)
    if at is None:
        return None
    day = clock.to_local(after, zone).date()
    for ahead in range(8):
        wall = datetime.combine(day + timedelta(ahead), at)
        moment = clock.to_utc(wall, zone)
        if str(wall.isoweekday()) in schedule.weekdays and moment > after:
            return moment
    return None
