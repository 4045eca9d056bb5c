"""Which characters a TrueType file holds, found by reading its cmap only, so that looking through system
fonts is cheap.

Formats after the OpenType specification, tables `cmap` (formats 4 and 12), `OS/2` (fsType) and the font
collection header.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from pathlib import Path
from typing import BinaryIO

UNICODE_TABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
NO_EMBEDDING = 0x0002


class Coverage:
    """The characters of one face of a font file, and whether reportlab can embed it."""

    def __init__(self, path: Path, index: int = 0):
        """Raises OSError, ValueError or struct.error when the file is not a font."""
        self.path = path
        self.index = index
        self._starts: list[int] = []
        self._ends: list[int] = []
        with path.open("rb") as file:
            tables = _tables(file, index)
            # reportlab embeds glyf outlines only, and prints a variable font at its thinnest weight.
            self.embeddable = "glyf" in tables and "fvar" not in tables and _may_embed(file, tables)
            if self.embeddable and "cmap" in tables:
                self._read_characters(file, *tables["cmap"])

    def __contains__(self, code: int) -> bool:
        place = bisect_left(self._ends, code)
        return place < len(self._ends) and self._starts[place] <= code

    def _read_characters(self, file: BinaryIO, start: int, length: int) -> None:
        file.seek(start)
        data = file.read(length)
        (count,) = struct.unpack_from(">H", data, 2)
        found = {}
        for number in range(count):
            platform, encoding, offset = struct.unpack_from(">HHL", data, 4 + 8 * number)
            found[platform, encoding] = offset
        for key in UNICODE_TABLES:
            if key not in found:
                continue
            offset = found[key]
            (form,) = struct.unpack_from(">H", data, offset)
            if form == 12:
                self._read_groups(data, offset)
                return
            if form == 4:
                self._read_segments(data, offset)
                return

    def _read_groups(self, data: bytes, offset: int) -> None:
        (count,) = struct.unpack_from(">L", data, offset + 12)
        for number in range(count):
            first, last, _glyph = struct.unpack_from(">LLL", data, offset + 16 + 12 * number)
            self._starts.append(first)
            self._ends.append(last)

    def _read_segments(self, data: bytes, offset: int) -> None:
        """Format 4: segments with one glyph offset each, or with a glyph list in which 0 means missing."""
        (double,) = struct.unpack_from(">H", data, offset + 6)
        count = double // 2
        ends = struct.unpack_from(f">{count}H", data, offset + 14)
        starts = struct.unpack_from(f">{count}H", data, offset + 16 + double)
        range_place = offset + 16 + 3 * double
        ranges = struct.unpack_from(f">{count}H", data, range_place)
        for number in range(count):
            first, last = starts[number], ends[number]
            if first == 0xFFFF:
                continue
            if ranges[number] == 0:
                self._starts.append(first)
                self._ends.append(last)
                continue
            run = range_place + 2 * number + ranges[number]
            glyphs = struct.unpack_from(f">{last - first + 1}H", data, run)
            for code, glyph in enumerate(glyphs, first):
                if not glyph:
                    continue
                if self._ends and self._ends[-1] == code - 1:
                    self._ends[-1] = code
                else:
                    self._starts.append(code)
                    self._ends.append(code)


def _tables(file: BinaryIO, index: int) -> dict[str, tuple[int, int]]:
    """Table tag -> (offset, length) of one face."""
    header = file.read(12)
    start = 0
    if header[:4] == b"ttcf":
        (count,) = struct.unpack(">L", header[8:12])
        if index >= count:
            raise ValueError(f"the collection has {count} faces")
        file.seek(12 + 4 * index)
        (start,) = struct.unpack(">L", file.read(4))
    file.seek(start)
    _version, count = struct.unpack(">LH", file.read(6))
    file.seek(start + 12)
    tables = {}
    for _number in range(min(count, 200)):
        tag, _checksum, offset, length = struct.unpack(">4sLLL", file.read(16))
        tables[tag.decode("latin-1")] = (offset, length)
    return tables


def _may_embed(file: BinaryIO, tables: dict[str, tuple[int, int]]) -> bool:
    if "OS/2" not in tables:
        return False
    file.seek(tables["OS/2"][0] + 8)
    (rights,) = struct.unpack(">H", file.read(2))
    return bool(rights & 0x000F != NO_EMBEDDING)
