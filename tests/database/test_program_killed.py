"""Short forms of the kills (-9) while the program imports and migrates; moving is killed in tests/guard, restoring and recoding
are killed at every step beside this."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from crm_desktop.core import words
from tests.endurance import killing

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX kills")
KILLS = 4


@pytest.fixture(autouse=True)
def the_language_stays() -> Iterator[None]:
    yield
    words.use(words.DEFAULT)


@pytest.mark.parametrize("work", ["import", "migrate"])
def test_a_killed_program_starts_clean_and_nothing_is_half_done(work: str) -> None:
    result = killing.killed(work, KILLS)
    assert result.good and result.kills == KILLS, result


@pytest.mark.parametrize(("work", "told"), [("import", "belong to no act"), ("migrate", "half migrated")])
def test_a_careless_program_is_found_out(work: str, told: str) -> None:
    result = killing.killed(work, KILLS, careless=True)
    assert not result.good and told in result.wrong[0], result
