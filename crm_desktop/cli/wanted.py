"""What the window is started with. It opens sooner without the whole parser, which is asked for commands and for help, and to tell
what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

from crm_desktop.core.words import LANGUAGES

SCHEMES = ("mysql://", "mariadb://")
THEMES = ("light", "dark", "system")


class WrongUsage(Exception):
    """The command line cannot be understood; says why in a sentence."""


def size_of(text: str) -> tuple[int, int]:
    """1440x900 as numbers. Raises ValueError."""
    width, _x, height = text.lower().partition("x")
    found = int(width), int(height)
    if min(found) < 100 or max(found) > 20_000:
        raise ValueError
    return found


_OPTIONS: dict[str, tuple[str, Callable[[str], object]]] = {
    "--data": ("data", Path),
    "--database": ("database", str),
    "--as": ("user", str),
    "--lang": ("lang", lambda text: LANGUAGES[LANGUAGES.index(text)]),
    "--theme": ("theme", lambda text: THEMES[THEMES.index(text)]),
    "--screenshot": ("screenshot", Path),
    "--view": ("view", str),
    "--size": ("size", size_of),
}


def of_window(arguments: Sequence[str]) -> SimpleNamespace | None:
    """What the window is started with, as the parser would give it; None when there is more to it, or something wrong."""
    wanted = SimpleNamespace(command=None, demo=False, **{attribute: None for attribute, _read in _OPTIONS.values()})
    wanted.view = ""
    left = iter(arguments)
    try:
        for argument in left:
            if argument == "--demo":
                wanted.demo = True
                continue
            option, equals, text = argument.partition("=")
            attribute, read = _OPTIONS[option]
            text = text if equals else next(left)
            if not text or text.startswith("-"):
                return None
            setattr(wanted, attribute, read(text))
    except (KeyError, StopIteration, ValueError):
        return None
    address = wanted.database
    return None if address is not None and (wanted.data is not None or not address.startswith(SCHEMES)) else wanted
