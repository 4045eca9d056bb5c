"""What a file really is, judged by its first bytes and its contents, never by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_HEAD = 4096
# The largest unpacked size of a whole archive; and what is taken for a bomb: so many bytes that are so many times what they are packed.
# Tables are 8 to 20 times as large, those of one long remark in every row 140 times, but there are not half a million such rows.
UNPACKED_LIMIT = 4 << 30
BOMBS = ((64 << 20, 150), (768 << 20, 50))
_STRINGS = 192 << 20  # the texts that all sheets of a workbook share have to fit into the reader's memory

DAMAGED = _("“{file}” is damaged and cannot be read. Open it in its own program and save it again.")
PROTECTED = _(
    "“{file}” is protected by a password. Open it in Excel or WPS, save a copy without password, and import that."
)
EMPTY = _("“{file}” is empty.")
NOT_A_SHEET = _(
    "“{file}” is not a table but {what}. Choose an Excel, OpenDocument, CSV or text file, contact cards (.vcf) or a calendar (.ics)."
)
TOO_LARGE = _("“{file}” is too large to read. Split it, or save it as .csv and import that.")
TOO_LARGE_TEXT = _("“{file}” is too large to read. Split it into several files and import one after the other.")

# First bytes of files people pick by mistake, and what to call them.
_FOREIGN = (
    (b"%PDF", _("a PDF document")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"RIFF", _("a picture or recording")),
    (b"{\\rtf", _("a text document (RTF)")),
    (b"\x1f\x8b", _("a packed archive")),
    (b"7z\xbc\xaf\x27\x1c", _("a packed archive")),
    (b"Rar!", _("a packed archive")),
    (b"SQLite format 3\x00", _("a database")),
    (b"MZ", _("a program")),
    (b"\x7fELF", _("a program")),
)
_FOREIGN_TEXT = (
    ("<!doctype html", _("a web page; open it in Excel or WPS and save it as .xlsx")),
    ("<html", _("a web page; open it in Excel or WPS and save it as .xlsx")),
    ("<table", _("a web page; open it in Excel or WPS and save it as .xlsx")),
    ("<?xml", _("an XML file; open it in Excel or WPS and save it as .xlsx")),
)
_CARDS = re.compile(r"begin\s*:\s*vcard")
_CALENDAR = re.compile(r"begin\s*:\s*v[a-z]")
_JSON = re.compile(r"\[\s*\{|\{\s*\"")
# Excel 2, 3 and 4 wrote their records straight into the file.
_OLD_EXCEL = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)


def too_large(kind: str) -> str:
    """The sentence for a file of this format that is too large: only a workbook is read more easily as .csv."""
    return TOO_LARGE if kind in ("xlsx", "xlsb", "xls", "ods") else TOO_LARGE_TEXT


def format_of(path: Path) -> str:
    """`xlsx`, `xlsb`, `xls`, `ods`, `vcf`, `ics`, `json` or `text`. Raises Invalid with a sentence for anything else."""
    name = path.name
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\x00 \t\r\n"):
        raise Invalid(EMPTY, file=name)
    if head.startswith(ZIP):
        return _zip_format(path)
    if head.startswith(OLE):
        return _ole_format(path)
    if head.startswith(_OLD_EXCEL):
        raise Invalid(
            _("“{file}” was written by a very old Excel. Open it in Excel or WPS and save it as .xlsx."),
            file=name,
        )
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise Invalid(NOT_A_SHEET, file=name, what=_Said(what))
    return _text_format(head, name)


class _Said(Invalid):
    """A part of a sentence that is translated together with it."""


def _text_format(head: bytes, name: str) -> str:
    """What a text begins with tells cards, calendars and JSON from tables."""
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")[:400].replace(b"\x00", b"").decode("latin-1").lower()
    for beginning, what in _FOREIGN_TEXT:
        if start.startswith(beginning):
            raise Invalid(NOT_A_SHEET, file=name, what=_Said(what))
    for pattern, kind in ((_CARDS, "vcf"), (_CALENDAR, "ics"), (_JSON, "json")):
        if pattern.match(start):
            return kind
    return "text"


def _zip_format(path: Path) -> str:
    name = path.name
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            mimetype = b""
            if "mimetype" in archive.NameToInfo and archive.NameToInfo["mimetype"].file_size < 200:
                mimetype = archive.read("mimetype")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
        raise Invalid(DAMAGED, file=name) from error
    refuse_bomb(parts, name)
    names = {part.filename.replace("\\", "/").lstrip("/").lower() for part in parts}
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if any(part.endswith("workbook.bin") for part in names):
        return "xlsb"
    if any(part.startswith("word/") for part in names) or mimetype.startswith(
        b"application/vnd.oasis.opendocument.text"
    ):
        raise Invalid(NOT_A_SHEET, file=name, what=_Said(_("a text document")))
    if any(part.startswith("ppt/") for part in names):
        raise Invalid(NOT_A_SHEET, file=name, what=_Said(_("a presentation")))
    if "[content_types].xml" in names or any(part.endswith("workbook.xml") for part in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    raise Invalid(NOT_A_SHEET, file=name, what=_Said(_("a packed archive")))


def refuse_bomb(parts: list[zipfile.ZipInfo], name: str) -> None:
    """A few kilobytes that unpack to gigabytes are refused before anything is unpacked."""
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    shared = sum(part.file_size for part in parts if "sharedstrings" in part.filename.lower())
    bomb = any(unpacked > size and unpacked > times * max(packed, 1) for size, times in BOMBS)
    if unpacked > UNPACKED_LIMIT or shared > _STRINGS or bomb:
        raise Invalid(TOO_LARGE, file=name)


def _ole_format(path: Path) -> str:
    """The compound files of Office 97: a workbook, a protected newer workbook, or another program's document."""
    name = path.name
    with path.open("rb") as file:
        data = file.read(64 << 20)
    upper = data.upper()
    if _wide("EncryptedPackage").upper() in upper:
        raise Invalid(PROTECTED, file=name)
    if _wide("WORKBOOK") in upper or _wide("BOOK") + b"\x00\x00" in upper:
        return "xls"
    for stream, what in (
        ("WORDDOCUMENT", _("a text document")),
        ("POWERPOINT DOCUMENT", _("a presentation")),
        ("__SUBSTG1.0", _("a mail message")),
    ):
        if _wide(stream) in upper:
            raise Invalid(NOT_A_SHEET, file=name, what=_Said(what))
    raise Invalid(DAMAGED, file=name)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")
