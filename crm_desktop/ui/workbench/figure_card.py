"""A figure as a card: its name, the value, how it stands against last month, and twelve months as a small line."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.core.words import say
from crm_desktop.reports.figures import Bar, Figure
from crm_desktop.ui.reports.charts import bar_colour
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.theme import brush, colour, font, metrics, pen, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.words import money_short, money_text, named
from crm_desktop.ui.workbench.pressable import Pressable

HEIGHT = Pressable.wanted[1]
SPARK = (64, 18)
BAD_WHEN_MORE = {"contact_late", "ending"}


class FigureCard(Pressable):
    """Shows a `Figure`; `asked(drill)` when it is pressed."""

    asked = Signal(object)

    def __init__(self, key: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.key = key
        self.figure: Figure | None = None
        self._note = ""
        self._stages: tuple[Bar, ...] = ()
        self.setAccessibleName(say("Loading…"))
        self.clicked.connect(self._ask)

    def show_figure(self, figure: Figure, note: str = "", stages: tuple[Bar, ...] = ()) -> None:
        """Show a figure; `note` stands where there is nothing to compare with, `stages` where there are no months."""
        self.figure, self._note, self._stages = figure, note, stages
        words, _tone = self.change()
        said = {"▲": say("up"), "▼": say("down")}
        spoken = f"{said.get(words[:1], '')} {words[1:].strip()}".strip() if words[:1] in said else words
        target = next(iter(self._of_target(figure)), "")
        self.setAccessibleName(", ".join(filter(None, (f"{figure.label}: {self.value(full=True)}", spoken, target))))
        self.setToolTip(self._tip(figure))
        can = Qt.CursorShape.PointingHandCursor if figure.drill is not None else Qt.CursorShape.ArrowCursor
        self.setCursor(can)
        self.update()

    def _tip(self, figure: Figure) -> str:
        lines = [named(figure.label, self.value(full=True))]
        if figure.before is not None:
            lines.append(say("Same days of last month: {value}", value=_written(figure, figure.before, True)))
        if figure.target is not None:
            lines.append(self._of_target(figure)[0])
        return "\n".join(lines)

    def value(self, full: bool = False) -> str:
        """The figure as text."""
        if self.figure is None:
            return ""
        return _written(self.figure, self.figure.value, full) + ("+" if self.figure.more else "")

    def change(self) -> tuple[str, str]:
        """How the figure stands against the same days of last month, and the tone that is said in."""
        figure = self.figure
        if figure is None or figure.before is None:
            return self._note, "text2"
        step = Decimal(figure.value) - Decimal(figure.before)
        if not step:
            return say("as last month"), "text2"
        if figure.kind == "money":
            share = figure.change
            words = f"{abs(share) * 100:,.1f}%" if share is not None else money_short(step)
        else:
            words = f"{abs(step):,}"
        good = (step > 0) != (figure.key in BAD_WHEN_MORE)
        return f"{'▲' if step > 0 else '▼'} {words}", "ok" if good else "bad"

    @staticmethod
    def _of_target(figure: Figure) -> tuple[str, ...]:
        """How much of the target that is: in full, and shorter ones for narrow cards; nothing without a target."""
        if figure.target is None:
            return ()
        target = _written(figure, figure.target, False)
        if not figure.target:
            return (say("Target: {target}", target=target),)
        part = f"{Decimal(figure.value) / figure.target * 100:,.0f}%"
        return say("Target: {target} · {part}", target=target, part=part), say("{part} of target", part=part), part

    def _ask(self) -> None:
        if self.figure is not None and self.figure.drill is not None:
            self.asked.emit(self.figure.drill)

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, self.figure is not None and self.figure.drill is not None)
        inside = self.rect().adjusted(px(16), px(12), -px(16), -px(12))
        if self.figure is None:
            self._paint_waiting(painter, inside)
        else:
            self._paint_figure(painter, inside, self.figure)
        painter.end()

    @staticmethod
    def _paint_waiting(painter: QPainter, inside: QRect) -> None:
        for top, width, height in ((4, 72, 8), (28, 120, 14), (60, 48, 8)):
            bar = QRect(inside.x(), inside.y() + px(top), min(px(width), inside.width()), px(height))
            painting.rounded(painter, bar, "grid", 4)

    def _paint_figure(self, painter: QPainter, inside: QRect, figure: Figure) -> None:
        painter.setFont(font("small"))
        painter.setPen(colour("text2"))
        top = QRect(inside.x(), inside.y(), inside.width(), px(18))
        room = top.width() - painter.fontMetrics().horizontalAdvance(figure.label) - px(12)
        beside = next((text for text in self._of_target(figure) if painter.fontMetrics().horizontalAdvance(text) <= room), "")
        painting.elided(painter, top, beside, painting.RIGHT)
        painting.elided(painter, top.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(beside), 0), figure.label)
        value = self.value()
        big = metrics("kpi", tokens.SEMIBOLD, True).horizontalAdvance(value) <= inside.width()
        painter.setFont(font("kpi" if big else "title", tokens.SEMIBOLD, True))
        painter.setPen(colour("bad" if figure.key == "contact_late" and figure.value else "text"))
        painting.elided(painter, QRect(inside.x(), inside.y() + px(19), inside.width(), px(34)), value)
        words, tone = self.change()
        painter.setFont(font("small", tokens.MEDIUM if tone in ("ok", "bad") else tokens.REGULAR, True))
        painter.setPen(colour(tone))
        foot = QRect(inside.x(), inside.bottom() - px(17), inside.width(), px(18))
        wide, tall = px(SPARK[0]), px(SPARK[1])
        has_spark = len(figure.trend) > 1 or bool(self._stages)
        # Where both do not fit, the words stay.
        has_spark = has_spark and painter.fontMetrics().horizontalAdvance(words) + wide + px(8) <= inside.width()
        painting.elided(painter, foot, words)
        if not has_spark:
            return
        spark = QRectF(inside.right() + 1 - wide, inside.bottom() - tall + 1, wide, tall)
        if len(figure.trend) > 1:
            self._paint_line(painter, spark, [float(value) for value in figure.trend])
        else:
            self._paint_stages(painter, spark)

    @staticmethod
    def _paint_line(painter: QPainter, area: QRectF, values: list[float]) -> None:
        low, high = min(values), max(values)
        span = high - low or 1
        step = area.width() / (len(values) - 1)
        points = [
            QPointF(area.x() + place * step, area.bottom() - (value - low) / span * area.height() * 0.9 - 1)
            for place, value in enumerate(values)
        ]
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen("accent", 1.75))
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush("accent"))
        painter.drawEllipse(points[-1], 2.25, 2.25)

    def _paint_stages(self, painter: QPainter, area: QRectF) -> None:
        """What is open, stage by stage, as columns."""
        largest = max((float(bar.weighted) for bar in self._stages), default=0) or 1
        step = area.width() / len(self._stages)
        for place, bar in enumerate(self._stages):
            tall = max(2.0, area.height() * float(bar.weighted) / largest)
            column = QRectF(area.x() + place * step + 1, area.bottom() - tall, step - 3, tall)
            painting.rounded(painter, column, bar_colour(bar.tone), min(2.0, tall / 2))


def _written(figure: Figure, value: Decimal | int, full: bool = False) -> str:
    if figure.kind != "money":
        return f"{value:,}"
    return money_text(value) if full else money_short(value)
