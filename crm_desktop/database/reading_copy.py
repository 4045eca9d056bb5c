"""A copy to read in: for whoever opens a database in a network folder while somebody else writes in it.

The copy lies in a temporary folder of this computer. What the program notes for itself (the layout, what was opened last) goes
into it and is gone with it; everything else is refused.
"""

from __future__ import annotations

import os
import shutil
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from crm_desktop.core.errors import Refused, Trouble
from crm_desktop.core.passing_folder import PassingFolder
from crm_desktop.database import sentences
from crm_desktop.database.lease import Holder
from crm_desktop.database.sqlite import SqliteFile

# The journals belong to it: a commit that was cut off is taken back in the copy.
_PARTS = ("", "-journal", "-wal")
_PATIENCE, _PAUSE = 20.0, 0.2  # seconds in which a moment is sought when nobody writes
_COUNTER = slice(24, 28)  # of the header: changes with each commit, sqlite.org/fileformat.html

Shape = tuple[tuple[int, int, bytes] | None, ...]


class ReadingCopy(SqliteFile):
    """`origin` is the file in the network folder, `holder` who had it open at `copied_at` (local time)."""

    mode = "copy"

    def __init__(self, origin: Path, holder: Holder | None) -> None:
        self._folder = PassingFolder("crm-copy-")
        super().__init__(Path(self._folder.name) / origin.name)
        self.origin, self.holder = origin, holder
        self.copied_at = datetime.now()

    def open(self) -> None:
        """Make the copy and check it. Raises Trouble when none could be made."""
        try:
            _copy(self.origin, self.place)
            self.copied_at = datetime.now()
            super().open()
            self._check()
        except OSError as error:
            raise Trouble(sentences.FOLDER_GONE, folder=str(self.origin.parent)) from error

    def close(self) -> None:
        """The copy goes."""
        self._folder.cleanup()

    def demand_writing(self, minor: bool) -> None:
        """Raises Refused but for what the program notes for itself."""
        if not minor:
            raise Refused(sentences.ONLY_A_COPY, **self.told())

    def told(self) -> dict[str, Any]:
        """copied: the time of the copy; user, computer, since: who has the database open."""
        who = self.holder
        user, computer, since = (who.user, who.computer, who.when()) if who else ("?", "?", "?")
        copied = f"{self.copied_at.hour}:{self.copied_at:%M}"
        return {"copied": copied, "user": user, "computer": computer, "since": since}

    def _check(self) -> None:
        """All pages: what lies on a network may have changed under the copying hand unseen."""
        raw = self.reach()
        try:
            good = raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        except dbapi2.DatabaseError as error:
            raise Trouble(sentences.NO_GOOD_COPY, file=str(self.origin)) from error
        finally:
            raw.close()
        if not good:
            raise Trouble(sentences.NO_GOOD_COPY, file=str(self.origin))


def _copy(origin: Path, target: Path) -> None:
    """Copy the file with its journals as they are at one moment: as long as anything changed meanwhile, again."""
    end = time.monotonic() + _PATIENCE
    while True:
        before = _shape(origin)
        if before[0] is None:
            raise FileNotFoundError(origin)
        for part, there in zip(_PARTS, before, strict=True):
            copy = target.with_name(target.name + part)
            copy.unlink(missing_ok=True)
            if there is not None:
                _copy_part(origin.with_name(origin.name + part), copy)
        if _shape(origin) == before:
            return
        if time.monotonic() > end:
            raise Trouble(sentences.NO_GOOD_COPY, file=str(origin))
        time.sleep(_PAUSE)


def _copy_part(source: Path, target: Path) -> None:
    """A journal may go while it is copied; then the shapes differ."""
    try:
        shutil.copyfile(source, target)
        target.chmod(0o600)
    except FileNotFoundError:
        target.unlink(missing_ok=True)


def _shape(path: Path) -> Shape:
    """Size, time of change and change counter of the file and its journals."""
    return tuple(_shape_of(path.with_name(path.name + part)) for part in _PARTS)


def _shape_of(path: Path) -> tuple[int, int, bytes] | None:
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            return about.st_size, about.st_mtime_ns, file.read(100)[_COUNTER]
    except FileNotFoundError:
        return None
