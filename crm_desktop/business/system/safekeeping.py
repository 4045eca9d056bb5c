"""Copies of the local database: who may make one and restore one, and when that can be done where the database cannot be opened."""

from __future__ import annotations

import getpass
from datetime import datetime
from pathlib import Path
from typing import Any

from crm_desktop.core import journal, keeping
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import Clock
from crm_desktop.core.errors import Refused, Trouble
from crm_desktop.core.records import Records
from crm_desktop.core.words import _
from crm_desktop.database import sentences
from crm_desktop.database.backup import back_up_file
from crm_desktop.database.copies import BY_HAND
from crm_desktop.database.restoring import Restored
from crm_desktop.database.restoring import restore as restore_copy

ONLY_ADMINISTRATORS = _("Only an administrator can restore a copy: everybody's work since then is taken back.")
ON_A_SERVER = _("This is the database of a team on a server. Its copies are made and brought back with their own commands.")
ONLY_READING = _("This is a copy to read. Copies are made by whoever has the database open.")

# What is wrong with a database that a copy mends; nobody's rights can be looked up in it any more.
_LOST = {sentences.DAMAGED, sentences.EMPTY, sentences.ENCRYPTED, sentences.NOT_A_DATABASE, sentences.NEWER}


def why_no_copy(records: Records) -> str:
    """Why no copy can be made here; '' when one can."""
    return {"server": ON_A_SERVER, "copy": ONLY_READING}.get(records.database.mode, "")


def back_up(records: Records, actor: Actor) -> Path:
    """Make a verified copy beside the file now, and note it in the operation log. Raises Refused, Trouble."""
    if why := why_no_copy(records):
        raise Refused(why)
    made = back_up_file(records.database, BY_HAND)
    assert made is not None
    records.log(actor, "backup", note=made.name)
    return made


def why_no_restore(records: Records, actor: Actor) -> str:
    """Why this person may not restore a copy here; '' when he may."""
    if why := why_no_copy(records):
        return why
    return "" if actor.may(records.types["employee"], "edit") else ONLY_ADMINISTRATORS


def demand_restore(records: Records, actor: Actor) -> Path:
    """The file, when this person may restore a copy of it. Raises Refused."""
    if why := why_no_restore(records, actor):
        raise Refused(why)
    file = keeping.place(records.database)
    assert file is not None
    return file


def restore(file: Path, copy: Path, person: int | None, moment: datetime | None = None) -> Restored:
    """Let a copy take the place of the file, whose operation log then says who did that, when, and from which copy. person: None when
    nobody could sign in any more; then the name on this computer is told. Raises Trouble."""

    def note(raw: Any) -> None:
        journal.note_restored(raw, person, _told(copy, person), moment or Clock().now())

    return restore_copy(file, copy, note=note)


def _told(copy: Path, person: int | None) -> str:
    if person is not None:
        return copy.name
    try:
        return f"{copy.name} ({getpass.getuser()})"
    except (KeyError, OSError):  # an account without a name
        return copy.name


def is_lost(trouble: Trouble) -> bool:
    """Whether a database that cannot be opened for this reason is mended by restoring a copy."""
    return trouble.text in _LOST
