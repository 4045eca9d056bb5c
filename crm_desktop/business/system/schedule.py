"""Schedules: a report exported to a folder by itself, on set weekdays at a set time; a missed run is made up once."""

from __future__ import annotations

from typing import Any

from crm_desktop.core.errors import Invalid
from crm_desktop.core.fields import Choice, Flag, Moment, Text
from crm_desktop.core.record import Record, Rights, Screen, indexed
from crm_desktop.core.words import _


class Schedule(Record):
    """A scheduled export of its owner. weekdays: digits 1 (Monday) to 7, '1' or '12345'; at: local wall time 'HH:MM'."""

    name = Text(_("Schedule"), required=True, max_length=80)
    report = Choice(_("Report"), "report", required=True, default="funnel")
    format = Choice(_("Format"), "report_format", required=True, default="xlsx")
    folder = Text(_("Folder"), required=True, max_length=400)
    weekdays = Text(_("Weekdays"), required=True, max_length=7, default="1")
    at = Text(_("Time"), required=True, max_length=5, default="08:00")
    active = Flag(_("Active"), default=True)
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

    def check(self, unit: Any) -> None:
        if not set(self.weekdays) <= set("1234567"):
            raise Invalid(_("Weekdays are digits from 1 (Monday) to 7 (Sunday)."), "weekdays")
        hour, _colon, minute = self.at.partition(":")
        if not (hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60):
            raise Invalid(_("Write the time like 08:00."), "at")
