"""The bank: clients move amounts between records through the product's own door while something breaks.

    python -m tests.endurance.bank [--kills 100] [--clients 8] [--cuts 0.05 --seconds 60] [--control flush|retry]

Every transfer takes from one record what it adds to another and writes a third, in one unit of work; the client notes it as
done when the door says so. Afterwards: nothing noted is missing, nothing happened twice, no amount was made or lost, and
every version counts its changes. The controls must FAIL: `flush` runs the server without flushing its log at commit,
`retry` repeats units without operation ids.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from crm_desktop.business import RECORD_TYPES, Product, Task
from crm_desktop.core.access import Actor
from crm_desktop.core.ids import new_id
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.faults import Unreachable
from tests.endurance.server import CuttingLine, KillableServer

ACCOUNTS, EACH = 12, Decimal("10000.00")


@dataclass(frozen=True)
class Result:
    """acked: transfers the door called done. lost: of these, not in the database. doubled: in it more than once.
    wrong: sentences about sums and versions that do not fit."""

    acked: int
    lost: int
    doubled: int
    wrong: tuple[str, ...]

    @property
    def good(self) -> bool:
        return self.acked > 0 and not self.lost and not self.doubled and not self.wrong


def open_accounts(records: Records) -> list[int]:
    """The records the amounts are moved between."""
    made = [Product(name=f"Account {number}", code=f"A{number}", price=EACH) for number in range(ACCOUNTS)]
    records.unit(Actor.program(), lambda unit: unit.add(made))
    return [one.id for one in made]


def transfer(records: Records, accounts: list[int], chance: random.Random, careless: bool = False) -> int:
    """One transfer; gives its operation id when the door says that it is done.

    careless: as programs without operation ids do it, the same again after any error, with ids made anew.
    """
    op, amount = new_id(), Decimal(chance.randint(1, 500))
    first, second = sorted(chance.sample(accounts, 2))  # locked in the order of their ids
    sign = chance.choice((1, -1))

    def work(unit: Unit) -> None:
        one, other = unit.get(Product, first), unit.get(Product, second)
        one.price -= sign * amount  # type: ignore[attr-defined]
        other.price += sign * amount  # type: ignore[attr-defined]
        unit.save(one)
        unit.save(other)
        unit.save(Task(title=f"transfer {op}"))

    while True:
        try:
            records.unit(Actor.program(), work, "transfer", batch=new_id() if careless else op)
        except Exception:
            if not careless:
                raise
        else:
            return op


def client(address: str, seed: int, stop: Path, notes: Path, careless: bool) -> None:
    """Transfer until the file `stop` is there; each done transfer is a line of `notes`."""
    database = open_database(address)
    if careless:
        database.write_patience = 0
    records, chance = Records(database, RECORD_TYPES), random.Random(seed)
    accounts = [row[0] for row in database.read("SELECT id FROM product ORDER BY id")]
    with notes.open("a", buffering=1) as told:
        while not stop.exists():
            try:
                told.write(f"{transfer(records, accounts, chance, careless)}\n")
            except Unreachable:
                continue  # told to the person as not done, or as uncertain


def run(address: str, clients: int, trouble: object, through: str = "", control: str = "") -> Result:
    """Let clients work at `address` (through another one) while `trouble()` goes on; then count."""
    database = open_database(address)
    open_accounts(Records(database, RECORD_TYPES))
    with tempfile.TemporaryDirectory() as folder:
        stop, notes = Path(folder) / "stop", [Path(folder) / f"notes-{number}" for number in range(clients)]
        command = [sys.executable, "-m", "tests.endurance.bank", "--client", through or address, str(stop)]
        working = [
            subprocess.Popen([*command, str(note), str(number), *(["--control", control] if control else [])])
            for number, note in enumerate(notes)
        ]
        try:
            _until_all_work(working, notes)
            trouble()  # type: ignore[operator]
        finally:
            stop.touch()
            codes = [one.wait(180) for one in working]
        acked = [int(line) for note in notes if note.exists() for line in note.read_text().split()]
    wrong = [f"client {number} ended with {code}" for number, code in enumerate(codes) if code]
    result = count(database, acked, wrong)
    database.close()
    return result


def _until_all_work(working: list[subprocess.Popen[bytes]], notes: list[Path]) -> None:
    """Trouble begins when every client has made its first transfer."""
    end = time.monotonic() + 120
    while time.monotonic() < end and not all(note.exists() and note.stat().st_size for note in notes):
        if any(one.poll() is not None for one in working):
            return
        time.sleep(0.1)


def count(database: Database, acked: list[int], wrong: list[str]) -> Result:
    """What is in the database beside what the clients were told."""
    found: dict[str, int] = {}
    for (title,) in database.read("SELECT title FROM task WHERE title LIKE 'transfer %'"):
        found[title] = found.get(title, 0) + 1
    total = database.read("SELECT SUM(price) FROM product")[0][0]
    if total != int(ACCOUNTS * EACH * 100):
        wrong.append(f"the sum is {total}")
    versions = database.read("SELECT SUM(version) FROM product")[0][0]
    if versions != ACCOUNTS + 2 * sum(found.values()):
        wrong.append(f"the versions count {versions - ACCOUNTS} changes, the transfers {2 * sum(found.values())}")
    wrong += strangers(database) if wrong else []
    lost = sum(f"transfer {op}" not in found for op in acked)
    return Result(len(acked), lost, sum(times - 1 for times in found.values()), tuple(wrong))


def strangers(database: Database) -> list[str]:
    """Where the journal of an account and the account itself part: what is needed to find out what happened."""
    told: dict[int, list[tuple[int, int, int]]] = {}
    for record, batch, changes in database.read("SELECT record_id, batch, changes FROM journal WHERE action = 'update'"):
        old, new = json.loads(changes)["price"]
        told.setdefault(record, []).append((old, new, batch))
    marked = {row[0] for row in database.read("SELECT id FROM tx_log")}
    sentences = []
    for record, code, price, version in database.read("SELECT id, code, price, version FROM product"):
        steps = told.get(record, [])
        said = int(EACH * 100) + sum(new - old for old, new, _batch in steps)
        if said == price and version == 1 + len(steps):
            continue
        starts = Counter(old for old, _new, _batch in steps)
        starts.subtract(new for _old, new, _batch in steps)
        odd = {amount: count for amount, count in starts.items() if count}
        sentences.append(f"{code}: {price} and {version - 1} changes, its journal {said} and {len(steps)}; chain broken at {odd}")
        near = [(old, new, batch, batch in marked) for old, new, batch in steps if {old, new} & odd.keys()]
        sentences.append(f"near: {near[:6]}")
    return sentences


def killed(kills: int, clients: int, flush: int = 1, pause: float = 1.0) -> Result:
    """The server is killed -9 and started again, again and again."""
    server = KillableServer(flush)
    try:

        def trouble() -> None:
            chance = random.Random(7)
            for _kill in range(kills):
                time.sleep(pause * (0.5 + chance.random()))
                server.kill()
                server.start()
            time.sleep(pause)

        return run(f"{server.address}/bank", clients, trouble)
    finally:
        server.close()


def cut(seconds: float, clients: int, share: float, control: str = "") -> Result:
    """The line is cut at a share of all COMMITs."""
    server = KillableServer()
    line = CuttingLine(server.port, share)
    try:
        through = f"mysql://root@127.0.0.1:{line.port}/bank?ssl=off"
        return run(f"{server.address}/bank", clients, lambda: time.sleep(seconds), through, control)
    finally:
        line.close()
        server.close()


def main(arguments: list[str]) -> int:
    """The command; 0 when all is exact."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--cuts", type=float, default=0.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--control", choices=["flush", "retry"], default="")
    parser.add_argument("--client", nargs=4, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.client:
        address, stop, notes, seed = wanted.client
        client(address, int(seed), Path(stop), Path(notes), wanted.control == "retry")
        return 0
    if wanted.cuts:
        result = cut(wanted.seconds, wanted.clients, wanted.cuts, wanted.control)
    else:
        result = killed(wanted.kills or 100, wanted.clients, 0 if wanted.control == "flush" else 1)
    print(result)
    return 0 if result.good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
