"""Measure the same import and search in Tryton 8.2, on the same rows in the same run.

    python -m venv /somewhere/tryton && /somewhere/tryton/bin/pip install trytond trytond-party
    CRM_TRYTON=/somewhere/tryton/bin/python python -m benchmarks.tryton [--rows 5000]

Tryton: `Party.import_data` of what it has places for in these rows (name, code, address, phone, mobile, mail, website), and
`Party.search` with `ilike` on `rec_name`, which is what its search box asks (name, code, numbers), on its own SQLite
database in memory. Ours: the whole import of twenty columns from an .xlsx file, and the ranked search. Rows and searches a
CPU second.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.figure import Figure  # noqa: E402
from benchmarks.importing import HEADINGS, Spent, choice_labels, made, on_sqlite, sheet  # noqa: E402
from crm_desktop.business import Customer  # noqa: E402

WHERE = "CRM_TRYTON"
IMPORT, SEARCH = 50, 20
SCRIPT = """
import json, sys, time
from trytond.tests.test_tryton import CONTEXT, DB_NAME, USER, activate_module
from trytond.pool import Pool
from trytond.transaction import Transaction

rows, words = json.load(sys.stdin)
activate_module("party")
with Transaction().start(DB_NAME, USER, context=CONTEXT):
    Party = Pool().get("party.party")
    begun = time.process_time()
    place, way = ("addresses/city", "addresses/postal_code"), ("contact_mechanisms/type", "contact_mechanisms/value")
    Party.import_data(["name", "code", *place, *way], rows)
    spent = time.process_time() - begun
    parties = Party.search([], count=True)
    times = []
    for word in words:
        begun = time.process_time()
        [party.rec_name for party in Party.search([("rec_name", "ilike", f"%{word}%")])]
        times.append(time.process_time() - begun)
print(json.dumps([parties / spent, len(words) / sum(times)]))
"""


def party(one: dict[str, Any]) -> list[list[str]]:
    """A customer as lines of Tryton's import: the first one the party's, each with a number or address of the internet."""
    kinds = [(kind, one[name]) for kind, name in (("mobile", "mobile"), ("phone", "phone"), ("email", "email"), ("website", "website"))]
    ways = [(kind, value) for kind, value in kinds if value]
    head = [one["name"], one["code"], one["city"], one["postcode"]]
    return [[*(head if place == 0 else [""] * 4), kind, value] for place, (kind, value) in enumerate(ways)]


def figures(rows: int = 5_000) -> Iterator[Figure]:
    """Ours beside Tryton's; nothing when there is no Tryton."""
    python = os.environ.get(WHERE)
    if not python:
        print(f"Tryton is left out: {WHERE} does not name the Python of an environment with trytond and trytond-party.")
        return
    with tempfile.TemporaryDirectory(prefix="crm-tryton-") as place:
        folder = Path(place)
        with on_sqlite(folder)() as office:
            labels = choice_labels(office.records)
            path = sheet(folder / "customers.xlsx", rows, labels)
            names = list(HEADINGS)
            people = [dict(zip(names, row, strict=True)) for packet in made(rows, labels) for row in packet]
            words = [one["name"][:2] if one["name"].isascii() else one["name"][2:4] for one in people[:: max(1, rows // 60)]]
            theirs = [line for one in people for line in party(one)]
            told = subprocess.run([python, "-c", SCRIPT], input=json.dumps([theirs, words]), capture_output=True, text=True, check=False)
            if told.returncode:
                raise SystemExit(told.stderr[-2000:])
            imported, searched = json.loads(told.stdout.splitlines()[-1])
            ours = rows / Spent().of(lambda: office.bring_in(path))
            begun = time.process_time()
            for word in words:
                office.records.search(word, office.actor, [Customer])
            found = len(words) / (time.process_time() - begun)
    yield Figure(f"rows imported a CPU second, {rows:,} (floor: Tryton, bar: at least {IMPORT} times)", ours, imported, unit="1/s")
    yield Figure(f"searches a CPU second (floor: Tryton, bar: at least {SEARCH} times)", found, searched, unit="1/s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000)
    reached = True
    for figure, least in zip(figures(parser.parse_args().rows), (IMPORT, SEARCH), strict=False):
        assert figure.floor is not None
        good = figure.ours >= least * figure.floor
        ratio = f"{figure.ours / figure.floor:.0f} x"
        print(f"{figure.work:<80}{figure.floor:>10,.0f}{figure.ours:>10,.0f}{ratio:>8}  {'yes' if good else 'NO'}")
        reached &= good
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
