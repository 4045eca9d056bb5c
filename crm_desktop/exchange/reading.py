"""Reads a workbook or text table in a process of its own, whose death, hanging or hunger cannot take the program with it."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from crm_desktop.core.errors import Cancelled, Invalid, Trouble
from crm_desktop.core.passing_folder import PassingFolder
from crm_desktop.core.places import ROOT
from crm_desktop.core.words import _
from crm_desktop.exchange.reader import unpacked
from crm_desktop.exchange.readers.formats import DAMAGED, EMPTY, too_large
from crm_desktop.exchange.readers.limits import BOUND, OUT_OF_TIME
from crm_desktop.exchange.workbook import Sheet, Workbook

# The first argument that makes a packed program act as the reader; `__main__` looks for it before anything else.
READER_ARGUMENT = "--read-sheet"
# Seconds of work without a sign of life before the reader is given up: some at least, more for files that take longer to unpack.
# Where the system does not count a program's work (readers/limits.py), and for one that waits for a disk, it is time that counts.
PATIENCE = 8.0
WAITING = 120.0 if BOUND else 22.0
_SECONDS_PER_MEGABYTE = 0.4
_TICK = 0.1

NOT_FOUND = _("“{file}” was not found.")
A_FOLDER = _("“{file}” is a folder. Choose a file in it.")
NOT_ALLOWED = _("You are not allowed to read “{file}”. Ask whoever looks after this computer for access.")
HUNG = _("Reading “{file}” took too long and was stopped. The file may be damaged.")

log = logging.getLogger(__name__)


def read_workbook(
    path: str | Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    progress: Callable[[int], None] | None = None,
    cancel: threading.Event | None = None,
) -> Workbook:
    """Read `path` whatever it is called: .xlsx .xlsm .xls .xlsb .ods .vcf .ics .json or a text table.

    encoding, delimiter: for text tables, instead of what would be found. sheet: read only this one. progress is told the
    rows read so far. Raises Invalid with a sentence for every file that cannot be read, Cancelled when `cancel` was set.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise Invalid(A_FOLDER, file=path.name)
        if not path.is_file():
            raise Invalid(NOT_FOUND, file=path.name)
    except PermissionError as error:
        raise Invalid(NOT_ALLOWED, file=path.name) from error
    patience = PATIENCE + path.stat().st_size / (1 << 20) * _SECONDS_PER_MEGABYTE
    request = {"path": str(path.resolve()), "encoding": encoding, "delimiter": delimiter, "sheet": sheet, "patience": patience}
    folder = PassingFolder("crm-sheet-")
    try:
        workbook, end = _attempt(path, request, folder, progress, cancel)
        if end == "died" and workbook.format == "xlsx":
            # The fast reader reserves the whole area a sheet spans; the row-by-row one does not.
            workbook, end = _attempt(path, {**request, "streaming": True}, folder, progress, cancel)
        if end == "died":
            raise Invalid(too_large(workbook.format) if path.stat().st_size > 1 << 20 else DAMAGED, file=path.name)
        _refuse_useless(workbook)
    except BaseException:
        folder.cleanup()
        raise
    workbook.sheets.sort(key=lambda one: one.hidden)
    return workbook


def _refuse_useless(workbook: Workbook) -> None:
    if not workbook.sheets:
        raise Invalid(EMPTY, file=workbook.path.name)
    problems = [one.problem for one in workbook.sheets if one.problem is not None]
    if len(problems) == len(workbook.sheets):
        raise problems[0]
    if not problems and not any(one.height for one in workbook.sheets):
        raise Invalid(EMPTY, file=workbook.path.name)


