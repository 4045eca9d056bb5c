"""Short forms of the power cuts: after each the file is whole and holds what was called done; the careless ways are found out."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from crm_desktop.core import words
from tests.endurance import power_cuts
from tests.endurance.recorded_disk import NoTap, find_vfs


@pytest.fixture(autouse=True)
def the_disk_can_be_recorded() -> Iterator[None]:
    try:
        find_vfs()
    except NoTap as error:
        if sys.platform == "linux":
            raise
        pytest.skip(f"NO TAP: {error}")
    yield
    words.use(words.DEFAULT)


@pytest.mark.parametrize(("mode", "cuts"), [("local", 60), ("network", 12), ("encrypted", 12)])
def test_a_power_cut_damages_and_loses_nothing(mode: str, cuts: int) -> None:
    result = power_cuts.run(cuts, mode)
    assert result.good, result


def test_without_flushes_damage_is_found() -> None:
    result = power_cuts.run(25, control="off")
    assert result.damaged > 0 and not result.good


def test_with_fewer_flushes_than_ours_losses_are_found() -> None:
    result = power_cuts.run(25, control="normal")
    assert result.lost > 0 and not result.good
