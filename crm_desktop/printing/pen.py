"""Draws pages in millimetres from the top left corner and makes a PDF of them.

Fast because a page is one list of PDF operators: a text costs one dictionary look-up and one formatted line. reportlab writes
the document; it is imported only when the first font is opened.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import _, say
from crm_desktop.printing.letters import Letters, width

MM = 72 / 25.4
INK = "0.102 0.129 0.188"  # the style guide's text colour 1A2130
MUTED = "0.349 0.392 0.459"
RULE = "0.788 0.812 0.847"
FAINT = "0.933 0.941 0.953"
BLACK = "0 0 0"
BOLD_STROKE = 0.028  # of the size: the second weight is the first with a thin outline
CREATOR = "CRM Desktop"
CURVE = 0.5523  # of the radius: Bézier handles of a quarter circle


@dataclass(frozen=True)
class Calibration:
    """What a printer needs to hit the paper: a shift right and down in mm, and scales that undo its own."""

    x: float = 0.0
    y: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0


@dataclass(frozen=True)
class Remark:
    """Something a person should know before printing; `position` is the recipient's or row's place, from 0."""

    text: str
    values: dict[str, object] = field(default_factory=dict)
    position: int | None = None

    def sentence(self, lang: str | None = None) -> str:
        return say(self.text, lang, **self.values)


@dataclass(frozen=True)
class Document:
    """A finished PDF: its bytes, the size of each page in mm, and what to look at before printing it."""

    pdf: bytes
    sizes: list[tuple[float, float]]
    title: str = ""
    remarks: list[Remark] = field(default_factory=list)

    @property
    def pages(self) -> int:
        return len(self.sizes)

    def save(self, path: str | Path) -> Path:
        """Write the PDF; a file of that name is replaced only once the new one is complete. Raises Trouble."""
        target = Path(path)
        waiting = target.with_name(f"{target.name}.part")
        try:
            waiting.write_bytes(self.pdf)
            waiting.replace(target)
        except OSError as reason:
            waiting.unlink(missing_ok=True)
            raise Trouble(
                _("“{path}” could not be written: {reason} Choose another folder or close the program that has it open."),
                path=target.name,
                reason=reason.strerror or type(reason).__name__,
            ) from reason
        return target


@dataclass(frozen=True)
class _Page:
    width: float
    height: float
    content: str


class Pen:
    """Draws on the current page; x and y in mm from its top left corner, text sizes and line widths in points."""

    def __init__(self, calibration: Calibration = Calibration(), turn: int = 0):
        """`turn`: degrees clockwise (0, 90, 180, 270) by which every page is turned for the printer's feed."""
        self.letters = Letters()
        self.calibration = calibration
        self.turn = turn % 360
        self._pages: list[_Page] = []
        self._open = False

    @property
    def pages(self) -> int:
        """Pages begun so far."""
        return len(self._pages) + self._open

    def start_page(self, page_width: float, page_height: float) -> None:
        """Begin a page of this size in mm, ending the one before."""
        self.end_page()
        self._size = (page_width, page_height)
        self._top = page_height * MM
        self._shapes: list[str] = []
        self._words: list[str] = []
        self._font = -1
        self._points = 0.0
        self._bold = False
        self._colour = ""
        self._open = True

    def end_page(self) -> None:
        """Finish the page; nothing happens without one."""
        if not self._open:
            return
        page_width, page_height = self._size
        content = "\n".join([self._placing(), *self._shapes, "BT", *self._words, "ET"])
        if self.turn in (90, 270):
            page_width, page_height = page_height, page_width
        self._pages.append(_Page(page_width * MM, page_height * MM, content))
        self._open = False

    def _placing(self) -> str:
        """The transformations for turn and calibration, in PDF's bottom-left points."""
        page_width, page_height = self._size[0] * MM, self._size[1] * MM
        moves = []
        if self.turn == 90:
            moves.append(f"0 -1 1 0 0 {page_width:.3f} cm")
        elif self.turn == 180:
            moves.append(f"-1 0 0 -1 {page_width:.3f} {page_height:.3f} cm")
        elif self.turn == 270:
            moves.append(f"0 1 -1 0 {page_height:.3f} 0 cm")
        fit = self.calibration
        if fit != Calibration():
            right = fit.x * MM
            up = page_height * (1 - fit.scale_y) - fit.y * MM
            moves.append(f"{fit.scale_x:.5f} 0 0 {fit.scale_y:.5f} {right:.3f} {up:.3f} cm")
        return "\n".join(moves)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str = INK,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """A line of text whose baseline is at y; x is its left end, middle or right end by `align`."""
        runs = self.letters.runs(text)
        if not runs:
            return
        left = x * MM
        if align != "left":
            left -= width(text) * size * (0.5 if align == "centre" else 1.0)
        words = self._words
        if colour != self._colour:
            self._colour = colour
            words.append(f"{colour} rg {colour} RG")
        if bold != self._bold or (bold and size != self._points):
            words.append(f"2 Tr {size * BOLD_STROKE:.3f} w" if bold else "0 Tr")
            self._bold = bold
        place = f"1 0 0 1 {left:.2f} {self._top - y * MM:.2f} Tm"
        for number, codes in runs:
            if number != self._font or size != self._points:
                self._font = number
                self._points = size
                words.append(f"/P{number} {size:g} Tf")
            words.append(f"{place} <{codes}> Tj" if place else f"<{codes}> Tj")
            place = ""

    def width(self, text: str, size: float) -> float:
        """How many mm wide the text is at this size."""
        return width(text) * size / MM

    def line(
        self, x1: float, y1: float, x2: float, y2: float, thickness: float = 0.5, colour: str = INK, dash: str = ""
    ) -> None:
        """A straight line; `dash` as in PDF, such as "[2 2]"."""
        self._shapes.append(
            f"{colour} RG {thickness:g} w {dash or '[]'} 0 d "
            f"{x1 * MM:.2f} {self._top - y1 * MM:.2f} m {x2 * MM:.2f} {self._top - y2 * MM:.2f} l S"
        )

    def box(
        self,
        x: float,
        y: float,
        box_width: float,
        box_height: float,
        colour: str | None = INK,
        fill: str | None = None,
        thickness: float = 0.5,
        radius: float = 0.0,
        dash: str = "",
    ) -> None:
        """A rectangle with its top left corner at (x, y); `colour` None draws no outline."""
        paint = "B" if colour and fill else "S" if colour else "f"
        style = (f"{colour} RG {thickness:g} w {dash or '[]'} 0 d " if colour else "") + (f"{fill} rg " if fill else "")
        if radius:
            path = self._rounded(x, y, box_width, box_height, radius)
        else:
            bottom = self._top - (y + box_height) * MM
            path = f"{x * MM:.2f} {bottom:.2f} {box_width * MM:.2f} {box_height * MM:.2f} re"
        self._shapes.append(f"{style}{path} {paint}")

    def _rounded(self, x: float, y: float, box_width: float, box_height: float, radius: float) -> str:
        left, right = x * MM, (x + box_width) * MM
        top, bottom = self._top - y * MM, self._top - (y + box_height) * MM
        r = min(radius, box_width / 2, box_height / 2) * MM
        k = r * (1 - CURVE)
        return (
            f"{left + r:.2f} {bottom:.2f} m {right - r:.2f} {bottom:.2f} l "
            f"{right - k:.2f} {bottom:.2f} {right:.2f} {bottom + k:.2f} {right:.2f} {bottom + r:.2f} c "
            f"{right:.2f} {top - r:.2f} l "
            f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c "
            f"{left + r:.2f} {top:.2f} l "
            f"{left + k:.2f} {top:.2f} {left:.2f} {top - k:.2f} {left:.2f} {top - r:.2f} c "
            f"{left:.2f} {bottom + r:.2f} l "
            f"{left:.2f} {bottom + k:.2f} {left + k:.2f} {bottom:.2f} {left + r:.2f} {bottom:.2f} c h"
        )

    def shape(self, points: list[tuple[float, float]], fill: str) -> None:
        """A filled polygon."""
        corners = [f"{x * MM:.2f} {self._top - y * MM:.2f}" for x, y in points]
        self._shapes.append(f"{fill} rg {corners[0]} m {' l '.join(corners[1:])} l f")

    def finish(self, title: str, subject: str = "") -> Document:
        """Write the PDF with all fonts embedded; the pen is used up."""
        from reportlab import rl_config
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfgen.canvas import Canvas

        self.end_page()
        rl_config.useA85 = 0  # binary streams: smaller, and three times as fast to write
        # The canvas names its first font on every page: naming ours keeps the unembedded Helvetica out of the file.
        pdfmetrics.registerFont(_OwnFonts)
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pageCompression=1, initialFontName=_OwnFonts.fontName, lang="")
        canvas.setTitle(title)
        canvas.setAuthor(CREATOR)
        canvas.setCreator(CREATOR)
        canvas.setSubject(subject)
        canvas.setViewerPreference("PrintScaling", "None")
        for page in self._pages:
            canvas.setPageSize((page.width, page.height))
            canvas.addLiteral(page.content)
            canvas.showPage()
        canvas._doc.delayedFonts.extend(font for font in self.letters.fonts if font.codes.characters)
        canvas.save()
        sizes = [(page.width / MM, page.height / MM) for page in self._pages]
        return Document(buffer.getvalue(), sizes, title, self._missing_letters())

    def _missing_letters(self) -> list[Remark]:
        remarks = []
        for character, positions in self.letters.missing.items():
            remarks.append(
                Remark(
                    _("No font on this PC has the character “{character}” (U+{code}): %n place(s) show 〓 or nothing instead."),
                    {"character": character, "code": f"{ord(character):04X}", "n": len(positions)},
                    positions[0],
                )
            )
        return remarks


class _OwnFonts:
    """What the canvas believes to be its first font; the pages name their fonts themselves."""

    fontName = "Paper"
    _dynamicFont = 1
    _multiByte = 0

    class face:  # noqa: N801 (reportlab asks for font.face.name)
        name = "Paper"
        builtIn = 0
