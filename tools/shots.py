"""Paints every view of the program on demo data, in both languages and themes, into shots/.

    python tools/shots.py                       all of them
    python tools/shots.py customers calendar    only these views
    python tools/shots.py --size 1024x640       at another size

The demo company is planted once; each picture is taken by the program itself (`crm-desktop --screenshot`).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / "shots"
VIEWS = ("workbench", "customers", "contacts", "opportunities", "contracts", "calendar", "tasks", "leads", "products", "follow_ups",
         "events", "reminders", "reports", "recycle_bin", "settings")  # fmt: skip
LANGUAGES = ("zh_CN", "en")
THEMES = ("light", "dark")
SECONDS = 120


def main() -> int:
    """Take the pictures two at a time; returns 1 when one could not be taken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("views", nargs="*", default=VIEWS)
    parser.add_argument("--size", default="1440x900")
    wanted = parser.parse_args()
    SHOTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="crm-shots-") as folder:
        plant(Path(folder))
        jobs = list(product(wanted.views, LANGUAGES, THEMES))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            answers = pool.map(lambda job: shoot(Path(folder), wanted.size, *job), jobs)
            failed = [answer for answer in answers if answer]
    for answer in failed:
        print(answer, file=sys.stderr)
    print(f"{len(jobs) - len(failed)} pictures in {SHOTS}")
    return 1 if failed else 0


def plant(folder: Path) -> None:
    """Make the demo company, so that all pictures show the same."""
    sys.path.insert(0, str(ROOT))
    from crm_desktop.business import RECORD_TYPES
    from crm_desktop.business.system import demo
    from crm_desktop.core.records import Records
    from crm_desktop.database.engine import open_database

    database = open_database(folder)
    records = Records(database, RECORD_TYPES)
    demo.plant(records, records.clock)
    database.close()


def shoot(folder: Path, size: str, view: str, lang: str, theme: str) -> str:
    """Take one picture; returns what went wrong, '' if nothing did."""
    picture = SHOTS / f"{view}_{lang}_{theme}.png"
    options = ["--data", str(folder), "--screenshot", str(picture), "--view", view, "--lang", lang, "--theme", theme, "--size", size]
    try:
        done = subprocess.run([sys.executable, "-m", "crm_desktop", *options], cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return f"{picture.name}: not painted within {SECONDS} s"
    return "" if done.returncode == 0 else f"{picture.name}: exit code {done.returncode} {done.stderr.strip()}"


if __name__ == "__main__":
    sys.exit(main())
