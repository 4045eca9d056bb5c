"""Reads .xlsx, .xlsm, .xls, .xlsb and .ods workbooks with calamine, and puts back what it drops: error cells and pictures."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _
from crm_desktop.exchange.readers import binary_errors, ods_scan, xls_pictures, xlsx_parts, xlsx_scan, xlsx_stream
from crm_desktop.exchange.readers.compound import stream_of
from crm_desktop.exchange.readers.formats import DAMAGED, PROTECTED, TOO_LARGE
from crm_desktop.exchange.readers.pictures import LOST, Placed, as_kept, from_archive
from crm_desktop.exchange.readers.spool import MOST_COLUMNS, PACKET, TOO_WIDE, SheetSpool
from crm_desktop.exchange.readers.xlsx_pictures import CellPictures, over_cells

# Sheets whose XML is larger than this are streamed row by row: slower, but in flat memory.
STREAM_FROM = 160 << 20
_PROGRESS = 5_000
_ENDINGS = {".xls": "xls", ".xla": "xls", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xlam": "xlsx", ".xlsb": "xlsb", ".ods": "ods"}

Errors = dict[tuple[int, int], str]
BAD_SHEET = _("The sheet “{sheet}” is damaged and cannot be read.")


class ExcelBook:
    """One workbook file: its sheets' names, and the rows of each poured into a spool."""

    def __init__(self, path: Path, kind: str, streaming: bool = False):
        import python_calamine as calamine

        self.path, self.kind, self.streaming = path, kind, streaming
        self.archive: zipfile.ZipFile | None = None
        self.parts = xlsx_parts.Parts()
        self.merged: ods_scan.Merged = {}
        self.errors: dict[str, Errors] = {}
        self._placed: dict[str, list[Placed]] = {}
        self._stored: list[bytes] = []  # the pictures of an .xls, which is no archive
        if kind in ("xlsx", "xlsb", "ods"):
            self.archive = zipfile.ZipFile(path)
        if kind == "xlsx":
            self._find_parts()
        self.book: calamine.CalamineWorkbook | None = None
        if streaming:
            self.names = [(name, name in self.parts.hidden) for name in self.parts.sheets]
            return
        try:
            if _ENDINGS.get(path.suffix.lower(), kind) == kind:
                self.book = calamine.CalamineWorkbook.from_path(str(path))
            else:  # calamine goes by the name where it has one: many an .xls holds an .xlsx
                with path.open("rb") as file:
                    self.book = calamine.CalamineWorkbook.from_filelike(file)
        except calamine.PasswordError as error:
            raise Invalid(PROTECTED, file=path.name) from error
        except MemoryError as error:
            raise Invalid(TOO_LARGE, file=path.name) from error
        except Exception as error:
            sentence = TOO_LARGE if "limit exceeded" in str(error) else DAMAGED
            raise Invalid(sentence, file=path.name) from error
        self.names = [
            (sheet.name, sheet.visible != calamine.SheetVisibleEnum.Visible)
            for sheet in self.book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        self._find_extras()

    def pour(self, name: str, spool: SheetSpool, progress: Callable[[int], None]) -> list[list[int]]:
        """Write the sheet's rows into `spool`; returns its merged areas as [first row, first column, last row, last column].

        Raises Invalid when the sheet cannot be read.
        """
        errors: Errors = {}
        if self.kind == "xlsx" and name in self.parts.sheets:
            try:
                scan = self._scanned(self.parts.sheets[name])
            except (zipfile.BadZipFile, OSError, EOFError) as error:
                raise Invalid(BAD_SHEET, sheet=name) from error
            self._place(name, scan, spool)
            if scan is None or scan.sparse() or scan.strange():
                try:
                    return xlsx_stream.pour(self._archive(), self.parts, name, spool, progress)
                except (zipfile.BadZipFile, EOFError) as error:
                    raise Invalid(BAD_SHEET, sheet=name) from error
            errors = scan.errors
        elif self.kind != "xlsx":
            errors = self.errors.get(name, {})
        return self._pour_fast(name, errors, spool, progress)

    def pictures(self, name: str) -> list[Placed]:
        """The pictures of a sheet that has been poured."""
        return self._placed.get(name, [])

    def picture(self, media: str) -> str:
        """A picture as records keep it. Raises Invalid when there is none that can be read."""
        if not media:
            raise Invalid(LOST)
        if self.archive is not None:
            return as_kept(from_archive(self.archive, media))
        return as_kept(self._stored[int(media)] if int(media) < len(self._stored) else b"")

    def _place(self, name: str, scan: xlsx_scan.Scan | None, spool: SheetSpool) -> None:
        """Find the pictures of an .xlsx sheet; the text of a cell that is one says nothing."""
        cells = self._cell_pictures
        if scan is None and cells:  # it is streamed
            scan = xlsx_scan.scan(self._archive(), self.parts.sheets[name], pictured=True)
        inside = list(cells.placed(scan)) if scan is not None else []
        spool.leave_out({(one.row + 1, one.column) for one in inside})
        self._placed[name] = inside + over_cells(self._archive(), self.parts.sheets[name])

    def _scanned(self, part: str) -> xlsx_scan.Scan | None:
        """A look through the sheet; None for one that is streamed in any case."""
        if self.streaming or self._archive().getinfo(part).file_size > STREAM_FROM:
            return None
        return xlsx_scan.scan(self._archive(), part, bool(self._cell_pictures))

    def _pour_fast(
        self, name: str, errors: Errors, spool: SheetSpool, progress: Callable[[int], None]
    ) -> list[list[int]]:
        assert self.book is not None
        try:
            sheet = self.book.get_sheet_by_name(name)
            left = sheet.start[1] if sheet.start else 0
            # PyO3's PanicException does not derive from Exception.
        except (KeyboardInterrupt, SystemExit):
            raise
        except MemoryError as error:
            raise Invalid(TOO_LARGE, file=self.path.name) from error
        except BaseException as error:
            raise Invalid(BAD_SHEET, sheet=name) from error
        if left >= MOST_COLUMNS:
            raise Invalid(TOO_WIDE, sheet=name, most=MOST_COLUMNS)
        by_row: dict[int, Errors] = {}
        for (row, column), text in errors.items():
            by_row.setdefault(row, {})[row, column] = text
        margin: list[Any] = [None] * left
        rows, done = sheet.iter_rows(), 0
        while packet := list(islice(rows, PACKET)):
            if left:
                packet = [margin + cells for cells in packet]
            for row in by_row.keys() & range(done, done + len(packet)):
                cells = packet[row - done]
                for (_row, column), text in by_row[row].items():
                    if column < len(cells) and cells[column] == "":
                        cells[column] = text
            spool.add_all(done + 1, packet)
            done += len(packet)
            if done % _PROGRESS == 0:
                progress(done)
        return self.merged.get(name) or [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]

    def _find_parts(self) -> None:
        """The table of contents; a file whose contents calamine finds in its own way is read without error cells."""
        try:
            self.parts = xlsx_parts.parts_of(self._archive())
        except (KeyError, ValueError, StopIteration, ParseError, zipfile.BadZipFile, OSError, EOFError):
            self.parts = xlsx_parts.Parts()
        self._cell_pictures = CellPictures(self._archive(), self.parts)

    def _find_extras(self) -> None:
        """What the fast reader drops, of all sheets of a workbook that is no .xlsx."""
        assert self.book is not None
        try:
            if self.kind == "ods":
                self.errors, self.merged, self._placed = ods_scan.scan(self._archive())
            elif self.kind == "xls":
                data = stream_of(self.path.read_bytes(), ("workbook", "book"))
                self.errors = dict(zip(self.book.sheet_names, binary_errors.xls_errors(data), strict=False))
                found = xls_pictures.pictures_of(data)
                self._stored, self._placed = found.stored, dict(zip(self.book.sheet_names, found.sheets, strict=False))
            elif self.kind == "xlsb":
                for name, part in binary_errors.xlsb_sheets(self._archive()).items():
                    self.errors[name] = binary_errors.xlsb_errors(self._archive(), part)
                    self._placed[name] = over_cells(self._archive(), part)
        except Exception:  # noqa: BLE001 - these are extras; the values themselves have been read
            return

    def _archive(self) -> zipfile.ZipFile:
        assert self.archive is not None
        return self.archive
