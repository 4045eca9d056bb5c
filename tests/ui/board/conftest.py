"""A board of a small office on Wednesday 18 March 2026: opportunities in several stages, real widgets, no screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.clock import FixedClock
from crm_desktop.database.engine import open_database
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.board import OpportunityPage
from crm_desktop.ui.records.board_acts import board_commands
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.shell.commands import Commands
from tests.office import Office, open_office

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def office(tmp_path: Path, sqlite_template: Path, clock: FixedClock) -> Iterator[Office]:
    """Opportunities of three people: see DEALS."""
    copy(sqlite_template, tmp_path / "crm.db")
    database = open_database(tmp_path)
    office = open_office(database, clock)
    stages = {stage.code: stage.id for stage in office.records.names.all("stage")}
    office.ids["stages"] = stages  # type: ignore[assignment]
    customer = office.save(Customer(name="上海明达精密机械有限公司", short_name="明达"))
    person = office.save(Contact(name="杨晓明", customer=customer.id))
    for who, name, stage, amount, days, step in DEALS:
        deal = Opportunity(
            name=name, customer=customer.id, contact=person.id, stage=stages[stage], amount=Decimal(amount), next_step=step,
            expected_close=clock.today() + timedelta(days), next_step_on=clock.today() if step else None, owner=office.ids[who],
        )  # fmt: skip
        office.ids[name] = office.save(deal, "meng").id
    yield office
    database.close()


DEALS = (
    ("li", "A first", "prospecting", 1000, 3, "Send offer"),
    ("li", "B second", "prospecting", 2000, 9, ""),
    ("zhao", "C third", "qualification", 4000, -2, "Call"),
    ("zhao", "D fourth", "closing", 8000, 30, "Sign"),
)


class Told:
    """What the window was asked to do."""

    def __init__(self, desk: Desk):
        self.texts: list[str] = []
        self.undo: Any = None
        self.lists: list[tuple[str, Any]] = []
        self.new: list[tuple[str, dict[str, Any]]] = []
        self.opened: list[tuple[str, int]] = []
        desk.ways.tell = self._tell
        desk.ways.show_list = lambda type_key, view: self.lists.append((type_key, view))
        desk.ways.new_record = lambda type_key, values: self.new.append((type_key, values))
        desk.ways.open_record = lambda type_key, record_id: self.opened.append((type_key, record_id))

    def _tell(self, text: str, undo: Any = None, action: Any = None) -> None:
        self.texts.append(text)
        self.undo = undo


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    """The desk of the department's manager, who sees the work of Li and Zhao."""
    desk = Desk(office.records, office.meng, Runner(inline=True))
    yield desk
    desk.close()


@pytest.fixture
def told(desk: Desk) -> Told:
    return Told(desk)


@pytest.fixture
def page(qtbot, english: None, desk: Desk, told: Told) -> OpportunityPage:
    """The page, shown and with the keyboard."""
    page = OpportunityPage(desk)
    qtbot.addWidget(page)
    commands = Commands(page)
    commands.add_all(board_commands(page), page.board, "widget")
    page.commands = commands  # type: ignore[attr-defined]
    page.resize(1200, 700)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.board.setFocus()
    return page


def lanes(page: OpportunityPage) -> dict[str, list[str]]:
    """Stage code -> names of its cards."""
    return {box.stage.code: [card.name for card in box.view.lane_model().cards] for box in page.board.boxes()}


def view_of(page: OpportunityPage, stage: str):
    return next(box.view for box in page.board.boxes() if box.stage.code == stage)


def box_of(page: OpportunityPage, stage: str):
    return next(box for box in page.board.boxes() if box.stage.code == stage)


def pick(page: OpportunityPage, name: str) -> None:
    """Make a card the current one."""
    for box in page.board.boxes():
        for card in box.view.lane_model().cards:
            if card.name == name:
                box.view.pick_card(card.id)
                page.board.focus_box(box)
                return
    raise AssertionError(name)


def lift(page: OpportunityPage, stage: str, row: int = 0):
    """Take a card with the mouse; returns its view and where it was taken."""
    view = view_of(page, stage)
    start = view.visualRect(view.lane_model().index(row)).center()
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    QTest.mouseMove(view.viewport(), start + QPoint(12, 12))
    return view, start


def carry(view, start: QPoint, spot: QPoint, drop: bool = True) -> None:
    """Carry what was taken to a global position."""
    goal = view.viewport().mapFromGlobal(spot)
    for step in range(1, 5):
        QTest.mouseMove(view.viewport(), start + (goal - start) * step / 4)
    if drop:
        QTest.mouseRelease(view.viewport(), LEFT, pos=goal)


def lane_spot(page: OpportunityPage, stage: str) -> QPoint:
    """The middle of a lane, on the screen."""
    target = view_of(page, stage).viewport()
    return target.mapToGlobal(target.rect().center())


def drag(page: OpportunityPage, source: str, target: str, row: int = 0) -> None:
    """Drag a card of one lane into another."""
    view, start = lift(page, source, row)
    carry(view, start, lane_spot(page, target))


def tray_spot(page: OpportunityPage, code: str) -> QPoint:
    """The middle of a closed stage in the tray, on the screen."""
    tray = page.board.dragging.tray
    stage = next(stage for stage in tray._stages if stage.code == code)
    return tray.mapToGlobal(tray.zone(stage).center())


def stored(office: Office, name: str) -> Opportunity:
    return office.records.get(Opportunity, office.ids[name], office.boss)


TODAY = date(2026, 3, 18)
