"""PS4 CU9 CU8 X30 at the window: ticks count at once, shares are given and listed, a leaver is handed over, numbers stay hidden."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog

from crm_desktop.business import Customer, Employee
from crm_desktop.business.staff import roles
from crm_desktop.business.staff.permissions import shipped
from crm_desktop.business.staff.sign_in import actor_for, find
from crm_desktop.core import sharing
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import say
from crm_desktop.ui.records import shares
from crm_desktop.ui.records.shares import ShareQuestion
from crm_desktop.ui.session import Session
from crm_desktop.ui.settings.handover import HandoverWizard
from crm_desktop.ui.settings.roles import RolesPage
from tests.ui.waiting import settle, wait_for


def person(session: Session, level: str) -> Any:
    """Somebody of this level, who is not at the window."""
    names: Any = session.records.names
    levels = {row.id: row.level for row in names.all("role")}
    found = [row for row in names.all("employee") if levels[row.role] == level and row.state != "left"]
    return next(row for row in found if row.id != session.desk.actor.employee)


def as_administrator(session: Session) -> None:
    sit_down(session, person(session, "admin").id)


def sit_down(session: Session, employee: int) -> None:
    """Somebody else works at the window, in English."""
    session.records.settings.put("language", "en", employee)
    session.rebuild(employee)
    settle()


def roles_page(session: Session) -> RolesPage:
    page: Any = session.window.go("settings")
    page.show_topic("role")
    found = page.stack.currentWidget()
    assert isinstance(found, RolesPage)
    return found


def test_a_tick_is_kept_and_counts_at_once(session: Session, nameless: Any) -> None:
    as_administrator(session)
    page = roles_page(session)
    sales: Any = next(row for row in session.records.names.all("role") if row.code == "sales")  # type: ignore[attr-defined]
    page.roles.set_value(sales.id)
    page._chosen()
    assert not page.boxes["customer", "delete"].value() and page.boxes["customer", "edit"].value()
    page.boxes["customer", "delete"].setChecked(True)
    seller = person(session, "sales")
    wait_for(lambda: actor_for(session.records, seller.id).may(Customer, "delete"))
    page.scopes["customer"].set_value("all")
    page._set_scope(Customer)
    wait_for(lambda: actor_for(session.records, seller.id).scope(Customer).all)
    page.scopes["customer"].set_value("")
    page._set_scope(Customer)
    page.boxes["customer", "delete"].setChecked(False)
    wait_for(lambda: session.records.names.all("role_right") == [])
    assert nameless(page) == []


def test_a_refused_tick_goes_back_and_says_why(session: Session) -> None:
    as_administrator(session)
    page, told = roles_page(session), []
    session.desk.ways.tell = lambda text, undo=None, action=None: told.append(text)  # type: ignore[assignment]
    admin: Any = next(row for row in session.records.names.all("role") if row.code == "admin")  # type: ignore[attr-defined]
    page.roles.set_value(admin.id)
    page._chosen()
    page.boxes["role", "edit"].setChecked(False)
    wait_for(lambda: bool(told))
    assert "Administrators" in told[0] and page.boxes["role", "edit"].value()


def test_who_may_not_change_roles_is_told_who_may(session: Session) -> None:
    page = roles_page(session)
    admin = person(session, "admin")
    name = session.records.names.title("employee", admin.id)
    for widget in (page.new, page.copy, page.level, page.boxes["customer", "edit"], page.scopes["customer"], page.hidden["customer"]):
        assert not widget.isEnabled() and name in widget.toolTip()


def test_rights_changed_by_another_show_in_the_open_window(session: Session) -> None:
    """The person at the window may suddenly do and see less: the buttons and the list say so without a restart."""
    page = session.list_page_of("customer")
    before = page.model.row_count()
    assert page.new.isEnabled() and before > 0
    admin = actor_for(session.records, person(session, "admin").id)
    mine: Any = session.records.names.rows("employee")[session.desk.actor.employee or 0]
    role: Any = session.records.names.rows("role")[mine.role]
    allowed = shipped(Customer, role.level) - {"add"}
    roles.set_line(session.records, admin, role, Customer, allowed, "own")
    wait_for(lambda: not page.new.isEnabled())
    assert session.records.names.title("employee", admin.employee or 0) in page.new.toolTip()
    wait_for(lambda: page.model.row_count() < before)


def test_hidden_fields_are_chosen_in_the_settings(session: Session) -> None:
    as_administrator(session)
    page = roles_page(session)
    editor = page.hidden["customer"]
    assert set(editor.value()) == {"phone", "mobile"}
    editor.set_value(["email"])
    page._hide(Customer)
    seller = actor_for(session.records, person(session, "sales").id)
    rows = session.records.page(Customer, session.desk.actor, View((Condition("email", "filled"),)), ["owner"], 200)
    one = next(row[0] for row in rows if row[1][0] != seller.employee)
    session.records.share(Customer, [one], seller.employee or 0, session.desk.actor)
    wait_for(lambda: "***" in session.records.get(Customer, one, seller).email)


def answer(monkeypatch: pytest.MonkeyPatch, employee: int, write: bool = False) -> None:
    """The question about a share answered at once."""

    def accept(question: ShareQuestion) -> int:
        question.colleague.set_value(employee)
        question.access.set_value(write)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ShareQuestion, "exec", accept)


def test_a_share_is_given_listed_and_ended(session: Session, monkeypatch: pytest.MonkeyPatch, nameless: Any) -> None:
    page = session.list_page_of("customer")
    page.table.pick(0)
    detail: Any = session.window.detail()
    wait_for(lambda: detail.record is not None)
    sheet, record = detail.sheet(Customer), detail.record
    colleague = next(row for row in session.records.names.all("employee") if row.id not in (record.owner, session.desk.actor.employee))
    answer(monkeypatch, colleague.id, True)
    sheet.shares.add.click()
    wait_for(lambda: sheet.shares.model.row_count() == 1)
    wait_for(lambda: "1" in sheet.tabs.tabText(sheet.tabs.indexOf(sheet.shares)))
    other = actor_for(session.records, colleague.id)
    assert session.records.may(other, Customer, "edit", session.records.get(Customer, record.id, other)) is True
    answer(monkeypatch, colleague.id, False)
    sheet.shares.change.click()
    wait_for(lambda: not sharing.shares_of(session.records, Customer, record.id, session.desk.actor)[0].may_write)
    sheet.tabs.setCurrentWidget(sheet.shares)
    assert nameless(sheet.shares) == []
    sheet.shares.end.click()
    wait_for(lambda: sheet.shares.model.row_count() == 0)


def test_many_are_shared_and_what_is_refused_is_told(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    page, told = session.list_page_of("customer"), []
    session.desk.ways.tell = lambda text, undo=None, action=None: told.append(text)  # type: ignore[assignment]
    rows = session.records.page(Customer, session.desk.actor, View(), ["owner"], 6)
    owner = rows[0][1][0]
    answer(monkeypatch, owner)
    shares.share_records(session.desk, Customer, [one for one, _v in rows], page)
    mine = sum(1 for _one, values in rows if values[0] == owner)
    wait_for(lambda: bool(told))
    assert f"{len(rows) - mine} record" in told[0] and f"{mine} refused" in told[0]
    assert "share" in {action.key for action in page.acts.bulk_actions()}


def test_a_leaver_is_handed_over_by_the_wizard(session: Session, nameless: Any) -> None:
    as_administrator(session)
    leaver, taker = find(session.records, "wangli"), person(session, "sales")
    wizard = HandoverWizard(session.desk, leaver.id, session.window)
    wizard.open()
    wait_for(lambda: "customer" in wizard.takers)
    assert not wizard.start.isEnabled() and "Customers" in wizard.start.toolTip()
    wizard.all.set_value(taker.id)
    wizard._to_one()
    assert wizard.start.isEnabled() and nameless(wizard) == []
    wizard.takers["task"].set_value([taker.id, person(session, "general").id])
    wizard.start.click()
    wait_for(lambda: wizard.batch is not None)
    assert "Customers" in wizard.summary.text() and wizard.paper.isVisibleTo(wizard)
    state = session.records.names.rows("employee")[leaver.id].state  # type: ignore[attr-defined]
    assert state == "left"
    count = session.records.database.read("SELECT COUNT(*) FROM customer WHERE owner = ? AND deleted_at IS NULL", (leaver.id,))
    assert count == [(0,)]
    wizard.paper.click()
    wait_for(lambda: bool([d for d in wizard.findChildren(QDialog) if d.objectName() == "DocumentDialog"]))


def test_nobody_leaves_by_a_button_alone(session: Session) -> None:
    as_administrator(session)
    detail: Any = session.window.detail()
    session.window.show_detail(True)
    detail = session.window.detail()
    detail.open("employee", find(session.records, "wangli").id)
    wait_for(lambda: detail.record is not None and detail.record.key() == "employee")
    detail.sheet(Employee)._move("quit")
    wait_for(lambda: bool(session.window.findChildren(HandoverWizard)))
    session.window.findChildren(HandoverWizard)[0].reject()


def test_somebody_is_put_into_another_department(session: Session) -> None:
    """His records go along; nobody else's form offers a department, because it follows the owner."""
    as_administrator(session)
    seller = find(session.records, "wangli")
    other: Any = next(row for row in session.records.names.all("department") if row.id != seller.department)
    session.window.show_detail(True)
    detail: Any = session.window.detail()
    detail.open("employee", seller.id)
    wait_for(lambda: detail.record is not None and detail.record.id == seller.id)
    sheet = detail.sheet(Employee)
    editor = sheet.form.loaded.editors["department"]
    editor.set_value(other.id)
    editor.committed.emit()
    wait_for(lambda: session.records.get(Employee, seller.id, session.desk.actor).department == other.id)
    rows = session.records.page(Customer, session.desk.actor, View((Condition("owner", "one_of", [seller.id]),)), ["department"], 200)
    assert rows and {row[0] for _id, row in rows} == {other.id}
    sheet.tabs.setCurrentWidget(sheet.timeline)
    model = sheet.timeline.view.model()
    there = session.records.names.title("department", other.id)
    wait_for(lambda: any(f"→ {there}" in str(model.index(row, 0).data()) for row in range(model.rowCount())))
    detail.open("customer", rows[0][0])
    wait_for(lambda: detail.record is not None and detail.record.key() == "customer")
    assert "department" not in detail.sheet(Customer).form.loaded.editors


