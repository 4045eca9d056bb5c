"""Secrets: kept by the keyring of the system, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import keyring.backend
import keyring.errors
import pytest
from keyring.backends import fail, null

from crm_desktop.core import secret


class InMemory(keyring.backend.KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


class Locked(InMemory):
    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked


class PlaintextKeyring(InMemory):
    """As keyrings.alt has one: it writes passwords readable into a file."""


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_it_is_kept_and_forgotten() -> None:
    keyring.set_keyring(InMemory())
    assert secret.available() and secret.get("a") is None
    assert secret.put("a", "密码 1")
    assert secret.get("a") == "密码 1"
    secret.forget("a")
    secret.forget("a")
    assert secret.get("a") is None


@pytest.mark.parametrize("backend", [fail.Keyring(), null.Keyring(), PlaintextKeyring()])
def test_without_a_real_keyring_nothing_is_kept(backend: keyring.backend.KeyringBackend) -> None:
    keyring.set_keyring(backend)
    assert not secret.available()
    assert not secret.put("a", "b")
    assert secret.get("a") is None


def test_a_locked_keyring_is_as_none() -> None:
    keyring.set_keyring(Locked())
    assert not secret.put("a", "b")
    assert secret.get("a") is None
