"""The list of things to do: what stands on it, opening, ticking off and taking back."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.business.office.event import Event
from crm_desktop.business.office.task import Task
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.views import Condition, View
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.widgets.editors import LongEdit, TextEdit

LEFT = Qt.MouseButton.LeftButton


def row_of(card, group: str, late: bool | None = None) -> int:
    """The first row with an item of a group."""
    for place, row in enumerate(card.model.rows):
        if row.item is not None and row.item.group == group and late in (None, row.item.late):
            return place
    raise AssertionError(group)


def unfold(card) -> None:
    for section in ("late", "today"):
        if any(row.heading and row.section == section and row.rest for row in card.model.rows):
            card.model.unfold(section)


def test_what_is_late_stands_above_what_is_for_today(page, desk):
    card = page.cards["todo"]
    unfold(card)
    items = [row.item for row in card.model.rows if row.item is not None]
    assert [item.late for item in items] == sorted((item.late for item in items), reverse=True)
    assert {item.record_type for item in items} >= {"event", "task", "customer"}
    mine = View((Condition("owner", "me"), Condition("done_at", "empty"), Condition("due_on", "before", "2026-03-19")))
    tasks = [item.id for item in items if item.group == "tasks"]
    assert sorted(tasks) == sorted(desk.records.ids(Task, desk.actor, mine))


def test_headings_count_all_and_show_the_rest(qtbot, page):
    card = page.cards["todo"]
    heading = next(row for row in card.model.rows if row.heading and row.section == "today")
    shown = [row for row in card.model.rows if row.section == "today" and row.item is not None]
    assert heading.count == len(shown) + heading.rest and heading.rest > 0
    place = card.model.rows.index(heading)
    QTest.mouseClick(card.list.viewport(), LEFT, pos=card.list.visualRect(card.model.index(place)).center())
    shown = [row for row in card.model.rows if row.section == "today" and row.item is not None]
    assert len(shown) == heading.count
    qtbot.waitUntil(lambda: card.list.height() == card.list.sizeHint().height())


def test_a_click_or_enter_opens(page, told):
    card = page.cards["todo"]
    row = row_of(card, "events")
    QTest.mouseClick(card.list.viewport(), LEFT, pos=card.list.visualRect(card.model.index(row)).center())
    card.list.setFocus()
    card.list.setCurrentIndex(card.model.index(row))
    QTest.keyClick(card.list, Qt.Key.Key_Return)
    item = card.model.rows[row].item
    assert told.opened == [("event", item.id)] * 2


def test_ticking_finishes_a_task_and_undo_brings_it_back(qtbot, page, desk, told):
    card = page.cards["todo"]
    unfold(card)
    row = row_of(card, "tasks")
    item = card.model.rows[row].item
    box = card.list.visualRect(card.model.index(row))
    QTest.mouseClick(card.list.viewport(), LEFT, pos=QPoint(box.x() + 24, box.center().y()))
    assert desk.records.get(Task, item.id, desk.actor).state == "completed"
    assert told.texts == [f"“{item.title}” is done"]
    qtbot.waitUntil(lambda: card.model.row_of("task", item.id) < 0)
    told.undo()
    qtbot.waitUntil(lambda: card.model.row_of("task", item.id) >= 0)


def test_space_on_an_event_asks_for_its_result(qtbot, page, desk):
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Question)
        dialog.findChild(LongEdit).setPlainText("They want an offer.")
        dialog.accept()

    card = page.cards["todo"]
    row = row_of(card, "events")
    item = card.model.rows[row].item
    card.list.setFocus()
    card.list.setCurrentIndex(card.model.index(row))
    QTimer.singleShot(50, answer)
    QTest.keyClick(card.list, Qt.Key.Key_Space)
    event = desk.records.get(Event, item.id, desk.actor)
    assert (event.state, event.result) == ("held", "They want an offer.")


def test_ticking_a_customer_logs_a_call(page, told):
    card = page.cards["todo"]
    unfold(card)
    row = row_of(card, "customers")
    card.list.act(row, tick=True)
    assert told.new == [("follow_up", {"customer": card.model.rows[row].item.id, "method": "call"})]


def test_ticking_a_step_asks_for_the_next_one(qtbot, page, desk):
    deal = desk.records.ids(Opportunity, desk.actor, View((Condition("owner", "me"), Condition("closed_at", "empty"))))[0]
    record = desk.records.get(Opportunity, deal, desk.actor)
    record.next_step, record.next_step_on = "Call back", desk.records.clock.today() - timedelta(1)
    desk.records.save(record, desk.actor)
    card = page.cards["todo"]
    qtbot.waitUntil(lambda: unfold(card) or card.model.row_of("opportunity", deal) >= 0)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        dialog.findChild(TextEdit).setText("Send the contract")
        dialog.accept()

    QTimer.singleShot(50, answer)
    card.list.act(card.model.row_of("opportunity", deal), tick=True)
    kept = desk.records.get(Opportunity, deal, desk.actor)
    assert (kept.next_step, kept.next_step_on) == ("Send the contract", None)


def test_more_room_shows_more_rows(page):
    card = page.cards["todo"]
    page.resize(1180, 700)
    few = len(card.model.rows)
    page.resize(1180, 1100)
    assert len(card.model.rows) > few


def test_it_can_be_read_aloud(page):
    card = page.cards["todo"]
    row = row_of(card, "events")
    spoken = card.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert card.model.rows[row].item.title in spoken and f"{card.model.rows[row].item.at:%H:%M}" in spoken


def test_late_ones_take_the_room_that_today_leaves(page):
    from crm_desktop.reports.todo import Item, Todo

    model = page.cards["todo"].model
    day = page.content.workbench.day
    late = tuple(Item("tasks", "task", n, f"t{n}", "", day - timedelta(3), None, True) for n in range(20))
    group = type(page.content.workbench.todo.groups[0])("tasks", "Tasks", 20, late, None)
    model.show_todo(Todo((group,)), day)
    model.show_at_first(9)
    assert sum(row.item is not None for row in model.rows) == 9 and model.rows[0].rest == 11
