"""The reader process: `python -m crm_desktop.exchange.reader` turns one file into rows and tells how it went.

The request is one line of JSON on standard input; events are lines of JSON on standard output; the rows go into the spool
file named in the request. Whatever a hostile file does to this process, the program only sees it end.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.words import _
from crm_desktop.exchange.readers.formats import DAMAGED, EMPTY, TOO_LARGE, format_of, too_large
from crm_desktop.exchange.readers.limits import PROCESSOR_SECONDS, renew_time, set_limits
from crm_desktop.exchange.readers.spool import SheetSpool

if TYPE_CHECKING:
    from crm_desktop.exchange.readers.excel import ExcelBook

LARGEST = 2 << 30
_MERGES_KEPT = 2_000

CHANGED = _("“{file}” was changed while it was being read. Close it in the other program and try again.")
UNREADABLE = _("“{file}” cannot be opened: {problem}.")
NO_ROOM = _("There is no room left on the disk for reading “{file}”. Free some space and try again.")
NO_ENTRY = _("“{file}” holds no contact card, appointment or task that can be read.")
NO_SHEET = _("“{file}” has no sheet “{sheet}”.")


def main() -> int:
    """Read the request, do it, tell the result. Always ends with an `end` or a `trouble` event unless killed."""
    # The answer channel is kept apart, so that nothing printed by a library can disturb it.
    events = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    request = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    set_limits(request.get("patience", PROCESSOR_SECONDS))
    gc.disable()  # a short life of rows that come and go
    path = Path(request["path"])
    try:
        with open(request["spool"], "wb") as spool:
            _read(path, request, spool, events)
        _tell(events, "end")
    except Trouble as trouble:
        _tell(events, "trouble", **packed(trouble))
    except MemoryError:
        _tell(events, "trouble", text=TOO_LARGE, values={"file": path.name})
    except OSError as error:
        sentence = NO_ROOM if error.errno == 28 else UNREADABLE
        _tell(events, "trouble", text=sentence, values={"file": path.name, "problem": error.strerror or ""})
    except Exception as error:  # noqa: BLE001 - a reader that fails on a strange file is expected; the reason goes to the log
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        _tell(events, "trouble", text=DAMAGED, values={"file": path.name})
    return 0


def _read(path: Path, request: dict[str, Any], spool: IO[bytes], events: IO[str]) -> None:
    before = os.stat(path)
    kind = format_of(path)
    if before.st_size > LARGEST:
        raise Invalid(too_large(kind), file=path.name)
    try:
        if kind == "text":
            _read_text(path, request, spool, events)
        elif kind in ("vcf", "ics", "json"):
            _read_entries(path, kind, request, spool, events)
        else:
            _read_workbook(path, kind, request, spool, events)
    except MemoryError as error:
        raise Invalid(too_large(kind), file=path.name) from error
    after = os.stat(path)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Invalid(CHANGED, file=path.name)


def _read_text(path: Path, request: dict[str, Any], spool: IO[bytes], events: IO[str]) -> None:
    from crm_desktop.exchange.readers.text_table import TextTable

    table = TextTable(path, request.get("encoding") or "", request.get("delimiter") or "")
    _tell(events, "workbook", format="csv", encoding=table.encoding, delimiter=table.delimiter)
    if not _pour(table.rows(), SheetSpool(spool, path.stem), events, lambda: table.broken):
        raise Invalid(EMPTY, file=path.name)


def _read_entries(path: Path, kind: str, request: dict[str, Any], spool: IO[bytes], events: IO[str]) -> None:
    """Contact cards, calendars and JSON: one row an entry. Of a calendar appointments and tasks are a sheet each."""
    from crm_desktop.exchange.readers import calendars, cards, json_table
    from crm_desktop.exchange.readers.text_file import TextFile

    file = TextFile(path, request.get("encoding") or "")
    _tell(events, "workbook", format=kind, encoding=file.encoding, delimiter=None)
    poured = 0
    if kind == "ics":
        calendar = calendars.Calendar(file.lines)
        for name, component in ((calendars.EVENTS, "VEVENT"), (calendars.TASKS, "VTODO")):
            rows = cards.table_of(lambda component=component: calendar.entries(component), calendars.COLUMNS)  # type: ignore[misc]
            poured += _pour(rows, SheetSpool(spool, name), events, lambda: file.broken)
    elif kind == "vcf":
        rows = cards.table_of(lambda: cards.cards(file.lines()), cards.COLUMNS)
        poured = _pour(rows, SheetSpool(spool, path.stem), events, lambda: file.broken)
    else:
        rows = cards.table_of(lambda: json_table.records(file.lines(), path), ())
        poured = _pour(rows, SheetSpool(spool, path.stem), events, lambda: file.broken)
    if not poured:
        raise Invalid(NO_ENTRY, file=path.name)


def _pour(rows: Iterable[list[Any]], sheet: SheetSpool, events: IO[str], broken: Callable[[], int]) -> int:
    """Write rows into the spool and tell the sheet; how many there were. An empty sheet is not told."""
    for number, row in enumerate(rows, 1):
        sheet.add(number, row)
        if number % 5_000 == 0:
            _tell(events, "progress", rows=number)
    sheet.flush()
    if sheet.rows:
        _tell_sheet(events, sheet, hidden=False, merged=[], broken=broken())
    return sheet.rows


def _read_workbook(path: Path, kind: str, request: dict[str, Any], spool: IO[bytes], events: IO[str]) -> None:
    from crm_desktop.exchange.readers.excel import ExcelBook

    _tell(events, "workbook", format=kind, encoding=None, delimiter=None)
    book = ExcelBook(path, kind, bool(request.get("streaming")))
    wanted = request.get("sheet")
    if wanted and wanted not in [name for name, _hidden in book.names]:
        raise Invalid(NO_SHEET, file=path.name, sheet=wanted)
    for name, hidden in book.names:
        if wanted and name != wanted:
            continue
        sheet = SheetSpool(spool, name)
        try:
            merged = book.pour(name, sheet, lambda rows: _tell(events, "progress", rows=rows))
        except Trouble as trouble:
            _tell(events, "problem", name=name, hidden=hidden, **packed(trouble))
            continue
        sheet.flush()
        pictures, unread = _pour_pictures(book, name, spool, partial(_tell, events, "progress", rows=sheet.rows))
        _tell_sheet(events, sheet, hidden, merged[:_MERGES_KEPT], 0, pictures, unread)


def _pour_pictures(
    book: ExcelBook, name: str, spool: IO[bytes], progress: Callable[[], None]
) -> tuple[list[list[int]], list[list[Any]]]:
    """Write the texts of the pictures behind the rows: row, column (from 0), place and length of each; and row, column and sentence
    of those that cannot be taken."""
    known: dict[str, tuple[int, int] | str] = {}
    found, unread = [], []
    for row, column, media, _inside in book.pictures(name):
        if media not in known:
            try:
                text = book.picture(media).encode()
                known[media] = spool.tell(), len(text)
                spool.write(text)
            except Invalid as problem:
                known[media] = problem.text
            progress()
        place = known[media]
        if isinstance(place, str):
            unread.append([row, column, place])
        else:
            found.append([row, column, *place])
    return found, unread


def _tell_sheet(
    events: IO[str],
    sheet: SheetSpool,
    hidden: bool,
    merged: list[list[int]],
    broken: int,
    pictures: Sequence[list[int]] = (),
    unread: Sequence[list[Any]] = (),
) -> None:
    sheet.flush()
    _tell(
        events,
        "sheet",
        name=sheet.name,
        hidden=hidden,
        rows=sheet.rows,
        width=sheet.width,
        packets=sheet.packets,
        merged=merged,
        broken=broken,
        pictures=pictures,
        unread=unread,
    )


def _tell(events: IO[str], event: str, **facts: Any) -> None:
    renew_time()
    events.write(json.dumps({"event": event, **facts}) + "\n")


def packed(trouble: Trouble) -> dict[str, Any]:
    """A sentence as JSON; a part that is itself a sentence travels as {"said": text}."""
    values = {
        key: {"said": value.text} if isinstance(value, Trouble) else value
        for key, value in trouble.values.items()
    }
    return {"text": trouble.text, "values": values}


def unpacked(facts: dict[str, Any]) -> Invalid:
    """The sentence that `packed` packed."""
    values: dict[str, Any] = facts["values"]
    for key, value in values.items():
        if isinstance(value, dict):
            values[key] = Invalid(value["said"])
    return Invalid(facts["text"], **values)


def _end_with_parent() -> None:
    """The program holds the other end of standard input; when it is gone, so is the need to read on."""
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
