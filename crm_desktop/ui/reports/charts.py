"""The kinds of chart: lying bars (a funnel, a ranking) and standing columns (months)."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.reports.table import Chart
from crm_desktop.ui.reports.chart_points import Point
from crm_desktop.ui.reports.chart_view import ChartView
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.theme import brush, colour, font, metrics, pen, px
from crm_desktop.ui.widgets import painting

ROW = 36
BAR = 20
SIDE = 16
TOP = 4
HEADING = 24
FUNNEL_ROW, STEP = 33, 26
LINES = 4  # grid lines over the foot of columns


def bar_colour(tone: str) -> str:
    """The token a bar of a tone is filled with; grey is too pale as it is."""
    return {"": "accent", "grey": "text3"}.get(tone, tone if tone in tokens.TONES else "accent")


class LyingBars(ChartView):
    """One bar a row, with its label before and its text behind; `centred` makes it a funnel, `heading` stands above."""

    def __init__(
        self, name: str = "", centred: bool = False, heading: str = "", ground: str = "surface", parent: QWidget | None = None
    ):
        super().__init__(name, ground, parent)
        self.centred = centred
        self._heading = heading
        self._top = HEADING if heading else TOP
        self._row = FUNNEL_ROW if centred else ROW
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(320), px(self._row) * max(1, len(self.points.points)) + px(self._top) + px(TOP))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), self.sizeHint().height())

    def lay_out(self, area: QRect) -> list[QRect]:
        points = self.points.points
        self._largest = max((max(point.values, default=0) for point in points), default=0) or 1
        label = max(metrics("small").horizontalAdvance(point.label) + 1 + _note_room(point) for point in points)
        text = max(metrics("small", tokens.MEDIUM, True).horizontalAdvance(point.text) for point in points)
        room = area.width() - 2 * px(SIDE)
        self._label_room = min(label + px(12), max(px(64), int(room * 0.36)))
        self._text_room = min(text + px(12), max(px(56), int(room * 0.4)))
        left, top, tall = area.x() + px(8), px(self._top), px(self._row)
        return [QRect(left, top + row * tall, area.width() - px(16), tall) for row in range(len(points))]

    def paint_point(self, painter: QPainter, point: Point, rect: QRect, hovered: bool) -> None:
        if hovered and point.drill is not None:
            painting.rounded(painter, rect, "hover", tokens.RADIUS)
        inside = rect.adjusted(px(SIDE - 8), 0, -px(SIDE - 8), 0)
        self._paint_label(painter, QRect(inside.x(), rect.y(), self._label_room - px(8), rect.height()), point)
        track = QRectF(inside.x() + self._label_room, rect.y() + (rect.height() - px(BAR)) / 2, 0, px(BAR))
        track.setWidth(max(0, inside.width() - self._label_room - self._text_room))
        if not self.centred:
            painting.rounded(painter, track, "pressed" if hovered and point.drill is not None else "header", 4)
        share = max(point.values, default=0) / self._largest
        if self.centred:
            self._paint_step(painter, point, track)
        elif share > 0:
            bar = QRectF(track)
            bar.setWidth(max(px(8), track.width() * share))
            painting.rounded(painter, bar, bar_colour(point.tone), 4)
        painter.setFont(font("small", tokens.MEDIUM, True))
        painter.setPen(colour("text"))
        text = QRect(inside.right() + 1 - self._text_room, rect.y(), self._text_room, rect.height())
        painting.elided(painter, text, point.text, painting.RIGHT)

    def paint_ground(self, painter: QPainter) -> None:
        if self._heading:
            painter.setFont(font("caption"))
            painter.setPen(colour("text3"))
            painter.drawText(QRect(px(SIDE), px(6), self.viewport().width() - 2 * px(SIDE), px(18)), painting.LEFT, self._heading)

    def _paint_step(self, painter: QPainter, point: Point, track: QRectF) -> None:
        """A step of the funnel: as wide as it begins, narrowing to the next one, as on paper."""
        points = self.points.points
        place = points.index(point)
        following = points[place + 1] if place + 1 < len(points) else point
        begin, end = (
            max(track.width() * max(one.values, default=0) / self._largest, px(4)) / 2 for one in (point, following)
        )
        middle, top = track.center().x(), track.center().y() - px(STEP) / 2
        bottom = top + px(STEP)
        corners = (middle - begin, top), (middle + begin, top), (middle + end, bottom), (middle - end, bottom)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(bar_colour(point.tone)))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))

    def _paint_label(self, painter: QPainter, rect: QRect, point: Point) -> None:
        painter.setFont(font("small"))
        wide = min(metrics("small").horizontalAdvance(point.label) + 1, rect.width() - _note_room(point))
        painter.setPen(colour("text2"))
        painting.elided(painter, QRect(rect.x(), rect.y(), wide, rect.height()), point.label)
        if point.note:
            painter.setPen(colour("text3"))
            painting.elided(painter, rect.adjusted(wide + px(8), 0, 0, 0), point.note)


def _note_room(point: Point) -> int:
    """What a note takes behind its label, the gap before it included."""
    return metrics("small").horizontalAdvance(point.note) + px(8) + 1 if point.note else 0


class StandingColumns(ChartView):
    """A column for each label (a month); of two series the first stands pale behind the second."""

    def __init__(self, name: str = "", ground: str = "surface", parent: QWidget | None = None):
        super().__init__(name, ground, parent)
        self._largest = 1.0
        self._one_is_strong = False
        self._series: tuple[str, ...] = ()
        self._mark = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def name_series(self, names: tuple[str, ...], mark: str = "") -> None:
        """Say what the pale and the full columns and the marks are; one series alone needs no legend."""
        self._series = names if len(names) > 1 else ()
        self._mark = mark
        self._relay()

    def sizeHint(self) -> QSize:
        return QSize(px(320), px(220))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(160))

    def lay_out(self, area: QRect) -> list[QRect]:
        points = self.points.points
        self._largest = max((max(*point.values, point.mark or 0, 0) for point in points), default=0) or 1
        self._one_is_strong = any(point.strong for point in points)
        left, width = area.x() + px(SIDE), area.width() - 2 * px(SIDE)
        step = width / len(points)
        edges = [left + round(place * step) for place in range(len(points) + 1)]
        return [
            QRect(edges[place], area.y(), edges[place + 1] - edges[place], area.height() - px(4)) for place in range(len(points))
        ]

    def _foot(self) -> int:
        """Where the columns stand."""
        return self.viewport().height() - px(32)

    def _height(self, value: float) -> float:
        return (self._foot() - px(44 if self._series else 24)) * max(0.0, value) / self._largest

    def paint_ground(self, painter: QPainter) -> None:
        painter.setPen(colour("grid"))
        left, right = px(SIDE), self.viewport().width() - px(SIDE)
        for line in range(LINES + 1):
            y = self._foot() - self._height(self._largest * line / LINES) + 0.5
            painter.drawLine(QPointF(left, round(y)), QPointF(right, round(y)))
        self._paint_legend(painter, right)

    def _paint_legend(self, painter: QPainter, right: int) -> None:
        painter.setFont(font("caption"))
        last = len(self._series) - 1
        for place, name in reversed(list(enumerate(self._series))):
            wide = metrics("caption").horizontalAdvance(name)
            painter.setPen(colour("text2"))
            painter.drawText(QRectF(right - wide, px(4), wide + 1, px(16)), painting.LEFT, name)
            square = QRectF(right - wide - px(16), px(7), px(10), px(10))
            painting.rounded(painter, square, "accent" if place == last else "sel", 2)
            right -= wide + px(32)
        if self._mark and any(point.mark is not None for point in self.points.points):
            wide = metrics("caption").horizontalAdvance(self._mark)
            painter.setPen(colour("text2"))
            painter.drawText(QRectF(right - wide, px(4), wide + 1, px(16)), painting.LEFT, self._mark)
            self._paint_mark(painter, right - wide - px(18), px(12), px(14))

    def paint_point(self, painter: QPainter, point: Point, rect: QRect, hovered: bool) -> None:
        last = len(point.values) - 1
        for place, value in enumerate(point.values):
            wide = rect.width() * (0.5 if place == last else 0.62)
            tall = self._height(value)
            if tall <= 0:
                continue
            bar = QRectF(rect.center().x() - wide / 2 + 0.5, self._foot() - tall, wide, tall)
            strong = (point.strong or not self._one_is_strong) if last == 0 else place == last
            fill = bar_colour(point.tone) if strong else "accent_text" if hovered and last == 0 else "sel"
            painting.rounded(painter, bar, fill, min(3.0, tall / 2))
        if point.mark is not None:
            wide = rect.width() * 0.8
            self._paint_mark(painter, rect.center().x() - wide / 2 + 0.5, self._foot() - self._height(point.mark), wide)
        painter.setFont(font("caption", tokens.SEMIBOLD if point.strong else tokens.REGULAR, True))
        painter.setPen(colour("text" if point.strong or hovered else "text3"))
        label = QRect(rect.x() - px(4), self._foot() + px(6), rect.width() + px(8), px(18))
        painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), self._fitted(point.label, rect.width()))
        if point.texts and rect.width() >= self._widest(point):
            self._paint_texts(painter, point, rect)
        elif hovered or point.strong:
            self._paint_text(painter, point, rect)

    @staticmethod
    def _paint_mark(painter: QPainter, left: float, y: float, wide: float) -> None:
        """A short line across: what is to be reached."""
        painter.setPen(pen("warn", 2))
        painter.drawLine(QPointF(left, y), QPointF(left + wide, y))

    @staticmethod
    def _widest(point: Point) -> int:
        return max(metrics("caption", tokens.SEMIBOLD, True).horizontalAdvance(text) for text in point.texts) + px(4)

    def _paint_texts(self, painter: QPainter, point: Point, rect: QRect) -> None:
        """The value of every column over it, as long as they do not lie over each other."""
        above = None
        for place, (value, text) in enumerate(zip(point.values, point.texts, strict=True)):
            top = self._foot() - self._height(value) - px(17)
            if value <= 0 or (above is not None and abs(top - above) < px(15)):
                continue
            above = top
            main = place == len(point.values) - 1
            painter.setFont(font("caption", tokens.SEMIBOLD if main else tokens.REGULAR, True))
            painter.setPen(colour("text" if main else "text2"))
            painter.drawText(QRectF(rect.x(), top, rect.width(), px(16)), int(Qt.AlignmentFlag.AlignCenter), text)

    @staticmethod
    def _fitted(label: str, width: int) -> str:
        """A month as '2026-11' loses its year where the columns are narrow."""
        wide = metrics("caption", tokens.REGULAR, True).horizontalAdvance(label)
        return label[5:] if wide > width and label[4:5] == "-" else label

    def _paint_text(self, painter: QPainter, point: Point, rect: QRect) -> None:
        words = point.text
        wide = metrics("caption", tokens.SEMIBOLD, True).horizontalAdvance(words) + px(12)
        top = self._foot() - self._height(max(point.values, default=0)) - px(20)
        left = min(max(px(4), rect.center().x() - wide // 2), self.viewport().width() - wide - px(4))
        painter.setFont(font("caption", tokens.SEMIBOLD, True))
        painter.setPen(colour("text"))
        painter.drawText(QRectF(left, top, wide, px(18)), int(Qt.AlignmentFlag.AlignCenter), words)


def chart_view(chart: Chart) -> ChartView:
    """The widget for a report's chart."""
    if chart.kind == "column":
        columns = StandingColumns(chart.title)
        columns.name_series(tuple(series.label for series in chart.series), chart.marks.label if chart.marks else "")
        return columns
    title = chart.title or (chart.series[0].label if chart.series else "")
    return LyingBars(title, chart.kind == "funnel", title)
