"""How the calendar names times, days and entries: for bars, tool tips, titles and screen readers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from crm_desktop.core.words import say
from crm_desktop.ui.calendar.entries import DAY, Entry, kind_label

MONTH_FIRST = (QLocale.Language.Chinese, QLocale.Language.Japanese, QLocale.Language.Korean)


def clock_text(moment: datetime) -> str:
    """The time of day, always 24 hours: 08:15."""
    return moment.strftime("%H:%M")


def time_range(start: datetime, end: datetime) -> str:
    """08:15 – 09:00; an end at midnight reads 24:00."""
    last = "24:00" if end.time() == end.min.time() and end > start else clock_text(end)
    return f"{clock_text(start)} – {last}"


def qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def long_day(day: date) -> str:
    """The day in full, with its weekday, as the language writes it."""
    return QLocale().toString(qdate(day), QLocale.FormatType.LongFormat)


def short_day(day: date) -> str:
    """Weekday and day of a month for tight places: 周四 19, Thu 19."""
    return f"{weekday_name(day)} {day.day}"


def weekday_name(day: date) -> str:
    return QLocale().dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)


def month_title(day: date) -> str:
    """2026年11月, November 2026."""
    locale = QLocale()
    if locale.language() in MONTH_FIRST:
        return locale.toString(qdate(day), "yyyy年M月" if locale.language() != QLocale.Language.Korean else "yyyy년 M월")
    return f"{locale.standaloneMonthName(day.month)} {day.year}"


def short_month_title(day: date) -> str:
    """2026-11 for headers too narrow for the name of the month."""
    return day.strftime("%Y-%m")


def span_text(start: datetime, end: datetime, all_day: bool) -> str:
    """When something is, in a few words, for the label that follows the mouse: 周四 19  10:15 – 11:00."""
    last = (end - timedelta(microseconds=1)).date() if end > start else end.date()
    if all_day:
        return short_day(start.date()) if last <= start.date() else f"{short_day(start.date())} – {short_day(last)}"
    if last <= start.date():
        return f"{short_day(start.date())}  {time_range(start, end)}"
    return f"{short_day(start.date())} {clock_text(start)} – {short_day(end.date())} {clock_text(end)}"


def when_text(entry: Entry) -> str:
    """When an entry is, in full, for tool tips and screen readers."""
    first, last = long_day(entry.first_day), long_day(entry.last_day)
    if entry.all_day:
        return say("{day}, all day", day=first) if first == last else say("{first} to {last}", first=first, last=last)
    if entry.first_day == entry.last_day or entry.ends - entry.starts < DAY and entry.ends.time() == entry.ends.min.time():
        return say("{day}, {time}", day=first, time=time_range(entry.starts, entry.ends))
    return say(
        "{first} to {last}",
        first=f"{first} {clock_text(entry.starts)}",
        last=f"{long_day(entry.ends.date())} {clock_text(entry.ends)}",
    )


def spoken(entry: Entry) -> str:
    """The whole entry in one sentence for a screen reader."""
    parts = [say(kind_label(entry.kind)), entry.title, when_text(entry), entry.customer_name, entry.owner_name]
    return ", ".join(part for part in parts if part)


def one_line(text: str, limit: int = 200) -> str:
    """A title as one short line: no line breaks, nothing longer than could ever be seen."""
    return " ".join(text[:limit].split())


def day_spoken(day: date, count: int) -> str:
    """A day of the grid for a screen reader."""
    return say("{day}, {entries}", day=long_day(day), entries=say("%n entries", n=count))
