"""SQLite in a network folder: a rollback journal instead of WAL, and one program at a time, which holds the lease beside the file.

Nothing is written into the file before its commit (`cache_spill`), and the lease is looked at before each: a program that was
frozen while another one took over has changed nothing and refuses to.
"""

from __future__ import annotations

import atexit
import errno
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from crm_desktop.core.errors import Trouble
from crm_desktop.database import sentences
from crm_desktop.database.faults import Fault, Unreachable
from crm_desktop.database.lease import Lease
from crm_desktop.database.sqlite import CANTOPEN, IOERR, SqliteFile, code_of


class NetworkFile(SqliteFile):
    """A file on the disk of another computer; `lease` is one that was got already by waiting for it."""

    mode = "network"
    journal = "DELETE"
    # EXTRA: with a rollback journal FULL lost acknowledged commits in 36 of 2,000 simulated power cuts, EXTRA none.
    pragmas = (
        "mmap_size=0",
        "cache_spill=OFF",
        "journal_mode=DELETE",
        "synchronous=EXTRA",
        "foreign_keys=ON",
        "cache_size=-8192",
        "temp_store=MEMORY",
        # Without WAL readers and the writer of this program wait for each other; at COMMIT too.
        "busy_timeout=2000",
    )

    def __init__(self, path: Path, lease: Lease | None = None) -> None:
        super().__init__(path)
        self.lease = lease or Lease(path)

    def open(self) -> None:
        """Get the lease, then check or make the file, and leave WAL. Raises HeldElsewhere."""
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            self.lease.take()
        except (FileExistsError, NotADirectoryError) as error:
            raise Trouble(sentences.NO_FOLDER, folder=str(self.place.parent)) from error
        except PermissionError as error:
            raise Trouble(sentences.READ_ONLY, file=str(self.place)) from error
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise Trouble(sentences.DISK_FULL, file=str(self.place)) from error
            raise Trouble(sentences.FOLDER_GONE, folder=str(self.place.parent)) from error
        # After the working threads, which may still be saving when the window has gone.
        atexit.register(self.lease.release)
        try:
            super().open()
            self._leave_wal()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Others may open it now."""
        self.lease.release()
        atexit.unregister(self.lease.release)

    def introduce(self, name: str) -> None:
        """Others are told this name."""
        self.lease.call(name)

    def demand_writing(self, minor: bool) -> None:
        """Raises Trouble when another program has taken the lease."""
        self.lease.demand()

    def in_turn(self, raw: Any, seconds: float) -> AbstractContextManager[None]:
        """The lease keeps other programs out, and locks in the folder cannot be trusted."""
        return nullcontext()

    def commit(self, raw: Any) -> None:
        """Only while the lease is ours."""
        self.lease.demand()
        super().commit(raw)

    def fault(self, error: BaseException) -> Fault | None:
        """A disk that fails here is most often a line that is cut, and may be back in a moment."""
        return Fault.LOST if code_of(error) in (IOERR, CANTOPEN) else super().fault(error)

    def trouble(self, error: BaseException) -> Trouble | None:
        """What cannot be saved waits until the folder answers again."""
        if code_of(error) in (IOERR, CANTOPEN):
            return Unreachable(sentences.FOLDER_GONE, folder=str(self.place.parent))
        return super().trouble(error)

    def _alone(self) -> AbstractContextManager[None]:
        """Whoever has the lease is alone; locks on a folder mean nothing in a network."""
        return nullcontext()

    def _leave_wal(self) -> None:
        """A file that was kept on one computer until now is in WAL; in EXCLUSIVE mode that needs no memory shared over the network."""
        raw = self.reach()
        try:
            raw.execute("PRAGMA locking_mode=EXCLUSIVE")
            ((journal,),) = raw.execute("PRAGMA journal_mode=DELETE").fetchall()
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("ROLLBACK")
        finally:
            raw.close()
        if journal != "delete":
            raise Trouble(sentences.IN_USE, file=str(self.place))
