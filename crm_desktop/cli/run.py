"""Runs one command and turns whatever goes wrong into a sentence and an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.cli.wanted import WrongUsage
from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.core.words import _, say

if TYPE_CHECKING:
    import argparse

DONE, REFUSED, WRONG_USAGE = 0, 1, 2

# Command -> module and function; only the one that runs is imported.
COMMANDS = {
    "import": ("importing", "import_records"),
    "export": ("exporting", "export_records"),
    "template": ("templates", "make_template"),
    "list": ("reading", "list_records"),
    "search": ("reading", "search"),
    "show": ("reading", "show"),
    "share": ("sharing", "share"),
    "handover": ("handover", "hand_over"),
    "merge": ("merging", "merge"),
    "duplicates": ("merging", "duplicates"),
    "check": ("checking", "check"),
    "database": ("database", "database"),
}
MISTAKE = _("This is a mistake in the program. What happened is written in {file}; please send it to whoever looks after the program.")


def run_command(wanted: argparse.Namespace) -> int:
    """Run the command and return its exit code; a sentence goes to standard error when it is not 0."""
    module, name = COMMANDS[wanted.command]
    return guarded(lambda: getattr(importlib.import_module(f"crm_desktop.cli.{module}"), name)(wanted))


def guarded(work: Callable[[], int]) -> int:
    """`work` with every trouble told in one sentence."""
    _speak_utf8()
    try:
        code = work()
        sys.stdout.flush()
        return code
    except WrongUsage as wrong:
        return _tell(str(wrong), WRONG_USAGE)
    except Trouble as trouble:
        return _tell(trouble.sentence(), REFUSED)
    except (Cancelled, KeyboardInterrupt):
        return _tell(say("Stopped. Nothing was changed."), REFUSED)
    except BrokenPipeError:
        # Whoever read our output has enough (`| head`); the interpreter must not complain at its end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:  # noqa: BLE001 - a mistake of the program: a person gets a sentence, the log gets the rest
        return _tell(say(MISTAKE, file=_report()), REFUSED)


def _tell(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def _speak_utf8() -> None:
    """Files and pipes get UTF-8 on every system; a terminal gets what it can show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace") if stream.isatty() else reconfigure(encoding="utf-8", errors="replace")


def _report() -> Path:
    import tempfile
    import traceback

    path = Path(tempfile.gettempdir()) / "crm-desktop-mistake.txt"
    try:
        with path.open("a", encoding="utf-8") as file:
            traceback.print_exc(file=file)
    except OSError:  # the file of another person on this computer, or a full disk
        handle, name = tempfile.mkstemp(prefix="crm-desktop-mistake-", suffix=".txt")
        path = Path(name)
        with open(handle, "w", encoding="utf-8") as file:
            traceback.print_exc(file=file)
    return path
