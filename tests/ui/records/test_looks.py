"""How records look in the window: words instead of keys, pictures only for people and companies, a window that fits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from crm_desktop.business import Contact, Customer, Reminder
from crm_desktop.business.system.schedule import Schedule
from crm_desktop.core.picklists import Tag
from crm_desktop.ui import paper
from crm_desktop.ui.records.columns import column_for
from crm_desktop.ui.session import Session
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.field import show_error
from crm_desktop.ui.widgets.topic_list import NARROW, WIDTH
from tests.ui.waiting import wait_for


def test_what_is_kept_by_key_is_shown_in_words(session: Session) -> None:
    """Colours, weekdays and the kind of record a reminder is about."""
    column = {name: column_for(session.records, Schedule, name) for name in ("weekdays", "name")}
    assert column["weekdays"].text("15", date.today()) == "Mon, Fri" and column["name"].kind == "title"
    tone = column_for(session.records, Tag, "tone")
    assert tone.text("info", date.today()) == "Teal" and tone.tones["info"] == "info"
    assert column_for(session.records, Reminder, "ref_type").text("contract", date.today()) == "Contract"
    assert column_for(session.records, Customer, "name").kind == "name"
    assert column_for(session.records, Contact, "name").kind == "person"


def test_a_first_window_that_does_not_fit_fills_the_screen(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.desk.remember("layout", "")
    monkeypatch.setattr(type(session), "_fits", lambda _self: False)
    session.show(restore=True)
    assert session.window.isMaximized()


def test_the_sender_of_an_envelope_is_the_company_until_another_is_written(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []

    class Dialog(QObject):
        remembered = Signal(dict)

        def __init__(self, _people: Any, _runner: Any, settings: Any, *_more: Any, **_named: Any):
            super().__init__()
            given.append(settings)

        def open(self) -> None: ...

    monkeypatch.setattr("crm_desktop.ui.printing.dialog.MailingDialog", Dialog)
    session.records.settings.put("company", "云帆智能装备")
    paper._open(session.desk, [], session.window, "envelopes")
    session.desk.remember("paper", {"sender": {"company": "别的公司"}})
    paper._open(session.desk, [], session.window, "envelopes")
    assert [settings["sender"]["company"] for settings in given] == ["云帆智能装备", "别的公司"]


def test_a_narrow_page_of_settings_shows_its_topics_as_icons(session: Session) -> None:
    page: Any = session.window.go("settings")
    page.resize(900, 500)
    assert page.topics.width() == px(WIDTH)
    page.resize(560, 500)
    assert page.topics.width() == px(NARROW)
    assert page.topics.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole) == "Employees"


def test_a_reminder_opens_what_it_is_about(session: Session) -> None:
    customer = Customer(name="华星电子")
    session.records.save(customer, session.desk.actor)
    reminder = Reminder(title="回电话", ref_type="customer", ref_id=customer.id, due_at=session.records.clock.now())
    session.records.save(reminder, session.desk.actor)
    session.open_record("reminder", reminder.id)
    detail: Any = session.window.detail()

    def opening() -> list[Button]:
        return [one for one in detail.findChildren(Button) if one.text() == "Open" and one.isVisible()]

    wait_for(lambda: bool(opening()))
    opening()[0].click()
    wait_for(lambda: (detail.record.key(), detail.record.id) == ("customer", customer.id))


def test_no_button_of_the_own_settings_is_cut(session: Session) -> None:
    page: Any = session.window.go("settings")
    QApplication.processEvents()
    own = page.stack.currentWidget()
    buttons = [button for button in own.findChildren(Button) if button.isVisible()]
    assert len(buttons) >= 2
    assert [button.text() for button in buttons if button.width() < button.sizeHint().width()] == []


def test_no_field_of_the_own_settings_is_pressed_flat_where_the_buttons_take_two_lines(session: Session) -> None:
    page: Any = session.window.go("settings")
    QApplication.processEvents()
    own = page.stack.currentWidget()
    own.setParent(None)
    own.show()
    for width in range(500, 900, 20):
        own.resize(width, 400)
        QApplication.processEvents()
        flat = [box.accessibleName() for box in own.findChildren(ChoiceEdit) if box.parentWidget().height() < box.height()]
        assert flat == [], width
    own.deleteLater()


def test_a_long_sentence_under_a_field_is_seen_whole(session: Session) -> None:
    """Even in the detail dock, which is narrow."""
    session.window.resize(1440, 900)
    session.window.show_detail(True)
    page: Any = session.list_page_of("customer")
    session.open_record("customer", page.model.record_id(1))
    detail: Any = session.window.detail()
    wait_for(lambda: detail.record is not None and detail.record.key() == "customer")
    form = detail.sheet(Customer).form
    wait_for(lambda: bool(form.loaded.editors["short_name"].width() < 300))
    QTest.qWait(300)  # the form has found its size: what comes below a field now comes late
    sentence = "The disk of C:/Users/anna/Documents/CRM Desktop is full, so nothing was saved. Make room on it and save again."
    show_error(form.loaded.editors["short_name"], sentence + " What was typed stays here.")
    (line,) = [one for one in form.findChildren(QLabel) if one.objectName() == "FieldError" and one.text()]
    wait_for(lambda: line.height() >= line.heightForWidth(line.width()) > 2 * line.fontMetrics().height())
