"""Measure the memory of the window on a million customers against the same window on demo data.

    python -m benchmarks.memory [--customers 1000000]

Each in a fresh process, as the general manager, who sees everything: the list of customers is opened, walked through from end
to end, sorted and sorted back; then the resident memory is read. MiB.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import start  # noqa: E402
from benchmarks.figure import Figure, tell  # noqa: E402
from benchmarks.rows import bench  # noqa: E402

MORE = 40  # MiB that a million rows may cost

WALK = """
import sys
from pathlib import Path
from crm_desktop.business import RECORD_TYPES
from crm_desktop.core.clock import Clock
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database
from PySide6.QtTest import QTest
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.session import Session
from crm_desktop.ui.shell import theme

app = theme.new_application(["bench"])
database = open_database(sys.argv[1])
records = Records(database, RECORD_TYPES, Clock())
roles = {row.id: row.code for row in records.names.all("role")}
person = next(row.id for row in records.names.all("employee") if roles[row.role] == "general")
runner = Runner(interrupt=database.interrupt, thread_ends=database.close_thread)
session = Session(records, runner, person, Path(sys.argv[1]), "zh_CN", "light")
session.show("customers", restore=False)

def settle():
    QTest.qWait(200)
    while runner.busy():
        QTest.qWait(50)

settle()
table = session.list_page_of("customer").table
bar = table.verticalScrollBar()
for step in range(101):
    bar.setValue(bar.maximum() * step // 100)
    QTest.qWait(10)
    settle() if step % 10 == 0 else None
for down in (False, True):
    table.sort_asked.emit("next_contact_on", down)
    table.model().sort(3)
    settle()
status = Path("/proc/self/status").read_text()
print(table.model().row_count(), status.split("VmRSS:")[1].split()[0], status.split("VmHWM:")[1].split()[0], flush=True)
import os
os._exit(0)
"""


def resident(folder: Path) -> tuple[int, float, float]:
    """(rows, resident MiB at the end, the most it ever was) of a window on this folder."""
    around = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", WALK, str(folder)], env=around, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise SystemExit(done.stderr)
    rows, now, most = (int(word) for word in done.stdout.split()[-3:])
    return rows, now / 1024, most / 1024


def figures(customers: int = 1_000_000, rounds: int = 3) -> Iterator[Figure]:
    """The window on many rows beside the window on demo data."""
    made = bench(customers)
    made.records.database.close()
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder)
        start.demo(demo)
        few = [resident(demo) for _round in range(rounds)]
        many = [resident(Path(made.place)) for _round in range(rounds)]
    floor, ours = (statistics.median(one[1] for one in runs) for runs in (few, many))
    yield Figure(f"memory, {many[0][0]:,} rows (floor: demo, {few[0][0]:,} rows)", ours, floor, floor + MORE, "MiB", ratio=False)
    floor, ours = (statistics.median(one[2] for one in runs) for runs in (few, many))
    yield Figure("the most it ever was", ours, floor, None, "MiB", ratio=False)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    return 0 if tell(figures(parser.parse_args().customers)) else 1


if __name__ == "__main__":
    sys.exit(main())
