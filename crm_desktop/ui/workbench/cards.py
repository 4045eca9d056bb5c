"""The cards of the workbench besides the figures: each shows one part of what was read and says which list was asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QLocale, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.core.words import say
from crm_desktop.reports.table import Drill
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.reports.chart_points import Point, points_of
from crm_desktop.ui.reports.charts import LyingBars, StandingColumns
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.words import money_short, money_text
from crm_desktop.ui.workbench import doing
from crm_desktop.ui.workbench.reading import Content, month_drill
from crm_desktop.ui.workbench.todo_list import HEADING, ROW, TodoList
from crm_desktop.ui.workbench.todo_model import TodoModel


class Card(QFrame):
    """A titled panel. `asked(drill)` for a list, `report_asked(key)` for a report, `page_asked(key)` for a page."""

    asked = Signal(object)
    report_asked = Signal(str)
    page_asked = Signal(str)
    key = ""
    grows = False  # whether it takes the room that is left in its column
    fits = False  # whether it shows more or less by the room there is
    nominal = 270  # px of height it is reckoned with when the columns are filled, whatever it shows at the moment

    def __init__(self, title: str, more: str = "", run: Callable[[], object] | None = None, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("Panel")
        self.setAccessibleName(title)
        self.title = title
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(px(16), px(10), px(8), px(2))
        self.head.setSpacing(px(8))
        self.head.addWidget(Label(title, "Section"))
        self.head.addStretch(1)
        if more:
            button = Button(more, kind="ghost", run=run)
            button.setAccessibleName(f"{title}: {more}")
            self.head.addWidget(button)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, px(8))
        self.column.setSpacing(0)
        self.column.addLayout(self.head)
        self.waiting = Waiting()
        self.column.addWidget(self.waiting)

    def show_content(self, content: Content) -> None:
        """Show what was read."""
        self.waiting.hide()

    def fit(self, height: int) -> None:
        """There is room for a card of this height; 0 when there is no measure."""

    def point_picked(self, point: Point) -> None:
        """A bar was pressed: its records are asked for."""
        if point.drill is not None:
            self.asked.emit(point.drill)


class Waiting(QWidget):
    """Grey bars where the content will stand, so that nothing jumps when it comes."""

    def __init__(self, rows: int = 5, parent: QWidget | None = None):
        super().__init__(parent)
        self._rows = rows
        self.setMinimumHeight(px(36) * rows)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)  # the title stays above them

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in range(self._rows):
            wide = self.width() * (0.62, 0.48, 0.7, 0.4, 0.56)[row % 5]
            painting.rounded(painter, QRect(px(16), row * px(36) + px(13), round(wide), px(10)), "grid", 4)
        painter.end()


class TodoCard(Card):
    """What this person has to do today, and what is late."""

    key = "todo"
    grows = True
    fits = True
    nominal = 400

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(say("To do"), say("All tasks"), lambda: self.page_asked.emit("tasks"), parent)
        self.desk = desk
        self.model = TodoModel(desk.records.clock.today(), self)
        self.list = TodoList(self.model)
        self.list.opened.connect(lambda item: desk.ways.open_record(item.record_type, item.id))
        self.list.ticked.connect(lambda item: doing.tick(desk, self, self.model, item))
        self.nothing = Label(say("Nothing is waiting for you today."), "Muted")
        self.nothing.setContentsMargins(px(16), px(8), px(16), px(8))
        self.list.hide()
        self.nothing.hide()
        for part in (self.list, self.nothing):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def fit(self, height: int) -> None:
        rest = height - px(54) - 2 * px(HEADING)
        self.model.show_at_first(rest // px(ROW) if height else 10)

    def show_content(self, content: Content) -> None:
        super().show_content(content)
        focused = self.list.hasFocus()
        row = self.list.currentIndex().row()
        self.model.show_todo(content.workbench.todo, content.workbench.day)
        self.list.setVisible(bool(self.model.rows))
        self.nothing.setVisible(not self.model.rows)
        if focused and self.model.rows:
            self.list.setCurrentIndex(self.model.index(min(max(row, 0), len(self.model.rows) - 1)))
            self.list.setFocus()


class FunnelCard(Card):
    """What is open in each stage, and what was won this month."""

    key = "funnel"

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(say("Sales funnel"), say("Report"), lambda: self.report_asked.emit("funnel"), parent)
        self.chart = LyingBars(self.title)
        self.chart.picked.connect(self.point_picked)
        self.chart.hide()
        self.column.addWidget(self.chart)
        self.column.addStretch(1)

    def show_content(self, content: Content) -> None:
        super().show_content(content)
        points = [
            Point(
                bar.label, (float(bar.amount),), money_short(bar.amount),
                say("{label}: %n opportunity(ies), {money}", n=bar.count, label=bar.label, money=money_text(bar.amount)),
                bar.tone, f"{bar.count:,}", drill=bar.drill,
            )
            for bar in content.workbench.funnel
        ]  # fmt: skip
        self.chart.show_points(points)
        self.chart.show()


class SignedCard(Card):
    """Amounts signed in each of the last twelve months."""

    key = "signed"
    grows = True

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(say("Signed by month"), parent=parent)
        self.chart = StandingColumns(self.title)
        self.chart.picked.connect(self.point_picked)
        self.chart.hide()
        self.column.addWidget(self.chart, 1)

    def show_content(self, content: Content) -> None:
        super().show_content(content)
        bench = content.workbench
        points = []
        for first, value in zip(bench.months, bench.figure("signed").trend, strict=True):
            name = QLocale().toString(QDate(first.year, first.month, 1), "MMMM yyyy")
            label = QLocale().monthName(first.month, QLocale.FormatType.ShortFormat)
            running = first == bench.months[-1]
            points.append(
                Point(label, (float(value),), money_short(value), f"{name}: {money_text(value)}", strong=running, drill=month_drill(first))
            )
        self.chart.show_points(points)
        self.chart.show()


class ForecastCard(Card):
    """Amount and weighted amount of what is open, by the month it is expected to close."""

    key = "forecast"
    grows = True

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(say("Weighted forecast"), say("Report"), lambda: self.report_asked.emit("forecast"), parent)
        self.chart = StandingColumns(self.title)
        self.chart.picked.connect(self.point_picked)
        self.chart.hide()
        self.column.addWidget(self.chart, 1)

    def show_content(self, content: Content) -> None:
        super().show_content(content)
        table = content.forecast
        if table is not None and table.chart is not None:
            marks = table.chart.marks
            self.chart.name_series(tuple(series.label for series in table.chart.series), marks.label if marks else "")
            self.chart.show_points(points_of(table.chart, [row.drill for row in table.rows]))
        self.chart.show()


def open_drill(desk: Desk, drill: Drill) -> None:
    """Show exactly the records a figure counts."""
    if drill.record is not None:
        desk.ways.open_record(drill.record_type, drill.record)
    else:
        desk.ways.show_list(drill.record_type, drill.view)
