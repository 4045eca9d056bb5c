"""Who may encrypt the local file, decrypt it or give it another key, and when there is nothing to do."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Literal

from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Invalid, Refused
from crm_desktop.core.records import Records
from crm_desktop.core.words import _
from crm_desktop.database import keys, recovery

Wish = Literal["encrypt", "decrypt", "rekey"]
Condition = Literal["", "plain", "kept", "asked"]
"""Of a local file: plain; its key is in the keyring; its phrase is asked for. '' on a server."""
ASKED = 2  # groups of the phrase to be typed, as a proof that it is on paper

ONLY_ADMINISTRATORS = _("Only an administrator can encrypt or decrypt the database.")
ONLY_FILES = _("Only a file on this computer can be encrypted; a server is encrypted where it stands.")
NO_KEYRING = _("This computer has no keyring, so the program will ask for the phrase at each start.")
ALREADY = _("The database is encrypted already. To give it another key, use: New key")
NOT_YET = _("The database is not encrypted.")
NOT_TYPED = _("Group {group} reads otherwise. Print the recovery phrase or write it down before you go on; nothing was changed.")

CONDITIONS = {
    "plain": _("not encrypted: whoever gets hold of the file can read it"),
    "kept": _("encrypted; the key is in the keyring of this computer"),
    "asked": _("encrypted; the recovery phrase is asked for at each start"),
}


def condition(records: Records) -> Condition:
    """How the file is kept; asks the keyring, so not in the UI thread."""
    backend = records.database.backend
    if not isinstance(backend.place, Path):
        return ""
    key: bytes | None = getattr(backend, "key", None)
    if key is None:
        return "plain"
    return "kept" if keys.is_kept(key) else "asked"


def is_encrypted(records: Records) -> bool:
    """Whether the file that is open has a key."""
    return getattr(records.database.backend, "key", None) is not None


def why_not(records: Records, actor: Actor, wish: Wish) -> str:
    """Why this person may not, or need not, do it; '' when he may."""
    if records.database.mode != "local":
        return ONLY_FILES
    if not actor.may(records.types["employee"], "edit"):
        return ONLY_ADMINISTRATORS
    if wish == "encrypt":
        return ALREADY if is_encrypted(records) else ""
    return "" if is_encrypted(records) else NOT_YET


def demand(records: Records, actor: Actor, wish: Wish) -> Path:
    """The file, when it may be done. Raises Refused."""
    refused = why_not(records, actor, wish)
    if refused:
        raise Refused(refused)
    place = records.database.backend.place
    assert isinstance(place, Path)
    return place


def asked_groups() -> list[int]:
    """Which groups of the phrase the person is to type, from 1."""
    return sorted(secrets.SystemRandom().sample(range(1, recovery.GROUPS + 1), ASKED))


def demand_typed(phrase: str, group: int, typed: str) -> None:
    """Whether a group was typed as it is on paper. Raises Invalid."""
    if recovery.groups_of(typed) != [recovery.groups_of(phrase)[group - 1]]:
        raise Invalid(NOT_TYPED, group=group)
