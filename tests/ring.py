"""A keyring that is a file, for tests and the programs they start: PYTHON_KEYRING_BACKEND=tests.ring.FileRing, CRM_TEST_RING=path."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.compat import properties

RING = "CRM_TEST_RING"
BACKEND = "PYTHON_KEYRING_BACKEND"


class FileRing(KeyringBackend):
    """Each secret at once in the file, so that a killed program has kept it."""

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805
        """None unless the file is named: keyring chooses among all rings it has heard of, and takes the best."""
        if RING not in os.environ:
            raise RuntimeError("no file is named")
        return 1

    def get_password(self, service: str, username: str) -> str | None:
        found: str | None = _kept().get(f"{service}|{username}")
        return found

    def set_password(self, service: str, username: str, password: str) -> None:
        _keep(_kept() | {f"{service}|{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        _keep({name: word for name, word in _kept().items() if name != f"{service}|{username}"})


def environment(path: Path) -> dict[str, str]:
    """The environment in which a program has this keyring."""
    return {RING: str(path), BACKEND: "tests.ring.FileRing"}


def _kept() -> dict[str, str]:
    path = Path(os.environ[RING])
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return kept


def _keep(kept: dict[str, str]) -> None:
    path = Path(os.environ[RING])
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(kept))
    fresh.replace(path)
