"""A network folder whose file locks do nothing, as on two computers whose locks do not meet (SQLite's own `unix-none`)."""

from __future__ import annotations

from typing import Any

from sqlcipher3 import dbapi2

from crm_desktop.database.network_file import NetworkFile


class DeadLocks(NetworkFile):
    """The engine for a network folder, on a file system without locks."""

    def reach(self) -> Any:
        return dbapi2.connect(
            f"{self.place.absolute().as_uri()}?mode=rw&vfs=unix-none", uri=True, isolation_level=None, check_same_thread=False
        )


class NoLease(DeadLocks):
    """And without the lease: what the tests would show if it did nothing."""

    def open(self) -> None:
        return

    def demand_writing(self, minor: bool) -> None:
        return

    def commit(self, raw: Any) -> None:
        raw.execute("COMMIT")
