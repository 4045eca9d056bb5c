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
# The cells nearly all programs write; whatever else a row holds is read the slow way.
_USUAL = re.compile(
    rb'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="(\w+)")?'
    rb'(?:/>|>(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)</c>)'
)
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
_MERGED = re.compile(rb"""<mergeCell\b[^>]*?\bref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']""")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def pour(
    archive: zipfile.ZipFile, parts: Parts, name: str, spool: SheetSpool, progress: Callable[[int], None]
) -> list[list[int]]:
    """Write the rows of sheet `name` into `spool`; returns its merged areas, which stand behind the rows, as [first row, first
    column, last row, last column]. Raises Invalid when it is too wide or cannot be taken apart.
    """
    texts = SharedTexts(archive, parts.texts)
    styles = date_styles(archive, parts.styles)
    epoch = datetime(1904, 1, 1) if parts.from_1904 else datetime(1899, 12, 30)
    reader = _Rows(name, texts, styles, epoch)
    row_number = 0
    rest = b""
    with archive.open(parts.sheets[name]) as stream:
        while chunk := stream.read(_CHUNK):
            if b":sheetData" in chunk:
                # A prefix before every tag is rare; only the fast reader, which cannot take this sheet, knows it.
                raise Invalid(TOO_LARGE, file=name)
            *rows, rest = (rest + chunk).split(b"</row>")
            for row in rows:
                begin = row.rfind(b"<row")
                opened = row.find(b">", begin)
                given = _NUMBER.search(row, begin, opened)
                row_number = int(given[1]) if given else row_number + 1
                spool.add(row_number, reader.cells(row[opened + 1 :]))
                if row_number % 5_000 == 0:
                    progress(row_number)
            if len(rest) > _ROW_LIMIT:
                raise Invalid(TOO_LARGE, file=name)
    return [
        [int(top) - 1, column_number(left), int(bottom) - 1, column_number(right)]
        for left, top, right, bottom in _MERGED.findall(rest)
    ]


class _Rows:
    """Takes the XML inside a row apart."""

    def __init__(self, sheet: str, texts: SharedTexts, styles: dict[int, str], epoch: datetime):
        self.sheet, self.texts, self.styles, self.epoch = sheet, texts, styles, epoch
        self._columns: dict[bytes, int] = {}

    def cells(self, xml: bytes) -> list[Any]:
        """The values of a row, None where there is no cell."""
        found = _USUAL.findall(xml)
        if len(found) != xml.count(b"<c "):
            return self._unusual(xml)
        cells: list[Any] = []
        for letters, style, kind, value, inline in found:
            column = self._columns.get(letters)
            if column is None:
                column = self._column(letters)
            while len(cells) < column:
                cells.append(None)
            if inline:
                cells.append(_plain(inline))
            elif not value:
                cells.append(None)
            else:
                cells.append(self._value(kind or b"n", style, value))
        return cells

    def _unusual(self, xml: bytes) -> list[Any]:
        cells: list[Any] = []
        column = -1
        for match in _CELL.finditer(xml):
            attributes, inside = match.groups()
            place = _PLACE.search(attributes)
            column = self._column(place[1]) if place else column + 1
            if inside is None:
                continue
            while len(cells) <= column:
                cells.append(None)
            kind, style = _TYPE.search(attributes), _STYLE.search(attributes)
            sort = kind[1] if kind else b"n"
            value = _VALUE.search(inside)
            if sort == b"inlineStr":
                cells[column] = _joined(inside)
            elif value is not None:
                cells[column] = self._value(sort, style[1] if style else b"", value[1])
        return cells

    def _column(self, letters: bytes) -> int:
        column = column_number(letters)
        if column >= MOST_COLUMNS:
            raise Invalid(TOO_WIDE, sheet=self.sheet, most=MOST_COLUMNS)
        self._columns[letters] = column
        return column

    def _value(self, kind: bytes, style: bytes, raw: bytes) -> Any:
        if kind == b"n":
            number = float(raw)
            shown = self.styles.get(int(style)) if style else None
            if shown == "moment":
                return _moment(number, self.epoch)
            return timedelta(days=number) if shown == "length" and abs(number) < 10**6 else number
        if kind == b"s":
            return self.texts.get(int(raw))
        if kind == b"b":
            return raw == b"1"
        if kind == b"d":
            return _iso(raw.decode("ascii", "replace"))
        return _plain(raw)


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
