"""One face inside one PDF: hands out glyph codes while pages are drawn, then writes the font objects.

Text is written as two-byte glyph codes of an embedded TrueType subset (a Type0 font with Identity-H, PDF
32000-1 section 9.7), with a ToUnicode table so that it can be searched and copied. Against reportlab's own
TTFont, which makes a separate font of every 256 characters, a line of Chinese is one string without font
changes and costs one `str.translate`.
"""

from __future__ import annotations

import struct
from typing import Any

from crm_desktop.printing.fonts import Face

CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
CMAP_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


class GlyphCodes(dict[int, str]):
    """Code point -> the four hex digits that stand for it on the page, handed out on first use (for
    `str.translate`).

    `withheld` code points are refused there, so that the caller decides which font they come from.
    """

    withheld: frozenset[int] = frozenset()

    def __init__(self, face: Face):
        super().__init__()
        self._glyphs = face.glyphs
        self._handed_out: dict[int, str] = {}
        self.characters: list[int] = []

    def __missing__(self, code: int) -> str:
        if code in self.withheld or not self._glyphs.get(code):
            # str.translate then leaves the character as it is, and the caller sees that the result is too
            # short.
            raise KeyError(code)
        digits = self[code] = self.of(code)
        return digits

    def of(self, code: int) -> str:
        """The digits of a character the face has, withheld or not."""
        digits = self._handed_out.get(code)
        if digits is None:
            self.characters.append(code)
            digits = self._handed_out[code] = f"{len(self.characters):04X}"
        return digits

    def glyph_map(self) -> bytes:
        """For each code the number of its glyph in the subset, where letters that look alike share one."""
        places = {0: 0}
        numbers = [0]
        for code in self.characters:
            # reportlab numbers the glyphs of a subset in the order they first occur.
            numbers.append(places.setdefault(self._glyphs[code], len(places)))
        return struct.pack(f">{len(numbers)}H", *numbers)


class EmbeddedFont:
    """A face of one document; reportlab calls `addObjects` when the document is saved."""

    def __init__(self, face: Face, number: int):
        self.face = face
        self.fontName = f"Paper{number}"
        self.resource = f"P{number}"
        self.codes = GlyphCodes(face)

    def addObjects(self, document: Any) -> None:
        """Write the Type0 font, its descendant, the subset and the ToUnicode table into the document."""
        from reportlab.pdfbase import pdfdoc

        characters = self.codes.characters
        truetype = self.face.truetype
        tag = "".join(chr(ord("A") + (len(characters) // 26**place) % 26) for place in range(6))
        name = f"{tag}+{truetype.name.decode('ascii', 'ignore')}"
        with self.face.cutting:
            descriptor = truetype.addSubsetObjects(document, name, characters)
        unicode_table = pdfdoc.PDFStream()
        unicode_table.content = to_unicode(characters)
        unicode_table.filters = [pdfdoc.PDFZCompress]
        glyph_map = pdfdoc.PDFStream()
        glyph_map.content = self.codes.glyph_map()
        glyph_map.filters = [pdfdoc.PDFZCompress]
        # Advances are written as whole thousandths, the unit the page layout measures with.
        widths = [truetype.defaultWidth] + [self.face.widths[code] for code in characters]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(name),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "CIDToGIDMap": document.Reference(glyph_map),
                "DW": 1000,
                "FontDescriptor": descriptor,
                "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
                "ToUnicode": document.Reference(unicode_table, f"toUnicode:{self.fontName}"),
            }
        )
        fonts = document.idToObject[pdfdoc.BasicFonts].dict
        fonts[self.resource] = document.Reference(font, self.resource)


def to_unicode(characters: list[int]) -> str:
    """The ToUnicode CMap of glyphs 1, 2, … standing for these characters; at most 100 entries a block (PDF
    rule)."""
    blocks = [CMAP_HEAD]
    for start in range(0, len(characters), 100):
        part = characters[start : start + 100]
        blocks.append(f"{len(part)} beginbfchar\n")
        for place, code in enumerate(part, start + 1):
            text = chr(code).encode("utf-16-be").hex().upper()
            blocks.append(f"<{place:04X}> <{text}>\n")
        blocks.append("endbfchar\n")
    blocks.append(CMAP_TAIL)
    return "".join(blocks)
