"""Schedules a report: on which weekdays, when, in which format and into which folder it is written by itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.business.system.schedule import Schedule
from crm_desktop.core.errors import InvalidRecord, Trouble
from crm_desktop.core.journal import Change
from crm_desktop.core.names import label_of
from crm_desktop.core.words import say
from crm_desktop.reports.report import Report
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import ask_folder
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.records.editing import editor_for, read
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import TextEdit
from crm_desktop.ui.widgets.field import show_error
from crm_desktop.ui.widgets.labels import Label


class FolderEdit(QWidget):
    """A folder: typed, or chosen."""

    def __init__(self, folder: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.text = TextEdit()
        self.text.setMaxLength(400)
        self.text.set_value(folder)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        row.addWidget(self.text, 1)
        row.addWidget(Button(say("Choose…"), "folder", run=self._choose))
        self.setMinimumHeight(px(tokens.CONTROL))
        self.setFocusProxy(self.text)

    def value(self) -> str:
        """The folder as typed."""
        return str(self.text.value() or "").strip()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.text.setAccessibleName(name)

    def _choose(self) -> None:
        folder = ask_folder(self, say("Folder for the reports"), self.value())
        if folder:
            self.text.set_value(folder)


class ScheduleDialog(Question):
    """Makes a `Schedule` of the person at the desk. The report is written with its usual settings, as he sees it."""

    def __init__(self, desk: Desk, report: Report, parent: QWidget):
        super().__init__(parent, say("Schedule “{report}”", report=say(report.title)), say("Schedule"))
        self.desk, self.report = desk, report
        fields = desk.records.fields(Schedule)
        self.name, self.at = editor_for(desk, fields["name"]), editor_for(desk, fields["at"])
        self.format = editor_for(desk, fields["format"])
        self.weekdays = editor_for(desk, fields["weekdays"])
        self.folder = FolderEdit(desk.setting("reports.folder", "") or "")
        self.editors: dict[str, Any] = {
            "name": self.name, "weekdays": self.weekdays, "at": self.at, "format": self.format, "folder": self.folder,
        }  # fmt: skip
        for name, editor in self.editors.items():
            self.form.row(label_of(fields[name]), editor, required=True)
        self.name.set_value(say(report.title))
        self.weekdays.set_value("1")
        self.at.set_value("08:00")
        self.format.set_value("xlsx")
        when = say("The report is written while the program runs. A run that was missed is made up once at the next start.")
        note = Label(when, "Muted", wrap=True)
        note.setContentsMargins(0, px(8), 0, 0)
        self.form.wide(note)
        self.setMinimumWidth(px(520))
        self.folder.setFocus()  # all else is filled in
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def accept(self) -> None:
        """Keeps the schedule; what is wrong with it is told under its field."""
        fields = self.desk.records.fields(Schedule)
        values: dict[str, Any] = {"report": self.report.key, "weekdays": self.weekdays.value(), "folder": self.folder.value()}
        values |= {name: read(fields[name], self.editors[name]) for name in ("name", "at", "format")}
        for editor in self.editors.values():
            show_error(editor, "")
        schedule = Schedule(**values)
        self.ok.setEnabled(False)
        self.desk.write(
            lambda: self.desk.records.save(schedule, self.desk.actor),
            lambda change: self._kept(change, schedule),
            say("“{name}” is scheduled", name=values["name"]),
            self._failed,
        )

    def _kept(self, _change: Change, schedule: Schedule) -> None:
        self.desk.remember("reports.folder", schedule.folder)
        super().accept()

    def _failed(self, error: Exception) -> None:
        self.ok.setEnabled(True)
        QTimer.singleShot(0, self, self.adjustSize)
        if not isinstance(error, Trouble):
            return
        for problem in error.problems if isinstance(error, InvalidRecord) else [error]:
            editor = self.editors.get(getattr(problem, "field", None) or "")
            if editor is not None:
                show_error(editor, problem.sentence())
            else:
                self.desk.ways.tell(problem.sentence())
