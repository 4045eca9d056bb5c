"""Address labels on any sheet: from a chosen start label, in copies, each address fitted into its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _, say
from crm_desktop.printing.document import AS_IT_IS, Calibration, Document, Remark
from crm_desktop.printing.fitting import Line, fit
from crm_desktop.printing.jobs import Progress, Stop, Watch
from crm_desktop.printing.pen import RULE, Pen
from crm_desktop.printing.recipients import PLAIN, Recipient, Wording, parts
from crm_desktop.printing.sheets import Sheet

UNPRINTABLE = 4.5  # mm at the edge of the page that office printers leave blank
DESIGN_HEIGHT = 38.1  # mm; the label the sizes below are made for
SMALLER, LARGER = 0.62, 1.5
MOST_COPIES = 500
# Sizes in points on a label of the design height, weight, and extra space above in sizes.
LOOKS = {
    "postcode": (10.0, False, 0.0),
    "place": (10.0, False, 0.0),
    "company": (10.5, False, 0.05),
    "name": (12.0, True, 0.1),
    "job": (9.5, False, 0.0),
    "country": (10.0, True, 0.0),
    "phone": (9.0, False, 0.0),
}


@dataclass(frozen=True)
class LabelJob:
    """Labels to be printed. `start` is the first free label of the first sheet, from 1."""

    recipients: Sequence[Recipient]
    sheet: Sheet
    start: int = 1
    copies: int = 1
    down: bool = False
    centred: bool = False
    outlines: bool = False
    wording: Wording = PLAIN
    calibration: Calibration = AS_IT_IS

    def check(self) -> None:
        """Raises Invalid when the job cannot be printed."""
        self.sheet.check()
        if not 1 <= self.start <= self.sheet.count:
            raise Invalid(_("The sheet has {count} labels; start at one of them."), "start", count=self.sheet.count)
        if not 1 <= self.copies <= MOST_COPIES:
            raise Invalid(_("Between 1 and {most} copies of a label can be printed."), "copies", most=MOST_COPIES)
        if not self.recipients:
            raise Invalid(_("There is nobody to print a label for. Select customers or contacts first."))

    @property
    def labels(self) -> int:
        return len(self.recipients) * self.copies

    @property
    def pages(self) -> int:
        """Sheets of paper the job takes."""
        return -(-(self.start - 1 + self.labels) // self.sheet.count)


@dataclass
class _Found:
    """What to tell about the recipients, by their positions."""

    empty: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)


def draw_labels(
    job: LabelJob,
    progress: Progress | None = None,
    stop: Stop | None = None,
    lang: str | None = None,
    first_pages: int = 0,
) -> Document:
    """The sheets as a PDF; `first_pages` above 0 draws only so many, for a quick preview.

    Raises Invalid when the job is impossible, Cancelled when `stop` said so.
    """
    job.check()
    watch = Watch(progress, stop)
    sheet = job.sheet
    pen = Pen(job.calibration)
    boxes = [_inner(sheet, place) for place in sheet.places(job.down)]
    pages = min(job.pages, first_pages) if first_pages else job.pages
    found = _Found()
    place = job.start - 1
    page_size = (sheet.page_width, sheet.page_height)
    behind = pen.backdrop(*page_size, lambda: _outlines(pen, sheet)) if job.outlines else None
    pen.start_page(*page_size, behind)
    for position, recipient in enumerate(job.recipients):
        pen.letters.position = position
        lines = label_lines(recipient, job.wording, sheet.label_height)
        if not lines:
            found.empty.append(position)
        for _copy in range(job.copies):
            if place == sheet.count:
                watch.tell(pen.pages, pages)
                if pen.pages == pages:
                    break
                pen.start_page(*page_size, behind)
                place = 0
            if _draw(pen, lines, boxes[place], job.centred) and position not in found.cut[-1:]:
                found.cut.append(position)
            place += 1
        else:
            continue
        break
    watch.tell(pen.pages, pages)
    return _with_remarks(pen.finish(say("Address labels", lang)), found, job)


def label_lines(recipient: Recipient, wording: Wording, label_height: float) -> list[Line]:
    """The lines of one label, their sizes chosen for its height."""
    factor = max(SMALLER, min(LARGER, label_height / DESIGN_HEIGHT))
    lines = []
    for part in parts(recipient, wording):
        size, bold, gap = LOOKS[part.kind]
        lines.append(Line(part.text, size * factor, bold, gap))
    return lines


def _inner(sheet: Sheet, place: int) -> tuple[float, float, float, float]:
    """Left, top, width and height of the part of a label that is printed on."""
    padding = max(1.0, min(3.5, 0.07 * min(sheet.label_width, sheet.label_height)))
    x, y = sheet.corner(place)
    left, top = max(x + padding, UNPRINTABLE), max(y + padding, UNPRINTABLE)
    right = min(x + sheet.label_width - padding, sheet.page_width - UNPRINTABLE)
    bottom = min(y + sheet.label_height - padding, sheet.page_height - UNPRINTABLE)
    if right - left < sheet.label_width / 3 or bottom - top < sheet.label_height / 3:
        # A roll of labels is a page of its own: there the printer reaches the edges.
        return x + padding, y + padding, sheet.label_width - 2 * padding, sheet.label_height - 2 * padding
    return left, top, right - left, bottom - top


def _draw(pen: Pen, lines: list[Line], box: tuple[float, float, float, float], centred: bool) -> bool:
    """Set the lines in the middle of the label's height; says whether something had to be cut."""
    left, top, room, height = box
    block = fit(lines, room, height)
    top += (height - block.height) / 2
    if centred:
        left += room / 2
    align = "centre" if centred else "left"
    for row in block.rows:
        pen.text(left, top + row.baseline, row.text, row.size, bold=row.bold, align=align)
    return block.cut


def _outlines(pen: Pen, sheet: Sheet) -> None:
    for place in range(sheet.count):
        x, y = sheet.corner(place)
        pen.box(x, y, sheet.label_width, sheet.label_height, RULE, thickness=0.4, radius=1.5)


def _with_remarks(document: Document, found: _Found, job: LabelJob) -> Document:
    if found.empty:
        values = {"n": len(found.empty)}
        document.remarks.append(Remark(_("%n address(es) are empty; their labels stay blank."), values, found.empty[0]))
    for position in found.cut:
        who = job.recipients[position].name or job.recipients[position].company
        text = _("The address of “{who}” is too long for this label; its end was cut off. Choose a larger label.")
        document.remarks.append(Remark(text, {"who": who}, position))
    return document