def _attempt(
    path: Path,
    request: dict[str, Any],
    folder: PassingFolder,
    progress: Callable[[int], None] | None,
    cancel: threading.Event | None,
) -> tuple[Workbook, str]:
    """Run the reader once; ("end" or "died", what it delivered until then). Raises Invalid when it had to be stopped."""
    spool = Path(folder.name) / "rows"
    workbook = Workbook(path, folder)
    ended = "died"
    with _start() as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        events: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(process.stdout, events), daemon=True).start()
        grumble: list[bytes] = []
        threading.Thread(target=_overhear, args=(process.stderr, grumble), daemon=True).start()
        try:
            process.stdin.write(json.dumps({**request, "spool": str(spool)}).encode() + b"\n")
            process.stdin.flush()
            ended = _follow(workbook, spool, events, request["patience"], progress, cancel)
        except BrokenPipeError:
            pass
        finally:
            with contextlib.suppress(OSError):  # what a reader that is gone did not take stays in the pipe
                process.stdin.close()
            process.kill()
            code = process.wait()
            if any(grumble):
                log.info("the sheet reader said: %s", b"".join(grumble).decode("utf-8", "replace"))
    if ended == "died" and code == OUT_OF_TIME:
        raise Invalid(HUNG, file=path.name)
    return workbook, ended


def _follow(
    workbook: Workbook,
    spool: Path,
    events: queue.SimpleQueue[dict[str, Any] | None],
    patience: float,
    progress: Callable[[int], None] | None,
    cancel: threading.Event | None,
) -> str:
    heard = time.monotonic()
    while True:
        if cancel is not None and cancel.is_set():
            raise Cancelled
        try:
            facts = events.get(timeout=_TICK)
        except queue.Empty:
            if time.monotonic() - heard > patience + WAITING:
                raise Invalid(HUNG, file=workbook.path.name) from None
            continue
        heard = time.monotonic()
        if facts is None:
            return "died"
        event = facts.pop("event")
        if event == "end":
            return "end"
        if event == "trouble":
            raise unpacked(facts)
        if event == "progress" and progress is not None:
            progress(facts["rows"])
        elif event == "workbook":
            workbook.format, workbook.encoding, workbook.delimiter = (
                facts["format"],
                facts["encoding"],
                facts["delimiter"],
            )
        elif event == "sheet":
            workbook.sheets.append(_sheet(facts, spool))
            workbook.sheets[-1].coined = workbook.format in ("vcf", "ics")
            workbook.sheets[-1].encoding = workbook.encoding or ""
            workbook.sheets[-1].delimiter = workbook.delimiter or ""
        elif event == "problem":
            problem: Trouble = unpacked(facts)
            workbook.sheets.append(Sheet(facts["name"], spool, hidden=facts["hidden"], problem=problem))


def _sheet(facts: dict[str, Any], spool: Path) -> Sheet:
    pictures: dict[int, dict[int, tuple[int, int]]] = {}
    for row, column, begin, length in facts["pictures"]:
        pictures.setdefault(column, {}).setdefault(row + 1, (begin, length))
    unread: dict[int, dict[int, str]] = {}
    for row, column, sentence in facts["unread"]:
        unread.setdefault(column, {}).setdefault(row + 1, sentence)
    return Sheet(
        name=facts["name"],
        spool=spool,
        packets=[(offset, count, first) for offset, count, first in facts["packets"]],
        height=facts["rows"],
        width=facts["width"],
        hidden=facts["hidden"],
        merged=[(top, left, bottom, right) for top, left, bottom, right in facts["merged"]],
        unreadable=facts["broken"],
        pictures=pictures,
        unread=unread,
    )


def _overhear(pipe: IO[bytes], grumble: list[bytes]) -> None:
    """What libraries print when they give up, for the log."""
    try:
        grumble.append(pipe.read(4_000))
    except (ValueError, OSError):
        return


def _listen(pipe: IO[bytes], events: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    """Pass the reader's events on; None when it is gone."""
    try:
        for line in pipe:
            events.put(json.loads(line))
    except (ValueError, OSError):
        pass
    events.put(None)


def reader_command() -> list[str]:
    """How the reader process is started, from the sources or from a packed program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, READER_ARGUMENT]
    return [sys.executable, "-m", "crm_desktop.exchange.reader"]


def _start() -> subprocess.Popen[bytes]:
    surroundings = dict(os.environ)
    surroundings["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), surroundings.get("PYTHONPATH"))))
    surroundings["RUST_BACKTRACE"] = "0"
    return subprocess.Popen(
        reader_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
