"""Start: a command without a window, or the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING

import crm_desktop.core  # noqa: F401 - first: it says what can come later

if TYPE_CHECKING:
    import argparse
    from pathlib import Path
    from types import SimpleNamespace

READER = "--read-sheet"  # exchange.reading starts a packed program with it, to read a sheet in a process of its own

PASSWORD = "--password-stdin"  # the last word when a window starts the program again: the first line it reads is a password


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == [READER]:
        from crm_desktop.exchange.reader import main as read_sheet

        return read_sheet()
    from crm_desktop.cli.run import guarded, run_command
    from crm_desktop.cli.wanted import of_window

    # By a window that starts the program again: the password stands in no file, command or environment.
    password = sys.stdin.readline().rstrip("\n") if words[-1:] == [PASSWORD] else ""

    def start() -> int:
        asked = words[:-1] if words[-1:] == [PASSWORD] else words
        window = of_window(asked)
        if window is not None:
            return _open_window(window, password)
        from crm_desktop.cli.arguments import parse

        wanted = parse(asked)
        return run_command(wanted) if wanted.command else _open_window(wanted, password)

    return guarded(start)


def _open_window(wanted: argparse.Namespace | SimpleNamespace, password: str) -> int:
    """The window, on the folder or server named, this person's own folder, or a throw-away one for the demo."""
    gc.disable()  # what a start makes stays; looking for garbage among it takes a tenth of the start
    try:
        place, home = _place(wanted)
        from crm_desktop.ui.start import open_window
    except Exception:
        from crm_desktop.cli.arguments import language_here
        from crm_desktop.core import words

        words.use(wanted.lang or language_here())  # the window would speak, but there will be none
        raise
    with ExitStack() as at_the_end:
        if place is None:
            place = at_the_end.enter_context(_throw_away())
        return open_window(
            place,
            demo=wanted.demo,
            lang=wanted.lang,
            theme=wanted.theme,
            user=wanted.user,
            screenshot=wanted.screenshot,
            view=wanted.view,
            size=wanted.size,
            home=home,
            password=password,
        )


def _place(wanted: argparse.Namespace | SimpleNamespace) -> tuple[str | Path | None, Path | None]:
    """(place, data folder of this computer if it may remember a team's database). Raises Trouble."""
    from crm_desktop.cli.places import data_folder, place_of
    from crm_desktop.core.errors import Trouble
    from crm_desktop.core.words import _

    if wanted.screenshot is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not _has_screen():
        raise Trouble(_("There is no screen to show a window on. Start the program from a desktop, or use a command: --help."))
    if wanted.database:
        from crm_desktop.cli.opening import with_password

        return with_password(wanted.database), None
    if wanted.demo:
        return wanted.data, None
    home = wanted.data or data_folder()
    return place_of(home), home


def _throw_away() -> AbstractContextManager[str]:
    """A folder for the demo, gone when the window is closed."""
    from crm_desktop.core.passing_folder import PassingFolder

    return PassingFolder("crm-demo-")


def _has_screen() -> bool:
    """On Linux Qt aborts the whole program when there is neither X11 nor Wayland; ask first."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
