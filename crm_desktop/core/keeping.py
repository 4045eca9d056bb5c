"""How a database is kept, in words: a file of this computer, a file in a network folder, a copy of that to read, a shared server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.core.words import _, say
from crm_desktop.database.whereabouts import synced_by

if TYPE_CHECKING:
    from crm_desktop.database.engine import Database

SHORT = {
    "local": _("Local file"),
    "network": _("Network folder"),
    "copy": _("Read-only copy"),
    "server": _("Shared server"),
}
_SERVER = {
    True: _("Shared server, an account for each user: everybody works at the same time, and the server itself enforces the rights."),
    False: _("Shared server, one account for all: everybody works at the same time, but only the program enforces the rights."),
}
_LONG = {
    "local": _("A file of this computer: one person works with it. Only the program enforces the rights."),
    "network": _(
        "A file in a network folder: one program writes at a time, the others get a copy to read. Only the program enforces the "
        "rights. More than two or three people need a shared server."
    ),
    "copy": _("A copy of {copied}, to read: {user} on {computer} has the database open since {since}. Nothing can be saved in it."),
}
_SYNCED = _(
    "This folder is copied by {service} while the program writes in it. That can damage the database or make two of it: "
    "keep it in another folder, and only its backups here."
)


def short(database: Database) -> str:
    """Two or three words for the status bar."""
    return say(SHORT[database.mode])


def long(database: Database) -> str:
    """What it means for those who work with it."""
    if database.mode == "server":
        return say(_SERVER[database.guarded])
    return say(_LONG[database.mode], **(about_copy(database) or {}))


def about_copy(database: Database) -> dict[str, Any] | None:
    """When a copy was made and who has the database open: copied, user, computer, since; None for all but a copy."""
    if database.mode != "copy":
        return None
    from crm_desktop.database.reading_copy import ReadingCopy

    assert isinstance(database.backend, ReadingCopy)
    return database.backend.told()


def place(database: Database) -> Path | None:
    """The file people mean: of a copy the one it was made of; None on a server."""
    found = getattr(database.backend, "origin", database.backend.place)
    return found if isinstance(found, Path) else None


def warning(database: Database) -> str:
    """A sentence when the folder is one that a cloud service copies, else nothing."""
    file = place(database)
    service = synced_by(file) if file is not None else ""
    return say(_SYNCED, service=service) if service else ""
