"""Measure an export, end to end: 100,000 customers x 20 columns from the database to a styled .xlsx; memory and progress of both ways.

    python -m benchmarks.exporting [--rows 100000] [--no-import]
    python -m benchmarks.exporting --rows 1000000 --flat     only memory and progress, of an import too
    python -m benchmarks.exporting --far 1000000             the same of an export alone, from the file the lists are measured on

The floor is zlib at level 6 on the sheet's XML, which is what any writer must do at least; beside it openpyxl's write_only
on the same cells (a fifth of them, times five). CPU seconds, the least of three rounds taken in turn. Memory: how far a
process of its own grows above what it had when the database was open. Progress: how far what is told is away from the part
of the time that has passed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import sheets  # noqa: E402
from benchmarks.figure import Figure, tell  # noqa: E402
from benchmarks.importing import HEADINGS, Office, choice_labels, on_sqlite, sheet  # noqa: E402
from benchmarks.rows import kept_folder  # noqa: E402
from crm_desktop.business import Customer  # noqa: E402
from crm_desktop.business.staff.sign_in import actor_for  # noqa: E402
from crm_desktop.core.views import View  # noqa: E402
from crm_desktop.exchange.exporting import export  # noqa: E402

EXPORT_MEMORY, IMPORT_MEMORY = 40, 200  # MiB
CHILD = """
import sys
from pathlib import Path
from benchmarks.exporting import Office, see_all, take_out, trail

def memory(name):
    return int(Path("/proc/self/status").read_text().split(name)[1].split()[0]) / 1024

office = see_all(Office(sys.argv[2]))
trail(lambda told: None)
idle = memory("VmRSS:")
path = Path(sys.argv[3])
away = trail(lambda told: office.bring_in(path, told) if sys.argv[1] == "import" else take_out(office, path, told))
print(memory("VmHWM:") - idle, away)
"""
Told = Callable[[int, int], None]


def see_all(office: Office) -> Office:
    """The same, for who sees everything: the first employee of an office of imports, another one of the lists' file."""
    people: dict[str, int] = {row.login: row.id for row in office.records.names.all("employee")}  # type: ignore[attr-defined]
    if "general" in people:
        office.actor = actor_for(office.records, people["general"])
    return office


def take_out(office: Office, path: Path, told: Told | None = None) -> None:
    """Export as the window and the command do."""
    export(office.records, Customer, office.actor, View(), list(HEADINGS), path, progress=told, lang="zh_CN")


def trail(work: Callable[[Told], object]) -> float:
    """Do a work that tells its progress; how far, at most, that was away from the part of its time, in per cent. The time is that from
    its first word to its last: reading the file has a progress of its own."""
    told: list[tuple[float, float]] = []
    work(lambda done, total: told.append((done / total, time.process_time())))
    if len(told) < 3:
        return 0.0
    (first, begun), (last, ended) = told[0], told[-1]
    return max(abs((part - first) / (last - first) - (at - begun) / (ended - begun)) for part, at in told) * 100


def grown(what: str, office: Path, path: Path) -> tuple[float, float]:
    """(MiB above idle, per cent away) of a process of its own."""
    around = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CHILD, what, str(office), str(path)]
    done = subprocess.run(command, env=around, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    memory, away = done.stdout.split()
    return float(memory), float(away)


def with_openpyxl(path: Path, source: Path, part: int) -> float:
    """The same cells written by openpyxl: seconds for all of them, from every `part`-th row."""
    import openpyxl
    import python_calamine

    rows = python_calamine.CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python()[::part]
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("客户")
    begun = sheets.used()
    for row in rows:
        page.append(row)
    book.save(path)
    return (sheets.used() - begun) * part


def figures(rows: int = 100_000, bring_in: bool = True, timed: bool = True) -> Iterator[Figure]:
    """Everything about exports."""
    with tempfile.TemporaryDirectory(prefix="crm-exporting-") as place:
        folder = Path(place)
        fresh = on_sqlite(folder)
        with fresh() as office:
            source = sheet(folder / "customers.xlsx", rows, choice_labels(office.records))
        filled = folder / "filled"
        Office(str(filled)).close()
        memory, away = grown("import", filled, source)
        if bring_in:
            yield Figure(f"import of {rows:,} rows, memory above idle", memory, None, IMPORT_MEMORY, "MiB", ratio=False)
            yield Figure("its progress, away from the time", away, None, 10, "%", ratio=False)
        target = folder / "out.xlsx"
        if timed:
            yield from times(rows, Office(str(filled)), target)
        yield from flat(rows, filled, target)


def times(rows: int, office: Office, target: Path) -> Iterator[Figure]:
    """Seconds of an export beside packing alone and beside openpyxl."""
    take_out(office, target)
    xml = sheets.sheet_xml(target)
    floor, ours = sheets.in_turn(lambda: sheets.deflate(xml), lambda: take_out(office, target))
    office.close()
    yield Figure(f"export {rows:,} x {len(HEADINGS)} styled .xlsx", ours, floor, 2.2, "s")
    slow = with_openpyxl(target.with_suffix(".slow.xlsx"), target, 5)
    yield Figure("the same (floor: openpyxl write_only)", ours, slow, 0.2, "s")


def flat(rows: int, office: Path, target: Path) -> Iterator[Figure]:
    """Memory and progress of an export."""
    memory, away = grown("export", office, target)
    yield Figure(f"export of {rows:,} rows, memory above idle", memory, None, EXPORT_MEMORY, "MiB", ratio=False)
    yield Figure("its progress, away from the time", away, None, 10, "%", ratio=False)


def far(rows: int) -> Iterator[Figure]:
    """The same for as many rows as would take long to import first."""
    with tempfile.TemporaryDirectory(prefix="crm-exporting-") as folder:
        yield from flat(rows, kept_folder(rows), Path(folder) / "out.xlsx")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--no-import", action="store_true")
    parser.add_argument("--flat", action="store_true")
    parser.add_argument("--far", type=int, default=0, metavar="ROWS")
    options = parser.parse_args()
    return 0 if tell(far(options.far) if options.far else figures(options.rows, not options.no_import, not options.flat)) else 1


if __name__ == "__main__":
    sys.exit(main())
