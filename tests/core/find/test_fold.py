"""Text in the one shape in which it is compared."""

from __future__ import annotations

import pytest

from crm_desktop.core.find.fold import fold
from crm_desktop.core.find.pinyin import simplified

WRITTEN = [("臺灣", "台湾"), ("溫州", "温州"), ("稅務", "税务"), ("羣峯", "群峰"), ("門戶", "门户"), ("颱風", "台风")]


@pytest.mark.parametrize(("one", "other"), WRITTEN)
def test_both_ways_of_writing_are_one(one: str, other: str) -> None:
    """A table of variants that leads back from the simplified sign must not undo it."""
    assert fold(one) == fold(other) == other


def test_no_sign_is_led_to_a_traditional_one() -> None:
    assert not set(simplified()) & set(simplified().values())
