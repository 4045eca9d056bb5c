"""One window for one database file: a second start brings the first window to the front instead of opening another.

Two programs could share the file (commands do), but two windows of one person only confuse. The lock is a file with the
process id; one left by a crash is recognised and taken over.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile

PATIENCE = 1_000  # ms to reach the other window


class OneWindow:
    """Held while a window is open on the database `file`; the lock lies beside it.

    `far`: the file lies in a network folder, which is kept for one program by its lease; the lock of this computer stays here.
    """

    def __init__(self, file: Path, far: bool = False):
        self._file = file.resolve()
        self._lock = QLockFile(str(self._beside_no_file() if far else self._file.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)  # a lock counts as long as its process lives, however long that is
        self._server: Any = None

    def _beside_no_file(self) -> Path:
        from tempfile import gettempdir

        return Path(gettempdir()) / f"{self._name}.lock"

    @cached_property
    def _name(self) -> str:
        """What windows on this file call each other by."""
        import hashlib

        return "crm-desktop-" + hashlib.sha256(str(self._file).encode()).hexdigest()[:16]

    def take(self) -> bool:
        """Whether this is the only window; False when another one is open. A folder that cannot be written counts as free."""
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    def call_other(self) -> bool:
        """Ask the other window to come to the front; whether it answered."""
        from PySide6.QtNetwork import QLocalSocket  # 10 ms: only when there is another window

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        return bool(socket.waitForConnected(PATIENCE))

    def listen(self, come: Callable[[], object]) -> None:
        """Call `come` whenever somebody starts the program again."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)  # what a crash left behind; the lock says that nobody else listens
        self._server = QLocalServer()
        self._server.newConnection.connect(lambda: (self._server.nextPendingConnection(), come()))
        self._server.listen(self._name)

    def release(self) -> None:
        """The window is closed."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()
