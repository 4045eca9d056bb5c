"""Writes finished pages into a PDF with reportlab's document, page by page as cheaply as the format allows.

reportlab's canvas keeps a drawing state and an unembedded Helvetica for every page; pages that are already
lists of PDF operators need neither. A page here is its size and its compressed content streams, some of them
shared between pages.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crm_desktop.printing.embedding import EmbeddedFont

CREATOR = "CRM Desktop"


@dataclass(frozen=True)
class Content:
    """A compressed stream of PDF operators; the same object may stand on many pages."""

    data: bytes

    @classmethod
    def of(cls, operators: str) -> Content:
        return cls(zlib.compress(operators.encode("ascii")))


@dataclass(frozen=True)
class Page:
    """Width and height in points, and the contents drawn over each other."""

    width: float
    height: float
    contents: tuple[Content, ...]


def write(pages: list[Page], fonts: list[EmbeddedFont], title: str, subject: str = "") -> bytes:
    """The PDF, with every font embedded and the wish not to be scaled when printed."""
    from reportlab.pdfbase import pdfdoc

    document = pdfdoc.PDFDocument(compression=1, pdfVersion=(1, 4))
    document.info.title = title
    document.info.subject = subject
    document.info.author = document.info.creator = CREATOR
    preferences = pdfdoc.ViewerPreferencesPDFDictionary()
    preferences["PrintScaling"] = "None"
    document.Catalog.ViewerPreferences = preferences
    resources = pdfdoc.PDFResourceDictionary()
    resources.basicFonts()
    resources.basicProcs()
    shared = document.Reference(resources)
    stream_class, page_class = _object_classes()
    streams: dict[int, Any] = {}
    for page in pages:
        references = []
        for content in page.contents:
            reference = streams.get(id(content))
            if reference is None:
                reference = streams[id(content)] = document.Reference(stream_class(content.data))
            references.append(reference)
        document.addPage(page_class(page, shared, references))
    document.delayedFonts.extend(font for font in fonts if font.codes.characters)
    written: bytes = document.GetPDFData(None)
    return written


def _object_classes() -> tuple[type, type]:
    """PDF objects that write themselves in one line; made late because reportlab is imported late."""
    from reportlab.pdfbase.pdfdoc import PDFObject

    class StreamObject(PDFObject):  # type: ignore[misc]
        __RefOnly__ = 1

        def __init__(self, data: bytes):
            self.data = data

        def format(self, document: Any) -> bytes:
            head = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(self.data)
            return head + self.data + b"\nendstream\n"

    class PageObject(PDFObject):  # type: ignore[misc]
        __RefOnly__ = 1

        def __init__(self, page: Page, resources: Any, contents: list[Any]):
            self.page = page
            self.resources = resources
            self.contents = contents

        def format(self, document: Any) -> bytes:
            number = document.idToObjectNumberAndVersion
            parent = document.Reference(document.Pages)
            contents = b" ".join(b"%d 0 R" % number[one.name][0] for one in self.contents)
            return b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.3f %.3f] /Resources %d 0 R /Contents [%s] >>\n" % (
                number[parent.name][0],
                self.page.width,
                self.page.height,
                number[self.resources.name][0],
                contents,
            )

    return StreamObject, PageObject
