"""What a kept picture is: a JPEG, its size and its colours, for whoever places it on a sheet or on paper."""

from __future__ import annotations

from binascii import a2b_base64
from typing import NamedTuple

WIDEST = 480  # px a picture is kept with at most, either way
MOST = 60_000  # characters of its text: what every engine keeps in one field
QUALITIES = (88, 75, 60, 40, 20)  # of the JPEG: the first one that is small enough
_FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))


class Jpeg(NamedTuple):
    """Its bytes, its size in pixels, and how many colours a pixel is made of (1 grey, 3, 4)."""

    data: bytes
    width: int
    height: int
    colours: int


def kept(text: str | None) -> Jpeg | None:
    """The picture as records keep it (base64); None for what is none."""
    try:
        return jpeg(a2b_base64(text or ""))
    except ValueError:
        return None


def jpeg(data: bytes) -> Jpeg | None:
    """What a JPEG says of itself; None for anything else."""
    at = 2
    if data[:2] != b"\xff\xd8":
        return None
    while at + 10 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _FRAMES:
            height, width = int.from_bytes(data[at + 5 : at + 7]), int.from_bytes(data[at + 7 : at + 9])
            return Jpeg(data, width, height, data[at + 9]) if width and height else None
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None
