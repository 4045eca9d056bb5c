"""A keyring in memory for every test of the ways into a team's database."""

from __future__ import annotations

import pytest

from crm_desktop.core import secret


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    found: dict[str, str] = {}
    monkeypatch.setattr(secret, "available", lambda: True)
    monkeypatch.setattr(secret, "get", found.get)
    monkeypatch.setattr(secret, "put", lambda name, word: found.update({name: word}) or True)
    monkeypatch.setattr(secret, "forget", lambda name: found.pop(name, None))
    return found
