"""Finds the error cells of .xls (BIFF8) and .xlsb workbooks, which the fast reader drops."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

# A cell that is an error, and a formula whose result is one, by the bytes they must contain.
_XLS_HINT = re.compile(rb"\x05\x02\x08\x00|\x02.[\x00\x07\x0f\x17\x1d\x24\x2a]...\xff\xff", re.S)
_XLSB_SHEET = 156
_BOF, _SHEET_NAME, _ERROR, _FORMULA = 0x0809, 0x0085, 0x0205, 0x0006


def xls_errors(data: bytes) -> list[dict[tuple[int, int], str]]:
    """For each sheet of a workbook stream, in its order: (row, column) from 0 -> the error's text."""
    if not _XLS_HINT.search(data):
        return []
    begins: list[int] = []
    found: dict[int, dict[tuple[int, int], str]] = {}
    sheet: dict[tuple[int, int], str] = {}
    position = 0
    while position + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, position)
        body = position + 4
        if kind == _BOF:
            sheet = found.setdefault(position, {})
        elif kind == _SHEET_NAME and length >= 4:
            begins.append(struct.unpack_from("<I", data, body)[0])
        elif kind == _ERROR and length == 8:
            row, column, _style, code, is_error = struct.unpack_from("<HHHBB", data, body)
            if is_error:
                sheet[row, column] = CODES.get(code, "#VALUE!")
        elif (
            kind == _FORMULA
            and length >= 14
            and data[body + 12 : body + 14] == b"\xff\xff"
            and data[body + 6] == 2
        ):
            row, column = struct.unpack_from("<HH", data, body)
            sheet[row, column] = CODES.get(data[body + 8], "#VALUE!")
        position = body + length
    return [found.get(begin, {}) for begin in begins]


def xlsb_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> the part that holds it."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.bin.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = {}
    for kind, body in _records(archive.read("xl/workbook.bin")):
        if kind == _XLSB_SHEET:
            link, end = _wide_text(body, 8)
            name, _end = _wide_text(body, end)
            part = targets.get(link, "")
            found[name] = part.lstrip("/") if part.startswith("/") else "xl/" + part
    return found


def xlsb_errors(archive: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    """(row, column) from 0 -> the error's text."""
    data = archive.read(part)
    errors: dict[tuple[int, int], str] = {}
    row = 0
    for kind, body in _records(data):
        if kind == 0 and len(body) >= 4:
            row = struct.unpack_from("<I", body)[0]
        elif kind in (3, 11) and len(body) >= 9:
            errors[row, struct.unpack_from("<I", body)[0]] = CODES.get(body[8], "#VALUE!")
    return errors


def _wide_text(body: bytes, position: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", body, position)[0]
    end = position + 4 + 2 * length
    return body[position + 4 : end].decode("utf-16-le", "replace"), end


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    end = len(data)
    while position < end:
        kind, position = _variable(data, position, 2)
        length, position = _variable(data, position, 4)
        yield kind, data[position : position + length]
        position += length


def _variable(data: bytes, position: int, most: int) -> tuple[int, int]:
    """A number of 7 bits a byte; record kinds take two bytes at most, lengths four."""
    value = shift = 0
    for _byte in range(most):
        if position >= len(data):
            break
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    return value, position
