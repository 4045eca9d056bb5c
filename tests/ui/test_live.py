"""A colleague's change shows in the open window; a lost line and the locked door say what is the matter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QFrame
from shiboken6 import delete

from crm_desktop.business import RECORD_TYPES, Customer
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core.custom import CustomField
from crm_desktop.core.feed import Feed
from crm_desktop.core.records import Records
from crm_desktop.database.engine import Database
from crm_desktop.ui.lock_screen import LockScreen
from crm_desktop.ui.session import Session
from tests.ui.records.conftest import planted, session  # noqa: F401


@pytest.fixture
def colleague(session: Session) -> Iterator[Records]:  # noqa: F811
    database = Database(session.records.database.backend)
    yield Records(database, RECORD_TYPES, session.records.clock)
    database.close()


def pass_on(ear: Feed, session: Session, dressed: Any) -> None:  # noqa: F811
    for change in ear.hear():
        session.records.hear(change)
    for _turn in range(5):
        dressed.processEvents()


def test_a_new_name_shows_in_list_and_detail(session: Session, colleague: Records, dressed: Any) -> None:  # noqa: F811
    page = session.list_page_of("customer")
    record_id = page.model.record_id(0)
    assert record_id is not None
    session.open_record("customer", record_id)
    dressed.processEvents()
    ear = Feed(session.records)
    ear.hear()
    boss = next(actor_for(colleague, one.id) for one in colleague.names.all("employee") if one.login == "zhoujg")  # type: ignore[attr-defined]
    customer: Any = colleague.get(Customer, record_id, boss)
    customer.name = "改名后的公司"
    colleague.save(customer, boss)
    pass_on(ear, session, dressed)
    row = page.model.row_of(record_id)
    assert page.model.cell(row, 0) == "改名后的公司"
    detail: Any = session.window.detail()
    assert detail.record.name == "改名后的公司"


def test_a_lost_line_is_told_until_it_is_back(session: Session) -> None:  # noqa: F811
    session.records.database.reached = False
    session.line_changed(False)
    assert "does not answer" in session.window.notice.text()
    session.records.database.reached = True
    session.line_changed(True)
    assert session.window.notice.text() == ""


def test_a_colleagues_new_field_leaves_what_is_being_typed(session: Session, dressed: Any) -> None:  # noqa: F811
    record_id = session.list_page_of("customer").model.record_id(0)
    session.open_record("customer", record_id or 0)
    dressed.processEvents()
    form = session.window.detail().sheet(Customer).form  # type: ignore[union-attr]
    form.loaded.editors["city"].setFocus()
    form.loaded.editors["city"].setText("还没保存")
    admin = next(one.id for one in session.records.names.all("employee") if one.login == "sunlx")  # type: ignore[attr-defined]
    own = CustomField(name="积分", record_type="customer", field_kind="number")
    session.records.save(own, actor_for(session.records, admin))
    for _turn in range(5):
        dressed.processEvents()
    editors = form.loaded.editors
    assert own.code in editors
    assert editors["city"].text() == "还没保存" and editors["city"].hasFocus()
    editors["city"].clearFocus()


def test_a_locked_window_keeps_what_was_typed(session: Session, dressed: Any) -> None:  # noqa: F811
    record_id = session.list_page_of("customer").model.record_id(0)
    session.open_record("customer", record_id or 0)
    dressed.processEvents()
    form = session.window.detail().sheet(Customer).form  # type: ignore[union-attr]
    editor = form.loaded.editors["city"]
    editor.setFocus()
    editor.setText("还没保存")
    stays, goes = QFrame(), QFrame()
    stays.show()
    goes.show()
    session.lock("Sun Lixin has ended your work here. What you typed is still there.")
    assert not stays.isVisible()
    delete(goes)
    (door,) = session.window.findChildren(LockScreen)
    assert door.isVisible() and session.locked
    door.reject()
    assert door.isVisible()
    door.ask()
    dressed.processEvents()
    assert not session.locked and stays.isVisible()
    stays.close()
    editor = form.loaded.editors["city"]
    assert editor.text() == "还没保存"
    editor.clearFocus()  # leaving the field saves it, as ever
    assert session.records.get(Customer, record_id or 0, session.desk.actor).city == "还没保存"
