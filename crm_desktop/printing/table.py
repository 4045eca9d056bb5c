"""A report or a list as PDF: title, chart, a table with repeated headings, totals, page x of y."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from crm_desktop.core.pictures import Jpeg, kept
from crm_desktop.core.words import _, say
from crm_desktop.printing.charts import Chart, draw_chart
from crm_desktop.printing.columns import (
    PICTURE,
    PICTURE_SIDE,
    SIDE,
    Cell,
    Column,
    Setting,
    least_widths,
    natural_widths,
    share_out,
)
from crm_desktop.printing.document import Document, Remark
from crm_desktop.printing.jobs import Progress, Stop, Watch
from crm_desktop.printing.letters import width
from crm_desktop.printing.pen import FAINT, INK, MM, MUTED, RULE, Pen
from crm_desktop.printing.wrapping import wrap

A4 = (210.0, 297.0)
LETTER = (215.9, 279.4)
MARGIN = 14.0
FOOT = 12.0  # mm below the table for the page number
SAMPLE = 300  # rows measured for the column widths
SIZES = (9.0, 8.0, 7.0, 6.0)  # points, tried until the columns fit
LEADING = 1.36
PADDING = 1.35  # mm above and below the text of a row
SIGNING = 42.0  # mm for signatures
CHART_SHARE = 0.45  # of the page height at most


@dataclass(frozen=True)
class Paper:
    """What is to be printed; all texts are ready for reading. `landscape` None lets the columns decide."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    subtitle: str = ""
    filters: str = ""
    totals: Sequence[str] | None = None
    chart: Chart | None = None
    landscape: bool | None = None
    page: tuple[float, float] = A4
    footnote: str = ""
    signatures: Sequence[str] = ()
    """Who signs below the table; each gets a line for the name and one for the day."""


def draw_table(paper: Paper, progress: Progress | None = None, stop: Stop | None = None, lang: str | None = None) -> Document:
    """The report as a PDF. `progress` is told (rows done, 0); raises Cancelled when `stop` said so."""
    rows = iter(paper.rows)
    sample = [tuple(row) for row in islice(rows, SAMPLE)]
    setting, page = _setting(paper, sample)
    drawing = _Table(paper, setting, page, Watch(progress, stop), lang)
    drawing.draw(chain(sample, rows))
    return drawing.finish()


def _setting(paper: Paper, sample: list[tuple[str, ...]]) -> tuple[Setting, tuple[float, float]]:
    """Choose direction, text size and column widths so that every column keeps a readable width."""
    columns = paper.columns
    measured = [*sample, tuple(paper.totals)] if paper.totals else sample
    upright, sideways = (min(paper.page), max(paper.page)), (max(paper.page), min(paper.page))
    if paper.landscape is None:
        wide = sum(natural_widths(columns, measured, SIZES[0])) > upright[0] - 2 * MARGIN
    else:
        wide = paper.landscape
    page = sideways if wide else upright
    room = page[0] - 2 * MARGIN
    for size in SIZES:
        natural = natural_widths(columns, measured, size)
        least = least_widths(columns, measured, natural, size)
        if sum(least) <= room:
            break
    widths = share_out(natural, least, room, {number for number, one in enumerate(columns) if one.width_hint or one.align == PICTURE})
    lefts = [MARGIN + sum(widths[:number]) for number in range(len(widths))]
    return Setting(columns, lefts, widths, size), page


