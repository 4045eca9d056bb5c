"""Takes one stream out of a compound (OLE) file, the container of .xls workbooks."""

from __future__ import annotations

import struct

_LAST = 0xFFFFFFFA  # sector numbers from here on mean "end", "free" and the like
_MINI_SECTOR = 64
_MOST_SECTORS = 1 << 20


def stream_of(data: bytes, names: tuple[str, ...]) -> bytes:
    """The first stream called one of `names` (small letters); b'' when there is none or it cannot be followed."""
    try:
        return _find(data, names)
    except (struct.error, IndexError):
        return b""


def _find(data: bytes, names: tuple[str, ...]) -> bytes:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    first_directory, _reserved, small, first_mini_fat = struct.unpack_from("<IIII", data, 48)
    fat = _fat(data, size)
    directory = _chain(data, fat, first_directory, size, size)
    container = b""
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace").lower()
        start, stream_size = struct.unpack_from("<II", directory, at + 116)
        if directory[at + 66] == 5:
            container = _chain(data, fat, start, size, size)
        elif name in names and stream_size >= small:
            return _chain(data, fat, start, size, size)[:stream_size]
        elif name in names:
            mini_fat = _numbers(_chain(data, fat, first_mini_fat, size, size))
            return _chain(container, mini_fat, start, _MINI_SECTOR, 0)[:stream_size]
    return b""


def _fat(data: bytes, size: int) -> list[int]:
    """The next sector of every sector; the table's own sectors are listed in the header and, for large files, beyond."""
    listed = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _LAST]
    sector, count = struct.unpack_from("<II", data, 68)
    for _round in range(min(count, 10_000)):
        if sector >= _LAST:
            break
        entries = struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
        listed.extend(entry for entry in entries[:-1] if entry < _LAST)
        sector = entries[-1]
    fat: list[int] = []
    for sector in listed:
        fat.extend(_numbers(data[(sector + 1) * size : (sector + 2) * size]))
        if len(fat) > _MOST_SECTORS:
            break
    return fat


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _chain(data: bytes, fat: list[int], sector: int, size: int, header: int) -> bytes:
    pieces: list[bytes] = []
    while sector < len(fat) and len(pieces) <= len(fat):
        begin = header + sector * size
        pieces.append(data[begin : begin + size])
        sector = fat[sector]
    return b"".join(pieces)
