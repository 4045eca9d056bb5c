"""Encrypts a file, decrypts it, or gives it another key: a new file is written beside it, proven, and takes its place at once.

Killed at any moment, the program leaves a whole file under the old or under the new key; the keyring holds both before the
first page is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from crm_desktop.core.errors import Trouble
from crm_desktop.database import gate, keys, sentences
from crm_desktop.database.backup import BACKUPS, settle
from crm_desktop.database.file_check import prepare_file
from crm_desktop.database.replacing import BUSY, code_of, held, open_once, tidy, write_proven

Told = Callable[[str], object]


@dataclass(frozen=True)
class Recoded:
    """How many copies beside the file went along, and which could not be read and stay as they are; whether there is a keyring
    that holds the key."""

    copies: int
    left: tuple[Path, ...]
    kept: bool


def recode(file: Path, key: bytes | None, told: Told = lambda step: None) -> Recoded:
    """Let the file, and the copies in `backups` beside it, have this key; None: none at all.

    Nobody else may have it open. told: the steps, as they are done. Raises Trouble; the file is then as it was.
    """
    prepare_file(file)
    old = keys.key_for(file)
    kept = keys.keep(key) if key is not None else False
    told("kept")
    try:
        with gate.closed(file):
            tidy(file)
            # Killed in between, the copies are encrypted and the file is not; never the other way round.
            if key is None:
                _replace(file, old, key, told)
            done, left = _copies(file, key, told)
            if key is not None:
                _replace(file, old, key, told)
    except (OSError, dbapi2.Error) as error:
        tidy(file)
        if isinstance(error, PermissionError) or code_of(error) in BUSY:
            raise Trouble(sentences.OPEN_ELSEWHERE, file=str(file)) from error
        raise Trouble(sentences.NOT_RECODED, file=str(file)) from error
    return Recoded(done, tuple(left), kept)


def _copies(file: Path, key: bytes | None, told: Told) -> tuple[int, list[Path]]:
    """The verified copies get the new key as well: a plain copy beside an encrypted file would tell everything."""
    done, left = 0, []
    for copy in sorted((file.parent / BACKUPS).glob("*.db")):
        try:
            _replace(copy, keys.key_for(copy), key, lambda step: told(f"copy {step}"))
            done += 1
        except (Trouble, dbapi2.Error):  # damaged, or under a key that is not known here
            tidy(copy)
            left.append(copy)
    return done, left


def _replace(file: Path, old: bytes | None, new: bytes | None, told: Told) -> None:
    before = file.stat()
    tidy(file)
    with held(file, old) as raw:
        told("locked")
        fresh = write_proven(raw, file, new, lambda: told("written"))
        told("proven")
        os.chmod(fresh, before.st_mode & 0o777)
        os.utime(fresh, ns=(before.st_atime_ns, before.st_mtime_ns))  # of a copy: when it was made
        if os.name == "nt":  # where an open file cannot be replaced
            raw.close()
        os.replace(fresh, file)
        settle(file.parent)
        told("replaced")
    open_once(file, new)
    told("opened")
