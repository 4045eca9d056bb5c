"""Where a database is: a file in a folder, or a schema on a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.database import sentences

FILE_NAME = "crm.db"
_SCHEMES = ("mysql", "mariadb")


@dataclass(frozen=True)
class ServerPlace:
    """A schema on a MySQL or MariaDB server; `options` are the ?key=value parts of the address."""

    user: str
    password: str = field(repr=False)
    host: str
    port: int
    name: str
    options: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"mysql://{self.user}@{self.host}:{self.port}/{self.name}"


def find_place(place: str | Path) -> ServerPlace | Path:
    """The file (inside the folder that was named, unless it is a file itself) or the server an address means.

    A server is `mysql://user:password@host:port/name`, special characters percent-encoded. After `?` may
    stand `unix_socket`, `ssl_ca` (a certificate file: the line is then encrypted and the server's name
    checked) and `ssl=off`.
    """
    if isinstance(place, str) and "://" in place:
        return _server(place)
    path = Path(place).expanduser()
    try:
        if path.is_file() or (path.suffix == ".db" and not path.is_dir()):
            return path
    except PermissionError as error:
        raise Trouble(sentences.NOT_ALLOWED, file=str(path)) from error
    return path / FILE_NAME


def _server(address: str) -> ServerPlace:
    parts = urlsplit(address)
    name = unquote(parts.path.strip("/"))
    try:
        port = parts.port or 3306
    except ValueError:
        port = 0
    if parts.scheme not in _SCHEMES or not port or not parts.hostname or not name or not parts.username:
        raise Invalid(sentences.NOT_AN_ADDRESS)
    return ServerPlace(
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        host=unquote(parts.hostname),
        port=port,
        name=name,
        options=dict(parse_qsl(parts.query)),
    )
