"""Dates and amounts as lists say them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from crm_desktop.core import words as spoken
from crm_desktop.ui.widgets import words
from crm_desktop.ui.widgets.columns import LOADING, Column

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("away", "text", "tone"),
    [
        (0, "Today", "warn"),
        (1, "Tomorrow", "text"),
        (-1, "Yesterday", "bad"),
        (7, "in 7 day(s)", "text"),
        (8, "2026-11-29", "text"),
        (-5, "5 day(s) late", "bad"),
    ],
)
def test_days_in_words(english: None, away: int, text: str, tone: str) -> None:
    spoken.speak_through(lambda text, _n: text)
    assert words.relative_day(TODAY + timedelta(days=away), TODAY) == (text, tone)
    assert words.relative_day(datetime(2026, 11, 21, 23, 59) + timedelta(days=away), TODAY) == (text, tone)
    spoken.speak_through(None)


def test_amounts(english: None) -> None:
    assert words.money_text(Decimal("656000")) == "¥ 656,000"
    assert words.money_text(Decimal("656000.5")) == "¥ 656,000.50"
    assert words.money_text(None) == ""
    assert words.money_text(1200, "USD") == "$ 1,200"
    assert words.money_short(1_286_000) == "¥ 1.29 M"
    assert words.money_short(45_600) == "¥ 46 K"
    assert words.money_short(-2_500_000) == "¥ -2.50 M"
    assert words.money_short(980) == "¥ 980"


def test_ago(english: None) -> None:
    now = datetime(2026, 11, 21, 18, 0)
    spoken.speak_through(lambda text, _n: text)
    assert words.ago(datetime(2026, 11, 21, 9, 5), now) == "Today 09:05"
    assert words.ago(datetime(2026, 11, 20, 9, 5), now) == "Yesterday 09:05"
    assert words.ago(datetime(2026, 11, 5, 14, 25), now) == "11-05 14:25"
    assert words.ago(datetime(2025, 12, 31, 8, 0), now) == "2025-12-31 08:00"
    spoken.speak_through(None)


def test_columns_say_their_values(english: None) -> None:
    pill = Column("state", "State", "pill", labels={"won": "Won"})
    assert pill.text("won", TODAY) == "Won"
    assert pill.text("unknown", TODAY) == "unknown"
    assert Column("p", "P", "progress").text((1, 3), TODAY) == "33%"
    assert Column("p", "P", "progress").text((1, 0), TODAY) == "0%"
    assert Column("t", "T", "tags").text([("Fair", "ok"), "VIP"], TODAY) == "Fair, VIP"
    assert Column("m", "M", "money", show=lambda value: f"{value} EUR").text(3, TODAY) == "3 EUR"
    assert Column("n", "N", "number").text(1234567, TODAY) == "1,234,567"
    assert Column("n", "N").text(None, TODAY) == ""
    assert Column("n", "N").text(LOADING, TODAY) == ""


def test_arrow_keys_are_written_as_arrows() -> None:
    from crm_desktop.ui.widgets.buttons import keys_text

    assert keys_text("Ctrl+Left").endswith("+←")
    assert keys_text("Alt+Right").endswith("+→")
    assert keys_text("Ctrl+K") == "Ctrl+K"
    assert keys_text("") == ""
