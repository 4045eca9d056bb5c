"""The sheet of targets: written, emptied, pasted and undone by keyboard; refused with a reason; the list behind its button."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.business import Target
from crm_desktop.core.access import Actor
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.list_page import ListPage
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.settings.targets import TargetsPage
from tests.office import Office, open_office

ENTER, TAB, ESCAPE, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Delete


class Told:
    """What the desk said, and the last undo it offered."""

    def __init__(self, desk: Desk):
        self.texts: list[str] = []
        self.undo: Callable[[], object] | None = None
        desk.ways.tell = self.tell

    def tell(self, text: str, undo: Callable[[], object] | None = None, action: object = None) -> None:
        self.texts.append(text)
        self.undo = undo


@pytest.fixture
def office(database: Any, clock: Any) -> Office:
    return open_office(database, clock)


@pytest.fixture
def open_page(qtbot: Any, office: Office, english: None, taken_down: Any) -> Iterator[Callable[[Actor], TargetsPage]]:
    desks: list[Desk] = []

    def opened(actor: Actor) -> TargetsPage:
        desk = Desk(office.records, actor, Runner(inline=True))
        desks.append(desk)
        page = TargetsPage(desk, lambda: ListPage(desk, Target))
        qtbot.addWidget(page)
        page.resize(1000, 640)
        page.show()
        qtbot.waitExposed(page)
        return page

    yield opened
    for desk in desks:
        desk.close()


def lines(page: TargetsPage) -> dict[str, list[str]]:
    """What stands in each line, beside its name."""
    model = page.model
    rows = [[model.text(row, column) for column in range(model.columnCount())] for row in range(model.rowCount())]
    return {row[0].strip(): row[1:] for row in reversed(rows)}  # the company stands above a department of its name


def stand_on(page: TargetsPage, name: str, column: int) -> None:
    row = next(place for place, one in enumerate(page.places) if one.name == name)
    page.grid.setCurrentIndex(page.model.index(row, column))


def write(qtbot: Any, page: TargetsPage, text: str, key: Qt.Key = ENTER) -> None:
    """Digits begin to write, and a key ends it."""
    qtbot.keyClicks(page.grid, text[0])
    qtbot.keyClicks(page.editor, text[1:])
    qtbot.keyClick(page.editor, key)
    QApplication.processEvents()


def test_a_year_is_filled_in_like_a_sheet(qtbot: Any, office: Office, open_page: Any, nameless: Callable[[QWidget], list[str]]) -> None:
    page = open_page(office.boss)
    told = Told(page.desk)
    assert nameless(page) == []
    assert [column.key for column in page.model.columns][1:7] == [f"2026-0{month}" for month in range(1, 7)]
    stand_on(page, "李娜", 3)
    write(qtbot, page, "12w", TAB)
    assert page.grid.currentIndex().column() == 4
    write(qtbot, page, "5000", ENTER)
    assert lines(page)["李娜"] == ["", "", "120,000", "5,000", "", "", "125,000"]
    assert lines(page)["销售一部"] == lines(page)["李娜"] == lines(page)["明达"]
    assert told.texts == ["Saved", "Saved"] and told.undo is not None
    told.undo()
    QApplication.processEvents()
    assert lines(page)["李娜"][3] == ""
    stand_on(page, "李娜", 3)
    write(qtbot, page, "999", ESCAPE)
    assert lines(page)["李娜"][2] == "120,000"
    stand_on(page, "明达", 3)
    write(qtbot, page, "200000")
    stand_on(page, "明达", 3)
    assert page.said.text() == "Entered: ¥ 200,000 · Below it: ¥ 120,000 · Not shared out yet: ¥ 80,000"
    qtbot.keyClick(page.grid, DELETE)
    QApplication.processEvents()
    assert lines(page)["明达"][2] == "120,000"


def test_cells_of_a_workbook_are_pasted_and_undone_at_once(qtbot: Any, office: Office, open_page: Any) -> None:
    page = open_page(office.boss)
    told = Told(page.desk)
    stand_on(page, "李娜", 5)
    QApplication.clipboard().setText("1000\t2,000\t3000\n10\t20\r\n")
    qtbot.keyClick(page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    names = [place.name for place in page.places]
    below = names[names.index("李娜") + 1]
    assert lines(page)["李娜"][4:6] == ["1,000", "2,000"], "what does not fit beside the last month is left out"
    assert lines(page)[below][4:6] == ["10", "20"]
    assert told.undo is not None
    told.undo()
    QApplication.processEvents()
    assert lines(page)["李娜"][4:6] == lines(page)[below][4:6] == ["", ""]
    QApplication.clipboard().setText("many")
    stand_on(page, "李娜", 5)
    qtbot.keyClick(page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "many" in told.texts[-1] and lines(page)["李娜"][4] == ""


def test_it_says_why_something_cannot_be_written(qtbot: Any, office: Office, open_page: Any) -> None:
    page = open_page(office.boss)
    told = Told(page.desk)
    stand_on(page, "李娜", 3)
    write(qtbot, page, "300")
    stand_on(page, "销售一部", 3)
    write(qtbot, page, "200")
    assert "adds up to 300" in told.texts[-1] and lines(page)["销售一部"][2] == "300"
    manager, told_him = open_page(office.meng), None
    told_him = Told(manager.desk)
    stand_on(manager, "孙丽", 3)
    qtbot.keyClicks(manager.grid, "5")
    assert manager.editor is None and told_him.texts == ["You set targets only for those whose opportunities you see."]
    salesperson = open_page(office.li)
    told_her = Told(salesperson.desk)
    stand_on(salesperson, "李娜", 3)
    qtbot.keyClicks(salesperson.grid, "5")
    assert salesperson.editor is None and "lack the right" in told_her.texts[0]
    assert lines(salesperson)["李娜"][2] == "300"


def test_half_years_measures_and_the_list(qtbot: Any, office: Office, open_page: Any) -> None:
    page = open_page(office.boss)
    stand_on(page, "李娜", 1)
    write(qtbot, page, "7")
    page.measure.set_value("receipts")
    assert lines(page)["李娜"][0] == ""
    page.measure.set_value("sales")
    page.later.click()
    assert page.year.text() == "2026 · 7–12" and lines(page)["李娜"][0] == ""
    page.later.click()
    assert page.year.text() == "2027 · 1–6"
    page.resize(1400, 640)
    QApplication.processEvents()
    assert page.year.text() == "2027" and len(page.model.columns) == 14
    page.earlier.click()
    assert page.year.text() == "2026" and lines(page)["李娜"][0] == "7"
    page.as_list.click()
    assert page.list is not None and page.stack.currentWidget() is page.list
    assert office.records.count(Target, office.boss) == page.list.model.row_count() == 1
    office.records.set_field(Target, office.records.ids(Target, office.boss), "amount", Decimal(9), office.boss)
    QApplication.processEvents()
    assert lines(page)["李娜"][0] == "9"
