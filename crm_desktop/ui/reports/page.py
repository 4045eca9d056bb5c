"""The page of reports: choose one, set its parameters, read chart and table, go to the records, take it to file or paper."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QDynamicPropertyChangeEvent, QEvent, QObject, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop import reports
from crm_desktop.business.system.schedule import Schedule
from crm_desktop.core.access import Why
from crm_desktop.core.errors import Invalid
from crm_desktop.core.journal import Change
from crm_desktop.core.words import language, say
from crm_desktop.reports.report import Report
from crm_desktop.reports.table import Drill, Table
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.reports import outputs
from crm_desktop.ui.reports.asking import WISH, take_wish
from crm_desktop.ui.reports.chart_points import Point, points_of
from crm_desktop.ui.reports.chart_view import ChartView
from crm_desktop.ui.reports.charts import chart_view
from crm_desktop.ui.reports.parameters import ParametersRow
from crm_desktop.ui.reports.report_rows import ReportModel
from crm_desktop.ui.reports.schedule_dialog import ScheduleDialog
from crm_desktop.ui.reports.totals import TotalsRow
from crm_desktop.ui.shell.keys import Keys
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.labels import ElidedLabel, Label, line
from crm_desktop.ui.widgets.menus import Menu, Popover
from crm_desktop.ui.widgets.table import Table as TableView
from crm_desktop.ui.widgets.topic_list import Topic, TopicList

SETTING = "reports"
SETTLE = 800  # ms of quiet before a report is counted anew
LIST_FROM = 860  # px of width from which the reports stand in a list at the left
WORDS_FROM = 640  # px of width from which buttons and parameters have words
NOTES_FROM = 480  # px of height from which the notes stand under the table
CHART_SHARE = 0.42  # of the height, at most


class ReportsPage(QWidget):
    """All reports. `show_report(key)` shows one; the choice and the answers are remembered."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.report: Report = reports.find("funnel")
        self.table: Table | None = None
        self._answers: dict[str, dict[str, Any]] = {}
        self.schedule_button = Button(say("Schedule…"), "clock", "ghost", self.schedule)
        self.preview_button = Button(say("Print…"), "printer", "normal", self.preview, Keys("Ctrl+P", "reports.print"))
        self.export_button = Button(say("Export"), "download", "primary", self.export, Keys("Ctrl+E", "reports.export"))
        self.buttons = (self.schedule_button, self.preview_button, self.export_button)
        self.header = ViewHeader(say("Reports"), "", self.buttons)
        topics = [Topic(one.key, say(one.title), one.icon, say(one.what)) for one in reports.REPORTS.values()]
        self.list = TopicList(topics, say("Reports"))
        self.combo = ChoiceEdit()
        self.title, self.figures = Label("", "Section"), ElidedLabel("", "Muted")
        self.parameters = ParametersRow(desk)
        self.chart_area = QScrollArea()
        self.chart: ChartView | None = None
        self.rows = TableView(name=say("Report"), today=desk.records.clock.today, density=desk.setting("density", "standard"))
        self.totals = TotalsRow(self.rows)
        self.notes = Label("", "Faint", wrap=True)
        self.info = icon_button("info", say("How this is counted"), self._show_notes, size=16)
        self.empty = Empty("chart-column", say("Nothing to count"), say("Choose a longer period or other people."))
        self.stack = QStackedWidget()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._lay_out()
        self._connect()
        self._recall()

    def _lay_out(self) -> None:
        self.combo.setAccessibleName(say("Reports"))
        titles_of = [(report.key, say(report.title)) for report in reports.REPORTS.values()]
        self.combo.set_choices(titles_of, empty=False)
        self.combo.setMinimumWidth(px(190))
        self.chart_area.setFrameShape(QFrame.Shape.NoFrame)
        self.chart_area.setWidgetResizable(True)
        self.chart_area.setAccessibleName(say("Chart"))
        self.chart_area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        head = QVBoxLayout()
        head.setContentsMargins(px(16), px(8), px(16), px(8))
        head.setSpacing(px(6))
        titles = QHBoxLayout()
        titles.setSpacing(px(10))
        for part in (self.combo, self.title, self.figures, self.info):
            titles.addWidget(part)
        titles.setStretch(2, 1)
        head.addLayout(titles)
        head.addWidget(self.parameters)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        for widget in (self.chart_area, line(), self.rows, self.totals):
            below.addWidget(widget)
        below.setStretch(2, 1)
        self.stack.addWidget(lower)
        self.stack.addWidget(self.empty)
        self.notes.setContentsMargins(px(16), px(6), px(16), px(8))
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(head)
        for widget in (line(), self.stack, line(), self.notes):
            right.addWidget(widget)
        right.setStretch(2, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.list)
        across.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(line())
        column.addLayout(across, 1)
        self.setMinimumWidth(px(360))
        self.setFocusProxy(self.rows)

    def _connect(self) -> None:
        self.list.chosen.connect(self.show_report)
        self.combo.committed.connect(lambda: self.show_report(self.combo.value()))
        self.parameters.changed.connect(self._answered)
        self.rows.opened.connect(self._open_row)
        self._settle.timeout.connect(self.refresh)
        self.desk.changed.connect(self._somebody_changed)
        self.desk.installEventFilter(self)

    def _recall(self) -> None:
        stored = self.desk.setting(SETTING)
        stored = stored if isinstance(stored, dict) else {}
        self._answers = {key: dict(value) for key, value in stored.get("answers", {}).items() if key in reports.REPORTS}
        key = take_wish(self.desk) or stored.get("report", "")
        self.show_report(key if key in reports.REPORTS else "funnel")

    def _remember(self) -> None:
        self.desk.remember(SETTING, {"report": self.report.key, "answers": self._answers})

    # ------------------------------------------------------------ choosing

    def show_report(self, key: str) -> None:
        """Show another report with the answers it was last given."""
        if self.table is not None and key == self.report.key:
            return
        self.report = reports.find(key)
        self.list.blockSignals(True)
        self.list.choose(key)
        self.list.blockSignals(False)
        self.combo.set_value(key)
        self.title.setText(say(self.report.title))
        self.title.setToolTip(say(self.report.what))
        self.parameters.show_report(self.report, self._answers.get(key, {}))
        self._say_what_is_refused()
        self._remember()
        self.refresh()

    def _answered(self) -> None:
        self._answers[self.report.key] = self.parameters.answers()
        self._remember()
        self.refresh()

    def refresh(self) -> None:
        """Count the report; what is on the screen stays until the answer is here."""
        records, actor, report, lang = self.desk.records, self.desk.actor, self.report, language()
        answers = self.parameters.answers()
        self.rows.set_busy(True)
        self.desk.read(
            lambda: (report, report.run(records, actor, answers, lang)), self._show, key=f"report-{id(self)}", failed=self._not_counted
        )

    def _not_counted(self, error: Exception) -> None:
        self.rows.set_busy(False)
        if isinstance(error, Invalid):
            # A remembered answer may be gone (a person who left): begin with the usual ones.
            self._answers.pop(self.report.key, None)
            self.parameters.show_report(self.report, {})
        self.desk.problem(error)

    def _say_what_is_refused(self) -> None:
        why = outputs.refused(self.desk, self.report)
        self.export_button.say_why_not(why)
        self.preview_button.say_why_not(why)
        may = self.desk.records.may(self.desk.actor, Schedule, "add")
        self.schedule_button.say_why_not(why or (may.sentence() if isinstance(may, Why) else ""))

    # ------------------------------------------------------------ showing

    def _show(self, answer: tuple[Report, Table]) -> None:
        report, table = answer
        self.rows.set_busy(False)
        if report is not self.report:
            return
        same = self.table is not None and self.table.report == table.report and _names(self.table) == _names(table)
        layout = self.rows.column_layout() if same else []
        self.table = table
        self.figures.setText(table.subtitle)
        self.notes.setText("\n".join(table.notes))
        self.rows.setModel(ReportModel(table, self.rows))
        if layout:
            self.rows.set_column_layout(layout)
        self.totals.show_totals(table)
        self._show_chart(table)
        self.stack.setCurrentIndex(0 if table.rows else 1)

    def _show_chart(self, table: Table) -> None:
        chart = table.chart
        has_chart = chart is not None and bool(table.rows) and any(any(series.values) for series in chart.series)
        self.chart_area.setVisible(has_chart)
        if chart is None or not has_chart:
            return
        view = chart_view(chart)
        view.setAccessibleName(chart.title or table.title)
        view.show_points(points_of(chart, [row.drill for row in table.rows]))
        view.picked.connect(self._point_picked)
        self.chart = view
        self.chart_area.setWidget(view)  # which deletes the one before
        self._fit_chart()

    def _fit_chart(self) -> None:
        if self.chart is not None:
            wanted = self.chart.sizeHint().height() + px(8)
            self.chart_area.setFixedHeight(max(px(120), min(wanted, round(self.height() * CHART_SHARE))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width()
        self.list.setVisible(wide >= px(LIST_FROM))
        self.title.setVisible(wide >= px(LIST_FROM))
        self.combo.setVisible(wide < px(LIST_FROM))
        roomy = wide >= px(WORDS_FROM) and event.size().height() >= px(NOTES_FROM)
        self.notes.setVisible(roomy)
        self.info.setVisible(not roomy)
        self.parameters.set_narrow(wide < px(WORDS_FROM))
        for button in self.buttons:
            button.setText(button.accessibleName() if wide >= px(WORDS_FROM) else "")
        self._fit_chart()

    def _show_notes(self) -> None:
        box = Popover(self, say("How this is counted"))
        text = Label("\n".join(self.table.notes if self.table else ()), wrap=True)
        text.setFixedWidth(px(320))
        box.column.addWidget(text)
        box.open_under(self.info, align_right=True)

    # ------------------------------------------------------------ to the records

    def _open_row(self, row: int) -> None:
        model = self.rows.model()
        if isinstance(model, ReportModel):
            self._open(model.report_row(row).drill)

    def _point_picked(self, point: Point) -> None:
        """A bar leads to its records; a step of a funnel counts more than stands there now, so it leads to its row."""
        table, model = self.table, self.rows.model()
        if table is None or table.chart is None or not isinstance(model, ReportModel):
            return
        if table.chart.kind != "funnel":
            self._open(point.drill)
            return
        row = next((row for row in table.rows if row.drill is point.drill), None)
        if row is not None:
            self.rows.pick(model.row_of(row))
            self.rows.setFocus()

    def _open(self, drill: Drill | None) -> None:
        if drill is None:
            return
        if drill.record is not None:
            self.desk.ways.open_record(drill.record_type, drill.record)
        else:
            self.desk.ways.show_list(drill.record_type, drill.view)

    # ------------------------------------------------------------ to file and paper

    def export(self) -> None:
        """Ask for the kind of file."""
        menu = Menu(self)
        menu.add(say("Excel workbook (.xlsx)"), lambda: self.export_as("xlsx"), "file-spreadsheet")
        menu.add(say("PDF document"), lambda: self.export_as("pdf"), "file-down")
        menu.open_under(self.export_button)

    def export_as(self, format: str) -> None:
        """Ask for a file and write the report into it."""
        why = outputs.refused(self.desk, self.report)
        if why or self.table is None:
            self.desk.ways.tell(why or say("The report is still being counted."))
            return
        path = outputs.ask_path(self.desk, self.table, format, self)
        if path:
            outputs.write(self.desk, self.report, self.parameters.answers(), format, path)

    def preview(self) -> None:
        """Show the report as pages, to print."""
        why = outputs.refused(self.desk, self.report)
        if why or self.table is None:
            self.desk.ways.tell(why or say("The report is still being counted."))
            return
        outputs.preview(self.desk, self.table, self)

    def schedule(self) -> None:
        """Let the report be written by itself."""
        ScheduleDialog(self.desk, self.report, self).open()

    # ------------------------------------------------------------ news

    def _somebody_changed(self, change: Change) -> None:
        if self.isVisible() and change.types() - {"reminder", "saved_view", "schedule", "event", "task"}:
            self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDynamicPropertyChangeEvent) and event.propertyName().data() == WISH:
            key = take_wish(self.desk)
            if key in reports.REPORTS:
                self.show_report(key)
        return False


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]
