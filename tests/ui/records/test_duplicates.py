"""Duplicates at the window: told below the field, asked about at saving, found over the whole base, merged side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QRadioButton, QWidget

from crm_desktop.business import Contact, Customer, Lead
from crm_desktop.core import joining, twins
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import say
from crm_desktop.ui.records import cell_editing, new_record
from crm_desktop.ui.records import twins as question
from crm_desktop.ui.records.merge_dialog import MergeDialog, merge_two
from crm_desktop.ui.records.merge_group import WhichStays
from crm_desktop.ui.records.new_record import NewRecord
from crm_desktop.ui.session import Session
from tests.ui.waiting import settle, wait_for


def told(session: Session) -> str:
    return str(session.window.snackbar.text())


def plant(session: Session, name: str, **values: Any) -> Customer:
    customer = Customer(name=name, owner=session.desk.actor.employee, **values)
    session.records.save(customer, session.desk.actor)
    return customer


def dialog_for(session: Session, **values: Any) -> NewRecord:
    session.new_record("customer", values)
    found = session.window.findChildren(NewRecord)[-1]
    assert isinstance(found, NewRecord)
    return found


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_told_below_the_field_while_typing(session: Session, nameless: Callable[[QWidget], list[str]]) -> None:
    known = plant(session, "远山近水贸易有限公司", phone="0571-66778899")
    dialog = dialog_for(session)
    dialog.editors["name"].setText("远山近水贸易")
    dialog.editors["name"].textEdited.emit("远山近水贸易")  # as an input method does; the test cannot type Chinese
    wait_for(lambda: bool(dialog.watch.hits()))
    assert "远山近水贸易有限公司" in texts(dialog.editors["name"].parentWidget()) and "有限公司" in texts(dialog)
    assert nameless(dialog) == []
    dialog.editors["name"].set_value("别的名字")
    dialog.editors["phone"].setText("66778899")
    dialog.watch.look()
    assert "66778899" in texts(dialog.editors["phone"].parentWidget())
    assert "远山" not in texts(dialog.editors["name"].parentWidget())
    dialog.watch.take(dialog.watch.hits()[0])
    settle()
    assert session.window.detail().record.id == known.id  # type: ignore[union-attr]


def test_a_new_lead_is_told_of_its_customer(session: Session) -> None:
    known = plant(session, "远山近水贸易有限公司")
    session.new_record("lead", {})
    dialog = session.window.findChildren(NewRecord)[-1]
    dialog.editors["company"].setText("远山近水贸易")
    dialog.watch.look()
    wait_for(lambda: bool(dialog.watch.hits()))
    already = say("There is a {one} already: “{title}”, {owner} ({why})").partition("“")[0]
    assert already.format(one=say("Customer").lower()) in texts(dialog.editors["company"].parentWidget()), "not below the person's name"
    dialog.watch.take(dialog.watch.hits()[0])
    settle()
    assert session.window.detail().record.id == known.id  # type: ignore[union-attr]


def test_the_rows_stay_where_they_are_when_what_was_told_goes(session: Session) -> None:
    plant(session, "远山近水贸易有限公司")
    dialog = dialog_for(session)
    dialog.show()
    settle()

    def places() -> list[int]:
        return [editor.mapTo(dialog, QPoint(0, 0)).y() for editor in dialog.editors.values()]

    before = places()
    for name in ("远山近水贸易", ""):
        dialog.editors["name"].setText(name)
        dialog.watch.look()
        settle()
        wait_for(lambda moved=bool(name): (places() != before) == moved)


def test_what_was_told_of_one_goes_with_the_next(session: Session) -> None:
    plant(session, "远山近水贸易有限公司", phone="0571-66778899")
    dialog = dialog_for(session)
    dialog.editors["name"].setText("全然无关的工厂")
    dialog.editors["phone"].setText("0571-66778899")
    dialog.show()
    dialog.editors["level"].setFocus()
    settle()
    dialog.watch.look()
    wait_for(lambda: bool(dialog.watch.hits()))
    next(button for button in dialog.findChildren(QPushButton) if button.toolTip() == "Ctrl+Enter").click()
    wait_for(lambda: not dialog.editors["name"].text() and not dialog.watch.hits())
    assert "66778899" not in texts(dialog)


def test_nothing_is_told_of_an_empty_form(session: Session) -> None:
    dialog = dialog_for(session)
    dialog.watch.look()
    assert dialog.watch.hits() == []


@pytest.mark.parametrize("answer", [question.SAVE, question.OPEN, ""])
def test_saving_the_same_is_asked_once(session: Session, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    known = plant(session, "远山近水贸易有限公司")
    asked: list[Any] = []
    monkeypatch.setattr(new_record, "ask", lambda _desk, duplicate, *_more: asked.append(duplicate) or answer)
    dialog = dialog_for(session)
    dialog.editors["name"].set_value("远山近水贸易")
    dialog._save(again=False)
    settle()
    assert len(asked) == 1 and asked[0].twins[0].id == known.id
    wanted = View((Condition("name", "contains", "远山近水"),))
    assert session.records.count(Customer, session.desk.actor, wanted) == (2 if answer == question.SAVE else 1)


def test_saving_a_lead_beside_its_customer_is_asked(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be opened, or saved all the same; two types cannot be merged."""
    known = plant(session, "远山近水贸易有限公司")
    offered: list[list[str]] = []

    def choose(box: QMessageBox) -> int:
        offered.append([button.text() for button in box.buttons()])
        assert "远山近水贸易有限公司" in box.text() and say("Customer").lower() in box.text()
        next(button for button in box.buttons() if button.text() == say("Save all the same")).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", choose)
    session.new_record("lead", {})
    dialog = session.window.findChildren(NewRecord)[-1]
    dialog.editors["name"].setText("陈芳")
    dialog.editors["company"].setText("远山近水贸易")
    dialog._save(again=False)
    settle()
    (buttons,) = offered
    assert say("Open the existing one") in buttons and say("Merge…") not in buttons
    wanted = View((Condition("company", "contains", "远山近水"),))
    assert session.records.count(Lead, session.desk.actor, wanted) == 1 and known.id


