"""A file that appears under its name only when it is complete; until then it lies beside it under another."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import _

DISK_FULL = _("There is no room left on the disk for “{file}”. Free some space and try again.")
LOCKED = _(
    "“{file}” cannot be written: it is open in another program or the folder is read-only. "
    "Close it, or choose another name."
)
NO_FOLDER = _("The folder “{folder}” does not exist.")
NOT_WRITTEN = _("“{file}” could not be written: {problem}.")


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file to write that becomes `path` when the block ends well and vanishes when it does not.

    Raises Trouble with a sentence when the disk is full, the folder is missing or the file is locked.
    """
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _trouble(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _take_over_rights(Path(draft), path)
        os.replace(draft, path)
    except OSError as error:
        _forget(draft)
        raise _trouble(path, error) from error
    except BaseException:
        _forget(draft)
        raise


def _forget(draft: str) -> None:
    with suppress(OSError):
        os.unlink(draft)


def _take_over_rights(draft: Path, path: Path) -> None:
    """Temporary files are private; the finished one may be read like any other file of this person."""
    if os.name != "posix":
        return
    if path.exists():
        mode = path.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    draft.chmod(mode)


def _trouble(path: Path, error: OSError) -> Trouble:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Trouble(DISK_FULL, file=path.name)
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return Trouble(NO_FOLDER, folder=str(path.parent))
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return Trouble(LOCKED, file=path.name)
    return Trouble(NOT_WRITTEN, file=path.name, problem=error.strerror or type(error).__name__)
