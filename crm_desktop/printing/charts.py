"""Draws a simple chart on paper from a neutral description; the screen has its own painter for the same
description."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.printing.letters import width
from crm_desktop.printing.pen import INK, MM, MUTED, RULE, Pen
from crm_desktop.printing.wrapping import shorten

ACCENT = "#2A62E0"
TALLEST_ROW, LOWEST_ROW = 9.0, 4.0  # mm
GAP = 0.18  # of a row, between bars
TEXT_SIZE = 9.0
LABEL_SHARE = 0.3  # of the width at most
NARROWEST = 1.5  # mm; a stage with nothing in it still shows


@dataclass(frozen=True)
class Chart:
    """A funnel or bars: a label, a value and the value as text for each; colours as #RRGGBB, missing ones
    are the accent's shades."""

    kind: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    texts: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    title: str = ""

    def __post_init__(self) -> None:
        if self.kind not in ("funnel", "bar"):
            raise ValueError(f"unknown kind of chart: {self.kind}")
        if len(self.labels) != len(self.values):
            raise ValueError("a chart needs as many labels as values")


def draw_chart(pen: Pen, chart: Chart, left: float, top: float, room: float, height: float) -> float:
    """Draw the chart into a space of `room` × `height` mm; returns the height it took."""
    used = 0.0
    if chart.title:
        pen.text(left, top + 4.0, chart.title, 11, bold=True)
        used = 8.0
    count = len(chart.values)
    if not count:
        return used
    row = max(LOWEST_ROW, min(TALLEST_ROW, (height - used) / count))
    shown = min(count, max(1, int((height - used) / row)))
    size = min(TEXT_SIZE, row * 0.62 * MM)
    label_room = min(LABEL_SHARE * room, max(width(label) for label in chart.labels[:shown]) * size / MM)
    texts = [_text(chart, place) for place in range(count)]
    text_room = max(width(text) for text in texts[:shown]) * size / MM
    area_left = left + label_room + 4.0
    area_width = room - label_room - text_room - 8.0
    draw = _funnel if chart.kind == "funnel" else _bars
    draw(pen, chart, area_left, top + used, area_width, row, shown)
    for place in range(shown):
        middle = top + used + (place + 0.5) * row + size * 0.36 / MM
        label = shorten(chart.labels[place], label_room * MM / size + 0.01, width)
        pen.text(left, middle, label, size, MUTED)
        pen.text(left + room, middle, texts[place], size, INK, align="right")
    used += shown * row
    if shown < count:
        pen.text(left, top + used + 4.0, f"… +{count - shown}", size, MUTED)
        used += 5.0
    return used


def _text(chart: Chart, place: int) -> str:
    return chart.texts[place] if place < len(chart.texts) else f"{chart.values[place]:,g}"


def _funnel(pen: Pen, chart: Chart, left: float, top: float, room: float, row: float, shown: int) -> None:
    """Centred bars narrowing from each stage to the next."""
    largest = max((value for value in chart.values if value > 0), default=1.0)
    widths = [max(NARROWEST, room * max(0.0, value) / largest) for value in chart.values]
    middle = left + room / 2
    for place in range(shown):
        upper = widths[place]
        # The slope shows the way to the next stage; a stage larger than the one before keeps straight sides.
        lower = min(upper, widths[place + 1]) if place + 1 < len(widths) else upper
        lower = upper - (upper - lower) * (1 - GAP)
        y = top + place * row
        bottom = y + row * (1 - GAP)
        corners = [
            (middle - upper / 2, y),
            (middle + upper / 2, y),
            (middle + lower / 2, bottom),
            (middle - lower / 2, bottom),
        ]
        pen.shape(corners, _colour(chart, place))


def _bars(pen: Pen, chart: Chart, left: float, top: float, room: float, row: float, shown: int) -> None:
    """Bars from a common zero line; values below zero go to its left."""
    highest, lowest = max(0.0, *chart.values), min(0.0, *chart.values)
    span = (highest - lowest) or 1.0
    zero = left + room * -lowest / span
    for place in range(shown):
        length = room * abs(chart.values[place]) / span
        start = zero if chart.values[place] >= 0 else zero - length
        bar = row * (1 - 2 * GAP)
        if length:
            pen.box(
                start,
                top + place * row + GAP * row,
                length,
                bar,
                None,
                _colour(chart, place),
                radius=min(0.8, length / 2),
            )
    pen.line(zero, top, zero, top + shown * row, 0.5, RULE)


def _colour(chart: Chart, place: int) -> str:
    """The fill of one bar as PDF numbers; a funnel without colours of its own pales from stage to stage."""
    if place < len(chart.colours) and chart.colours[place]:
        return rgb(chart.colours[place])
    if chart.kind == "bar":
        return rgb(ACCENT)
    pale = 0.55 * place / max(1, len(chart.values) - 1)
    return rgb(ACCENT, pale)


def rgb(colour: str, pale: float = 0.0) -> str:
    """#RRGGBB as the three numbers of a PDF colour, mixed with white by `pale`."""
    digits = colour.lstrip("#")
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    return " ".join(f"{channel + (1 - channel) * pale:.3f}" for channel in channels)
