"""Where the program's own files lie (icons, styles) and where it may write what it can make again."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QStandardPaths


@lru_cache(1)
def resources() -> Path:
    """The folder `resources` beside the package, also inside an installed (frozen) program. Never
    written to."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[3]
    return root / "resources"


def cache() -> Path:
    """A folder of this user for files that can be made again; the installation folder may be read-only."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation)
    folder = Path(place)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
