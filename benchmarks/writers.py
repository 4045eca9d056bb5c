"""Measure several programs writing to one local file at once: nobody is told that it is busy, nobody starves, nobody waits long.

    python -m benchmarks.writers [--writers 8] [--seconds 10] [--rounds 3] [--control]

Each program saves new customers, with journal, search index and keys of duplicates, one after the other, through the door. Floor:
one program alone, in turn with the others. Bars: no error shown, the most-served saves at most four times as often as the
least-served, 99 of 100 saves take at most 150 ms, and together they save at least as much a second as one alone. Wall clock, on
the disk that is there. The control leaves the waiting to SQLite's own busy_timeout and must MISS: it lets writers starve.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.figure import Figure, tell  # noqa: E402
from benchmarks.find import company, mobile  # noqa: E402
from crm_desktop.business import RECORD_TYPES, Customer  # noqa: E402
from crm_desktop.business.staff.sign_in import actor_for  # noqa: E402
from crm_desktop.business.system import starting  # noqa: E402
from crm_desktop.core.errors import Trouble  # noqa: E402
from crm_desktop.core.records import Records  # noqa: E402
from crm_desktop.database.engine import open_database  # noqa: E402
from crm_desktop.database.sqlite import SqliteFile  # noqa: E402


def write(place: Path, seed: int, seconds: float, control: bool) -> None:
    """One program: says that it is ready, begins when it is told to, and tells what each save took and what was shown."""
    if control:
        SqliteFile.pragmas = (*SqliteFile.pragmas, "busy_timeout=60000")
        SqliteFile.in_turn = lambda _engine, _raw, _seconds: nullcontext()  # type: ignore[method-assign]
    records, chance = Records(open_database(place), RECORD_TYPES), random.Random(seed)
    actor = actor_for(records, next(iter(records.names.rows("employee"))))
    records.save(Customer(name=company(chance)), actor)  # what is loaded with the first save
    print("ready", flush=True)
    sys.stdin.readline()
    took: list[float] = []
    shown: list[str] = []
    busy = time.process_time()
    end = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < end:
        customer = Customer(name=company(chance), phone=mobile(chance), city="上海", address=f"人民路{chance.randint(1, 999)}号")
        try:
            records.save(customer, actor)
        except Trouble as trouble:
            shown.append(trouble.sentence("en"))
        took.append(time.perf_counter() - begun)
    busy = time.process_time() - busy
    records.database.close()
    print(json.dumps({"took": took, "shown": shown, "busy": busy}), flush=True)


def together(place: Path, writers: int, seconds: float, control: bool) -> list[dict[str, Any]]:
    """What each of so many programs tells."""
    command = [sys.executable, "-m", "benchmarks.writers", "--seconds", str(seconds), *(["--control"] if control else [])]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    working = [
        subprocess.Popen([*command, "--writer", str(place), str(random.randrange(10**9))], **pipes) for _number in range(writers)
    ]
    for one in working:
        assert one.stdout is not None and one.stdout.readline() == "ready\n"
    for one in working:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return [json.loads(one.communicate()[0]) for one in working]


def figures(writers: int, seconds: float, rounds: int, control: bool) -> Iterator[Figure]:
    """Alone and together in turn, on one file that grows."""
    alone, pace, uneven = list[float](), list[float](), list[float]()
    took, shown = list[float](), list[str]()
    work: dict[bool, list[float]] = {True: [], False: []}
    with tempfile.TemporaryDirectory(prefix="crm-writers-") as folder:
        records = Records(open_database(folder), RECORD_TYPES)
        starting.begin(records, "明达", "管理员", "zh_CN")
        records.database.close()
        for _round in range(rounds):
            one = together(Path(folder), 1, seconds, control)
            alone.append(1000 * seconds / len(one[0]["took"]))
            told = together(Path(folder), writers, seconds, control)
            counts = [len(one["took"]) for one in told]
            pace.append(1000 * seconds / sum(counts))
            for several in (one, told):
                work[several is one].append(1000 * sum(each["busy"] for each in several) / sum(len(each["took"]) for each in several))
            uneven.append(max(counts) / max(min(counts), 1))
            took += [1000 * one for each in told for one in each["took"]]
            shown += [one for each in told for one in each["shown"]]
    who = f"{writers} programs, one file"
    yield Figure(f"{who}: errors shown in {len(took):,} saves", float(len(shown)), bar=0, unit="", ratio=False)
    yield Figure(f"{who}: saves of the most-served for one of the least-served", statistics.median(uneven), bar=4, unit="", ratio=False)
    yield Figure(f"{who}: a save, median", statistics.median(took))
    yield Figure(f"{who}: a save, 99 of 100", statistics.quantiles(took, n=100)[-1], bar=150, ratio=False)
    yield Figure(f"{who}: the longest save", max(took))
    yield Figure(f"{who}: time for each save, floor one alone", statistics.median(pace), statistics.median(alone), 1)
    yield Figure(f"{who}: processor time of each, floor one alone", statistics.median(work[False]), statistics.median(work[True]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--writer", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.writer:
        place, seed = options.writer
        write(Path(place), int(seed), options.seconds, options.control)
        return 0
    return 0 if tell(figures(options.writers, options.seconds, options.rounds, options.control)) else 1


if __name__ == "__main__":
    sys.exit(main())
