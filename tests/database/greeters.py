"""Things that answer on a port: servers that greet and encrypt with a certificate made for the test, and what is no server at all."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = dt.timedelta(days=1)


class Issuer:
    """Signs certificates; `file` is its own."""

    def __init__(self, folder: Path, name: str = "Test Issuer"):
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(self._signed(self._name, self._key.public_key(), None, -DAY, DAY).public_bytes(_PEM))

    def certificate(self, host: str = "127.0.0.1", since: dt.timedelta = -DAY, until: dt.timedelta = DAY) -> ssl.SSLContext:
        """What a server shows who is called so, valid between these distances from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        made = self._signed(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)]), key.public_key(), name, since, until)
        file = self._folder / f"server-{made.serial_number}.pem"
        secret = key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        file.write_bytes(made.public_bytes(_PEM) + secret)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _signed(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, name: x509.GeneralName | None, since: dt.timedelta, until: dt.timedelta
    ) -> x509.Certificate:
        now = dt.datetime.now(dt.UTC)
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(self._name).public_key(key)
        made = made.serial_number(x509.random_serial_number()).not_valid_before(now + since).not_valid_after(now + until)
        made = made.add_extension(x509.BasicConstraints(ca=name is None, path_length=None), critical=True)
        if name is not None:
            made = made.add_extension(x509.SubjectAlternativeName([name]), critical=False)
        return made.sign(self._key, hashes.SHA256())


_PEM = serialization.Encoding.PEM


@contextmanager
def listening(words: bytes, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A port where everybody is told `words`, and then encrypted with if there is a context."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        open_lines: list[socket.socket] = []

        def serve() -> None:
            with suppress(OSError):
                while True:
                    line, _who = server.accept()
                    open_lines.append(line)
                    threading.Thread(target=answer, args=(line,), daemon=True).start()

        def answer(line: socket.socket) -> None:
            with suppress(OSError):
                line.sendall(words)
                if context is not None and len(line.recv(36)) == 36:
                    context.wrap_socket(line, server_side=True).close()

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        for line in open_lines:
            line.close()


def greeting(version: str = "11.8.2-MariaDB", encrypts: bool = True) -> bytes:
    """As a server writes it."""
    powers = 0xFFFE if encrypts else 0xF7FE
    body = b"\x0a" + version.encode() + b"\0" + struct.pack("<I", 1) + b"abcdefgh\0" + struct.pack("<H", powers) + bytes(30)
    return struct.pack("<I", len(body)) + body


def refusal(number: int, words: bytes = b"no") -> bytes:
    """As a server writes it to whom it does not even ask who he is."""
    body = b"\xff" + struct.pack("<H", number) + words
    return struct.pack("<I", len(body)) + body
