"""What several tests of the database need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.database import keys
from tests import ring


@pytest.fixture
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A keyring of this test's own, and nothing typed."""
    import keyring

    before = keyring.get_keyring()  # ahead of the environment, which would name another one if nobody has asked yet
    for name, value in ring.environment(tmp_path / "ring.json").items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv(keys.PHRASE, raising=False)
    keyring.set_keyring(ring.FileRing())
    keys._typed.clear()
    yield
    keyring.set_keyring(before)
    keys._typed.clear()