class _Table:
    """The table being drawn: where on the page the next row goes."""

    def __init__(self, paper: Paper, setting: Setting, page: tuple[float, float], watch: Watch, lang: str | None):
        self.paper = paper
        self.setting = setting
        self.page = page
        self.watch = watch
        self.lang = lang
        self.pen = Pen()
        self.bottom = page[1] - MARGIN - FOOT + 4
        self.line = setting.size * LEADING / MM
        self.rise = setting.size * 1.02 / MM + PADDING
        heads = Setting(setting.columns, setting.lefts, setting.widths, setting.size)
        self.heads = [heads.cell(number, column.label) for number, column in enumerate(setting.columns)]
        self.pictures = {number for number, column in enumerate(setting.columns) if column.align == PICTURE}
        self.y = 0.0

    def draw(self, rows: Iterator[Sequence[str]]) -> None:
        """The first page's top, then every row."""
        self.pen.start_page(*self.page)
        self.y = self._top_of_report()
        if not self.setting.columns:
            return
        self._headings()
        done = 0
        for row in rows:
            self._row(row)
            done += 1
            if done % 200 == 0:
                self.watch.tell(done, 0)
        self.watch.tell(done, 0)
        if not done:
            self.pen.text(MARGIN + self.setting.size / 6, self.y + self.rise, say(_("No rows."), self.lang), 9, MUTED)
            self.y += self.line + 2 * PADDING
        if self.paper.totals:
            self._totals(self.paper.totals)
        if self.paper.signatures:
            self._signatures(self.paper.signatures)

    def finish(self) -> Document:
        document = self.pen.finish(self.paper.title, self.paper.subtitle, self._foot)
        if self.setting.cut:
            text = _("%n cell(s) were too long for the paper; their end was cut off.")
            document.remarks.append(Remark(text, {"n": self.setting.cut}))
        return document

    def _top_of_report(self) -> float:
        """Title, subtitle, filters and chart; returns where the table begins."""
        pen, room = self.pen, self.page[0] - 2 * MARGIN
        y = MARGIN
        for text, size, bold, colour in (
            (self.paper.title, 18.0, True, INK),
            (self.paper.subtitle, 10.5, False, MUTED),
            (self.paper.filters, 9.0, False, MUTED),
        ):
            if not text:
                continue
            for line in wrap(text, room * MM / size, width)[:4]:
                pen.text(MARGIN, y + size * 0.88 / MM, line, size, colour, bold)
                y += size * 1.3 / MM
            y += 0.8
        y += 3.0
        if self.paper.chart is not None and self.paper.chart.values:
            y += 1.0
            y += draw_chart(pen, self.paper.chart, MARGIN, y, room, CHART_SHARE * self.page[1]) + 5.0
        return y

    def _headings(self) -> None:
        lines = max((len(cell[0]) for cell in self.heads), default=1) or 1
        height = lines * self.line + 2 * PADDING + 0.8
        self.pen.box(MARGIN, self.y, self.page[0] - 2 * MARGIN, height, None, FAINT)
        self._cells(self.heads, self.y + self.rise + 0.4, MUTED, bold=True)
        self.y += height
        self.pen.line(MARGIN, self.y, self.page[0] - MARGIN, self.y, 0.6, RULE)

    def _row(self, row: Sequence[str]) -> None:
        shown = [(number, picture) for number in self.pictures if (picture := kept(row[number])) is not None]
        if self.pictures:
            row = ["" if number in self.pictures else text for number, text in enumerate(row)]
        cells, height = self._set_row(row)
        if shown:
            height = max(height, PICTURE_SIDE + 2 * PADDING)
        self._make_room(height)
        for number, picture in shown:
            self._picture(number, picture, height)
        self._cells(cells, self.y + self.rise, INK, bold=False)
        self.y += height
        self.pen.line(MARGIN, self.y, self.page[0] - MARGIN, self.y, 0.3, FAINT)

    def _totals(self, totals: Sequence[str]) -> None:
        cells, height = self._set_row(totals)
        self._make_room(height)
        self.pen.line(MARGIN, self.y, self.page[0] - MARGIN, self.y, 0.9, MUTED)
        self._cells(cells, self.y + self.rise, INK, bold=True)
        self.y += height

    def _signatures(self, labels: Sequence[str]) -> None:
        """Lines to sign on, side by side and kept on one page."""
        if self.y + SIGNING > self.bottom:
            self.pen.start_page(*self.page)
            self.y = MARGIN
        gap = 8.0
        each = (self.page[0] - 2 * MARGIN - gap * (len(labels) - 1)) / len(labels)
        for number, label in enumerate(labels):
            left = MARGIN + number * (each + gap)
            for words, depth in ((label, 20.0), (say(_("Date"), self.lang), 34.0)):
                self.pen.line(left, self.y + depth, left + each, self.y + depth, 0.6, MUTED)
                self.pen.text(left, self.y + depth + 4.0, words, 8.5, MUTED)
        self.y += SIGNING

    def _set_row(self, row: Sequence[str]) -> tuple[list[Cell], float]:
        """The cells of a row and the height it takes."""
        cell = self.setting.cell
        cells = []
        lines = 1
        for number, text in enumerate(row[: len(self.setting.columns)]):
            found = cell(number, text)
            cells.append(found)
            lines = max(lines, len(found[0]))
        return cells, lines * self.line + 2 * PADDING

    def _picture(self, number: int, picture: Jpeg, height: float) -> None:
        left, wide = self.setting.lefts[number] + SIDE, self.setting.widths[number] - 2 * SIDE
        self.pen.picture(left, self.y + PADDING, min(wide, PICTURE_SIDE), height - 2 * PADDING, picture)

    def _make_room(self, height: float) -> None:
        if self.y + height > self.bottom:
            self.pen.start_page(*self.page)
            self.y = MARGIN
            self._headings()

    def _cells(self, cells: list[Cell], baseline: float, colour: str, bold: bool) -> None:
        text, line_height = self.pen.text, self.line
        for placed, size in cells:
            y = baseline
            for x, line in placed:
                text(x, y, line, size, colour, bold)
                y += line_height

    def _foot(self, page: int, pages: int) -> None:
        y = self.page[1] - MARGIN + 3.5
        self.pen.line(MARGIN, y - 5.0, self.page[0] - MARGIN, y - 5.0, 0.3, RULE)
        self.pen.text(MARGIN, y, self.paper.footnote or self.paper.title, 8, MUTED)
        number = say(_("Page {page} of {pages}"), self.lang, page=page, pages=pages)
        self.pen.text(self.page[0] - MARGIN, y, number, 8, MUTED, align="right")
