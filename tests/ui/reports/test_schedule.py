"""Scheduling a report from its page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from crm_desktop.business.system.schedule import Schedule
from crm_desktop.core.views import View
from crm_desktop.ui.reports.schedule_dialog import ScheduleDialog


def dialog_of(qtbot, page) -> ScheduleDialog:
    page.schedule()
    dialog = page.findChild(ScheduleDialog)
    qtbot.waitExposed(dialog)
    return dialog


def schedules(desk) -> list[Schedule]:
    ids = desk.records.ids(Schedule, desk.actor, View())
    return [desk.records.get(Schedule, one, desk.actor) for one in ids]


def test_a_schedule_is_kept(qtbot, page, desk, told, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(tmp_path))
    page.show_report("forecast")
    dialog = dialog_of(qtbot, page)
    dialog.weekdays.switches["5"].click()
    dialog.at.set_value("17:30")
    dialog.format.set_value("pdf")
    dialog.folder._choose()
    dialog.accept()
    (kept,) = schedules(desk)
    assert (kept.name, kept.report, kept.weekdays, kept.at, kept.format) == ("Weighted forecast", "forecast", "15", "17:30", "pdf")
    assert kept.folder == str(tmp_path) and kept.owner == desk.actor.employee
    assert told.texts == ["“Weighted forecast” is scheduled"] and told.undo is not None


def test_what_is_wrong_is_told_under_its_field(qtbot, page, desk, nameless):
    dialog = dialog_of(qtbot, page)
    assert nameless(dialog) == []
    dialog.at.set_value("later")
    dialog.folder.text.set_value("/tmp")
    dialog.accept()
    assert dialog.isVisible() and "08:00" in dialog.at.accessibleDescription() and schedules(desk) == []
    dialog.at.set_value("7:05")
    dialog.weekdays.switches["1"].click()
    dialog.accept()
    assert dialog.weekdays.accessibleDescription() and schedules(desk) == []
    dialog.reject()


def test_enter_in_any_field_keeps_the_schedule(qtbot, page, desk, tmp_path):
    for name in ("name", "at", "folder"):
        dialog = dialog_of(qtbot, page)
        dialog.folder.text.set_value(str(tmp_path))
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        dialog.ok.setFocus()  # a button that loses the focus may take the default with it
        editor = dialog.folder.text if name == "folder" else dialog.editors[name]
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_Return)
        assert not dialog.isVisible(), name
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    assert len(schedules(desk)) == 3
