"""The state of the database: how big it is, what is in it, when it was copied last, how fast it answers."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.core import keeping, seals
from crm_desktop.core.access import Actor

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

BACKUPS = "backups"


@dataclass(frozen=True)
class State:
    """place: the file, or the schema on its server. size, free: bytes (free: of the file's disk, None on a server).
    counts: record type -> living records the person sees. backup: local time of the newest copy beside the file.
    answer: milliseconds for the smallest question. seal: number and digest of the journal's last seal.
    kept: what its mode means; warning: what is unsafe about its folder."""

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
    kept: str = ""
    warning: str = ""


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
        meant = keeping.place(database) or place
        newest, kept, warning = _newest_copy(meant.parent / BACKUPS), keeping.long(database), keeping.warning(database)
        return State("SQLite", version, str(meant), size, free, counts, newest, answer, acts, seal, kept, warning)
    sql = "SELECT SUM(data_length + index_length) FROM information_schema.tables WHERE table_schema = DATABASE()"
    size = int(database.read(sql)[0][0] or 0)
    name = "MariaDB" if "maria" in version.lower() else "MySQL"
    return State(name, version, str(place), size, None, counts, None, answer, acts, seal, keeping.long(database))


def _newest_copy(folder: Path) -> datetime | None:
    times = [path.stat().st_mtime for path in folder.glob("*.db")]
    return datetime.fromtimestamp(max(times)) if times else None
