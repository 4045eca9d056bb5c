"""A quick look over the XML of an .xlsx sheet: its error cells, which the fast reader drops, the cells that stand for pictures, and
whether it is too sparse for it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

_CHUNK = 1 << 20
_ERROR = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>(.*?)</(?:\w+:)?c>', re.S)
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_WIDE = re.compile(rb'r="[A-Z]{3}\d')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')
# =DISPIMG("ID_…",1) as a formula, its result or a text; and cells with a value that only newer programs know.
_NAMED = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?:<(?:\w+:)?(?:f|v|is|t)\b[^>]*(?<!/)>)+'
    rb'[^<]*?DISPIMG\((?:"|&quot;)([^"&<]{1,200})'
)
_VALUED = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\bvm="(\d{1,7})")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_KNOWN_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
_MOST_CELLS = 100_000
# The fast reader reserves rows × columns at once: 60 columns of this many rows need about 32 MB.
_MANY_ROWS = 20_000
_MANY_WIDE_ROWS = 1_000
_WIDE_ROW = 300  # bytes


@dataclass
class Scan:
    """`errors` maps (row, column) from 0 to the error's text, `named` to the name of a picture, `valued` to the number of a value;
    `size` is the unpacked size in bytes, `rows` the last row's number, `wide` whether there is a column beyond ZZ. `pictured` says
    that cells may stand for pictures; else only the first ones are looked at for such whose picture got lost."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    named: dict[tuple[int, int], str] = field(default_factory=dict)
    valued: dict[tuple[int, int], int] = field(default_factory=dict)
    size: int = 0
    rows: int = 0
    wide: bool = False
    pictured: bool = False

    def strange(self) -> bool:
        """Whether there is an error the fast reader does not know: it would refuse the whole sheet."""
        return not _KNOWN_ERRORS.issuperset(self.errors.values())

    def sparse(self) -> bool:
        """Whether the sheet spans far more cells than it can hold: a row takes 20 bytes, a wide one hundreds."""
        if self.wide:
            return self.rows > _MANY_WIDE_ROWS and self.size < _WIDE_ROW * self.rows
        return self.rows > _MANY_ROWS and self.size < 20 * self.rows


def scan(archive: zipfile.ZipFile, part: str, pictured: bool = False) -> Scan:
    """Look through one sheet's XML, a megabyte at a time; pictured: the workbook has pictures in cells."""
    found = Scan(pictured=pictured)
    _go_through(archive, part, found, _look)
    if found.rows > _MANY_WIDE_ROWS and found.size < _WIDE_ROW * found.rows:  # only then does it matter
        _go_through(archive, part, found, _look_for_wide)
    return found


def _go_through(archive: zipfile.ZipFile, part: str, found: Scan, look: Callable[[bytes, Scan], None]) -> None:
    carry = b""
    found.size = 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            found.size += len(chunk)
            text = carry + chunk
            cut = text.rfind(b"<row ") if text.rfind(b"<row ") > 0 else max(0, len(text) - 4096)
            look(text[:cut], found)
            carry = text[cut:]
            if len(carry) > 16 << 20:
                carry = carry[-4096:]
    look(carry, found)


def _look_for_wide(text: bytes, found: Scan) -> None:
    found.wide = found.wide or _WIDE.search(text) is not None


def _look(text: bytes, found: Scan) -> None:
    last = text.rfind(b"<row ")
    if last < 0:
        last = text.rfind(b":row ")
    if last >= 0 and (row := _ROW.search(text, max(0, last - 20))):
        found.rows = max(found.rows, int(row[1]))
    beginning = found.size <= _CHUNK
    if (found.pictured or beginning) and b"DISPIMG(" in text and len(found.named) < _MOST_CELLS:
        found.pictured = True
        for column, row_number, name in _NAMED.findall(text):
            found.named[int(row_number) - 1, column_number(column)] = name.decode("utf-8", "replace")
    if found.pictured and b' vm="' in text and len(found.valued) < _MOST_CELLS:
        for value_number, column, row_number in _VALUED.findall(text):
            found.valued[int(row_number) - 1, column_number(column)] = int(value_number)
    if b't="e"' in text and len(found.errors) < _MOST_CELLS:
        for column, row_number, inside in _ERROR.findall(text):
            value = _VALUE.search(inside)
            found.errors[int(row_number) - 1, column_number(column)] = (
                value[1].decode("ascii", "replace") if value else "#VALUE!"
            )


def column_number(letters: bytes) -> int:
    """b'A' -> 0, b'AA' -> 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
