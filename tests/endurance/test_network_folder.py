"""The network folder for five minutes, with three programs."""

from __future__ import annotations

from pathlib import Path

from tests.endurance import network_folder


def test_three_programs_at_a_folder_without_locks(tmp_path: Path) -> None:
    result = network_folder.run(tmp_path, seconds=300, clients=3)
    assert result.good and result.taken and result.killed, result
