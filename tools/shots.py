"""Paints every view and dialog of the program on demo data, in three languages, both themes and two sizes, into shots/.

    python tools/shots.py                         all of them
    python tools/shots.py customers import        only the scenes whose names begin so
    python tools/shots.py --size 1024x640 --lang zh_TW --to /tmp/shots

`tools/scenes.py` names the scenes. What is cut off, and dialogs larger than the window, are listed on standard output.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("zh_CN", "zh_TW", "en")
SIZES = ("1440x900", "1024x640")
THEMES = ("light", "dark")
SECONDS = 3600


def main() -> int:
    """Take the pictures, two programs at a time; returns 1 when some could not be taken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("scenes", nargs="*")
    parser.add_argument("--size", action="append")
    parser.add_argument("--lang", action="append")
    parser.add_argument("--theme", action="append", choices=THEMES)
    parser.add_argument("--to", type=Path, default=ROOT / "shots")
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)  # in a program of its own: one language, one size
    wanted = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if wanted.data is not None:
        from tools.stage import play

        return play(wanted.data, wanted.to, wanted.lang[0], wanted.size[0], wanted.theme or list(THEMES), wanted.scenes)
    wanted.to.mkdir(parents=True, exist_ok=True)
    jobs = list(product(wanted.lang or LANGUAGES, wanted.size or SIZES))
    with tempfile.TemporaryDirectory(prefix="crm-shots-") as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        plant(Path(folder))
        failed = sum(pool.map(lambda job: shoot(Path(folder), wanted, *job), jobs))
    print(f"{len(list(wanted.to.glob('*.png')))} pictures in {wanted.to}")
    return 1 if failed else 0


def plant(folder: Path) -> None:
    """Make the demo company, so that all pictures show the same."""
    from crm_desktop.business import RECORD_TYPES
    from crm_desktop.business.system import demo
    from crm_desktop.core.records import Records
    from crm_desktop.database.engine import open_database

    database = open_database(folder)
    records = Records(database, RECORD_TYPES)
    demo.plant(records, records.clock)
    database.close()


def shoot(folder: Path, wanted: argparse.Namespace, lang: str, size: str) -> int:
    """All pictures of one language and size, by a program on a copy of the data; returns its exit code."""
    own = folder / f"{lang}-{size}"
    own.mkdir()
    for file in folder.glob("crm.db*"):
        shutil.copy(file, own)
    options = ["--data", str(own), "--to", str(wanted.to), "--lang", lang, "--size", size]
    options += [word for theme in wanted.theme or () for word in ("--theme", theme)]
    words = [sys.executable, __file__, *wanted.scenes, *options]
    screen = own / "screen.json"
    width, height = map(int, size.split("x"))
    one = {"name": "one", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    screen.write_text(json.dumps({"screens": [one]}))
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screen}"}
    return subprocess.run(words, cwd=ROOT, timeout=SECONDS, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
