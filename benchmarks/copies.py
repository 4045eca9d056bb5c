"""Measure a copy of a team's database on a server: processor time of the program and of the server, and memory above idle.

    python -m benchmarks.copies                            300,000 customers, 600,000 contacts on a MariaDB of its own
    python -m benchmarks.copies --customers 20000
    python -m benchmarks.copies --encrypted                with a key, as the company may wish

Floor: all rows of the same tables through PyMySQL's unbuffered cursor into the same tables of a SQLite file, in one transaction, nothing
proven. A copy reads everything twice and once more in the file (for the checksums of both sides), can go on after a kill, and is looked
through page by page before it has its name.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import pymysql  # noqa: E402
from pymysql.cursors import SSCursor  # noqa: E402

from benchmarks.figure import Figure, tell  # noqa: E402
from benchmarks.rows import Bench, bench  # noqa: E402
from crm_desktop.business.system import keeping_copies, relocating, server_copies  # noqa: E402
from crm_desktop.core.access import Actor  # noqa: E402
from crm_desktop.database import recovery  # noqa: E402
from crm_desktop.database.engine import open_database  # noqa: E402
from crm_desktop.database.place import FILE_NAME, find_place  # noqa: E402
from crm_desktop.database.shape import schema_of  # noqa: E402
from tests import servers  # noqa: E402

KIB = 1024


def plainly(made: Bench, folder: Path) -> None:
    """The floor."""
    place = find_place(made.place)
    assert not isinstance(place, Path)
    open_database(folder).close()
    import sqlcipher3.dbapi2 as sqlite

    target = sqlite.connect(folder / FILE_NAME)
    source = pymysql.connect(host=place.host, port=place.port, user=place.user, database=place.name, charset="utf8mb4")
    for name, shape in schema_of(made.records.database).items():
        if name in relocating.MADE_ANEW or name in ("schema_version", "tx_log"):
            continue
        columns, marks = ", ".join(f"`{column}`" for column in shape.columns), ", ".join("?" * len(shape.columns))
        with source.cursor(SSCursor) as cursor:
            cursor.execute(f"SELECT {columns} FROM `{name}`")
            while rows := cursor.fetchmany(2_000):
                texts = [[str(value) if hasattr(value, "isoformat") else value for value in row] for row in rows]
                target.executemany(f"INSERT INTO `{name}` ({columns}) VALUES ({marks})", texts)
    target.commit()
    target.close()
    source.close()


def spent(made: Bench, work: Callable[[Path], Any]) -> tuple[float, float, float]:
    """Seconds on the wall, seconds of processors, and MiB of the program above what it had."""
    server = int(Path(made.records.database.read("SELECT @@pid_file")[0][0]).read_text())
    its_clock = (~server << 3) | 2  # of a whole process (clock_getcpuclockid of Linux)
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    idle = memory("VmRSS")
    with tempfile.TemporaryDirectory(prefix="crm-copies-") as name:
        begun = time.perf_counter(), time.process_time() + time.clock_gettime(its_clock)
        work(Path(name))
        wall, cpu = time.perf_counter() - begun[0], time.process_time() + time.clock_gettime(its_clock) - begun[1]
        size = sum(path.stat().st_size for path in Path(name).iterdir()) / KIB / KIB
    print(f"{work.__name__}: a file of {size:,.0f} MiB, {wall:,.0f} s on the wall", file=sys.stderr)
    return wall, cpu, (memory("VmHWM") - idle) / KIB


def memory(what: str) -> int:
    """KiB, by the system."""
    return next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(what))


def figures(made: Bench, encrypted: bool) -> Iterator[Figure]:
    """The copy beside its floor."""
    records = made.records
    if encrypted:
        keeping_copies.encrypt(records, Actor.program(), recovery.new_key())
    else:
        keeping_copies.leave_plain(records, Actor.program())

    def copied(folder: Path) -> None:
        server_copies.back_up(records, Actor.program(), folder)

    def floor(folder: Path) -> None:
        plainly(made, folder)

    _wall, least, _memory = spent(made, floor)
    wall, cpu, above = spent(made, copied)
    yield Figure("copy, processor time of program and server", cpu, least, unit="s")
    yield Figure("copy, on the wall", wall, unit="s")
    yield Figure("copy, memory above idle", above, unit="MiB")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=300_000)
    parser.add_argument("--encrypted", action="store_true")
    asked = parser.parse_args()
    with servers.borrowed() as address:
        made = bench(asked.customers, f"{address}/copies{asked.customers}")
        return 0 if tell(figures(made, asked.encrypted)) else 1


if __name__ == "__main__":
    sys.exit(main())
