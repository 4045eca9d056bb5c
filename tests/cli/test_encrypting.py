"""The commands that encrypt the local file, give it another key and take the encryption away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.core import secret
from crm_desktop.database import keys, recovery
from tests.cli.conftest import Run
from tests.guard.company import open_company


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(secret, "available", lambda: False)
    monkeypatch.setattr(secret, "get", lambda name: None)
    monkeypatch.setattr(secret, "put", lambda name, word: False)
    keys._typed.clear()
    yield
    keys._typed.clear()


def phrase_in(out: str) -> str:
    return next(line for line in out.splitlines() if len(recovery.groups_of(line)) == recovery.GROUPS and line.isupper())


def test_there_and_back(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    data = ["--data", tmp_path, "--lang", "en"]
    assert run("list", "customer", *data).code == 0
    told = run("database", "encrypt", *data)
    assert told.code == 0 and "no keyring" in told.out
    first = phrase_in(told.out)
    assert keys.read_head(tmp_path / "crm.db") == keys.head_of(recovery.key_of(first))

    keys._typed.clear()  # as in another process
    told = run("list", "customer", *data)
    assert told.code == 1 and keys.PHRASE in told.err
    monkeypatch.setenv(keys.PHRASE, first)
    assert run("list", "customer", *data).code == 0
    told = run("database", "encrypt", *data)
    assert told.code == 1 and "already" in told.err

    second = phrase_in(run("database", "rekey", *data).out)
    assert second != first
    keys._typed.clear()
    told = run("list", "customer", *data)
    assert told.code == 1 and "another database" in told.err
    monkeypatch.setenv(keys.PHRASE, second.replace(" ", "-").lower())
    assert run("database", "decrypt", *data).code == 0
    monkeypatch.delenv(keys.PHRASE)
    keys._typed.clear()
    assert run("list", "customer", *data).code == 0
    assert run("database", "decrypt", *data).code == 1


def test_of_a_teams_database_the_copies_are_encrypted(tmp_path: Path, run: Run, server: str) -> None:
    company = open_company(server)
    try:
        address = company.address("admin")
        told = run("database", "encrypt", "--database", address, "--lang", "en")
        assert told.code == 0 and "from now on are encrypted" in told.out
        phrase = phrase_in(told.out)
        made = run("database", "backup", "--database", address, "--to", tmp_path, "--lang", "en")
        (copy,) = tmp_path.glob("*.db")
        assert made.code == 0 and keys.read_head(copy) == keys.head_of(recovery.key_of(phrase))
        assert run("database", "encrypt", "--database", company.address("li")).code == 1
        assert run("database", "decrypt", "--database", address).code == 0
        run("database", "backup", "--database", address, "--to", tmp_path / "plain")
        (copy,) = (tmp_path / "plain").glob("*.db")
        assert copy.read_bytes().startswith(b"SQLite format 3")
    finally:
        company.close()


def test_nothing_is_refused(tmp_path: Path, run: Run) -> None:
    told = run("database", "encrypt", "--data", tmp_path / "nowhere", "--lang", "en")
    assert told.code == 1 and "no database" in told.err
    assert not (tmp_path / "nowhere").exists()
