"""Writes finished pages into a PDF with reportlab's document, page by page as cheaply as the format allows.

reportlab's canvas keeps a drawing state and an unembedded Helvetica for every page; pages that are already
lists of PDF operators need neither. A page here is its size and its compressed content streams, some of them
shared between pages.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_desktop.core.pictures import Jpeg

if TYPE_CHECKING:
    from crm_desktop.printing.embedding import EmbeddedFont

CREATOR = "CRM Desktop"
_SPACES = {1: (b"/DeviceGray", b""), 3: (b"/DeviceRGB", b""), 4: (b"/DeviceCMYK", b"/Decode [1 0 1 0 1 0 1 0] ")}


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


def write(pages: list[Page], fonts: list[EmbeddedFont], pictures: Sequence[Jpeg], title: str, subject: str = "") -> bytes:
    """The PDF, with every font embedded and the wish not to be scaled when printed; the pages call the pictures I0, I1 and so on."""
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
    resources.allProcs()
    shared = document.Reference(resources)
    stream_class, page_class = _object_classes()
    for number, picture in enumerate(pictures):
        resources.XObject[f"I{number}"] = document.Reference(stream_class(picture.data, _said_of(picture)))
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


def _said_of(picture: Jpeg) -> bytes:
    """A JPEG stands in a PDF as it is. Those of four colours are written the other way round."""
    space, turned = _SPACES.get(picture.colours, _SPACES[3])
    size = b"/Width %d /Height %d" % (picture.width, picture.height)
    return b"/Type /XObject /Subtype /Image %s /ColorSpace %s %s/BitsPerComponent 8 /Filter /DCTDecode" % (size, space, turned)


def _object_classes() -> tuple[type, type]:
    """PDF objects that write themselves in one line; made late because reportlab is imported late."""
    from reportlab.pdfbase.pdfdoc import PDFObject

    class StreamObject(PDFObject):  # type: ignore[misc]
        __RefOnly__ = 1

        def __init__(self, data: bytes, said: bytes = b"/Filter /FlateDecode"):
            self.data, self.said = data, said

        def format(self, document: Any) -> bytes:
            head = b"<< %s /Length %d >>\nstream\n" % (self.said, len(self.data))
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
