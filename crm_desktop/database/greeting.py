"""The first words of a server, before anybody signs in: which version it is, and whether its line can be encrypted safely.

Every MariaDB and MySQL greets whoever connects (protocol version 10); after that the line may be turned into an encrypted one.
https://mariadb.com/kb/en/connection/
"""

from __future__ import annotations

import re
import socket
import ssl
import struct
from dataclasses import dataclass

from crm_desktop.core.errors import Trouble
from crm_desktop.database import sentences
from crm_desktop.database.dialing import why_not_safe

_PROTOCOL = 10
_ERROR = 0xFF
_LONGEST = 4096  # bytes; a greeting has a hundred
_SSL, _PROTOCOL_41, _SECURE = 0x800, 0x200, 0x8000
_UTF8MB4 = 45
# MariaDB tells clients of long ago that it is a MySQL 5.5.5.
_OLD_COAT = "5.5.5-"


class Silent(Exception):
    """What answers is no MariaDB or MySQL."""


@dataclass(frozen=True)
class Greeting:
    """version: as the server writes it; error: its number when it refuses before anybody signs in, 0 when it lets on; encrypts: whether
    it offers to."""

    version: str
    error: int
    encrypts: bool


def greet(line: socket.socket) -> Greeting:
    """Read the greeting on a line that has just been connected. Raises Silent, OSError."""
    head = _read(line, 4)
    size = int.from_bytes(head[:3], "little")
    if head[3] != 0 or not 0 < size <= _LONGEST:
        raise Silent
    body = _read(line, size)
    if body[0] == _ERROR:
        return Greeting("", struct.unpack_from("<H", body, 1)[0], False)
    version, end, rest = body[1:].partition(b"\0")
    if body[0] != _PROTOCOL or not end or len(rest) < 15 or not re.match(rb"\d+\.\d+", version):
        raise Silent
    (powers,) = struct.unpack_from("<H", rest, 13)  # after the number of the connection and eight bytes of its challenge
    return Greeting(version.decode("ascii", "replace").removeprefix(_OLD_COAT), 0, bool(powers & _SSL))


def encrypt(line: socket.socket, context: ssl.SSLContext, host: str, port: int) -> None:
    """Ask the server that has greeted to encrypt the line, and check its certificate. Raises Trouble, OSError."""
    wish = struct.pack("<IIB23x", _SSL | _PROTOCOL_41 | _SECURE, 1 << 24, _UTF8MB4)
    line.sendall(struct.pack("<I", len(wish) | 1 << 24) + wish)
    try:
        context.wrap_socket(line, server_hostname=host).close()
    except ssl.SSLError as error:
        raise Trouble(why_not_safe(error) or sentences.NOT_SAFE, host=host, port=port) from error


def _read(line: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        more = line.recv(size - len(found))
        if not more:
            raise Silent
        found += more
    return found
