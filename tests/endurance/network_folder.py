"""Two programs at one file in a network folder whose locks do nothing; they freeze, and are killed, and only the lease keeps them apart.

    python -m tests.endurance.network_folder [--seconds 3600] [--clients 2] [--control]

Every transfer takes from one row what it adds to another, counts the changes of both and writes a third row, in one unit of
work; the client notes it as done when the engine says so. Afterwards: the file is whole, nothing noted is missing, no amount
was made or lost. The control works without the lease and must FAIL. The locks are those of SQLite's own `unix-none`: none.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from crm_desktop.core.errors import Trouble
from crm_desktop.core.ids import new_id
from crm_desktop.database import sentences
from crm_desktop.database.engine import Database
from crm_desktop.database.file_check import APPLICATION_ID
from crm_desktop.database.lease import HeldElsewhere, Lease
from tests.database.dead_locks import DeadLocks, NoLease

ROWS, EACH = 40, 1000
BEAT, TTL = 0.2, 2.0  # seconds; a thirtieth of what people get, so that much happens in a short time
FREEZES = 0.02  # of the transfers stop in their middle until they are woken
LOST = "lost\n"  # in the notes: a commit that was refused because somebody else had taken over


@dataclass(frozen=True)
class Result:
    """acked: transfers called done. lost: of these, not in the file. taken: commits refused because another one had taken over.
    killed: programs killed. wrong: sentences about what does not fit."""

    acked: int
    lost: int
    taken: int
    killed: int
    wrong: tuple[str, ...]

    @property
    def good(self) -> bool:
        return self.acked > 0 and not self.lost and not self.wrong


def make(file: Path) -> None:
    """The rows the amounts are moved between."""
    raw = dbapi2.connect(str(file), isolation_level=None)
    raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    raw.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, amount INT, changes INT, filler TEXT)")
    raw.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, filler TEXT)")
    raw.executemany("INSERT INTO row VALUES (?, ?, 0, ?)", [(n, EACH, "x" * 700) for n in range(ROWS)])
    raw.close()


def client(file: Path, seed: int, stop: Path, notes: Path, leased: bool) -> None:
    """Session after session until the file `stop` is there; each done transfer is a line of `notes`."""
    chance = random.Random(seed)
    with notes.open("a", buffering=1) as told:
        while not stop.exists():
            backend = DeadLocks(file, Lease(file, BEAT, TTL)) if leased else NoLease(file)
            if not _opened(backend, stop):
                return
            database = Database(backend)
            database.write_patience = database.read_patience = 0.2
            try:
                for _one in range(chance.randint(3, 30)):
                    told.write(f"{transfer(database, chance, FREEZES if leased else 0)}\n")
            except Trouble as trouble:
                if trouble.text == sentences.LEASE_LOST:
                    told.write(LOST)
            except Exception:  # noqa: BLE001  (without the lease anything may come)
                continue
            finally:
                database.close()
            time.sleep(chance.uniform(0, 0.05))


def _opened(backend: DeadLocks, stop: Path) -> bool:
    while not stop.exists():
        try:
            backend.open()
            return True
        except HeldElsewhere:
            time.sleep(0.02)
    return False


def transfer(database: Database, chance: random.Random, freezes: float) -> int:
    """One transfer; gives its number when it is done."""
    op, amount = new_id(), chance.randint(1, 50)
    one, other = chance.sample(range(ROWS), 2)

    def work(tx: Any) -> None:
        before = dict(tx.run("SELECT id, amount FROM row WHERE id IN (?, ?)", (one, other)))
        for row, more in ((one, -amount), (other, amount)):
            tx.run("UPDATE row SET amount = ?, changes = changes + 1 WHERE id = ?", (before[row] + more, row))
        tx.run("INSERT INTO note VALUES (?, ?)", (op, "y" * chance.randint(1, 900)))
        if chance.random() < freezes:
            os.kill(os.getpid(), signal.SIGSTOP)

    database.write(work)
    return op


def run(folder: Path, seconds: float, clients: int = 2, leased: bool = True, seed: int = 1) -> Result:
    """Let the clients work, wake and kill them now and then; then count."""
    file, stop, chance = folder / "crm.db", folder / "stop", random.Random(seed)
    make(file)
    killed = 0
    notes = [folder / f"notes-{number}" for number in range(clients)]

    def start(number: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.endurance.network_folder", "--client", str(file), str(stop), str(notes[number])]
        return subprocess.Popen([*command, str(chance.randint(1, 10**9)), *([] if leased else ["--control"])])

    working = [start(number) for number in range(clients)]
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            time.sleep(chance.uniform(0.1, 2 * TTL))
            chosen = chance.randrange(clients)
            if leased and chance.random() < 0.25 and all(note.exists() and note.stat().st_size for note in notes):
                working[chosen].kill()
                working[chosen].wait()
                killed += 1
                working[chosen] = start(chosen)
            working[chosen].send_signal(signal.SIGCONT)
    finally:
        stop.touch()
        for one in working:
            while one.poll() is None:
                one.send_signal(signal.SIGCONT)
                time.sleep(0.05)
    lines = [line for note in notes if note.exists() for line in note.read_text().splitlines(keepends=True)]
    acked = [int(line) for line in lines if line != LOST and line.endswith("\n")]
    return count(file, acked, lines.count(LOST), killed)


def count(file: Path, acked: list[int], taken: int, killed: int) -> Result:
    """What is in the file beside what the clients were told."""
    wrong, found = [], set()
    raw = dbapi2.connect(str(file))
    try:
        whole = raw.execute("PRAGMA integrity_check").fetchall()
        if whole != [("ok",)]:
            wrong.append(f"the file is damaged: {whole[0][0]}")
        found = {number for (number,) in raw.execute("SELECT id FROM note")}
        total, changes = raw.execute("SELECT SUM(amount), SUM(changes) FROM row").fetchone()
        if total != ROWS * EACH:
            wrong.append(f"the sum is {total}")
        if changes != 2 * len(found):
            wrong.append(f"{changes} changes for {len(found)} transfers")
    except dbapi2.DatabaseError as error:
        wrong.append(f"the file is unreadable: {error}")
    finally:
        raw.close()
    return Result(len(acked), sum(op not in found for op in acked), taken, killed, tuple(wrong))


def main() -> int:
    """0: all is well; the control must give 1."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--clients", type=int, default=2)
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--client", nargs=4, metavar=("FILE", "STOP", "NOTES", "SEED"))
    wanted = parser.parse_args()
    if wanted.client:
        file, stop, notes, seed = wanted.client
        client(Path(file), int(seed), Path(stop), Path(notes), not wanted.control)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        result = run(Path(folder), wanted.seconds, wanted.clients, not wanted.control, random.randrange(10**6))
    print(result)
    return 0 if result.good else 1


if __name__ == "__main__":
    sys.exit(main())
