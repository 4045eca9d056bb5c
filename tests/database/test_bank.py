"""Short forms of the bank: the server is killed, the line is cut at COMMIT, and every transfer happens once."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.endurance import bank

KILLS, CLIENTS = 20, 8


@pytest.fixture(autouse=True)
def there_is_a_server() -> None:
    if shutil.which("mariadbd") is None:
        if os.environ.get("CI"):
            pytest.fail("no MariaDB for the tests")
        pytest.skip("NO SERVER: mariadbd is not installed")


def test_a_server_killed_again_and_again_loses_and_doubles_nothing() -> None:
    result = bank.killed(KILLS, CLIENTS, pause=0.8)
    assert result.good, result


def test_commits_whose_line_is_cut_happen_once() -> None:
    result = bank.cut(12, 4, 0.05)
    assert result.good, result


def test_the_count_would_notice() -> None:
    """Without operation ids transfers are doubled, and the bank says so."""
    result = bank.cut(12, 4, 0.2, control="retry")
    assert result.doubled > 0 and not result.good
