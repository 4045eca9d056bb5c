"""The page of reports: choosing, parameters, drilling down, charts, files and paper."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from crm_desktop import reports
from crm_desktop.business.staff.sign_in import actor_for, find
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.printing.document_dialog import DocumentDialog
from crm_desktop.ui.reports.asking import ask_report
from crm_desktop.ui.reports.chart_points import Point
from crm_desktop.ui.reports.charts import LyingBars, StandingColumns
from crm_desktop.ui.reports.page import ReportsPage
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.theme import metrics, px
from crm_desktop.ui.widgets import painting
from tests.ui.board.conftest import Told

LEFT = Qt.MouseButton.LeftButton


def records_of(told: Told, desk: Desk) -> int:
    """How many records the list that was asked for last holds."""
    type_key, view = told.lists[-1]
    return desk.records.count(desk.record_type(type_key), desk.actor, view)


@pytest.mark.parametrize("key", list(reports.REPORTS))
def test_every_report_is_shown_with_its_totals(page, key):
    page.show_report(key)
    table = reports.find(key).run(page.desk.records, page.desk.actor, None, "en")
    model = page.rows.model()
    shown = [[model.cell(row, column) for column in range(model.columnCount())] for row in range(model.row_count())]
    assert shown == [list(row.values) for row in table.rows] and shown
    assert page.totals.isHidden() == (table.totals is None)
    assert page.chart_area.isHidden() == (table.chart is None)
    assert page.notes.text() == "\n".join(table.notes)


@pytest.mark.parametrize("key", ["funnel", "forecast", "lost_reasons", "activity"])
def test_enter_on_a_row_leads_to_the_records_it_counts(page, desk, told, key):
    page.show_report(key)
    place = next(place for place, column in enumerate(page.table.columns) if column.name in ("count", "total"))
    for row in range(page.rows.model().row_count()):
        page.rows.pick(row)
        page.rows.setFocus()
        QTest.keyClick(page.rows, Qt.Key.Key_Return)
        assert records_of(told, desk) == page.rows.model().cell(row, place)


def test_a_double_click_on_a_single_record_opens_it(page, told):
    page.show_report("idle")
    spot = page.rows.visualRect(page.rows.model().index(2, 0)).center()
    QTest.mouseClick(page.rows.viewport(), LEFT, pos=spot)
    QTest.mouseDClick(page.rows.viewport(), LEFT, pos=spot)
    assert told.opened == [("opportunity", page.table.rows[2].drill.record)]


def test_sorting_keeps_each_row_with_its_records(page, desk, told):
    headings = page.rows.horizontalHeader()
    QTest.mouseClick(headings.viewport(), LEFT, pos=QPoint(headings.sectionViewportPosition(1) + 40, 12))
    counts = [page.rows.model().cell(row, 1) for row in range(page.rows.model().row_count())]
    assert counts == sorted(counts)
    page.rows.pick(0)
    page.rows.opened.emit(0)
    assert records_of(told, desk) == counts[0]
    assert page.totals.texts()[1][1] == f"{sum(counts):,}"


# Parameters


def test_parameters_count_anew_and_are_remembered(qtbot, page, desk, records):
    owner = find(records, "chenzq").id
    editor = page.parameters.editors["owner"]
    editor.set_value(owner)
    editor.committed.emit()
    assert page.table == reports.find("funnel").run(records, desk.actor, {"owner": owner}, "en")
    page.show_report("forecast")
    again = ReportsPage(desk)
    qtbot.addWidget(again)
    assert again.report.key == "forecast"
    again.show_report("funnel")
    assert again.parameters.answers()["owner"] == owner


def test_two_days_are_a_period_too(page, desk, records):
    period = page.parameters.editors["period"]
    assert period.first.isHidden()
    period.choice.set_value("custom")
    period.choice.committed.emit()
    assert not period.first.isHidden() and page.table.filter_line.startswith("Created: 2026-01-01 to 2026-03-31")
    period.last.setFocus()
    period.last.set_value(None)
    period.last.committed.emit()
    assert page.parameters.answers()["period"] == "2026-01-01/"


def test_an_answer_that_is_gone_does_not_stick(page, desk, told):
    page._answers["funnel"] = {"period": "nonsense"}
    page.show_report("forecast")
    page.show_report("funnel")
    assert page.table.report == "funnel" and page.parameters.answers()["period"] == "last_12_months"


def test_salespeople_choose_among_what_they_may_see(qtbot, english, records):
    desk = Desk(records, actor_for(records, find(records, "chenzq").id, "en"), Runner(inline=True))
    page = ReportsPage(desk)
    qtbot.addWidget(page)
    owner = page.parameters.editors["owner"]
    assert [owner.itemText(row) for row in range(owner.count())] == ["Everybody", "Chen Zhiqiang"]
    desk.close()


# Charts


def test_each_report_has_its_kind_of_chart(page):
    assert isinstance(page.chart, LyingBars) and page.chart.centred
    page.show_report("forecast")
    assert isinstance(page.chart, StandingColumns)
    page.show_report("lost_reasons")
    assert isinstance(page.chart, LyingBars) and not page.chart.centred


def test_a_bar_leads_to_its_records_by_mouse_and_keyboard(page, desk, told):
    page.show_report("lost_reasons")
    chart = page.chart
    QTest.mouseClick(chart.viewport(), LEFT, pos=chart.rects[1].center())
    assert records_of(told, desk) == page.table.rows[1].values[1]
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert len(told.lists) == 2 and records_of(told, desk) == page.table.rows[0].values[1]


def test_a_step_of_the_funnel_leads_to_its_row(page, told):
    QTest.mouseClick(page.chart.viewport(), LEFT, pos=page.chart.rects[2].center())
    assert told.lists == [] and page.rows.currentIndex().row() == 2 and page.rows.hasFocus()


def test_arrows_walk_over_the_bars(page):
    chart = page.chart
    chart.setFocus()
    for key, row in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Up, 1), (Qt.Key.Key_End, 5)):
        QTest.keyClick(chart, key)
        assert chart.currentIndex().row() == row
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.currentIndex().row() == 5


def test_bars_stand_for_their_values(page):
    chart, labels = page.chart, page.table.chart.labels
    reached = [row.values[4] for row in page.table.rows[: len(labels)]]
    assert [point.values[0] for point in chart.points.points] == [float(value) for value in reached]
    assert chart.points.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == f"{labels[0]}: {reached[0]}"
    QApplication.sendEvent(chart.viewport(), QHelpEvent(QEvent.Type.ToolTip, chart.rects[0].center(), QPoint(0, 0)))


def test_hovering_marks_the_bar(qtbot, page):
    page.show_report("lost_reasons")
    chart = page.chart
    qtbot.waitUntil(lambda: chart.viewport().width() > 600)
    spot = QPointF(chart.rects[0].center())
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, spot, chart.viewport().mapToGlobal(spot), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(chart.viewport(), move)
    assert chart.hovered == 0 and chart.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert chart.hovered == -1


# Files and paper


def test_export_writes_what_is_shown(page, monkeypatch, tmp_path, told):
    target = tmp_path / "funnel"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **more: (str(target), ""))
    told.actions = []
    page.desk.ways.tell = lambda text, undo=None, action=None: told.texts.append(text)
    page.export_as("xlsx")
    assert told.texts == ["Saved as funnel.xlsx"]
    sheet = load_workbook(tmp_path / "funnel.xlsx").active
    assert sheet["A1"].value == "Sales funnel"
    amounts = [cell.value for row in sheet.iter_rows() for cell in row if cell.number_format == "#,##0.00" and cell.value is not None]
    assert Decimal(str(max(amounts))) == max(page.table.totals[2], page.table.totals[3])
    page.export_as("pdf")
    assert (tmp_path / "funnel.pdf").read_bytes().startswith(b"%PDF")
    assert page.desk.setting("reports.folder") == str(tmp_path)


def test_a_folder_that_cannot_be_written_is_told(page, monkeypatch, told, tmp_path):
    wrong = tmp_path / "missing" / "funnel.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **more: (str(wrong), ""))
    page.export_as("xlsx")
    assert "could not be written" in told.texts[0] and not wrong.exists()


def test_without_the_right_to_export_the_buttons_say_why(qtbot, page, desk, told):
    rights = dict(desk.actor.rights)
    rights["opportunity"] = rights["opportunity"] - {"take_out"}
    object.__setattr__(desk.actor, "rights", rights)
    page.show_report("forecast")
    assert not page.export_button.isEnabled() and "lack the right to export" in page.export_button.toolTip()
    page.export_as("xlsx")
    page.preview()
    assert len(told.texts) == 2


def test_the_preview_shows_the_report_as_pages(qtbot, page):
    page.preview()
    dialog = page.findChild(DocumentDialog)
    assert dialog.windowTitle() == "Sales funnel" and dialog.preview.view.document() is not None
    dialog.reject()


# Getting here


def test_another_page_can_ask_for_a_report(qtbot, page, desk):
    asked = []
    desk.ways.show = asked.append
    ask_report(desk, "idle")
    assert page.report.key == "idle" and asked == ["reports"]
    ask_report(desk, "forecast")
    other = ReportsPage(desk)
    qtbot.addWidget(other)
    assert page.report.key == "forecast"


def test_a_change_is_counted_by_itself(qtbot, page, desk):
    before = page.table.totals[1]
    deal = desk.records.ids(desk.record_type("opportunity"), desk.actor, page.table.rows[0].drill.view)[0]
    desk.records.delete(desk.record_type("opportunity"), [deal], desk.actor)
    qtbot.waitUntil(lambda: page.table.totals[1] == before - 1)


@pytest.mark.parametrize("size", [(360, 600), (760, 600), (1180, 780)])
def test_everything_has_a_name_and_fits(qtbot, page, nameless, size):
    page.resize(*size)
    qtbot.waitUntil(lambda: page.width() == size[0])
    assert nameless(page) == []
    assert page.rows.height() > 60
    assert page.list.isHidden() == (size[0] < 860) and page.combo.isHidden() == (size[0] >= 860)
    page.combo.set_value("idle")
    page.combo.committed.emit()
    assert page.report.key == "idle"


def test_the_files_are_proposed_by_name_and_day(page, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **more: (asked.append(args), ("", ""))[1])
    page.export_as("pdf")
    ((_parent, title, wanted, kinds),) = asked
    assert (title, Path(wanted).name, kinds) == ("Export the report", "Sales funnel 2026-03-18.pdf", "PDF files (*.pdf)")


def test_every_heading_of_a_report_has_its_words(page):
    for place in range(1, len(page.table.columns)):
        words = metrics("small", tokens.SEMIBOLD).horizontalAdvance(page.table.columns[place].label)
        assert page.rows.columnWidth(place) >= words + 2 * px(12), page.table.columns[place].label


@pytest.mark.parametrize("label", ["Won this month", "Qualification", "本月赢单", "W"])
def test_the_note_behind_the_longest_label_is_read_in_full(qtbot, english: None, monkeypatch: pytest.MonkeyPatch, label: str) -> None:
    """The room for labels is measured as they are painted: a count must not become “…”."""
    shown: list[tuple[str, bool]] = []

    def elided(painter, rect, text, align=painting.LEFT) -> None:
        shown.append((text, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width())) == text))

    monkeypatch.setattr(painting, "elided", elided)
    for note in map(str, range(1, 130)):
        chart = LyingBars("Sales funnel")
        qtbot.addWidget(chart)
        chart.resize(500, 80)
        chart.show_points([Point(label, (1.0,), "¥ 1", note=note)])
        chart.show()
        chart.grab()
    assert len(shown) >= 3 * 129 and [text for text, whole in shown if not whole] == []