def test_no_two_tabs_of_a_person_have_one_name(session: Session) -> None:
    """He owns contracts, and he signs some."""
    as_administrator(session)
    session.window.show_detail(True)
    detail: Any = session.window.detail()
    detail.open("employee", find(session.records, "wangli").id)
    wait_for(lambda: detail.record is not None and detail.record.key() == "employee")
    tabs = detail.sheet(Employee).tabs
    titles = [tabs.tabText(place).split("  ")[0] for place in range(tabs.count())]
    assert len(set(titles)) == len(titles) and "Contracts · Signed by us" in [one.rstrip("0123456789 +") for one in titles]


def test_a_hidden_number_in_a_form_is_not_overwritten(session: Session) -> None:
    """Somebody edits a record whose number he does not see: the number stays what it is."""
    admin = actor_for(session.records, person(session, "admin").id)
    sales: Any = next(row for row in session.records.names.all("role") if row.code == "sales")  # type: ignore[attr-defined]
    roles.set_line(session.records, admin, sales, Customer, shipped(Customer, "sales"), "all")
    seller = person(session, "sales")
    rows = session.records.page(Customer, admin, View((Condition("phone", "filled"),)), ["phone", "owner"], 200)
    one, (real, _owner) = next(row for row in rows if row[1][1] != seller.id)
    sit_down(session, seller.id)
    session.open_record("customer", one)
    detail: Any = session.window.detail()
    wait_for(lambda: detail.record is not None and detail.record.id == one)
    form = detail.sheet(Customer).form
    assert "**" in form.loaded.editors["phone"].text() and "hidden numbers" in form.loaded.editors["phone"].toolTip()
    assert real not in detail.head.accessibleDescription() + str(detail.record.phone)
    form.loaded.editors["city"].setText("Paris")
    form.loaded.editors["city"].leave()
    form.loaded.editors["phone"].leave()
    wait_for(lambda: session.records.get(Customer, one, admin).city == "Paris")
    settle()
    assert session.records.get(Customer, one, admin).phone == real
    assert "**" in form.loaded.editors["phone"].text()


def test_a_share_that_would_have_ended_already_is_told_in_the_question(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    question = ShareQuestion(session.desk, Customer, session.window, "Share 1 record")
    today = session.records.clock.today()
    days = [today - timedelta(days=1), today]
    told: list[str] = []

    def accept() -> int:
        told.append(question.until.accessibleDescription())
        question.until.set_value(days[len(told) - 1])
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(question, "exec", accept)
    answered = question.answer()
    assert answered is not None and answered[2] == today
    assert told[0] == "" and say(sharing.OVER) in told[1]
