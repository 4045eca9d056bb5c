"""How the calendar names times, days and entries: for bars, tool tips, titles and screen readers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from crm_desktop.core.words import _, say
from crm_desktop.ui.calendar.entries import Entry, kind_label
from crm_desktop.ui.widgets.words import long_day

YEAR_FIRST = (QLocale.Language.Chinese, QLocale.Language.Japanese)


def clock_text(moment: datetime) -> str:
    """The time of day, always 24 hours: 08:15."""
    return moment.strftime("%H:%M")


def time_range(start: datetime, end: datetime) -> str:
    """08:15 – 09:00; an end at midnight reads 24:00."""
    last = "24:00" if end.time() == end.min.time() and end > start else clock_text(end)
    return f"{clock_text(start)} – {last}"


def qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def short_day(day: date, with_month: bool = False) -> str:
    """Weekday and day of a month for tight places: 周四 19, Thu 19; with its month: Thu 11-19."""
    return f"{weekday_name(day)} {day:%m-%d}" if with_month else f"{weekday_name(day)} {day.day}"


def weekday_name(day: date) -> str:
    return QLocale().dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)


def month_title(day: date) -> str:
    """2026年11月, November 2026."""
    locale = QLocale()
    if locale.language() in YEAR_FIRST:
        return locale.toString(qdate(day), "yyyy年M月")
    return f"{locale.standaloneMonthName(day.month)} {day.year}"


def weeks_title(first: date, last: date) -> str:
    """The month of a week, or both when it lies across two."""
    if (first.year, first.month) == (last.year, last.month):
        return month_title(last)
    return f"{month_title(first)} – {month_title(last)}"


def short_month_title(day: date) -> str:
    """2026-11 for headers too narrow for the name of the month."""
    return day.strftime("%Y-%m")


def span_text(start: datetime, end: datetime, all_day: bool) -> str:
    """When something is, in a few words, for the label that follows the mouse: 周四 19  10:15 – 11:00."""
    first = start.date()
    last = (end - timedelta(microseconds=1)).date() if end > start else end.date()
    if first == last:
        return short_day(first) if all_day else f"{short_day(first)}  {time_range(start, end)}"
    with_month = first.month != last.month
    begins, stops = short_day(first, with_month), short_day(last, with_month)
    if all_day:
        return f"{begins} – {stops}"
    return f"{begins} {clock_text(start)} – {stops} {clock_text(end)}"


def when_text(entry: Entry) -> str:
    """When an entry is, in full, for tool tips and screen readers."""
    first, last = long_day(entry.first_day), long_day(entry.last_day)
    if first == last:
        if entry.all_day:
            return say(_("{day}, all day"), day=first)
        return say(_("{day}, {time}"), day=first, time=time_range(entry.starts, entry.ends))
    if not entry.all_day:
        first = f"{first} {clock_text(entry.starts)}"
        last = f"{long_day(entry.ends.date())} {clock_text(entry.ends)}"
    return say(_("{first} to {last}"), first=first, last=last)


def spoken(entry: Entry) -> str:
    """The whole entry in one sentence for a screen reader."""
    kind = say(kind_label(entry.kind))
    parts = [kind, one_line(entry.title), when_text(entry), entry.customer_name, entry.owner_name]
    return ", ".join(part for part in parts if part)


def one_line(text: str, limit: int = 200) -> str:
    """A title as one short line: no line breaks, nothing longer than could ever be seen."""
    return " ".join(text[:limit].split())


def day_spoken(day: date, count: int) -> str:
    """A day of the grid for a screen reader."""
    return say(_("{day}, {entries}"), day=long_day(day), entries=say(_("%n entries"), n=count))
