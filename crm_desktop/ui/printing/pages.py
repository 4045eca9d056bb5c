"""The pages of a PDF as pictures for preview and printer, drawn by PDFium beside the UI thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from crm_desktop.printing.document import Document

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

POINTS_PER_MM = 72 / 25.4
FINE = 8.0  # pixels per mm from which thin lines come out as thin as they are
MOST_FINER = 4
_pdfium = threading.Lock()  # PDFium serves one thread at a time, whatever the document


class Pages:
    """The pictures of one document; opened with the first picture, to be closed when another one is shown."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._pdf: PdfDocument | None = None
        self._closed = False

    def picture(self, page: int, pixels_per_mm: float) -> QImage:
        """One page on white paper; a null picture once the document is closed."""
        return self._rendered(page, pixels_per_mm)

    def small_picture(self, page: int, pixels_per_mm: float) -> QImage:
        """As `picture`, drawn finer and scaled down: PDFium makes no line thinner than a pixel, which blots small text."""
        finer = max(1, min(MOST_FINER, round(FINE / pixels_per_mm)))
        drawn = self._rendered(page, pixels_per_mm * finer)
        if finer == 1 or drawn.isNull():
            return drawn
        smooth = Qt.TransformationMode.SmoothTransformation
        size = drawn.size() / finer
        return drawn.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)

    def _rendered(self, page: int, pixels_per_mm: float) -> QImage:
        from pypdfium2 import PdfDocument

        with _pdfium:
            if self._closed:
                return QImage()
            if self._pdf is None:
                self._pdf = PdfDocument(self.document.pdf)
            sheet = self._pdf[page]
            bitmap = sheet.render(scale=pixels_per_mm / POINTS_PER_MM, prefer_bgrx=True)
            # The copy owns its pixels; PDFium's are freed with the bitmap.
            drawn = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
            bitmap.close()
            sheet.close()
            return drawn

    def close(self) -> None:
        """Let go of the document."""
        with _pdfium:
            self._closed = True
            if self._pdf is not None:
                self._pdf.close()
                self._pdf = None
