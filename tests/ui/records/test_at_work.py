"""Records at work in the window: what is opened, what happened, what is deleted, and lists that stop listening."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QRadioButton
from shiboken6 import isValid

from crm_desktop.business import RECORD_TYPES, Contact, Customer, Event, FollowUp, Lead, Opportunity, Product, Task
from crm_desktop.business.customers.converting import Conversion, convert
from crm_desktop.business.office import marks
from crm_desktop.business.sales.stage import Stage
from crm_desktop.core import clock
from crm_desktop.core.errors import Trouble
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition, View
from crm_desktop.ui.kept_layouts import KeptLayouts
from crm_desktop.ui.records import export_dialog
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.records.board import OpportunityPage
from crm_desktop.ui.records.conditions import ConditionsBox
from crm_desktop.ui.records.convert_dialog import convert_lead
from crm_desktop.ui.records.editing import editor_for
from crm_desktop.ui.records.editing import read as read_value
from crm_desktop.ui.records.editing import show as show_value
from crm_desktop.ui.records.model import RecordsModel
from crm_desktop.ui.records.new_record import NewRecord
from crm_desktop.ui.records.past_dialog import PastDialog
from crm_desktop.ui.records.timeline import tell
from crm_desktop.ui.session import Session
from crm_desktop.ui.settings.roles import RolesPage
from crm_desktop.ui.settings.targets import TargetsPage
from crm_desktop.ui.settings.topics import LISTS
from crm_desktop.ui.widgets.editors import ChoiceEdit, FlagEdit, MoneyEdit
from crm_desktop.ui.widgets.field import error_of
from crm_desktop.ui.widgets.menus import Menu
from tests.ui.waiting import settle, wait_for


def test_what_was_deleted_is_not_among_the_recent_ones_until_it_is_restored(session: Session) -> None:
    one = session.records.ids(Customer, session.desk.actor)[3]
    marks.opened(session.records, session.desk.actor, "customer", one)

    def recent() -> list[int]:
        return [record_id for _key, record_id, _title in session._marks()[1]]

    assert one in recent()
    stage = next(row for row in session.records.names.all("stage") if row.code == "closing")  # type: ignore[attr-defined]
    marks.opened(session.records, session.desk.actor, "stage", stage.id)
    assert ("stage", stage.id, "Closing") in session._marks()[1]
    session.records.delete(Customer, [one], session.desk.actor)
    assert one not in recent()
    session.records.restore(Customer, [one], session.desk.actor)
    assert one in recent()


def test_the_current_row_is_starred_while_the_details_are_put_away(session: Session) -> None:
    """Not the record they showed before: a small window has no room for them."""
    page: Any = session.list_page_of("customer")
    settle()
    session.window.show_detail(False)
    row = page.table.currentIndex().row()
    page.table.pick(row + 2)
    one = page.current_id()
    session.window.commands.run("record.star")
    assert marks.starred(session.records, session.desk.actor)[-1] == ["customer", one]
    session.window.commands.run("record.star")
    assert ["customer", one] not in marks.starred(session.records, session.desk.actor)
    before = marks.starred(session.records, session.desk.actor)
    session.window.go("calendar")
    session.window.commands.run("record.star")
    assert marks.starred(session.records, session.desk.actor) == before
    assert session.window.snackbar.text() == "Select a record first."


def test_a_list_of_one_counts_one_and_words_of_a_view_stand_in_its_box(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    title = session.records.get(Customer, session.records.ids(Customer, session.desk.actor)[0], session.desk.actor).name
    session.show_list("customer", View(text=title))
    settle()
    assert page.filter.text() == title and page.view.text == title and page.model.rowCount() == 1
    assert page.footer._figures.text() == "1 customer"
    session.show_list("customer", View())
    settle()
    assert page.filter.text() == "" and page.view.text == "" and page.model.rowCount() > 1


def test_who_reads_english_finds_english_labels_beside_names_and_no_key_of_the_program(session: Session) -> None:
    assert Stage.first_columns("en")[:2] == ["name", "name_en"] and Stage.first_columns("zh_TW")[:2] == ["name", "name_tw"]
    assert Stage.first_columns("zh_CN")[:2] == ["name", "kind"] and Customer.first_columns("en") == Customer.screen.columns.split()
    field = Stage.declared()["pipeline"]
    editor = editor_for(session.desk, field)
    show_value(session.desk, field, editor, "sales")
    assert editor.value() == "Standard pipeline" and read_value(field, editor) == "sales"
    editor.set_value("spare parts")
    assert read_value(field, editor) == "spare parts"


def test_a_record_one_looks_at_is_among_the_recent_ones_and_one_passed_by_is_not(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page: Any = session.list_page_of("customer")
    settle()
    passed, looked_at = page.model.record_id(1), page.model.record_id(4)
    page.table.pick(1)
    session.open_record("customer", looked_at)
    detail: Any = session.window.detail()
    shown: list[str] = []
    monkeypatch.setattr(session.window.sidebar, "show_recent", lambda items: shown.extend(one.title for one in items))
    detail._looked_at.start(0)
    wait_for(lambda: detail.record.called() in shown)
    recent = marks.recent(session.records, session.desk.actor)
    assert recent[0] == ["customer", looked_at]
    assert ["customer", passed] not in recent
    renamed = session.records.get(Customer, looked_at, session.desk.actor)
    renamed.name = "换名之后有限公司"
    session.desk.write(lambda: session.records.save(renamed, session.desk.actor))
    wait_for(lambda: "换名之后有限公司" in shown)


def test_a_timeline_behind_another_tab_is_up_to_date_when_it_comes_to_the_front(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    customer = page.model.record_id(2)
    session.open_record("customer", customer)
    detail: Any = session.window.detail()
    sheet = detail.sheet(Customer)
    sheet.tabs.setCurrentWidget(sheet.timeline)
    settle()
    before = sheet.timeline.model.rowCount()
    sheet.tabs.setCurrentWidget(sheet.form)
    session.records.save(Contact(name="新联系人", customer=customer), session.desk.actor)
    settle()
    sheet.tabs.setCurrentWidget(sheet.timeline)
    settle()
    assert sheet.timeline.model.rowCount() == before + 1


def test_what_was_logged_about_a_lead_reads_the_same_on_its_customer(session: Session) -> None:
    lead = Lead(name="秦明", company="秦明机械")
    session.records.save(lead, session.desk.actor)
    session.records.save(FollowUp(content="客户来电询价", method="call", lead=lead.id), session.desk.actor)
    lead = session.records.get(Lead, lead.id, session.desk.actor)
    made, _change = convert(session.records, lead, session.desk.actor, Conversion())
    lines = session.records.timeline(Customer, made.customer, session.desk.actor)
    told = [item for item in tell(session.desk, lines, Customer) if "询价" in item.body]
    assert [(item.body, item.icon) for item in told] == [("客户来电询价", "phone")]


def test_the_record_is_shown_as_of_a_day_that_is_typed(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    settle()
    shown = [page.model.record_id(row) for row in range(20)]
    customers = [session.records.get(Customer, one, session.desk.actor) for one in shown if one]
    old = min(customers, key=lambda one: one.created_at)
    was, created = old.name, clock.to_local(old.created_at).date()
    old.name = "新的名称"
    session.records.save(old, session.desk.actor)
    session.open_record("customer", old.id)
    settle()
    session.window.commands.run("record.past")
    wait_for(lambda: bool(session.window.findChildren(PastDialog)))
    dialog = session.window.findChildren(PastDialog)[-1]

    def values() -> list[str]:
        return [label.accessibleName() for label in dialog._scroll.findChildren(QLabel)]

    dialog.day.set_value(created)
    dialog.day.committed.emit()
    settle()
    assert any(was in one for one in values()) and not any("新的名称" in one for one in values())
    assert was in dialog.windowTitle()
    dialog.day.set_value(created - timedelta(days=1))
    dialog.day.committed.emit()
    settle()
    assert dialog._note.text() == "The record did not exist yet at that time." and values() == []
    dialog.close()


def test_the_recycle_bin_keeps_only_the_list_it_shows(session: Session) -> None:
    page: Any = session.window.go("recycle_bin")
    for key in ("contact", "lead", "customer"):
        page.type.set_value(key)
        page._show_type()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page.findChildren(RecordsModel) == [page.model]


def test_del_in_the_calendar_puts_the_event_into_the_bin(session: Session) -> None:
    start = datetime.combine(date.today(), time(10))
    event = Event(title="看样品", starts_at=clock.to_utc(start), ends_at=clock.to_utc(start + timedelta(hours=1)))
    session.records.save(event, session.desk.actor)
    page: Any = session.window.go("calendar")
    settle()
    row = next(row for row, entry in enumerate(page.model.entries) if entry.id == ("event", event.id))
    page.selection.setCurrentIndex(page.model.index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    page.run("delete")
    settle()
    assert session.records.get(Event, event.id, session.desk.actor, deleted=True).deleted_at is not None


def test_a_call_logged_from_a_contact_s_row_knows_the_customer(session: Session) -> None:
    page: Any = session.window.go("contacts")
    settle()
    page.table.pick(0)
    session.window.commands.run("contact.log")
    dialog = session.window.findChild(NewRecord)
    assert dialog is not None
    contact = session.records.get(Contact, page.current_id(), session.desk.actor)
    assert dialog.values == {"contact": contact.id, "customer": contact.customer, "method": "call"}


def test_the_menu_of_a_row_says_why_a_state_cannot_follow(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    task = Task(title="寄样品")
    session.records.save(task, session.desk.actor)
    page: Any = session.window.go("tasks")
    settle()
    page.want(task.id)
    page.model.load()
    wait_for(lambda: page.current_id() == task.id)
    shown: list[Menu] = []
    monkeypatch.setattr(Menu, "popup", lambda menu, _spot: shown.append(menu))
    page.acts.open_menu(QPoint())
    grey = {action.text(): action.toolTip() for action in shown[0].actions() if not action.isEnabled() and action.text()}
    assert "Not started" in grey["Reopen"]


def test_the_day_of_a_settled_record_is_edited_as_a_day(session: Session) -> None:
    task = Task(title="寄样品", due_on=date.today() - timedelta(3))
    session.records.save(task, session.desk.actor)
    session.records.move(task, "done", session.desk.actor)
    page: Any = session.window.go("tasks")
    settle()
    page.choose("all")
    page.want(task.id)
    page.model.load()
    wait_for(lambda: page.current_id() == task.id)
    row = page.model.row_of(task.id)
    page.table.setCurrentIndex(page.model.index(row, page.model.place_of("due_on")))
    page.edit_cell()
    assert page._editing._editor.value() == task.due_on
    version = session.records.get(Task, task.id, session.desk.actor).version
    page._editing._leave(keep=True)
    assert session.records.get(Task, task.id, session.desk.actor).version == version


def test_a_cell_somebody_else_changed_meanwhile_is_not_overwritten(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    settle()
    page.table.pick(0)
    customer = page.model.record_id(0)
    page.table.setCurrentIndex(page.model.index(0, page.model.place_of("city")))
    page.edit_cell()
    page._editing._editor.setText("Lyon")
    theirs = session.records.get(Customer, customer, session.desk.actor)
    theirs.city = "Metz"
    session.records.save(theirs, session.desk.actor)
    page._editing._leave(keep=True)
    assert session.records.get(Customer, customer, session.desk.actor).city == "Metz"


def test_a_condition_on_products_offers_them(session: Session) -> None:
    box = ConditionsBox(session.desk, Opportunity, (Condition("products", "has"),), session.window)
    offered: Any = box._rows[0]._editors[0]
    assert offered.count() == session.records.count(Product, session.desk.actor)
    offered.item(0).setCheckState(Qt.CheckState.Checked)
    assert box._rows[0].condition() == Condition("products", "has", offered.values())


@pytest.mark.parametrize("mine", [True, False])
def test_two_people_change_the_same_field(session: Session, monkeypatch: pytest.MonkeyPatch, mine: bool) -> None:
    page: Any = session.list_page_of("customer")
    settle()
    customer = page.model.record_id(0)
    session.open_record("customer", customer)
    detail: Any = session.window.detail()
    elsewhere = Records(session.records.database, RECORD_TYPES)  # another desktop, of which nothing is heard here
    theirs = elsewhere.get(Customer, customer, session.desk.actor)
    theirs.city = "Metz"
    elsewhere.save(theirs, session.desk.actor)

    def answer(question: Question) -> int:
        for button in question.findChildren(QRadioButton):
            button.setChecked(("Lyon" in button.text()) == mine)
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(Question, "exec", answer)
    editor = detail.sheet(Customer).form.loaded.editors["city"]
    editor.setText("Lyon")
    editor.leave()
    settle()
    assert session.records.get(Customer, customer, session.desk.actor).city == ("Lyon" if mine else "Metz")
    assert editor.value() == ("Lyon" if mine else "Metz")


def test_a_lead_is_not_converted_with_an_amount_nobody_can_read(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = Lead(name="李新", company="新客户有限公司")
    session.records.save(lead, session.desk.actor)
    typed = iter(["a lot", "2,500"])
    asked: list[str] = []

    def answer(question: Question) -> int:
        question.findChild(FlagEdit).setChecked(True)
        amount = question.findChild(MoneyEdit)
        asked.append(error_of(amount))
        amount.setText(next(typed))
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(Question, "exec", answer)
    convert_lead(session.desk, lead, session.window)
    settle()
    assert asked[0] == "" and asked[1]
    (made,) = session.records.page(
        Opportunity, session.desk.actor, View((Condition("name", "contains", "新客户"),)), ["amount"], 2
    )
    assert made[1] == (Decimal(2500),)


def test_every_type_of_the_sidebar_has_a_list_and_the_rest_stand_in_the_settings(session: Session) -> None:
    """A record type that is added appears from its declaration alone."""
    drawn = {"opportunity": OpportunityPage, "role": RolesPage, "target": TargetsPage}
    beside = {"role_right", "share"}  # part of the page of roles, and of the record that is shared
    for key, record_type in session.records.types.items():
        if key in beside:
            assert record_type.screen.area == "" and key not in LISTS, key
            continue
        session.show_list(key, View())
        page: Any = session.window.docks.view(session.window.current())
        front = page.stack.currentWidget() if session.window.current() == "settings" else page
        if key in drawn:
            assert isinstance(front, drawn[key]), key
        else:
            assert getattr(front, "record_type", None) is record_type, key


def test_own_settings_are_kept_and_the_language_takes_effect(session: Session) -> None:
    page: Any = session.window.go("settings")
    own = page.stack.currentWidget()
    own.density.set_value("compact")
    own.density.committed.emit()
    own.lang.set_value("zh_CN")
    own.lang.committed.emit()
    settle()
    me = session.desk.actor.employee
    assert session.records.settings.get("density", None, me) == "compact"
    assert session.desk.actor.lang == "zh_CN" and not isValid(page)


def test_layouts_have_names(session: Session) -> None:
    layouts = KeptLayouts(session.desk)
    layouts.save("Monday", "state 1")
    layouts.save("Friday", "state 2")
    layouts.delete("Monday")
    assert layouts.names() == ["Friday"] and layouts.load("Friday") == "state 2"


def test_everything_means_the_whole_view_also_before_the_list_knows_it(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    settle()
    total = session.records.count(Customer, session.desk.actor)
    page.table.selectAll()
    page.model._ids, page.model._first = None, page.model._first[:10]  # as on a million rows, just opened
    assert not page.model.complete()
    picked: list[int] = []
    page.acts._with_ids(picked.extend)
    assert len(picked) == total


def test_the_timeline_says_how_long_an_opportunity_had_been_in_the_stage_it_left(session: Session) -> None:
    from crm_desktop.core.journal import Line

    stages: Any = session.records.names.all("stage")
    first, second, third = sorted(stages, key=lambda stage: stage.position)[:3]
    begun = datetime(2026, 11, 2, 9)
    common = {"batch": 1, "actor": None, "record_type": "opportunity", "record_id": 7}
    lines = [
        Line(id=3, at=begun + timedelta(days=12), action="update", changes={"stage": (second.id, third.id)}, **common),
        Line(id=2, at=begun + timedelta(days=5), action="update", changes={"stage": (first.id, second.id)}, **common),
        Line(id=1, at=begun, action="create", changes={}, **common),
    ]
    bodies = [item.body for item in tell(session.desk, lines, session.records.types["opportunity"])]
    assert bodies[0].endswith("(after 7 days)")
    assert bodies[1].endswith("(after 5 days)")
    assert bodies[2] == ""


def test_what_a_full_disk_did_not_take_is_saved_when_the_field_is_left_again(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make room and try again: nobody should have to type it once more for that; Esc gives back what is stored."""
    page: Any = session.list_page_of("customer")
    page.table.pick(0)
    settle()
    detail: Any = session.window.detail()
    record_id, editor = detail.record.id, detail.sheet(Customer).form.loaded.editors["city"]
    before = editor.text()

    def full(*_arguments: Any, **_named: Any) -> None:
        raise Trouble("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(session.records, "save", full)
        for typed in ("Lyon", "Nice"):
            editor.setText(typed)
            editor.leave()
            settle()
            assert error_of(editor) == "The disk is full." and editor.text() == typed
        QTest.keyClick(editor, Qt.Key.Key_Escape)
        assert editor.text() == before
        editor.setText("Nice")
        editor.leave()
        settle()
    editor.leave()
    settle()
    assert error_of(editor) == ""
    assert session.records.get(Customer, record_id, session.desk.actor).city == "Nice"


def test_in_the_dialog_of_a_new_event_the_end_moves_along_with_the_start(session: Session) -> None:
    start = datetime.combine(date.today(), time(10))
    values = {"starts_at": clock.to_utc(start), "ends_at": clock.to_utc(start + timedelta(hours=2))}
    session.new_record("event", values)
    dialog = session.window.findChild(NewRecord)
    assert dialog is not None
    starts, ends = dialog.editors["starts_at"], dialog.editors["ends_at"]
    starts.time.setText("15:30")
    starts.time.leave()
    assert ends.value() == start.replace(hour=17, minute=30)
    starts.time.setText("16:00")
    starts.time.leave()
    assert ends.value() == start.replace(hour=17, minute=30)
    dialog.editors["title"].setText("看样品")
    dialog._save(False)
    settle()
    (made,) = session.records.page(Event, session.desk.actor, View((Condition("title", "is", "看样品"),)), ["ends_at"], 2)
    assert made[1] == (clock.to_utc(start.replace(hour=17, minute=30)),)


def test_the_list_goes_on_paper_from_the_export_dialog(session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target = tmp_path / "customers.pdf"

    def answer(question: Question) -> int:
        kind = next(one for one in question.findChildren(ChoiceEdit) if one.accessibleName() == "Format")
        kind.set_value("pdf")
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(Question, "exec", answer)
    monkeypatch.setattr(export_dialog, "ask_save", lambda _parent, _title, name, *_more: str(target) if name.endswith(".pdf") else "")
    page: Any = session.list_page_of("customer")
    settle()
    page.acts.export()
    wait_for(target.exists)
    assert target.read_bytes().startswith(b"%PDF")
