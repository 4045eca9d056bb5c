"""Draws pages in millimetres from the top left corner and makes a PDF of them.

Fast because a page is one list of PDF operators: a text costs one dictionary look-up and one formatted line.
reportlab writes the document; it is imported only when the first font is opened.
"""

from __future__ import annotations

from collections.abc import Callable

from crm_desktop.core.pictures import Jpeg
from crm_desktop.core.words import _
from crm_desktop.printing.document import AS_IT_IS, Calibration, Document, Remark
from crm_desktop.printing.letters import Letters, Run, exact_width
from crm_desktop.printing.writing import Content, Page, write

MM = 72 / 25.4
INK = "0.102 0.129 0.188"  # the style guide's text colour 1A2130
MUTED = "0.349 0.392 0.459"
RULE = "0.788 0.812 0.847"
FAINT = "0.933 0.941 0.953"
BLACK = "0 0 0"
BOLD_STROKE = 0.028  # of the size: the second weight is the first with a thin outline
CURVE = 0.5523  # of the radius: Bézier handles of a quarter circle

OnEveryPage = Callable[[int, int], None]


class Pen:
    """Draws on the current page; x and y in mm from its top left corner, text sizes and line widths in
    points."""

    def __init__(self, calibration: Calibration = AS_IT_IS, turn: int = 0):
        """`turn`: degrees clockwise (0, 90, 180, 270) by which every page is turned for the printer's
        feed."""
        self.letters = Letters()
        self.calibration = calibration
        self.turn = turn % 360
        self._pages: list[Page] = []
        self._pictures: dict[bytes, tuple[int, Jpeg]] = {}
        self._behind: tuple[Content, ...] = ()
        self._open = False

    @property
    def pages(self) -> int:
        """Pages begun so far."""
        return len(self._pages) + self._open

    def start_page(self, page_width: float, page_height: float, behind: Content | None = None) -> None:
        """Begin a page of this size in mm, ending the one before; `behind` is drawn under it."""
        self.end_page()
        self._behind = (behind,) if behind is not None else ()
        self._begin(page_width, page_height)
        self._open = True

    def backdrop(self, page_width: float, page_height: float, draw: Callable[[], None]) -> Content:
        """What `draw` draws, written once and shared by all pages that are started with it."""
        self.end_page()
        self._begin(page_width, page_height)
        draw()
        return self._content()

    def end_page(self) -> None:
        """Finish the page; nothing happens without one."""
        if not self._open:
            return
        page_width, page_height = self._size
        if self.turn in (90, 270):
            page_width, page_height = page_height, page_width
        self._pages.append(Page(page_width * MM, page_height * MM, (*self._behind, self._content())))
        self._open = False

    def _begin(self, page_width: float, page_height: float) -> None:
        self._size = (page_width, page_height)
        self._top = page_height * MM
        self._shapes: list[str] = []
        self._words: list[str] = []
        self._font = -1
        self._points = 0.0
        self._bold = False
        self._colour = ""

    def _content(self) -> Content:
        return Content.of("\n".join(["q", self._placing(), *self._shapes, "BT", *self._words, "ET", "Q"]))

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
        if fit != AS_IT_IS:
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
        codes = text.translate(self.letters.main)
        further: list[Run] = []
        number = 0
        if len(codes) != 4 * len(text):
            (number, codes), *further = self.letters.mixed_runs(text) or [(0, "")]
        if not codes:
            return
        left = x * MM
        if align != "left":
            left -= exact_width(text) * size * (0.5 if align == "centre" else 1.0)
        words = self._words
        if colour != self._colour:
            self._colour = colour
            words.append(f"{colour} rg {colour} RG")
        if bold != self._bold or (bold and size != self._points):
            words.append(f"2 Tr {size * BOLD_STROKE:.3f} w" if bold else "0 Tr")
            self._bold = bold
        if number != self._font or size != self._points:
            self._set_font(number, size)
        words.append(f"1 0 0 1 {left:.2f} {self._top - y * MM:.2f} Tm <{codes}> Tj")
        for number, codes in further:
            self._set_font(number, size)
            words.append(f"<{codes}> Tj")

    def _set_font(self, number: int, size: float) -> None:
        self._font = number
        self._points = size
        self._words.append(f"/P{number} {size:g} Tf")

    def width(self, text: str, size: float) -> float:
        """How many mm wide the text is at this size."""
        return exact_width(text) * size / MM

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        thickness: float = 0.5,
        colour: str = INK,
        dash: str = "",
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

    def picture(self, x: float, y: float, box_width: float, box_height: float, shown: Jpeg) -> None:
        """A picture in the middle of a box with its top left corner at (x, y), as large as fits; one that returns is written once."""
        number, _same = self._pictures.setdefault(shown.data, (len(self._pictures), shown))
        grow = min(box_width / shown.width, box_height / shown.height)
        wide, high = shown.width * grow, shown.height * grow
        left, bottom = x + (box_width - wide) / 2, y + (box_height + high) / 2
        placing = f"{wide * MM:.2f} 0 0 {high * MM:.2f} {left * MM:.2f} {self._top - bottom * MM:.2f} cm"
        self._shapes.append(f"q {placing} /I{number} Do Q")

    def finish(self, title: str, subject: str = "", on_every_page: OnEveryPage | None = None) -> Document:
        """Write the PDF with all fonts embedded; the pen is used up.

        `on_every_page(page, pages)` is called once for each page, from 1, to draw what needs the number of
        pages.
        """
        self.end_page()
        if on_every_page is not None:
            self._pages = [self._added(page, number, on_every_page) for number, page in enumerate(self._pages, 1)]
        written = write(self._pages, self.letters.fonts, [one for _number, one in self._pictures.values()], title, subject)
        sizes = [(page.width / MM, page.height / MM) for page in self._pages]
        return Document(written, sizes, title, self._missing_letters())

    def _added(self, page: Page, number: int, draw: OnEveryPage) -> Page:
        """The page with what `draw` adds to it; sizes are given as before the turn."""
        sides = (page.width / MM, page.height / MM)
        self._begin(*(reversed(sides) if self.turn in (90, 270) else sides))
        draw(number, len(self._pages))
        return Page(page.width, page.height, (*page.contents, self._content()))

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
