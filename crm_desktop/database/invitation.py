"""What an administrator gives a colleague so that he finds the team's database: a small file without any secret."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.words import _
from crm_desktop.database.place import ServerPlace

KIND = "crm-desktop invitation"
ENDING = ".crm-invitation"
_MOST = 200_000  # bytes; a chain of certificates has a few thousand

NOT_ONE = _("{file} is no invitation to a database. Ask whoever sent it to save it again.")
NOT_WRITTEN = _("{file} could not be written. Choose another folder.")


@dataclass(frozen=True)
class Invitation:
    """hosts: in the order in which they are asked; certificate: of the server's issuer as text (PEM), '' when any that this computer
    trusts will do; encrypted: whether the line must be."""

    hosts: tuple[tuple[str, int], ...]
    name: str
    encrypted: bool
    certificate: str
    company: str


def invitation_to(place: ServerPlace, company: str) -> Invitation:
    """The invitation to where one works oneself. Raises Trouble when the certificate cannot be read any more."""
    certificate = ""
    if issuer := place.options.get("ssl_ca"):
        try:
            certificate = Path(issuer).read_text(encoding="ascii")
        except (OSError, UnicodeError) as error:
            from crm_desktop.database import sentences

            raise Trouble(sentences.NO_CERTIFICATE, file=issuer) from error
    return Invitation(place.hosts, place.name, place.verified, certificate, company)


def write(file: Path, invitation: Invitation) -> None:
    """Save it. Raises Trouble."""
    told = {"kind": KIND, "servers": [f"{host}:{port}" for host, port in invitation.hosts], "database": invitation.name}
    told |= {"encrypted": invitation.encrypted, "certificate": invitation.certificate, "company": invitation.company}  # type: ignore[dict-item]
    try:
        file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise Trouble(NOT_WRITTEN, file=str(file)) from error


def read(file: Path) -> Invitation:
    """Raises Invalid for anything else than an invitation."""
    try:
        if file.stat().st_size > _MOST:
            raise ValueError
        told = json.loads(file.read_text(encoding="utf-8"))
        if told["kind"] != KIND:
            raise ValueError
        hosts = tuple((host, int(port)) for host, _colon, port in (str(one).rpartition(":") for one in told["servers"]))
        if not hosts or not all(host and 0 < port < 65536 for host, port in hosts):
            raise ValueError
        return Invitation(hosts, str(told["database"]), bool(told["encrypted"]), str(told["certificate"]), str(told["company"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(NOT_ONE, file=str(file)) from error
