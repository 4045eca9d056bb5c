"""The way to the printer, at exactly the size of the paper.

On Linux with CUPS the PDF itself goes to `lp`; elsewhere each page is drawn at 300 dpi on a QPrinter whose
page is as large as the PDF's, without margins and without scaling (measured: 100 mm become 99.97).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import _
from crm_desktop.printing.document import Document
from crm_desktop.ui.printing.pages import POINTS_PER_MM, Pages

DPI = 300
LP_SECONDS = 60
MEDIA = {(210.0, 297.0): "A4", (215.9, 279.4): "Letter"}

Step = Callable[[int, int], object]  # (pages done, pages); raises Cancelled when the person stopped the job


def printer_names() -> list[str]:
    """The printers of this PC, the default one first."""
    names = list(QPrinterInfo.availablePrinterNames())
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: (name != usual, name.casefold()))


def print_document(document: Document, printer: str, step: Step = lambda done, total: None) -> None:
    """Send the whole document to a printer. Runs beside the UI thread; raises Trouble when the printer
    refuses."""
    program = shutil.which("lp") if sys.platform.startswith("linux") else None
    if program:
        _send_pdf(document, printer, program)
        step(document.pages, document.pages)
    else:
        paint_pages(document, _printer(printer), step)


def _send_pdf(document: Document, printer: str, program: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = document.save(Path(folder) / "print.pdf")
        command = [program, "-d", printer, "-t", document.title or path.stem, "-o", "print-scaling=none"]
        if len(set(document.sizes)) == 1:
            command += ["-o", f"media={media_name(*document.sizes[0])}"]
        try:
            done = subprocess.run([*command, "--", str(path)], capture_output=True, text=True, timeout=LP_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as reason:
            raise Trouble(
                _("The printer “{printer}” does not answer. Check that it is on, or save a PDF instead."),
                printer=printer,
            ) from reason
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or [str(done.returncode)]
        raise Trouble(
            _("The printer “{printer}” did not take the pages: {reason} Save a PDF instead."),
            printer=printer,
            reason=said[-1],
        )


def media_name(width: float, height: float) -> str:
    """The name CUPS gives to a size of paper in mm."""
    sides = sorted((width, height))
    for usual, name in MEDIA.items():
        if all(abs(side - known) < 0.1 for side, known in zip(sides, usual, strict=True)):
            return name
    return f"Custom.{width:g}x{height:g}mm"


def _printer(name: str) -> QPrinter:
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    if not printer.isValid():
        raise Trouble(_("The printer “{printer}” is not there any more. Choose another one."), printer=name)
    return printer


def paint_pages(document: Document, printer: QPrinter, step: Step = lambda done, total: None) -> None:
    """Draw every page on a QPrinter, 1:1. Raises Trouble when the printer cannot be started."""
    printer.setResolution(DPI)  # only possible before painting begins
    printer.setDocName(document.title)
    printer.setFullPage(True)
    _set_page(printer, document.sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise Trouble(
            _("The printer “{printer}” does not answer. Check that it is on, or save a PDF instead."),
            printer=printer.printerName(),
        )
    pages = Pages(document)
    try:
        for page, size in enumerate(document.sizes):
            step(page, document.pages)
            if page:
                _set_page(printer, size)
                printer.newPage()
            dots = DPI / 25.4
            picture = pages.picture(page, dots)
            painter.drawImage(QRectF(0, 0, size[0] * dots, size[1] * dots), picture)
        step(document.pages, document.pages)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
        pages.close()


def _set_page(printer: QPrinter, size: tuple[float, float]) -> None:
    points = QSizeF(size[0] * POINTS_PER_MM, size[1] * POINTS_PER_MM)
    paper = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    layout = QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
