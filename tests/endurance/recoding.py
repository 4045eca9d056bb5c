"""Kills the program while it encrypts, rekeys and decrypts a file: whatever is left opens with the old or the new key, whole.

    python -m tests.endurance.recoding --kills 100      at random moments, each wish in turn, with and without a keyring
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import keyring
from keyring.backends import fail

from crm_desktop.core.errors import Trouble
from crm_desktop.database import keys, recoding, recovery, replacing
from crm_desktop.database.backup import back_up_file
from crm_desktop.database.engine import open_database
from tests import ring

NAME = "星河测试有限公司 Galaxy Test Ltd"
ROWS = 3_000
WISHES = ("encrypt", "rekey", "decrypt")
OLD, NEW = bytes(range(32)), bytes(range(32, 64))
BOTH = [recovery.phrase_of(OLD), recovery.phrase_of(NEW)]

_CHILD = """
import os, sys
from pathlib import Path
from crm_desktop.database import keys, recoding
file, old, new, at = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
steps = []
def told(step):
    steps.append(step)
    if len(steps) == at:
        os.kill(os.getpid(), 9)
    print(step, flush=True)
if old:
    keys.learn(file, old, remember=False)
recoding.recode(file, bytes.fromhex(new) if new else None, told)
"""


@dataclass
class Result:
    """What a kill left: the steps done before it, whether the file and its copy hold all, whether a second try went through."""

    wish: str
    steps: list[str]
    whole: bool
    tidy: bool
    finished: bool

    @property
    def good(self) -> bool:
        return self.whole and self.tidy and self.finished


def plant(folder: Path, template: Path | None = None) -> Path:
    """A plain database with a table of known names, and a copy of it in `backups`."""
    folder.mkdir(parents=True, exist_ok=True)
    if template is not None:
        shutil.copy(template, folder / "crm.db")
    database = open_database(folder)
    rows = [(number, NAME) for number in range(ROWS)]
    database.line().execute("CREATE TABLE known (id INTEGER PRIMARY KEY, name TEXT)")
    database.write(lambda tx: tx.many("INSERT INTO known VALUES (?, ?)", rows))
    back_up_file(database, "test")
    database.close()
    return folder / "crm.db"


def files(folder: Path) -> list[Path]:
    """The file and its copies."""
    return [folder / "crm.db", *(folder / "backups").glob("*.db")]


def known(folder: Path, phrases: list[str]) -> int:
    """How many known names can be read, with the keyring and these phrases; raises what the program would."""
    for file in files(folder):
        for phrase in phrases:
            try:
                keys.learn(file, phrase, remember=False)
            except Trouble:  # the other one's
                continue
    database = open_database(folder)
    try:
        assert database.read("PRAGMA integrity_check") == [("ok",)]
        return int(database.read("SELECT COUNT(*) FROM known WHERE name = ?", (NAME,))[0][0])
    finally:
        database.close()


def one_kill(place: Path, wish: str, with_ring: bool, at: int = 0, after: float = 0.0) -> Result:
    """Recode a file in a program that is killed at its `at`th step, or so many seconds after it began; then look, and go on."""
    keys._typed.clear()
    held = place / "ring.json"
    own = keyring.get_keyring()  # ahead of the environment, which would name another one if nobody has asked yet
    before = dict(os.environ)
    os.environ.update(ring.environment(held) if with_ring else {ring.BACKEND: "keyring.backends.fail.Keyring"})
    keyring.set_keyring(ring.FileRing() if with_ring else fail.Keyring())
    old, new = OLD if wish != "encrypt" else None, NEW if wish != "decrypt" else None
    try:
        if old is not None:
            recoding.recode(place / "crm.db", old)
        phrase = recovery.phrase_of(old) if old and not with_ring else ""
        command = [sys.executable, "-c", _CHILD, str(place / "crm.db"), phrase, new.hex() if new else "", str(at)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        steps = [child.stdout.readline().strip()]  # "kept": the work begins
        if after:
            time.sleep(after)
            os.kill(child.pid, signal.SIGKILL)
        steps += child.stdout.read().split("\n")
        child.wait(60)
        keys._typed.clear()
        phrases = [] if with_ring else BOTH
        whole = known(place, phrases) == ROWS
        tidy = not list(place.rglob(f"*{replacing.FRESH}"))
        done = recoding.recode(place / "crm.db", new)
        heads = {keys.read_head(file) for file in files(place)}
        wanted = {keys.head_of(new)} if new else {b"SQLite format 3\x00"}
        finished = not done.left and heads == wanted and known(place, phrases) == ROWS
        return Result(wish, [step for step in steps if step], whole, tidy, finished)
    finally:
        keyring.set_keyring(own)
        os.environ.clear()
        os.environ.update(before)
        keys._typed.clear()


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100, help="of each wish")
    asked = parser.parse_args()
    dice = random.Random()
    bad, reached = 0, dict[str, int]()
    with tempfile.TemporaryDirectory(prefix="crm-recoding-") as folder:
        model = plant(Path(folder) / "model").parent
        for number in range(asked.kills):
            for wish in WISHES:
                place = Path(folder) / "work"
                shutil.copytree(model, place)
                result = one_kill(place, wish, with_ring=number % 2 == 0, after=dice.uniform(0.0, 0.12))
                last = result.steps[-1] if result.steps else "nothing"
                reached[last] = reached.get(last, 0) + 1
                if not result.good:
                    bad += 1
                    print(result)
                shutil.rmtree(place)
    print(json.dumps({"kills": asked.kills * len(WISHES), "bad": bad, "killed after": reached}, indent=2))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
