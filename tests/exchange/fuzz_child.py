"""Reads the files named on standard input one after the other, as the reader process would, and says how each ended.

`ok`, `sentence …`, `damaged …` (a library gave up on a workbook) or `bug …`. Only one process for many files, so that ten
thousand of them take minutes; a file that kills it is tried again by the test in the real way.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import traceback
from pathlib import Path

from crm_desktop.core.errors import Trouble
from crm_desktop.exchange import reader
from crm_desktop.exchange.mapping import guess_mapping, known_heading
from crm_desktop.exchange.readers.formats import format_of
from crm_desktop.exchange.readers.limits import set_limits
from crm_desktop.exchange.tables import find_table
from crm_desktop.exchange.workbook import Sheet

OURS = ("text", "vcf", "ics", "json")


def main() -> None:
    answers = sys.stdout
    sys.stdout = sys.stderr
    set_limits()
    with tempfile.TemporaryDirectory(prefix="crm-fuzz-") as folder:
        for line in sys.stdin:
            print(read_one(Path(line.rstrip("\n")), Path(folder) / "rows"), file=answers, flush=True)


def read_one(path: Path, spool: Path) -> str:
    kind = ""
    try:
        events = io.StringIO()
        kind = format_of(path)
        with spool.open("wb") as file:
            reader._read(path, {"path": str(path)}, file, events)
    except Trouble as trouble:
        return f"sentence {trouble.sentence('en')!r}"
    except MemoryError:
        return "sentence 'too large'"
    except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
        if kind in OURS:
            return "bug " + traceback.format_exc().replace("\n", " | ")
        return "damaged"
    return looked_at(spool, events.getvalue())


def looked_at(spool: Path, events: str) -> str:
    """What the program does with the rows next: nothing of it may stumble over them."""
    try:
        for line in events.splitlines():
            facts = json.loads(line)
            if facts["event"] == "sheet":
                packets = [tuple(packet) for packet in facts["packets"]]
                sheet = Sheet(facts["name"], spool, packets, facts["rows"], facts["width"], merged=facts["merged"])
                table = find_table(sheet, known_heading("contact", {}))
                guess_mapping("contact", {}, table)
                assert sum(1 for _row in table.numbered()) == table.count
    except Trouble as trouble:
        return f"sentence {trouble.sentence('en')!r}"
    except Exception:  # noqa: BLE001
        return "bug " + traceback.format_exc().replace("\n", " | ")
    return "ok"


if __name__ == "__main__":
    main()
