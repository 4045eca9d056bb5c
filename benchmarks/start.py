"""Measure the start: `crm-desktop` until its list of customers is painted, against an empty QMainWindow until it is painted.

    python -m benchmarks.start                     9 rounds on the demo company, taking turns, without a screen
    python -m benchmarks.start --rounds 15 --platform xcb
    python -m benchmarks.start --turns                  what the window does once the list is painted: its longest turns

Both are CPU seconds of the whole process, interpreter included, from its birth until what was asked for stands on the screen
and everything queued behind it is done. Both run from compiled files: a first round, which writes them, is not counted.

A turn is what the window does between two looks at its events, in CPU milliseconds of its thread: counts, marks, the detail dock with
the first customer, reminders, all that begins after the first list.
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
TURN = 50  # ms

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
    if "--turns" in sys.argv:
        return watch_turns()
    print(time.process_time(), flush=True)
    os._exit(0)

turns = []

def watch_turns():
    from PySide6.QtCore import QAbstractEventDispatcher, QTimer
    from PySide6.QtWidgets import QApplication
    if turns:
        return  # painted once more
    turns.append(time.thread_time())
    for signal in (QAbstractEventDispatcher.instance().awake, QAbstractEventDispatcher.instance().aboutToBlock):
        signal.connect(lambda: turns.append(time.thread_time()))
    table = next(one for one in QApplication.allWidgets() if type(one).__name__ == "Table")
    table.setCurrentIndex(table.model().index(0, 0))
    QTimer.singleShot(5000, tell_turns)

def tell_turns():
    from PySide6.QtWidgets import QApplication
    names = {type(one).__name__ for one in QApplication.allWidgets()}
    assert "RecordForm" in names, "the detail dock was not built"
    print(*sorted((round(1000 * (b - a), 1) for a, b in zip(turns, turns[1:])), reverse=True)[:5], flush=True)
    os._exit(0)

def tell_what_was_made():
    import gc, json
    from crm_desktop.core.record import Record
    from crm_desktop.ui.shell import icons
    from PySide6.QtWidgets import QApplication
    records = sum(isinstance(one, Record) for one in gc.get_objects())
    pictures, widgets = icons._picture.cache_info().misses, [type(one).__name__ for one in QApplication.allWidgets()]
    print(json.dumps({"modules": sorted(sys.modules), "records": records, "pictures": pictures, "widgets": widgets}))

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
    """What there is when the list of customers has been painted for the first time: the names of the loaded `modules`, the classes
    of the `widgets`, and how many `records` and `pictures` of icons were made."""
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


def longest_turns(rounds: int) -> list[float]:
    """The five longest turns after the first list, each the median of so many rounds."""
    with tempfile.TemporaryDirectory() as folder:
        demo(Path(folder))
        screen = Path(folder) / "screen.json"  # large enough for the detail dock
        screen.write_text(json.dumps({"screens": [{"name": "one", "x": 0, "y": 0, "width": 1600, "height": 1000}]}), encoding="utf-8")
        told = [child(OURS, f"offscreen:configfile={screen}", folder, "--turns")[-1].split() for _round in range(rounds + 1)]
    return [statistics.median(float(one) for one in place) for place in zip(*told[1:], strict=True)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--platform", default="offscreen")
    parser.add_argument("--turns", action="store_true", help="measure what the window does after the first list")
    options = parser.parse_args()
    if options.turns:
        turns = longest_turns(options.rounds)
        print("longest turns after the first list, CPU ms:", *turns, f"(bar {TURN})")
        return 0 if turns[0] <= TURN else 1
    floor, ours = measure(options.rounds, options.platform)
    print(f"{'work':<40}{'floor':>10}{'ours':>10}{'ratio':>8}{'bar':>6}")
    print(f"{'start to the first painted list, CPU s':<40}{floor:>10.3f}{ours:>10.3f}{ours / floor:>8.2f}{BAR:>6.1f}")
    return 0 if ours <= BAR * floor else 1


if __name__ == "__main__":
    sys.exit(main())
