"""Secrets live in the keyring of the operating system and nowhere else: passwords that are to be remembered, file keys.

Without a keyring nothing is remembered: the program asks each time and says why. keyring (MIT) is imported when it is
first needed, because that takes 0.1 s and asking it may take longer: not in the UI thread.
"""

from __future__ import annotations

from typing import Any

from crm_desktop.core.words import _

SERVICE = "crm-desktop"
NO_KEYRING = _("This computer has no keyring the program could keep a password in, so it asks each time.")
# What "keyrings.alt" brings writes the password readable into a file.
_PLAIN = ("keyrings.alt", "keyring.backends.null")


def get(name: str) -> str | None:
    """The secret of this name; None when there is none, or no keyring."""
    keyring = _keyring()
    if keyring is None:
        return None
    try:
        found: str | None = keyring.get_password(SERVICE, name)
    except keyring.errors.KeyringError:
        return None
    return found


def put(name: str, secret: str) -> bool:
    """Keep a secret; False when there is no keyring, or it is locked."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(SERVICE, name, secret)
    except keyring.errors.KeyringError:
        return False
    return True


def forget(name: str) -> None:
    """Keep this secret no longer."""
    keyring = _keyring()
    if keyring is not None:
        try:
            keyring.delete_password(SERVICE, name)
        except keyring.errors.KeyringError:
            return


def available() -> bool:
    """Whether there is a keyring worth the name."""
    return _keyring() is not None


def _keyring() -> Any:
    import keyring
    import keyring.errors

    backend = keyring.get_keyring()
    backends = getattr(backend, "backends", None) or [backend]
    chosen = backends[0]
    plain = type(chosen).__module__.startswith(_PLAIN) or "Plaintext" in type(chosen).__name__
    return None if plain or type(chosen).__module__ == "keyring.backends.fail" else keyring
