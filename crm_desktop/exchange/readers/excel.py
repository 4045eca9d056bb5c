"""Reads .xlsx, .xlsm, .xls, .xlsb and .ods workbooks with calamine, and puts back the error cells it drops."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _
from crm_desktop.exchange.readers import binary_errors, ods_scan, xlsx_parts, xlsx_scan, xlsx_stream
from crm_desktop.exchange.readers.formats import DAMAGED, PROTECTED, TOO_LARGE
from crm_desktop.exchange.readers.spool import MOST_COLUMNS, PACKET, TOO_WIDE, SheetSpool
from crm_desktop.exchange.readers.xlsx_pictures import as_kept, placed

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
        self.merged: ods_scan.Merged = {}
        self.errors = self._errors_of_all()

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
            if scan is None or scan.sparse():
                try:
                    return xlsx_stream.pour(self._archive(), self.parts, name, spool, progress)
                except (zipfile.BadZipFile, EOFError) as error:
                    raise Invalid(BAD_SHEET, sheet=name) from error
            errors = scan.errors
        elif self.kind != "xlsx":
            errors = self.errors.get(name, {})
        return self._pour_fast(name, errors, spool, progress)

    def pictures(self, name: str) -> Iterator[tuple[int, int, str]]:
        """Rows, columns (from 0) and parts of the pictures over a sheet's cells; only .xlsx is asked."""
        return placed(self._archive(), self.parts.sheets[name]) if name in self.parts.sheets else iter(())

    def picture(self, part: str) -> str:
        """A picture as records keep it; '' when it is none."""
        return as_kept(self._archive(), part)

    def _scanned(self, part: str) -> xlsx_scan.Scan | None:
        """A look through the sheet; None for one that is streamed in any case."""
        if self.streaming or self._archive().getinfo(part).file_size > STREAM_FROM:
            return None
        return xlsx_scan.scan(self._archive(), part)

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

    def _errors_of_all(self) -> dict[str, Errors]:
        try:
            if self.kind == "ods":
                errors, self.merged = ods_scan.scan(self._archive())
                return errors
            if self.kind == "xls":
                assert self.book is not None
                return dict(zip(self.book.sheet_names, binary_errors.xls_errors(self.path), strict=False))
            if self.kind == "xlsb":
                return binary_errors.xlsb_errors(self._archive())
        except Exception:  # noqa: BLE001 - error cells are an extra; the values themselves have been read
            return {}
        return {}

    def _archive(self) -> zipfile.ZipFile:
        assert self.archive is not None
        return self.archive
