"""Simulated power cuts while the importer works on a local file: whole afterwards, and nothing that was called done is missing.

    python -m tests.endurance.power_cuts --cuts 2000 [--mode local|network|encrypted] [--control off|normal]

A program of its own imports sheets and saves records on a file, and everything SQLite asks of the disk is recorded
(recorded_disk.py). Then the power goes at a random moment of the recording, again and again: what may be left on the disk is
written into a new folder and opened by the program. It must open, `crm-desktop check` must find it whole, every import in it
must be complete, and each one that was called done must be there.

The controls must FAIL: without flushes (`off`) files are damaged; `normal`, which many recommend for WAL, loses what was called done.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import keyring
from keyring.backends import fail

from crm_desktop.__main__ import main as program
from crm_desktop.business import RECORD_TYPES, Customer, Task
from crm_desktop.business.system import starting
from crm_desktop.core.errors import Trouble
from crm_desktop.core.records import Records
from crm_desktop.database import keys, recoding, recovery
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.network_file import NetworkFile
from crm_desktop.database.sqlite import SqliteFile
from tests.endurance.recorded_disk import Disk, Event, Recorder, record
from tests.exchange.stories import plan_for
from tests.office import Office

SHEETS = (3, 200, 40, 8, 250, 120)  # rows; together several times the thousand pages after which SQLite empties the WAL
KEY = bytes(range(7, 39))
MODES = ("local", "network", "encrypted")
Told = tuple[int, int]  # an act the program called done, and how many records it was told to have made or changed


@dataclass
class Result:
    """What was found after the cuts. acked: things called done before the cut, all cuts together. damaged, lost: cuts after
    which the file was not whole, or something called done was missing. what: the first sentences."""

    cuts: int = 0
    acked: int = 0
    damaged: int = 0
    lost: int = 0
    what: Counter[str] = field(default_factory=Counter)

    @property
    def good(self) -> bool:
        return self.cuts > 0 and self.acked > 0 and not self.damaged and not self.lost

    def __add__(self, other: Result) -> Result:
        return Result(
            self.cuts + other.cuts, self.acked + other.acked, self.damaged + other.damaged, self.lost + other.lost, self.what + other.what
        )


# The program whose disk is recorded


def work(folder: Path, seed: int, recorder: Recorder) -> None:
    """Import sheets, new and changed ones, and save single records between; note each that is called done."""
    chance = random.Random(seed)
    sheets = list(SHEETS)
    chance.shuffle(sheets)
    office = _enter(folder)
    try:
        for number, rows in enumerate(sheets):
            if chance.random() < 0.4:  # the last connection that is closed empties the WAL
                office.records.database.close()
                office = _enter(folder)
            table = [["客户名称", "客户编号", "电话", "城市", "地址", "备注"]]
            table += [[f"公司{chance.randrange(10**9)}", f"N{number}-{row}", f"0512-{chance.randrange(10**7)}", "苏州",
                       f"人民路{row}号", "x" * chance.randrange(200)] for row in range(rows)]  # fmt: skip
            _note(recorder, office, plan_for(office, Customer, office.admin, table).run().batch)
            again = [[*row[:2], f"021-{chance.randrange(10**7)}", "上海", *row[4:]] for row in table[1 : 1 + rows // 2]]
            if again:
                _note(recorder, office, plan_for(office, Customer, office.admin, [table[0], *again]).run().batch)
            for turn in range(4):
                record = Task(title=f"电话 {turn}") if turn % 2 else Customer(name=f"单个 {number} {turn}")
                _note(recorder, office, office.records.save(record, office.admin).batch)
    finally:
        office.records.database.close()


def _enter(folder: Path) -> Office:
    records = Records(open_database(folder), RECORD_TYPES)
    (person,) = records.database.read("SELECT id FROM employee LIMIT 1")[0]
    return Office(records, {"admin": person})


def _note(recorder: Recorder, office: Office, batch: int | None) -> None:
    assert batch is not None
    (count,) = office.records.database.read("SELECT `count` FROM batch WHERE id = ?", (batch,))[0]
    recorder.note((batch, count))


def recorded(folder: Path, mode: str, seed: int, control: str = "") -> tuple[Path, list[Event]]:
    """Let a program of its own work on a new file; gives the file as it was before, and everything that happened to its disk."""
    place, start, tape = folder / "work", folder / "start.db", folder / "tape"
    with _as(mode, place):
        records = Records(open_database(place), RECORD_TYPES)
        starting.begin(records, "明达", "管理员", "zh_CN")
        records.database.close()
        if mode == "encrypted":
            recoding.recode(place / "crm.db", KEY)
        start.write_bytes((place / "crm.db").read_bytes())
        command = [sys.executable, "-m", "tests.endurance.power_cuts", "--mode", mode, "--record", str(place), str(seed), str(tape)]
        subprocess.run([*command, *(["--control", control] if control else [])], check=True)
    with tape.open("rb") as file:
        return start, pickle.load(file)


def _record(place: Path, seed: int, tape: Path, control: str) -> None:
    """In the program of its own."""
    if control:
        for engine in (SqliteFile, NetworkFile):
            rest = tuple(pragma for pragma in engine.pragmas if not pragma.startswith("synchronous"))
            engine.pragmas = (*rest, f"synchronous={control.upper()}")
    recorder = record()
    work(place, seed, recorder)
    assert sum(event.kind == "write" for event in recorder.events) > 100, "nothing was recorded"
    with tape.open("wb") as file:
        pickle.dump(recorder.events, file)


@contextmanager
def _as(mode: str, folder: Path) -> Iterator[None]:
    """Surroundings in which a file in `folder` is kept in this way."""
    before, ring = dict(os.environ), keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    if mode == "network":
        os.environ["CRM_NETWORK_FOLDERS"] = str(folder)
    if mode == "encrypted":
        os.environ[keys.PHRASE] = recovery.phrase_of(KEY)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        keyring.set_keyring(ring)


# The cuts


def cut_again_and_again(folder: Path, mode: str, start: Path, events: list[Event], cuts: int, seed: int) -> Result:
    """The power goes at `cuts` random moments of one recording."""
    chance = random.Random(seed)
    done = [place for place, event in enumerate(events, 1) if event.kind == "told"]
    # At any moment, or just after something was called done.
    moments = sorted(min(chance.choice(done) + chance.randrange(4), len(events)) if chance.random() < 0.5
                     else chance.randrange(1, len(events) + 1) for _cut in range(cuts))  # fmt: skip
    kept = folder / "work" / "crm.db"
    disk, told, result, at = Disk({str(kept): start}), list[Told](), Result(), 0
    for moment in moments:
        for event in events[at:moment]:
            disk.take(event)
            if event.kind == "told":
                told.append(event.told)
        at = moment
        with tempfile.TemporaryDirectory(dir=folder) as left:
            for name, content in disk.after_cut(chance):
                (Path(left) / Path(name).name).write_bytes(content)
            with _as(mode, Path(left)):
                result += _look(Path(left), told)
    for event in events[at:]:
        disk.take(event)
    assert disk.as_written(str(kept)) == kept.read_bytes(), "something was written that was not recorded"
    return result


def _look(folder: Path, told: list[Told]) -> Result:
    """What the program finds when it is started again."""
    result = Result(1, len(told))
    try:
        database = open_database(folder)
        try:
            assert database.read("PRAGMA integrity_check") == [("ok",)], "integrity_check"
            result.lost, halves = _missing(database, told)
        finally:
            database.close()
        assert not halves, f"{halves} acts are not complete"
        said = StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            code = program(["check", "--data", str(folder)])
        assert code == 0, said.getvalue()
    except (AssertionError, Trouble, Exception) as error:  # noqa: BLE001  (whatever the program says of a damaged file)
        result.damaged = 1
        result.what[f"{type(error).__name__}: {error}".replace(str(folder), "")[:300]] += 1
    return result


def _missing(database: Database, told: list[Told]) -> tuple[int, int]:
    """1 when something called done is not there; and how many acts are there in part."""
    held = dict(database.read("SELECT batch, COUNT(*) FROM journal GROUP BY batch"))
    counts = dict(database.read("SELECT id, `count` FROM batch WHERE `count` > 0"))
    lost = any(held.get(batch, 0) != records for batch, records in told)
    return int(lost), sum(held.get(batch, 0) != count for batch, count in counts.items())


def run(cuts: int, mode: str = "local", control: str = "", each: int = 100, seed: int = 1) -> Result:
    """Record as often as there are cuts for: `each` a recording."""
    memory = Path("/dev/shm")  # nothing depends on the disk below: what is flushed to it, and when, is what is simulated
    result = Result()
    while result.cuts < cuts:
        with tempfile.TemporaryDirectory(prefix="crm-power-", dir=memory if memory.is_dir() else None) as name:
            folder = Path(name)
            start, events = recorded(folder, mode, seed, control)
            result += cut_again_and_again(folder, mode, start, events, min(each, cuts - result.cuts), seed)
        seed += 1
    return result


def main() -> int:
    """0: all is well; the controls must give 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuts", type=int, default=2000)
    parser.add_argument("--mode", choices=MODES, default="local")
    parser.add_argument("--control", choices=["off", "normal"], default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--record", nargs=3, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.record:
        place, seed, tape = wanted.record
        _record(Path(place), int(seed), Path(tape), wanted.control)
        return 0
    result = run(wanted.cuts, wanted.mode, wanted.control, seed=wanted.seed)
    told: dict[str, Any] = {"cuts": result.cuts, "called done": result.acked, "damaged": result.damaged, "lost": result.lost}
    print(json.dumps({**told, "first": result.what.most_common(3)}, indent=2, ensure_ascii=False))
    return 0 if result.good else 1


if __name__ == "__main__":
    sys.exit(main())
