"""Where a database is: a file in a folder, or a schema on a server."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.database import sentences

FILE_NAME = "crm.db"
PASSWORD = "CRM_DATABASE_PASSWORD"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
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
    others: tuple[tuple[str, int], ...] = ()

    @property
    def hosts(self) -> tuple[tuple[str, int], ...]:
        """All hosts in the order in which they are asked."""
        return ((self.host, self.port), *self.others)

    @property
    def verified(self) -> bool:
        """Whether the line must be encrypted and the server's certificate is checked."""
        return self.options.get("ssl") != "off" and ("ssl_ca" in self.options or self.options.get("ssl") == "verify")

    @property
    def is_here(self) -> bool:
        """Whether the server is this computer, so that nobody can listen on the line."""
        return all(host in LOOPBACK for host, _port in self.hosts)

    def address(self) -> str:
        """The whole address but for the password: `find_place` takes it."""
        hosts = ",".join(f"[{host}]:{port}" if ":" in host else f"{quote(host, safe='')}:{port}" for host, port in self.hosts)
        options = f"?{urlencode(self.options)}" if self.options else ""
        return f"mysql://{quote(self.user, safe='')}@{hosts}/{quote(self.name, safe='')}{options}"

    def secret(self) -> str:
        """What the password is called in the keyring."""
        return f"server|{self}"

    def __str__(self) -> str:
        return f"mysql://{self.user}@{self.host}:{self.port}/{self.name}"


def find_place(place: str | Path | ServerPlace) -> ServerPlace | Path:
    """The file (inside the folder that was named, unless it is a file itself) or the server an address means.

    A server is `mysql://user:password@host:port/name`, special characters percent-encoded. Several hosts stand
    with commas between; they are asked in this order. Without a password it is taken from the environment
    variable CRM_DATABASE_PASSWORD. After `?` may stand `unix_socket`, `ssl_ca` (a certificate file: the line is
    then encrypted and the server's name checked), `ssl=verify` (the same by the certificates this computer trusts) and `ssl=off`.
    """
    if isinstance(place, ServerPlace):
        return place
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
    try:
        parts = urlsplit(address)
        user, _at, hosts = parts.netloc.rpartition("@")
        found = [_host(one) for one in hosts.split(",")]
    except ValueError:
        raise Invalid(sentences.NOT_AN_ADDRESS) from None
    name = unquote(parts.path.strip("/"))
    login, _colon, password = user.partition(":")
    if parts.scheme not in _SCHEMES or not name or not login:
        raise Invalid(sentences.NOT_AN_ADDRESS)
    return ServerPlace(
        user=unquote(login),
        password=unquote(password) or os.environ.get(PASSWORD, ""),
        host=found[0][0],
        port=found[0][1],
        name=name,
        options=dict(parse_qsl(parts.query)),
        others=tuple(found[1:]),
    )


def _host(text: str) -> tuple[str, int]:
    """host, host:port or [IPv6]:port. Raises ValueError."""
    parts = urlsplit(f"//{text}")
    if not parts.hostname:
        raise ValueError(text)
    port = 3306 if parts.port is None else parts.port
    if not port:
        raise ValueError(text)
    return unquote(parts.hostname), port
