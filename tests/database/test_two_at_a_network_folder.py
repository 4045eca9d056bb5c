"""Short forms of tests/endurance/network_folder: two programs, no locks that work; the lease keeps the file whole."""

from __future__ import annotations

from pathlib import Path

from tests.endurance import network_folder


def test_two_programs_that_freeze_and_die_lose_nothing(tmp_path: Path) -> None:
    result = network_folder.run(tmp_path, seconds=12)
    assert result.good, result


def test_the_count_would_notice(tmp_path: Path) -> None:
    """Without the lease the same work destroys the file."""
    result = network_folder.run(tmp_path, seconds=8, clients=3, leased=False)
    assert not result.good
    assert result.wrong, result
