"""A keyring in memory for every test of the ways into a team's database."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def with_ring(ring: dict[str, str]) -> None:
    """No test here asks the keyring of the computer."""
