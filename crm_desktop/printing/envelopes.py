"""Envelopes: the Chinese front with six postcode boxes, the western front for other addresses, one page each.

Zones after GB/T 1416 and GB/T 22657.1 (recipient postcode top left, stamp top right, recipient in the
middle, sender below right, sender postcode bottom right, the machine's bar code zone blank) and USPS DMM 202
2.1; figures in resources/labels/envelopes.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _, say
from crm_desktop.printing.document import AS_IT_IS, Calibration, Document, Remark
from crm_desktop.printing.envelope_sizes import USUAL_BOXES, Envelope, PostcodeBoxes, zones
from crm_desktop.printing.fitting import Block, Line, fit
from crm_desktop.printing.jobs import Progress, Stop, Watch
from crm_desktop.printing.pen import MM, MUTED, RULE, Pen
from crm_desktop.printing.recipients import (
    PLAIN,
    Part,
    Recipient,
    Wording,
    clean,
    is_chinese,
    is_chinese_postcode,
    parts,
    postcode_digits,
)
from crm_desktop.printing.writing import Content

GOLD_RED = "0.824 0.149 0.188"  # near PANTONE 1795 C, the colour of the boxes
DIGIT_HEIGHT = 0.733  # of the size: height of a figure in the bundled font
EDGE = 12.0  # mm kept free at the sides
STAMP = (20.0, 24.0)
FRONTS = ("auto", "chinese", "western")


@dataclass(frozen=True)
class EnvelopeJob:
    """Envelopes to be printed. `boxes` False: digits only, for envelopes with boxes already on them; `turn`
    as in Pen."""

    recipients: Sequence[Recipient]
    envelope: Envelope
    sender: Recipient | None = None
    front: str = "auto"
    boxes: bool = True
    stamp: bool = True
    places: PostcodeBoxes = USUAL_BOXES
    turn: int = 0
    wording: Wording = PLAIN
    calibration: Calibration = AS_IT_IS

    def check(self) -> None:
        """Raises Invalid when the job cannot be printed."""
        self.places.check()
        if self.front not in FRONTS or self.turn % 90:
            raise Invalid(_("Choose one of the offered fronts and feed directions."))
        if not self.recipients:
            raise Invalid(_("There is nobody to print an envelope for. Select customers or contacts first."))

    @property
    def pages(self) -> int:
        return len(self.recipients)


@dataclass(frozen=True)
class _Zone:
    """A part of the front in mm."""

    left: float
    top: float
    width: float
    height: float


@dataclass
class _Found:
    """What to tell about the recipients, by their positions."""

    empty: list[int] = field(default_factory=list)
    no_postcode: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    sender_cut: bool = False


def draw_envelopes(
    job: EnvelopeJob,
    progress: Progress | None = None,
    stop: Stop | None = None,
    lang: str | None = None,
    first_pages: int = 0,
) -> Document:
    """One page per recipient as a PDF; `first_pages` above 0 draws only so many, for a quick preview.

    Raises Invalid when the job is impossible, Cancelled when `stop` said so.
    """
    job.check()
    watch = Watch(progress, stop)
    pen = Pen(job.calibration, job.turn)
    found = _Found()
    size = job.envelope
    fronts = _Fronts(pen, job, found)
    total = min(job.pages, first_pages) if first_pages else job.pages
    for position, recipient in enumerate(job.recipients[:total]):
        watch.tell(position, total)
        pen.letters.position = position
        chinese = is_chinese(recipient) if job.front == "auto" else job.front == "chinese"
        pen.start_page(size.width, size.height, fronts.behind(chinese))
        lines = parts(recipient, job.wording)
        if not lines:
            found.empty.append(position)
        if chinese:
            cut = _chinese_front(pen, job, recipient, lines, found, position)
        else:
            cut = _western_front(pen, job, lines)
        if cut:
            found.cut.append(position)
    watch.tell(total, total)
    return _with_remarks(pen.finish(say("Envelopes", lang)), found, job)


class _Fronts:
    """What all envelopes of a front share, drawn once: boxes, stamp frame and sender."""

    def __init__(self, pen: Pen, job: EnvelopeJob, found: _Found):
        self._pen = pen
        self._job = job
        self._found = found
        self._drawn: dict[bool, Content] = {}

    def behind(self, chinese: bool) -> Content:
        """The shared part of the Chinese or the western front."""
        drawn = self._drawn.get(chinese)
        if drawn is None:
            size = self._job.envelope
            draw = self._chinese if chinese else self._western
            drawn = self._drawn[chinese] = self._pen.backdrop(size.width, size.height, draw)
        return drawn

    def _chinese(self) -> None:
        pen, job, boxes = self._pen, self._job, self._job.places
        if job.boxes:
            for place in range(6):
                pen.box(
                    boxes.left + place * boxes.pitch,
                    boxes.top,
                    boxes.width,
                    boxes.height,
                    GOLD_RED,
                    thickness=0.8,
                )
        if job.stamp:
            _stamp(pen, job.envelope, "贴邮票处")
        self._found.sender_cut |= _chinese_sender(pen, job)

    def _western(self) -> None:
        if self._job.stamp:
            _stamp(self._pen, self._job.envelope, "")
        self._found.sender_cut |= _western_sender(self._pen, self._job)


def _chinese_front(pen: Pen, job: EnvelopeJob, recipient: Recipient, lines: list[Part], found: _Found, position: int) -> bool:
    """Draw the front of GB/T 22657.1; says whether an address had to be cut."""
    digits = postcode_digits(recipient.postcode)
    if job.wording.postcode and is_chinese_postcode(digits):
        _postcode(pen, job.places, digits)
    elif job.wording.postcode:
        found.no_postcode.append(position)
    size = job.envelope
    factor = _factor(size)
    area = _Zone(0.22 * size.width, max(31.0, 0.31 * size.height), 0.64 * size.width, 0.36 * size.height)
    place_lines = [
        Line(part.text, (14 if part.kind == "place" else 13.5) * factor)
        for part in lines
        if part.kind in ("country", "place", "company")
    ]
    name_lines = [
        Line(part.text, (18 if part.kind == "name" else 11) * factor, part.kind == "name")
        for part in lines
        if part.kind in ("name", "phone")
    ]
    name = fit(name_lines, area.width, 0.42 * area.height)
    gap = 3.0 * factor if name_lines else 0.0
    address = fit(place_lines, area.width, area.height - name.height - gap)
    top = area.top + max(0.0, (area.height - address.height - gap - name.height) / 2)
    _set(pen, address, area.left, top)
    _set(pen, name, area.left + area.width / 2, top + address.height + gap, "centre")
    return address.cut or name.cut


def _postcode(pen: Pen, boxes: PostcodeBoxes, digits: str) -> None:
    points = min(boxes.height * 0.62, boxes.width) * MM / DIGIT_HEIGHT
    baseline = boxes.top + (boxes.height + points * DIGIT_HEIGHT / MM) / 2
    for place, digit in enumerate(digits):
        pen.text(boxes.left + place * boxes.pitch + boxes.width / 2, baseline, digit, points, align="centre")


def _chinese_sender(pen: Pen, job: EnvelopeJob) -> bool:
    """The sender below right, above the zone that stays blank; his postcode in the corner beside that
    zone."""
    if job.sender is None:
        return False
    size, clear = job.envelope, zones()["clear_zone"]
    factor = _factor(size)
    wording = replace(job.wording, closing="", postcode=True, company=True, honorific=False, job=False)
    lines = parts(job.sender, wording)
    bottom = size.height - clear["height"] - 0.5
    top = max(0.69 * size.height, bottom - 22 * factor)
    room = 0.5 * size.width
    text_lines = [Line(part.text, 9.5 * min(factor, 1.2)) for part in lines if part.kind not in ("postcode", "phone")]
    block = fit(text_lines, room, bottom - top)
    right = size.width - EDGE
    _set(pen, block, right, bottom - block.height, "right")
    postcode = postcode_digits(job.sender.postcode)
    if postcode:
        text = f"邮政编码  {postcode}" if job.boxes else postcode
        pen.text(right, size.height - 9.0, text, 10.5, align="right")
    return block.cut


def _western_front(pen: Pen, job: EnvelopeJob, lines: list[Part]) -> bool:
    """Recipient right of the middle, the bar code strip at the bottom left blank."""
    size = job.envelope
    factor = _factor(size)
    bottom = size.height - zones()["western_clear_height"] - 2.0
    area = _Zone(0.42 * size.width, 0.4 * size.height, 0.58 * size.width - EDGE - 1, bottom - 0.4 * size.height)
    block = fit([_western_line(part, 12.5 * factor) for part in lines], area.width, area.height)
    _set(pen, block, area.left, area.top + (area.height - block.height) / 3)
    return block.cut


def _western_sender(pen: Pen, job: EnvelopeJob) -> bool:
    """The sender top left."""
    if job.sender is None:
        return False
    size = job.envelope
    factor = _factor(size)
    wording = replace(job.wording, closing="", honorific=False, job=False, company=True, home="")
    sender_parts = [part for part in parts(job.sender, wording) if part.kind != "phone"]
    if is_chinese(job.sender):
        # Abroad nobody reads the country out of a Chinese address: it is written in Latin letters below.
        sender_parts.append(
            Part(
                "country",
                "P.R. CHINA" if not clean(job.sender.country) else clean(job.sender.country).upper(),
            )
        )
    sender_lines = [Line(part.text, 9.0 * factor) for part in sender_parts]
    sender = fit(sender_lines, 0.42 * size.width, 0.28 * size.height)
    _set(pen, sender, EDGE, 9.0)
    return sender.cut


def _western_line(part: Part, points: float) -> Line:
    smaller = 0.9 if part.kind in ("job", "phone") else 1.0
    return Line(part.text, points * smaller, bold=part.kind in ("name", "country"))


def _set(pen: Pen, block: Block, x: float, top: float, align: str = "left") -> None:
    for row in block.rows:
        pen.text(x, top + row.baseline, row.text, row.size, bold=row.bold, align=align)


def _stamp(pen: Pen, size: Envelope, text: str) -> None:
    width, height = STAMP
    left, top = size.width - width - 8.0, 8.0
    pen.box(left, top, width, height, RULE, thickness=0.6, dash="[2 2]")
    if text:
        for number in range(0, len(text), 2):
            pen.text(
                left + width / 2,
                top + height / 2 - 0.6 + number * 2.2,
                text[number : number + 2],
                8,
                MUTED,
                align="centre",
            )


def _factor(size: Envelope) -> float:
    """How much larger than on a DL envelope the writing may be."""
    return max(0.85, min(1.4, size.height / 110, size.width / 200))


def _with_remarks(document: Document, found: _Found, job: EnvelopeJob) -> Document:
    def tell(text: str, positions: list[int]) -> None:
        if positions:
            document.remarks.append(Remark(text, {"n": len(positions)}, positions[0]))

    tell(_("%n address(es) are empty; their envelopes stay blank."), found.empty)
    tell(_("%n address(es) have no postcode of six digits; their boxes stay empty."), found.no_postcode)
    if found.sender_cut:
        document.remarks.append(Remark(_("The sender's address is too long for this envelope; its end was cut off.")))
    for position in found.cut:
        who = job.recipients[position].name or job.recipients[position].company
        text = _("The address of “{who}” is too long for this envelope; its end was cut off. Choose a larger envelope.")
        document.remarks.append(Remark(text, {"who": who}, position))
    return document
