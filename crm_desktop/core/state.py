"""The state of the database: how big it is, what is in it, when it was copied last, how fast it answers."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.core import seals
from crm_desktop.core.access import Actor

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

BACKUPS = "backups"


@dataclass(frozen=True)
class State:
    """place: the file, or the schema on its server. size, free: bytes (free: of the file's disk, None on a server).
    counts: record type -> living records the person sees. backup: local time of the newest copy beside the file.
    answer: milliseconds for the smallest question. seal: number and digest of the journal's last seal."""

    engine: str
    version: str
    place: str
    size: int
    free: int | None
    counts: dict[str, int] = field(default_factory=dict)
    backup: datetime | None = None
    answer: float = 0.0
    acts: int = 0
    seal: tuple[int, str] | None = None


def state(records: Records, actor: Actor) -> State:
    """Look at the database now; a few seconds on a million records."""
    database = records.database
    place = database.backend.place
    started = time.perf_counter()
    version = str(database.read("SELECT sqlite_version()" if database.engine == "sqlite" else "SELECT VERSION()")[0][0])
    answer = (time.perf_counter() - started) * 1000
    counts = {
        key: records.count(one, actor) for key, one in records.types.items() if one.screen.area in ("work", "register")
    }
    acts = int(database.read("SELECT COUNT(*) FROM batch")[0][0])
    seal = seals.newest(records)
    if isinstance(place, Path):
        size = sum(path.stat().st_size for path in place.parent.glob(place.name + "*") if path.is_file())
        free = shutil.disk_usage(place.parent).free
        return State("SQLite", version, str(place), size, free, counts, _newest_copy(place.parent / BACKUPS), answer, acts, seal)
    sql = "SELECT SUM(data_length + index_length) FROM information_schema.tables WHERE table_schema = DATABASE()"
    size = int(database.read(sql)[0][0] or 0)
    name = "MariaDB" if "maria" in version.lower() else "MySQL"
    return State(name, version, str(place), size, None, counts, None, answer, acts, seal)


def _newest_copy(folder: Path) -> datetime | None:
    times = [path.stat().st_mtime for path in folder.glob("*.db")]
    return datetime.fromtimestamp(max(times)) if times else None
