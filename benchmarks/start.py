"""Measure the start: `crm-desktop` until its list of customers is painted, against an empty QMainWindow until it is painted.

    python -m benchmarks.start                     9 rounds on the demo company, taking turns, without a screen
    python -m benchmarks.start --rounds 15 --platform xcb

Both are CPU seconds of the whole process, interpreter included, from its birth until what was asked for stands on the screen
and everything queued behind it is done. Both run from compiled files: a first round, which writes them, is not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BAR = 1.9

FLOOR = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Empty(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, tell)

def tell():
    print(time.process_time(), flush=True)
    os._exit(0)

app = QApplication(sys.argv)
window = Empty()
window.resize(1440, 900)
window.show()
app.exec()
"""

# The program as it is; only, once its list of customers has painted rows, it says what it took and ends.
OURS = """
import os, sys, time
from importlib.machinery import PathFinder

class AtTable(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name != "crm_desktop.ui.widgets.table":
            return None
        spec = super().find_spec(name, path, target)
        execute = spec.loader.exec_module
        spec.loader.exec_module = lambda module: (execute(module), watch(module.Table))
        return spec

def watch(table):
    paint_rows = table._paint_rows
    def painted(self, painter, dirty):
        paint_rows(self, painter, dirty)
        if self._cells.row_count():
            from PySide6.QtCore import QTimer
            QTimer.singleShot(0, tell)
    table._paint_rows = painted

def tell():
    if "--made" in sys.argv:
        tell_what_was_made()
    print(time.process_time(), flush=True)
    os._exit(0)

def tell_what_was_made():
    import gc, json
    from crm_desktop.core.record import Record
    from crm_desktop.ui.shell import icons
    records = sum(isinstance(one, Record) for one in gc.get_objects())
    print(json.dumps({"modules": sorted(sys.modules), "records": records, "pictures": icons._picture.cache_info().misses}))

sys.meta_path.insert(0, AtTable)
from crm_desktop.__main__ import main
main(["--data", sys.argv[1], "--view", "customers"])
"""


def child(program: str, platform: str, *arguments: str) -> list[str]:
    """Run a program in a fresh process and give the lines it printed."""
    wanted = {"QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT)}
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", program, *arguments], env=around | wanted, capture_output=True, text=True, timeout=120)
    if done.returncode or not done.stdout:
        raise SystemExit(done.stderr)
    return done.stdout.splitlines()


def demo(folder: Path) -> None:
    """The demo company in a folder, and nobody at its window yet."""
    sys.path.insert(0, str(ROOT))
    from crm_desktop.business import RECORD_TYPES
    from crm_desktop.business.system.demo import plant_once
    from crm_desktop.core.clock import Clock
    from crm_desktop.core.records import Records
    from crm_desktop.database.engine import open_database

    database = open_database(folder)
    plant_once(Records(database, RECORD_TYPES, Clock()), Clock(), lang="zh_CN")
    database.close()


def made_at_first_list(folder: Path) -> dict[str, Any]:
    """What there is when the list of customers has been painted for the first time: the names of the loaded `modules`, and how
    many `records` and `pictures` of icons were made."""
    made: dict[str, Any] = json.loads(child(OURS, "offscreen", str(folder), "--made")[0])
    return made


def measure(rounds: int, platform: str = "offscreen") -> tuple[float, float]:
    """(floor, ours): median CPU seconds of so many rounds, taking turns."""
    with tempfile.TemporaryDirectory() as folder:
        demo(Path(folder))
        programs = ((FLOOR, ()), (OURS, (folder,)))
        spent: list[list[float]] = [[], []]
        for number in range(rounds + 1):
            for place, (program, arguments) in enumerate(programs):
                seconds = float(child(program, platform, *arguments)[-1])
                if number:
                    spent[place].append(seconds)
    return statistics.median(spent[0]), statistics.median(spent[1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--platform", default="offscreen")
    options = parser.parse_args()
    floor, ours = measure(options.rounds, options.platform)
    print(f"{'work':<40}{'floor':>10}{'ours':>10}{'ratio':>8}{'bar':>6}")
    print(f"{'start to the first painted list, CPU s':<40}{floor:>10.3f}{ours:>10.3f}{ours / floor:>8.2f}{BAR:>6.1f}")
    return 0 if ours <= BAR * floor else 1


if __name__ == "__main__":
    sys.exit(main())
