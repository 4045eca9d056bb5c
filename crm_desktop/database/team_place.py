"""Remembers in the data folder of a computer that its person works in a team's database, and where that is; never the password."""

from __future__ import annotations

import os
from pathlib import Path

from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import _
from crm_desktop.database.place import ServerPlace, find_place

FILE_NAME = "team-database.txt"
ISSUER = "team-database.pem"
"""The certificate of the server's issuer, when it came with an invitation."""

NOT_KEPT = _("The address of the database could not be written into {folder}. Make room there, or allow writing, and try again.")
SPOILT = _("{file} does not hold the address of a database. Delete it, or write one address like mysql://user@server:3306/crm into it.")


def remembered(folder: Path) -> str:
    """The address of the team's database this folder stands for; '' when it is a folder of its own. Raises Trouble for a spoilt file."""
    file = folder / FILE_NAME
    try:
        address = file.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeError) as error:
        raise Trouble(SPOILT, file=str(file)) from error
    try:
        if not isinstance(find_place(address), ServerPlace):
            raise Trouble(SPOILT, file=str(file))
    except Trouble as trouble:
        raise Trouble(SPOILT, file=str(file)) from trouble
    return address


def remember(folder: Path, place: ServerPlace) -> None:
    """From the next start on the program works there. Raises Trouble."""
    _write(folder / FILE_NAME, place.address() + "\n")


def forget(folder: Path) -> None:
    """The program works with the file of the folder again."""
    (folder / FILE_NAME).unlink(missing_ok=True)


def keep_issuer(folder: Path, certificate: str) -> Path:
    """Keep the certificate that came with an invitation, and say where. Raises Trouble."""
    _write(folder / ISSUER, certificate)
    return folder / ISSUER


def _write(file: Path, text: str) -> None:
    import tempfile  # the start reads only

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
        try:
            with open(handle, "w", encoding="utf-8") as made:
                made.write(text)
                made.flush()
                os.fsync(made.fileno())
            os.replace(name, file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Trouble(NOT_KEPT, folder=str(file.parent)) from error
