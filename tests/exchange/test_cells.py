"""Single cells: cleaned, mended, and written as people would write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.exchange.cells import Texts, TextsAndBlanks, as_text, clean, clean_columns, column_letter, kinds_of, rows_of


@pytest.mark.parametrize(
    ("raw", "cell"),
    [
        ("", None),
        ("  ", None),
        (" \u3000华为\u00a0 ", "华为"),
        ("ABC_x000D_\nDEF", "ABC\nDEF"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00b\x07c", "abc"),
        ("\ufeff客户", "客户"),
        ("inner  spaces stay", "inner  spaces stay"),
        (4111010001.0, 4111010001),
        (0.1, 0.1),
        (-0.0, 0),
        (1e300, 1e300),
        (float("nan"), None),
        (float("inf"), None),
        (True, True),
        (7, 7),
        (timedelta(hours=3, minutes=4), time(3, 4)),
        (timedelta(hours=36), "36:00:00"),
        (timedelta(hours=-1), "-1:00:00"),
        (date(2026, 1, 2), date(2026, 1, 2)),
    ],
)
def test_a_cell_is_cleaned(raw: Any, cell: Any) -> None:
    cleaned = clean(raw)
    assert cleaned == cell
    assert type(cleaned) is type(cell)


def test_true_stays_true_among_numbers() -> None:
    assert [type(value) for value in rows_of(clean_columns([[True, 1, 1.0]]))[0]] == [bool, int, int]


@given(st.lists(st.lists(st.one_of(st.text(max_size=8), st.floats(), st.integers(), st.booleans(), st.none()), max_size=5)))
def test_many_rows_at_once_are_cleaned_like_single_cells(rows: list[list[Any]]) -> None:
    expected = []
    for row in rows:
        cells = [clean(value) for value in row]
        while cells and cells[-1] is None:
            cells.pop()
        expected.append(cells)
    assert repr(rows_of(clean_columns(rows)) or [[] for _row in rows]) == repr(expected)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (4111010001.0, "4111010001"),
        (1.5, "1.5"),
        (50000, "50000"),
        (date(2026, 11, 3), "2026-11-03"),
        (datetime(2026, 11, 3, 9, 5), "2026-11-03 09:05"),
        (datetime(2026, 11, 3, 9, 5, 7), "2026-11-03 09:05:07"),
        (time(9, 5), "09:05"),
        ("007", "007"),
    ],
)
def test_a_cell_as_text(cell: Any, text: str) -> None:
    assert as_text(cell) == text


def test_columns_are_called_by_letters() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_a_column_of_texts_knows_what_it_holds() -> None:
    rows = [["恒泰", "a", "", 1, ""], ["华为", "", "", "x", " b"], ["小米", "c", None, None, None]]
    texts, some, none, mixed, untidy = clean_columns(rows)
    assert isinstance(texts, Texts) and kinds_of(texts) == {str} and list(texts) == ["恒泰", "华为", "小米"]
    assert isinstance(some, TextsAndBlanks) and kinds_of(some) == {str, type(None)} and list(some) == ["a", None, "c"]
    assert not isinstance(none, Texts) and kinds_of(none) == {type(None)}
    assert not isinstance(mixed, Texts) and kinds_of(mixed) == {int, str, type(None)}
    assert list(untidy) == [None, "b", None]
    for column in clean_columns(rows):
        assert kinds_of(column) == set(map(type, column))
