"""The board is exported as it is seen: its filters, lane by lane, in the order of its cards, with what lies beyond the first ones."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from crm_desktop.core.views import Condition, View
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records import board_reading, export_dialog
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.records.board import OpportunityPage
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.widgets.editors import ChoiceEdit, TextEdit
from tests.ui.board.conftest import Told, stored


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Answers the question of the export; what was offered as its records, and the names and stages written."""
    path, offered = tmp_path / "board.csv", []

    def answer(question: Question) -> int:
        rows, _fields, kind = question.findChildren(ChoiceEdit)
        offered.append([rows.itemText(place) for place in range(rows.count())])
        kind.set_value("csv")
        question.findChildren(TextEdit)[0].setText("weekly meeting")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(Question, "exec", answer)
    monkeypatch.setattr(export_dialog, "ask_save", lambda *_args: str(path))

    def rows() -> tuple[list[list[str]], list[tuple[str, str]]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            headings, *found = csv.reader(file)
            name, stage = headings.index("商机"), headings.index("阶段")  # in the language of who takes it out
            return offered, [(row[name], row[stage]) for row in found]

    return rows


def test_the_board_as_filtered(page: OpportunityPage, office, written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_reading, "CAP", 1)
    page.refresh()
    page.export.click()
    offered, rows = written()
    assert offered == [["All cards of the board as filtered"]]
    assert [name for name, _stage in rows] == ["A first", "B second", "C third", "D fourth"]
    assert rows[0][1] and rows[0][1] == rows[1][1] != rows[2][1]
    page.filters.choose_owner(office.ids["zhao"])
    page.board.setFocus()
    QTest.keyClick(page.board, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert [name for name, _stage in written()[1]] == ["C third", "D fourth"]
    logged = office.records.database.read("SELECT record_type, `count`, note FROM batch WHERE what = 'export' ORDER BY id")
    assert logged == [("opportunity", 4, "csv · board.csv · weekly meeting"), ("opportunity", 2, "csv · board.csv · weekly meeting")]


def test_closed_ones_go_along_when_they_are_shown(page: OpportunityPage, office, written) -> None:
    deal = stored(office, "B second")
    deal.stage, deal.lost_reason = office.ids["stages"]["lost"], office.records.names.picklist("lost_reason")[0].key
    office.records.save(deal, office.meng)
    page.filters.closed.click()
    page.export.click()
    assert [name for name, _stage in written()[1]] == ["A first", "C third", "D fourth", "B second"]
    page.filters.closed.click()
    page.export.click()
    assert [name for name, _stage in written()[1]] == ["A first", "C third", "D fourth"]


def test_the_same_button_writes_the_list_when_that_is_shown(page: OpportunityPage, written) -> None:
    page.show_filter(View((Condition("name", "is", "A first"),)))
    page.export.click()
    offered, rows = written()
    assert offered == [["The whole list as filtered"]] and [name for name, _stage in rows] == ["A first"]


def test_who_may_not_take_out_is_told_why(qtbot, english: None, office, told: Told) -> None:
    rights = {**office.meng.rights, "opportunity": office.meng.rights["opportunity"] - {"take_out"}}
    desk = Desk(office.records, replace(office.meng, rights=rights), Runner(inline=True))
    other = OpportunityPage(desk)
    qtbot.addWidget(other)
    assert not other.export.isEnabled() and other.export.toolTip() == other.acts.may("take_out") != ""
    desk.close()
