"""Measure what colleagues' changes cost and how soon they are seen: twenty desktops at one server.

    python -m benchmarks.live [--clients 20] [--changes 10000] [--idle 60] [--rate 20] [--control]

Each desktop is the program's own watch (scheduling/colleagues.py), with its own connection, in front. First nobody works: processor
time of the server in percent of a core, bar 1. Then four writers change 10,000 records in acts of five, `rate` acts a second, one
of twenty with a commit that is slow, so that it is noted early and becomes visible late. Wall clock from the commit to the moment
each desktop has heard of it, bar 1 s in 95 of 100; none may be missed. The control's feed looks no further back than the newest
act it knows, and must MISS some.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.figure import Figure, tell  # noqa: E402
from crm_desktop.business import RECORD_TYPES, Task  # noqa: E402
from crm_desktop.business.staff.sign_in import actor_for  # noqa: E402
from crm_desktop.business.system import starting  # noqa: E402
from crm_desktop.core import feed  # noqa: E402
from crm_desktop.core.journal import Change  # noqa: E402
from crm_desktop.core.records import Records  # noqa: E402
from crm_desktop.database.engine import open_database  # noqa: E402
from crm_desktop.database.mysql import MysqlServer  # noqa: E402
from crm_desktop.scheduling.colleagues import Heard, Watch  # noqa: E402
from tests import servers  # noqa: E402

EACH = 5  # records an act
SLOW, LONGEST = 0.05, 8.0  # of the commits take seconds, up to so many
WRITERS, EARS = 4, 4  # processes
SETTLING = 5.0  # seconds until all desktops have begun to watch


def enter(address: str) -> tuple[Records, Any]:
    """A program of one's own, and who works at it."""
    records = Records(open_database(address), RECORD_TYPES)
    return records, actor_for(records, next(iter(records.names.rows("employee"))))


def listen(address: str, desktops: int, control: bool) -> None:
    """Some desktops; tells which acts each has heard of, and when, once it reads a line."""
    if control:
        feed.OVERLAP = timedelta(0)
    told: list[dict[int, float]] = [{} for _desktop in range(desktops)]
    watches = []
    for heard in told:
        records, actor = enter(address)

        def note(changes: list[Change], heard: dict[int, float] = heard, records: Records = records) -> None:
            for change in changes:
                records.hear(change)
                heard.setdefault(change.batch, time.time())

        watches.append(Watch(records, lambda actor=actor: actor, Heard(changes=note)))
    for watch in watches:
        watch.start()
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(told), flush=True)
    for watch in watches:
        watch.stop()


def work(address: str, acts: int, rate: float, seed: int) -> None:
    """A writer; tells when the commit of each act was done."""
    records, actor = enter(address)
    chance, own = random.Random(seed), MysqlServer.commit

    def commit(engine: MysqlServer, raw: Any) -> None:
        if chance.random() < SLOW:
            time.sleep(chance.uniform(1, LONGEST))
        own(engine, raw)

    MysqlServer.commit = commit  # type: ignore[method-assign]
    done: dict[int, float] = {}

    def some() -> None:
        """The acts of one person, one after the other: while a commit is slow the others go on."""
        while numbers:
            number = numbers.pop()
            time.sleep(max(0.0, begun + number / rate - time.monotonic()))
            tasks = [Task(title=f"{seed} {number} {one}") for one in range(EACH)]
            _nothing, change = records.unit(actor, lambda unit, tasks=tasks: unit.add(tasks))  # type: ignore[misc]
            done[change.batch] = time.time()
        records.database.close_thread()

    numbers, begun = list(range(acts))[::-1], time.monotonic()
    people = [threading.Thread(target=some) for _person in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    records.database.close()
    print(json.dumps(done), flush=True)


def spent(pid: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def figures(clients: int, changes: int, idle: float, rate: float, control: bool) -> Iterator[Figure]:
    """The idle cost first, then what is seen, when."""
    folder = Path(tempfile.mkdtemp(prefix="crm-live-"))
    folder.chmod(0o755)
    server, address = servers.start(folder, "--innodb-flush-log-at-trx-commit=1")
    address += "/live"
    try:
        records = Records(open_database(address), RECORD_TYPES)
        starting.begin(records, "明达", "管理员", "zh_CN")
        records.database.close()
        listening = [
            _start("--listen", address, str(clients // EARS + (number < clients % EARS)), *(["--control"] if control else []))
            for number in range(EARS)
        ]
        for one in listening:
            assert one.stdout is not None and one.stdout.readline() == "ready\n"
        time.sleep(SETTLING)
        before, begun = spent(server.pid), time.monotonic()
        time.sleep(idle)
        share = 100 * (spent(server.pid) - before) / (time.monotonic() - begun)
        yield Figure(f"{clients} desktops, nobody works: the server, of a core", share, bar=1, unit="%", ratio=False)
        acts = changes // EACH // WRITERS
        writing = [_start("--work", address, str(acts), str(rate / WRITERS), str(number)) for number in range(WRITERS)]
        done = {int(batch): at for one in writing for batch, at in json.loads(one.communicate()[0]).items()}
        time.sleep(2.0)
        heard = [desktop for one in listening for desktop in json.loads(one.communicate("enough\n")[0])]
        late = sorted(1000 * (desktop[str(batch)] - at) for desktop in heard for batch, at in done.items() if str(batch) in desktop)
        missed = sum(EACH for desktop in heard for batch in done if str(batch) not in desktop)
        what = f"{len(done) * EACH:,} changes, {clients} desktops"
        yield Figure(f"{what}: missed, all desktops together", float(missed), bar=0, unit="", ratio=False)
        yield Figure(f"{what}: commit to heard, median", statistics.median(late))
        yield Figure(f"{what}: commit to heard, 95 of 100", statistics.quantiles(late, n=20)[-1], bar=1000, ratio=False)
        yield Figure(f"{what}: the latest", late[-1])
    finally:
        server.kill()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _start(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.live", *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--changes", type=int, default=10_000)
    parser.add_argument("--idle", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=20.0)
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--listen", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--work", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.listen:
        listen(options.listen[0], int(options.listen[1]), options.control)
        return 0
    if options.work:
        address, acts, rate, seed = options.work
        work(address, int(acts), float(rate), int(seed))
        return 0
    return 0 if tell(figures(options.clients, options.changes, options.idle, options.rate, options.control)) else 1


if __name__ == "__main__":
    sys.exit(main())
