"""Earlier rows of a sheet are found by their keys, however many there are."""

from __future__ import annotations

import random

import pytest

from crm_desktop.exchange.importing.earlier_rows import EarlierRows


@pytest.mark.parametrize("bits", [32, 63])
@pytest.mark.parametrize("few", [0, 500, 10**6])
def test_the_first_row_with_a_key_answers_to_it(few: int, bits: int) -> None:
    rows, chance, known = EarlierRows(few=few, slots=1 << 14), random.Random(3), dict[int, int]()
    for row in range(2, 1502):
        keys = [chance.getrandbits(bits) for _key in range(4)] + ([chance.choice(list(known))] if known and row % 7 == 0 else [])
        held = {known[key] for key in keys if key in known}
        found = rows.holders(keys, row)
        assert held <= found and len(found - held) <= 1, "a key may lead to another row besides, and seldom does"
        assert all(rows.values(one) == {"name": f"客户{one}", "customer": one} for one in found)
        rows.take(row, keys, {"name": f"客户{row}", "customer": row})
        for key in keys:
            known.setdefault(key, row)
    assert sum(rows.holders([key], 10**6) == {row} for key, row in known.items()) > 0.99 * len(known)


def test_a_row_that_comes_again_is_not_like_itself_or_those_behind_it() -> None:
    rows = EarlierRows()
    for row in (5, 6, 9):
        rows.take(row, [1, row + 100], {"name": str(row)})
    assert rows.holders([1], 9) == {5} and rows.holders([1, 106], 5) == set()
    rows.take(6, [7], {"name": "corrected"})
    assert rows.values(6) == {"name": "corrected"} and rows.holders([7], 9) == {6}
    rows.take(3, [8], {"name": "before all"})
    assert rows.holders([8], 9) == set()


def test_a_full_table_takes_no_more_and_loses_nothing() -> None:
    rows = EarlierRows(few=0, slots=64)
    for row in range(1, 200):
        rows.take(row, [row * 2_654_435_761 % (1 << 32)], {"name": str(row)})
    found = [row for row in range(1, 200) if rows.holders([row * 2_654_435_761 % (1 << 32)], 10**6) == {row}]
    assert 40 <= len(found) <= 64
