"""Reads an .xlsx sheet row by row in flat memory: for very large sheets, and for sparse ones no other reader survives."""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from html import unescape
from typing import Any

from crm_desktop.core.errors import Invalid
from crm_desktop.exchange.readers.formats import TOO_LARGE
from crm_desktop.exchange.readers.spool import MOST_COLUMNS, TOO_WIDE, SheetSpool
from crm_desktop.exchange.readers.xlsx_parts import Parts
from crm_desktop.exchange.readers.xlsx_scan import column_number

_CHUNK = 1 << 20
_ROW_LIMIT = 32 << 20
_TEXTS_LIMIT = 256 << 20
_ROW = re.compile(rb"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.S)
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.S)
_NUMBER = re.compile(rb'\br="(\d+)"')
_PLACE = re.compile(rb'\br="([A-Z]{1,3})\d+"')
_TYPE = re.compile(rb'\bt="(\w+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_TEXT = re.compile(rb"<t(?:\s[^>]*)?>([^<]*|<!\[CDATA\[.*?\]\]>)</t>", re.S)
_PHONETIC = re.compile(rb"<rPh\b.*?</rPh>", re.S)
_ITEM = re.compile(rb"<si\b[^>]*?(?:/>|>(.*?)</si>)", re.S)
_FORMAT = re.compile(
    r'<numFmt\b[^>]*?numFmtId="(\d+)"[^>]*?formatCode="([^"]*)"|<numFmt\b[^>]*?formatCode="([^"]*)"[^>]*?numFmtId="(\d+)"'
)
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def pour(
    archive: zipfile.ZipFile, parts: Parts, name: str, spool: SheetSpool, progress: Callable[[int], None]
) -> None:
    """Write the rows of sheet `name` into `spool`. Raises Invalid when it is too wide or cannot be taken apart."""
    texts = SharedTexts(archive, parts.texts)
    styles = date_styles(archive, parts.styles)
    epoch = datetime(1904, 1, 1) if parts.from_1904 else datetime(1899, 12, 30)
    row_number = 0
    buffer = b""
    with archive.open(parts.sheets[name]) as stream:
        while chunk := stream.read(_CHUNK):
            buffer += chunk
            done = 0
            for match in _ROW.finditer(buffer):
                given = _NUMBER.search(match[1])
                row_number = int(given[1]) if given else row_number + 1
                if match[2]:
                    spool.add(row_number, _cells(match[2], texts, styles, epoch, name))
                done = match.end()
                if row_number % 5_000 == 0:
                    progress(row_number)
            buffer = buffer[done:]
            if len(buffer) > _ROW_LIMIT:
                raise Invalid(TOO_LARGE, file=name)


def _cells(xml: bytes, texts: SharedTexts, styles: dict[int, str], epoch: datetime, sheet: str) -> list[Any]:
    cells: list[Any] = []
    column = -1
    for match in _CELL.finditer(xml):
        attributes, inside = match.groups()
        place = _PLACE.search(attributes)
        column = column_number(place[1]) if place else column + 1
        if inside is None:
            continue
        if column >= MOST_COLUMNS:
            raise Invalid(TOO_WIDE, sheet=sheet, most=MOST_COLUMNS)
        if column > len(cells):
            cells.extend([None] * (column - len(cells)))
        value = _value(attributes, inside, texts, styles, epoch)
        if column < len(cells):
            cells[column] = value
        else:
            cells.append(value)
    return cells


def _value(
    attributes: bytes, inside: bytes, texts: SharedTexts, styles: dict[int, str], epoch: datetime
) -> Any:
    kind = _TYPE.search(attributes)
    sort = kind[1] if kind else b"n"
    if sort == b"inlineStr":
        return _joined(inside)
    found = _VALUE.search(inside)
    if found is None:
        return None
    raw = found[1]
    if sort == b"s":
        return texts.get(int(raw))
    if sort == b"b":
        return raw == b"1"
    if sort in (b"str", b"e"):
        return _plain(raw)
    if sort == b"d":
        return _iso(raw.decode("ascii", "replace"))
    number = float(raw)
    style = _STYLE.search(attributes)
    shown = styles.get(int(style[1])) if style else None
    if shown == "moment":
        return _moment(number, epoch)
    return timedelta(days=number) if shown == "length" and abs(number) < 10**6 else number


def _iso(text: str) -> Any:
    for read in (date.fromisoformat, time.fromisoformat, datetime.fromisoformat):
        try:
            return read(text.rstrip("Z"))
        except ValueError:
            continue
    return text


def _moment(serial: float, epoch: datetime) -> Any:
    """A date serial as a day, a time of day, or both; a number no calendar holds stays a number."""
    try:
        moment = epoch + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return serial
    if 0 <= serial < 1:
        return moment.time()
    return moment.date() if serial == int(serial) else moment


def _joined(xml: bytes) -> str:
    """The text of an item: its runs put together, without the reading aids above Japanese words."""
    if b"<rPh" in xml:
        xml = _PHONETIC.sub(b"", xml)
    return "".join(_plain(part) for part in _TEXT.findall(xml))


def _plain(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    if text.startswith("<![CDATA["):
        return text[9:-3]
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "&" in text:
        text = unescape(text)
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text


class SharedTexts:
    """The texts cells share, kept as one run of bytes: a tenth of the memory of as many Python strings."""

    def __init__(self, archive: zipfile.ZipFile, part: str):
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        if not part:
            return
        buffer = b""
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                buffer += chunk
                done = 0
                for match in _ITEM.finditer(buffer):
                    self._bytes += _joined(match[1] or b"").encode("utf-8", "replace")
                    self._ends.append(len(self._bytes))
                    done = match.end()
                buffer = buffer[done:]
                if len(self._bytes) > _TEXTS_LIMIT or len(buffer) > _ROW_LIMIT:
                    raise Invalid(TOO_LARGE, file=archive.filename or "")

    def get(self, index: int) -> str | None:
        """Text number `index`; None when the file has no such text."""
        if not 0 <= index < len(self._ends) - 1:
            return None
        return self._bytes[self._ends[index] : self._ends[index + 1]].decode("utf-8")


def date_styles(archive: zipfile.ZipFile, part: str) -> dict[int, str]:
    """Cell style number -> "moment" or "length" (of time), for the styles that show a number as such."""
    if not part:
        return {}
    xml = archive.read(part).decode("utf-8", "replace")
    formats = dict.fromkeys(_BUILT_IN_DATES, "moment") | {46: "length"}
    for number, code, code_first, number_after in _FORMAT.findall(xml):
        shown = _shown(unescape(code or code_first))
        if shown:
            formats[int(number or number_after)] = shown
    inside = re.search(r"<cellXfs\b.*?</cellXfs>", xml, re.S)
    styles = re.findall(r"<xf\b[^>]*?>", inside[0]) if inside else []
    numbers = [re.search(r'numFmtId="(\d+)"', style) for style in styles]
    return {
        style: formats[int(found[1])]
        for style, found in enumerate(numbers)
        if found and int(found[1]) in formats
    }


def _shown(code: str) -> str:
    """What a number format shows: "length" for elapsed [h]:mm, "moment" for other day, month, year or time letters, else ''."""
    code = re.sub(r'"[^"]*"|\\.|_.|\*.', "", code.split(";")[0]).lower()
    if re.search(r"\[(h+|m+|s+)\]", code):
        return "length"
    code = re.sub(r"\[[^\]]*\]", "", code)
    return "moment" if "general" not in code and re.search(r"[dmyhs]", code) else ""
