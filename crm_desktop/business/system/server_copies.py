"""Copies of a team's database that lies on a server: one moment of it as a file of this computer, every table proven, made by hand, by a
command or every night; and the way back, into an empty database.

The file is one of this program (SQLite): it can also be opened by itself, or moved elsewhere. Accounts and passwords are the server's and
not in it; nor is what is made anew from the rest (search index, keys of duplicates, the guard).
"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from crm_desktop.business.system import relocating
from crm_desktop.business.system.keeping_copies import key_wished, why_not
from crm_desktop.core import finding, twins
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import to_local
from crm_desktop.core.errors import NotFound, Refused, Trouble
from crm_desktop.core.records import Records
from crm_desktop.core.words import _
from crm_desktop.database import moving
from crm_desktop.database.backup import finish_copy, settle
from crm_desktop.database.copies import BY_HAND, NIGHTLY, Copy, copies_named, stem_of
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.file_check import make_encrypted
from crm_desktop.database.moving import Proof
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.place import FILE_NAME, ServerPlace
from crm_desktop.database.restoring import NO_COPY, demand_good
from crm_desktop.database.snapshot import Snapshot
from crm_desktop.database.unit import Tx

Told = Callable[[str, int, int], object]

WHAT = "backup"  # the act in the operation log
AFTERWARDS = _(
    "People sign in with their accounts of this server as before. Who has none gets a password under Settings > Employees. Reading is "
    "standard; where it was strict, switch it on again."
)
OLD = timedelta(days=8)  # after which a copy is told in red
NOT_MADE = _("No copy of the team's database was made, because it was just being changed. Try again in some minutes.")
NO_ROOM = _("The copy could not be written to {folder}, so there is none. Look whether its disk has room and you may write there.")
_MAKING = ".making-"  # begins the name of a folder in which a copy comes about
_ABANDONED = 24 * 3600
_LITTLE = 2 << 10  # KiB: indexes are sorted in small portions


class Last(NamedTuple):
    """The newest copy anybody made of this database: when (local time), who, and what the operation log says of it."""

    at: datetime
    who: str
    note: str

    @property
    def old(self) -> bool:
        """Whether it is time for another one."""
        return datetime.now() - self.at > OLD


def copies_of(place: ServerPlace, folder: Path) -> list[Copy]:
    """The copies of this database in a folder, the newest first."""
    return copies_named(folder, stem_of(place))


def last(records: Records) -> Last | None:
    """The newest copy by the operation log."""
    sql = "SELECT at, actor, note FROM batch WHERE what = ? ORDER BY id DESC LIMIT 1"
    for at, who, note in records.database.read(sql, (WHAT,)):
        return Last(to_local(datetime.fromisoformat(at)), records.names.title("employee", who) if who else "", note)
    return None


def back_up(records: Records, actor: Actor, folder: Path, why: str = BY_HAND, told: Told = lambda *_: None) -> Path:
    """Make a copy in the folder. It has its name only once every table is proven and it is on the disk. Raises Refused, Trouble; KeyNeeded
    when copies are encrypted and this computer does not know their key."""
    if reason := why_not(records, actor):
        raise Refused(reason)
    place = records.database.backend.place
    assert isinstance(place, ServerPlace)
    key = key_wished(records)
    made = folder / f"{stem_of(place)}-{why}-{datetime.now():%Y%m%d-%H%M%S-%f}.db"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder)
        with _passing_folder(folder) as passing:
            rows = _fill(records.database, passing, key, told)
            os.replace(passing / FILE_NAME, made)
        settle(folder)
    except OSError as error:
        raise Trouble(NO_ROOM, folder=str(folder)) from error
    except peewee.DatabaseError as error:  # a migration that changed the tables, for one
        raise Trouble(NOT_MADE) from error
    records.log(actor, WHAT, count=rows, note=f"{made.name} · {platform.node()}")
    return made


def _fill(database: Database, folder: Path, key: bytes | None, told: Told) -> int:
    """Fill a new file with what the database holds at this moment; gives how many rows. An encrypted one is so from its first page on."""
    if key is not None:
        make_encrypted(folder / FILE_NAME, key)
    moment, target = Snapshot(database), open_database(folder)
    try:
        indexes = _without_indexes(target)
        proofs = moving.move(moment, target, relocating.MADE_ANEW, told)
        moving.finish(target)
        _make(indexes, target)
        # What the next program that opens the file makes anew.
        stale = (twins.FORMAT_OF_KEYS, finding.FORMAT_OF_INDEX)
        target.write(lambda tx: tx.run("DELETE FROM counter WHERE name IN (?, ?)", stale))
    finally:
        moment.close()
        target.close()
    finish_copy(folder / FILE_NAME, {proof.table: proof.rows for proof in proofs if proof.table != "counter"}, key)
    return sum(proof.rows for proof in proofs)


def _without_indexes(target: Database) -> list[str]:
    """Take the indexes away while there are no rows: kept up row by row they cost more than all the rest. Gives the statements that make
    them."""
    found = target.read("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY rowid")
    target.write(lambda tx: [tx.run(f'DROP INDEX "{name}"') for name, _sql in found])
    return [sql for _name, sql in found]


def _make(indexes: list[str], target: Database) -> None:
    def work(tx: Tx) -> None:
        with tx.roomy(_LITTLE, on_disk=True):
            for sql in indexes:
                tx.run(sql)

    target.write(work)


def prune(place: ServerPlace, folder: Path, days: int) -> list[Path]:
    """Take away copies made at night that are older; the newest stays whatever its age. Those made by hand are the person's own."""
    nightly = [copy for copy in copies_of(place, folder) if copy.why == NIGHTLY]
    gone = [copy.path for copy in nightly[1:] if datetime.now() - copy.at > timedelta(days=days)]
    for path in gone:
        with suppress(OSError):
            path.unlink()
    return gone


def restore(
    copy: Path, address: str | ServerPlace, administrator: str, password: str, told: Told = lambda *_: None
) -> list[Proof]:
    """Bring a copy into an empty database of a server. Killed, it goes on where it was; until it is through nobody gets in.

    administrator: the employee who gets the first account and stands in the operation log for it; '': one account shared by all.
    Accounts that were opened for people here before are theirs again. Raises Trouble; the copy is only read.
    """
    if not copy.is_file():
        raise NotFound(NO_COPY, file=str(copy))
    demand_good(copy)
    with tempfile.TemporaryDirectory(prefix="crm-restore-") as name:
        passing = Path(name) / FILE_NAME
        try:
            shutil.copyfile(copy, passing)
        except OSError as error:
            raise Trouble(NO_ROOM, folder=name) from error
        return relocating.to_server(passing, address, administrator, password, told, restored_from=copy.name)


@contextmanager
def _passing_folder(folder: Path) -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix=_MAKING, dir=folder))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _clear(folder: Path) -> None:
    """What a program that was killed has left half copied."""
    for path in folder.glob(f"{_MAKING}*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                shutil.rmtree(path, ignore_errors=True)
