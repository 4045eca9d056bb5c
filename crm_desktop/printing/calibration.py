"""The test page: prints lines of exactly 100 mm both ways, so that a printer's shift and scale can be
measured and set right."""

from __future__ import annotations

from dataclasses import replace

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _, say
from crm_desktop.printing.document import AS_IT_IS, Calibration, Document
from crm_desktop.printing.fitting import Line, fit
from crm_desktop.printing.pen import BLACK, MUTED, RULE, Pen
from crm_desktop.printing.sheets import Sheet

LENGTH = 100.0  # mm
CORNER = 20.0  # mm from the left and the upper edge to the corner where the lines meet
MOST_SHIFT = 30.0
LEAST_SCALE, MOST_SCALE = 0.9, 1.1


def measured(current: Calibration, across: float, down: float) -> Calibration:
    """The calibration after the two lines printed with `current` were measured (mm). Raises Invalid for
    impossible lengths."""
    for length in (across, down):
        if not LENGTH * LEAST_SCALE <= length <= LENGTH * MOST_SCALE:
            raise Invalid(_("A line of 100 mm cannot have become {length} mm. Measure it again."), length=f"{length:g}")
    scale_x, scale_y = current.scale_x * LENGTH / across, current.scale_y * LENGTH / down
    return replace(current, scale_x=round(scale_x, 5), scale_y=round(scale_y, 5))


def shifted(current: Calibration, from_left: float, from_top: float) -> Calibration:
    """The calibration after the corner was found so far from the paper's edges (mm) instead of 20 mm."""
    x = current.x + CORNER - from_left
    y = current.y + CORNER - from_top
    if max(abs(x), abs(y)) > MOST_SHIFT:
        raise Invalid(_("The print would be moved by more than {most} mm. Measure again."), most=MOST_SHIFT)
    return replace(current, x=round(x, 1), y=round(y, 1))


def draw_test_page(
    page_width: float = 210.0,
    page_height: float = 297.0,
    calibration: Calibration = AS_IT_IS,
    sheet: Sheet | None = None,
    lang: str | None = None,
) -> Document:
    """A page with the two lines; with a sheet also the outlines of its labels, to be held against a real
    one."""
    pen = Pen(calibration)
    pen.start_page(page_width, page_height)
    if sheet is not None:
        for place in range(sheet.count):
            x, y = sheet.corner(place)
            pen.box(x, y, sheet.label_width, sheet.label_height, RULE, thickness=0.4)
    # Small envelopes have no room for 100 mm downwards: the line is then 50 mm, and says so.
    across = LENGTH if page_width >= CORNER + LENGTH + 10 else 50.0
    down = LENGTH if page_height >= CORNER + LENGTH + 10 else 50.0
    _ruler(pen, across, upright=False)
    _ruler(pen, down, upright=True)
    pen.text(CORNER + across / 2, CORNER - 4.5, f"{across:g} mm", 9, BLACK, align="centre")
    pen.text(CORNER - 4.0, CORNER + down / 2, f"{down:g} mm", 9, BLACK, align="right")
    sentences = (
        say(_("Calibration page"), lang),
        say(_("Print it at 100 % (“actual size”), then measure with a ruler."), lang),
        say(_("1. Both lines should be as long as written. Enter what you measured as their lengths."), lang),
        say(
            _("2. The corner where they meet should be 20 mm from the left and the upper edge of the paper."),
            lang,
        ),
    )
    lines = [Line(text, 9.0 if place else 12.0, bold=not place, gap=0.3) for place, text in enumerate(sentences)]
    left, top = CORNER + 10, CORNER + 14
    block = fit(lines, page_width - left - 8, page_height - top - 8)
    for row in block.rows:
        pen.text(left, top + row.baseline, row.text, row.size, MUTED, row.bold)
    return pen.finish(sentences[0])


def _ruler(pen: Pen, length: float, upright: bool) -> None:
    """A line from the corner with a tick each 5 mm and a longer one each 10 mm."""
    end = (CORNER, CORNER + length) if upright else (CORNER + length, CORNER)
    pen.line(CORNER, CORNER, *end, thickness=0.4, colour=BLACK)
    for step in range(0, int(length) + 1, 5):
        tick = 3.0 if step % 50 == 0 else 2.0 if step % 10 == 0 else 1.0
        if upright:
            pen.line(CORNER - tick, CORNER + step, CORNER, CORNER + step, 0.3, BLACK)
        else:
            pen.line(CORNER + step, CORNER - tick, CORNER + step, CORNER, 0.3, BLACK)
