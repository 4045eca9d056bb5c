"""The row of what a person may set for a report: period, owner, department, … each a short list with its name before it."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.core.words import language, say
from crm_desktop.reports.period import read_period
from crm_desktop.reports.report import Option, Parameter, Report
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.day_edit import DayEdit
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.flow import FlowLayout, Rest
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.words import day_text

CUSTOM = "custom"


class ChoiceParameter(ChoiceEdit):
    """One of the options of a parameter."""

    def __init__(self, name: str, options: list[Option], value: Any, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAccessibleName(name)
        self.set_choices(options, empty=False)
        if value in dict(options):
            self.set_value(value)
        self._widen()

    def _widen(self) -> None:
        """As wide as its widest option, within reason."""
        measure = self.fontMetrics()
        widest = max((measure.horizontalAdvance(self.itemText(row)) for row in range(self.count())), default=0)
        self.setFixedWidth(min(px(220), widest + px(52)))

    def answer(self) -> Any:
        """What is chosen."""
        return self.value()


class PeriodParameter(QWidget):
    """A named period, or two days."""

    committed = Signal()

    def __init__(self, name: str, options: list[Option], value: str, today: date, parent: QWidget | None = None):
        super().__init__(parent)
        fixed = "/" in (value or "")
        self.choice = ChoiceParameter(name, [*options, (CUSTOM, say("From … to …"))], CUSTOM if fixed else value)
        self.first, self.last = DayEdit(today=lambda: today), DayEdit(today=lambda: today)
        self.first.setAccessibleName(say("First day"))
        self.last.setAccessibleName(say("Last day"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        for part in (self.choice, self.first, Label("–", "Muted"), self.last):
            row.addWidget(part)
        self._dash = row.itemAt(2).widget()  # type: ignore[union-attr]
        for day in (self.first, self.last):
            day.setFixedWidth(px(124))
            day.committed.connect(self._day_committed)
        self.choice.committed.connect(self._chosen)
        if fixed:
            begin, _slash, end = value.partition("/")
            self.first.set_value(date.fromisoformat(begin) if begin else None)
            self.last.set_value(date.fromisoformat(end) if end else None)
        self._today = today
        self._show_days()

    def answer(self) -> str:
        """The period as a report reads it."""
        if self.choice.value() != CUSTOM:
            return str(self.choice.value())
        return f"{day_text(self.first.value())}/{day_text(self.last.value())}"

    def _show_days(self) -> None:
        custom = self.choice.value() == CUSTOM
        for part in (self.first, self._dash, self.last):
            if part is not None:
                part.setVisible(custom)
        self.updateGeometry()

    def _chosen(self) -> None:
        if self.choice.value() == CUSTOM and self.first.value() is None and self.last.value() is None:
            # Begin with the running quarter: two empty days would be all time.
            quarter = read_period("this_quarter", self._today)
            self.first.set_value(quarter.first)
            self.last.set_value(quarter.last)
        self._show_days()
        self.committed.emit()

    def _day_committed(self) -> None:
        if not self.first.problem() and not self.last.problem():
            self.committed.emit()


class ParametersRow(QWidget):
    """The parameters of one report. `changed()` when an answer is another one."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.editors: dict[str, ChoiceParameter | PeriodParameter] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._holder: QWidget | None = None
        self._labels: list[Label] = []
        self._narrow = False

    def set_narrow(self, narrow: bool) -> None:
        """Without the names before the lists: they say enough where there is little room."""
        self._narrow = narrow
        for label in self._labels:
            label.setHidden(narrow)

    def show_report(self, report: Report, answers: dict[str, Any]) -> None:
        """Show the parameters of a report with these answers; what offers only one thing needs no control."""
        self.editors.clear()
        self._labels.clear()
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        flow = FlowLayout(self._holder, gap=px(8))
        flow.setContentsMargins(0, 0, 0, 0)
        for parameter in report.parameters:
            options = parameter.options(report, self.desk.records, self.desk.actor, language())
            if len(options) > 1:
                flow.addWidget(self._labelled(parameter, options, answers.get(parameter.key, parameter.default)))
        flow.addWidget(Rest())
        self._column.addWidget(self._holder)

    def _labelled(self, parameter: Parameter, options: list[Option], value: Any) -> QWidget:
        name = say(parameter.label)
        if value not in dict(options) and not (parameter.kind == "period" and "/" in str(value)):
            value = parameter.default  # a remembered answer that is offered no more
        editor: ChoiceParameter | PeriodParameter
        if parameter.kind == "period":
            editor = PeriodParameter(name, options, str(value), self.desk.records.clock.today())
        else:
            editor = ChoiceParameter(name, options, value)
        editor.committed.connect(self.changed)
        self.editors[parameter.key] = editor
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, px(8), 0)
        row.setSpacing(px(6))
        label = Label(name, "Muted")
        label.setBuddy(editor)
        if self._narrow:
            label.hide()  # never shown before it has a place: it would be a window of its own for a moment
        editor.setToolTip(name)
        self._labels.append(label)
        row.addWidget(label)
        row.addWidget(editor)
        return pair

    def answers(self) -> dict[str, Any]:
        """The answers as they stand; parameters without a control are left to the report."""
        return {key: editor.answer() for key, editor in self.editors.items()}