def test_merging_what_was_typed_into_the_existing(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    known = plant(session, "远山近水贸易有限公司")
    monkeypatch.setattr(new_record, "ask", lambda *_all: question.MERGE)
    dialog = dialog_for(session)
    dialog.editors["name"].set_value("远山近水贸易")
    dialog.editors["phone"].setText("0571-66778899")
    dialog._save(again=False)
    (merge,) = session.window.findChildren(MergeDialog)
    settle()
    assert not merge.turn.isVisible()
    assert merge.choices() == {"name": joining.KEEP, "phone": joining.LOSE}
    merge.accept()
    settle()
    now: Any = session.records.get(Customer, known.id, session.desk.actor)
    assert (now.name, now.phone) == ("远山近水贸易有限公司", "0571-66778899")


def test_a_form_and_a_cell_ask_too(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    known = plant(session, "远山近水贸易有限公司", mobile="13812345678")
    other = plant(session, "远山近水贸易商行")
    answers = [question.SAVE]
    monkeypatch.setattr(question, "ask", lambda *_all, **_more: answers.pop())
    session.open_record("customer", other.id)
    detail: Any = session.window.detail()
    form = detail.sheet(Customer).form
    editor = form.loaded.editors["mobile"]
    editor.setText("138 1234 5678")
    editor.leave()
    settle()
    assert answers == [] and session.records.get(Customer, other.id, session.desk.actor).mobile == "138 1234 5678"
    answers.append("")
    editor = form.loaded.editors["name"]
    editor.setText("远山近水贸易有限公司")
    editor.leave()
    settle()
    assert session.records.get(Customer, other.id, session.desk.actor).name == "远山近水贸易商行"
    assert known.id and cell_editing.ask is not None


def test_side_by_side(session: Session, nameless: Callable[[QWidget], list[str]]) -> None:
    keep = plant(session, "远山近水贸易有限公司", city="杭州", note="旧")
    lose = plant(session, "远山近水贸易", city="宁波", phone="0571-66778899", note="新")
    session.records.save(Contact(name="王伟", customer=lose.id), session.desk.actor)
    merge_two(session.desk, Customer, keep.id, lose.id, session.window)
    (dialog,) = session.window.findChildren(MergeDialog)
    settle()
    assert nameless(dialog) == [] and "Contacts 1" in texts(dialog)
    assert dialog.choices() == {"name": joining.KEEP, "code": joining.KEEP, "city": joining.KEEP, "phone": joining.LOSE}
    for button in dialog.findChildren(QRadioButton):
        if button.text() == "宁波":
            button.click()
    dialog.accept()
    settle()
    now: Any = session.records.get(Customer, keep.id, session.desk.actor)
    assert (now.city, now.phone, now.note) == ("宁波", "0571-66778899", "旧\n\n新")
    assert "远山近水贸易" in told(session)
    session.window.undo()
    settle()
    assert session.records.get(Customer, lose.id, session.desk.actor).city == "宁波"
    assert session.records.get(Customer, keep.id, session.desk.actor).city == "杭州"


def test_they_change_places(session: Session) -> None:
    keep, lose = plant(session, "远山近水贸易有限公司", city="杭州"), plant(session, "远山近水贸易", city="宁波")
    merge_two(session.desk, Customer, keep.id, lose.id, session.window)
    (dialog,) = session.window.findChildren(MergeDialog)
    dialog.turn.click()
    dialog.accept()
    settle()
    assert session.records.get(Customer, lose.id, session.desk.actor).city == "宁波"


def test_split_again_from_the_timeline(session: Session) -> None:
    from crm_desktop.ui.records.timeline import ITEM

    keep, lose = plant(session, "远山近水贸易有限公司"), plant(session, "远山近水贸易")
    session.records.merge(Customer, keep.id, lose.id, session.desk.actor)
    session.open_record("customer", keep.id)
    sheet = session.window.detail().sheet(Customer)  # type: ignore[union-attr]
    sheet.timeline.load()
    settle()
    items = [sheet.timeline.model.index(row).data(ITEM) for row in range(sheet.timeline.model.rowCount())]
    (merged,) = [item for item in items if item.merge is not None]
    assert "远山近水贸易" in merged.body
    session.records.clock = FixedClock(session.records.clock.now() + timedelta(days=2))
    session.desk.undo(merged.merge)
    settle()
    assert session.records.get(Customer, lose.id, session.desk.actor).deleted_at is None


def test_the_clean_up_page(session: Session) -> None:
    one, other = plant(session, "远山近水贸易有限公司"), plant(session, "远山近水贸易")
    plant(session, "大漠孤烟食品有限公司"), plant(session, "大漠孤烟食品")
    page: Any = session.window.go("duplicates")
    settle()
    groups = {group.titles: group for group in page.groups()}
    assert ("远山近水贸易有限公司", "远山近水贸易") in groups and all(group.why for group in groups.values())

    def pick(title: str) -> None:
        page.table.pick(next(row for row, group in enumerate(page.groups()) if title in group.titles))

    pick("大漠孤烟食品")
    page.different.click()
    settle()
    assert "大漠孤烟食品" not in {title for group in page.groups() for title in group.titles}
    session.window.snackbar.undo()
    settle()
    assert "大漠孤烟食品" in {title for group in page.groups() for title in group.titles}
    pick("远山近水贸易")
    page.merge.click()
    (dialog,) = session.window.findChildren(MergeDialog)
    dialog.accept()
    settle()
    assert "远山近水贸易" not in {title for group in page.groups() for title in group.titles}
    assert session.records.get(Customer, one.id, session.desk.actor).deleted_at is None and other.id
    # Taken back, they are duplicates once more; so is one that comes out of the bin.
    session.window.snackbar.undo()
    settle()
    assert ("远山近水贸易有限公司", "远山近水贸易") in {group.titles for group in page.groups()}
    session.records.delete(Customer, [other.id], session.desk.actor)
    settle()
    assert "远山近水贸易" not in {title for group in page.groups() for title in group.titles}
    session.records.restore(Customer, [other.id], session.desk.actor)
    settle()
    assert "远山近水贸易" in {title for group in page.groups() for title in group.titles}


def test_a_whole_group_is_merged_and_the_bin_says_into_what(session: Session) -> None:
    names = ("远山近水贸易有限公司", "远山近水贸易", "远山近水贸易（有限公司）")
    made = [plant(session, name) for name in names]
    session.records.save(Contact(name="王丽", customer=made[1].id), session.desk.actor)
    page: Any = session.window.go("duplicates")
    settle()
    page.table.pick(next(row for row, group in enumerate(page.groups()) if names[0] in group.titles))
    assert page.all.isEnabled()
    page.all.click()
    (dialog,) = session.window.findChildren(WhichStays)
    assert dialog.stays() == made[1].id, "the one to which something belongs"
    dialog.accept()
    settle()
    assert not any(names[0] in group.titles for group in page.groups())
    gone = [session.records.get(Customer, one.id, session.desk.actor, deleted=True).deleted_at is not None for one in made]
    assert gone == [True, False, True]
    recycled: Any = session.window.go("recycle_bin")
    settle()
    recycled.type.set_value("customer")
    recycled.type.committed.emit()
    settle()
    recycled.table.pick(0)
    settle()
    assert "Merged into “远山近水贸易”" in recycled.footer._figures.text()
    session.window.snackbar.undo()
    settle()
    assert all(session.records.get(Customer, one.id, session.desk.actor).deleted_at is None for one in made)


def test_the_company_decides(session: Session) -> None:
    session.records.settings.put(twins.SETTING, "refuse")
    plant(session, "远山近水贸易有限公司")
    dialog = dialog_for(session)
    dialog.editors["name"].set_value("远山近水贸易")
    record = dialog._record()
    assert record is not None
    with pytest.raises(twins.Duplicate) as raised:
        session.records.save(record, session.desk.actor)
    assert raised.value.forbidden
