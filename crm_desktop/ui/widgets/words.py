"""Dates, amounts and named values in the words and figures that lists, cards and toasts show."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import QDate, QLocale

from crm_desktop.core.words import _, language, say

SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "HKD": "HK$", "TWD": "NT$"}


def named(label: str, value: object) -> str:
    """A value behind its name, with the colon of the language."""
    return say(_("{label}: {value}"), label=label, value=value)


def day_text(day: date | datetime | None) -> str:
    """yyyy-MM-dd, or nothing."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}" if day else ""


def moment_text(moment: datetime | None) -> str:
    """yyyy-MM-dd HH:mm of a local time, or nothing."""
    return f"{day_text(moment)} {moment:%H:%M}" if moment else ""


def relative_day(day: date | datetime, today: date) -> tuple[str, str]:
    """A day as people say it and the colour token it is said in: today, 5 days late, in 7 days, else
    yyyy-MM-dd."""
    plain = day.date() if isinstance(day, datetime) else day
    away = (plain - today).days
    if away == 0:
        return say(_("Today")), "warn"
    if away == 1:
        return say(_("Tomorrow")), "text"
    if away == -1:
        return say(_("Yesterday")), "bad"
    if away < 0:
        return say(_("%n day(s) late"), n=-away), "bad"
    if away <= 7:
        return say(_("in %n day(s)"), n=away), "text"
    return day_text(plain), "text"


def ago(moment: datetime, now: datetime) -> str:
    """When something happened, for timelines: today 14:25, yesterday 09:10, 11-05 14:25, or with the year."""
    clock = f"{moment:%H:%M}"
    away = (now.date() - moment.date()).days
    if away == 0:
        return f"{say(_('Today'))} {clock}"
    if away == 1:
        return f"{say(_('Yesterday'))} {clock}"
    if moment.year == now.year:
        return f"{moment:%m-%d} {clock}"
    return moment_text(moment)


def long_day(day: date) -> str:
    """A day with its weekday in the user's language: 2026年11月21日星期六."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def money_text(amount: Decimal | float | None, currency: str = "CNY", decimals: int | None = None) -> str:
    """An amount in full: ¥ 656,000 or ¥ 656,000.50. `amount` counts major units (yuan, not fen)."""
    if amount is None:
        return ""
    places = decimals if decimals is not None else (0 if amount == int(amount) else 2)
    return f"{SIGNS.get(currency, currency)} {amount:,.{places}f}"


def money_short(amount: Decimal | float, currency: str = "CNY") -> str:
    """An amount at a glance for cards and figures: ¥ 128.6 万 in Chinese, ¥ 1.29 M in English."""
    sign = SIGNS.get(currency, currency)
    size = abs(float(amount))
    if language().startswith("zh"):
        if size >= 100_000_000:
            return say(_("{sign} {amount} hundred million"), sign=sign, amount=f"{float(amount) / 1e8:,.2f}")
        if size >= 10_000:
            return say(_("{sign} {amount} ten thousand"), sign=sign, amount=f"{float(amount) / 1e4:,.1f}")
        return money_text(amount, currency, 0)
    if size >= 1_000_000:
        return f"{sign} {float(amount) / 1e6:,.2f} M"
    if size >= 10_000:
        return f"{sign} {float(amount) / 1e3:,.0f} K"
    return money_text(amount, currency, 0)


def size_text(size: float) -> str:
    """Bytes in the unit people read: 512 B, 340 KB, 1.5 MB, 2.0 GB."""
    for unit in ("B", "KB", "MB"):
        if size < 1024:
            return f"{size:,.0f} {unit}" if unit in ("B", "KB") else f"{size:,.1f} {unit}"
        size /= 1024
    return f"{size:,.1f} GB"
