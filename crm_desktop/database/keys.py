"""The key of an encrypted file: how the file says which one it needs, where keys are kept, and how a connection gets it.

SQLCipher lets the first 16 bytes of a file be chosen (its salt, of no use to anybody without the key). Ours are a mark and the
fingerprint of the key. So the program can tell its own encrypted files from noise and from those of other programs without
opening them, and say whether a key is the wrong one or the file is damaged; and the keyring holds each key under its
fingerprint, so that files may be moved, and a new key never displaces an old one.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.later import later
from crm_desktop.database import sentences

with later("crm_desktop.core.secret", "crm_desktop.database.recovery"):  # for encrypted files
    from crm_desktop.core import secret
    from crm_desktop.database import recovery

MARK = b"CRMDkey1"
HEAD = 16
PHRASE = "CRM_DATABASE_KEY"
"""The environment variable in which a command finds the recovery phrase where there is no keyring and nobody to ask."""

# Keys that were typed in since the program was started.
_typed: dict[bytes, bytes] = {}
_quiet: list[bool] = []


class KeyNeeded(Trouble):
    """The file is encrypted and its key is not known here: ask for the recovery phrase and `learn` it. head: says which key it is, b"":
    the file's own."""

    def __init__(self, file: Path, text: str = sentences.KEY_NEEDED, head: bytes = b""):
        super().__init__(text, file=str(file), variable=PHRASE)
        self.file, self.head = file, head


def head_of(key: bytes) -> bytes:
    """The first 16 bytes of a file with this key."""
    import hashlib  # draws in OpenSSL, which only an encrypted file needs

    return MARK + hashlib.sha256(b"crm-desktop file key" + key).digest()[: HEAD - len(MARK)]


def is_ours(start: bytes) -> bool:
    """Whether a file that starts so was encrypted by this program."""
    return len(start) >= HEAD and start.startswith(MARK)


def read_head(file: Path) -> bytes:
    """The first 16 bytes. Not while a connection to the file is open: closing a file drops the locks SQLite has on it."""
    with file.open("rb") as opened:
        return opened.read(HEAD)


def key_for(file: Path) -> bytes | None:
    """The key of a file; None for a plain one. Raises KeyNeeded when it is neither known nor in the keyring nor given."""
    head = read_head(file)
    if not is_ours(head):
        return None
    return key_with(head, file)


def key_with(head: bytes, file: Path, needed: str = "") -> bytes:
    """The key that has this head. Raises KeyNeeded (with the sentence `needed`) when it is neither known nor in the keyring nor given."""
    if head in _typed:
        return _typed[head]
    given = os.environ.get(PHRASE, "")
    if given:
        key = recovery.key_of(given)
        if head_of(key) == head:
            return key
    kept = secret.get(_name(head))
    if kept is not None:
        try:
            key = recovery.key_of(kept)
        except Invalid:
            key = b""
        if head_of(key) == head:
            return key
    if given:
        raise KeyNeeded(file, sentences.OTHER_KEY, head)
    raise KeyNeeded(file, needed or (sentences.KEY_NEEDED if secret.available() else sentences.KEY_NEEDED_EACH_TIME), head)


def learn(file: Path, phrase: str, remember: bool = True, head: bytes = b"") -> None:
    """Take the recovery phrase of a file (or that of the key with this head) for this run, and into the keyring when there is one.
    Raises Invalid, Trouble."""
    key = recovery.key_of(phrase)
    head = head or read_head(file)
    if head_of(key) != head:
        raise Trouble(sentences.OTHER_KEY, file=str(file), variable=PHRASE)
    _typed[head] = key
    if remember:
        keep(key)


def keep(key: bytes) -> bool:
    """Put a key into the keyring, in any case beside those that are there; False without one. It is known in this run too."""
    head = head_of(key)
    _typed[head] = key
    phrase = recovery.phrase_of(key)
    return secret.put(_name(head), phrase) and secret.get(_name(head)) == phrase


def is_kept(key: bytes) -> bool:
    """Whether the keyring holds this key."""
    return keeps(head_of(key))


def keeps(head: bytes) -> bool:
    """Whether the keyring holds the key that has this head."""
    return secret.get(_name(head)) is not None


def unlock(raw: Any, key: bytes | None) -> None:
    """Give a new connection the key of its file, before anything else is asked of it."""
    if key is not None:
        if not _quiet:
            raw.execute("PRAGMA cipher_log_level = NONE")  # of the process: a wrong key is told by the program, not by the library
            _quiet.append(True)
        raw.execute(f'PRAGMA key = "{as_sql(key)}"')


def as_sql(key: bytes) -> str:
    """The raw key as SQLCipher takes it, with the head of the file; a passphrase would cost 0.3 s a connection."""
    return f"x'{key.hex()}{head_of(key).hex()}'"


def _name(head: bytes) -> str:
    return f"database|{head[len(MARK) :].hex()}"
