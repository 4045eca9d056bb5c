"""A MariaDB of its own that can be killed and started again, and a line to it that is cut at COMMIT now and then."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

START_SECONDS = 60


class KillableServer:
    """In a temporary folder, on loopback, as an unprivileged user. `flush`: innodb_flush_log_at_trx_commit. within: where the folder
    is made."""

    def __init__(self, flush: int = 1, within: Path | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="crm-kill-", dir=within))
        self.port = free_port()
        self.address = f"mysql://root@127.0.0.1:{self.port}"
        self._account = ["--user=mysql"] if os.geteuid() == 0 else []
        self._flush = flush
        self._server: subprocess.Popen[bytes] | None = None
        if self._account:
            shutil.chown(self.folder, "mysql")
        made = ["mariadb-install-db", "--no-defaults", *self._account, f"--datadir={self.folder / 'data'}", f"--tmpdir={self.folder}",
                "--force", "--auth-root-authentication-method=normal", "--skip-test-db", "--innodb-log-file-size=8M"]  # fmt: skip
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        self.start()

    def start(self) -> None:
        """Start, or start again, and wait until it answers."""
        settings = [f"--datadir={self.folder / 'data'}", f"--socket={self.folder / 'socket'}", f"--port={self.port}",
                    f"--pid-file={self.folder / 'pid'}", f"--tmpdir={self.folder}",
                    "--bind-address=127.0.0.1", "--skip-name-resolve", "--skip-log-bin",
                    "--performance-schema=OFF", "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=8M",
                    f"--innodb-flush-log-at-trx-commit={self._flush}", f"--log-error={self.folder / 'server.log'}"]  # fmt: skip
        self._server = subprocess.Popen(["mariadbd", "--no-defaults", *self._account, *settings])
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._server.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "server.log").read_text()[-500:])

    def kill(self) -> None:
        """kill -9."""
        assert self._server is not None
        self._server.send_signal(signal.SIGKILL)
        self._server.wait()

    def close(self) -> None:
        """Stop it by its process id and remove the folder."""
        if self._server is not None and self._server.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class CuttingLine:
    """A proxy before a server: a share of all COMMITs loses its line, half of them before the server hears it, half after."""

    def __init__(self, port: int, share: float, seed: int = 1) -> None:
        self.port = free_port()
        self.cuts = {"before": 0, "after": 0}
        self._to, self._share, self._chance = port, share, random.Random(seed)
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._open = True
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more lines."""
        self._open = False
        self._listener.close()

    def _accept(self) -> None:
        while self._open:
            with contextlib.suppress(OSError):
                client, _from = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._to))
                for work in (self._up, self._down):
                    threading.Thread(target=work, args=(client, server), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        try:
            while part := client.recv(65536):
                cut = b"\x03COMMIT" in part and self._chance.random() < self._share
                if cut and self._chance.random() < 0.5:
                    self.cuts["before"] += 1
                    return
                if cut:
                    # Heard by the server, its answer never by the client.
                    client.shutdown(socket.SHUT_WR)
                    server.sendall(part)
                    server.recv(65536)
                    self.cuts["after"] += 1
                    return
                server.sendall(part)
        except OSError:
            return
        finally:
            _close(client, server)

    def _down(self, client: socket.socket, server: socket.socket) -> None:
        try:
            while part := server.recv(65536):
                client.sendall(part)
        except OSError:
            return
        finally:
            _close(client, server)


def _close(*ends: socket.socket) -> None:
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
