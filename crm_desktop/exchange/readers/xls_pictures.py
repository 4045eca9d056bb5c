"""The pictures that lie over the cells of an .xls workbook (BIFF8, Office drawing records)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from crm_desktop.exchange.readers.pictures import Placed

_BOF, _SHEET_NAME, _GROUP, _DRAWING, _CONTINUE = 0x0809, 0x0085, 0x00EB, 0x00EC, 0x003C
_STORED, _SHAPE, _PROPERTIES, _ANCHOR = 0xF007, 0xF004, 0xF00B, 0xF010
_PICTURE = 0x0104  # the property of a shape that numbers its picture, from 1
_BEFORE_PICTURE = 36  # bytes of an entry before the record of its picture
# What a picture's file begins with; one or two fingerprints and a byte come before it.
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")
_DEEPEST = 20
_HINT = re.compile(rb"\xeb\x00..\x0f\x00\x00\xf0", re.S)  # the record that holds all pictures, at its beginning


@dataclass
class XlsPictures:
    """stored: the files of all pictures, b'' for one in a format that is no picture of dots; sheets: those of each sheet in the
    workbook's order, with their places in `stored` as media."""

    stored: list[bytes] = field(default_factory=list)
    sheets: list[list[Placed]] = field(default_factory=list)


def pictures_of(data: bytes) -> XlsPictures:
    """Go through the records of a workbook stream. Raises struct.error when it breaks off."""
    if not _HINT.search(data):
        return XlsPictures()
    begins: list[int] = []
    drawings: dict[int, bytearray] = {}
    group, position, begin, taken = bytearray(), 0, 0, None
    while position + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, position)
        body = data[position + 4 : position + 4 + length]
        if kind == _BOF:
            begin = position
        elif kind == _SHEET_NAME and length >= 4:
            begins.append(struct.unpack_from("<I", body)[0])
        if kind != _CONTINUE:
            taken = group if kind == _GROUP else drawings.setdefault(begin, bytearray()) if kind == _DRAWING else None
        if taken is not None:
            taken += body
        position += 4 + length
    stored = [_file_of(body) for kind, body in _records(bytes(group)) if kind == _STORED]
    return XlsPictures(stored, [list(_placed(bytes(drawings.get(begin, b"")))) for begin in begins])


def _placed(drawing: bytes) -> Iterator[Placed]:
    for kind, shape in _records(drawing):
        if kind != _SHAPE:
            continue
        number, place = 0, None
        for kind, body in _records(shape):
            if kind == _ANCHOR and len(body) >= 8:
                _flags, column, _right, row = struct.unpack_from("<4H", body)
                place = row, column
            elif kind == _PROPERTIES:
                whole = body[: len(body) // 6 * 6]
                number = next((value for name, value in struct.iter_unpack("<HI", whole) if name & 0x3FFF == _PICTURE), number)
        if number and place is not None:
            yield Placed(*place, str(number - 1))


def _records(data: bytes, depth: int = 0) -> Iterator[tuple[int, bytes]]:
    """The records of a drawing, each container before what it holds."""
    position = 0
    while position + 8 <= len(data) and depth < _DEEPEST:
        version, kind, length = struct.unpack_from("<HHI", data, position)
        body = data[position + 8 : position + 8 + length]
        yield kind, body
        if version & 0xF == 0xF:
            yield from _records(body, depth + 1)
        position += 8 + length


def _file_of(entry: bytes) -> bytes:
    picture = entry[_BEFORE_PICTURE + 8 :]
    for start in (17, 33):
        if picture[start : start + 8].startswith(_BEGINNINGS):
            return picture[start:]
    return b""
