"""The program is killed (-9) in the middle of its work: started again it is clean, and the work is not done, done, or goes on.

    python -m tests.endurance.killing --kills 100 [--work import|migrate|move|restore|server-copy|…] [--control]

Encrypting and decrypting are killed by recoding.py, with a keyring and without. Each kill comes at a random moment of the time the
work takes. Then the program is started: `crm-desktop check` must find everything whole, nothing may be half done, and the same
command must finish what was begun. The control spoils the program (no transactions; what is done is noted before it is) and must FAIL.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from tests.endurance.killed_works import WORKS, Work
from tests.endurance.server import KillableServer

PRELOADED = ["tests.endurance.killed_works", "crm_desktop.cli.importing", "crm_desktop.business.system.relocating"]
SAID = "said.txt"  # the last words of the program
PATIENCE = 300  # seconds for a piece of work that nobody kills


@dataclass
class Result:
    """kills: programs killed while they worked. found: how things stood afterwards, and how often. wrong: what was not right."""

    kills: int = 0
    found: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return self.kills > 0 and not self.wrong


def _do(name: str, server: str, place: Path, careless: bool, line: Connection) -> None:
    """In a process of its own."""
    work = WORKS[name](server)
    begins = [lambda: line.send("begun"), lambda: None]
    if careless:
        work.careless(begins.pop(0))
    code, said = work.act(place, begins[0])
    (place / SAID).write_text(said)
    line.send("ended")
    sys.exit(code)


class Killing:
    """One kind of work, killed as often as wanted."""

    def __init__(self, name: str, folder: Path, server: str = "", careless: bool = False) -> None:
        self._name, self._folder, self._server, self._careless = name, folder, server, careless
        self.work: Work = WORKS[name](server)
        self._model = folder / "model"
        self._model.mkdir()
        self._turn = 0
        # Each process begins as a copy of one that has imported the program and done nothing yet.
        self._processes = multiprocessing.get_context("forkserver")
        self._processes.set_forkserver_preload(PRELOADED)
        self.work.plant(self._model)
        self._seconds = 0.0

    def again_and_again(self, kills: int, seed: int = 1, at_once: int = 1) -> Result:
        """Kill it so often; `at_once`: that many times in a row before the work is let to its end."""
        chance, result = random.Random(seed), Result()
        self._seconds = self._undisturbed()
        while result.kills < kills and not (result.wrong and not self._careless):
            place = self._fresh()
            try:
                for _kill in range(min(at_once, kills - result.kills)):
                    if not self._killed(place, chance.uniform(0, 0.3 if self._careless else self._seconds)):
                        break
                    result.kills += 1
                    result.found[self.work.look(place)] += 1
                else:
                    self._finish(place)
                self.work.whole(place)
            except Exception as error:  # noqa: BLE001  (whatever the program says, with the rest)
                result.wrong.append(f"{type(error).__name__}: {error}"[:400])
                if self._careless:
                    return result
            finally:
                self.work.clear(place)
                shutil.rmtree(place)
        return result

    def _fresh(self) -> Path:
        self._turn += 1
        return Path(shutil.copytree(self._model, self._folder / f"k{self._turn}x{os.getpid()}"))

    def _undisturbed(self) -> float:
        """How long it takes from its beginning to its end."""
        place = self._fresh()
        try:
            begun, _line, process = self._start(place)
            process.join(PATIENCE)
            assert process.exitcode == 0 or self._careless, f"nobody killed it, and it ended with {process.exitcode}"
            return time.monotonic() - begun
        finally:
            self.work.clear(place)
            shutil.rmtree(place)

    def _start(self, place: Path) -> tuple[float, Connection, multiprocessing.process.BaseProcess]:
        line, other = self._processes.Pipe(duplex=False)
        process = self._processes.Process(target=_do, args=(self._name, self._server, place, self._careless, other))
        process.start()
        other.close()
        try:
            line.recv()
        except EOFError as error:
            process.join(PATIENCE)
            raise AssertionError(f"it ended with {process.exitcode} before it began") from error
        return time.monotonic(), line, process

    def _killed(self, place: Path, after: float) -> bool:
        """Whether it was still at work when it was killed. Raises AssertionError when it ended by itself, and not well."""
        _begun, _line, process = self._start(place)
        process.join(after)
        process.kill()
        process.join()
        if process.exitcode != -signal.SIGKILL:
            self._demand_done(place, process.exitcode)
        return process.exitcode == -signal.SIGKILL

    def _finish(self, place: Path) -> None:
        """Let it do its work to the end, unspoiled."""
        careless, self._careless = self._careless, False
        try:
            _begun, _line, process = self._start(place)
            process.join(PATIENCE)
            self._demand_done(place, process.exitcode)
        finally:
            self._careless = careless

    def _demand_done(self, place: Path, code: int | None) -> None:
        said = (place / SAID).read_text() if (place / SAID).exists() else ""
        assert code == 0 or self.work.was_done(said), f"it ended with {code}: {said}"


def killed(name: str, kills: int, careless: bool = False, seed: int = 1, at_once: int = 1) -> Result:
    """Kill one kind of work so often."""
    # The program is killed, not the server, and a kill takes nothing from the system's memory: no need to wait for a disk.
    memory = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="crm-killing-", dir=memory) as folder:
        server = KillableServer(within=memory) if WORKS[name].needs_server else None
        try:
            return Killing(name, Path(folder), server.address if server else "", careless).again_and_again(kills, seed, at_once)
        finally:
            if server is not None:
                server.close()


def main() -> int:
    """0: all is well; the controls must give 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--work", choices=sorted(WORKS), default="")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--control", action="store_true")
    wanted = parser.parse_args()
    good = True
    for name in [wanted.work] if wanted.work else WORKS:
        # A move that was killed is killed again when it goes on.
        result = killed(name, wanted.kills, wanted.control, wanted.seed, at_once=5 if name in ("move", "server-restore") else 1)
        told = {"work": name, "kills": result.kills, "found": result.found, "wrong": result.wrong[:5], "seed": wanted.seed}
        print(json.dumps(told, ensure_ascii=False), flush=True)
        good &= result.good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
