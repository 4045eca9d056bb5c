"""Kinds of value: what is shown is read back, what is stored is loaded back, and whatever is typed gives a value or a sentence."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.core import kinds, money, words
from crm_desktop.core.errors import Invalid
from crm_desktop.core.pointing import LinkKind, ManyKind, StateKind, StateValue

ANY_TEXT = st.text(st.characters(), max_size=60)
TYPED = st.one_of(ANY_TEXT, st.from_regex(r"[-+0-9.,eE% 万元¥:/年月日TZ]{0,25}", fullmatch=True))
EVERY_KIND = [make() for make in (
    kinds.Kind, kinds.LongTextKind, kinds.PhoneKind, kinds.EmailKind, kinds.UrlKind, kinds.NumberKind, kinds.PercentKind,
    kinds.MoneyKind, kinds.DayKind, kinds.MomentKind, kinds.FlagKind,
    kinds.WeekdaysKind,
)]  # fmt: skip
CELLS = (
    True, 3, 3.0, 2.5, float("nan"), float("inf"), Decimal("1.005"), date(2026, 3, 1), datetime(2026, 3, 1, 8), None, "1e999999999",
)  # fmt: skip
amounts = st.decimals(min_value=-(10**15), max_value=10**15, places=2)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def test_several_words_stand_in_a_row_as_the_language_has_it() -> None:
    assert words.listed(["A", "B"], "en") == "A, B" and words.listed(["甲", "乙"], "zh_TW") == "甲、乙" and words.listed([], "en") == ""


def test_the_shipped_name_is_shown_by_its_word_and_read_back_in_every_language() -> None:
    kind = kinds.NamedKind(60, "sales", "Standard pipeline")
    assert len({kind.show("sales", lang) for lang in words.LANGUAGES}) == 3
    assert all(kind.read(kind.show("sales", lang)) == "sales" for lang in words.LANGUAGES)
    assert kind.read("") == "sales" and kind.show("", "en") == "Standard pipeline"
    assert kind.read(" 备件 ") == "备件" == kind.show("备件", "en")


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.key)
@given(typed=TYPED)
def test_whatever_is_typed_gives_a_value_or_a_sentence(kind: kinds.Kind, typed: str) -> None:
    value, sentence = outcome(kind, typed)
    assert not re.search(r"\{(value|least|most|length|year)\}", sentence), "every value is filled in"
    if not sentence:
        stored = kind.store(kind.check(value))
        assert stored is None or isinstance(stored, int | str)
        assert kind.load(stored) == value
        str(stored).encode()


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.key)
@pytest.mark.parametrize("cell", CELLS)
def test_whatever_a_cell_holds_gives_a_value_or_a_sentence(kind: kinds.Kind, cell: Any) -> None:
    value, sentence = outcome(kind, cell)
    assert sentence or kind.load(kind.store(value)) == value


def outcome(kind: kinds.Kind, typed: Any) -> tuple[Any, str]:
    """The value read, or the sentence that says why there is none."""
    try:
        return kind.read(typed), ""
    except Invalid as problem:
        return None, problem.sentence("en")


@given(amounts)
def test_money_is_shown_and_read_back(amount: Decimal) -> None:
    kind = kinds.MoneyKind()
    assert kind.read(kind.show(amount)) == amount
    assert kind.load(kind.store(amount)) == amount
    assert kind.read(money.plain(amount)) == amount
    assert kind.store(amount) == int(amount * 100)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1,234.5", "1234.5"), ("￥１２００", "1200"), ("12.5万", "125000"), ("1.23456789億", "123456789"),
     ("¥ 656,000", "656000"), ("RMB 3元", "3"), ("0.005", "0.01"),
     ("-0.005", "-0.01"), ("2.675", "2.68"), (2.675, "2.68"), (1e3, "1000")],
)  # fmt: skip
def test_money_as_people_write_it(typed: Any, amount: str) -> None:
    """Rounded half up, away from zero, once."""
    assert kinds.MoneyKind().read(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["abc", "1e30", "1,2,3x", "12 000 万亿", "--5", "1000000000000000.01"])
def test_what_is_no_amount_is_told(typed: str) -> None:
    with pytest.raises(Invalid):
        kinds.MoneyKind().read(typed)


@given(st.integers(0, 100))
def test_percent_is_shown_and_read_back(percent: int) -> None:
    kind = kinds.PercentKind()
    assert kind.read(kind.show(percent)) == percent == kind.load(kind.store(percent))


@pytest.mark.parametrize("typed", ["101", "-1", "12.5", "1e9", "∞", "١٢٣٤"])
def test_percent_stays_between_0_and_100(typed: str) -> None:
    with pytest.raises(Invalid):
        kinds.PercentKind().read(typed)


@given(days)
def test_days_are_shown_and_read_back(day: date) -> None:
    kind = kinds.DayKind()
    assert kind.read(kind.show(day)) == day == kind.load(kind.store(day))
    assert kind.read(f"{day.year}年{day.month}月{day.day}日") == day
    assert kind.read(f"{day.year:04}/{day.month}/{day.day} 10:30") == day
    assert kind.read(f"{day:%Y%m%d}") == day


@pytest.mark.parametrize("typed", ["2026-02-30", "2026-13-01", "1899-12-31", "2200-01-01", "30.2.2026", "0000-00-00", "yesterday"])
def test_what_is_no_day_is_told(typed: str) -> None:
    with pytest.raises(Invalid):
        kinds.DayKind().read(typed)


@given(st.datetimes(datetime(1950, 1, 2), datetime(2190, 1, 1)))
def test_moments_are_shown_to_the_minute_and_read_back(moment: datetime) -> None:
    kind = kinds.MomentKind()
    moment = kind.check(moment)  # type: ignore[assignment]
    assert kind.load(kind.store(moment)) == moment
    to_the_minute = moment.replace(second=0)
    assert kind.read(kind.show(to_the_minute)) == to_the_minute


def test_moments_are_wall_time_unless_they_name_their_zone() -> None:
    kind = kinds.MomentKind()
    assert kind.read("2026-03-18 10:00") == datetime(2026, 3, 18, 2)
    assert kind.read(datetime(2026, 3, 18, 10)) == datetime(2026, 3, 18, 2)
    assert kind.read(date(2026, 3, 18)) == datetime(2026, 3, 17, 16)
    assert kind.read(datetime(2026, 3, 18, 10, tzinfo=UTC)) == datetime(2026, 3, 18, 10)
    assert kind.check(datetime(2026, 3, 18, 10, tzinfo=timezone(timedelta(hours=9)))) == datetime(2026, 3, 18, 1)
    with pytest.raises(Invalid):
        kind.read("2026-03-18 25:00")
    with pytest.raises(Invalid):
        kind.check(time(10))


def test_half_a_character_of_a_broken_file_does_not_stop_a_save() -> None:
    assert kinds.Kind().check("a\x00b") == "ab"
    assert kinds.Kind().check("a\ud800b").encode() == b"a?b"
    assert kinds.Kind().check("第一行\n😀\u202e") == "第一行\n😀\u202e"


def test_lists_of_records_hold_ids_only() -> None:
    kind = ManyKind("tag")
    assert kind.load(kind.store((12, 15))) == (12, 15) and kind.load("") == ()
    assert kind.check([3, 3, 4]) == (3, 4)
    for wrong in ("abc", ["x"], (0,), (None,)):
        with pytest.raises(Invalid):
            kind.check(wrong)
    assert LinkKind("customer").check(0) is None


def test_states_are_read_in_every_language_by_key_or_label() -> None:
    kind = StateKind((StateValue("draft", "Draft"), StateValue("active", "Active")))
    assert kind.read("draft") == kind.read("Draft") == "draft"
    with pytest.raises(Invalid):
        kind.read("drafted")
    with pytest.raises(Invalid):
        kind.check("drafted")


@pytest.mark.parametrize("lang", words.LANGUAGES)
@given(days=st.sets(st.sampled_from("1234567"), min_size=1))
def test_weekdays_are_shown_by_name_and_read_back(days: set[str], lang: str) -> None:
    kind, kept = kinds.WeekdaysKind(), "".join(sorted(days))
    assert kind.read(kind.show(kept, lang)) == kept


def test_weekdays_are_kept_in_order_and_strange_ones_are_told() -> None:
    kind = kinds.WeekdaysKind()
    assert kind.check("5115") == "15" and kind.read("1, 5") == "15" and kind.show("", "en") == ""
    with pytest.raises(Invalid):
        kind.read("someday")
