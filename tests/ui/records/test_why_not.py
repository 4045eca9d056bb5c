"""N21: at the window of somebody who may do nothing, every button, entry and editor that is disabled says why, and who can change it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from crm_desktop.business import RECORD_TYPES, Contact, Customer, Role
from crm_desktop.business.staff import roles
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core.views import Condition, View
from crm_desktop.ui.importing.wizard import ImportWizard
from crm_desktop.ui.places import LISTS
from crm_desktop.ui.records.list_page import ListPage
from crm_desktop.ui.session import Session
from tests.ui.records.test_rights import person, sit_down

ASKED = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
# Reasons that are no right: the state of the record or of the page. Whatever else disables something is a right somebody can grant.
OF_STATE = ("The program fills this in.", "The state changes with", "Select ", "There is no", "Nothing ", "Choose ", "No ")


@pytest.fixture
def onlooker(session: Session) -> Session:
    """The window of a salesperson whose role sees everything and may do nothing."""
    admin = actor_for(session.records, person(session, "admin").id)
    sales: Any = next(row for row in session.records.names.all("role") if row.code == "sales")  # type: ignore[attr-defined]
    role: Any = session.records.get(Role, sales.id, admin)
    role.scope = "all"
    session.records.save(role, admin)
    for record_type in RECORD_TYPES:
        roles.set_line(session.records, admin, role, record_type, frozenset())
    sit_down(session, person(session, "sales").id)
    return session


def settle() -> None:
    for _round in range(4):
        QApplication.processEvents()


def tip_of(widget: QWidget) -> str:
    """What the mouse would show: the tooltip of the widget or, as Qt does, of what it lies in."""
    one: QWidget | None = widget
    while one is not None:
        if one.toolTip():
            return one.toolTip()
        one = one.parentWidget()
    return ""


def silent(session: Session, where: str, name: str) -> Iterator[str]:
    """What is disabled here without a reason that names who can change it."""
    for widget in session.window.findChildren(QWidget):
        disabled = isinstance(widget, ASKED) and widget.isVisible() and not widget.isEnabled()
        if disabled and not isinstance(widget.parentWidget(), QTabBar) and not _explained(tip_of(widget), name):
            yield f"{where}: {type(widget).__name__} “{widget.accessibleName()}”: {tip_of(widget)!r}"
    for menu in session.window.findChildren(QMenu):
        for action in menu.actions() if menu.isVisible() else ():
            heading = action.toolTip() == action.text()
            if not action.isEnabled() and not action.isSeparator() and not heading and not _explained(action.toolTip(), name):
                yield f"{where}: menu “{action.text()}”: {action.toolTip()!r}"
        menu.close()


def _explained(tip: str, name: str) -> bool:
    return name in tip or tip.startswith(OF_STATE)


def test_everything_disabled_says_why(onlooker: Session) -> None:
    session = onlooker
    name = session.records.names.title("employee", person(session, "admin").id)
    found: list[str] = []
    said = 0
    for page in ("workbench", "calendar", "opportunities", "reports", "recycle_bin", *LISTS.values()):
        view: Any = session.window.go(page)
        settle()
        found += silent(session, page, name)
        if isinstance(view, ListPage):
            found += _list(session, view, page, name)
            said += not view.new.isEnabled()
    settings: Any = session.window.go("settings")
    for topic in settings.topics.topic_keys():
        settings.show_topic(topic)
        settle()
        found += silent(session, f"settings, {topic}", name)
        inner = settings.stack.currentWidget()
        if isinstance(inner, ListPage):
            found += _list(session, inner, f"settings, {topic}", name)
    assert found == []
    assert said >= len(LISTS) - 2, "there was something to explain"


def test_the_import_is_shown_grey_with_its_reason_like_the_export(onlooker: Session) -> None:
    """What is hidden cannot be asked for: button, palette, keys and the import itself say why, and whom to ask."""
    session = onlooker
    page = session.list_page_of("customer")
    session.window.go("customers")
    for operation, button in (("bring_in", page.bring_in), ("take_out", page.export)):
        assert button.isVisible() and not button.isEnabled()
        assert button.toolTip() == session.desk.why_not(Customer, operation) != ""
    name = session.records.names.title("employee", person(session, "admin").id)
    for where in ("customers", "calendar", "workbench"):
        session.window.go(where)
        commands = {one.key: one for one in (*session.window.commands.available(), *session.window.commands.out_of_sight())}
        for key in ("import", "customer.paste", "customer.export"):
            assert name in commands[key].reason(), f"{key}, asked for on {where}"
    told: list[str] = []
    session.window.commands.refused.connect(told.append)
    session.window.commands.run("import")
    assert len(told) == 1 and name in told[0]
    wizard = ImportWizard(session.desk, "customer", session.window)
    assert not wizard.next.isEnabled() and wizard.problem.text() == wizard.next.toolTip() == session.desk.why_not(Customer, "bring_in")
    wizard.reject()


def test_who_may_bring_in_only_contacts_is_not_refused_on_a_page_of_no_type(onlooker: Session) -> None:
    session = onlooker
    admin = actor_for(session.records, person(session, "admin").id)
    sales: Any = next(row for row in session.records.names.all("role") if row.code == "sales")  # type: ignore[attr-defined]
    roles.set_line(session.records, admin, sales, Contact, frozenset({"bring_in"}))
    session.renew_actor()
    session.window.go("workbench")
    assert session.why_no_import() == ""
    session.window.go("customers")
    assert session.why_no_import() != "" != session.list_page_of("customer").bring_in.toolTip()
    session.window.go("contacts")
    assert session.why_no_import() == "" and session.list_page_of("contact").bring_in.isEnabled()
    assert "Import" in session.list_page_of("contact").bring_in.toolTip()


def test_an_empty_list_offers_nothing_to_who_may_not_add(onlooker: Session) -> None:
    page = onlooker.list_page_of("task")
    page.show_filter(View((Condition("title", "is", "nothing is called so"),)))
    for _round in range(200):
        QApplication.processEvents()
        if page.stack.currentWidget() is page.empty:
            break
        QTest.qWait(10)
    assert page.empty.button is not None and page.empty.button.isHidden()


def test_a_button_that_keeps_silent_is_found(session: Session) -> None:
    """The walk would notice: its negative control."""
    page: Any = session.list_page_of("customer")
    page.export.setEnabled(False)
    page.export.setToolTip("")
    assert len(list(silent(session, "customers", "Sun Lixin"))) == 1


def _list(session: Session, view: Any, where: str, name: str) -> Iterator[str]:
    """The first record of a list: its form, its menus, and the bar of several."""
    if not view.model.row_count():
        return
    view.table.pick(0)
    session.window.show_detail(True)
    settle()
    detail: Any = session.window.detail()
    if detail.record is not None:
        sheet = detail.sheet(type(detail.record))
        for place in range(sheet.tabs.count()):
            sheet.tabs.setCurrentIndex(place)
            settle()
            yield from silent(session, f"{where}, tab {place}", name)
        sheet.tabs.setCurrentIndex(0)
        sheet.open_more()
        settle()
        yield from silent(session, f"{where}, more", name)
    view.acts.open_menu(QPoint(10, 10))
    settle()
    yield from silent(session, f"{where}, menu", name)
    view.table.selectAll()
    settle()
    yield from silent(session, f"{where}, several", name)
    view.table.clearSelection()
