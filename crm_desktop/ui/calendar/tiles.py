"""The pieces an entry is drawn as, and their painting: bars in a row of days, blocks in a column of hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QStaticText, QTextLayout, QTextOption

from crm_desktop.ui.calendar.entries import Entry
from crm_desktop.ui.calendar.wording import clock_text, one_line, time_range
from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.tokens import MEDIUM, REGULAR

EDGE = 3
TIME_FROM = 110
"""Width of a bar from which the time stands before the title."""
TIME_ROOM = 34
"""What a time of day takes in a block."""
ELLIPSIS_FROM = 40
"""Width of a line from which an ellipsis is worth its place."""
FADED = 0.55

_ANYWHERE = QTextOption()
_ANYWHERE.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


@dataclass(slots=True)
class Line:
    """One line of text, shaped once: laying out Chinese text costs more than painting it."""

    text: QStaticText
    kind: str
    weight: int
    colour: str
    at: QPointF


@dataclass(slots=True)
class Tile:
    """One painted piece of an entry. `rect` is in the coordinates of the whole sheet, before scrolling."""

    row: int
    entry: Entry
    rect: QRect
    tone: str
    opens: bool = True
    closes: bool = True
    scrolls: bool = False
    faded: bool = False
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Look:
    """How a piece stands out: selected, under the mouse, with the keyboard on it, or being dragged away."""

    marked: bool = False
    hovered: bool = False
    ring: bool = False
    faded: bool = False


@dataclass(slots=True)
class More:
    """The line “n more” of a day with more entries than room."""

    rect: QRect
    day: date
    entries: list[Entry]
    scrolls: bool = False


@lru_cache(2048)
def static_text(text: str, kind: str, weight: int = REGULAR, room: int | None = None) -> QStaticText:
    """Text shaped for painting, cut to `room` pixels. Always plain: titles are what people typed."""
    if room is not None:
        text = _cut(text, theme.metrics(kind, weight, True), room)
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    made.prepare(font=theme.font(kind, weight, True))
    return made


theme.changed.connect(static_text.cache_clear)


def _cut(text: str, measure: QFontMetrics, room: int) -> str:
    """Text that fits, ended by an ellipsis; where that would leave nothing to read, just cut off."""
    if room >= theme.px(ELLIPSIS_FROM):
        return measure.elidedText(text, Qt.TextElideMode.ElideRight, room)
    text = text[:12]
    while text and measure.horizontalAdvance(text) > room:
        text = text[:-1]
    return text


def wrapped(text: str, kind: str, weight: int, room: int, lines: int) -> list[str]:
    """Text broken into at most `lines` lines of `room` pixels, between words if possible; the last is cut."""
    layout = QTextLayout(text, theme.font(kind, weight, True))
    layout.setTextOption(_ANYWHERE)
    layout.beginLayout()
    found: list[str] = []
    while len(found) < lines:
        broken = layout.createLine()
        if not broken.isValid():
            break
        broken.setLineWidth(room)
        end = broken.textStart() + broken.textLength()
        last = len(found) == lines - 1
        found.append(text[broken.textStart() : None if last else end].strip())
    layout.endLayout()
    return found


def line(
    text: str, kind: str, weight: int, colour: str, left: float, top: float, height: float, room: float
) -> Line:
    """A line of text in the middle of `height`, cut to `room`."""
    shaped = static_text(text, kind, weight, int(room))
    return Line(shaped, kind, weight, colour, QPointF(left, top + (height - shaped.size().height()) / 2))


def write_bar(tile: Tile) -> None:
    """Put the text of a bar together: 08:15  title, as far as it fits."""
    rect, entry = tile.rect, tile.entry
    left, room = theme.px(8), rect.width() - theme.px(11)
    if room < theme.px(12):
        return
    title = one_line(entry.title)
    if not entry.all_day and tile.opens and rect.width() > theme.px(TIME_FROM):
        title = f"{clock_text(entry.starts)}  {title}"
    tile.lines = [line(title, "small", REGULAR, "text", left, 0, rect.height(), room)]


def write_block(tile: Tile) -> None:
    """Put the text of a block together: title, time, and customer and owner when it is tall enough."""
    rect, entry = tile.rect, tile.entry
    left, room = theme.px(8), rect.width() - theme.px(11)
    if room < theme.px(12):
        return
    title = one_line(entry.title)
    high, low = theme.px(16), theme.px(14)
    if rect.height() <= theme.px(36):
        if rect.width() > theme.px(2 * TIME_FROM):
            title = f"{title}   {clock_text(entry.starts)}"
        top = max(0, min(theme.px(3), (rect.height() - high) // 2))
        height = min(rect.height(), theme.px(30)) - 2 * top
        tile.lines = [line(title, "small", MEDIUM, "text", left, top, height, room)]
        return
    time = time_range(entry.starts, entry.ends) if room > theme.px(84) else clock_text(entry.starts)
    people = [text for text in (entry.customer_name, entry.owner_name) if text]
    rest = [time, *people] if room < theme.px(2 * TIME_FROM) else [" · ".join([time, *people])]
    if room < theme.px(TIME_ROOM):
        rest = []
    top = theme.px(3)
    # The time keeps a line; a title that does not fit on one takes what is left over.
    spare = 1 + max(0, rect.height() - theme.px(40 if rest else 24)) // high
    for text in wrapped(title, "small", MEDIUM, int(room), min(spare, 4)):
        tile.lines.append(line(text, "small", MEDIUM, "text", left, top, high, room))
        top += high
    for text in rest:
        if top + low > rect.height() - 2:
            break
        tile.lines.append(line(one_line(text), "caption", REGULAR, "text2", left, top, low, room))
        top += theme.px(15)


def paint_tile(painter: QPainter, tile: Tile, rect: QRect, look: Look) -> None:
    """Paint a piece at `rect` (its place on the screen): tinted fill, coloured edge where it begins, text."""
    outlined = look.marked or look.ring
    painter.setOpacity(FADED if look.faded or (tile.faded and not outlined) else 1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush(f"{tile.tone}_bg"))
    radius = 4 if not tile.scrolls else 5
    painter.drawRoundedRect(rect, radius, radius)
    if look.hovered and not look.marked:
        painter.setBrush(theme.brush(tile.tone, 26))
        painter.drawRoundedRect(rect, radius, radius)
    painter.setBrush(theme.brush(tile.tone))
    if tile.opens:
        painter.drawRoundedRect(QRectF(rect.x(), rect.y(), EDGE, rect.height()), 1.5, 1.5)
    if outlined:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.pen("accent" if look.ring else tile.tone, 1.5))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.75, 0.75, -0.75, -0.75), radius, radius)
    for written in tile.lines:
        painter.setFont(theme.font(written.kind, written.weight, True))
        painter.setPen(theme.colour(written.colour))
        painter.drawStaticText(QPointF(rect.x() + written.at.x(), rect.y() + written.at.y()), written.text)
    painter.setOpacity(1)
