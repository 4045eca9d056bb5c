"""The fonts that go into every PDF: two bundled ones, and the PC's own for characters those lack.

Only TrueType outlines are used and all are embedded, so paper looks the same everywhere. A character no font
has is told to the caller, never printed as an empty box. reportlab is imported when the first face is opened.
"""

from __future__ import annotations

import os
import struct
import sys
import threading
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.core.places import RESOURCES
from crm_desktop.printing.coverage import Coverage

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFontFace

FOLDER = RESOURCES / "fonts"
BUNDLED = (FOLDER / "NotoSansSC-Regular.ttf", FOLDER / "NotoSans-Regular.ttf")

# Tried in this order for a character the bundled fonts lack: rare Han first, then other scripts and symbols.
SYSTEM_FONTS = (
    "LXGWWenKai-Regular.ttf",
    "msyh.ttc",
    "simsun.ttc",
    "simsunb.ttf",
    "SimsunExtG.ttf",
    "simhei.ttf",
    "mingliub.ttc",
    "STHeiti Light.ttc",
    "Songti.ttc",
    "Arial Unicode.ttf",
    "wqy-microhei.ttc",
    "HanaMinB.ttf",
    "HanaMinA.ttf",
    "DroidSansFallbackFull.ttf",
    "malgun.ttf",
    "segoeui.ttf",
    "arial.ttf",
    "tahoma.ttf",
    "Nirmala.ttf",
    "LeelawUI.ttf",
    "DejaVuSans.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansSymbols-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "FreeSans.ttf",
    "seguisym.ttf",
    "Apple Symbols.ttf",
    "uming.ttc",
    "unifont.ttf",
)

GONE = "〓"  # the printers' mark for a letter that is not in the case
EMOJI = ((0x1F000, 0x1FAFF), (0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x2300, 0x23FF), (0xE0000, 0xE01EF))
_opening = threading.Lock()


class Face:
    """One TrueType face opened for embedding: its characters and their widths in thousandths of the size."""

    def __init__(self, path: Path, index: int = 0):
        from reportlab.pdfbase.ttfonts import TTFontFace

        self.path = path
        self.truetype: TTFontFace = TTFontFace(str(path), subfontIndex=index)
        self.glyphs: dict[int, int] = self.truetype.charToGlyph
        self.widths: dict[int, int] = self.truetype.charWidths
        # reportlab seeks about in the face while it cuts a subset: one document at a time.
        self.cutting = threading.Lock()


@lru_cache(None)
def _opened(path: Path, index: int) -> Face:
    return Face(path, index)


def open_face(path: Path, index: int = 0) -> Face:
    """The face, read once per process (0.1 s and some 20 MB for a Chinese font)."""
    with _opening:
        return _opened(path, index)


def bundled_face(number: int) -> Face:
    """0 the Chinese font, 1 the one for further Latin, Greek and Cyrillic letters."""
    return open_face(BUNDLED[number])


@lru_cache(None)
def _sound_face(coverage: Coverage) -> Face | None:
    """The face of a font found on this PC; None for a damaged file, the next font may have the letter too."""
    from reportlab.pdfbase.ttfonts import TTFError

    try:
        return open_face(coverage.path, coverage.index)
    except (TTFError, OSError, ValueError, LookupError, TypeError, struct.error):
        return None


def font_folders() -> list[Path]:
    """Where this system keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"))
        return [windows / "Fonts", local / "Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    ]


@lru_cache(None)
def system_fonts() -> tuple[Coverage, ...]:
    """The usable fonts of SYSTEM_FONTS this PC has, in that order."""
    wanted = {name.lower(): place for place, name in enumerate(SYSTEM_FONTS)}
    found: dict[int, Path] = {}
    for folder in font_folders():
        for path in _files(folder):
            place = wanted.get(path.name.lower())
            if place is not None:
                found.setdefault(place, path)
    usable = []
    for place in sorted(found):
        try:
            coverage = Coverage(found[place])
        except (OSError, ValueError, IndexError, struct.error):
            continue
        if coverage.embeddable:
            usable.append(coverage)
    return tuple(usable)


def _files(folder: Path) -> Iterator[Path]:
    for here, _folders, names in os.walk(folder):
        for name in names:
            yield Path(here, name)


@lru_cache(4096)
def face_for(code: int) -> Face | None:
    """The first face that has this character: bundled fonts, then the PC's; None if no font has it."""
    for number in range(len(BUNDLED)):
        face = bundled_face(number)
        if code in face.glyphs:
            return face
    for coverage in system_fonts():
        if code not in coverage:
            continue
        found = _sound_face(coverage)
        if found is not None and found.glyphs.get(code):
            return found
    return None


def is_emoji(code: int) -> bool:
    """A picture character: left out when no font has it, where a letter is marked."""
    return any(first <= code <= last for first, last in EMOJI)
